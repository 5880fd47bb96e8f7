"""Candidates for the event in English: noun phrases whose last word before a preposition is what it is (auction, forum)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading
from telecom_digest.facts.topic import Phrase, phrase_at
from telecom_digest.language import exact_words, lexicon

_LONGEST = 12  # words
_BEFORE = 4  # words before the head that are not written with capitals
_TITLE_WITHIN = 6  # words between a title in quotes and what it is of
_OPENS = re.compile(r".*[\"“«‘]\Z", re.DOTALL)
_CLOSES = re.compile(r"[,.]?[\"”»’]")
_INSIDE = " -'’"


class _Lists(NamedTuple):
    common: frozenset[str]
    joining: frozenset[str]
    roles: frozenset[str]
    through: frozenset[str]
    stops: frozenset[str]


@cache
def _lists() -> _Lists:
    """Return what joins the words of a name, the prepositions that names go on through, and what they end before."""
    common, joining, roles, through = (
        exact_words("en", (name,)) for name in ("common_heads", "joining_small", "roles", "phrase_through")
    )
    verbs = {said for name in ("announcing", "hosting", "saying") for said in lexicon("en")[name] if " " not in said}
    return _Lists(common, joining, roles, through, (phrase.limits("en").stops | verbs) - joining)


def english(reading: Reading, within: int, heads: Mapping[str, str]) -> Iterator[Phrase]:
    """Yield the noun phrases around each first word of an event, and titles in quotes beside one.

    Args:
        within: words that are looked at.
        heads: what an event is, each with its kind.
    """
    for i, word in enumerate(reading.words[:within]):
        if word not in heads or (i + 1 < within and _compound(reading, i, heads)) or not _stands(reading, i):
            continue
        first = _start(reading, i)
        ends = _ends(reading, first, i)
        for last, extent in ends.items():
            if last - first > 1 or reading.capital(first):  # a session, the report: no name of anything
                yield phrase_at(reading, first, last, f"{heads[word]}:{extent}")
        yield from _titles(reading, i, heads[word])


def _stands(reading: Reading, i: int) -> bool:
    """A role is an event in a heading alone (New President for ...), and a day only in a name (ICT Day)."""
    heading = reading.sentences[0].heading and reading.sentence_of(reading.spans[i][0]) == 0
    word, lists = reading.words[i], _lists()
    return (heading or word not in lists.roles) and (reading.capital(i) or word not in lists.common)


def _compound(reading: Reading, i: int, heads: Mapping[str, str]) -> bool:
    """The phrase is of another head: the service platform, a workshop and drill."""
    words = reading.words
    after = words[i + 1] in heads and not reading.gaps[i + 1].strip(_INSIDE)
    before = i > 1 and words[i - 1] == "and" and words[i - 2] in heads and not reading.capital(i)
    return after or before


def _start(reading: Reading, head: int) -> int:
    """Return where the noun phrase of a head begins: after its article, a verb or a sign."""
    words, lists, first = reading.words, _lists(), head
    name = reading.capital(head)
    while first > 0 and head - first < _LONGEST and not _parted(reading, first):
        before = words[first - 1]
        capital = reading.capital(first - 1)
        if before in lists.joining or before in lists.through:
            inner = name and first > 1 and reading.capital(first - 2) and not _parted(reading, first - 1)
            if not inner or before == "the":
                break
        elif before in lists.stops or not (capital or (not name and head - first < _BEFORE)):
            break
        first -= 1
    return first


def _parted(reading: Reading, i: int) -> bool:
    """A sign stands before word `i`: the point in a figure and the hyphen in a word are none."""
    gap = reading.gaps[i]
    inner = gap in (".", ",") and i > 0 and reading.words[i - 1].isdigit() and reading.words[i].isdigit()
    return ("\n" in gap or bool(gap.strip(_INSIDE))) and not inner


def _ends(reading: Reading, first: int, head: int) -> dict[int, str]:
    """Return the indices after the words where a noun phrase may end, each with the extent it makes."""
    short = _named_end(reading, head)
    further = _further(reading, first, short)
    ends = {_with_year(reading, further): "plain"}
    ends.setdefault(_with_year(reading, _further(reading, first, short, once=True)), "once")
    ends.setdefault(_with_year(reading, short), "short")
    return ends


def _with_year(reading: Reading, last: int) -> int:
    years = last < len(reading.words) and phrase.YEAR.fullmatch(reading.words[last]) and not _parted(reading, last)
    return last + 1 if years else last


def _named_end(reading: Reading, head: int) -> int:
    """Return the index after a head and the capitals of its name."""
    last = head + 1
    while last < len(reading.words) and reading.capital(head) and reading.capital(last) and not _parted(reading, last):
        last += 1
    return last


def _further(reading: Reading, first: int, last: int, *, once: bool = False) -> int:
    """Return the index after what follows with prepositions: of the Council, on Rural Connectivity, for AFAR-1."""
    words, lists, through = reading.words, _lists(), False
    while last + 1 < len(words) and last - first < _LONGEST and not _parted(reading, last):
        if words[last] not in lists.joining and (through or words[last] not in lists.through):
            break
        through = through or words[last] in lists.through  # one only: a network to villages | in the south
        j = last + 1
        while j < len(words) and words[j] in lists.joining and not _parted(reading, j):
            j += 1
        k = j
        name = j < len(words) and reading.capital(j)
        while k < len(words) and k - first < _LONGEST and not _parted(reading, k) and words[k] not in lists.stops:
            if words[k] in lists.joining or words[k] in lists.through or (k > j and name and not _follows(reading, k)):
                break
            name = name and reading.gaps[k] not in ("'", "’")  # Egypt's telecom regulator
            k += 1
        if k == j:
            break
        last = k
        if once:
            break
    return last


def _follows(reading: Reading, k: int) -> bool:
    """Word `k` goes on with a name that is written with capitals."""
    return reading.capital(k) or reading.words[k].isdigit() or reading.gaps[k] in ("'", "’")


def _titles(reading: Reading, head: int, kind: str) -> Iterator[Phrase]:
    """Yield the title in quotes that stands near a head: "Digital Trends 2022", a report; the report "Digital Trends"."""
    words, gaps = reading.words, reading.gaps
    for first in range(max(1, head - _LONGEST - _TITLE_WITHIN), min(head + _TITLE_WITHIN, len(words))):
        if not (_OPENS.fullmatch(gaps[first]) and reading.capital(first)):
            continue
        last = next((k for k in range(first + 1, min(first + _LONGEST, len(words)) + 1) if _CLOSES.match(gaps[k])), None)
        close = last is not None and (first <= head or head - last <= _TITLE_WITHIN) and not first <= head < last
        if last is not None and close and last - first > 1 and not any("." in gaps[k] for k in range(first + 1, last)):
            yield phrase_at(reading, first, last, f"{kind}:plain")
