"""What stands round a release and is no part of it: datelines, agency marks, lines that invite to read or share.

Each function has the form of a step of telecom_digest.clean: a text and its word lists in, spans to remove out. Patterns
are made of the lists when a text first needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from telecom_digest import resources
from telecom_digest.language import Lexicon

_PARAGRAPH = re.compile(r"(?:\A|\n)(?=\S)")
_WORD = re.compile(r"\w+")
_CITY_REACH = 24  # code points: the longest name of a city in the lists and a little more


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for one of `phrases`, tried in order; for none, one that never matches."""
    return "|".join(map(re.escape, phrases)) or r"(?!)"


def _longest_first(phrases: tuple[str, ...]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


@cache
def _months() -> str:
    """Return a pattern for the names of months, Arabic ones with any alef."""
    names = resources.yaml("dates.yaml", "telecom-digest/dates/1")["words"]["month"].values()
    pattern = _any_of(_longest_first(tuple(name for forms in names for name in forms)))
    return re.sub("[أإآا]", "[أإآا]", pattern)


@cache
def _dateline(lex: Lexicon) -> re.Pattern[str]:
    """`دبي - "الخليج":`, `القاهرة: محمد علي:`, `جنيف، 3 أكتوبر 2017 –`, `GENEVA, 3 October 2017 (Reuters) –`.

    They stand where a paragraph opens; what they say of the day is still asked for the day of publication.
    """
    city = _any_of(_longest_first(lex["cities"]))
    agency_name = f"(?:{_any_of(_longest_first(lex['agencies']))})"
    quoted = rf"[«\"“'(\[]\s?{agency_name}\s?[»\"”')\]]"
    agency = rf"(?:{quoted}|{agency_name}(?=\s?[-–—:،,/]))"
    byline = r"[^\W\d]+(?: [^\W\d]+){1,3}"
    month = rf"(?:{_months()})"
    arabic = rf"[\d٠-٩]{{1,2}} (?:شهر )?{month}(?:\s?/\s?{month})?(?: عام)?(?:،? [\d٠-٩]{{4}}م?)?"
    english = rf"(?:\d{{1,2}} {month}|{month}\.? \d{{1,2}})(?:,? \d{{4}})?"
    day = rf"(?:في )?(?:(?:يوم )?ال[ء-ي]+،? )?{arabic}|{english}"
    place = rf"(?:{city})(?:, [A-Z][A-Za-z ]+?|، [ء-ي]+(?: [ء-ي]+){{0,3}}?)?"
    return re.compile(
        rf"{place}(?:[،,]? (?:{day}))?\s?(?:[-–—:/،,]\s?{agency}|{quoted})\s?[-–—:،,/]*\s*"
        rf"|(?:{city})\s?[-–—:]\s?{byline}\s?:\s*(?=[^\n]{{80}})"
        rf"|{place}(?:\s?[،,;–—-])? (?:{day})\s?[-–—:]+\s*(?=\w)"
        rf"|(?-i:[A-Z][A-Z -]{{3,}}(?:, [A-Z][A-Z. -]+)?)(?::|\s[-–—]+)\s(?=(?-i:[A-Z]))"
        rf"|\(\s?{agency_name}\s?\)\s?[-–—:]*\s*"
        rf"|(?P<place>(?:{city})(?::\s?|\s?[-–—]\s))(?=\w)",
        re.IGNORECASE if lex.language == "en" else 0,
    )


def datelines(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Where a dateline has neither paper nor second colon (`دبي: حمدي سعد كشف …`), it ends where a verb begins."""
    for match in _PARAGRAPH.finditer(text):
        opening = text[match.end() : match.end() + _CITY_REACH].casefold()
        found = _dateline(lex).match(text, match.end()) if opening.startswith(_cities(lex)) else None
        if not found:
            continue
        end = found.end() if found["place"] is None else _first_verb(text, found.end(), lex)
        if match.end() < end < len(text):
            yield match.end(), end, ""


def _first_verb(text: str, start: int, lex: Lexicon) -> int:
    """Return where a verb stands in `text` right at `start` or after a name of two to four words there; else 0.

    Arabic only, where sentences open with their verb; and `دبي - القاهرة …` is a line between cities.
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


@cache
def _cities(lex: Lexicon) -> tuple[str, ...]:
    """What a dateline opens with: most texts do not, and never pay for its pattern."""
    return ("(", *(city.casefold() for city in lex["cities"]))


@cache
def _verbs(lex: Lexicon) -> frozenset[str]:
    return frozenset(verb for name in ("verbs", "speech", "acts") for verb in lex[name])


@cache
def _agency_mark(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(rf" ?\(\s?(?:{_any_of(lex['agencies'])})\s?\)(?=\s*(?:\n|\Z|\.\s*(?:\n|\Z)))")


def agency_marks(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """`(وام)` where a paragraph ends."""
    for match in _agency_mark(lex).finditer(text):
        if match.start() > 0:
            yield *match.span(), ""


@cache
def _share_line(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?m)^\W{{0,3}}(?:{_any_of(lex['share'])})\b.{{0,90}}(?:\n|\Z)", re.IGNORECASE)


def share_lines(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A short line of its own that invites to read, share or print; never the whole text."""
    for match in _share_line(lex).finditer(text):
        if match[0].strip() != text.strip():
            yield *match.span(), ""
