"""Years, parts of years, and what is said by its relation to the day of writing: الربع الأول, in 2017, next week.

Each reader takes the index of an atom and returns what begins there with the index after it, or None.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace

from telecom_digest.facts.dating.days import read_days, read_month, read_numeric
from telecom_digest.facts.dating.line import COMMAS, DASHES, GREGORIAN, OLD, SPACE, Line
from telecom_digest.facts.dating.parts import Date, Dates, Year, has_capital, say, year_after
from telecom_digest.facts.dating.words import Atom, listed

_SPANS = {"quarter": 3, "half": 6, "a_quarter": 3, "a_half": 6}
_PLAN = 15  # years from which to which a plan is, where a space or stroke stands between them
_COMMON_YEAR = 2023  # one in which February has 28 days
_FISCAL = 2  # value of the noun
_UNSURE = 2  # value of a word for quarter that is one for chapter, too
_OF_MONTHS = ("of_months", "ordinal", "cardinal", "number")


def read_part(line: Line, index: int) -> Dates | None:
    """Read a quarter or a half: الربع الأول من عام 2017, النصف الأول, the third quarter of 2017, Q3 2017, last quarter."""
    dates = _part(line, index)
    if not dates or _fiscal(line, index, dates[1]):
        return None
    unsure = any(atom.kind == "a_quarter" and atom.value == _UNSURE for atom in line.atoms[index : index + 2])
    of_year = dates[0][0].year or dates[0][0].relative_to == "year"
    return None if unsure and not of_year else dates


def _fiscal(line: Line, index: int, after: int) -> bool:
    """Return whether a year is named that need not begin in January, so that the months of its parts are not known."""
    return any(atom.kind == "a_year" and atom.value == _FISCAL for atom in line.atoms[index:after])


def _part(line: Line, index: int) -> Dates | None:
    atom = line.atoms[index]
    if atom.kind in ("quarter", "half"):
        year = year_after(line, index + 1)
        return ([_months(atom.start, atom.end, (atom.value, _SPANS[atom.kind]), year)], year.after) if year else None
    latin = atom.kind not in ("a_quarter", "a_half")
    noun = line.at(index + 1, "a_quarter", "a_half", gaps=SPACE | DASHES) if latin else atom
    which = atom if latin else line.at(index + 1, "ordinal", "relative_after")
    if not noun or not which or (latin and not noun.latin) or abs(which.digits) > 1 or which.digits > 0:
        return None
    length = _SPANS[noun.kind]
    year = year_after(line, index + 2)
    end, number = line.atoms[index + 1].end, which.value
    if which.kind.startswith("relative"):
        if year and year.number and number == -1:
            number = 12 // length  # the last quarter of 2016
        elif noun.kind == "a_quarter":
            return [Date(atom.start, end, "quarter", relative=number, relative_to="quarter")], index + 2
        else:
            return None
    number = 12 // length if number == -1 else number
    if number > 12 // length or (not year and line.at(index + 2, "of")):
        return None  # the first half of the match
    return [_months(atom.start, end, (number, length), year)], year.after if year else index + 2


def _months(start: int, end: int, part: tuple[int, int], year: Year | None) -> Date:
    """Return the date of a part of a year: `part` is its number and how many months it has."""
    number, length = part
    date = Date(start, year.end if year else end, "months", month=(number - 1) * length + 1, last=number * length)
    say(date, year, None)
    return date


def read_first_months(line: Line, index: int) -> Dates | None:
    """Read الأشهر التسعة الأولى من 2013, التسعة أشهر الأولى, أول تسعة أشهر من عام 2013, the first nine months of 2013."""
    three = [line.atoms[index], line.at(index + 1, *_OF_MONTHS), line.at(index + 2, *_OF_MONTHS)]
    number = noun = first = None
    for atom in three:
        if not atom:
            return None
        noun = atom if atom.kind == "of_months" else noun
        first = atom if atom.kind == "ordinal" and atom.value == 1 else first
        number = atom if atom.kind in ("cardinal", "number") else number
    if not (number and noun and first) or not 2 <= number.value <= 11 or number.digits > 2:
        return None
    year = year_after(line, index + 3)
    if year and _fiscal(line, index, year.after):
        return None
    date = _months(line.atoms[index].start, line.atoms[index + 2].end, (1, number.value), year)
    return [date], year.after if year else index + 3


def read_months_ended(line: Line, index: int) -> Dates | None:
    """Read الأشهر الستة المنتهية في 30 يونيو 2019, the nine months ended 30 September: whole months of one year."""
    two = [line.atoms[index], line.at(index + 1, "of_months", "cardinal", "number")]
    number = next((atom for atom in two if atom and atom.kind != "of_months"), None)
    noun = any(atom and atom.kind == "of_months" for atom in two)
    if not number or not noun or not line.at(index + 2, "ended") or index + 3 == len(line.atoms):
        return None
    ended = next((found for read in (read_numeric, read_days, read_month) if (found := read(line, index + 3))), None)
    day = ended[0][0] if ended and len(ended[0]) == 1 else None
    if not ended or not day or not day.month or day.hijri or not 2 <= number.value <= day.month:
        return None
    if day.day and day.day < monthrange(day.year or _COMMON_YEAR, day.month)[1]:
        return None  # not the end of the month
    date = replace(day, start=line.atoms[index].start, unit="months", month=day.month - number.value + 1, last=day.month)
    return [date], ended[1]


def read_year(line: Line, index: int) -> Dates | None:
    """Read a year after its noun, or said by its relation to the present: عام 2017, العام المقبل 2011, the year 2017."""
    noun = line.atoms[index]
    general = noun.kind == "a_year" and line.word_before(index) in listed("general")
    for hijri in (False, True):
        year = _named_year(line, index, hijri=hijri)
        if year:
            break
    else:
        return None
    if general and year.number is None:
        return None
    date = Date(noun.start, year.end, "year", year.number, hijri=hijri)
    say(date, year, None)
    said = next((a for a in line.atoms[index : year.after] if a.kind.startswith("relative")), None)
    date.implied = year.number is None and said is None
    if said and year.number:
        date.relative, date.relative_to = said.value, "year"
    line.years = year.after - 1 if year.number else line.years
    second = _second_year(line, year.after, line.atoms[year.after - 1]) if year.number else None
    return ([date, second], year.after + 1) if second else ([date], year.after)


def _named_year(line: Line, index: int, *, hijri: bool) -> Year | None:
    """Return the year at an atom that need not follow the one before."""
    at = index
    said = line.any(at, "relative_before")
    at += said is not None
    if not line.any(at, "a_year") or (said and line.gap(at)):
        return None
    at += 1
    if not said:
        said = line.at(at, "relative_after")
        at += said is not None
    number = line.year(at, hijri=None, gaps=SPACE | COMMAS, old=True)
    if number and number.value in OLD and (said or line.counts(at) or line.tamyiz(at)):
        number = None  # هذا العام 1850 متدربا
    if number and number.prefix not in ("ال", "وال"):
        era = line.era(at + 1)
        if hijri != bool(era and era.value):
            return None
        return Year(number.value, None, era.end if era else number.end, at + 1 + (era is not None))
    if not said and not hijri and _is_this_one(line, index):
        return Year(None, 0, line.atoms[at - 1].end, at)
    return Year(None, said.value, line.atoms[at - 1].end, at) if said and not hijri else None


def _is_this_one(line: Line, index: int) -> bool:
    """Return whether a noun is the year of writing by what stands before it: the end of the year, مطلع العام."""
    noun, text, after = line.atoms[index], line.reading.text, line.word_after(index)
    if noun.value == _FISCAL or after in listed("year_kinds") or text[noun.end : noun.end + 1] == "-":
        return False
    first, second, third = (line.word_before(index, back) for back in (1, 2, 3))
    if not noun.latin:
        definite = text[noun.start : noun.end].startswith("ال") and not after.startswith("ال")
        return definite and first in listed("year_parts")
    return (first, second) == ("the", "of") and third in listed("year_parts")


def read_years(line: Line, index: int) -> Dates | None:
    """Read years after a noun in the plural or dual: أعوام 2007 و2008 و2009, عامي 2014 و2016, the years 2014 to 2016."""
    found: list[Date] = []
    place, leading, after = index + 1, "", index + 1
    while True:
        number = line.year(place, gaps=SPACE | COMMAS | DASHES)
        if not number:
            break
        found.append(Date(number.start, number.end, "year", number.value, leading=leading))
        era = line.era(place + 1)
        after = place + 1 + (era is not None)
        separator = line.separator(after)
        if not separator:
            break
        leading, place = separator
    if len(found) < 2 or (not found[0].leading and line.gap(index + 1) not in SPACE):
        return None
    return found, after


def read_bare_year(line: Line, index: int) -> Dates | None:
    """Read a four-digit number that clearly is a year, or two of them with a dash: جيتكس 2012, خلال 2015, 2014-2016."""
    number = line.year(index, hijri=None, gaps=frozenset([line.gap(index)]))
    if not number:
        return None
    part = line.at(index + 1, "quarter", "half")
    if part and line.loose(index):
        date = _months(number.start, part.end, (part.value, _SPANS[part.kind]), None)
        date.year = number.value
        return [date], index + 2
    era = line.era(index + 1)
    after = index + 1 + (era is not None)
    date = Date(number.start, era.end if era else number.end, "year", number.value, hijri=bool(era and era.value))
    second = _second_year(line, after, number)
    if second and line.reading.text[max(0, number.begin - 1) : number.begin] not in tuple("-–/.+"):
        line.years = after
        return [date, second], after + 1
    if not line.is_bare_year(index):
        return None
    date.event = line.names_event(index)
    line.years = after - 1
    return [date], after


def _second_year(line: Line, index: int, first: Atom) -> Date | None:
    """Return the second year of 2014-16 or 2016/17; a dash may be lost, or have turned with the script: 2016-2014."""
    second = line.any(index, "number")
    if not second or second.digits not in (2, 4) or not line.loose_after(index) or line.counts(index):
        return None
    if line.reading.text[second.end : second.end + 1] in tuple("-–/+"):
        return None
    sign = line.gap(index)
    value = second.value + (first.value // 100 * 100 if second.digits == 2 else 0)
    apart = value - first.value
    whole = second.digits == 4 and not second.joined
    dashed = sign in DASHES and (0 < apart <= 50 or (second.digits == 4 and -50 <= apart < 0))
    bracketed = line.gap(index - 1).endswith("(") and line.reading.text[second.end : second.end + 1] == ")"
    season = sign == "/" and (apart == 1 or (bracketed and whole and 0 < apart <= _PLAN))
    lost = not sign and whole and (apart == 1 or (bracketed and 0 < apart <= _PLAN))  # 2016 2017, (2017 2021)
    if not (dashed or season or lost) or value not in GREGORIAN:
        return None
    return Date(second.start, second.end, "year", value, leading="dash")


def read_relative(line: Line, index: int) -> Dates | None:
    """Read next week, this year, last October, next Monday, هذا الشهر."""
    said = line.atoms[index]
    year = read_year(line, index)
    if year:
        return year
    noun = line.at(index + 1, "a_week", "a_month", "weekday", "month")
    if not noun or (noun.kind in ("weekday", "month") and not (noun.latin and has_capital(line, noun))):
        return read_part(line, index) if line.at(index + 1, "a_quarter", "a_half") else None
    date = Date(said.start, noun.end, noun.kind.removeprefix("a_"), relative=said.value)
    date.relative_to = date.unit
    if noun.kind == "weekday":
        date.unit, date.weekday = "day", noun.value
    elif noun.kind == "month":
        date.month = noun.value
    return [date], index + 2


def read_unit(line: Line, index: int) -> Dates | None:
    """Read الأسبوع الماضي, الشهر المقبل, the week of 5 March."""
    noun = line.atoms[index]
    said = line.at(index + 1, "relative_after")
    if said:
        unit = noun.kind.removeprefix("a_")
        return [Date(noun.start, said.end, unit, relative=said.value, relative_to=unit)], index + 2
    if noun.kind == "a_week" and line.at(index + 1, "of") and index + 2 < len(line.atoms):
        dated = read_days(line, index + 2) or (read_month(line, index + 2) if line.any(index + 2, "month") else None)
        if dated and len(dated[0]) == 1 and dated[0][0].unit == "day":
            dated[0][0].start, dated[0][0].unit = noun.start, "week"
            return dated
    return None
