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
    sort: list[str] = []
    j = i + 1
    if not reading.words[i].isdigit():
        sort.append("glued")  # 15مليون
    while j < len(reading.words):
        gap, word = reading.gaps[j], reading.words[j]
        if _SHARE.match(gap):
            sort.append("share")
            rest = gap[_SHARE.match(gap).end() :]  # type: ignore[union-attr] # it matched
            if rest.strip() or word not in lists["counters"]:
                return j, tuple(sort)
            return _noun(reading, j + 1, stops, 3), tuple(sort)
        if word.isdigit() and _INNER.fullmatch(gap):
            j += 1
            continue
        if gap.strip():
            return j, tuple(sort)
        if word in lists["scales"] or (word[:1] == "و" and (word[1:].isdigit() or word[1:] in lists["number_words"])):
            sort.append("scale")
            j += 1
        elif word in lists["currencies"]:
            return j + 1, (*sort, "money")
        else:
            break
    if j >= len(reading.words) or reading.words[j] in stops or reading.words[j].isdigit():
        if _SHARE.match(reading.gaps[j] if j < len(reading.gaps) else ""):
            return j, (*sort, "share")
        return j, tuple(sort)
    return _noun(reading, j, stops, 2), (*sort, "noun")


def _noun(reading: Reading, j: int, stops: frozenset[str], most: int) -> int:
    """Return the index after at most `most` words of a noun phrase that begins at word `j`."""
    k = j
    while k < len(reading.words) and k - j < most:
        if (k > j and reading.gaps[k].strip()) or reading.words[k] in stops or reading.words[k].isdigit():
            break
        if k > j and reading.words[k][:1] == "و":
            break
        k += 1
    return max(k, j)
