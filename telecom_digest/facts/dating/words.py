"""The words of dates as they stand in a text: `atoms`, of which periods.py reads days, months, years and periods.

data/dates.yaml lists them. Everything else in the text is only what stands between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from telecom_digest import arabic, resources
from telecom_digest.facts.reading import Reading
from telecom_digest.language import WORD
from telecom_digest.memo import remembered

_RUNS = re.compile(r"\d+|\D+")
_PART = re.compile(r"(?:([1-4])q|([12])h)([123]\d)")  # 3Q21, 1H20
_YEAR = re.compile(r"(?:19|20)\d\d")
_GLUED_YEAR = re.compile(r"[^\W\d_]{3,}(?:19|20)\d\d|(?:19|20)\d\d[ء-ي]{2,}")  # جيتكس2013, 2011في
_PREFIXES = ("وبال", "وال", "بال", "ال", "ول", "وب", "لل", "و", "ف", "ب", "ل", "ك")  # of a number, long ones first
_ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th"])
_LONGEST = 9  # digits: a longer number is no part of a date, and Python refuses to read very long ones


class Atom(NamedTuple):
    """A word or number that a date can be made of.

    Attributes:
        kind: as in data/dates.yaml, or "number".
        value: what it says: the number, of a month 1 to 12, of a weekday 1 (Monday) to 7.
        begin: its offset in the display text, with what is written together with it.
        start, end: its span without prefixes.
        joined: "and" is written together with it.
        latin: in Latin letters.
        doubtful: it may as well be another word.
        digits: of a number, how many; negative where letters follow that make it an ordinal.
        prefix: what else is written together with a number.
    """

    kind: str
    value: int
    begin: int
    start: int
    end: int
    joined: bool = False
    latin: bool = False
    doubtful: bool = False
    digits: int = 0
    prefix: str = ""


_Table = dict[str, list[tuple[list[str], str, int, bool]]]


def _folded(phrase: str) -> str:
    return arabic.fold(phrase).lower()


@cache
def _content() -> Mapping[str, Any]:
    return resources.yaml("dates.yaml", "telecom-digest/dates/1")


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words of data/dates.yaml, as `Reading.words` has them."""
    return frozenset(_folded("\n".join(_content()[name])).split("\n"))


@cache
def _table() -> _Table:
    """Return, by first word, (further words, kind, value, doubtful) of each phrase, the longest first."""
    doubtful = listed("doubtful")
    table: _Table = {}
    for kind, values in _content()["words"].items():
        for value, phrases in values.items():
            for phrase in _folded("\n".join(phrases)).split("\n"):
                first, *rest = WORD.findall(phrase)
                table.setdefault(first, []).append((rest, kind, int(value), phrase in doubtful))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def atoms(reading: Reading) -> list[Atom]:
    """Return the atoms of a text in order. A number and a word written without a space between are two."""
    found: list[Atom] = []
    after = 0
    for index in reading.where(_is_of_dates):
        if index >= after:
            word = reading.words[index]
            core = _core(word)
            after = _add(found, reading, index, core, _skipped(word, core)) if core else _split(found, reading, index, word)
    return found


@remembered
def _is_of_dates(word: str) -> bool:
    return _core(word) is not None


@remembered
def _core(word: str) -> str | None:
    """Return a word of dates without its prefix; "" of a word that has digits, None of any other."""
    table = _table()
    if word in table:
        return word
    if not word.isalpha():
        return ""
    if word[0] in "وبلفك" and len(word) > 2:
        return next((core for core in _without_prefix(word) if core in table), None)
    return None


def _skipped(word: str, core: str) -> int:
    """Return how many letters of a word stand before its core, of a fused article (للعام) both."""
    return len(word) - len(core) if word.endswith(core) else word.index("لل") + 2


def _without_prefix(word: str) -> list[str]:
    """Return what is left of an Arabic word when a prefix is cut off; the article is put back where it fused (للعام)."""
    cores = [word[1:]]
    if word[0] in "وف" and word[1] in "بلك":
        cores.append(word[2:])
    if word.startswith(("لل", "ولل")):
        cores.append("ال" + word[word.index("لل") + 2 :])
    return cores


def _add(found: list[Atom], reading: Reading, index: int, core: str, skip: int) -> int:
    """Add the longest phrase that begins with `core`: of the word at `index` what follows its `skip` first letters.

    Returns:
        the index of the word after it.
    """
    word = reading.words[index]
    begin, end = reading.spans[index]
    cut = skip + len(core) < len(word)  # more is written together with it: no phrase goes on from here
    for rest, kind, value, doubtful in _table()[core]:
        stop = index + 1 + len(rest)
        if not rest or (not cut and reading.words[index + 1 : stop] == rest and _together(reading, index + 1, stop)):
            fused = bool(rest) and word[:skip].endswith("لل")  # للسنة المالية: without it the article is gone
            start = _after_letters(reading.text, begin, skip) if skip and not fused else begin
            last = reading.spans[stop - 1][1] if rest else end
            last = _after_letters(reading.text, start, len(core)) if cut else last
            glued = not word[:skip].isalpha() and skip > 0  # to a number
            joined = skip > 0 and word[skip - 1 if glued else 0] == "و"  # 18وحتى, but not و6أكتوبر
            unsure = doubtful or (skip > 0 and word[0] in "فك")
            whole = start - joined if glued else begin
            found.append(Atom(kind, value, whole, start, last, joined, core.isascii(), unsure))
            return stop
    return index + 1


def _together(reading: Reading, start: int, stop: int) -> bool:
    """Return whether no more than space and hyphens stands before each of these words."""
    return all(not gap.strip(" \n'’-") for gap in reading.gaps[start:stop])


def _after_letters(text: str, start: int, count: int) -> int:
    """Return the offset after `count` letters from `start`, the marks before the next one passed over too."""
    if not arabic.MARKS.search(text, start, start + count + 1):
        return start + count
    while count or arabic.MARKS.match(text, start):
        count -= not arabic.MARKS.match(text, start)
        start += 1
    return start


def _split(found: list[Atom], reading: Reading, index: int, word: str) -> int:
    """Add the numbers of a word that has digits, and the words written together with them.

    Returns:
        the index of the word after it.
    """
    prefix, seen, after = "", 0, index + 1
    begin, end = reading.spans[index]
    if word.isdecimal() and len(word) <= _LONGEST and end - begin == len(word):  # most are numbers, no more
        found.append(Atom("number", int(word), begin, begin, end, digits=len(word)))
        return after
    part = _PART.fullmatch(word)
    if part and end - begin == len(word):
        number, year = part[1] or part[2], part[3]
        at = end - len(year)
        found.append(Atom("quarter" if "q" in word else "half", int(number), begin, begin, at, latin=True))
        found.append(Atom("number", 2000 + int(year), at, at, end, digits=4))
        return after
    runs = _RUNS.findall(word)
    for number, run in enumerate(runs):
        begin, _ = reading.spans[index]
        start, end = (_after_letters(reading.text, begin, count) for count in (seen, seen + len(run)))
        if run[0].isdecimal() and len(run) <= _LONGEST:
            ordinal = number + 1 < len(runs) and runs[number + 1] in _ORDINAL_ENDS
            digits = -len(run) if ordinal else len(run)
            begin = begin if prefix else start
            found.append(Atom("number", int(run), begin, start, end, prefix.startswith("و"), False, False, digits, prefix))
            prefix = ""
        elif number == 0 and run in _PREFIXES:
            prefix = run
        elif run in _ORDINAL_ENDS and number > 0 and found:
            found[-1] = found[-1]._replace(end=end)
        elif core := _core(run) if number == 0 or run[0] == "و" else run * (run in _table()):
            after = _add(found, reading, index, core, seen + _skipped(run, core))
        elif not (_GLUED_YEAR.fullmatch(word) or (number + 1 == len(runs) and _YEAR.fullmatch(runs[number - 1]))):
            found.append(Atom("other", 0, start, start, end))  # parts what stands on either side
        seen += len(run)
    return after
