"""Figures with what they count: 5.3 million subscribers, 72% من العملاء, أكثر من 100 دولة."""

from __future__ import annotations

import re
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_phrases, exact_words

_DIGITS = re.compile(r"\d+")
_INNER = re.compile(r"[.,،٫٬] ?| \.")  # between the parts of one figure: 3.5, 130،000, and swapped 5 .28
_SHARE = re.compile(r"\s*[%٪]")


class Figure(NamedTuple):
    """A figure: its words, the last exclusive, its span, and cues of what it is."""

    first: int
    last: int
    span: Span
    sort: tuple[str, ...]


def figures(reading: Reading, taken: list[Span]) -> list[Figure]:
    """Return the figures of a text in order, but those in the spans `taken` (dates)."""
    lists = {
        name: exact_words(reading.language, (name,))
        for name in ("scales", "currencies", "number_words", "number_stops", "counters")
    }
    about = {last: first for first, last, _ in exact_phrases(reading.language, ("approximations",)).find(reading.words)}
    stops = phrase.limits(reading.language).stops | lists["number_stops"]
    found: list[Figure] = []
    i = 0
    blocked = iter([*taken, (len(reading.text) + 1, len(reading.text) + 2)])
    block = next(blocked)
    while i < len(reading.words):
        start = reading.spans[i][0]
        while block[1] <= start:
            block = next(blocked)
        word = reading.words[i]
        digits = _DIGITS.match(word)
        written = word in lists["number_words"]
        if block[0] <= start < block[1] or not (digits or written):
            i += 1
            continue
        last, sort = _extent(reading, i, lists, stops)
        if sort:
            first = about.get(i, i)
            end = reading.spans[last - 1][1]
            share = _SHARE.match(reading.text, end)
            found.append(
                Figure(first, last, (reading.spans[first][0], share.end() if share else end), (*sort, *_written(written)))
            )
        i = last
    return found


def _written(written: bool) -> tuple[str, ...]:
    return ("words",) if written else ()


def _extent(
    reading: Reading, i: int, lists: dict[str, frozenset[str]], stops: frozenset[str]
) -> tuple[int, tuple[str, ...]]:
    """Return the index after a figure with its noun, and what it is; nothing where it counts nothing."""
    words = reading.words
    sort: tuple[str, ...] = () if words[i].isdigit() else ("glued",)  # 15مليون
    j = i + 1
    while j < len(words) and not _SHARE.match(reading.gaps[j]):
        gap, word = reading.gaps[j], words[j]
        if not (word.isdigit() and _INNER.fullmatch(gap)):
            if _parts(gap):
                return j, sort
            if word in lists["currencies"]:
                return j + 1, (*sort, "money")
            if not _scales(word, lists):
                break
            sort = (*sort, "scale")
        j += 1
    if _SHARE.match(reading.gaps[j]):
        return _shared(reading, j, lists, stops), (*sort, "share")
    if j >= len(words) or words[j] in stops or words[j].isdigit():
        return j, sort
    return _noun(reading, j, stops, 2), (*sort, "noun")


def _scales(word: str, lists: dict[str, frozenset[str]]) -> bool:
    """Million, or what is added: 17 مليوناً و500 ألف."""
    added = word[:1] == "و" and (word[1:].isdigit() or word[1:] in lists["number_words"])
    return word in lists["scales"] or added


def _parts(gap: str) -> bool:
    """A sign, or the end of a line: a figure in a heading counts nothing of the text under it."""
    return bool(gap.strip()) or "\n" in gap


def _shared(reading: Reading, j: int, lists: dict[str, frozenset[str]], stops: frozenset[str]) -> int:
    """Return the index after a share and what it is of (15% من العملاء): its sign stands before word `j`."""
    sign = _SHARE.match(reading.gaps[j])
    if (
        not sign
        or j >= len(reading.words)
        or _parts(reading.gaps[j][sign.end() :])
        or reading.words[j] not in lists["counters"]
    ):
        return j
    return _noun(reading, j + 1, stops, 3)


def _noun(reading: Reading, j: int, stops: frozenset[str], most: int) -> int:
    """Return the index after at most `most` words of a noun phrase that begins at word `j`."""
    k = j
    while k < len(reading.words) and k - j < most:
        if (k > j and _parts(reading.gaps[k])) or reading.words[k] in stops or reading.words[k].isdigit():
            break
        if k > j and reading.words[k][:1] == "و":
            break
        k += 1
    return max(k, j)
