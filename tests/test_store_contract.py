"""What every store promises, whatever keeps the quads: memory, a file, a folder, a real endpoint."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from conftest import Cli
from factories import harbour
from respgraph.compare import derive_links, forget_document
from respgraph.errors import StoreError
from respgraph.query import run_query
from respgraph.rdf import Row, build_rows
from respgraph.rdf.iri import iri, literal
from respgraph.store import held_documents, open_graph, open_store
from respgraph.store.remote import Endpoint

ROWS = build_rows(harbour())
OTHER = build_rows(harbour("other.txt"))
_X = "https://x.example/"
FORMS = ("trig", "nq", "ttl", "jsonld")
LINKS = [Row(iri(_X + "a"), iri(_X + "p"), literal('b\n"\u2028'), iri(_X + "corpus/links"))]
KINDS = ("memory:", "g.trig", "g.nq", "g.jsonld", "folder", "endpoint")
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "endpoint":
        found = str(request.getfixturevalue("endpoint"))
        clear(found)
        return found
    return "memory:" if request.param == "memory:" else str(tmp_path / str(request.param))


def clear(endpoint: str) -> None:
    with open_store(endpoint) as store:
        for graph in store.graphs():
            store.remove_graph(graph)


def test_what_is_put_is_there_once_and_in_the_same_words(address: str) -> None:
    with open_store(address) as store:
        store.put_graph(ROWS)
        store.put_graph(ROWS)
        assert sorted(store.rows()) == sorted(ROWS)
        assert len(store) == len(ROWS)


def test_a_document_put_again_loses_what_it_no_longer_says(address: str) -> None:
    less = [row for row in ROWS if not row.graph.endswith("/ties>")][:200]
    with open_store(address) as store:
        store.put_graph(ROWS + OTHER)
        store.put_graph(less)
        assert sorted(store.rows()) == sorted(less + OTHER)


def test_a_document_is_removed_with_its_ties_and_others_stay(address: str) -> None:
    with open_store(address) as store:
        store.put_graph(ROWS + OTHER)
        store.remove_graph(ROWS[0].graph[1:-1])
        store.remove_graph("https://x.example/nowhere")
        assert sorted(store.rows()) == sorted(OTHER)


def test_a_graph_that_is_no_document_can_be_put_and_is_no_document(address: str) -> None:
    with open_store(address) as store:
        store.put_graph(ROWS)
        before = store.documents()
        store.put_graph(LINKS)
        store.put_graph(LINKS)
        assert store.documents() == before == (ROWS[0].graph[1:-1],)
        assert LINKS[0].graph[1:-1] in store.graphs()
        assert list(store.rows(LINKS[0].graph[1:-1])) == LINKS


def test_named_and_own_questions_have_the_same_answers_everywhere(address: str) -> None:
    with open_store("memory:") as memory, open_store(address) as store:
        for held in (memory, store):
            held.put_graph(ROWS)
        for question, values in (
            ("who-holds-whom", {"bearer": "norrail"}),
            ("obligations", {"actor": "Norrail", "speaker": "Author of Flood in the harbour tunnel"}),
            ("actors", {}),
            ("SELECT ?a ?b { ?a resp:demandsOf ?b } ORDER BY ?a ?b", {}),
            ("ASK { ?a a resp:Claim }", {}),
        ):
            wanted = run_query(memory, question, values)
            assert wanted.rows
            assert run_query(store, question, values) == wanted
        held_now = sorted(
            run_query(store, "CONSTRUCT { ?a resp:demandsOf ?b } { ?a resp:demandsOf ?b }").rows, key=repr
        )
        assert len(held_now) == 1


def test_a_store_says_which_documents_it_holds(address: str) -> None:
    with open_store(address) as store:
        store.put_graph(ROWS + OTHER)
        held = held_documents(store)
        assert [document.name for document in held] == sorted(document.name for document in held)
        assert {document.graph for document in held} == set(store.documents())
        assert all("/run/" in document.run for document in held)


def test_what_was_saved_is_read_again(address: str) -> None:
    if address == "memory:":
        return
    with open_store(address) as store:
        store.put_graph(ROWS)
        store.save()
    with open_graph(address) as view:
        assert sorted(view.rows()) == sorted(ROWS)
        assert len(list(view.dataset().quads())) == len(ROWS)
        assert view.nquads().count(b"\n") == len(ROWS)
        assert run_query(view, "ASK { ?a a resp:Claim }").rows


def test_a_store_from_which_the_last_document_was_forgotten_is_an_empty_graph(address: str) -> None:
    with open_store(address) as store:
        store.put_graph(ROWS)
        store.put_graph(derive_links(store))
        store.save()
        held = sorted(store.rows())
        forget_document(store, "harbour.txt").apply(store)
        store.save()
        assert (list(store.rows()), store.documents(), store.graphs()) == ([], (), ())
        store.put_graph(ROWS)
        store.put_graph(derive_links(store))
        assert sorted(store.rows()) == held


def test_every_command_opens_a_graph_that_was_emptied_and_a_build_fills_it(
    address: str, cli: Cli, tmp_path: Path
) -> None:
    if address == "memory:":
        return
    text = tmp_path / "lease.txt"
    text.write_text("Tenants must not keep pigs.\n")
    assert cli("build", text, "--store", address).exit_code == 0
    with open_graph(address) as view:
        held = sorted(view.rows())
    done = cli("forget", address, "--document", "lease.txt")
    assert (done.exit_code, done.stdout) == (0, f"1 claim forgotten; wrote {address}\n")
    for command, said in (
        (("query", address, "obligations"), "says,"),
        (("conflicts", address), "No conflicts found."),
        (("actors", address), "0 actors"),
        (("matrix", address), "0 texts"),
        (("report", address), "No statements"),
        (("network", address), "name,kind,id"),
        (("diff", address, address), "0 new, 0 withdrawn"),
        (("check", address), "conforms: 0 documents"),
        (("verify", address), "verified: 0 texts"),
        (("view", address, "-o", tmp_path / "page.html"), "wrote"),
        *((("export", address, "-o", tmp_path / f"empty.{form}"), "0 claims") for form in FORMS),
    ):
        done = cli(*command)
        assert (done.exit_code, said in done.output) == (0, True), (command, done.output)
    for form in FORMS:
        with open_graph(tmp_path / f"empty.{form}") as view:
            assert list(view.rows()) == []
    done = cli("forget", address, "--document", "lease.txt")
    assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
    assert "0 unchanged" in cli("build", text, "--store", address).stdout
    with open_graph(address) as view:
        assert sorted(view.rows()) == held


# The endpoint


def test_credentials_are_sent_and_stand_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, endpoint: str) -> None:
    monkeypatch.setenv("RESPGRAPH_STORE_USER", "canary-user")
    monkeypatch.setenv("RESPGRAPH_STORE_PASSWORD", "canary-3f9b")
    server = web_server(b"HTTP/1.1 401 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    with server as (address, heard), open_graph(address) as view:
        with pytest.raises(StoreError, match="lets nobody in") as error:
            view.documents()
        assert b"Authorization: Basic Y2FuYXJ5LXVzZXI6Y2FuYXJ5LTNmOWI=" in heard()
    assert "canary" not in str(error.value) + repr(error.value.__cause__)
    with open_store(endpoint) as store:
        store.put_graph(ROWS)
        assert b"canary" not in store.nquads()


def test_an_endpoint_may_call_its_services_otherwise(endpoint: str) -> None:
    clear(endpoint)
    with renaming(endpoint, {"/news": "/query", "/news/data": "/store"}) as place:
        with open_store(f"{place}/news?query=&store=data") as store:
            store.put_graph(ROWS)
            assert sorted(store.rows()) == sorted(ROWS)
            assert run_query(store, "ASK { ?a a resp:Claim }").rows
            store.remove_graph(ROWS[0].graph[1:-1])
            assert list(store.rows()) == []
        with open_store(f"{place}/news") as store, pytest.raises(StoreError, match="status 404"):
            store.documents()


def test_actors_are_judged_on_an_endpoint_and_undo_gives_the_same_quads(
    endpoint: str, tmp_path: Path, cli: Cli
) -> None:
    clear(endpoint)
    with open_store(endpoint) as store:
        store.put_graph(ROWS + OTHER)
        before = sorted(store.rows())
    file = ("--judgements", str(tmp_path / "shared.jsonl"))
    done = cli("actors", "merge", endpoint, "Norrail", "Seaworks", "--why", "one firm", *file)
    assert (done.exit_code, done.stdout) == (
        0,
        "'Seaworks' is 'Norrail' (one firm)\n1 judgement applied, 2 documents changed\n",
    )
    assert "Norrail (organisation, Q4115189, with seaworks)" in cli("actors", endpoint).stdout
    assert cli("actors", "rename", endpoint, "Norrail", "Norrail Group", *file).exit_code == 0
    assert "Norrail Group" in cli("query", endpoint, "who-holds-whom").stdout
    assert cli("actors", "merge", endpoint, "Norrail", "Norland").exit_code == 3
    for _ in range(2):
        assert cli("actors", "undo", endpoint, "1", *file).exit_code == 0
    with open_graph(endpoint) as view:
        assert sorted(view.rows()) == before


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(StoreError, match="RESPGRAPH_STORE_PASSWORD") as error:
        open_graph("sparql+http://user:canary@127.0.0.1/")
    assert "canary" not in str(error.value)


def test_nothing_is_sent_before_a_question(endpoint: str) -> None:
    open_graph("sparql+http://127.0.0.1:1/").close()
    open_store("sparql+http://127.0.0.1:1/").close()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<!doctype html>", "a web page"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nhello", "text/plain, not with"),
        (b"HTTP/1.1 302 no\r\nLocation: http://127.0.0.1:9/\r\nConnection: close\r\n\r\n", "refused (status 302"),
        (b"HTTP/1.1 500 no\r\nConnection: close\r\n\r\nbroken\x1b[31m", "refused (status 500: broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{", "no answer"),
        (b"SSH-2.0-x\r\n", "cannot be reached: BadStatusLine"),
    ],
)  # fmt: skip
def test_an_endpoint_that_is_none_is_one_clear_line(answer: bytes, message: str, cli: Cli) -> None:
    with web_server(answer) as (address, _):
        done = cli("query", address, "who-holds-whom")
    assert done.exit_code == 3
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


def test_an_endpoint_that_is_down_is_one_clear_line(cli: Cli) -> None:
    done = cli("query", "sparql+http://127.0.0.1:1/", "who-holds-whom")
    assert done.exit_code == 3
    assert done.stderr == "respgraph: sparql+http://127.0.0.1:1/: cannot be reached: Connection refused\n"


@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["header", "body"])
def test_an_endpoint_that_never_ends_its_answer_is_left_at_the_deadline(begin: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with suppress(OSError), server.accept()[0] as client:
                client.sendall(begin)
                while True:
                    client.sendall(b"a")
                    time.sleep(0.02)

        Thread(target=drip, daemon=True).start()
        before = time.monotonic()
        with pytest.raises(StoreError, match=r"did not answer within 0\.4 s"):
            Endpoint(f"sparql+http://127.0.0.1:{server.getsockname()[1]}/").send("GET", "/", None, {}, timeout=0.4)
        assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    "bad",
    [
        "sparql+http://",
        "sparql+http://h/?x=1",
        "sparql+http://h/?query=../admin",
        "sparql+http://h/?store=//other/x",
        "sparql+http://h/?query=a%0d%0aHost:%20b",
        "sparql+http://h:port/",
        "sparql+http://h/ a",
    ],
)
def test_an_address_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(StoreError, match="is no endpoint"):
        open_graph(bad)


@contextmanager
def renaming(endpoint: str, names: dict[str, str]) -> Iterator[str]:
    """A server on loopback that passes requests on to an endpoint whose services have other names."""
    target = urlsplit(endpoint.removeprefix("sparql+"))

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path, mark, rest = self.path.partition("?")
            server = HTTPConnection(target.netloc, timeout=10)
            server.request(self.command, names.get(path, "/nowhere") + mark + rest, body, dict(self.headers))
            answer = server.getresponse()
            data = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.getheader("Content-Type") or "")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            server.close()

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  # the names that http.server calls

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"sparql+http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def web_server(answer: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """A server on loopback that gives every request the same bytes; and what it heard."""
    heard: list[bytes] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def serve() -> None:
            try:
                while True:
                    with server.accept()[0] as client:
                        heard.append(client.recv(65536))
                        client.sendall(answer)
                        client.shutdown(socket.SHUT_WR)
                        while client.recv(65536):
                            pass
            except OSError:
                return

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"sparql+http://127.0.0.1:{server.getsockname()[1]}/", lambda: b"".join(heard)
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
