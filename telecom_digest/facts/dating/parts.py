"""What dates are made of: `Date`, and the month and the year within one as they are written.

Nothing is looked up elsewhere: what a date leaves unsaid, its year above all, stays None (dates.py supplies it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from telecom_digest.facts.dating.line import COMMAS, DASHES, ROUND, SPACE, Line
from telecom_digest.facts.dating.words import Atom

SLASH, STOP, OPEN, CLOSE = (frozenset(sign) for sign in "/.()")
_LOOSE = SPACE | COMMAS | DASHES | SLASH | STOP | OPEN | CLOSE


@dataclass(slots=True)
class Date:
    """What one date says.

    Attributes:
        start, end: its span in the display text.
        unit: how precise it is: day, week, month, months (from `month` to `last`), quarter (a relative one), year.
        year, month, day, last: as far as it says them.
        hijri: in the Hijri calendar.
        relative: -1, 0 or 1 where it is said to be past, present or to come: of `relative_to` (a unit, "weekday"), or
            with unit "day" and `relative_to` "day" the days since the day of writing. None of a "year": that said before.
        weekday: 1 (Monday) to 7, where it says no more than that.
        falls_on: the same, said beside the day of a month.
        doubtful: beside it stands nothing that makes it a date rather than another word.
        implied: only the day of writing says which it is: the end of the year.
        event: a year at the end of the name of an event.
        leading: which separator stands before it in a list.
    """

    start: int
    end: int
    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    hijri: bool = False
    relative: int | None = None
    relative_to: str = ""
    weekday: int | None = None
    falls_on: int | None = None
    doubtful: bool = False
    implied: bool = False
    event: bool = False
    leading: str = ""


Dates = tuple[list[Date], int]
"""Dates, those of a list together, and the index of the atom after them."""


class Year(NamedTuple):
    """What is said of a year: its number, or its relation to the present one; where it ends; the next atom.

    Neither: it is the one that was said before, من العام نفسه.
    """

    number: int | None
    relative: int | None
    end: int
    after: int


class Month(NamedTuple):
    """A month, where it stands, whether the word may be another; the next atom."""

    number: int
    hijri: bool
    start: int
    end: int
    doubtful: bool
    after: int


def year_after(line: Line, index: int, *, hijri: bool = False, of_day: bool = False) -> Year | None:
    """Return the year that completes a date: 2017, of 2017, من عام 2017, من العام الماضي, العام الجاري 2013.

    Args:
        of_day: it completes a day, so that it counts nothing: في 31 ديسمبر 2015 طالبا.
    """
    first = SPACE | COMMAS | DASHES | _LOOSE
    start = index
    if line.at(index, "of", gaps=first):
        index, first = index + 1, SPACE
        index += line.at(index, "the") is not None
    before = line.at(index, "relative_before", gaps=first)
    if before:
        index, first = index + 1, SPACE
    noun = line.at(index, "a_year", gaps=first)
    if before and not noun:
        return None
    if noun:
        index, first = index + 1, SPACE | COMMAS
    said = before or (line.at(index, "relative_after") if noun else None)
    if said and not before:
        index, first = index + 1, SPACE | COMMAS
    number = line.year(index, hijri=hijri, gaps=first, old=True)
    sure = number and (noun or (of_day and number.value % ROUND) or not line.counts(index))
    if number and sure and not number.joined and number.prefix in ("", "ل", "ب"):
        end = line.closed(number.end) if start == index and line.gap(index) == "(" else number.end
        era = line.era(index + 1)
        if era and bool(era.value) == hijri:
            return Year(number.value, None, era.end, index + 2)
        return None if era and era.value else Year(number.value, None, end, index + 1)
    if noun and not said and (same := line.at(index, "same")):
        return Year(None, None, same.end, index + 1)
    return Year(None, said.value, line.atoms[index - 1].end, index) if said and noun else None


def month_at(line: Line, index: int, *, gaps: frozenset[str] | None = None) -> Month | None:
    """Return the month at an atom, with the noun before it and its other name beside it: شهر مايو/ أيار."""
    noun = line.at(index, "a_month", gaps=SPACE if gaps is None else gaps)
    start = index
    if noun:
        index, gaps = index + 1, None
    atom = line.at(index, "month", "hijri_month", gaps=SPACE if gaps is None else gaps, joined=index == start)
    if not atom:
        return None
    after_day = line.any(index - 1, "number", "ordinal") and not line.gap(index)
    if not has_capital(line, atom, beside=bool(after_day or line.at(index + 1, "number"))):
        return None
    said_month = noun or line.any(index - 1, "a_month", "of_months")
    other = line.at(index + 1, atom.kind, gaps=SLASH | OPEN | SPACE)
    begin, end, after = atom.start, atom.end, index + 1
    if other and other.value == atom.value:
        end = line.closed(other.end) if line.gap(index + 1) == "(" else other.end
        after, said_month = after + 1, other
    return Month(atom.value, atom.kind == "hijri_month", begin, end, atom.doubtful and not said_month, after)


def has_capital(line: Line, atom: Atom, *, beside: bool = False) -> bool:
    """Return whether a Latin name of a month begins with a capital, as may and august may not; `beside`: a number."""
    return not atom.latin or line.reading.text[atom.start].isupper() or (not atom.doubtful and beside)


def say(date: Date, year: Year | None, said: Atom | None) -> None:
    """Put into a date what is said of its year, and whether its month is past, present or to come."""
    if year and year.number:
        date.year = year.number
    elif year:
        date.relative, date.relative_to = year.relative, "year"
    elif said:
        date.relative, date.relative_to = said.value, "month"
