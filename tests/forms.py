"""Small files of each form, made here: a PDF without tags, a DOCX with and without a library."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

Text = tuple[float, float, float, str]  # x, y, size in points, words


def pdf(pages: Iterable[Sequence[Text]], more: bytes = b"", trailer: bytes = b"", title: str = "") -> bytes:
    """Return a PDF whose pages have words at places, in Helvetica; ``more`` is an object of one's own."""
    streams = [
        b"".join(b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, escaped(words)) for x, y, size, words in page)
        for page in pages
    ]
    return pdf_of_streams([zlib.compress(stream) for stream in streams], more, trailer, title)


def pdf_of_streams(
    streams: Sequence[bytes], more: bytes = b"", trailer: bytes = b"", title: str = "", filters: bytes = b"/FlateDecode"
) -> bytes:
    """Return a PDF with a page per packed content stream."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>" % (len(streams), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, stream in enumerate(streams):
        content = first + 2 * number + 1
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>" % content)
        objects.append(b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(stream), filters, stream))
    if title:
        objects.append(b"<</Title(%s)/Author(Ada Byron; B. Cole)>>" % escaped(title))
        trailer += b"/Info %d 0 R" % len(objects)
    if more:
        objects.append(more)
        trailer = trailer.replace(b"MORE", b"%d 0 R" % len(objects))
    out = b"%PDF-1.4\n"
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def escaped(words: str) -> bytes:
    """Return words as the inside of a PDF string."""
    out = words.encode("cp1252", "replace")
    return out.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def docx_of_xml(body: str, **parts: str) -> bytes:
    """Return a DOCX with this body and parts, such as ``footnotes``, and nothing else."""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" Type="{OFFICE}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    if parts:
        links = "".join(
            f'<Relationship Id="r{name}" Type="{OFFICE.removesuffix("officeDocument")}{name}" Target="{name}.xml"/>'
            for name in parts
        )
        files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE}relationships">{links}</Relationships>'
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
            "</Types>", '<Default Extension="xml" ContentType="application/xml"/></Types>'
        )
    files |= {f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{text}</w:{name}>' for name, text in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx(write: Callable[[object], None]) -> bytes:
    """Return a DOCX that a function wrote with python-docx."""
    from docx import Document

    opened = Document()
    write(opened)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()
