"""URLs that are named: robots.txt, limits and redirects, against a server on this machine. Nothing else is fetched."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pytest_socket import enable_socket

from conftest import Cli
from respgraph.errors import ReadError, StoreError
from respgraph.model import Document
from respgraph.read import fetch, find_sources, read_documents

PAGE = b"""<html><head><title>Dam</title></head><body><p>The council must act now, said the mayor.</p>
<img src="/photo.png"><link rel="stylesheet" href="/style.css"><iframe src="/frame.html"></iframe></body></html>"""


class Site(BaseHTTPRequestHandler):
    """A site with one page, a robots.txt and some traps; ``seen`` is what was asked for, by whom."""

    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"]))
        pages: dict[str, tuple[int, str, bytes]] = {
            "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /private\n"),
            "/dam": (200, "text/html; charset=utf-8", PAGE),
            "/private/a": (200, "text/html", PAGE),
            "/data": (200, "application/x-ndjson", b'{"text": "One must act."}\n{"text": "Two must act."}\n'),
            "/large": (200, "text/plain", b"The council must act. " * 5_000),
            "/latin": (200, "text/plain; charset=iso-8859-1", "The café must pay for the road.".encode("latin-1")),
        }
        moved = {
            "/old": "/dam",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
            "/ftp": "ftp://127.0.0.1/a",
            "/other": f"http://127.0.0.1:{self.server.server_address[1] + 1}/",
            "/inside": "http://169.254.169.254/latest",
            "/hidden": "/private/a",
        }
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
            return
        status, kind, body = pages.get(self.path, (404, "text/plain", b"nothing"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    enable_socket()
    fetch._robots.clear()
    Site.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def read(url: str) -> list[Document | ReadError]:
    return list(read_documents(next(find_sources([url]))))


def test_a_named_page_is_fetched_once_with_our_name_and_nothing_of_it(site: str) -> None:
    [found] = read(site + "/dam")
    assert isinstance(found, Document)
    assert (found.name, found.url, found.title) == (site + "/dam", site + "/dam", "Dam")
    assert "must act now" in found.text
    assert [path for path, _ in Site.seen] == ["/robots.txt", "/dam"]
    assert all(agent.startswith("respgraph/") for _, agent in Site.seen)


def test_what_is_not_named_is_never_fetched(site: str, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        PAGE.replace(b"/photo", site.encode() + b"/photo").replace(b'"/f', b'"' + site.encode() + b"/f")
    )
    assert cli("build", tmp_path / "a.html", "-o", tmp_path / "g.trig").exit_code == 0
    assert Site.seen == []


def test_the_form_and_encoding_are_those_the_server_says(site: str) -> None:
    assert [d.name for d in read(site + "/data") if isinstance(d, Document)] == [f"{site}/data#1", f"{site}/data#2"]
    [found] = read(site + "/latin")
    assert isinstance(found, Document)
    assert found.text == "The café must pay for the road."


def test_a_redirect_is_followed_and_the_name_stays(site: str) -> None:
    [found] = read(site + "/old")
    assert isinstance(found, Document)
    assert (found.name, found.url) == (site + "/old", site + "/dam")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/private/a", "the site's robots.txt does not allow respgraph/"),
        ("/hidden", "the site's robots.txt does not allow respgraph/"),
        ("/nothing", "the server answers 404 Not Found"),
        ("/loop", "more than 5 redirects"),
        ("/file", "redirects to a file address"),
        ("/ftp", "redirects to a ftp address"),
        ("/other", "an address of this machine or its network"),
        ("/inside", "an address of this machine or its network"),
    ],
)
def test_what_is_not_followed_is_a_reason(path: str, why: str, site: str) -> None:
    [error] = read(site + path)
    assert isinstance(error, ReadError)
    assert error.source == site + path
    assert why in error.why
    assert "/private/a" not in [seen for seen, _ in Site.seen]


def test_bytes_and_seconds_are_limited(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 1_000)
    assert "more than 1,000 bytes" in str(read(site + "/large")[0])
    monkeypatch.setattr(fetch, "SECONDS", -1.0)
    assert "takes longer than" in str(read(site + "/dam")[0])


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://", "no host"),
        ("http://user:secret@127.0.0.1/", "a user name or password"),
        ("http://127.0.0.1:99999/", "not a URL"),
        ("http://127.0.0.1:1/", "cannot be fetched"),
    ],
)
def test_a_url_that_is_none_or_leads_nowhere_is_a_reason(url: str, why: str, site: str) -> None:
    [error] = read(url)
    assert why in str(error)


def test_the_command_line_takes_a_url(site: str, cli: Cli, tmp_path: Path) -> None:
    assert cli("build", site + "/dam", "-o", tmp_path / "g.trig").exit_code == 0
    urls = cli("query", tmp_path / "g.trig", "--sparql", "SELECT ?u { ?d schema:url ?u }", "--format", "csv").stdout
    assert urls.split() == ["u", site + "/dam"]
    done = cli("build", site + "/nothing", "-o", tmp_path / "h.trig")
    assert (done.exit_code, (tmp_path / "h.trig").exists()) == (3, False)


DRIPS = {
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "status": (b"HTTP/1.1 20", b"0"),
    "header": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "trailer": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", b"X-A: b\r\n"),
    "chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"a"),
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
}


@contextmanager
def dripping(begin: bytes, drip: bytes, robots: bytes = b"") -> Iterator[str]:
    """A server that begins an answer and then sends some bytes again and again, for ever."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def answer(client: socket.socket) -> None:
            with client, suppress(OSError):
                asked = client.recv(65536)
                if robots and b"/robots.txt" in asked:
                    client.sendall(robots)
                    return
                client.sendall(begin)
                while True:
                    client.sendall(drip)
                    time.sleep(0.02)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=answer, args=[server.accept()[0]], daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("robots", [b"", b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n"], ids=["robots", "page"])
@pytest.mark.parametrize("kind", DRIPS)
def test_a_server_that_never_ends_is_left_at_the_deadline(
    kind: str, robots: bytes, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.4)
    before = time.monotonic()
    with dripping(*DRIPS[kind], robots) as url:
        [error] = read(url + "/a")
    assert str(error) == f"{url}/a: takes longer than 0.4 seconds"
    assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 302 no\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n", "redirects to 'http://[', which is no"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=a\0b\r\n\r\nhello", "an encoding that is none: 'a"),
    ],
)
def test_an_answer_that_makes_no_sense_is_one_clear_line(answer: bytes, why: str, site: str) -> None:
    [error] = read_closed(answer)
    assert why in str(error)


def read_closed(answer: bytes) -> list[Document | ReadError]:
    """Read from a server that closes after each answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                for said in (b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n", answer):
                    with server.accept()[0] as client:
                        client.recv(65536)
                        client.sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        return read(f"http://127.0.0.1:{server.getsockname()[1]}/a")


def test_a_password_in_a_uri_is_never_shown() -> None:
    [error] = read("http://user:canary@127.0.0.1/")
    assert isinstance(error, ReadError)
    assert "canary" not in f"{error} {error.source}"
    assert str(StoreError("s3://KEY:can/ary@news/a", "gone")) == "s3://...@news/a: gone"
