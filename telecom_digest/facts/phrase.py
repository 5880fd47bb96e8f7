"""Where a name that begins at a word ends: noun phrases without a parser.

An Arabic name is a chain: nouns without article, then nouns and adjectives with it (الهيئة العامة لتنظيم الاتصالات,
هيئة كهرباء ومياه دبي). It ends before a sign, a verb, a particle, or a word without article after one that has it. An
English name is a run of capitals joined by small words (Union for the Mediterranean).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from telecom_digest.facts.reading import Reading
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

_OPENS = re.compile(r"(?:\s+\"|\s*[«“(\[]\s*\"?)\s*")  # a straight mark opens where space is before it
_CLOSES = re.compile(r"[\"»”)\]]")
_QUOTED = 9  # words: a longer quotation is speech, not part of a name
YEAR = re.compile(r"(?:19|20)\d\d")
_STROKES = ("-", "–", "/")
_DEFINITE = ("ال", "لل", "وال", "ولل")
_PREPOSED = ("بال", "فال", "كال")
TEEN = frozenset(["عشر", "عشره"])
_LOOSE = 1
_BARE = 3  # words without article in a row that a brand has at most


class Limits(NamedTuple):
    """What a phrase does not go on past, and what it may go on through, in one language."""

    stops: frozenset[str]
    through: frozenset[str]
    heads: frozenset[str]
    """First words of other names: of bodies."""
    ends: frozenset[str]
    """What names of bodies do not go on past, besides: roles, words of purpose."""


@cache
def limits(language: str) -> Limits:
    """Return the words that end a phrase: particles, verbs, words of time."""
    verbs = exact_words(language, ("verbs", "speech", "past", "assertions", "reports", "saying"))
    stops = exact_words(language, ("phrase_stops", "breaks", "stop", "relatives")) | verbs
    ends = exact_words(language, ("body_stops", "roles", "titles_before")) - body_heads(language)
    through = exact_words(language, ("phrase_through",))
    return Limits(stops | {f"و{verb}" for verb in verbs}, through, body_heads(language), ends)


@cache
def body_heads(language: str) -> frozenset[str]:
    """Return what names of bodies begin with, without article."""
    return exact_words(language, ("body_heads",))


@remembered
def bare(word: str) -> tuple[int, str, bool]:
    """Return (letters cut off, the word without them, whether it has the article) of an Arabic word of `Reading.words`.

    Only the article is certain: whether a first و, ب or ل belongs to the word is for the caller to try.
    """
    if word.startswith("لل") and len(word) > 4:
        return 2, word[2:], True
    cut = 1 if word[:1] in "وفبلك" and word[1:3] == "ال" and len(word) > 5 else 0
    if word[cut : cut + 2] == "ال" and len(word) - cut > 4:
        return cut + 2, word[cut + 2 :], True
    return 0, word, False


def end_of_name(reading: Reading, first: int, *, most: int) -> int:
    """Return the index after the last word of the Arabic name that begins at word `first`.

    Args:
        most: words it may have.
    """
    return _Walk(reading, first, most, _NAME).end()


def ends_of_event(reading: Reading, first: int, *, most: int) -> tuple[int, int]:
    """As `end_of_name`, and where the name ends if it goes on through prepositions, as names of events do."""
    walk = _Walk(reading, first, most, _EVENT)
    further = walk.end()
    return walk.plain or further, further


def end_of_body(reading: Reading, first: int, *, most: int, brand: bool) -> int:
    """As `end_of_name`, of a body: it ends with a name in quotes, a place, a role or a word of purpose.

    Args:
        brand: what follows the first word may be a brand, words without article.
    """
    return _Walk(reading, first, most, _BRAND if brand else _BODY).end()


class _Manner(NamedTuple):
    """What is read: a name that may go on through prepositions, one of a body, one that may have a brand in it."""

    through: bool = False
    body: bool = False
    brand: bool = False


_NAME, _EVENT, _BODY, _BRAND = _Manner(), _Manner(through=True), _Manner(body=True), _Manner(body=True, brand=True)


def after_year(reading: Reading, j: int) -> int:
    """Return the index after the year at word `j`, and after a second one that a stroke joins to it: 2027-2031."""
    joined = j + 1 < len(reading.words) and reading.gaps[j + 1].strip() in _STROKES and reading.gaps[j + 1].strip()
    return j + 2 if joined and YEAR.fullmatch(reading.words[j + 1]) else j + 1


class _Walk:
    """A name read word by word from its first one.

    Attributes:
        most: the word before which it ends at the latest.
        plain: where it would have ended but for the first preposition, or 0.
        definite: the word before has the article, or is of a chain that has.
        loose: words without article that may still come after one that has it.
        bare: words without article in a row.
    """

    __slots__ = ("bare", "body", "brand", "definite", "first", "limit", "loose", "most", "plain", "reading", "through")

    def __init__(self, reading: Reading, first: int, most: int, manner: _Manner) -> None:
        self.reading, self.first, self.most = reading, first, min(first + most, len(reading.words))
        self.through, self.body, self.brand = manner
        self.limit = limits(reading.language)
        self.definite = bare(reading.words[first])[2]
        self.loose = _LOOSE if self.brand else 0
        self.plain = self.bare = 0

    def end(self) -> int:
        """Return the index after the last word."""
        words, gaps, stops = self.reading.words, self.reading.gaps, self.limit.stops
        closed = False  # right after a quotation
        j = self.first + 1
        while j < self.most:
            gap = gaps[j].strip(" \u00a0")  # a line end is a sign: a heading has no stop
            if closed and gap:
                gap = gap[1:].strip()
            closed = False
            if gap:
                closing = _quoted(self.reading, j)
                if closing is None or self.body:
                    return closing or j
                j, self.definite, self.loose, closed = closing, True, 0, True
            elif words[j] in stops:
                if not self._passes(j):
                    return j
                self.plain = self.plain or j
                j, self.definite, self.loose = j + 2, bare(words[j + 1])[2], 1
            elif words[j].isdigit():
                if words[j - 1] != "ال":  # الدورة ال 47
                    return after_year(self.reading, j) if YEAR.fullmatch(words[j]) else j
                self.definite = True
                j += 1
            elif self._ends(j) or not self._takes(j):
                return j
            else:
                j += 1
        return j

    def _passes(self, j: int) -> bool:
        """The name goes on through the preposition at `j`."""
        words = self.reading.words
        if not (self.through and words[j] in self.limit.through and j + 1 < len(words)):
            return False
        after = words[j + 1]
        open_ = not self.reading.gaps[j + 1].strip() and j + 2 <= self.most
        return open_ and after not in self.limit.stops and not after.isdigit()

    def _ends(self, j: int) -> bool:
        """Word `j` begins something else."""
        word = self.reading.words[j]
        if _begins_other(word):
            return True
        if not self.body:
            return False
        return word in self.limit.ends or _ends_body(self.reading, self.first, j, brand=self.brand and not self.definite)

    def _takes(self, j: int) -> bool:
        """Word `j` fits the chain, with or without article; note what may follow it."""
        word = self.reading.words[j]
        if self.definite and word in TEEN:  # الدورة الحادية عشرة
            return True
        has_article = _has_article(word)
        goes_on = self.definite and not has_article and _goes_on(self.reading, j)
        if self.definite and not has_article and not goes_on:
            if self.loose == 0 and not _joined_place(word):
                return False
            self.loose -= 1
        self.bare = 0 if has_article else self.bare + 1
        if self.brand and self.bare > _BARE:
            return False
        self.definite = has_article or (self.definite and not goes_on)
        return True


@remembered
def _begins_other(word: str) -> bool:
    """A preposition and the article, or "and" and what another name of a body begins with."""
    return word.startswith(_PREPOSED) or (word[:1] == "و" and bare(word[1:])[1] in body_heads("ar"))


@remembered
def _has_article(word: str) -> bool:
    """A word has the article, or is Latin, which counts as if it had."""
    return word.startswith(_DEFINITE) or word.isascii()


def _ends_body(reading: Reading, first: int, j: int, *, brand: bool) -> bool:
    """Word `j` is no part of the name of a body: after a place that closes it, or with a suffix, or a second brand."""
    word, before = reading.words[j], reading.words[j - 1]
    if word.startswith("لال"):  # ل «الخليج», its marks lost
        return True
    if len(word) > 5 and word.endswith(("ها", "هم")):
        return True
    if j - first > 1 and before in places() and not word.startswith("ال"):
        return True
    if word[:1] == "و" and len(word) > 3:
        core = word[1:]
        if core in limits(reading.language).ends or core in exact_words(reading.language, ("given_names",)):
            return True
        return brand and not core.startswith("ال")
    return False


def _goes_on(reading: Reading, j: int) -> bool:
    """After a word with the article another chain begins at `j`: with ل (لمديري أمن المعلومات), or و and a genitive."""
    word = reading.words[j]
    if word[:1] == "ل" and len(word) > 4:
        return True
    following = reading.words[j + 1] if j + 1 < len(reading.words) and not reading.gaps[j + 1].strip() else ""
    return word[:1] == "و" and len(word) > 3 and following.startswith("ال")


def _joined_place(word: str) -> bool:
    """`هيئة كهرباء ومياه دبي`, `وزارة الاتصالات السودان`: a place may close a name."""
    return word in places()


@cache
def places() -> frozenset[str]:
    """Return the first words of places that close names of bodies."""
    return exact_words("ar", ("cities", "closing_places"))


def _quoted(reading: Reading, j: int) -> int | None:
    """Return the index after the quotation or parenthesis that opens right before word `j`, if it is short."""
    if not _OPENS.fullmatch(reading.gaps[j]):
        return None
    for k in range(j + 1, min(j + _QUOTED, len(reading.words)) + 1):
        if _CLOSES.search(reading.gaps[k]):
            return k
        if "\n" in reading.gaps[k] or "." in reading.gaps[k]:
            return None
    return None
