"""Dates put together: from one to another, a run of days or years, one day in two calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from telecom_digest.facts.dating import days, spans, weekdays
from telecom_digest.facts.dating.line import COMMAS, DASHES, SPACE, Line, forms
from telecom_digest.facts.dating.parts import Date, Dates
from telecom_digest.facts.dating.words import listed
from telecom_digest.facts.reading import Reading

_NOUNS = ("a_day", "a_month", "a_year", "of_years", "of_months", "weekday", "the")
_LEADING = ("of", "a_month", "a_day", "the")
_OPEN = frozenset("(")
_BESIDE = SPACE | COMMAS | DASHES | frozenset("/(")
_CLAUSE_END = frozenset(".!?؟؛;،,\n")
_MOVED = 8  # words before a date in which it is said that something is put off from it
_SOON = 150  # characters between a day and another one "of the same month"
_LAW = 5  # words before the number of a law in which it is said to be one
_LED = frozenset(["", "ل", "لـ", ":"])


@dataclass(slots=True)
class Written:
    """A date or period as it is written.

    Attributes:
        first, last: its first and last date; last is None of a single one.
        start, end: its span in the display text.
        twin: the same in the Hijri calendar, where it is said in both.
    """

    first: Date
    last: Date | None
    start: int
    end: int
    twin: Written | None = None


_READERS: dict[str, tuple[Callable[[Line, int], Dates | None], ...]] = {
    "number": (
        days.read_numeric,
        days.read_day_and_numeric,
        days.read_days,
        spans.read_part,
        spans.read_months_ended,
        spans.read_first_months,
        spans.read_bare_year,
    ),
    "ordinal": (days.read_days, spans.read_part, spans.read_first_months),
    "cardinal": (spans.read_months_ended, spans.read_first_months),
    "of_months": (spans.read_months_ended, spans.read_first_months),
    "weekday": (weekdays.read_weekday,),
    "month": (days.read_month,),
    "hijri_month": (days.read_month,),
    "quarter": (spans.read_part,),
    "half": (spans.read_part,),
    "a_quarter": (spans.read_part,),
    "a_half": (spans.read_part,),
    "a_year": (spans.read_year,),
    "of_years": (spans.read_years,),
    "relative_before": (spans.read_relative,),
    "a_week": (spans.read_unit,),
    "a_month": (spans.read_unit,),
    "days_from": (weekdays.read_days_from,),
}
"""What may begin with which kind of atom, the first that fits taken."""


def read(line: Line, index: int) -> Dates | None:
    """Return the dates that begin at an atom, those of a list together, and the index after them."""
    for reader in _READERS.get(line.atoms[index].kind, ()):
        found = reader(line, index)
        if found:
            return found
    return None


def written(line: Line) -> list[Written]:
    """Return all dates and periods of a text in order."""
    found: list[Written] = []
    after = 0
    for index, atom in enumerate(line.atoms):
        if index < after or atom.kind not in _READERS:
            continue
        read_here = (None if line.alone(index) else _at(line, index)) or _day_thereof(line, index, found)
        if not read_here:
            continue
        group, after = read_here
        twin = _with_twin(line, group[-1], after)
        if twin:
            group[-1], after = twin
        if not _is_name(line, index, after, group):
            found += [one for one in group if not _of_law(line.reading, one)]
    return found


def _at(line: Line, index: int) -> tuple[list[Written], int] | None:
    """Return what begins at an atom and the index after it."""
    dates = read(line, index)
    if not dates:
        return None
    points, after = dates
    between = _between(line, index)
    group = _grouped(points, between=between, paired=line.any(index, "of_years") is not None)
    while group[-1].last is None:
        joined = _second(line, after, group[-1], between=between, months=line.any(index - 1, "of_months") is not None)
        if not joined:
            break
        more, after = joined
        group[-1:] = more
        between = False
    kept = [one for one in group if one.last or not one.first.doubtful]
    return (kept, after) if kept else None


def _between(line: Line, index: int) -> bool:
    """Return whether "between" stands before an atom, nouns passed over: بين عامي 2014 و2016."""
    back = index
    while line.any(back - 1, *_NOUNS) and not line.gap(back):
        back -= 1
    return line.any(back - 1, "between") is not None and line.gap(back) == ""


def _single(date: Date) -> Written:
    return Written(date, None, date.start, date.end)


def _range(first: Date, last: Date) -> Written:
    return Written(first, last, min(first.start, last.start), max(first.end, last.end))


def _number(date: Date) -> int:
    return (date.year if date.unit == "year" else date.day) or 0


def _grouped(points: list[Date], *, between: bool, paired: bool) -> list[Written]:
    """Return the dates of a list as periods where they are: 9-11 and 15; 5 و6; بين 14 و18; أعوام 2007 و2008 و2009.

    Args:
        paired: years after a noun in the plural, which are a period where they follow on each other.
    """
    if len(points) > 2 and all(date.leading == "dash" for date in points[1:]):
        return [_single(date) for date in points]  # 2002-2006-2010, a list
    group: list[Written] = []
    for date in points:
        ranged = date.leading in ("to", "dash") or (between and date.leading == "and")
        if group and ranged and not group[-1].last:
            before = group[-1].first
            turned = date.leading == "dash" and _number(date) < _number(before)  # a sign that turned with the script
            group[-1] = _turned(before, date) if turned else _range(before, date)
        else:
            group.append(_single(date))
    numbers = [_number(date) for date in points]
    run = len(points) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if run and not any(one.last for one in group) and (points[0].unit == "day" or paired):
        return [_range(points[0], points[-1])]
    return group


def _turned(first: Date, last: Date) -> Written:
    """Return a period written as 22-18 أكتوبر, in which the dash made the numbers change places."""
    whole = _range(first, last)
    if first.unit == "day":
        first, last = replace(first, day=last.day), replace(last, day=first.day)
    else:
        first, last = replace(first, year=last.year), replace(last, year=first.year)
    return Written(first, last, whole.start, whole.end)


def _second(line: Line, index: int, one: Written, *, between: bool, months: bool) -> tuple[list[Written], int] | None:
    """Return what `one` becomes by the date after it, where both are the ends of a period, and the index after that."""
    sign, at = line.separator(index) or ("", index)
    if sign not in ("to", "dash") and not (sign == "and" and (between or months)):
        return None
    while line.any(at, *_LEADING) and (at == index or not line.gap(at)):
        at += 1
    first = one.first
    thereof = _thereof(line, at, first)
    if thereof:
        return [_range(first, thereof)], at + 2
    dates, after = (read(line, at) if at < len(line.atoms) else None) or ([], at)
    if not dates or not _same_kind(first, dates[0]) or (sign == "to" and _is_moved(line, first)):
        return None
    last = dates[0]
    if months and not between and sign == "and" and (first.month or 0) + 1 != last.month:
        return None
    rest = _grouped(dates[1:], between=False, paired=False) if len(dates) > 1 else []
    return [_range(first, last), *rest], after


def _is_moved(line: Line, first: Date) -> bool:
    """Return whether something is put off from one date to another: تأجيل المؤتمر من 5 مايو إلى 9 يونيو."""
    reading, at = line.reading, line.reading.word_at(first.start)
    words = []
    for i in range(at - 1, max(-1, at - 1 - _MOVED), -1):
        if not _CLAUSE_END.isdisjoint(reading.gaps[i + 1]) or reading.words[i] in listed("held"):
            break
        words.append(reading.words[i])
    if not listed("moved").isdisjoint(words):
        return True
    return not listed("extended").isdisjoint(words) and not listed("due").isdisjoint(words)


def _same_kind(first: Date, last: Date) -> bool:
    """Return whether two dates can be the ends of a period."""
    units = ("day", "month", "year", "months")
    return first.unit == last.unit and first.unit in units and first.hijri == last.hijri and first.relative_to != "day"


def _thereof(line: Line, index: int, first: Date) -> Date | None:
    """Read the second day of من 9 أكتوبر إلى 20 منه."""
    day = line.any(index, "number", "ordinal")
    if not day or not line.at(index + 1, "thereof") or first.unit != "day" or not 1 <= day.value <= 31:
        return None
    return replace(first, end=line.atoms[index + 1].end, day=day.value)


def _day_thereof(line: Line, index: int, found: list[Written]) -> tuple[list[Written], int] | None:
    """Read a day of the month that was said just before: ويستمر لغاية 21 منه, until the 20th."""
    start, end = line.atoms[index].start, line.atoms[index].end
    if not found or start - found[-1].end > _SOON or line.reading.text[end - 1] in "ةى":  # النسخة الرابعة منه
        return None
    last = found[-1].last or found[-1].first
    day, after = _thereof(line, index, last), index + 2
    if not day and line.atoms[index].digits < 0 and line.any(index - 1, "the") and last.month:
        later = last.day is None or line.atoms[index].value > last.day
        if later and line.word_before(index, 2) in listed("day_led") and not line.word_after(index):
            day, after = replace(last, unit="day", end=end, day=line.atoms[index].value), index + 1
    return ([_single(replace(day, start=start, leading="", falls_on=None))], after) if day else None


def _is_name(line: Line, index: int, after: int, group: list[Written]) -> bool:
    """Return whether a day and month without a year are a name: مدينة 6 أكتوبر, ثورة 25 يناير, 6th of October City."""
    first = group[0].first
    if first.unit != "day" or not first.month or len(group) > 1:
        return False
    before = forms(line.word_before(index))
    if first.year is not None:  # جامعة 8 ماي 1945, but not في شارع بورقيبة، 5 مايو 2014
        apart = line.reading.gaps[line.reading.word_at(first.start)].strip()
        return not apart and not listed("named_in_full").isdisjoint(before)
    return not listed("named_after").isdisjoint({*before, line.word_after(after - 1)})


def _of_law(reading: Reading, one: Written) -> bool:
    """Return whether a year is that of a law that is named with its number: القانون رقم 10 لسنة 2003."""
    if one.first.unit != "year" or one.last:
        return False
    words, gaps, after = reading.words, reading.gaps, reading.word_at(one.start)
    number = after - 1
    while number > 0 and words[number] in listed("law_beside"):
        number -= 1
    law = next((i for i in range(number - 1, max(-1, number - 1 - _LAW), -1) if words[i] in listed("law")), None)
    if law is None or not words[number].isdecimal():
        return False
    return not any(gaps[i].strip(" ()." if words[i - 1] == "no" else " ()") for i in range(law + 1, after + 1))


def _with_twin(line: Line, one: Written, index: int) -> tuple[Written, int] | None:
    """Return `one` joined to the date after it where that is the same in the other calendar, and the index after it.

    15 محرم 1439هـ الموافق 5 أكتوبر 2017م; 5 أكتوبر 2017 (15 محرم 1439هـ).
    """
    if not one.first.month or index >= len(line.atoms):
        return None
    at = index
    if line.at(at, "equals", gaps=SPACE | COMMAS | _OPEN):
        at += 1
        at += line.at(at, "a_day", gaps=_LED) is not None
        if at >= len(line.atoms) or line.gap(at) not in _LED:
            return None
    elif line.gap(at) not in _BESIDE:
        return None
    other = _at(line, at)
    if not other or other[0][0].first.hijri == one.first.hijri or not other[0][0].first.month:
        return None
    second, after = other[0][0], other[1]
    main, twin = (second, one) if one.first.hijri else (one, second)
    end = line.closed(second.end) if "(" in (line.gap(at), line.gap(index)) else second.end
    return Written(main.first, main.last, one.start, end, twin), after
