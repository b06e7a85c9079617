"""Rebuild sigma.js from the pinned packages and compare: ``python src/respgraph/view/vendor/rebuild.py [--write]``.

Needs Node's npm. The packages are those of package-lock.json, each with its hash; npm refuses any other bytes.
Without ``--write`` nothing is changed: exit 0 if the file beside this one is what comes out, else 1.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "sigma.js"
INPUTS = ("package.json", "package-lock.json", "entry.js")
ESBUILD = ("--bundle", "--minify", "--format=iife", "--target=es2020", "--charset=ascii", "--legal-comments=none")


def bundle(folder: Path) -> str:
    """Return the licences and the bundle, built in a folder of its own."""
    for name in INPUTS:
        shutil.copy(HERE / name, folder / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    esbuild = ["npx", "--no-install", "esbuild", "entry.js", *ESBUILD, "--metafile=meta.json", "--outfile=out.js"]
    subprocess.run(esbuild, cwd=folder, check=True)
    built = (folder / "out.js").read_text(encoding="utf-8")
    if "</script" in built.lower() or "<!--" in built:
        raise SystemExit("sigma.js: the bundle cannot stand inside a script element")
    return licences(folder) + built


def licences(folder: Path) -> str:
    """Return one comment with version and licence of each package that is in the bundle."""
    used = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["inputs"]
    names = sorted({Path(name).parts[1] for name in used if name.startswith("node_modules/")})
    parts = []
    for name in names:
        package = folder / "node_modules" / name
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        text = next(path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICEN"))
        parts.append(f"{name} {version}\n{text.read_text(encoding='utf-8').strip()}")
    words = "\n\n".join(parts).replace("*/", "* /")
    return f"/*! Built by rebuild.py from these packages.\n\n{words}\n*/\n"


def main(arguments: list[str]) -> int:
    """Build, and write or compare."""
    with tempfile.TemporaryDirectory() as folder:
        built = bundle(Path(folder))
    if "--write" in arguments:
        TARGET.write_text(built, encoding="utf-8")
        print(f"wrote {TARGET.name}, {len(built):,} characters")
        return 0
    same = TARGET.read_text(encoding="utf-8") == built
    print(f"{TARGET.name}: {'the same' if same else 'DIFFERENT from what its packages give'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
