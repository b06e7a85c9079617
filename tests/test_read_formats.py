"""HTML, PDF, DOCX, Parquet and WARC: the same text, claims and tables as plain text, and the way back to the file."""

from __future__ import annotations

import gzip
import html
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Cli
from forms import docx, docx_of_xml, pdf
from respgraph.errors import ReadError
from respgraph.model import Document
from respgraph.pipeline import extract_many
from respgraph.read import Source, read_documents, read_path
from respgraph.read.html import render_html
from respgraph.read.pdf import join_lines, render_pdf
from respgraph.read.rendering import to_document

TITLE = "Report on the Lorne Dam"
PARAGRAPHS = (
    "The ministry blamed the dam operator for the flood, and the operator denied responsibility.",
    'Ms. Ardley said: "Norrwater must pay for the repairs & the new gates before the winter."',
)
ITEMS = ("Warnings: The council should warn residents by radio.", "Norrwater must inspect each gate every spring.")
ROWS = (
    ("Factor", "City Response"),
    ("Flooding of the old town", "New dykes | pumps"),
    ("Late warnings", "A radio line"),
)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>{TITLE} | Lorne Post</title>
<meta name="author" content="Ada Byron"><meta property="og:site_name" content="Lorne Post">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<script>var x = "must not be read";</script></head>
<body><h1>{TITLE}</h1>
<p>The ministry blamed the <b>dam operator</b> for the
   flood, and&#32;the operator denied responsibility.</p>
<p>Ms.&nbsp;Ardley said: &quot;Norrwater must pay for the repairs &amp; the new gates before the winter.&quot;</p>
<p>The report recommends:</p><ul><li>{ITEMS[0]}</li><li>Norrwater must <i>inspect</i> each gate every spring.</li></ul>
<table><caption>What the city does</caption><tr><th>Factor</th><th>City Response</th></tr>
<tr><td>Flooding of the old town</td><td>New dykes | pumps</td></tr>
<tr><td>Late warnings</td><td>A radio line</td></tr></table>
</body></html>"""
PLAIN = f"""# {TITLE}

{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

The report recommends:

- {ITEMS[0]}
- {ITEMS[1]}

What the city does

| Factor | City Response |
|---|---|
| Flooding of the old town | New dykes \\| pumps |
| Late warnings | A radio line |
"""


def word_file() -> bytes:
    def write(opened: Any) -> None:
        opened.core_properties.title, opened.core_properties.author = TITLE, "Ada Byron"
        opened.add_heading(TITLE, 1)
        for words in PARAGRAPHS:
            opened.add_paragraph(words)
        opened.add_paragraph("The report recommends:")
        for words in ITEMS:
            opened.add_paragraph(words, style="List Bullet")
        opened.add_paragraph("What the city does")
        table = opened.add_table(rows=0, cols=2)
        for row in ROWS:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = row

    return docx(write)


def read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    return read_path(path)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The page as Chromium prints it, with head and foot on each sheet."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("print")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((folder / "page.html").as_uri())
        data: bytes = page.pdf(tagged=True, display_header_footer=True)
        browser.close()
    return data


def claims(document: Document) -> list[tuple[str, str | None, str, str]]:
    [extraction] = extract_many([document])
    for claim in extraction.claims:
        for mention in (claim.evidence, claim.trigger, *(filler for _, filler in claim.roles)):
            assert mention.span.of(document.text) == mention.quote
    return [
        (c.type, c.stance, " ".join(c.evidence.quote.split()).replace("|", ""), getattr(c.get("bearer"), "quote", ""))
        for c in extraction.claims
    ]


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "html.gz"])
def test_each_form_gives_the_claims_of_the_plain_text(form: str, tmp_path: Path, tagged: bytes) -> None:
    data = {"html": PAGE.encode(), "docx": word_file(), "pdf": tagged, "html.gz": gzip.compress(PAGE.encode())}[form]
    plain, found = read(tmp_path / "report.md", PLAIN.encode()), read(tmp_path / f"report.{form}", data)
    assert len(claims(plain)) >= 6
    assert claims(found) == claims(plain)
    kinds = [(block.kind, block.level) for block in found.blocks]
    assert kinds == [(block.kind, block.level) for block in plain.blocks]
    table = next(block.table for block in found.blocks if block.table)
    cells = [tuple(cell.of(found.text) for cell in row.cells) for row in (table.header, *table.rows)]
    assert cells == [tuple(cell.replace("|", "\\|") for cell in row) for row in ROWS]
    assert table.caption is not None
    assert table.caption.of(found.text) == "What the city does"


def test_a_page_says_title_author_date_language_and_site(tmp_path: Path) -> None:
    found = read(tmp_path / "a.html", PAGE.encode())
    about = (found.title, found.authors, found.date, found.language, found.site)
    assert about == (TITLE, ("Ada Byron",), "2024-03-05", "en", "Lorne Post")
    assert "must not be read" not in found.text


def test_a_pdf_and_a_docx_file_say_title_and_authors_but_no_date(tmp_path: Path) -> None:
    made = pdf([[(50, 700, 12, PARAGRAPHS[0])]], title=TITLE)
    found = read(tmp_path / "a.pdf", made)
    assert (found.title, found.authors, found.date) == (TITLE, ("Ada Byron", "B. Cole"), None)
    found = read(tmp_path / "a.docx", word_file())
    assert (found.title, found.authors, found.date) == (TITLE, ("Ada Byron",), None)
    bare = read(tmp_path / "b.docx", docx_of_xml("<w:p><w:r><w:t>The council must act.</w:t></w:r></w:p>"))
    assert (bare.title, bare.authors, bare.date) == (None, (), None)


def test_places_lead_back_to_the_html_source(tmp_path: Path) -> None:
    found = read(tmp_path / "a.html", PAGE.encode())
    assert found.origin is not None
    for block in found.blocks:
        place = found.origin.locate(block.span)
        assert place is not None
        inner = squeezed(untagged(PAGE[place[0] : place[1]]))
        words = block.span.of(found.text)
        if block.table is None:
            assert inner == squeezed(words)
    cell = next(b.table for b in found.blocks if b.table).rows[0].cells[1]  # type: ignore[union-attr]
    where = found.origin.locate(cell)
    assert where is not None
    assert PAGE[slice(*where)] == "New dykes | pumps"


def untagged(source: str) -> str:
    out, inside = [], False
    for char in source:
        inside = (inside or char == "<") and char != ">"
        if not inside and char != ">":
            out.append(char)
    return html.unescape("".join(out))


def squeezed(words: str) -> str:
    return "".join(words.replace("\\|", "|").split())


WORDS = st.lists(
    st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\u00ad"), min_size=1, max_size=12),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(("p", "li", "td", "h2", "div")))
@settings(max_examples=40, deadline=None)
def test_whatever_a_page_says_stands_where_its_places_say(paragraphs: list[str], tag: str) -> None:
    body = "\n".join(f"<{tag}>{html.escape(words)}</{tag}>" for words in paragraphs)
    source = f"<html><body>{body}</body></html>"
    rendered = render_html(source.encode("utf-8", "surrogatepass"), "page")
    document = to_document(rendered, "page")
    assert document.origin is not None
    for place in document.origin.places:
        there, here = html.unescape(source[place.start : place.end]), place.span.of(document.text)
        assert squeezed(there) == squeezed(here)
    for block in document.blocks:
        assert block.span.of(document.text) == document.text[block.span.start : block.span.end]
        assert 0 <= block.span.start < block.span.end <= len(document.text)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_pdf_says_stands_on_its_page(pages: list[list[str]]) -> None:
    ascii_pages = [[words.encode("ascii", "replace").decode() for words in page] for page in pages]
    made = pdf([[(50, 600 - 40 * n, 10, words) for n, words in enumerate(page)] for page in ascii_pages])
    document = to_document(render_pdf(made, "file"), "file")
    assert document.origin is not None
    for place in document.origin.places:
        said = "".join("".join(page) for page in ascii_pages[place.start - 1 : place.end])
        here = place.span.of(document.text)
        assert set(squeezed(here)) <= set(squeezed(said) + "-")
        assert 1 <= place.start == place.end <= len(pages)


def page_of(
    lines: list[str], number: int, head: str = "The Lorne Dam Inquiry"
) -> list[tuple[float, float, float, str]]:
    top = [(60.0, 810.0, 9.0, head), (500.0, 20.0, 9.0, f"Page {number} of 2")]
    return top + [(60.0, 740.0 - 14 * n, 11.0, line) for n, line in enumerate(lines)]


def test_lines_hyphens_and_page_breaks_of_a_pdf_without_tags_are_put_together(tmp_path: Path) -> None:
    made = pdf(
        [
            page_of(
                [
                    "The inquiry found that the operator of the dam bears the full respon-",
                    "sibility for the late release of water, which the well-known report by",
                    "the ministry had warned of two years before the flood in the valley.",
                    "A short line ends this paragraph.",
                    "The council, which had been warned by the residents of the old town,",
                ],
                1,
            ),
            page_of(["must repair the road before the winter. The report is a well-", "known one."], 2),
        ]
    )
    found = read(tmp_path / "a.pdf", made)
    assert [block.span.of(found.text) for block in found.blocks] == [
        "The inquiry found that the operator of the dam bears the full responsibility for the late release of water, "
        "which the well-known report by the ministry had warned of two years before the flood in the valley. "
        "A short line ends this paragraph.",
        "The council, which had been warned by the residents of the old town, must repair the road before the winter. "
        "The report is a well-known one.",
    ]
    assert found.origin is not None
    assert [found.origin.locate(block.span) for block in found.blocks] == [(1, 1), (1, 2)]


def test_an_item_at_the_head_of_a_page_does_not_go_on_with_the_line_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    before = (50.0, 60.0, 12.0, "Each Party shall take all the measures that are needed, in particular to:")
    items = ((50.0, 780.0, 12.0, "a) report each spill;"), (50.0, 760.0, 12.0, "b) warn all who live below the dam."))
    path.write_bytes(pdf([[before], items]))
    assert [line for line in read_path(path).text.split("\n") if line] == [before[3], items[0][3], items[1][3]]


def test_a_hyphen_goes_or_stays_as_the_rest_of_the_file_writes_the_word() -> None:
    from collections import Counter

    assert join_lines(["a co-", "operative"], Counter(["co-operative"])) == "a co-operative"
    assert join_lines(["a co-", "operative"], Counter()) == "a cooperative"
    assert join_lines(["the Anglo-", "Irish talks"], Counter()) == "the Anglo-Irish talks"
    assert join_lines(["said —", "and/", "or not"], Counter()) == "said — and/or not"


def test_deleted_words_of_a_docx_file_are_not_read_and_inserted_ones_are(tmp_path: Path) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('The council ')}<w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('must')}</w:ins>{run.format(' act.')}</w:p>"
    )
    assert read(tmp_path / "a.docx", docx_of_xml(body)).text.strip() == "The council must act."


def par(words: str, more: str = "") -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r>{more}</w:p>"


def test_notes_and_text_boxes_of_a_docx_file_are_read_and_lead_to_the_paragraph_they_hang_on(
    cli: Cli, tmp_path: Path
) -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{par('The council must repair the bridge.')}{par('Second line of the box.')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f'<mc:AlternateContent xmlns:mc="{mc}">{both}</mc:AlternateContent>'
    foot = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        par("A report on the flood of last spring.", foot.format(2))
        + par("The second paragraph.", f"<w:r>{twice}</w:r>" + "<w:del>" + foot.format(4) + "</w:del>")
        + f"<w:tbl><w:tr><w:tc>{par('Factor')}</w:tc><w:tc>{par('Response')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{par('Rain', foot.format(3))}</w:tc><w:tc>{par('Pumps')}</w:tc></w:tr></w:tbl>"
        + par("The last.", '<w:r><w:endnoteReference w:id="1"/></w:r>' + foot.format(2) + foot.format(99))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}">{par(words)}</w:footnote>'
        for number, words in (
            (0, "separator"),
            (2, "Norrwater denied responsibility for the flood."),
            (3, "In a cell."),
            (4, "Of deleted words."),
        )
    )
    endnotes = f'<w:endnote w:id="1">{par("Ruth Calder blamed the ministry.")}{par("Two of it.")}</w:endnote>'
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of_xml(body, footnotes=notes, endnotes=endnotes))
    document = read_path(path)
    assert [line for line in document.text.split("\n") if line.strip()] == [
        "A report on the flood of last spring.",
        "The second paragraph.",
        "The council must repair the bridge.",
        "Second line of the box.",
        "| Factor | Response |",
        "|---|---|",
        "| Rain | Pumps |",
        "The last.",
        "Norrwater denied responsibility for the flood.",
        "In a cell.",
        "Ruth Calder blamed the ministry.",
        "Two of it.",
    ]
    assert document.origin is not None
    places = {block.span.of(document.text): document.origin.locate(block.span) for block in document.blocks}
    assert places["The council must repair the bridge."] == (2, 2)
    assert places["Norrwater denied responsibility for the flood."] == (1, 1)
    assert places["In a cell."] == (5, 5)
    assert places["Two of it."] == places["The last."] == (7, 7)
    [found] = extract_many([document])
    assert {claim.evidence.quote for claim in found.claims} >= {
        "The council must repair the bridge.",
        "Norrwater denied responsibility for the flood.",
        "Ruth Calder blamed the ministry.",
    }
    assert cli("build", path, "-o", tmp_path / "g.trig").exit_code == 0
    assert cli("verify", tmp_path / "g.trig").exit_code == 0


def test_notes_that_a_docx_file_does_not_have_or_that_are_none_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = par("The council must act.", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    path.write_bytes(docx_of_xml(body))
    assert read_path(path).text.strip() == "The council must act."
    path.write_bytes(docx_of_xml(body, footnotes="<w:footnote"))
    with pytest.raises(ReadError, match="not a DOCX file that can be read"):
        read_path(path)


def test_a_cell_that_spans_rows_is_said_in_each(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>Factor</th><th>Response</th></tr>"
        "<tr><td rowspan=2>Flooding of the town</td><td>New dykes</td></tr><tr><td>New pumps</td></tr></table>"
    )
    found = read(tmp_path / "a.html", page.encode())
    [table] = [block.table for block in found.blocks if block.table]
    assert [[cell.of(found.text) for cell in row.cells] for row in table.rows] == [
        ["Flooding of the town", "New dykes"],
        ["Flooding of the town", "New pumps"],
    ]
    assert found.origin is not None
    first, second = (found.origin.locate(row.cells[0]) for row in table.rows)
    assert first == second


def test_a_menu_is_not_the_text_and_an_article_is(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/{n}">The editor must read part {n}</a></li>' for n in range(30))
    text = " ".join([*PARAGRAPHS, "The court held that both share responsibility for the missing inspection."] * 3)
    page = f"<html><body><nav><ul>{links}</ul></nav><article><h1>{TITLE}</h1><p>{text}</p></article></body></html>"
    found = read(tmp_path / "a.html", page.encode())
    assert "editor" not in found.text
    assert "Norrwater must pay" in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "iso-8859-1", "koi8-r"])
def test_a_page_is_read_in_the_encoding_it_declares(encoding: str, tmp_path: Path) -> None:
    words = "Муниципалитет" if encoding == "koi8-r" else "café – “Łódź”".replace("Łódź", "Lodz")
    words = words if encoding != "iso-8859-1" else "café muß"
    page = f'<html><head><meta charset="{encoding}"></head><body><p>The {words} must act on this.</p></body></html>'
    assert words in read(tmp_path / "a.html", page.encode(encoding)).text


def test_a_parquet_file_and_a_web_archive_hold_many_documents(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(
        {"body": [PARAGRAPHS[0], None, PARAGRAPHS[1]], "id": ["x", "y", "z"], "date": ["2024-03-05", None, "May"]}
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    found = list(read_documents(Source("a.parquet", tmp_path / "a.parquet", column="body")))
    assert [(d.name, d.date) for d in found if isinstance(d, Document)] == [
        ("a.parquet#x", "2024-03-05"),
        ("a.parquet#z", None),
    ]
    assert [e.where for e in found if isinstance(e, ReadError)] == ["row 2"]
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(archive(PAGE.encode())))
    [document, error] = read_documents(Source("a.warc.gz", tmp_path / "a.warc.gz"))
    assert isinstance(document, Document)
    assert (document.name, document.url) == ("a.warc.gz#https://example.org/dam", "https://example.org/dam")
    assert document.title == TITLE
    assert isinstance(error, ReadError)
    assert "https://example.org/broken" in str(error.where)


def archive(page: bytes) -> bytes:
    out = io.BytesIO()
    for address, kind, body in (
        ("https://example.org/dam", b"text/html; charset=utf-8", page),
        ("https://example.org/photo", b"image/png", b"\x89PNG"),
        ("https://example.org/broken", b"application/pdf", b"%PDF-1.4 and nothing more"),
    ):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        out.write(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            b"WARC-Date: 2024-03-05T00:00:00Z\r\nWARC-Target-URI: " + address.encode() + b"\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(answer)
        )
        out.write(answer + b"\r\n\r\n")
    return out.getvalue()


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_a_graph_says_where_in_the_file_its_words_are_and_verifies_against_it(
    form: str, cli: Cli, tmp_path: Path, tagged: bytes
) -> None:
    path, graph = tmp_path / f"report.{form}", tmp_path / "g.trig"
    path.write_bytes({"html": PAGE.encode(), "docx": word_file(), "pdf": tagged}[form])
    assert cli("build", path, "-o", graph).exit_code == 0
    assert cli("check", graph).exit_code == 0
    done = cli("verify", graph, "--source", path)
    assert (done.exit_code, "in 1 given text" in done.stdout) == (0, True)
    unit = {"html": "originalStart", "docx": "paragraph", "pdf": "page"}[form]
    sparql = f"""SELECT DISTINCT ?type {{ ?c resp:evidence ?e . ?e resp:{unit} ?place ; oa:hasSource ?d .
        ?d dcterms:format ?type ; resp:originalSha256 ?hash }}"""
    assert len(cli("query", graph, "--sparql", sparql, "--format", "csv").stdout.split()) == 2
    if form != "pdf":
        authors = cli("query", graph, "--sparql", "SELECT ?a { ?d schema:author ?a }", "--format", "csv").stdout
        assert authors.splitlines()[1:] == ["Ada Byron"]
    if form == "pdf":
        pages = cli("query", graph, "--sparql", "SELECT DISTINCT ?p { ?e resp:page ?p }", "--format", "csv").stdout
        assert pages.split() == ["p", "1"]
    before = graph.read_bytes()
    assert cli("build", path, "-o", graph).exit_code == 0
    assert graph.read_bytes() == before


def test_read_shows_what_was_understood(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(PAGE, encoding="utf-8")
    lines = cli("read", path).stdout.splitlines()
    assert lines[0].startswith(f"report.html: {TITLE}, 2024-03-05")
    assert lines[1:4] == ["  author: Ada Byron", "  site: Lorne Post", "  language: English"]
    assert lines[4].startswith("  taken from: text/html, sha256 ")
    assert any("Flooding of the old town | New dykes" in line for line in lines)
    start = PAGE.index(TITLE, PAGE.index("<h1>"))
    assert f"{start}-{start + len(TITLE)}" in lines[5]
