"""The page of many documents: filters by document and date, the timeline, one source at a time, one voice of texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Show = Callable[..., Any]


def shown(page: Any) -> str:
    text: str = page.inner_text("#shown")
    return text


def test_timeline_shows_when_statements_were_made_and_narrows_to_a_bar(show: Show) -> None:
    page = show("years").page
    bars = page.locator("#timeline .hit title").all_text_contents()
    counts = {2015: 4, 2016: 4, 2017: 0, 2018: 4, 2019: 4, 2020: 4}
    assert bars == [f"{year}: {n} statements" for year, n in counts.items()]
    assert "4 without a date" in page.inner_text("#timeline")
    box = page.locator("#timeline svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.click(box["x"] + box["width"] * 1.5 / 6, middle)
    assert (page.input_value("#from"), page.input_value("#to")) == ("2016-01-01", "2016-12-31")
    assert shown(page) == "4 of 24 statements shown; 4 without a date left out"
    page.mouse.click(box["x"] + box["width"] * 1.5 / 6, middle)
    assert shown(page) == "24 of 24 statements shown"
    page.mouse.move(box["x"] + box["width"] * 0.5 / 6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 3.5 / 6, middle)
    page.mouse.up()
    assert (page.input_value("#from"), page.input_value("#to")) == ("2015-01-01", "2018-12-31")
    assert shown(page).startswith("12 of 24")
    assert "from=2015-01-01" in page.url


def test_page_of_one_date_has_no_timeline(show: Show) -> None:
    assert show("border").page.is_hidden("#datebox")


def test_date_of_less_precision_lies_in_a_period_that_touches_it(show: Show) -> None:
    page = show("years", "#from=2016-05-20&to=2016-05-21").page
    assert shown(page).startswith("4 of 24")  # those of 2016, dated by year only


def test_document_filter_and_list_open_one_source_at_a_time(show: Show) -> None:
    page = show("years", "#tab=source").page
    titles = page.locator("#p-source .docs .name").all_text_contents()
    assert len(titles) == 6
    page.click("#p-source .docs button >> nth=3")
    assert page.locator("#p-source article").count() == 1
    assert page.get_attribute("#p-source article", "aria-label") == titles[3]
    again = show("years", page.evaluate("() => location.hash")).page
    assert again.get_attribute("#p-source article", "aria-label") == titles[3]
    page.click("text=Next document")
    assert page.get_attribute("#p-source article", "aria-label") == titles[4]
    page.select_option("#doc", index=1)
    assert shown(page) == "4 of 24 statements shown"
    assert page.locator("#p-source .said-here").count() >= 4


def test_documents_without_a_shown_statement_are_listed_apart(show: Show) -> None:
    page = show("years", "#tab=source&q=bridge+3").page
    assert page.locator("#p-source .docs > ul li").count() == 1
    assert "5 without a statement shown" in page.inner_text("#p-source .docs")


def test_chosen_statement_opens_its_own_document(show: Show) -> None:
    page = show("years", "#tab=source").page
    opened = page.get_attribute("#p-source article", "aria-label")
    for _ in range(5):
        page.keyboard.press("]")
    assert page.get_attribute("#p-source article", "aria-label") != opened
    assert page.locator("#p-source .now").count() >= 1


def test_authors_of_many_texts_are_one_voice(show: Show) -> None:
    page = show("years", "#tab=matrix").page
    heads = page.locator("#p-matrix thead th").all_text_contents()
    assert heads.count("The texts themselves") == 1
    assert not [head for head in heads if head.startswith("Author of")]
    page.select_option("#speaker", label="The texts themselves (12)")
    assert shown(page) == "12 of 24 statements shown"
    again = show("years", page.evaluate("() => location.hash")).page
    assert shown(again) == "12 of 24 statements shown"


def test_same_names_of_several_texts_carry_their_text(show: Show) -> None:
    page = show("years", "#tab=matrix").page
    homes = page.locator("#p-matrix .home").all_text_contents()
    assert sorted(homes) == [f"in r{i}.txt" for i in range(6)]


@pytest.mark.parametrize("part", [".name", "path"])
def test_flow_opens_what_is_clicked_and_lights_it(show: Show, part: str) -> None:
    page = show("years", "#tab=flow").page
    page.click(f"#p-flow {part} >> nth=0")
    assert page.locator("#evidence h2").count() == 1
    assert page.locator("#p-flow path.lit").count() >= 2
    page.keyboard.press("Escape")
    assert page.locator("#p-flow path.lit").count() == 0


def test_flow_of_a_crowd_names_the_rest_by_its_kind(show: Show) -> None:
    page = show("crowd", "#tab=flow").page
    text = page.inner_text("#p-flow")
    assert "Other: must or must not" in text
    assert "other voices" in text
    assert "Narrow the filters" in text
    assert page.locator("#p-flow svg").bounding_box()["height"] < 1400


def test_contradictions_that_share_a_statement_are_one_group(show: Show) -> None:
    page = show("flood", "#tab=conflicts").page
    assert page.locator("#p-conflicts .sides").count() == 1
    left, right = (page.locator(f"#p-conflicts .sides > div:nth-child({n}) .card").count() for n in (1, 2))
    assert (left, right) == (1, 2)
    assert page.locator("#t-conflicts .n").inner_text() == "3"
