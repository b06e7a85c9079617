"""When something was said: which phrases mean a day, and which of a sentence's days is that of the saying."""

from __future__ import annotations

from dataclasses import replace

import pytest

from respgraph import Extraction, extract, read_text, view_html
from respgraph.rdf import build_rows
from respgraph.rdf.iri import resp
from respgraph.read.dates import date_of
from respgraph.store import view_of

FRIDAY = "2021-03-05"


def dated(text: str, day: str | None = FRIDAY) -> Extraction:
    return extract(replace(read_text(text), date=day))


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("on Friday", "2021-03-05"),
        ("Saturday", "2021-02-27"),
        ("late on Monday", "2021-03-01"),
        ("Tuesday morning", "2021-03-02"),
        ("today", "2021-03-05"),
        ("yesterday", "2021-03-04"),
        ("on 3 March", "2021-03-03"),
        ("on December 24th", "2020-12-24"),
        ("on Wednesday, 3 March", "2021-03-03"),
        ("on March 3, 2019", "2019-03-03"),
        ("the 1st of May 2018", "2018-05-01"),
    ],
)
def test_a_phrase_that_means_one_day_is_read(phrase: str, day: str) -> None:
    assert date_of(phrase, FRIDAY) == day


@pytest.mark.parametrize(
    "phrase",
    ["last week", "last Tuesday", "next Monday", "in March", "on 31 February", "on 3/4/2021", "2021", "", "on"],
)
def test_a_phrase_that_means_no_one_day_is_not_guessed(phrase: str) -> None:
    assert date_of(phrase, FRIDAY) is None


@pytest.mark.parametrize(("published", "past"), [(None, True), ("spring", True), (FRIDAY, False)])
def test_a_weekday_needs_the_day_of_the_text_and_something_past(published: str | None, past: bool) -> None:
    assert date_of("on Monday", published, past) is None
    assert date_of("on 1 March 2021", published, past) == "2021-03-01"


SAID = {
    "On Tuesday, the ministry said the operator is to blame for the flood.": ("2021-03-02", "On Tuesday"),
    "The ministry said on Tuesday that the operator is to blame for the flood.": ("2021-03-02", "on Tuesday"),
    "The council blamed Norrail on 3 March for the flood.": ("2021-03-03", "on 3 March"),
    "The operator is to blame for the flood, the ministry said yesterday.": ("2021-03-04", "yesterday"),
    "The ministry said the operator is to blame for the flood on Tuesday.": (None, None),
    "The council denied responsibility for the flood on Monday.": (None, None),
    "The minister will say on Tuesday that the operator must pay.": (None, None),
    "The ministry said the operator must pay by Tuesday.": (None, None),
    "The ministry said that the operator must pay.": (None, None),
}


@pytest.mark.parametrize("text", SAID)
def test_only_the_day_of_the_saying_dates_a_statement(text: str) -> None:
    (statement,) = (s for s in dated(text).statements if s.speaker)
    assert (statement.date, statement.when.quote if statement.when else None) == SAID[text]


def test_yesterday_in_a_quotation_is_not_counted_from_the_day_of_the_text() -> None:
    text = 'Ada Obi said: "The council admitted yesterday that Norrail is to blame for the flood."'
    assert {s.date for s in dated(text).statements} == {None}


def test_the_graph_keeps_the_day_with_its_words_or_says_undated() -> None:
    text = "On Tuesday, the ministry said the operator is to blame for the flood. The council said Norrail must pay."
    rows = build_rows(dated(text))
    assert [row.object for row in rows if row.predicate == resp("date")] == [
        '"2021-03-02"^^<http://www.w3.org/2001/XMLSchema#date>'
    ]
    (place,) = (row.object for row in rows if row.predicate == resp("dateMention"))
    assert place.endswith("/e/0-10>")
    assert sum(row.object == resp("Undated") for row in rows) == 1
    assert "2021-03-02" in view_html(view_of(rows))
