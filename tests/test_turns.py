"""Who speaks in a transcript: labels before the words, on a line of their own, and as printed hearings have them."""

from __future__ import annotations

import pytest

from respgraph import extract

LABELS = {
    "before the words": "Chair: {0}\n\nMs Obi: {1}\n\nChair: {2}\n\nMs Obi: {3}\n",
    "on a line of their own": "The Chair:\n{0}\n\nMs Obi:\n{1}\n\nThe Chair:\n{2}\n\nMs Obi:\n{3}\n",
    "as hearings are printed": "The Chairman. {0}\n\nMs. Obi. {1}\n\nThe Chairman. {2}\n\nMs. Obi. {3}\n",
}
WORDS = (
    "We must finish by noon.",
    "The harbour board is to blame for the fire.",
    "Please sit down. Witnesses should answer briefly.",
    "The board failed to inspect the pier.",
)


@pytest.mark.parametrize("layout", LABELS.values(), ids=LABELS)
def test_words_belong_to_the_label_before_them(layout: str) -> None:
    found = extract(layout.format(*WORDS))
    said = {(c.get("speaker").quote.rsplit(" ", 1)[-1], c.type) for c in found.claims if c.get("speaker")}
    assert ("Obi", "responsibility") in said
    assert {who for who, kind in said if kind == "obligation"} <= {"Chair", "Chairman"}
    assert {who for who, kind in said if kind == "responsibility"} == {"Obi"}
    assert len([c for c in found.claims if c.type == "responsibility"]) == 2


def test_the_words_of_a_label_alone_are_no_speech() -> None:
    found = extract("Note:\nThe board must act.\n\nThe owner should pay.\n")
    assert all(c.get("speaker") is None for c in found.claims)


def test_a_label_holds_until_the_next_over_paragraphs() -> None:
    text = (
        "The Chair:\nWelcome.\n\nMs Obi:\nThank you.\n\nThe board must pay.\n\n"
        "The Chair:\nOrder.\n\nThe clerk must leave.\n"
    )
    said = {c.get("bearer").quote: c.get("speaker").quote for c in extract(text).claims if c.type == "obligation"}
    assert said == {"The board": "Ms Obi", "The clerk": "The Chair"}
