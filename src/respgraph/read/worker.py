"""The child process that parses what strangers wrote: ``python -m respgraph.read.worker BYTES``.

It reads requests from standard input and writes what it finds to standard output, each as four bytes of length and a
JSON object; nothing that it says is code. It may use so much memory, write no file, and takes no word of its parent
but paths and options. What it cannot parse is an ``error``; what kills it is seen by the parent.
"""

from __future__ import annotations

import gzip
import io
import json
import signal
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from respgraph.errors import ReadError
from respgraph.read.decode import decode_bytes
from respgraph.read.formats import FORMS, HEAD, choose_form
from respgraph.read.limits import LARGEST, RATIO, SECONDS, SLACK, UNPACKED
from respgraph.read.records import ALL, csv_rows, json_rows
from respgraph.read.rendering import Rendered

Message = dict[str, Any]
NESTED: Final = 20  # seconds beyond which the child ends itself, should the parent be gone


def main() -> None:
    """Answer requests until there are none."""
    limit_resources(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    given, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not be taken for an answer
    while (request := receive(given)) is not None:
        data = given.read(request["size"]) if request.get("size") is not None else None
        rest(False)
        for message in answer(request, data):
            rest(True)
            send(out, message)
            rest(False)
        rest(True)
        send(out, {"kind": "end"})


def limit_resources(memory: int) -> None:
    """Take away what a parser does not need: memory beyond the limit, files to write, core dumps."""
    try:
        import resource
    except ImportError:  # not on this system; the parent's clock is what is left
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rest(waiting: bool) -> None:
    """Set or stop the alarm that ends a child whose parent died while it was parsing."""
    if hasattr(signal, "alarm"):
        signal.alarm(0 if waiting else int(SECONDS) + NESTED)


def receive(stream: BinaryIO) -> Message | None:
    """Return the next message, None at the end of the stream."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    body = stream.read(struct.unpack(">I", size)[0])
    return cast("Message", json.loads(body))


def send(stream: BinaryIO, message: Message) -> None:
    """Write a message."""
    body = json.dumps(message).encode("ascii")
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def answer(request: Message, data: bytes | None) -> Iterator[Message]:
    """Yield what a request asks for: texts, rows, errors."""
    name = request["name"]
    try:
        if data is not None:
            yield from read_stream(io.BytesIO(data), request)
        else:
            with Path(request["path"]).open("rb") as file:
                yield from read_stream(file, request)
    except ReadError as error:
        yield {"kind": "error", "source": error.source, "why": error.why, "where": error.where}
    except MemoryError:
        yield {"kind": "error", "source": name, "why": "needs more memory than a text may take", "spent": True}
    except RecursionError:
        yield {"kind": "error", "source": name, "why": "nested too deeply"}
    except (EOFError, gzip.BadGzipFile) as error:
        yield {"kind": "error", "source": name, "why": f"a damaged gzip file: {error}"}
    except OSError as error:
        yield {"kind": "error", "source": name, "why": f"cannot be read: {error.strerror or error}"}
    except BaseException as error:  # of a parser that met what its authors did not think of, or panics (Rust)
        if isinstance(error, SystemExit | KeyboardInterrupt | GeneratorExit):
            raise
        why = f"the parser failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        yield {"kind": "error", "source": name, "why": why, "spent": True}


def read_stream(file: BinaryIO, request: Message) -> Iterator[Message]:
    """Yield what a file holds, unpacked if it is packed."""
    name, stem = request["name"], request["file"]
    head = file.read(HEAD)
    file.seek(0)
    form = choose_form(stem, head)
    packed: Unpacked | None = None
    if form == "gzip":
        stem = stem[:-3] if stem.lower().endswith(".gz") else stem
        packed = Unpacked(file, name)
        buffered = io.BufferedReader(packed, 1 << 16)
        form = choose_form(stem, buffered.peek(HEAD)[:HEAD])
        if form == "gzip":
            raise ReadError(name, "packed twice; unpack it first")
        packed.unbounded = form in FORMS and FORMS[form].many
        if form == "warc":  # its reader unpacks record by record
            file.seek(0)
        else:
            file = cast("BinaryIO", buffered)
    if request.get("cut"):
        yield from cut(file, form, stem, packed.file if packed else file, request)
        return
    first, past = request.get("rows") or ALL
    if form == "jsonl":
        yield from rows(json_rows(iter(lambda: file.readline(LARGEST + 1), b""), name, (first, past)))
    elif form == "csv":
        with io.TextIOWrapper(file, request.get("encoding") or "utf-8-sig", newline="") as text:
            yield from rows(csv_rows(text, name, ".tsv" in stem.lower(), (first, past)))
    elif form == "parquet":
        from respgraph.read.parquet import parquet_rows

        yield from rows(parquet_rows(file, name, request.get("column"), (first, past)))
    elif form == "warc":
        from respgraph.read.warc import render_warc

        yield from map(said, render_warc(file, name, (first, past)))
    else:
        yield said(render(form, read_all(file, name), request))


def cut(file: BinaryIO, form: str, stem: str, raw: BinaryIO, request: Message) -> Iterator[Message]:
    """Yield the ranges into which a file of records may be cut, none of what is not cut."""
    from respgraph.read.ranges import csv_ranges, json_ranges, parquet_ranges, warc_ranges

    name, column, target = request["name"], request.get("column"), int(request["cut"])
    if form == "jsonl":
        found = json_ranges(file, name, column, target, raw.tell)
    elif form == "csv":
        text = io.TextIOWrapper(file, request.get("encoding") or "utf-8-sig", newline="")
        found = csv_ranges(text, name, column, ".tsv" in stem.lower(), target, raw.tell)
    elif form == "parquet":
        found = parquet_ranges(file, name, column, target)
    elif form == "warc":
        found = warc_ranges(file, name, target)
    else:
        return
    for part in found:
        yield {"kind": "range", **asdict(part)}


def said(found: Rendered | ReadError | None) -> Message:
    """Return the message for a text or an error, or for a sign of life."""
    if found is None:
        return {"kind": "life"}
    if isinstance(found, ReadError):
        return {"kind": "error", "source": found.source, "why": found.why, "where": found.where}
    return {"kind": "text", **found.to_json()}


def rows(found: Iterator[tuple[int, Mapping[str, Any] | ReadError | None]]) -> Iterator[Message]:
    """Yield the message of each row."""
    for number, row in found:
        if row is None or isinstance(row, ReadError):
            yield said(row)
        else:
            yield {"kind": "row", "number": number, "row": dict(row)}


def render(form: str, data: bytes, request: Message) -> Rendered:
    """Return the text of a file that holds one document."""
    name = request["name"]
    if form == "html":
        from respgraph.read.html import render_html

        return render_html(data, name, request.get("encoding"), request.get("url"))
    if form == "pdf":
        from respgraph.read.pdf import render_pdf

        return render_pdf(data, name)
    if form == "docx":
        from respgraph.read.docx import render_docx

        return render_docx(data, name)
    return Rendered(decode_bytes(data, name, request.get("encoding")))


def read_all(file: BinaryIO, name: str) -> bytes:
    """Return all bytes of a file that is one document."""
    data = file.read(
        UNPACKED + 1 if isinstance(file, io.BufferedReader) and isinstance(file.raw, Unpacked) else LARGEST + 1
    )
    if len(data) > LARGEST:
        raise ReadError(name, f"more than {LARGEST:,} bytes are too many for one text; split it")
    return data


class Unpacked(io.RawIOBase):
    """A gzip file as it unpacks, up to the limits: as many bytes as a text may have, and no bomb."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Take an opened file at its beginning."""
        self.file, self.name = file, name
        self.packed = gzip.GzipFile(fileobj=file)
        self.done = 0
        self.unbounded = False

    def readable(self) -> bool:
        """It is read from its beginning to its end."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack the next bytes.

        Raises:
            ReadError: Too many, or far more than the packed file has.
        """
        data = self.packed.read(len(buffer))
        self.done += len(data)
        if self.done > SLACK and self.done > RATIO * max(self.file.tell(), 1):
            raise ReadError(self.name, f"unpacks to more than {RATIO} times its size (a bomb?)")
        if self.done > UNPACKED and not self.unbounded:
            raise ReadError(self.name, f"unpacks to more than {UNPACKED:,} bytes")
        buffer[: len(data)] = data
        return len(data)


if __name__ == "__main__":
    main()
