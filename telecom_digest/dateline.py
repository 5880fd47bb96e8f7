"""Datelines: where, when and by whom a release was written, set before its first sentence.

`دبي - "الخليج":`, `القاهرة: محمد علي:`, `جنيف، 3 أكتوبر 2017 –`, `GENEVA, 3 October 2017 (Reuters) –`. The day that one
says is that of writing, so it is one only where the text begins; in a list of events or a history (`دبي، 14 أكتوبر 2012:
انعقد …`) city and day are what is told, and stay. Cities are those of a word list, where papers write from, and before a
comma and a day all of the gazetteer. A line that says nothing but a day, or city and day, is a heading and stays, as it may
be that of the event; `day_line` finds it. Patterns are made of the word lists when a text first needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from telecom_digest import resources
from telecom_digest.arabic import fold
from telecom_digest.furniture import any_of
from telecom_digest.gazetteer import gazetteer
from telecom_digest.language import Lexicon

_PARAGRAPH = re.compile(r"(?:\A|\n)(?=\S)")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"\.\s*(?:\n|\Z)")  # of a line: a heading may have "Dr." in it, and end with a question
_TO_SIGN = re.compile(r"([^\n،,–—(-]+?) ?[،,–—(-]")
_CITY_REACH = 24  # code points: the longest name of a city in the lists and a little more
_DIGITS = r"[\d٠-٩]{1,2}"
_YEAR = r"(?:\d{4}|[٠-٩]{4})"
_DISTRICT_AR = "ال[ء-ي]+(?: ال[ء-ي]+)?|(?:مدينة|محافظة|إمارة|منطقة|شمال|جنوب|شرق|غرب) [ء-ي]+"
_NAME_AR = r"(?!ال)[ء-ي]+(?:[ -](?!ال|ف[يى] )[ء-ي]+){0,2}"
_BEFORE_DAY = r"(?:\s?[،,;:/|–—-]\s?|\s)(?:ف[يى] )?"
_OPENING = 80  # code points that a dateline, or a line of the day, has at most before its day
_HEADINGS = 8  # lines that a text may have before its first sentence
_LONGEST_HEADING = 160
_NAME_EN = r"(?-i:[A-Z][\w.'’-]*(?: (?:of|the|and|[A-Z][\w.'’-]*)){0,4})"


def datelines(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield where the datelines of a text stand, each with what to put in its place: nothing. A step of clean.py.

    One that says a day is one where only headings stand before it; others that say the same are, too.
    """
    found: list[tuple[int, int, str]] = []
    paragraphs = list(_PARAGRAPH.finditer(text))
    for match in paragraphs:
        opening = text[match.end() : match.end() + _CITY_REACH].casefold()
        end, day = _end(text, match.end(), lex) if opening.startswith(_cities(lex)) else _elsewhere(text, match.end(), lex)
        if match.end() < end < len(text):
            found.append((match.end(), end, day))
    dated = [(start, day) for start, _, day in found if day]
    listed = len(dated) > 1 and 2 * len(dated) > len(paragraphs)  # entries of a list
    leads = bool(dated) and not listed and not _SENTENCE_END.search(text[: dated[0][0]])
    for start, end, day in found:
        if not day or (leads and day == dated[0][1]):
            yield start, end, ""


def _end(text: str, start: int, lex: Lexicon) -> tuple[int, str]:
    """Return where the dateline at `start` ends, 0 where there is none, and the day that it says or ""."""
    dated = _dated(lex).match(text, start)
    if dated and dated["end"] is not None:
        return dated.end(), dated["day"]
    if dated and _is_verb(text, dated.end() + 1, lex):  # دبي - 14 أكتوبر 2018 أعلنت …
        return dated.end() + 1, dated["day"]
    found = _undated(lex).match(text, start)
    if not found:
        return 0, ""
    return found.end() if found["place"] is None else _first_verb(text, found.end(), lex), ""


def _elsewhere(text: str, start: int, lex: Lexicon) -> tuple[int, str]:
    """Return what `_end` does where the text begins with no city of the lists: بوخارست، 26 سبتمبر 2022 – افتتح …"""
    name = _TO_SIGN.match(text, start, start + _OPENING)
    if not lex["cities"] or name is None or not _is_city(name[1]):
        return 0, ""  # most texts never pay for the pattern
    found = _unlisted(lex).match(text, start)
    return (found.end(), found["day"]) if found and found["end"] is not None else (0, "")


def _is_city(name: str) -> bool:
    """A city of the gazetteer has this name, whatever else its word means."""
    known = gazetteer()
    number = known.places.get(fold(name).lower())
    return number is not None and known.place(number).kind == "city"


def day_line(text: str, lex: Lexicon) -> str | None:
    """Return the line of the day on which a text was written: nothing but a day, or city and day.

    It stands among the headings where sentences follow, as they do not in a programme, or closes the text.
    """
    lines = text.split("\n")
    at, before = 0, ""
    for line in lines[:_HEADINGS]:
        if _says_a_day(line, before, lex) and _SENTENCE_END.search(text, at + len(line)):
            return line
        if _SENTENCE_END.search(line) or len(line) > _LONGEST_HEADING:
            break
        at += len(line) + 1
        before = line or before
    return lines[-1] if len(lines) > 1 and _says_a_day(lines[-1], lines[-2], lex) else None


def _says_a_day(line: str, before: str, lex: Lexicon) -> bool:
    """A line is a day, or city and day, and the line before it does not say of what (Deadline:)."""
    short = len(line) <= _OPENING and any(map(str.isdecimal, line))
    if not lex["cities"] or not short or before.rstrip().endswith(":"):
        return False
    found = _alone(lex).fullmatch(line)
    if found is None or not set(lex["deadlines"]).isdisjoint(_WORD.findall(before.casefold())):
        return False
    place = found["city"] or found["after"]
    return place is None or _is_city(place)


@cache
def _cities(lex: Lexicon) -> tuple[str, ...]:
    """What a dateline opens with: most texts do not, and never pay for its pattern."""
    return ("(", *(city.casefold() for city in lex["cities"]))


@cache
def _names(*kinds: str, latin: bool) -> str:
    """Return a pattern for the Latin or Arabic names of months or weekdays (data/dates.yaml), these with any alef.

    Names of one script: a pattern of both, ten times in another, takes a third of a second to compile.
    """
    words = resources.yaml("dates.yaml", "telecom-digest/dates/1")["words"]
    names = {name for kind in kinds for forms in words[kind].values() for name in forms if name.isascii() == latin}
    return f"(?:{re.sub('[أإآا]', '[أإآا]', any_of(names))})"


def _agency(lex: Lexicon) -> tuple[str, str]:
    """Return patterns for the name of an agency, in quotes or parentheses, and so or before a sign."""
    name = f"(?:{any_of(lex['agencies'])})"
    quoted = rf"[«\"“'(\[]\s?{name}\s?[»\"”')\]]"
    return quoted, rf"(?:{quoted}|{name}(?=\s?[-–—:،,/]))"


def _place(lex: Lexicon) -> str:
    """Return a pattern for a city, and the country or region it is in."""
    region = _NAME_EN if lex.language == "en" else rf"(?:{any_of(lex['regions'])}|{_DISTRICT_AR})"
    return rf"(?:{any_of(lex['cities'])})(?:\s?(?:[،,]|\s[–—-])\s?{region}|\s?\({region}\))?"


def _any_place(lex: Lexicon, group: str = "city") -> str:
    """Return a pattern for what may be a city of no list, as a group, and the country or region it is in."""
    region = _NAME_EN if lex.language == "en" else rf"(?:{any_of(lex['regions'])}|[ء-ي]+(?: [ء-ي]+){{0,3}})"
    return rf"(?P<{group}>{_name(lex)})(?:[،,]\s?{region}|\s?\({region}\))?"


def _name(lex: Lexicon) -> str:
    """Return a pattern for what may be the name of a city."""
    return _NAME_EN if lex.language == "en" else _NAME_AR


@cache
def _dated(lex: Lexicon) -> re.Pattern[str]:
    """Groups: day; end, the agency or the signs after it, None where neither stands there."""
    return _with_day(lex, rf"{_place(lex)}(?:\s?{_agency(lex)[0]})?{_BEFORE_DAY}")


@cache
def _unlisted(lex: Lexicon) -> re.Pattern[str]:
    return _with_day(lex, rf"{_any_place(lex)}(?:[،,]| [–—-])\s?")


@cache
def _alone(lex: Lexicon) -> re.Pattern[str]:
    """A line of its own; groups: city, after, what may be one before the day or after it."""
    second = rf"(?:[/و] ?{_name(lex)})?"
    before, after = (rf"(?:{_place(lex)}|{_any_place(lex, group)}){second}" for group in ("city", "after"))
    day = _day()
    label = rf"(?:(?:{any_of(lex['day_labels'])})\s?:?\s?)?"
    time = r"(?:[\s،,–-]+(?:at |(?:نشر )?(?:على |في )?الساعة )?[\d٠-٩]{1,2}:[\d٠-٩]{2}(?: ?[ap]\.?m\.?| ?[صم])?)?"
    agency = rf"(?:\s(?:{any_of(lex['agencies'])}))?"
    line = rf"\W{{0,3}}(?:{label}{day}{time}(?:[،,]\s?{after})?|{before}{_BEFORE_DAY}{day}{agency})\W{{0,3}}"
    return re.compile(line, re.IGNORECASE if lex.language == "en" else 0)


@cache
def _day() -> str:
    """Return a pattern for a day, and the same day of another calendar after it."""
    month, weekday = _names("month", "hijri_month", latin=False), _names("weekday", latin=False)
    ordinal = _names("ordinal", latin=False)
    other = "[ء-ي]+(?: (?:ال)?(?:[أا]ول|ثاني))?"  # the other name of the month: /تشرين الأول
    arabic = (
        rf"(?:يوم )?(?:{weekday}(?:\s?[،,])? )?(?:الموافق )?(?:{_DIGITS}|{ordinal}) (?:من )?(?:شهر )?{month}"
        rf"(?:\s?[/–-]\s?{other}|\s?\({other}\))?(?:\s?،? (?:ل?عام |ل?سنة )?{_YEAR}(?:\s?(?:م|ه|هـ)(?!\w))?)?"
    )
    month, weekday = _names("month", "hijri_month", latin=True), _names("weekday", latin=True)
    count = rf"{_DIGITS}(?:st|nd|rd|th)?"
    english = rf"(?:{weekday},? )?(?:{count} {month}\.?|{month}\.? {count})(?:,? {_YEAR})?"
    numbers = rf"{_DIGITS} ?[/.-] ?{_DIGITS} ?[/.-] ?{_YEAR}"
    one = rf"(?:{arabic}|{english}|{numbers})"
    return rf"{one}(?:(?:،? الموافق (?:ل|لـ)?|\s?/\s?|\s?\(){one}\)?)?"


def _with_day(lex: Lexicon, opening: str) -> re.Pattern[str]:
    """Return the pattern of a dateline that begins with `opening` and says a day; groups as `_dated`."""
    latin = lex.language == "en"
    month, weekday = _names("month", "hijri_month", latin=latin), _names("weekday", latin=latin)
    count = rf"{_DIGITS}(?:st|nd|rd|th)?"
    named = rf"(?:{weekday}،?,? )?(?:{count}(?:,? {_YEAR}| (?:من )?{month})|{month} {count}\b)"
    later = rf"{named}|{_DIGITS}[/.]{_DIGITS}[/.]{_YEAR}"  # the end of a period: 29 October - 16 November
    quoted, agency = _agency(lex)
    end = rf"(?:\s?[:/]\s*|\s[-–—]+\s*|—\s*|[-–—]+\s+)(?=[\w«\"“])(?!{later})"
    by = rf"\s?(?:[-–—:/،,]\s?)?(?:{quoted}(?:\s?[-–—:،,/]+)?\s*|{agency}\s?[-–—:،,/]+\s*)"
    by = rf"(?:{by}|\s?\([^()\n]{{3,40}}\)\s?(?:--|—)\s*)"  # or another office: (وحدة الاتصال) --
    return re.compile(
        rf"{opening}\(?(?P<day>{_day()})\)?(?:(?P<end>{by}|{end})|(?= \w))",
        re.IGNORECASE if lex.language == "en" else 0,
    )


@cache
def _undated(lex: Lexicon) -> re.Pattern[str]:
    """Group: place, a city alone before what may be a name or a sentence."""
    city, place = any_of(lex["cities"]), _place(lex)
    quoted, agency = _agency(lex)
    byline = r"[^\W\d]+(?: [^\W\d]+){1,3}"
    return re.compile(
        rf"{place}\s?(?:[-–—:/،,]\s?{agency}|{quoted})\s?[-–—:،,/]*\s*"
        rf"|(?:{city})\s?[-–—:]\s?{byline}\s?:\s*(?=[^\n]{{80}})"
        rf"|(?-i:[A-Z][A-Z -]{{3,}}(?:, [A-Z][A-Z. -]+)?)(?::|\s[-–—]+)\s(?=(?-i:[A-Z]))"
        rf"|\(\s?(?:{any_of(lex['agencies'])})\s?\)\s?[-–—:]*\s*"
        rf"|(?P<place>(?:{city})(?::\s?|\s?[-–—]\s))(?=\w)",
        re.IGNORECASE if lex.language == "en" else 0,
    )


def _first_verb(text: str, start: int, lex: Lexicon) -> int:
    """Return where a verb stands in `text` right at `start` or after a name of two to four words there; else 0.

    Where a dateline has neither paper nor second colon (`دبي: حمدي سعد كشف …`), it ends where a verb begins. Arabic only,
    where sentences open with their verb; and `دبي - القاهرة …` is a line between cities.
    """
    if lex.language != "ar" or text.startswith(lex["cities"], start):
        return 0
    name = list(islice(_WORD.finditer(text, start, start + 120), 5))
    if name and name[0][0][0].isdigit():  # دبي - 15 شركة …
        return 0
    for count in (0, 2, 3, 4):
        if count < len(name) and text[start : name[count].start()].count(" ") == count and name[count][0] in _verbs(lex):
            return name[count].start()
    return 0


def _is_verb(text: str, at: int, lex: Lexicon) -> bool:
    word = _WORD.match(text, at)
    return lex.language == "ar" and word is not None and word[0] in _verbs(lex)


@cache
def _verbs(lex: Lexicon) -> frozenset[str]:
    return frozenset(verb for name in ("verbs", "speech", "acts") for verb in lex[name])
