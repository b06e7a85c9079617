"""Do HTML, PDF and DOCX give the claims of the plain text? Convert a folder of texts with real tools and compare.

    python benchmarks/formats.py FOLDER --out /tmp/formats [--every 4] [--chromium /usr/bin/chromium]

FOLDER holds .txt and .md files. HTML is written by markdown-it (Markdown) or paragraph by paragraph (text); DOCX and
one PDF (without tags) by LibreOffice, the other PDF (tagged) by Chromium, printing the HTML. Claims are compared by
type, values, speaker, bearer and sentence, white space, links and emphasis left out. OUT/FORM.diff.tsv lists others.
Converted files are kept in OUT for the next run; claims are found anew.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from respgraph.errors import ReadError
from respgraph.model import Claim, Document, Mention
from respgraph.pipeline import extract_many
from respgraph.read import Source, read_documents

FORMS = ("html", "docx", "tagged.pdf", "plain.pdf")
LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
EMPHASIS = re.compile(r"(?<![\w*_])(\*\*|__|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])")
HEAD = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{}</title></head>\n'
PAGE = HEAD + "<body>\n{}\n</body></html>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--forms", default=",".join(FORMS))
    options = parser.parse_args()
    files = sorted(path for path in options.folder.iterdir() if path.suffix in (".txt", ".md"))[:: options.every]
    options.out.mkdir(parents=True, exist_ok=True)
    write_pages(files, options.out)
    office(files, options.out, options.out)
    print_pages(files, options.out, options.chromium)
    plain = dict(claims_of([(path, path.stem) for path in bare(files, options.out)]))
    for form in options.forms.split(","):
        began = time.process_time()
        found = dict(claims_of([(options.out / f"{path.stem}.{form}", path.stem) for path in files]))
        compare(form, plain, found, options.out, time.process_time() - began)


def bare(files: list[Path], out: Path) -> list[Path]:
    """Return the texts as they are, and Markdown without the marks that no other form shows: links, emphasis."""
    found = []
    for path in files:
        if path.suffix == ".md":
            text = IMAGE.sub("", path.read_text(encoding="utf-8"))
            text = EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", LINK.sub(r"\1", text)))
            path = out / path.name
            path.write_text(text, encoding="utf-8")
        found.append(path)
    return found


def write_pages(files: list[Path], out: Path) -> None:
    """Write an HTML page per text."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable("table")
    for path in files:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            body = markdown.render(text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text)
        else:
            body = "\n".join(
                "<p>" + "<br>\n".join(html.escape(line) for line in part.strip().split("\n")) + "</p>"
                for part in text.split("\n\n")
                if part.strip()
            )
        (out / f"{path.stem}.html").write_text(PAGE.format(html.escape(path.stem), body), encoding="utf-8")


def office(files: list[Path], out: Path, pages: Path) -> None:
    """Write a DOCX per text, and a PDF of it."""
    missing = [path for path in files if not (out / f"{path.stem}.docx").exists()]
    word = 'docx:"MS Word 2007 XML"'.replace('"', "")
    for chunk in chunks([path for path in missing if path.suffix == ".txt"]):
        convert(word, "Text (encoded):UTF8", chunk, out)
    for chunk in chunks([pages / f"{path.stem}.html" for path in missing if path.suffix == ".md"]):
        convert(word, "HTML (StarWriter)", chunk, out)
    left = [path for path in files if not (out / f"{path.stem}.plain.pdf").exists()]
    for chunk in chunks([out / f"{path.stem}.docx" for path in left]):
        convert("pdf", None, chunk, out)
    for path in left:
        (out / f"{path.stem}.pdf").rename(out / f"{path.stem}.plain.pdf")


def chunks(files: list[Path], size: int = 60) -> Iterator[list[Path]]:
    for at in range(0, len(files), size):
        yield files[at : at + size]


def convert(target: str, given: str | None, files: list[Path], out: Path) -> None:
    command = ["soffice", "--headless", *([f"--infilter={given}"] if given else []), "--convert-to", target]
    subprocess.run([*command, "--outdir", str(out), *map(str, files)], check=True, capture_output=True, timeout=900)


def print_pages(files: list[Path], out: Path, chromium: str) -> None:
    """Print each page to a tagged PDF, with the head and foot that browsers print."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for path in files:
            target = out / f"{path.stem}.tagged.pdf"
            if not target.exists():
                page.goto((out / f"{path.stem}.html").as_uri())
                page.pdf(path=target, format="A4", tagged=True, display_header_footer=True)
        browser.close()


def claims_of(files: list[tuple[Path, str]]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield name and claims of each file."""
    names: dict[str, str] = {}
    documents: list[Document] = []
    for path, stem in files:
        for found in read_documents(Source(str(path), path)):
            if isinstance(found, ReadError):
                print(found)
            else:
                names[found.name] = stem
                documents.append(found)
    for extraction in extract_many(documents):
        yield names[extraction.document.name], Counter(key(claim) for claim in extraction.claims)


def key(claim: Claim) -> str:
    """Return what makes a claim the same in two forms of a text."""
    values = (claim.type, claim.stance, claim.modality, claim.degree, claim.polarity)
    slots = [words(claim.get("speaker")), words(claim.get("bearer")), words(claim.evidence)]
    return "\t".join([*(str(value or "") for value in values), *slots])


def words(mention: Mention | None) -> str:
    if mention is None:
        return ""
    quote = LINK.sub(r"\1", mention.quote)
    quote = re.sub(r"-{3,}", " ", quote)  # the rule under the header of a table
    return " ".join(quote.replace("*", "").replace("_", "").replace("`", "").replace("|", " ").split())


def compare(
    form: str, plain: dict[str, Counter[str]], found: dict[str, Counter[str]], out: Path, seconds: float
) -> None:
    total = same = other = 0
    with (out / f"{form}.diff.tsv").open("w", encoding="utf-8") as file:
        for name in sorted(plain):
            there, here = plain[name], found.get(name, Counter())
            total += sum(there.values())
            other += sum(here.values())
            same += sum((there & here).values())
            for sign, claims in (("-", there - here), ("+", here - there)):
                for claim in sorted(claims):
                    file.write(f"{sign}\t{name}\t{claim}\n")
    again, others = same / max(total, 1), 1 - same / max(other, 1)
    print(
        f"{form:<11} {len(found):>4} texts  {total:>6} claims of the plain text, {again:.3f} found again, "
        f"{others:.3f} of {other} are others, {seconds:.0f} CPU-s"
    )


if __name__ == "__main__":
    main()
