"""Every export format, opened again with the library that reads it: path -> one record per claim.

A record has what a format can hold of a claim: ``claim`` (its IRI), ``type``, ``speaker``, ``stance``, ``bearer`` and
``quote``; an absent value is "".
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from respgraph.export.table import NOT_XML
from respgraph.vocab import CLAIM_CLASSES, NS, OA, PREFIXES

Record = dict[str, str]
TYPES = {name: kind for kind, name in CLAIM_CLASSES.items()}
FIELDS = ("claim", "type", "speaker", "stance", "bearer", "quote")


def record(*values: Any) -> Record:
    return {name: "" if value is None else str(value) for name, value in zip(FIELDS, values, strict=True)}


def dataset_records(dataset: Any) -> list[Record]:
    """Read the claims of an rdflib graph or dataset by its own means."""
    from rdflib import RDF, SKOS, Namespace, URIRef

    resp, oa = Namespace(NS), Namespace(OA)
    author = set(dataset.subjects(RDF.type, resp.Author))
    names: dict[Any, str] = {}
    for actor, label in dataset.subject_objects(SKOS.prefLabel):
        names[actor] = min(str(label), names.get(actor, str(label)))

    def name(node: Any) -> str:
        return "author" if node in author else names.get(node, "")

    out = []
    for claim in sorted(set(dataset.subjects(RDF.type, resp.Claim))):
        kinds = [TYPES[str(k).removeprefix(NS)] for k in dataset.objects(claim, RDF.type) if str(k)[len(NS) :] in TYPES]
        stance = dataset.value(claim, resp.stance)
        evidence = dataset.value(claim, resp.evidence)
        selectors = dataset.objects(evidence, oa.hasSelector)
        quote = [str(words) for s in selectors if (words := dataset.value(s, oa.exact)) is not None]
        assert isinstance(claim, URIRef)
        out.append(
            record(
                claim,
                kinds[0],
                name(dataset.value(claim, resp.speaker)),
                str(stance or "").removeprefix(NS).lower(),
                name(dataset.value(claim, resp.bearer)),
                quote[0],
            )
        )
    return out


def rdflib_records(form: str) -> Callable[[Path], list[Record]]:
    def read(path: Path) -> list[Record]:
        from rdflib import Dataset, Graph

        if form == "turtle":
            return dataset_records(Graph().parse(path, format=form))
        return dataset_records(Dataset(default_union=True).parse(path, format=form))

    return read


def rdf12_records(path: Path) -> list[Record]:
    import pyoxigraph

    from respgraph.rdf.build import to_dataset
    from respgraph.store.graph import row_of

    quads = list(pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TRIG))
    return dataset_records(to_dataset(row_of(q) for q in quads if not isinstance(q.object, pyoxigraph.Triple)))


def graph_records(graph: Any) -> list[Record]:
    """Read the edges of a networkx multigraph whose edges have their claim as key."""
    out = []
    for source, _, key, data in graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True):
        assert graph.nodes[source]
        get = data.get
        out.append(
            record(data.get("id") or key, get("type"), get("speaker"), get("stance"), get("bearer"), get("quote"))
        )
    return out


def graphml_records(path: Path) -> list[Record]:
    import igraph
    import networkx as nx

    graph = nx.read_graphml(path)
    other = igraph.Graph.Read_GraphML(str(path))
    assert (other.vcount(), other.ecount()) == (graph.number_of_nodes(), graph.number_of_edges())
    read = graph_records(graph)
    assert sorted(r["quote"] for r in read) == sorted(other.es["quote"])
    return read


def gexf_records(path: Path) -> list[Record]:
    import networkx as nx

    return graph_records(nx.read_gexf(path))


def cytoscape_records(path: Path) -> list[Record]:
    import networkx as nx

    return graph_records(nx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8"))))


def table_records(rows: Iterable[dict[str, Any]]) -> list[Record]:
    return [record(*(row[name] for name in FIELDS)) for row in rows]


def undo(text: str) -> str:
    """Take the apostrophe away that keeps a spreadsheet from running a cell."""
    return text[1:] if re.match(r"'[=+\-@\t\r]", text) else text


def csv_records(path: Path) -> list[Record]:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", lineterminator=None)
    return table_records({str(k): undo(v) for k, v in row.items()} for row in frame.to_dict("records"))


def csvw_records(path: Path) -> list[Record]:
    metadata = json.loads((path / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        with (path / table["url"]).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        names = [column["name"] for column in table["tableSchema"]["columns"]]
        assert all(list(row) == names for row in rows)
        key = table["tableSchema"].get("primaryKey")
        assert not key or len({row[key] for row in rows}) == len(rows)
    with (path / "edges.csv").open(encoding="utf-8", newline="") as edges:
        ends = {end for row in csv.DictReader(edges) for end in (row["Source"], row["Target"])}
    with (path / "nodes.csv").open(encoding="utf-8", newline="") as nodes:
        assert ends <= {row["Id"] for row in csv.DictReader(nodes)}
    return csv_records(path / "claims.csv")


def xlsx_records(path: Path) -> list[Record]:
    import openpyxl
    from openpyxl.utils.escape import unescape

    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames == ["Claims", "Actors", "Documents", "Links", "Columns"]
    head, *rows = book["Claims"].iter_rows()
    names = [cell.value for cell in head]
    assert all(cell.data_type != "f" for row in rows for cell in row)
    # Excel's own way to keep a carriage return (ECMA-376, ST_Xstring), which openpyxl leaves to its caller
    values = [[unescape(c.value) if isinstance(c.value, str) else c.value for c in row] for row in rows]
    return table_records(dict(zip(names, row, strict=True)) for row in values)


def parquet_records(path: Path) -> list[Record]:
    import pandas as pd
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    frame = pd.read_parquet(path)
    assert len(frame) == table.num_rows
    assert str(frame["type"].dtype) == "category"
    return table_records(table.to_pylist())


HEADER = re.compile(r"(\w+)?(:(ID|START_ID|END_ID)\(\w+\)|:LABEL|:TYPE|:(long|double|boolean|date))?")


def neo4j_records(path: Path) -> list[Record]:
    """Read the import files as neo4j-admin does: typed headers, ids known in their space, ends that are there."""
    tables: dict[str, list[dict[str, str]]] = {}
    ids: dict[str, set[str]] = {}
    for file in sorted(path.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            tables[file.stem] = list(csv.DictReader(stream))
    for rows in tables.values():
        for row in rows:
            assert all(HEADER.fullmatch(name) for name in row)
            for name, value in row.items():
                if space := re.search(r":ID\((\w+)\)", name):
                    assert value not in ids.setdefault(space[1], set())
                    ids[space[1]].add(value)
    for rows in tables.values():
        for row in rows:
            for name, value in row.items():
                if space := re.search(r":(?:START|END)_ID\((\w+)\)", name):
                    assert value in ids[space[1]]
    assert {row[":LABEL"].partition(";")[0] for row in tables["claims"]} <= {"Claim"}
    return table_records(
        {"claim": row["iri:ID(Claim)"], **{k: undo(v) for k, v in row.items()}} for row in tables["claims"]
    )


def dna_records(path: Path) -> list[Record]:
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        values: dict[int, dict[str, Any]] = {}
        for table, value in (("DATABOOLEAN", "Value"), ("DATAINTEGER", "Value"), ("DATALONGTEXT", "Value")):
            sql = f"SELECT StatementId, Variable, {value} FROM {table} d JOIN VARIABLES v ON v.ID = d.VariableId"
            for number, name, held in base.execute(sql):
                values.setdefault(number, {})[name] = held
        sql = """SELECT StatementId, Variable, e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId
            JOIN ENTITIES e ON e.ID = d.Entity AND e.VariableId = d.VariableId"""
        for number, name, held in base.execute(sql):
            values.setdefault(number, {})[name] = held
        texts = dict(base.execute("SELECT ID, Text FROM DOCUMENTS"))
        for number, document, start, stop in base.execute("SELECT ID, DocumentId, Start, Stop FROM STATEMENTS"):
            units = texts[document].encode("utf-16-le")
            assert units[2 * start : 2 * stop].decode("utf-16-le") == values[number]["quote"]
        assert {len(held) for held in values.values()} <= {14}
    return [
        record(v["claim"], v["type"], v["person"] or v["organization"], v["stance"], v["bearer"], v["quote"])
        for _, v in sorted(values.items())
    ]


def dna_table_records(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{k: undo(v) for k, v in row.items()} for row in csv.DictReader(stream, delimiter=";")]
    return [
        record(r["claim"], r["claim_type"], r["person"] or r["organization"], r["stance"], r["bearer"], r["quote"])
        for r in rows
    ]


# What of http://www.w3.org/ns/anno.jsonld the export uses: the tests have no network.
ANNO = {
    "oa": OA, "dcterms": PREFIXES["dcterms"], "rdf": PREFIXES["rdf"], "as": "http://www.w3.org/ns/activitystreams#",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "identifying": "oa:identifying",
    "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "value": "rdf:value", "format": "dcterms:format",
}  # fmt: skip


def web_annotation_records(path: Path) -> list[Record]:
    import rdflib

    page = json.loads(path.read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    local = {**page, "@context": [ANNO, page["@context"][1]]}
    graph = rdflib.Graph().parse(data=json.dumps(local), format="json-ld")
    oa = rdflib.Namespace(OA)
    held = {str(target): target for target in graph.objects(None, oa.hasTarget)}
    assert len(held) == len(page["items"]) == len(set(graph.subjects(rdflib.RDF.type, oa.Annotation)))
    out = []
    for item in page["items"]:
        claim, note = item["body"]
        position, quote = item["target"]["selector"]
        assert position["end"] - position["start"] == len(quote["exact"])
        assert note["type"] == "TextualBody"
        out.append(
            record(
                claim["id"],
                TYPES[claim["type"].removeprefix("resp:")],
                claim["resp:speaker"]["name"],
                claim.get("resp:stance"),
                claim.get("resp:bearer", {}).get("name"),
                quote["exact"],
            )
        )
    return out


def uima_records(path: Path) -> list[Record]:
    import cassis

    with (path / "TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    out = []
    for file in sorted(path.glob("*.xmi")):
        with file.open("rb") as stream:
            cas = cassis.load_cas_from_xmi(stream, typesystem=types)
        slots = list(cas.select("webanno.custom.Slot"))
        for c in cas.select("webanno.custom.Claim"):
            assert any(s.claim == c.claim and s.role == "trigger" for s in slots)
            out.append(
                record(
                    c.claim,
                    c.claimType,
                    c.speaker,
                    c.stance,
                    c.bearer,
                    c.get_covered_text(),
                )
            )
    return out


def brat_records(path: Path) -> list[Record]:
    """Read standoff as brat's manual has it: T, E, A and # lines, places in code points, fragments between lines."""
    assert "[events]" in (path / "annotation.conf").read_text(encoding="utf-8")
    out = []
    for file in sorted(path.glob("*.ann")):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        triggers: dict[str, str] = {}
        events: dict[str, str] = {}
        stance: dict[str, str] = {}
        for line in file.read_bytes().decode("utf-8").rstrip("\n").split("\n"):
            number, _, rest = line.partition("\t")
            if number.startswith("T"):
                place, words = rest.split("\t")
                kind, _, spans = place.partition(" ")
                parts = [text[int(a) : int(b)] for a, b in (s.split(" ") for s in spans.split(";"))]
                assert [NOT_XML.sub("\ufffd", p.replace("\t", " ")) for p in parts] == (
                    [words] if len(parts) == 1 else [*_fitting(words, parts)]
                )
                triggers[number] = kind
            elif number.startswith("E"):
                kind, _, trigger = rest.split(" ")[0].partition(":")
                assert triggers[trigger] == kind
                events[number] = kind
            elif number.startswith("A") and rest.startswith("Stance "):
                _, event, value = rest.split(" ")
                stance[event] = value
            elif number.startswith("#"):
                note = re.fullmatch(r"AnnotatorNotes (E\d+)\t(.*); (\d+)-(\d+); (\S+)", rest)
                assert note
                names = dict(part.partition(": ")[::2] for part in note[2].split("; "))
                out.append(
                    record(
                        note[5],
                        TYPES[events[note[1]]],
                        names["speaker"],
                        stance.get(note[1]),
                        names.get("bearer"),
                        text[int(note[3]) : int(note[4])],
                    )
                )
    return out


def _fitting(words: str, parts: list[str]) -> list[str]:
    """Cut the words of an annotation back into its fragments, which one space parts."""
    out, at = [], 0
    for part in parts:
        out.append(words[at : at + len(part)])
        at += len(part) + 1
    assert at == len(words) + 1
    return out


def nanopub_records(path: Path) -> list[Record]:
    import rdflib

    np = rdflib.Namespace("http://www.nanopub.org/nschema#")
    dataset = rdflib.Dataset(default_union=True).parse(path, format="trig")
    heads = set(dataset.subjects(rdflib.RDF.type, np.Nanopublication))
    records = dataset_records(dataset)
    assert {f"{r['claim']}/np" for r in records} == {str(h) for h in heads}
    for head in heads:
        assertion, place = dataset.value(head, np.hasAssertion), dataset.value(head, np.hasProvenance)
        assert isinstance(assertion, rdflib.URIRef)
        assert isinstance(place, rdflib.URIRef)
        provenance = dataset.graph(place)
        speaker = provenance.value(assertion, rdflib.PROV.wasAttributedTo)
        assert provenance.value(speaker, rdflib.SKOS.prefLabel) is not None
        assert not set(dataset.graph(assertion).subject_objects(rdflib.URIRef(NS + "speaker")))
    return records


READERS: dict[str, Callable[[Path], list[Record]]] = {
    "turtle": rdflib_records("turtle"),
    "trig": rdflib_records("trig"),
    "nquads": rdflib_records("nquads"),
    "jsonld": rdflib_records("json-ld"),
    "rdf12": rdf12_records,
    "nanopub": nanopub_records,
    "graphml": graphml_records,
    "gexf": gexf_records,
    "cytoscape": cytoscape_records,
    "csv": csv_records,
    "csvw": csvw_records,
    "xlsx": xlsx_records,
    "parquet": parquet_records,
    "neo4j": neo4j_records,
    "dna": dna_records,
    "dna-table": dna_table_records,
    "webanno": web_annotation_records,
    "uima": uima_records,
    "brat": brat_records,
}
