"""Figures in English: what stands before them (EGP, $) and the noun that they count."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from telecom_digest.facts.reading import Reading
from telecom_digest.language import english_key, exact_words, lexicon

_MOST = 4  # words in which the plural noun that a figure counts must come
_FEWER = 2  # words taken as what it counts where neither a plural nor anything else ends it
_SIGNS = ("$", "€", "£")
_TIMES = "x"
_GENERATIONS = frozenset(f"{n}g" for n in range(1, 8))
_INSIDE = " -'’\u00a0"  # signs inside a noun phrase


class _Lists(NamedTuple):
    abbreviations: frozenset[str]
    counters: frozenset[str]
    currencies: frozenset[str]
    numbers: frozenset[str]
    scales: frozenset[str]
    stops: frozenset[str]


@cache
def _lists() -> _Lists:
    names = ("abbreviations", "counters", "currencies", "number_words", "scales", "number_stops")
    return _Lists(*(exact_words("en", (name,)) for name in names))


@cache
def _units() -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """Return the units, and how a share is written out: percent, per cent."""
    said = [tuple(unit.split()) for unit in lexicon("en")["units"]]
    return frozenset(unit[0] for unit in said if len(unit) == 1), frozenset(u for u in said if u[0].startswith("per"))


def counts(reading: Reading, i: int) -> bool:
    """The figure at word `i` is not part of a name or of another word: AFAR-1, three-day, No. 10, No. 51 of 2021, 5G."""
    words = reading.words
    if words[i] in _GENERATIONS or (i > 1 and words[i - 1] == "of" and words[i - 2].isdigit()):
        return False
    before, after = reading.gaps[i], reading.gaps[i + 1]
    if i and before in ("-", "‑") and reading.words[i - 1].isalpha() and reading.words[i - 1] not in _lists().numbers:
        return False
    if i and before.startswith(".") and reading.words[i - 1] in _lists().abbreviations:
        return False
    following = reading.words[i + 1] if i + 1 < len(reading.words) else ""
    return after not in ("-", "‑") or following.isdigit() or following in _lists().numbers


def compound(reading: Reading, j: int) -> bool:
    """Word `j` goes on with a number in words, seventy-two, or is of a product, 2 x 15 MHz."""
    words = reading.words
    following = words[j + 1] if j + 1 < len(words) else ""
    if (words[j] == _TIMES and following.isdigit()) or (words[j - 1] == _TIMES and words[j].isdigit()):
        return True
    return reading.gaps[j] == "-" and words[j] in _lists().numbers and words[j - 1] in _lists().numbers


def money_at(reading: Reading, i: int) -> int | None:
    """Return where the currency before the figure at word `i` begins: EGP 27 million, US$ 4, $40; None without one."""
    gap = reading.gaps[i]
    if gap.rstrip().endswith(_SIGNS):
        sign = reading.spans[i][0] - len(gap) + len(gap.rstrip()) - 1
        glued = i > 0 and reading.spans[i - 1][1] == sign and reading.words[i - 1] in _lists().currencies
        return reading.spans[i - 1][0] if glued else sign
    if i and gap in (" ", "\u00a0") and reading.words[i - 1] in _lists().currencies:
        return reading.spans[i - 1][0]
    return None


def counted_end(reading: Reading, j: int, stops: frozenset[str]) -> tuple[int, str]:
    """Return (index after what the figure that ends before word `j` counts, what it is: "share", "noun" or "").

    A noun phrase ends with its first plural noun (317 unlicensed signal repeaters); units stand alone (200 MHz).
    """
    words = reading.words
    units, shares = _units()
    share = next((len(one) for one in shares if tuple(words[j : j + len(one)]) == one), 0)
    if share:
        return _of(reading, j + share, stops), "share"
    if j < len(words) and words[j] in units and words[j] not in _lists().scales and not _ends(reading, j, stops):
        return j + 1, "noun"
    last = _phrase_end(reading, j, stops)
    return last, "noun" if last > j else ""


def _of(reading: Reading, j: int, stops: frozenset[str]) -> int:
    """Return the index after what a share is of (20 per cent of its voice traffic), `j` where that is not said."""
    if j + 1 >= len(reading.words) or reading.words[j] not in _lists().counters or reading.gaps[j].strip(_INSIDE):
        return j
    first = j + 2 if reading.words[j + 1] in stops and j + 2 < len(reading.words) else j + 1  # of the, of all
    last = _phrase_end(reading, first, stops)
    return last if last > first else j


def _phrase_end(reading: Reading, j: int, stops: frozenset[str]) -> int:
    k = j
    while k < len(reading.words) and k - j < _MOST and not _ends(reading, k, stops):
        k += 1
        if english_key(reading.words[k - 1]) != reading.words[k - 1]:
            return k
    return k if k - j < _MOST else min(k, j + _FEWER)


def _ends(reading: Reading, k: int, stops: frozenset[str]) -> bool:
    gap, word = reading.gaps[k], reading.words[k]
    return bool(gap.strip(_INSIDE)) or "\n" in gap or word in stops or word[0].isdigit()
