"""A dateline -> an ISO date; a phrase of time and the day of the text -> the day it means.

Only forms that mean one day are read: ISO dates, "12 October 2019", "October 12, 2019", with or
without weekday. "10/12/2019" is two different days on two sides of the Atlantic, so it stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR: Final = r"(?P<year>[12]\d{3})"
WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
LEAD_IN: Final = r"(?:[^\W\d][^\d\n]{0,40}(?<!day)[,:—–-] ?)?"
AFTER: Final = r"(?:\s*[•·|–—]\s*[^\d]{1,50}|\s[A-Z][A-Z ]{2,50})?"
AT_END: Final = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, " + MONTH + " " + DAY + r", " + YEAR + "$")
FORMS: Final = tuple(
    re.compile(f"(?i:{LEAD_IN}{WEEKDAY}{form}[.,]?)(?:{AFTER})")
    for form in (
        r"(?P<year>[12]\d{3})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ][\d:.]{1,15}(?:Z|[+-][\d:]{2,5})?)?",
        DAY + r"(?: of)? " + MONTH + r",? " + YEAR,
        MONTH + " " + DAY + r",? " + YEAR,
    )
)
LONGEST_DATELINE: Final = 90
LONGEST_HEADLINE: Final = 300


def read_date(words: str) -> str | None:
    """Return the ISO date a line consists of, or None.

    >>> read_date("Saturday, October 12, 2019"), read_date("GENEVA, 3 March 2021"), read_date("10/12/2019")
    ('2019-10-12', '2021-03-03', None)
    """
    words = " ".join(words.split())
    if len(words) > LONGEST_DATELINE:
        return None
    for form in FORMS:
        if found := form.fullmatch(words):
            return _iso(found["year"], found["month"], found["day"])
    return None


def iso_date(value: object) -> str | None:
    """Return the ISO date of a metadata value: a date, a time stamp, a dateline, a year or month; else None.

    >>> iso_date("2024-03-05T10:00:00Z"), iso_date("5 March 2024"), iso_date("2024"), iso_date("last week")
    ('2024-03-05', '2024-03-05', '2024', None)
    """
    words = str(value).strip() if value is not None else ""
    if found := re.match(r"([12]\d{3})-(\d\d)-(\d\d)(?:$|[T ])", words):
        return _iso(*found.groups())
    if re.fullmatch(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?", words):
        return words
    return read_date(words)


def date_at_end(words: str) -> str | None:
    """Return the date a headline ends with ("... Saturday, January 31, 2009"), or None."""
    found = AT_END.search(" ".join(words[:LONGEST_HEADLINE].split()))
    return _iso(found["year"], found["month"], found["day"]) if found else None


def first_date(lines: Iterable[str]) -> str | None:
    """Return the date of the first dateline among some lines, or None."""
    return next((day for line in lines if (day := read_date(line) or date_at_end(line))), None)


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED_DAY: Final = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
PHRASE: Final = re.compile(
    r"(?:(?:earlier|late|early) )?(?:on )?(?:the )?(?:(?:morning|afternoon|evening|night) of )?"
    rf"(?:(?P<near>today|yesterday|this morning|this afternoon|this evening)|{NAMED_DAY}|"
    rf"(?:{NAMED_DAY.replace('weekday', 'w1')},? )?(?:{DAY}(?: of)? {MONTH}(?:,? {YEAR})?"
    + "|"
    + re.sub(r"<(\w+)>", r"<\1_>", f"{MONTH} {DAY}(?:,? {YEAR})?")
    + "))(?: (?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)


def date_of(phrase: str, published: str | None, past: bool = True) -> str | None:
    """Return the one day that a phrase of time means in a text of a given day, or None.

    A weekday, or a day without a year, is the most recent one up to and including the day of the text; that
    only holds of what has happened. "Last week", "last Tuesday" and "in March" are no one day.

    Args:
        phrase: The words, with or without "on".
        published: The ISO date of the text, if it has one.
        past: Whether what is dated has happened.

    >>> date_of("on Tuesday", "2021-03-04"), date_of("yesterday", "2021-03-01"), date_of("on 3 March", "2021-02-01")
    ('2021-03-02', '2021-02-28', '2020-03-03')
    >>> date_of("on March 3, 2021", None), date_of("on Tuesday", "2021-03-04", past=False), date_of("last week", None)
    ('2021-03-03', None, None)
    """
    words = " ".join(phrase.split())
    found = PHRASE.fullmatch(words) if len(words) <= LONGEST_DATELINE else None
    if found is None:
        return None
    day, month, year = (found[name] or found[name + "_"] for name in ("day", "month", "year"))
    if year:
        return _iso(year, month, day)
    today = _day(published)
    if today is None or not past:
        return None
    if found["near"]:
        return _back(today, found["near"].lower() == "yesterday")
    if found["weekday"]:
        return _back(today, (today.weekday() - WEEKDAYS.index(found["weekday"].lower())) % 7)
    days = (_iso(str(today.year - back), month, day) for back in (0, 1))
    return next((iso for iso in days if iso and iso <= today.isoformat()), None)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _back(today: date, days: int) -> str | None:
    try:
        return (today - timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _iso(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
