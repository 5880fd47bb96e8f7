"""Dates and periods of a text, in ISO 8601 as precisely as the text says them.

What is written is read by dating/periods.py; here it is resolved. A year that is left unsaid comes, in this order, from the
day of publication where the text says "next" or "last"; from the one before it, of "the same year"; from the nearest in
the same sentence; from the weekday, where it is that day in the latest year of the text; from the day of publication; from
the only year of the sentences that look the same way in time (ahead or back), or the only one of them
that ends the name of an event; from the one that ends such names most often, unless one of them is over and the other to
come. Years of aims and comparisons (رؤية 2030, compared with 2012) are not asked. What none of
these settles stays None: nothing is guessed. A weekday alone is the last one or the next where its sentence says which.

Of what goes on until a day only the end is known; what is put off until then, or not done, begins there. The end of a
quarter or half is its last month. The year of a law (رقم 3 لسنة 2003) is a part of its name and no date.

Days written in numbers alone have the day first, as the ITU and Arabic papers have them. Weeks are those of ISO 8601,
Monday to Sunday; "the week of 5 March" is the seven days from it. Hijri dates are converted by hijridate (the Umm al-Qura
calendar, 1343 to 1500 AH); a Hijri month or year is a period of Gregorian days.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from typing import NamedTuple

from telecom_digest.dateline import day_line
from telecom_digest.facts.dating.line import Line
from telecom_digest.facts.dating.parts import Date
from telecom_digest.facts.dating.periods import Written, written
from telecom_digest.facts.dating.words import listed
from telecom_digest.facts.dating.years import Years, day_of, month_number
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import lexicon
from telecom_digest.model import CleanText

_BY_TODAY = ("day", "weekday", "week")  # what is said in relation to the day of writing, and to nothing else of the text
_YEAR = re.compile(r"\d{4}")
_LASTING = dt.timedelta(35)  # conferences of the ITU take four weeks
_APART = 60  # characters between two days that are shown as one period
_CLAUSE = 8  # words before "until" in which it is said that nothing is done up to then


class Found(NamedTuple):
    """A date or period: its span in the display text; `start` and `end` as `Period` of model.py has them.

    relative: it is said by the day of writing alone, which its readers knew: أمس, Sunday, next week.
    inferred: its year, or all of it, is from what else the text says.
    """

    span: Span
    start: str | None
    end: str | None
    relative: bool = False
    inferred: bool = False


def written_on(cleaned: CleanText) -> dt.date | None:
    """Return the day on which a text was written, as it begins.

    In a dateline, which cleaning removed (جنيف، 20 يونيو 2019 –), or on a line of its own (القاهرة في 14 نوفمبر 2023).
    """
    places = (edit for edit in cleaned.edits if "dateline" in edit.kind.split("+"))
    lines = [cleaned.source_text[edit.start : edit.end] for edit in places]
    lines.append(day_line(cleaned.text, lexicon(cleaned.language)) or "")
    return next((day for line in lines if line and (day := _day_said(line, cleaned.language))), None)


def _day_said(line: str, language: str) -> dt.date | None:
    from html import unescape  # only where there is one

    source = unicodedata.normalize("NFKC", unescape(line))
    shown = "".join(c for c in source if unicodedata.category(c) != "Cf")  # U+200F may stand within a date
    days = find(Reading(CleanText(shown, shown, (), "intact", language, ()), ()))
    said = (one.start for one in days if one.start and not one.end and len(one.start) == len("2019-06-20"))
    return next((dt.date.fromisoformat(day) for day in said), None)


def find(reading: Reading, published: dt.date | None = None) -> list[Found]:
    """Return all dates and periods of a text, in order, none overlapping.

    Args:
        published: the day it was written or published. Only with it do أمس and "next week" say a day.
    """
    line = Line(reading)
    dates = written(line)
    years = Years(reading, dates, published)
    found: list[Found] = []
    for one in dates:
        start, end = _resolved(one, years) or (_resolved(one.twin, years) if one.twin else None) or (None, None)
        if one.first.implied and not start:
            continue
        if end and not one.last and one.first.unit == "months" and _closing(reading, one):
            start, end = end, None  # at the end of the third quarter: in September
        until = _until(reading, one) if start and not one.last else None
        if until is None:
            relative = not one.last and one.first.relative_to in _BY_TODAY
            found.append(Found((one.start, one.end), start, end, relative))
        elif found and _goes_on(reading, found[-1], until, end or start or ""):
            found[-1] = Found((found[-1].span[0], one.end), found[-1].start, end or start)
        else:
            after = found[-1].span[1] if found else 0
            found.append(Found((until if until >= after else one.start, one.end), None, end or start))
    found = _lasting(reading, found)
    return found if published else [one._replace(inferred=not _says_year(reading, one.span)) for one in found]


def _lasting(reading: Reading, found: list[Found]) -> list[Found]:
    """Put the day on which something begins and the one until which it lasts together.

    افتتح اليوم المؤتمر، الذي يستمر حتى 14 أكتوبر; ينطلق في 5 مايو ويختتم أعماله في 9 منه.
    """
    kept: list[Found] = []
    begun = -1  # place among them of the last day on which something begins
    for one in found:
        day = kept[begun] if begun >= 0 else None
        if day and _lasts(reading, day, one):
            span = _both(reading, day.span, one.span) if begun == len(kept) - 1 else one.span
            del kept[begun]
            kept.append(Found(span, day.start, one.end or one.start))
            begun = -1
            continue
        kept.append(one)
        if one.start and not one.end and (one.relative or _begins(reading, one)):
            begun = len(kept) - 1
    return kept


def _both(reading: Reading, first: Span, last: Span) -> Span:
    """Return the span of two dates, or that of the last where they are far apart or in two sentences."""
    between = reading.text[first[1] : last[0]]
    if len(between) > _APART or not frozenset(".!?؟؛\n").isdisjoint(between):
        return last
    bracket = between.startswith(")") and reading.text.endswith("(", 0, first[0])
    return first[0] - bracket, last[1]  # (17 أكتوبر) ويستمر لغاية 21 منه


def _begins(reading: Reading, one: Found) -> bool:
    """Return whether it is said before a day that something begins on it."""
    return not listed("beginning").isdisjoint(_clause_before(reading, one))


def _clause_before(reading: Reading, one: Found) -> list[str]:
    first = reading.word_at(one.span[0])
    return reading.words[max(0, first - _CLAUSE) : first]


def _lasts(reading: Reading, begun: Found, one: Found) -> bool:
    """What is said to last until `one`, or close then, began at `begun`, some weeks and at most one sentence before.

    Not what is said of a contract, a licence or a deadline.
    """
    end = one.end or one.start
    if (one.start and one.end) or not end or not begun.start or not len(end) == len(begun.start) == len("2017-10-09"):
        return False
    length = dt.date.fromisoformat(end) - dt.date.fromisoformat(begun.start)
    before = _clause_before(reading, one)
    apart = reading.sentence_of(one.span[0]) - reading.sentence_of(begun.span[0])
    if not dt.timedelta(0) < length <= _LASTING or not listed("not_lasting").isdisjoint(before):
        return False
    if one.end:
        return apart <= 1 and not listed("lasting").isdisjoint(before)
    return apart == 0 and not begun.relative and not one.relative and _closes(before)


def _closes(before: list[str]) -> bool:
    """Return whether the words before a day say that what has begun closes on it: ويختتم أعماله في."""
    while before and before[-1] in listed("closing_beside"):
        before = before[:-1]
    return bool(before) and before[-1] in listed("closing_on")


def _says_year(reading: Reading, span: Span) -> bool:
    return _YEAR.search(reading.text, *span) is not None


def _until(reading: Reading, one: Written) -> int | None:
    """Return where "until" stands before a date that something goes on to, or None where nothing does."""
    for i in range(reading.word_at(one.start) - 1, -1, -1):
        if reading.gaps[i + 1].strip(' ("«-'):
            return None
        if reading.words[i] in listed("until"):
            before = reading.words[max(0, i - _CLAUSE) : i]
            first = i - (i > 0 and reading.words[i - 1] in listed("until_led"))
            return None if not listed("not_until").isdisjoint(before) else reading.spans[first][0]
        if reading.words[i] not in listed("until_beside"):
            return None
    return None


def _closing(reading: Reading, one: Written) -> bool:
    """The end of a quarter or half is meant: نهاية الربع الثالث, the end of the first half, end Q3."""
    words, first = reading.words, reading.word_at(one.start)
    i = first - 2 if first > 1 and words[first - 1] == "the" else first - 1
    if i > 0 and words[i] == "of" and words[i - 1] in listed("closing_of"):
        i -= 1
    elif i < 0 or not (words[i] in listed("closing") or (i == first - 1 and words[i] in listed("closing_of"))):
        return False
    if any(not gap.isspace() and gap != "-" for gap in reading.gaps[i + 1 : first + 1]) or reading.gaps[i] == "-":
        return False
    before = words[max(0, i - 3) : i]  # بين بداية ونهاية الربع الثالث, from the start to the end of the quarter
    joined = words[i].startswith("و") or not listed("closing_joins").isdisjoint(before)
    return not (joined and not listed("opening").isdisjoint(before))


def _goes_on(reading: Reading, before: Found, until: int, end: str) -> bool:
    """Return whether a date is the beginning of what goes on until the next: من 16 أكتوبر حتى مساء 20 أكتوبر."""
    if not before.start or before.end or reading.text[before.span[1] : until].strip(" ،,"):
        return False
    return len(before.start) == len(end) and before.start < end


def _resolved(one: Written, years: Years) -> tuple[str, str | None] | None:
    """Return the start and end of what is written, or None where they are not known or there is no such day."""
    first, last = one.first, one.last
    if last is None:
        return _iso(first, years)
    if not first.year and first.relative is None:
        said = last.relative if last.relative_to in ("month", "year") else None
        year = years.of(last) if not last.hijri else last.year
        first = replace(first, month=first.month or last.month, relative=said, relative_to=last.relative_to, year=year)
        if year and not first.hijri and (first.month or 0) > (last.month or 0) and first.unit in ("day", "month"):
            first = replace(first, year=year - 1)  # 28 ديسمبر إلى 2 يناير 2018
    elif not first.year and first.relative_to == "month" and last.year and years.published is None:
        over = (first.month or 0) > (last.month or 0)
        first = replace(first, year=last.year - over)  # 14 أكتوبر الجاري حتى 13 يناير 2013
    elif not last.year and last.relative is None:
        year = years.of(first)
        over = year is not None and (first.month or 0) > (last.month or 0) and first.unit in ("day", "month")
        last = replace(last, year=year + 1 if year is not None and over else year)
    start, end = _iso(first, years), _iso(last, years)
    if not start or not end:
        return None
    opening, closing = start[0], end[1] or end[0]
    if opening > closing:
        return None
    return opening, closing if closing != opening else None


def _iso(date: Date, years: Years) -> tuple[str, str | None] | None:
    """Return a date, or the first and last of a period, in ISO 8601."""
    if date.hijri:
        return _from_hijri(date)
    published = years.published
    if date.relative_to in ("day", "weekday", "week", "quarter") or (date.unit == "month" and not date.month):
        return _relative(date, published) if published else None
    if date.unit == "day" and not date.month:
        if date.weekday:
            day = years.weekday(date)
            return (day.isoformat(), None) if day else None
        if not published:
            return None
        date = replace(date, month=(published.month - 1 + (date.relative or 0)) % 12 + 1)  # 14 الحالي
    year = years.of(date)
    return None if year is None else _of_year(date, year)


def _of_year(date: Date, year: int) -> tuple[str, str | None] | None:
    """Return a date of a year in ISO 8601; None where the year has no such day."""
    if date.unit in ("day", "week"):
        day = day_of(year, date.month or 1, date.day or 1)
        end = (day + dt.timedelta(6)).isoformat() if day and date.unit == "week" else None
        return (day.isoformat(), end) if day else None
    if date.unit == "year":
        return str(year), None
    return f"{year}-{date.month:02d}", f"{year}-{date.last:02d}" if date.unit == "months" else None


def _relative(date: Date, published: dt.date) -> tuple[str, str | None] | None:
    """Return a date that is said by its relation to the day of publication alone."""
    said = date.relative or 0
    if date.relative_to == "day":
        return (published + dt.timedelta(said)).isoformat(), None
    if date.relative_to == "weekday" and date.weekday:
        ahead = (date.weekday - published.isoweekday()) % 7
        step = {1: ahead or 7, 0: date.weekday - published.isoweekday(), -1: (ahead or 7) - 7}[said]
        step = -7 if said == -1 and ahead == 0 else step
        return (published + dt.timedelta(step)).isoformat(), None
    if date.relative_to == "week":
        monday = published + dt.timedelta(7 * said - published.weekday())
        return monday.isoformat(), (monday + dt.timedelta(6)).isoformat()
    months = month_number(published) - 1 + said * (3 if date.relative_to == "quarter" else 1)
    year, month = divmod(months, 12)
    if date.relative_to == "quarter":
        first = month // 3 * 3 + 1
        return f"{year}-{first:02d}", f"{year}-{first + 2:02d}"
    return f"{year}-{month + 1:02d}", None


def _from_hijri(date: Date) -> tuple[str, str | None] | None:
    """Return the Gregorian day or days of a Hijri date."""
    from hijridate import Hijri

    if date.year is None:
        return None
    try:
        first = Hijri(date.year, date.month or 1, date.day or 1)
        if date.unit == "day":
            return first.to_gregorian().isoformat(), None
        month = date.month or 12
        last = Hijri(date.year, month, Hijri(date.year, month, 1).month_length())
        return first.to_gregorian().isoformat(), last.to_gregorian().isoformat()
    except (ValueError, OverflowError):
        return None
