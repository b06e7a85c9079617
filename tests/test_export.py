"""Every export is opened again by what reads it, and has every claim with its speaker and its words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Cli
from exports import FIELDS, READERS, Record
from factories import harbour, said
from respgraph.compare import read_corpus
from respgraph.errors import RespgraphError, StoreError, UnknownNameError
from respgraph.export import FORMATS, NAMES, export_graph, guess_format
from respgraph.export.dna import agrees, concept, short
from respgraph.export.table import NOT_XML, cell, xml_attribute, xml_text
from respgraph.query import run_query
from respgraph.rdf import build_rows
from respgraph.rdf.iri import literal, term
from respgraph.rdf.write import write_nquads
from respgraph.store import View, open_graph, open_store, view_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
GRAPHS = sorted(ROOT.glob("graphs/*/graph.trig"))
HOSTILE = {
    "quotes": "He said \"no\", 'never' and `not` \\ \\n \\u0041",
    "lines": "one\ntwo\r\nthree\rfour\n",
    "controls": "a\x00b\x01c\x0bd\x1be\x7ff\x85g\ufffeh",
    "emoji": "🌊👩‍👩‍👧 \U0010fffd",
    "right-to-left": "\u202eevil\u202c \u0627\u0644\u062d\u0643\u0648\u0645\u0629 \u200f",
    "equals": "=cmd|' /C calc'!A0",
    "plus": "+1+2",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\tx\ty",
    "return": "\r=1",
    "markup": "<script>alert(1)</script> & ]]> <!-- --> &amp; {{x}} ${y}",
    "separators": "a;b,c|d\te; speaker: x",
    "blank": "  spaced  ",
    "long": "long " * 9000,
}


def as_held(form: str, text: str) -> str:
    """Return a quote as the format can hold it."""
    if form in ("graphml", "gexf", "uima", "xlsx"):
        text = NOT_XML.sub("\ufffd", text)
    if form in ("csv", "csvw", "neo4j", "dna-table", "dna"):
        text = text.replace("\x00", "\ufffd")
    if form == "xlsx" and len(text) > 32767:
        text = text[:32_744] + " [cut by Excel's limit]"
    return text


def view_with(*extractions: Any) -> View:
    return view_of([row for extraction in extractions for row in build_rows(extraction)])


@pytest.fixture(scope="module")
def hostile() -> View:
    return view_with(harbour(), *(said(text, f"{name}.txt") for name, text in HOSTILE.items()))


def exported(view: View, form: str, folder: Path) -> Path:
    export_graph(view, folder / "out", form)
    return folder / "out"


def expected(view: View) -> list[Record]:
    return [
        dict(zip(FIELDS, (c.iri, c.type, c.actor("speaker")[1], c.stance, c.actor("bearer")[1], c.quote), strict=True))
        for c in read_corpus(view).claims
    ]


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(NAMES)


@pytest.mark.parametrize("form", NAMES)
def test_a_format_loses_no_claim_no_speaker_and_no_word(form: str, hostile: View, tmp_path: Path) -> None:
    read = {r["claim"]: r for r in READERS[form](exported(hostile, form, tmp_path))}
    wanted = expected(hostile)
    assert len(read) == len(wanted) == 21 + len(HOSTILE)
    for claim in wanted:
        found = read[claim["claim"]]
        assert found["quote"] == as_held(form, claim["quote"])
        assert (found["type"], found["stance"]) == (claim["type"], claim["stance"])
        if ";" not in claim["speaker"]:
            assert plain(found["speaker"]) == plain(as_held(form, claim["speaker"]))
            assert plain(found["bearer"]) == plain(as_held(form, claim["bearer"]))


def plain(name: str) -> str:
    """Return the beginning of a name without what formats of one line cannot keep."""
    return " ".join(NOT_XML.sub("\ufffd", name).split())[:150]


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda path: path.parent.name)
def test_all_formats_have_the_numbers_of_the_query(graph: Path, tmp_path: Path) -> None:
    with open_graph(graph) as view:
        rows = run_query(view, "counts").rows
        asked = Counter({tuple(c.value for c in row[:3] if c): int(row[3].value) for row in rows if row[3]})
        assert asked
        for form in NAMES:
            (tmp_path / form).mkdir()
            read = READERS[form](exported(view, form, tmp_path / form))
            counted = Counter(
                (r["speaker"], r["stance"], r["bearer"]) for r in read if r["type"] == "responsibility" and r["bearer"]
            )
            assert counted == asked, form


@pytest.mark.parametrize("form", NAMES)
def test_the_same_graph_gives_the_same_bytes(form: str, hostile: View, tmp_path: Path) -> None:
    def digest(name: str) -> str:
        folder = tmp_path / name
        folder.mkdir()
        path = exported(hostile, form, folder)
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()

    assert digest("one") == digest("two")


@pytest.mark.parametrize("form", NAMES)
def test_a_graph_without_claims_is_a_file_without_claims(form: str, tmp_path: Path) -> None:
    from respgraph.model import Document, Extraction

    assert READERS[form](exported(view_with(Extraction(Document("empty.txt", "Nothing."))), form, tmp_path)) == []


def test_rdf_formats_hold_every_quad(hostile: View, tmp_path: Path) -> None:
    import pyoxigraph
    from rdflib import Dataset

    quads = {str(row) for row in map(tuple, hostile.rows())}
    for form, syntax in (("trig", "TRIG"), ("nquads", "N_QUADS"), ("jsonld", "JSON_LD")):
        export_graph(hostile, tmp_path / form, form)
        store = pyoxigraph.Store()
        store.load((tmp_path / form).read_bytes(), format=getattr(pyoxigraph.RdfFormat, syntax))
        assert {str(row) for row in map(tuple, View("memory:", store).rows())} == quads, form
    one = Dataset().parse(tmp_path / "jsonld", format="json-ld")
    other = Dataset().parse(tmp_path / "nquads", format="nquads")
    assert set(one.quads()) == set(other.quads())


def test_our_own_loader_reads_what_rdf_exports_write(hostile: View, tmp_path: Path) -> None:
    for name in ("a.trig", "a.nq", "a.jsonld"):
        export_graph(hostile, tmp_path / name, guess_format(name).name)
        with open_graph(tmp_path / name) as again:
            assert set(again.rows()) == set(hostile.rows())


def test_streamed_nquads_are_the_lines_of_write_nquads(hostile: View) -> None:
    from respgraph.export.rdf import nquads

    out = io.BytesIO()
    write_nquads(hostile.rows(), out)
    assert sorted(b"".join(nquads(hostile)).splitlines()) == sorted(out.getvalue().splitlines())


def test_a_store_folder_gives_the_bytes_that_memory_gives(hostile: View, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        for extraction in (harbour(), said(HOSTILE["controls"])):
            store.put_graph(build_rows(extraction))
        store.save()
    with open_graph(tmp_path / "store") as view:
        from_segments = b"".join(view.segments())
        view._sources = {}  # type: ignore[attr-defined]  # as if a writer had changed every segment since
        from_database = b"".join(view.segments())
    in_memory = b"".join(view_with(harbour(), said(HOSTILE["controls"])).segments())
    assert from_segments == from_database == in_memory


def test_json_ld_is_compact_and_names_no_remote_context(hostile: View, tmp_path: Path) -> None:
    export_graph(hostile, tmp_path / "x", "jsonld")
    value = json.loads((tmp_path / "x").read_bytes())
    assert isinstance(value["@context"], dict)
    claims = [n for g in value["@graph"] for n in g["graph"] if "confidence" in n]
    assert claims
    for claim in claims:
        assert isinstance(claim["speaker"], str)
        assert isinstance(claim["confidence"], str)
        assert not any(":" in name for name in claim if name != "prov:wasGeneratedBy")


def test_rdf12_quotes_what_is_claimed_and_asserts_none_of_it(hostile: View, tmp_path: Path) -> None:
    import pyoxigraph

    export_graph(hostile, tmp_path / "x", "rdf12")
    quads = list(pyoxigraph.parse((tmp_path / "x").read_bytes(), pyoxigraph.RdfFormat.TRIG))
    quoted = [q.object for q in quads if isinstance(q.object, pyoxigraph.Triple)]
    asserted = {(q.subject, q.predicate, q.object) for q in quads}
    assert len(quoted) > 15
    assert not any((t.subject, t.predicate, t.object) in asserted for t in quoted)
    assert all(q.predicate.value.endswith("#reifies") for q in quads if isinstance(q.object, pyoxigraph.Triple))
    charge = [t for t in quoted if t.predicate.value.endswith("responsibleFor")]
    assert len(charge) > len(set(map(str, charge)))  # the denial reifies the triple of the charge


def test_each_nanopublication_is_valid_and_can_be_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import warnings

    monkeypatch.setenv("HOME", str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import rdflib
        from nanopub.nanopub import Nanopub
        from nanopub.nanopub_conf import NanopubConf
        from nanopub.profile import Profile

        export_graph(view_with(harbour()), tmp_path / "x", "nanopub")
        dataset = rdflib.Dataset().parse(tmp_path / "x", format="trig")
        names = {str(g.identifier).partition("#")[0] for g in dataset.graphs() if "/np#" in str(g.identifier)}
        assert len(names) == 21
        profile = Profile("https://orcid.org/0000-0000-0000-0001", "Nobody")
        for n, name in enumerate(sorted(names)):
            one = rdflib.ConjunctiveGraph()
            for part in ("Head", "assertion", "provenance", "pubinfo"):
                for triple in dataset.graph(rdflib.URIRef(f"{name}#{part}")):
                    one.get_context(rdflib.URIRef(f"{name}#{part}")).add(triple)
            held = Nanopub(rdf=one, conf=NanopubConf(profile=profile))
            assert held.is_valid
            if n == 0:  # a key takes its time
                held.sign()
                assert held.has_valid_signature
                assert held.has_valid_trusty


def test_a_claim_is_one_edge_from_who_says_it_to_its_bearer(hostile: View, tmp_path: Path) -> None:
    import networkx as nx

    export_graph(hostile, tmp_path / "x", "graphml")
    graph = nx.read_graphml(tmp_path / "x")
    assert graph.is_directed()
    assert graph.is_multigraph()
    names = nx.get_node_attributes(graph, "label")
    ends = Counter((names[a], names[b]) for a, b, d in graph.edges(data=True) if d["type"] == "demand")
    assert ends == {("Residents", "Norrail"): 1}
    causes = {names[b] for _, b, d in graph.edges(data=True) if d["type"] == "cause"}
    assert causes == {"the flood", "the outage"}


def test_gexf_is_coloured_and_tells_parallel_edges_apart(hostile: View, tmp_path: Path) -> None:
    export_graph(hostile, tmp_path / "x", "gexf")
    root = ET.parse(tmp_path / "x").getroot()
    space = {"g": "http://www.gexf.net/1.2draft", "v": "http://www.gexf.net/1.2draft/viz"}
    nodes, edges = root.findall(".//g:node", space), root.findall(".//g:edge", space)
    assert all(node.find("v:color", space) is not None for node in nodes)
    assert {e.get("kind") for e in edges} > {"responsibility assigns", "responsibility denies"}
    assert {e.get(end) for e in edges for end in ("source", "target")} <= {n.get("id") for n in nodes}


def test_no_csv_cell_is_a_formula(hostile: View, tmp_path: Path) -> None:
    for form in ("csv", "csvw", "neo4j", "dna-table"):
        path = tmp_path / form
        export_graph(hostile, path, form)
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            with file.open(encoding="utf-8", newline="") as stream:
                mark = ";" if form == "dna-table" else ","
                cells = [c for row in csv.reader(stream, delimiter=mark) for c in row]
            assert not [c for c in cells if re.match(r"[=+\-@\t\r](?!\d+(\.\d+)?$)", c)], file.name


def test_dates_are_dates_and_keep_their_precision(hostile: View, tmp_path: Path) -> None:
    import datetime as dt

    import pyarrow.parquet as pq

    export_graph(hostile, tmp_path / "x", "parquet")
    rows = pq.read_table(tmp_path / "x").to_pylist()
    held = {(r["day"], r["date"], r["dated_by"]) for r in rows}
    assert (dt.date(2024, 5, 1), "2024-05", "statement") in held
    assert (dt.date(2024, 6, 1), "2024-06-01", "document") in held
    assert (None, "", "") in held


def test_dna_puts_charge_and_denial_under_one_concept() -> None:
    claims = read_corpus(view_with(harbour())).claims
    charges = [(c.actor("speaker")[1], agrees(c)) for c in claims if concept(c) == "responsibility of Norrail"]
    assert ("Norrail", False) in charges
    assert ("Harbour Council", True) in charges
    assert [agrees(c) for c in claims if c.type == "obligation" and c.polarity == "negative"] == [False]
    assert [concept(c) for c in claims if c.type == "cause" and not agrees(c)] == ["the gates causes the flood"]


def test_dna_names_keep_to_its_limit() -> None:
    assert len(short("x" * 500)) == 190
    assert short("a\nb\x00c") == "a b\ufffdc"


def test_an_interrupted_export_leaves_what_was_there(hostile: View, tmp_path: Path, monkeypatch: Any) -> None:
    import respgraph.export.tables as tables

    def fail(*_: object) -> Iterator[Any]:
        yield from ()
        raise RespgraphError("stop")

    monkeypatch.setattr(tables, "claim_rows", fail)
    for form in ("csv", "xlsx", "parquet", "csvw"):
        target = tmp_path / form
        if form != "csvw":
            target.write_text("old")
        with pytest.raises(RespgraphError, match="stop"):
            export_graph(hostile, target, form)
        assert not target.exists() if form == "csvw" else target.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["csv", "parquet", "xlsx"]


def test_a_folder_with_other_things_is_not_touched(hostile: View, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="not empty"):
        export_graph(hostile, tmp_path, "brat")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_format_does_not_go_to_a_stream(hostile: View) -> None:
    with pytest.raises(StoreError, match="name one with -o"):
        export_graph(hostile, io.BytesIO(), "neo4j")


@pytest.mark.parametrize(
    ("path", "form"),
    [("x.ttl", "turtle"), ("X.XLSX", "xlsx"), ("a.dna", "dna"), ("a.dna.csv", "dna-table"), ("a.csv", "csv")],
)
def test_a_format_is_guessed_from_the_longest_suffix(path: str, form: str) -> None:
    assert guess_format(path).name == form


def test_what_is_no_format_is_said_with_those_there_are(hostile: View, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'parquet'"):
        export_graph(hostile, tmp_path / "x", "parket")
    with pytest.raises(RespgraphError, match="--list"):
        guess_format("x.docx")


@pytest.mark.parametrize("library", ["pyarrow", "pandas"])
def test_a_missing_extra_is_one_clear_line(
    library: str, hostile: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from respgraph.frames import frames

    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(RespgraphError, match=r"pip install 'respgraph\[frames\]'"):
        export_graph(hostile, tmp_path / "x", "parquet") if library == "pyarrow" else frames(hostile).claims()
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_text_in_xml_is_read_back(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    element = ET.fromstring(f'<a b="{xml_attribute(text)}">{xml_text(text)}</a>')
    assert element.text or NOT_XML.sub("\ufffd", text) == ""
    assert element.get("b") == NOT_XML.sub("\ufffd", text)


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert re.match(r"[=+\-@\t\r]", cell(text)) is None or re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text)


def test_the_command_lists_every_format(cli: Cli) -> None:
    result = cli("export", "--list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == [form.name for form in FORMATS]


def test_the_command_writes_a_file_a_folder_and_standard_output(cli: Cli, flood: Path, tmp_path: Path) -> None:
    assert cli("export", flood, "-o", tmp_path / "claims.csv").exit_code == 0
    assert cli("export", flood, "--to", "brat", "-o", tmp_path / "brat").exit_code == 0
    shown = cli("export", flood, "--to", "csv", "-o", "-")
    assert shown.stdout_bytes == (tmp_path / "claims.csv").read_bytes()
    assert len(list((tmp_path / "brat").iterdir())) == 3


def test_folded_actors_stand_for_those_who_act_for_them(cli: Cli, tmp_path: Path) -> None:
    migration = ROOT / "graphs" / "migration" / "graph.trig"
    for name, options in (("plain", []), ("folded", ["--fold"])):
        assert cli("export", migration, *options, "-o", tmp_path / f"{name}.csv").exit_code == 0
    one, other = (READERS["csv"](tmp_path / f"{name}.csv") for name in ("plain", "folded"))
    assert len(one) == len(other)
    assert len({r["speaker"] for r in other}) < len({r["speaker"] for r in one})


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["graphs/flood/graph.trig"], 2, "where to write"),
        (["graphs/flood/graph.trig", "-o", "-"], 2, "--to"),
        (["graphs/flood/graph.trig", "-o", "x", "--to", "word"], 2, "is not one of"),
        (["graphs/flood/graph.trig", "-o", "x.docx"], 2, "no format has this suffix"),
        (["nowhere.trig", "-o", "x.csv"], 3, "there is no such file"),
        (["graphs/flood/graph.trig", "-o", "nowhere/x.csv"], 3, "there is no folder"),
        (["graphs/flood/graph.trig", "--to", "csvw", "-o", "graphs"], 3, "not empty"),
        (["graphs/flood/graph.trig", "--to", "trig", "-o", "graphs/flood/graph.trig"], 3, "would overwrite"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else None,
)
def test_misuse_is_one_line(
    arguments: list[str], code: int, message: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = cli("export", *arguments)
    assert result.exit_code == code
    assert message in result.output


@pytest.mark.parametrize("case", ["flood", "hostile"])
def test_a_property_graph_database_takes_the_neo4j_files(case: str, hostile: View, flood: Path, tmp_path: Path) -> None:
    import ladybug

    view = hostile if case == "hostile" else open_graph(flood)
    exported(view, "neo4j", tmp_path)
    claims = read_corpus(view).claims
    typed = {"long": "INT64", "double": "DOUBLE", "boolean": "BOOL", "date": "DATE"}
    base = ladybug.Connection(ladybug.Database(":memory:", buffer_pool_size=1 << 28))
    for label, name in (("Claim", "claims"), ("Actor", "actors"), ("Document", "documents")):
        path = tmp_path / "out" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            heads = [head.partition(":") for head in next(csv.reader(stream))]
        columns = ", ".join(f"`{name or 'labels'}` {typed.get(kind, 'STRING')}" for name, _, kind in heads)
        base.execute(f"CREATE NODE TABLE {label}({columns}, PRIMARY KEY (iri))")
        base.execute(f"COPY {label} FROM '{path}' (HEADER=true, PARALLEL=false, QUOTE='\"', ESCAPE='\"')")
    for label, name, other in (("TIE", "claim-actor", "Actor"), ("STANDS", "claim-document", "Document")):
        base.execute(f"CREATE REL TABLE {label}(FROM Claim TO {other}, kind STRING)")
        base.execute(f"COPY {label} FROM '{tmp_path / 'out' / name}.csv' (HEADER=true, PARALLEL=false)")
    asked = """MATCH (who:Actor)<-[:TIE {kind: 'SPEAKER'}]-(c:Claim)-[:TIE {kind: 'BEARER'}]->(whom:Actor)
               MATCH (c)-[:STANDS]->(d) RETURN c.iri, who.iri, whom.iri, c.start, d.name"""
    found = base.execute(asked)
    assert sorted(found.get_all()) == sorted(
        [c.iri, c.actor("speaker")[0], c.actor("bearer")[0], c.start, c.source.name] for c in claims if c.has_bearer
    )
    assert base.execute("MATCH (c:Claim) RETURN count(*)").get_next() == [len(claims)]
    quotes = {cell(c.quote).replace("\r\n", "\n").replace("\r", "\n") for c in claims}
    held = base.execute("MATCH (c:Claim) RETURN c.quote").get_all()
    assert {str(quote or "").replace("\r\n", "\n").replace("\r", "\n") for [quote] in held} == quotes


EVIL = '=cmd|calc!A1 "><script>alert(1)</script>\u202eevil\x1b[31m\n|x|;`a`,[b](javascript:c) ]]>&\\'


@pytest.mark.parametrize("form", NAMES)
def test_names_of_actors_and_texts_are_text_in_every_format(form: str, tmp_path: Path) -> None:
    named = (term("skos:prefLabel"), term("skos:altLabel"), term("dcterms:identifier"), term("dcterms:title"))
    rows = [r._replace(object=literal(EVIL)) if r.predicate in named else r for r in build_rows(harbour())]
    assert len(READERS[form](exported(view_of(rows), form, tmp_path))) == 21
    out = tmp_path / "out"
    for path in (f for f in (out.rglob("*") if out.is_dir() else [out]) if f.name.endswith(".csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")]
