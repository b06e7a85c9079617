"""Opening a graph by its address, and what is said when that fails."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from conftest import Cli
from factories import harbour
from respgraph.errors import GraphError, RespgraphError, StoreError
from respgraph.rdf import build_dataset, build_rows, write_nquads, write_trig
from respgraph.store import open_graph, open_store, view_of
from respgraph.store.load import load, read_bytes
from respgraph.vocab import CONTEXT_IRI

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
ROWS = build_rows(harbour())


@pytest.fixture(params=["trig", "nq", "ttl", "nt", "jsonld"])
def graph_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    form = str(request.param)
    path = tmp_path / f"g.{form}"
    if form == "trig":
        write_trig(ROWS, path)
    elif form == "nq":
        write_nquads(ROWS, path)
    elif form == "nt":
        path.write_text("".join(f"{r.subject} {r.predicate} {r.object} .\n" for r in ROWS), encoding="utf-8")
    else:
        names = {"ttl": "turtle", "jsonld": "json-ld"}
        build_dataset([harbour()]).serialize(path, format=names[form])
    return path


def test_every_form_gives_the_same_claims(graph_file: Path) -> None:
    with open_graph(graph_file) as view:
        found = list(view.query("SELECT DISTINCT ?c { GRAPH ?g { ?c a resp:Claim } }"))
    assert len(found) == len(harbour().claims)


def test_an_address_may_say_file(tmp_path: Path) -> None:
    write_trig(ROWS, tmp_path / "g.trig")
    assert len(open_graph(f"file:{tmp_path / 'g.trig'}")) == len(ROWS)


@pytest.mark.parametrize("write", [write_trig, write_nquads])
def test_standard_input_is_read_without_a_suffix(monkeypatch: pytest.MonkeyPatch, write: object) -> None:
    out = io.BytesIO()
    write(ROWS, out)  # type: ignore[operator]  # one of the two writers
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.getvalue())))
    assert len(open_graph("-")) == len(ROWS)


def test_what_was_written_is_what_is_read(tmp_path: Path) -> None:
    write_trig(ROWS, tmp_path / "g.trig")
    assert sorted(open_graph(tmp_path / "g.trig").rows()) == sorted(ROWS)


def test_a_view_gives_an_rdflib_dataset() -> None:
    assert len(list(view_of(ROWS).dataset().quads())) == len(ROWS)


def test_documents_are_the_graphs_without_the_ties() -> None:
    view = view_of(ROWS)
    assert [f"{name}/ties" for name in view.documents()] == [g for g in view.graphs() if g.endswith("/ties")]


# Changing


def test_putting_a_document_twice_is_putting_it_once() -> None:
    with open_store("memory:") as store:
        store.put_graph(ROWS)
        store.put_graph(ROWS)
        assert sorted(store.rows()) == sorted(ROWS)


def test_a_document_put_again_loses_what_it_no_longer_says() -> None:
    other = build_rows(harbour("other.txt"))
    less = [row for row in ROWS if not row.graph.endswith("/ties>")][:200]
    with open_store("memory:") as store:
        store.put_graph(ROWS + other)
        store.put_graph(less)
        assert sorted(store.rows()) == sorted(less + other)


@pytest.mark.parametrize("name", ["g.trig", "g.nq"])
def test_a_saved_file_is_the_same_whichever_way_it_was_filled(tmp_path: Path, name: str) -> None:
    other = build_rows(harbour("other.txt"))
    for folder, order in (("a", (ROWS, other)), ("b", (other, ROWS))):
        (tmp_path / folder).mkdir()
        for rows in order:
            with open_store(tmp_path / folder / name) as store:
                store.put_graph(rows)
                store.save()
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("address", ["-", "g.ttl", "g.nt", "g.txt"])
def test_only_files_of_named_graphs_can_be_changed(address: str) -> None:
    with pytest.raises(StoreError, match="cannot be changed in place"):
        open_store(address)


# What is wrong with an address


def made_by(version: str) -> bytes:
    return f"""@prefix resp: <https://w3id.org/respgraph/ns#> . @prefix schema: <https://schema.org/> .
    <http://x/doc/1> {{ <http://x/doc/1> a resp:Document .
    <http://x/agent/respgraph-{version}> schema:softwareVersion "{version}" . }}""".encode()


@pytest.mark.parametrize("version", ["0.2.0", "1.0.0rc1", "0.10.3"])
def test_a_graph_of_a_newer_version_is_one_clear_line(version: str, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "g.trig").write_bytes(made_by(version))
    for command in (("query", "who-holds-whom"), ("conflicts",), ("check",)):
        done = cli(command[0], tmp_path / "g.trig", *command[1:])
        assert done.exit_code == 3
        assert f"was made by a newer respgraph ('{version}'" in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("version", ["0.1.99", "0.1.0", "0.0.1", "dev", "", "9" * 5000])
def test_a_graph_of_this_or_an_older_version_opens(version: str, tmp_path: Path) -> None:
    (tmp_path / "g.trig").write_bytes(made_by(version))
    with open_graph(tmp_path / "g.trig") as view:
        assert len(view.documents()) == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("g.trig", b"", "is empty"),
        ("g.trig", b" \n\n", "is empty"),
        ("g.trig", b"\x89PNG\r\n\x1a\n\x00\x00", "is not RDF (line 1"),
        ("g.trig", b"@prefix a: <http://a/> .\na:b a:c .\n", "is not RDF (line 2"),
        ("g.nq", b"<http://a> <http://b> <http://c> .\noops\n", "is not RDF (line 2"),
        ("g", b"Just a text about nothing.", "is not RDF (line 1"),
        ("g.ttl", b"<http://a> <http://b> <http://c> .", "holds no document or claim"),
        ("g.trig", b"# only a comment", "holds no document or claim"),
        ("g.jsonld", b"{", "not JSON"),
        ("g.jsonld", b"[" * 100_000, "JSON"),
        ("g.jsonld", b'{"@id": "http://a", "http://b": 1}', "holds no document or claim"),
        ("g.rdf", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>', "looks like XML"),
        ("g.trig", b"<!DOCTYPE html><p>", "looks like XML"),
        ("g.jsonld", b'{"@context": "http://example.org/c.jsonld"}', "never fetched"),
        ("g.jsonld", b'{"@context": [{"@import": "http://example.org/c.jsonld"}]}', "never fetched"),
        ("g.jsonld", b'{"@graph": [{"@context": ["http://example.org/c.jsonld"]}]}', "never fetched"),
        ("g.trig", b"<a:a> <a:b> " + b"[<a:b> " * 100_000, "is not RDF"),
        ("g.trig", b"<a:a> <a:b> " + b"(" * 100_000, "is not RDF"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_graph_of_ours_gives_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RespgraphError) as error:
        open_graph(path)
    text = str(error.value)
    assert message in text
    assert name in text
    assert "\n" not in text
    assert len(text) < 500


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no\.trig: there is no such file"):
        open_graph(tmp_path / "no.trig")


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_graph(tmp_path)


def test_a_file_above_the_limit_is_not_parsed(tmp_path: Path) -> None:
    (tmp_path / "g.trig").write_bytes(b"x" * 101)
    with pytest.raises(StoreError, match="larger than"):
        read_bytes(str(tmp_path / "g.trig"), limit=100)


def test_our_own_context_is_bundled() -> None:
    data = {
        "@context": CONTEXT_IRI,
        "id": "http://x/doc/1",
        "type": ["Document", "schema:Article"],
        "identifier": "one.txt",
        "text": "one",
    }
    store = load("x.jsonld", json.dumps(data).encode())
    assert {q.predicate.value.rpartition("/")[2] for q in store} >= {"identifier", "ns#text"}


def test_a_graph_error_is_not_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "g.trig").write_bytes(b"no")
    with pytest.raises(GraphError):
        open_graph(tmp_path / "g.trig")


def test_an_address_of_another_scheme_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("http://u:secret@127.0.0.1:9/", "https://127.0.0.1/"):
        with pytest.raises(StoreError, match=r"sparql\+http") as caught:
            open_store(address)
        assert "secret" not in str(caught.value)
    assert not list(tmp_path.iterdir())
