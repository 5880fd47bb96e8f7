"""Weekdays, and days that are said by the day of writing: يوم الأحد, الأحد المقبل, أمس, today.

Each reader takes the index of an atom and returns what begins there with the index after it, or None.
"""

from __future__ import annotations

import re

from telecom_digest.facts.dating.days import read_days, read_month, read_numeric
from telecom_digest.facts.dating.line import COMMAS, SPACE, Line
from telecom_digest.facts.dating.parts import OPEN, Date, Dates
from telecom_digest.facts.dating.words import listed

_LONGEST = 25  # letters of the first word of a newspaper's name
_NAME = re.compile(r"[«“]\w+ \Z")


def read_weekday(line: Line, index: int) -> Dates | None:
    """Read what begins with a weekday: a date, or the weekday alone where it is said to be one."""
    atom = line.atoms[index]
    dated = read_days(line, index)
    if dated:
        return dated
    after = index + 1
    after += line.at(after, "equals", gaps=SPACE | COMMAS) is not None
    if line.any(after, "number", "month") and line.gap(after) in SPACE | COMMAS | OPEN:
        whole = read_numeric(line, after) or (read_month(line, after) if line.atoms[after].latin else None)
        if whole and whole[0][0].unit == "day":
            whole[0][0].start, whole[0][0].falls_on = atom.start, atom.value
            return whole
    said = line.at(index + 1, "relative_after")
    dated = _days_at(line, index + 2) if said else None
    if dated and dated[0][0].month and len(dated[0]) == 1:  # الإثنين القادم 6 آذار
        dated[0][0].start, dated[0][0].falls_on = atom.start, atom.value
        return dated
    both = _two_weekdays(line, index)
    if both:
        return both
    if not (said or _is_clear(line, index)):
        return None
    date = Date(atom.start, said.end if said else atom.end, "day", weekday=atom.value)
    if said:
        date.relative, date.relative_to = said.value, "weekday"
    return [date], index + 1 + (said is not None)


def _days_at(line: Line, index: int) -> Dates | None:
    """Read days at an atom where only space or a comma parts it from the one before."""
    return read_days(line, index) if index < len(line.atoms) and line.gap(index) in SPACE | COMMAS else None


def _is_clear(line: Line, index: int) -> bool:
    """Return whether a weekday is one, not another word: يوم الأحد, مساء الأحد, one between commas, Sunday."""
    atom, text = line.atoms[index], line.reading.text
    if line.any(index - 1, "a_day") and not line.gap(index):
        return True
    if atom.latin:
        return text[atom.start].isupper() and not atom.doubtful
    apart = text[atom.begin - 2 : atom.begin] == "، " and text[atom.end : atom.end + 1] == "،"
    return apart or line.word_before(index) in listed("times_of_day")


def _two_weekdays(line: Line, index: int) -> Dates | None:
    """Read يومي الأربعاء والخميس المقبلين."""
    first, last = line.atoms[index], line.at(index + 1, "weekday", joined=True)
    said = line.at(index + 2, "relative_both")
    if not (last and last.joined and said):
        return None
    dates = [
        Date(one.start, end, "day", weekday=one.value, relative=said.value, relative_to="weekday")
        for one, end in ((first, first.end), (last, said.end))
    ]
    return dates, index + 3


def _is_quoted_name(text: str, begin: int, end: int) -> bool:
    """Return whether a word ends a name of two words in quotation marks: «المصري اليوم»."""
    return text[end : end + 1] in tuple("»”") and _NAME.search(text, max(0, begin - _LONGEST), begin) is not None


def read_days_from(line: Line, index: int) -> Dates | None:
    """Read أمس, غدا, today, with the weekday; of اليوم الأحد 9 أكتوبر the date is enough."""
    atom = line.atoms[index]
    weekday = line.at(index + 1, "weekday", gaps=SPACE | COMMAS | OPEN)
    after = index + 1 + (weekday is not None)
    dated = _days_at(line, index + 1)
    if dated and dated[0][0].month:
        return dated
    text = line.reading.text
    follows, before = line.word_after(index), line.word_before(index)
    if before == "في" and follows in listed("need"):
        return None
    if atom.value == 0 and not weekday:
        named = _is_quoted_name(text, atom.begin, atom.end)
        genitive = atom.latin and text[atom.end : atom.end + 2].lower() in ("'s", "’s")
        prefixed = text[atom.begin : atom.start] not in ("", "و")
        if named or genitive or prefixed or follows in listed("not_today_after") or before in listed("not_today_before"):
            return None
    end = line.closed(weekday.end) if weekday else atom.end
    if weekday and line.gap(index + 1) != "(":
        end = weekday.end
    day = Date(atom.start, end, "day", relative=atom.value, relative_to="day")
    other = line.at(after, "days_from", joined=True)
    if other and other.joined and other.value == atom.value + 1:  # اليوم وغدا
        following = Date(other.start, other.end, "day", relative=other.value, relative_to="day", leading="to")
        return [day, following], after + 1
    return [day], after
