"""The catalogue answers with the quote, values are bound never written into a query, and nobody gets out."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import harbour, said
from respgraph.compare import linked
from respgraph.errors import QueryError, UnknownNameError
from respgraph.query import Cell, NamedQuery, Result, format_result, list_queries, load_query, run_query
from respgraph.query import run as run_module
from respgraph.query.guard import check_query
from respgraph.rdf import build_rows
from respgraph.store import View, view_of
from respgraph.vocab import DEFAULT_BASE, NS, PREFIXES

NAMES = {
    "who-holds-whom", "obligations", "demands", "commitments", "causes", "factor-responses",
    "shared-responsibility", "acronym-conflicts", "open-questions", "recommendations", "evidence",
    "actors", "statements", "contradictions", "shifts", "counts",
}  # fmt: skip


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(linked(build_rows(harbour())))


def answers(result: Result, *columns: str) -> list[tuple[str, ...]]:
    at = [result.columns.index(c) for c in columns]
    return [tuple(cell.value if (cell := row[i]) else "" for i in at) for row in result.rows]


# The catalogue


def test_the_catalogue_is_complete() -> None:
    assert {query.name for query in list_queries()} == NAMES


@pytest.mark.parametrize("query", list_queries(), ids=lambda q: q.name)
def test_each_query_says_what_it_answers_and_projects_its_parameters(query: object) -> None:
    loaded = load_query(query.name)  # type: ignore[attr-defined]  # a NamedQuery
    assert loaded.title
    assert loaded.description.endswith(".")
    projected = loaded.text.partition("WHERE")[0]
    assert all(f"?{parameter.name}" in projected for parameter in loaded.parameters)
    assert "?quote" in projected


@pytest.mark.parametrize("query", [q for q in list_queries() if "# if " in q.text], ids=lambda q: q.name)
def test_lines_for_a_parameter_change_nothing_where_it_is_not_asked_for(query: NamedQuery, view: View) -> None:
    def shown(sparql: str) -> list[tuple[str, ...]]:
        found = view.query(sparql)
        names = [v.value for v in found.variables if v.value not in {p.name for p in query.parameters}]
        return list(dict.fromkeys(tuple(str(row[name]) for name in names) for row in found))

    assert shown(query.asking(())) == shown(query.text) != []
    assert query.asking([p.name for p in query.parameters]) == query.text


@pytest.mark.parametrize("name", sorted(NAMES - {"evidence"}))
def test_each_query_finds_something_and_quotes_it(view: View, name: str) -> None:
    result = run_query(view, name)
    assert result.rows
    text = harbour().document.text
    quotes = [q for (q,) in answers(result, "quote") if q]
    assert quotes
    assert all(quote in text for quote in quotes)


def test_no_answer_is_given_twice(view: View) -> None:
    for name in sorted(NAMES - {"evidence"}):
        rows = run_query(view, name).rows
        assert len(rows) == len(set(rows)), name


def test_who_holds_whom_gives_stance_degree_and_matter(view: View) -> None:
    found = answers(run_query(view, "who-holds-whom"), "says", "stance", "responsible", "degree", "for")
    assert found[0] == ("Harbour Council", "assigns", "Norrail", "sole", "the flooded tunnel")
    assert ("Norrail", "denies", "Norrail", "unspecified", "the flooded tunnel") in found
    assert len(found) == 6


@pytest.mark.parametrize("actor", ["Norrail plc", "nr", "NORRAIL", f"{DEFAULT_BASE}actor/norrail", "  norrail  plc "])
def test_an_actor_is_found_by_name_alias_or_iri_in_any_case(view: View, actor: str) -> None:
    found = answers(run_query(view, "obligations", {"actor": actor}), "bearer", "modality", "action")
    assert found == [
        ("Both companies", "must", "repair the pumps"),
        ("Norrail", "may", "close the line"),
        ("Norrail", "must (negated)", "pay"),
    ]


def test_a_member_of_a_collective_is_found_by_what_both_must_do(view: View) -> None:
    assert answers(run_query(view, "obligations", {"actor": "Seaworks"}), "bearer", "basis") == [
        ("Both companies", "the Tunnel Act")
    ]


def test_a_state_is_found_by_what_its_spokespersons_and_units_say(view: View) -> None:
    found = answers(run_query(view, "who-holds-whom", {"speaker": "Norland"}), "says")
    assert set(found) == {("Harbour Council",), ("Minister",)}


def test_a_claim_without_a_bearer_does_not_answer_for_everyone() -> None:
    view = view_of(build_rows(harbour()))
    assert answers(run_query(view, "demands", {"actor": "Seaworks"}), "asked") == []


def test_two_parameters_both_count(view: View) -> None:
    found = run_query(view, "who-holds-whom", {"speaker": "Norrail", "bearer": "norrail"})
    assert answers(found, "stance") == [("denies",), ("shares",)]


def test_rival_expansions_stand_together(view: View) -> None:
    assert answers(run_query(view, "acronym-conflicts"), "short", "long") == [
        ("TRG", "Tunnel Rescue Guild"),
        ("TRG", "Transport Review Group"),
    ]


def test_statements_are_found_by_forum(view: View) -> None:
    found = run_query(view, "statements", {"forum": "the coast forum"})
    assert answers(found, "says", "at", "when") == [("Harbour Council", "the Coast Forum", "2024-05")]


def test_evidence_gives_each_part_with_its_offsets(view: View) -> None:
    claim = harbour().claims[0]
    found = answers(run_query(view, "evidence", {"claim": claim.id}), "part", "quote", "start", "end")
    assert found[0][0] == "evidence"
    assert {part for part, *_ in found} == {"evidence", "speaker", "trigger", "bearer", "content"}
    text = harbour().document.text
    assert all(text[int(start) : int(end)] == quote for _, quote, start, end in found)


def test_actors_of_two_documents_with_the_same_name_are_two_answers() -> None:
    view = view_of(build_rows(harbour("a.txt")) + build_rows(harbour("b.txt")))
    names = [name for (name,) in answers(run_query(view, "actors"), "name")]
    assert (names.count("Residents"), names.count("Norrail")) == (2, 1)


def test_the_shift_shows_both_sides(view: View) -> None:
    assert answers(run_query(view, "shifts"), "degree", "other_degree") == [("primary", "sole")]


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("obligations", {"actor": "Norail"}, "did you mean 'Norrail'"),
        ("obligations", {"who": "Norrail"}, "no parameter 'who'"),
        ("evidence", {}, "needs claim"),
        ("evidence", {"claim": "nothing"}, "no claim 'nothing'"),
        ("SELECT * {?s ?p ?o}", {"actor": "x"}, "named queries"),
        ("obligations", {"actor": '"} INSERT {'}, "no actor"),
    ],
)
def test_wrong_parameters_say_what_would_be_right(
    view: View, name: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(view, name, parameters)


def test_an_unknown_name_lists_the_known_ones(view: View) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'demands'"):
        run_query(view, "demand")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_name_of_an_actor_finds_its_claim_and_no_other(name: str) -> None:
    view = view_of(build_rows(said(f"x{name}x")) + build_rows(harbour()))
    result = run_query(view, "who-holds-whom", {"bearer": f"x{name}x"})
    assert answers(result, "document") == [("said.txt",)]


# A user's own SPARQL


def test_our_prefixes_are_known_and_no_graph_need_be_named(view: View) -> None:
    result = run_query(view, "SELECT * { ?s a resp:Claim }")
    assert len(result.rows) == len(harbour().claims)


def test_ask_and_construct_are_answered(view: View) -> None:
    assert run_query(view, "ASK { ?s a resp:OpenQuestion }").kind == "ask"
    built = run_query(view, "CONSTRUCT { ?s a resp:Claim } WHERE { ?s a resp:OpenQuestion }")
    assert (built.columns, len(built.rows)) == (("subject", "predicate", "object"), 1)


@pytest.mark.parametrize(
    ("query", "line", "column", "message"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p\n", 2, None, "not SPARQL before the end of this line"),
        ("SELECT ?s WHERE {\n  ?s a nope:Claim }", 2, 18, "unknown prefix 'nope:Claim'"),
        ("SELECT ?s WHERE { ?s ?p ?o } LIMIT x", 1, 36, "not SPARQL at or before 'x'"),
    ],
)
def test_a_syntax_error_shows_its_place(view: View, query: str, line: int, column: int | None, message: str) -> None:
    with pytest.raises(QueryError, match=message) as error:
        run_query(view, query)
    assert f"line {line}, column {column or ''}" in str(error.value)
    assert str(error.value).splitlines()[-1].strip() == "^"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { { OPTIONAL { SERVICE ?x { ?s ?p ?o } } } } }",
        "SELECT * { FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
        "# SELECT\nLOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
        '"""\nSELECT',
        "",
        "  \n",
        "\x00",
        "SELECT \udc80",
        "this is no query",
    ],
)
def test_a_query_that_reaches_out_or_changes_something_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        check_query(query, PREFIXES)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service { ?service ?from "SERVICE FROM LOAD" } # SERVICE',
        "SELECT * { ?s resp:service <http://x/SERVICE> . ?s :from 'FROM' }".replace(":from", "resp:from"),
        "SELECT (COUNT(*) AS ?n) { ?s a resp:Claim } GROUP BY ?s HAVING(?n > 1 && ?n < 9) LIMIT 3",
        "SELECT * { ?s ^resp:bearer/(resp:member|org:unitOf)* ?o FILTER(?o != ?s) }",
        "SELECT * { VALUES ?x { 1 2.5 \"a\"@en 'it''s' } }".replace("''", ""),
        "DESCRIBE <http://x/y>",
        'SELECT * { ?s rdfs:label """a "quoted" \\" one""" }',
    ],
)
def test_a_harmless_query_passes_the_guard(query: str) -> None:
    check_query(query, PREFIXES)


HARMFUL = {
    "braces": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "parentheses": "SELECT * { FILTER" + "(" * 20_000 + "1" + ")" * 20_000 + " }",
    "bangs": "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "sum": "SELECT (" + "+".join(["1"] * 100_000) + " AS ?x) {}",
    "or": "SELECT * { FILTER(" + "||".join(["true"] * 20_000) + ") }",
    "union": "SELECT * { " + "UNION".join(["{}"] * 20_000) + " }",
    "path": "SELECT * { ?s " + "/".join(["resp:a"] * 20_000) + " ?o }",
    "patterns": "SELECT * { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(5_000)) + " }",
    "long": "SELECT * { } #" + "x" * 1_000_001,
    "open string": 'SELECT * { ?s ?p "' + '\\"' * 100_000,
    "open iris": "SELECT * { " + "<a" * 100_000,
    "nots": "SELECT * { FILTER(" + "NOT EXISTS { " * 5_000,
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_query_made_to_crash_the_engine_is_refused_quickly(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(QueryError):
        check_query(HARMFUL[name], PREFIXES)
    assert time.process_time() - begun < 5


def test_a_query_that_never_ends_is_stopped_and_the_next_one_answers(view: View) -> None:
    cross = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6)) + " }"
    with pytest.raises(QueryError, match="took longer than 1 s"):
        run_query(view, cross, deadline=1)
    assert run_query(view, "ASK {}").rows


def test_an_answer_that_is_too_large_is_refused(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "MAX_ANSWER", 10_000)
    with pytest.raises(QueryError, match="add a LIMIT"):
        run_query(view, "SELECT * { ?s ?p ?o }")


WORDS = st.sampled_from(
    [
        "SELECT",
        "*",
        "WHERE",
        "{",
        "}",
        "(",
        ")",
        "?a",
        "resp:Claim",
        "a",
        ".",
        ";",
        ",",
        "FILTER",
        "OPTIONAL",
        "UNION",
        "BIND",
        "AS",
        "VALUES",
        "2.5",
        "<http://x>",
        "<a",
        "_:b",
        "[",
        "]",
        "@en",
        "^^",
        "+",
        "/",
        "|",
        "^",
        "!",
        "&&",
        "=",
        "IN",
        "NOT",
        "EXISTS",
        "GROUP",
        "BY",
        "LIMIT",
        "ASK",
        "CONSTRUCT",
        "GRAPH",
        "PREFIX",
        ":",
        "UNDEF",
        "#",
        "é",
        "😀",
        "STR(",
        '"x"',
        "'y",
        '"',
        "\\",
        "\\u0041",
        '"""',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.text(max_size=5))
def test_whatever_is_typed_passes_or_is_refused_and_never_breaks_the_guard(words: list[str], text: str) -> None:
    for query in (" ".join(words), f"SELECT * {{ {' '.join(words)} {text} }}"):
        try:
            check_query(query, PREFIXES)
        except QueryError:
            continue


# Printing


def result(*values: str | None, column: str = "value") -> Result:
    return Result((column,), tuple((None if v is None else Cell("literal", v),) for v in values))


def test_a_table_fits_its_width_and_keeps_the_quote_whole(view: View) -> None:
    text = format_result(run_query(view, "who-holds-whom"), "table", width=72)
    assert all(len(line) <= 72 for line in text.splitlines())
    assert "lies solely with Norrail.”" in " ".join(text.split())
    assert text.splitlines()[0].split()[:2] == ["says", "stance"]
    assert "6 answers" in text


def test_a_table_counts_wide_characters_twice_and_marks_not_at_all() -> None:
    wide = Result(
        ("a", "b"),
        ((Cell("literal", "日本"), Cell("literal", "x")), (Cell("literal", "e\u0301"), Cell("literal", "y"))),
    )
    lines = format_result(wide).splitlines()
    assert lines[2] == "日本  x"
    assert lines[3] == "e\u0301     y"


def test_a_table_shortens_iris_and_says_when_there_is_nothing() -> None:
    shown = Result(("s",), ((Cell("iri", NS + "Claim"),),))
    assert "resp:Claim" in format_result(shown)
    assert format_result(Result(("s",), ())) == "Nothing found.\n"


def test_a_terminal_gets_no_control_characters() -> None:
    shown = format_result(result("a\x1b[31mred\u202e"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_csv_cell_is_no_formula(start: str) -> None:
    rows = list(csv.reader(io.StringIO(format_result(result(f"{start}cmd"), "csv"), newline="")))
    assert rows[1] == [f"'{start}cmd"]


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert format_result(result("-1.5"), "csv").splitlines()[1] == "-1.5"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_json_and_csv_give_back_what_was_put_in(values: list[str]) -> None:
    held = result(*values)
    read = json.loads(format_result(held, "json"))["results"]["bindings"]
    assert [row["value"]["value"] for row in read] == values
    rows = list(csv.reader(io.StringIO(format_result(held, "csv"), newline="")))[1:]
    assert len(rows) == len(values)
    safe = [v.replace("\x00", "\ufffd") for v in values]
    assert [(row[0] if row else "").removeprefix("'") for row in rows] == [v.removeprefix("'") for v in safe]


def test_json_says_type_datatype_and_language() -> None:
    held = Result(("a", "b", "c"), ((Cell("iri", "x:y"), Cell("literal", "1", PREFIXES["xsd"] + "integer"), None),))
    assert json.loads(format_result(held, "json")) == {
        "head": {"vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "x:y"},
                    "b": {"type": "literal", "value": "1", "datatype": PREFIXES["xsd"] + "integer"},
                }
            ]
        },
    }


def test_json_of_ask_is_a_boolean(view: View) -> None:
    assert json.loads(format_result(run_query(view, "ASK {}"), "json")) == {"head": {}, "boolean": True}


def test_markdown_cells_stay_cells_and_text_stays_text() -> None:
    lines = format_result(result("a|b\n<b>*c*</b>"), "markdown").splitlines()
    assert lines == ["| value |", "|---|", r"| a\|b \<b\>\*c\*\</b\> |"]


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="csv, json, markdown, table"):
        format_result(result("a"), "xml")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(1, 90))
def test_every_line_of_any_table_fits(text: str, width: int) -> None:
    from respgraph.query.layout import _columns

    shown = format_result(Result(("a", "b"), ((Cell("literal", text), Cell("literal", "y")),)), "table", width)
    assert all(_columns(line) <= max(width, 40) for line in shown.splitlines())
