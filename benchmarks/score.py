"""Measure the extraction against annotated texts and keep the figures.

    python benchmarks/score.py BENCH [--sets gold,polnear,...]

BENCH is a folder with ``evaluate.py``, ``gold/`` and ``sets/`` (it is no part of this project: the texts are
under the licences of others). The figures go to ``tests/scores.json``, the gold documents apart by whether
the authors of the rules read them (``looked_at``) or only ever saw their score (``only_scored``); how often
a claim of a given confidence is right goes to ``tests/reliability.json``. The set ``tables`` holds claims read from
table rows against ``tests/table_rows.json``: a row is right if its type is and who and what are read from the
annotated columns. ``pronouns`` is the share of annotated pronouns in actor slots that get the annotated actor, of those
that a claim was read with.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCORES = ROOT / "tests" / "scores.json"
RELIABILITY = ROOT / "tests" / "reliability.json"
TABLE_ROWS = ROOT / "tests" / "table_rows.json"
SETS = ("gold", "polnear", "dse", "lexdemod", "ukact", "cnc", "acronym", "tables")
# Gold documents whose texts and annotations were never read by those who wrote the rules.
ONLY_SCORED = ("extra-", "wiki-2", "wiki-3", "wiki-4", "wiki-5", "wiki-6", "wiki-7", "wiki-8", "wiki-9")
LEVELS = ("detect", "tie", "full")
BINS = 10
ACTOR_SLOTS = ("speaker", "bearer", "counterpart")
PRONOUNS = frozenset(
    "he she it they him her them his its their theirs we us our ours i me my mine you your both those these".split()
)
TITLES = frozenset("the of a an and mr mrs ms dr president minister prime sir".split())


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evaluate(bench: Path, name: str, keep: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "respgraph"]
    call = [
        sys.executable,
        str(bench / "evaluate.py"),
        name,
        "--json",
        "--keep",
        str(keep),
        "--command",
        " ".join(command),
    ]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    sys.stderr.write(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])[name]
    return figures


def figures_of(table: dict[str, dict[str, int]]) -> dict[str, dict[str, dict[str, float]]]:
    out: dict[str, dict[str, dict[str, float]]] = {}
    for kind, n in table.items():
        for level in LEVELS:
            p, r = n[level] / max(n["pred"], 1), n[level] / max(n["ref"], 1)
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            out.setdefault(kind, {})[level] = {"P": round(p, 3), "R": round(r, 3), "F1": round(f1, 3)}
    return out


def gold(bench: Path, keep: Path) -> tuple[dict[str, Any], list[dict[str, float]]]:
    score = load(bench / "gold" / "score.py", "gold_score")
    reference = score.load(str(bench / "gold" / "claims"))
    names = [p.stem for p in sorted((bench / "gold" / "docs").glob("*.txt"))]
    lines = [json.loads(line) for line in (keep / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    by_number = {Path(d["document"]).stem: d["claims"] for d in lines}
    predicted = {name: by_number.get(f"r{n:05d}", []) for n, name in enumerate(names)}
    out = {}
    for part in ("looked_at", "only_scored"):
        chosen = [n for n in names if n.startswith(ONLY_SCORED) == (part == "only_scored")]
        table = score.score({n: reference[n] for n in chosen}, {n: predicted[n] for n in chosen}, True)
        out[part] = {
            "documents": len(chosen),
            **figures_of(table),
            "pronouns": pronouns({n: reference[n] for n in chosen}, predicted),
        }
    return out, reliability(score, reference, predicted)


def pronouns(reference: dict[str, Any], predicted: dict[str, Any]) -> dict[str, float]:
    """Return how many annotated pronouns are read as an actor, and how many as the annotated one."""
    read = right = 0
    for name, claims in reference.items():
        meant: dict[int, str] = {}
        for claim in predicted[name]:
            for slot in ACTOR_SLOTS:
                if isinstance(mention := claim.get(slot), dict):
                    meant.setdefault(mention["start"], mention.get("actor") or "")
        places = {
            (mention["start"], slot): mention["actor"]
            for claim in claims
            for slot in ACTOR_SLOTS
            if isinstance(mention := claim.get(slot), dict) and mention.get("actor")
            if mention["quote"].lower() in PRONOUNS and mention["start"] in meant
        }
        read += len(places)
        right += sum(is_same(meant[start], actor) for (start, _), actor in places.items())
    return {"read": read, "right": right, "share": round(right / max(read, 1), 3)}


def is_same(ours: str, theirs: str) -> bool:
    """Say whether all words of one name, titles aside, are in the other: "Merkel", "Chancellor Angela Merkel"."""
    a, b = (set(re.findall(r"\w+", name.lower())) - TITLES or {name.lower()} for name in (ours, theirs))
    return a <= b or b <= a


def reliability(score: ModuleType, reference: dict[str, Any], predicted: dict[str, Any]) -> list[dict[str, float]]:
    """How often a claim of a confidence is right (found; speaker and bearer right), in ten bins."""
    bins = [[0, 0, 0] for _ in range(BINS)]
    for name, claims in predicted.items():
        pairs = sorted(
            ((score.sim(r, p), a, b) for a, r in enumerate(reference[name]) for b, p in enumerate(claims)),
            reverse=True,
        )
        used: set[int] = set()
        right: dict[int, tuple[bool, bool, bool]] = {}
        unsure: set[int] = set()
        for similar, a, b in pairs:
            if similar <= 0 or a in used or b in right:
                continue
            used.add(a)
            right[b] = score.levels(reference[name][a], claims[b])
            if reference[name][a].get("certain") is False:
                unsure.add(b)
        for b, claim in enumerate(claims):
            if b not in unsure:
                found, tie, _ = right.get(b, (False, False, False))
                place = min(int(claim["confidence"] * BINS), BINS - 1)
                bins[place] = [n + v for n, v in zip(bins[place], (1, found, tie), strict=True)]
    return [
        {
            "from": k / BINS,
            "to": (k + 1) / BINS,
            "claims": n,
            "found": round(f / n, 3),
            "tie": round(t / n, 3),
        }
        for k, (n, f, t) in enumerate(bins)
        if n
    ]


def tables(bench: Path) -> dict[str, Any]:
    """Return how many rows of the annotated tables are claimed, and claimed right."""
    pages: dict[str, list[dict[str, Any]]] = json.loads(TABLE_ROWS.read_text(encoding="utf-8"))["documents"]
    names = [str(bench / "raw" / "tables" / name) for name in pages]
    call = [sys.executable, "-m", "respgraph", "extract", *names, "--format", "jsonl"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    read = {Path(d["document"]).name: d for d in map(json.loads, done.stdout.splitlines())}
    claimed = right = annotated = 0
    for name, parts in pages.items():
        text = (bench / "raw" / "tables" / name).read_text(encoding="utf-8")
        rows = {line: part for part in parts for line in range(part["lines"][0], part["lines"][1] + 1)}
        responses = [{**c, "type": "response"} for c in read[name]["responses"]]
        found = [c for c in [*read[name]["claims"], *responses] if c["found_by"].endswith("-row")]
        annotated += len(rows)
        claimed += len(found)
        right += sum(is_right(text, claim, rows) for claim in found)
    p, r = right / max(claimed, 1), right / max(annotated, 1)
    f1 = round(2 * p * r / (p + r), 3) if p + r else 0.0
    return {
        "documents": len(pages),
        "rows": {"P": round(p, 3), "R": round(r, 3), "F1": f1, "tp": right, "pred": claimed, "ref": annotated},
    }


def is_right(text: str, claim: dict[str, Any], rows: dict[int, dict[str, Any]]) -> bool:
    """Say whether a claim is that of an annotated row, with who and what from its cells."""
    line = text.count("\n", 0, claim["evidence"]["start"]) + 1
    row = rows.get(line)
    if row is None or row["type"] != claim["type"]:
        return False
    cells = text.splitlines()[line - 1].strip().strip("|").split("|")
    who = claim.get("bearer") or claim.get("responder")
    what = claim.get("content") or claim.get("response")
    in_who = row["who"] is None or (who is not None and who["quote"] in cells[row["who"]])
    return in_who and what is not None and what["quote"] in cells[row["what"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    kept: dict[str, Any] = json.loads(SCORES.read_text(encoding="utf-8")) if SCORES.exists() else {}
    for name in options.sets.split(","):
        with tempfile.TemporaryDirectory() as folder:
            figures = tables(options.bench) if name == "tables" else evaluate(options.bench, name, Path(folder))
            if name == "gold":
                parts, curve = gold(options.bench, Path(folder))
                kept["gold"] = {"only_scored_documents": list(ONLY_SCORED), **parts}
                RELIABILITY.write_text(json.dumps(curve, indent=1) + "\n", encoding="utf-8")
            else:
                kept[name] = figures
    SCORES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({k: v for k, v in kept.items() if k != "gold"}, indent=1))


if __name__ == "__main__":
    main()
