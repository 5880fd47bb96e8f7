"""Days as they are written: with their month, in numbers alone, as weekdays; and months, which days may follow.

Each reader takes the index of an atom and returns what begins there with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from telecom_digest.facts.dating.line import COMMAS, DASHES, GREGORIAN, HIJRI, SPACE, Line
from telecom_digest.facts.dating.parts import CLOSE, SLASH, STOP, Date, Dates, Month, month_at, say, year_after
from telecom_digest.facts.dating.words import Atom, listed

_MOST = 31  # days of a month in a row


class _Day(NamedTuple):
    """A day of the month, its span, the separator before it, the weekday that is said with it."""

    number: int
    start: int
    end: int
    leading: str
    weekday: int | None = None


def _day_number(line: Line, index: int, *, first: bool) -> Atom | None:
    atom = line.any(index, "number", "ordinal")
    if not atom or not 1 <= atom.value <= 31 or abs(atom.digits) > 2:
        return None
    if atom.kind == "number" and first and not line.loose(index) and line.gap(index) not in ("(", "-", "–"):
        return None
    return atom


def read_days(line: Line, index: int) -> Dates | None:
    """Read the days of one month: 9 أكتوبر 2017, 5 و6 ديسمبر, Monday 9 to Friday 20 October, الأول من سبتمبر المقبل."""
    days: list[_Day] = []
    leading, numbers = "", False
    place = index
    led = line.any(index - 1, "of", "between") is not None and not line.gap(index)
    while len(days) < _MOST:
        at = place
        weekday = line.any(at, "weekday")
        if weekday:
            at += 1
            at += line.at(at, "equals") is not None
            if not line.any(at, "number", "ordinal", "the") or line.gap(at) not in SPACE | COMMAS | STOP:
                break
        if line.at(at, "a_day") and (days or weekday):
            at += 1
        at += line.any(at, "the") is not None
        number = _day_number(line, at, first=not days)
        if not number or (at > place and line.gap(at) not in SPACE | COMMAS | STOP):
            break
        numbers = number.kind == "number"
        said = weekday.value if weekday else None
        days.append(_Day(number.value, (weekday or number).start, number.end, leading, said))
        index = at + 1
        separator = line.separator(index) or _lost_dash(line, index, led=led and len(days) == 1)
        if not separator:
            break
        leading, place = separator
    if not days:
        return None
    return _of_month(line, index, days, plain=numbers) or _of_this_month(line, index, days)


def _lost_dash(line: Line, index: int, *, led: bool) -> tuple[str, int] | None:
    """Return the dash that was lost between two days and what follows it, after من or "between": من 18 24 أكتوبر."""
    last, following = line.any(index - 1, "number"), line.at(index, "number")
    if not (led and last and following) or following.digits not in (1, 2) or not last.value < following.value <= 31:
        return None
    return "dash", index


def _of_month(line: Line, index: int, days: list[_Day], *, plain: bool) -> Dates | None:
    """Complete days by the month that follows them, and by what follows that."""
    of = line.at(index, "of")
    last = line.atoms[index - 1]
    word = line.reading.words[line.reading.word_at(last.start)]
    led = of or plain or last.end - last.start <= 3 or line.at(index, "a_month") or word in listed("first_of_month")
    if not led:
        return None  # الأول أكتوبر
    month = month_at(line, index + 1) if of else month_at(line, index, gaps=SPACE | COMMAS | SLASH | DASHES | CLOSE)
    if not month or line.atoms[index].joined:
        return None
    end, after = month.end, month.after
    said = line.at(after, "relative_after")
    if said:
        end, after = said.end, after + 1
    year = year_after(line, after, hijri=month.hijri, of_day=True)
    if month.doubtful and line.gap(index) in DASHES and not year:
        return None  # 3-صفر, of a match
    if year:
        end, after = year.end, year.after
    found = [
        Date(day.start, day.end, "day", day=day.number, month=month.number, hijri=month.hijri, leading=day.leading)
        for day in days
    ]
    found[0].falls_on = days[0].weekday
    found[-1].end = end
    if line.gap(index) == ")" and line.reading.text[found[0].start - 1] == "(":
        found[0].start -= 1  # (9-20) أكتوبر
    for date in found:
        say(date, year, said)
    return found, after


def _of_this_month(line: Line, index: int, days: list[_Day]) -> Dates | None:
    """Complete days by a word for the month of writing: بين 14 و18 الحالي."""
    month = index + 1 if line.at(index, "of") else index
    if line.at(month, "a_month"):  # 15 من الشهر الجاري
        said, index = line.at(month + 1, "relative_after"), month + 1
    elif month > index and line.at(month + 1, "a_month"):  # the 15th of next month
        said, index = line.at(month, "relative_before"), month + 1
        said = said and said._replace(end=line.atoms[index].end)
    else:
        said = line.at(index, "relative_after")
        if said and (said.end - said.start > 6 or (len(days) == 1 and not line.any(index - 2, "a_day", "weekday"))):
            return None  # "10 المقبلة" is of years, "10 المقبل" seldom of anything
    if not said:
        return None
    found = [
        Date(day.start, day.end, "day", day=day.number, relative=said.value, relative_to="month", leading=day.leading)
        for day in days
    ]
    found[-1].end = said.end
    return found, index + 1


def read_month(line: Line, index: int) -> Dates | None:
    """Read what begins with a month: أكتوبر 2017, شهر مارس المقبل, October 9-20, 2017."""
    month = month_at(line, index, gaps=frozenset([line.gap(index)]))
    if not month:
        return None
    dated = _days_after(line, month)
    if dated and (line.atoms[index].latin or (dated[0][0].year and len(dated[0]) == 1)):  # مايو 17, 2021 too
        return dated
    if line.reading.text[month.start - 1 : month.start] == "«" and line.reading.text[month.end : month.end + 1] == "»":
        return None  # a magazine
    said = line.at(month.after, "relative_after")
    after = month.after + (said is not None)
    year = year_after(line, after, hijri=month.hijri)
    date = Date(month.start, month.end, "month", month=month.number, hijri=month.hijri)
    if said:
        date.end = said.end
    if year:
        date.end, after = year.end, year.after
    say(date, year, said)
    latin = line.atoms[index].latin
    led = latin and line.word_before(index) in listed("maybe_before_year")  # in May
    named = latin and not (led or year or said) and _before_name(line, month.end)
    date.doubtful = month.doubtful and not (year or said or led)
    return None if named else ([date], after)


def _before_name(line: Line, end: int) -> bool:
    """Return whether a word with a capital follows: April Williams, Mar del Plata."""
    text = line.reading.text[end : end + 6]
    return text[:1] == " " and (text[1:2].isupper() or text[1:5] in ("del ", "van ", "de l"))


def _days_after(line: Line, month: Month) -> Dates | None:
    """Read the days after an English month: October 9, October 9 and 10, Oct. 9-20, 2017."""
    days: list[_Day] = []
    place, leading, index = month.after, "", month.after
    while True:
        place += line.any(place, "the") is not None
        number = _day_number(line, place, first=False)
        if not number or number.kind == "ordinal" or (not line.loose_after(place) and line.gap(place + 1) not in DASHES):
            break
        if not days and line.gap(place) not in SPACE | STOP:
            break
        if number.digits > 0 and line.counts(place):
            break
        days.append(_Day(number.value, number.start, number.end, leading))
        index = place + 1
        separator = line.separator(index)
        if not separator or separator[0] == "comma":
            break
        leading, place = separator
    if not days:
        return None
    year = year_after(line, index)
    found = [Date(day.start, day.end, "day", day=day.number, month=month.number, leading=day.leading) for day in days]
    found[0].start = month.start
    if year:
        found[-1].end, index = year.end, year.after
    for date in found:
        say(date, year, None)
    return found, index


def read_numeric(line: Line, index: int, *, apart: bool = True) -> Dates | None:
    """Read 2017/10/9, 9/10/2017, 09-10-2017, 9.10.2017, 2017-10-09, 1439/1/15 هـ: the day first unless it cannot be.

    Args:
        apart: no sign may stand right before it.
    """
    parts = _numbers(line, index, apart=apart)
    if not parts:
        return None
    first, middle, last = parts
    year, day = (first, last) if first.digits == 4 else (last, first)
    if year.digits != 4 or day.digits > 2 or middle.digits > 2 or not (year.value in GREGORIAN or year.value in HIJRI):
        return None
    numbers = day.value, middle.value
    if numbers[1] > 12 >= numbers[0]:
        numbers = numbers[1], numbers[0]
    if not (1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12):
        return None
    date = Date(first.start, last.end, "day", year.value, numbers[1], numbers[0], hijri=year.value in HIJRI)
    era = line.era(index + 3)
    if era and bool(era.value) == date.hijri:
        date.end = era.end
        return [date], index + 4
    return [date], index + 3


def _numbers(line: Line, index: int, *, apart: bool) -> tuple[Atom, Atom, Atom] | None:
    """Return three numbers with the same sign between them and none on either side, as an address (10.0.0.1) has."""
    first, middle, last = (line.any(place, "number") for place in range(index, index + 3))
    if not (first and middle and last) or min(first.digits, middle.digits, last.digits) < 1 or middle.prefix or last.prefix:
        return None
    sign = line.gap(index + 1)
    if sign not in ("/", ".", "-", "–") or line.gap(index + 2) != sign:
        return None
    text = line.reading.text
    after, before = text[last.end : last.end + 2], text[max(0, first.begin - 1) : first.begin]
    joined = (apart and before in tuple("./-:+")) or (after[:1] in tuple("./-:") and after[1:].isalnum())
    return None if joined else (first, middle, last)


def read_day_and_numeric(line: Line, index: int) -> Dates | None:
    """Read من 9 إلى 20/10/2017, 9-20/10/2017."""
    day, separator = _day_number(line, index, first=True), line.separator(index + 1)
    if not day or not separator or separator[0] not in ("to", "dash"):
        return None
    whole = read_numeric(line, separator[1], apart=False)
    if not whole:
        return None
    last = whole[0][0]
    last.leading = separator[0]
    return [replace(last, start=day.start, end=day.end, day=day.value, leading=""), last], whole[1]
