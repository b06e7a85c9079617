"""A SPARQL 1.1 endpoint as a graph: asked by form POST, changed by the Graph Store Protocol's PUT and DELETE.

``sparql+http://host:7878/`` names a server whose services are called ``query`` and ``store``, as Oxigraph's
are. Other names follow a question mark, each a path below the address, at the host if it begins with a slash, or
empty for the address itself::

    sparql+http://host:3030/news?query=sparql&store=data                                 Fuseki
    sparql+http://host:7200/repositories/news?query=&store=rdf-graphs/service            GraphDB

Nothing is contacted before a question is asked or a graph put. A user and a password come from
``RESPGRAPH_STORE_USER`` and ``RESPGRAPH_STORE_PASSWORD`` only: they are sent, and stand in no address, error, graph
or file. Redirects are not followed, an answer has a size limit and a deadline.

SPARQL 1.1 Protocol, section 2.1.2; SPARQL 1.1 Graph Store HTTP Protocol, sections 5.2-5.4.
"""

from __future__ import annotations

import http.client
import os
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from respgraph.errors import StoreError
from respgraph.rdf.build import Row
from respgraph.store.graph import TIES, Store, View, empty, line_of, row_of
from respgraph.vocab import PREFIXES
from respgraph.wire import Connection, Deadline

SCHEMES: Final = ("sparql+http:", "sparql+https:")
TIMEOUT: Final = 60.0
MAX_ANSWER: Final = 500_000_000
SERVICES: Final = ("query", "store")
_NAME: Final = re.compile(r"/?(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/(?!$)|$))*")
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_NQUADS: Final = "application/n-quads"
_GRAPHS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
_COUNT: Final = "SELECT (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } }"


class Endpoint:
    """A server, and how to talk to it."""

    def __init__(self, address: str) -> None:
        """Check the address; nothing is sent.

        Raises:
            StoreError: No host, or a password in it (which is then not shown).
        """
        try:
            parts = urlsplit(address.removeprefix("sparql+"))
            port = parts.port
        except ValueError:
            parts, port = SplitResult("", "", "", "", ""), None
        if "@" in parts.netloc or "@" in address.partition("//")[2].partition("/")[0]:
            raise StoreError(
                "sparql+http",
                "no user or password in an address; set RESPGRAPH_STORE_USER and RESPGRAPH_STORE_PASSWORD",
            )
        if not parts.hostname or parts.fragment or re.search(r"[\x00-\x20\x7f]", address):
            raise StoreError(address, "is no endpoint such as sparql+http://localhost:7878/")
        self.address, self.host, self.port = address, parts.hostname, port
        self.secure = parts.scheme == "https"
        named = dict(parse_qsl(parts.query, keep_blank_values=True))
        if not set(named) <= set(SERVICES) or not all(map(_NAME.fullmatch, named.values())):
            raise StoreError(
                address,
                "is no endpoint: services are named ?query=NAME&store=NAME, each a path such as sparql or data",
            )
        self.services = {name: service_path(parts.path, named.get(name, name)) for name in SERVICES}

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], timeout: float = TIMEOUT
    ) -> tuple[int, str, bytes]:
        """Return status, media type and body of an answer.

        Raises:
            StoreError: Nobody answers, not in time, or with more than the limit.
        """
        connection = Connection(self.host, self.port, self.secure, timeout)
        late = f"did not answer within {timeout:g} s"
        to_connect, to_answer = Deadline(connection, timeout), Deadline(connection, timeout)
        try:
            with to_connect:
                connection.connect()
            connection.request(method, path, body, {**headers, **self._credentials()})
            with to_answer, connection.getresponse() as answer:
                data = answer.read(MAX_ANSWER + 1)
        except TimeoutError as error:
            raise StoreError(self.address, late) from error
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            ended = to_connect.over or to_answer.over
            raise StoreError(self.address, late if ended else f"cannot be reached: {why}") from error
        finally:
            connection.close()
        if to_connect.over or to_answer.over:
            raise StoreError(self.address, late)
        if len(data) > MAX_ANSWER:
            raise StoreError(self.address, f"answered with more than {MAX_ANSWER // 1_000_000} MB")
        media = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        return answer.status, media, data

    def _credentials(self) -> dict[str, str]:
        user = os.environ.get("RESPGRAPH_STORE_USER", "")
        if not user:
            return {}
        secret = f"{user}:{os.environ.get('RESPGRAPH_STORE_PASSWORD', '')}"
        return {"Authorization": "Basic " + b64encode(secret.encode("utf-8")).decode("ascii")}

    def ask(self, sparql: str, timeout: float = TIMEOUT) -> Any:
        """Return pyoxigraph's results of a query.

        Raises:
            StoreError: The endpoint refused it, or answered something that is no answer to a query.
        """
        import pyoxigraph

        status, media, data = self.send(
            "POST",
            self.services["query"],
            urlencode({"query": sparql}).encode("ascii"),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": f"{_RESULTS}, {_TRIPLES};q=0.9"},
            timeout,
        )
        self._refuse(status, media, data)
        try:
            if media == _RESULTS:
                return pyoxigraph.parse_query_results(data, pyoxigraph.QueryResultsFormat.JSON)
            if media == _TRIPLES:
                return iter(list(pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_TRIPLES)))
        except (SyntaxError, ValueError) as error:
            raise StoreError(self.address, "answered with something that is no answer to a query") from error
        raise StoreError(self.address, f"answered with {media or 'nothing'}, not with {_RESULTS}: no SPARQL endpoint?")

    def graph(self, method: str, name: str, body: bytes | None = None) -> bytes:
        """Return the answer to GET, PUT or DELETE of a named graph; one that is not there is empty.

        Raises:
            StoreError: Refused, or no Graph Store Protocol there.
        """
        headers = {"Content-Type": _TRIPLES} if body is not None else {"Accept": _TRIPLES}
        status, media, data = self.send(method, f"{self.services['store']}?graph={quote(name, safe='')}", body, headers)
        if status == 404 and method != "PUT":
            return b""
        self._refuse(status, media, data)
        if method == "GET" and media != _TRIPLES:
            raise StoreError(self.address, f"answered with {media or 'nothing'}, not with {_TRIPLES}")
        return data

    def post_nquads(self, body: bytes) -> bool:
        """Add quads in one request; False if the endpoint knows no such request (the protocol is of graphs only).

        Raises:
            StoreError: Refused for another reason.
        """
        status, media, data = self.send("POST", self.services["store"], body, {"Content-Type": _NQUADS})
        if status in (400, 404, 405, 406, 415, 501):
            return False
        self._refuse(status, media, data)
        return True

    def _refuse(self, status: int, media: str, data: bytes) -> None:
        if media == "text/html":
            raise StoreError(self.address, f"answered with a web page (status {status}): no SPARQL endpoint?")
        if status in (401, 403):
            raise StoreError(
                self.address, f"lets nobody in (status {status}): RESPGRAPH_STORE_USER and RESPGRAPH_STORE_PASSWORD?"
            )
        if not 200 <= status < 300:
            said = " ".join(data[:300].decode("utf-8", "replace").split())
            raise StoreError(self.address, f"refused (status {status}{': ' if said else ''}{said})")


class _Remote(View):
    """What reading an endpoint is, for the view and the store."""

    def __init__(self, address: str) -> None:
        """Name the endpoint; nothing is sent yet."""
        super().__init__(address, empty())
        self._endpoint = Endpoint(address)

    def __len__(self) -> int:
        return int(next(self.query(_COUNT))["count"].value)

    def query(self, sparql: str, bind: Mapping[str, Any] | None = None, union: bool = False) -> Any:
        """Return the results of a query that is trusted; bound terms go along as a VALUES clause.

        ``union`` is the endpoint's own affair (Oxigraph: ``--union-default-graph``).
        """
        bound = sorted((bind or {}).items())
        names, terms = (" ".join(part) for part in ([f"?{name}" for name, _ in bound], [str(t) for _, t in bound]))
        values = f"\nVALUES ({names}) {{ ({terms}) }}" if bound else ""
        return self._endpoint.ask(prologue() + sparql + values)

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return tuple(sorted(str(found["graph"].value) for found in self.query(_GRAPHS)))

    def rows(self, graph: str | None = None) -> Iterator[Row]:
        """Yield the quads, or those of one named graph: graph by graph."""
        import pyoxigraph

        for name in [graph] if graph else self.graphs():
            data = self._endpoint.graph("GET", name)
            for triple in pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_TRIPLES):
                yield row_of(triple, name)

    def _lines(self, graph: str | None) -> list[bytes]:
        """Return the quads of a named graph as lines, asked for by a query; an endpoint's default graph is not ours."""
        if not graph:
            return []
        import pyoxigraph

        name = pyoxigraph.NamedNode(graph)  # nothing but an IRI becomes part of the query
        found = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")
        return [line_of(row_of(triple, graph)).encode("utf-8") for triple in found]

    def lines(self, graph: str) -> list[str]:
        """Return the quads of a named graph as lines."""
        return [line[:-1].decode("utf-8") for line in self._lines(graph)]

    def nquads(self) -> bytes:
        """Return a copy as N-Quads."""
        return "".join(map(line_of, self.rows())).encode("utf-8")

    def endpoint_query(self, sparql: str, timeout: float) -> Any:
        """Return the endpoint's results of a query that passed the guard."""
        return self._endpoint.ask(prologue() + sparql, timeout)


class RemoteView(_Remote):
    """An endpoint to be read."""


class RemoteStore(_Remote, Store):
    """An endpoint to be changed; what was put is there when ``put_graph`` returns."""

    def load_segment(self, graph: str, nquads: bytes) -> None:
        """Replace a document's graph and its ties: ties first, so that a document is there with its ties."""
        import pyoxigraph

        lines: dict[str, list[str]] = {graph + TIES: [], graph: []}
        for quad in pyoxigraph.parse(nquads, pyoxigraph.RdfFormat.N_QUADS):
            row = row_of(quad)
            lines[row.graph[1:-1]].append(f"{row.subject} {row.predicate} {row.object} .\n")
        for name, held in lines.items():
            if held:
                self._endpoint.graph("PUT", name, "".join(held).encode("utf-8"))
            else:
                self._endpoint.graph("DELETE", name)

    def add_segments(self, segments: Iterable[tuple[str, bytes]]) -> None:
        """Send many documents at once where the endpoint takes N-Quads (Oxigraph and others do), else one by one."""
        held = list(segments)
        if not self._endpoint.post_nquads(b"".join(nquads for _, nquads in held)):
            super().add_segments(held)

    def remove_graph(self, graph: str) -> None:
        """Remove a document's graph and its ties; the document last, so that a rerun finds what is left."""
        for name in (graph + TIES, graph):
            self._endpoint.graph("DELETE", name)

    def save(self) -> None:
        """Do nothing: an endpoint keeps what it took."""


def service_path(base: str, name: str) -> str:
    """Return the path of a service below an address, or at the host if its name begins with a slash.

    >>> service_path("/news/", "data"), service_path("/news", ""), service_path("/news", "/sparql")
    ('/news/data', '/news', '/sparql')
    """
    if name.startswith("/"):
        return name
    return "/".join([base.removesuffix("/"), name] if name else [base.removesuffix("/") or "/"])


def prologue() -> str:
    """Return our prefixes as the first line of a query; the query may declare them again."""
    return " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in sorted(PREFIXES.items())) + "\n"
