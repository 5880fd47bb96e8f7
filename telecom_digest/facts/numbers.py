"""Figures with what they count: 5.3 million subscribers, 72% من العملاء, أكثر من 100 دولة."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from telecom_digest.arabic import NUNATION
from telecom_digest.facts import numbers_en, phrase
from telecom_digest.facts.context import within
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_phrases, exact_words
from telecom_digest.memo import remembered

_INNER = re.compile(r"[.,،٫٬] ?| \.")  # between the parts of one figure: 3.5, 130،000, and swapped 5 .28
_PERCENT = frozenset(["بالمئه", "بالمائه", "بالميه"])  # and so with في
_DEFINITE = ("ال", "وال", "بال", "لل")  # as written: not 7 آليات
_LISTS = (
    "scales",
    "currencies",
    "number_words",
    "counters",
    "teen_units",
    "own_article",
    "ordinals",
    "year_links",
)
_GROUP = 3  # digits between the signs of a long number
_SHARE = re.compile(r"\s*[%٪]")


class Figure(NamedTuple):
    """A figure: its words, the last exclusive, its span, and cues of what it is."""

    first: int
    last: int
    span: Span
    sort: tuple[str, ...]


def figures(reading: Reading, taken: list[Span]) -> list[Figure]:
    """Return the figures of a text in order, but those in the spans `taken` (dates)."""
    lists = {name: exact_words(reading.language, (name,)) for name in _LISTS}
    about = {last: first for first, last, _ in exact_phrases(reading.language, ("approximations",)).find(reading.words)}
    stops = _stops(reading.language)
    english = reading.language == "en"
    found: list[Figure] = []
    seen: set[tuple[str, ...]] = set()
    after = 0
    for i in reading.where(_begins(reading.language)):
        start = reading.spans[i][0]
        blocked = i < after or within((start, start + 1), taken)
        if blocked or (english and not numbers_en.counts(reading, i)):
            continue
        cut, word = _bare(reading.words[i])
        start += cut
        written = word in lists["number_words"] or word in lists["teen_units"]
        if not english and _is_none(reading, i, word, lists):
            continue
        last, sort = _extent(reading, i, word, lists, stops)
        money = numbers_en.money_at(reading, i) if english else None
        if money is not None:
            start, sort = money, (*sort, "money")
        said = (word, *reading.words[i + 1 : last])
        if sort and said not in seen:  # in a heading and again in the text
            seen.add(said)
            first = about.get(reading.word_at(start), i)
            end = reading.spans[last - 1][1]
            share = _SHARE.match(reading.text, end)
            start = reading.spans[first][0] if first < i else start
            found.append(Figure(first, last, (start, share.end() if share else end), (*sort, *_written(written))))
        after = last
    return found


@cache
def _stops(language: str) -> frozenset[str]:
    return phrase.limits(language).stops | exact_words(language, ("number_stops",))


@cache
def _begins(language: str) -> Callable[[str], bool]:
    """Return whether a figure may begin with a word, as a function of the word."""
    written = exact_words(language, ("number_words", "teen_units"))

    @remembered
    def begins(word: str) -> bool:
        bare = _bare(word)[1]
        return bare[:1].isdecimal() or bare in written

    return begins


def _bare(word: str) -> tuple[int, str]:
    """Return a word without the و that joins it to what is before (42 مدينة و18 طريقا), and how many letters that is."""
    return (1, word[1:]) if word[:1] == "و" and len(word) > 1 and not word.startswith("واحد") else (0, word)


def _is_none(reading: Reading, i: int, word: str, lists: dict[str, frozenset[str]]) -> bool:
    """What counts nothing: one without a ten (أحد المسؤولين), the ten of an ordinal (الثانية عشرة, الاثني عشر), a year."""
    if word in lists["teen_units"]:
        following = reading.words[i + 1] if i + 1 < len(reading.words) else ""
        return following not in phrase.TEEN and not (following[:1] == "و" and following[1:] in lists["number_words"])
    before = reading.words[i - 1] if i and not _parts(reading.gaps[i]) else ""
    if phrase.YEAR.fullmatch(word) and before in lists["year_links"]:  # القرار رقم 7 لسنة 2021
        return True
    return word in phrase.TEEN and phrase.bare(before)[1].removeprefix("ال") in lists["ordinals"]


def _written(written: bool) -> tuple[str, ...]:
    return ("words",) if written else ()


def _extent(
    reading: Reading, i: int, word: str, lists: dict[str, frozenset[str]], stops: frozenset[str]
) -> tuple[int, tuple[str, ...]]:
    """Return the index after a figure with its noun, and what it is; nothing where it counts nothing.

    Args:
        word: the figure's first, without what is attached to it.
    """
    words, english = reading.words, reading.language == "en"
    sort: tuple[str, ...] = () if word.isdigit() else ("glued",)  # 15مليون
    j = i + 1
    if not english and j < len(words) and words[j] in phrase.TEEN and not _parts(reading.gaps[j]):
        j += 1  # خمسة عشر وزيرا
    while j < len(words) and not _SHARE.match(reading.gaps[j]):
        gap, word = reading.gaps[j], words[j]
        if not (word.isdigit() and _goes_on(words[j - 1], gap, word)) and not (english and numbers_en.compound(reading, j)):
            if _parts(gap):
                return j, sort
            if word in lists["currencies"]:
                return j + 1, (*sort, "money")
            if word in lists["scales"]:
                sort = (*sort, "scale")
            elif not _is_added(word, lists):
                break
        j += 1
    if _SHARE.match(reading.gaps[j]):
        return _shared(reading, j, lists, stops), (*sort, "share")
    if english:
        last, what = numbers_en.counted_end(reading, j, stops)
        counted: tuple[str, ...] = (what,) if what else ()
    else:
        last, counted = _counted(reading, j, lists, stops)
    return last, (*sort, *counted)


def _counted(
    reading: Reading, j: int, lists: dict[str, frozenset[str]], stops: frozenset[str]
) -> tuple[int, tuple[str, ...]]:
    """Return (index after what an Arabic figure that ends before word `j` counts, what it is)."""
    words = reading.words
    shared = _share_end(words, j)
    if shared > j:
        return _shared(reading, shared, lists, stops), ("share",)
    if j >= len(words) or words[j] in stops or _bare(words[j])[1][:1].isdigit():
        return j, ()
    noun = reading.written(j)
    if noun.startswith(_DEFINITE) and NUNATION not in noun and words[j] not in lists["own_article"]:
        return j, ()  # لجنة الدراسات 12 المعنية: what is counted has no article
    return _noun(reading, j, stops, 2), ("noun",)


def _goes_on(before: str, gap: str, word: str) -> bool:
    """A figure goes on after a sign between digits, or after a space between thousands: 318 000."""
    before = _bare(before)[1]
    grouped = gap in (" ", "\u00a0") and len(word) == _GROUP and before.isdigit() and len(before) <= _GROUP
    return grouped or _INNER.fullmatch(gap) is not None


def _is_added(word: str, lists: dict[str, frozenset[str]]) -> bool:
    """A number goes on after و, 17 مليوناً و500 ألف, 14 و18 مشاركا; a year is another."""
    rest = word[1:] if word[:1] == "و" else ""
    return rest in lists["number_words"] or (rest.isdigit() and phrase.YEAR.fullmatch(rest) is None)


def _parts(gap: str) -> bool:
    """A sign, or the end of a line: a figure in a heading counts nothing of the text under it."""
    return bool(gap.strip()) or "\n" in gap


def _share_end(words: Sequence[str], j: int) -> int:
    """Return the index after a share in words that begins at word `j`, or `j`: في المائة, بالمئة."""
    if j < len(words) and words[j] in _PERCENT:
        return j + 1
    return j + 2 if j + 1 < len(words) and words[j] == "في" and f"ب{words[j + 1]}" in _PERCENT else j


def _shared(reading: Reading, j: int, lists: dict[str, frozenset[str]], stops: frozenset[str]) -> int:
    """Return the index after a share and what it is of (15% من العملاء): its sign or words stand before word `j`."""
    sign = _SHARE.match(reading.gaps[j])
    gap = reading.gaps[j][sign.end() :] if sign else reading.gaps[j]
    if j >= len(reading.words) or _parts(gap) or reading.words[j] not in lists["counters"]:
        return j
    return _noun(reading, j + 1, stops, 3)


def _noun(reading: Reading, j: int, stops: frozenset[str], most: int) -> int:
    """Return the index after at most `most` words of a noun phrase that begins at word `j`."""
    k = j
    while k < len(reading.words) and k - j < most:
        if (k > j and _parts(reading.gaps[k])) or reading.words[k] in stops or reading.words[k].isdigit():
            break
        if k > j and (reading.words[k][:1] == "و" or _is_verb(reading.words[k])):
            break
        k += 1
    return max(k, j)


@remembered
def _is_verb(word: str) -> bool:
    """What says something of the figure, and is no adjective: 2900 مندوب يمثلون. By its first letters."""
    if len(word) > 3 and word.endswith(("وا", "ها")):  # 87 ألف عميل نقلوا, 12 بلداً شملتها
        return True
    return len(word) > 3 and word.startswith(("ي", "تت", "تست")) and word not in exact_words("ar", ("no_verbs",))
