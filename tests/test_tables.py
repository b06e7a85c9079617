"""What table rows say, by their headers; tables of other kinds say nothing."""

from __future__ import annotations

import pytest

from respgraph.extract.tables import header_roles, read_table
from respgraph.read import read_text


def rows(header: str, *lines: str) -> list[tuple[str | None, ...]]:
    """Return kind, left or action, right, who, role of each row of a pipe table."""
    text = "\n".join([f"| {header} |", "|" + "---|" * (header.count("|") + 1), *(f"| {line} |" for line in lines)])
    [block] = read_text(text).blocks
    assert block.table is not None
    out = []
    for row in read_table(block.table, text):
        spans = (row.factor or row.action, row.response, row.responder)
        assert all(row.evidence.covers(span) for span in (row.factor, row.response, row.action) if span)
        assert row.headers
        out.append((row.kind, *(span.of(text) if span else None for span in spans), row.role))
    return out


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        (
            "Cause of Flooding | City Response",
            "Old dykes | Repairs",
            ("factor-response", "Old dykes", "Repairs", "City"),
        ),
        (
            "Drivers | Response by the Ministry",
            "Poverty | Jobs",
            ("factor-response", "Poverty", "Jobs", "Ministry"),
        ),
        ("Factor | The EU's Policy Response", "Poverty | Aid", ("factor-response", "Poverty", "Aid", "EU")),
        ("Factor | Proposed measures", "Poverty | Aid", ("factor-response", "Poverty", "Aid", None)),
        (
            "Problem | Solution",
            "Late trains | More staff",
            ("problem-solution", "Late trains", "More staff", None),
        ),
        ("Challenges | Recommendations", "Noise | Walls", ("problem-solution", "Noise", "Walls", None)),
        (
            "Risk | Likelihood | Mitigation",
            "Fire | Low | Drills",
            ("risk-mitigation", "Fire", "Drills", None),
        ),
        (
            "Hazard | Controls | Owner",
            "Fire | Drills | Warden",
            ("risk-mitigation", "Fire", "Drills", "Warden"),
        ),
        (
            "Issue | Action | Responsible",
            "Noise | Walls | City",
            ("problem-solution", "Noise", "Walls", "City"),
        ),
    ],
)
def test_what_answers_what(header: str, line: str, expected: tuple[str | None, ...]) -> None:
    assert rows(header, line) == [(*expected, None)]


@pytest.mark.parametrize(
    ("header", "line", "task", "who"),
    [
        ("Action | Owner | Due", "Test the sirens | Fire brigade | May", "Test the sirens", "Fire brigade"),
        ("Who | What they do", "Warden | Opens the gate", "Opens the gate", "Warden"),
        ("Role | Responsibilities", "Treasurer | Keeps the books", "Keeps the books", "Treasurer"),
        ("Task | Responsible party", "**Sweep** the yard | Tenant", "**Sweep** the yard", "Tenant"),
        ("Activity | Lead agency (2024)", "**Survey** | Water Board", "Survey", "Water Board"),
    ],
)
def test_who_does_what(header: str, line: str, task: str, who: str) -> None:
    assert rows(header, line) == [("action-responsible", task, None, who, None)]


def test_raci_letters_are_roles_of_the_people_above_them() -> None:
    found = rows("Task | Mayor | Engineer | Press", "Open the dam | A | R | I", "Tell the town | A/R | C | -")
    assert [(who, role) for _, _, _, who, role in found] == [
        ("Mayor", "accountable"),
        ("Engineer", "responsible"),
        ("Press", "informed"),
        ("Mayor", "responsible"),
        ("Mayor", "accountable"),
        ("Engineer", "consulted"),
    ]
    assert {kind for kind, *_ in found} == {"raci"}


def test_each_response_column_has_its_own_responder() -> None:
    found = rows("Factor | U.S. Response | EU Response", "Poverty | Loans | Grants")
    assert [(right, who) for _, _, right, who, _ in found] == [("Loans", "U.S."), ("Grants", "EU")]


def test_empty_and_placeholder_cells_say_nothing() -> None:
    assert rows("Factor | Response", "Poverty | ", " | Aid", "Crime | n/a", "War | TBD", "Heat | –") == []


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Item | Price", "Paint | Ten euros"),
        ("Meeting | Attendees | Timing", "Council | All | Monday"),
        ("Acronym | Meaning", "RWB | River Water Board"),
        ("Time | Event | Owner", "Noon | Alarm | Warden"),
        ("Resource | Point of contact", "Website | Press office"),
        ("Level | Control | Cons / Residual Risk", "One | Spending cap | Outage"),
        ("Risk type | Risk id | Related risk titles", "High | R1 | Theft"),
        ("Year | Institution | Subject", "1999 | Parliament | Water law"),
        ("Version | Date | Description", "One | May | First draft"),
        ("Factor | Response", "Growth | 3.5"),
        ("Response time | Factor", "Ten minutes | Traffic"),
        ("Grade | Reading | Writing", "Anna | A | C"),
    ],
)
def test_tables_of_other_kinds_say_nothing(header: str, line: str) -> None:
    assert rows(header, line) == []


def test_the_header_list_knows_its_roles() -> None:
    roles = {role for found in header_roles().values() for role in found}
    assert roles == {
        *("factor", "problem", "risk", "response", "solution", "mitigation"),
        *("action", "owner", "duty", "body", "not"),
    }
