"""Where a name that begins at a word ends: noun phrases without a parser.

An Arabic name is a chain: nouns without article, then nouns and adjectives with it (الهيئة العامة لتنظيم الاتصالات, هيئة كهرباء
ومياه دبي). It ends before a sign, a verb, a particle, or a word without article after one that has it. An English name is a
run of capitals joined by small words (Union for the Mediterranean).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from telecom_digest.facts.reading import Reading
from telecom_digest.language import exact_words

_OPENS = re.compile(r"(?:\s+\"|\s*[«“(\[]\s*\"?)\s*")  # a straight mark opens where space is before it
_CLOSES = re.compile(r"[\"»”)\]]")
_QUOTED = 9  # words: a longer quotation is speech, not part of a name
_YEAR = re.compile(r"(?:19|20)\d\d")
_DEFINITE = ("ال", "لل", "وال", "ولل")
_PREPOSED = ("بال", "فال", "كال")
_LOOSE = 1
_BARE = 3  # words without article in a row that a brand has at most


@dataclass(frozen=True, slots=True)
class Limits:
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


def bare(word: str) -> tuple[int, str, bool]:
    """Return (letters cut off, the word without them, whether it has the article) of an Arabic word as `Tokens.exact` has it.

    Only the article is certain: whether a first و, ب or ل belongs to the word is for the caller to try.
    """
    if word.startswith("لل") and len(word) > 4:
        return 2, word[2:], True
    cut = 1 if word[:1] in "وفبلك" and word[1:3] == "ال" and len(word) > 5 else 0
    if word[cut : cut + 2] == "ال" and len(word) - cut > 4:
        return cut + 2, word[cut + 2 :], True
    return 0, word, False


def end_of_name(
    reading: Reading, first: int, *, most: int, through: bool = False, brand: bool = False, body: bool = False
) -> int:
    """Return the index after the last word of the Arabic name that begins at word `first`.

    Args:
        most: words it may have.
        through: it may go on through a preposition, as names of events do.
        brand: what follows the first word may be a brand, words without article.
        body: it names a body, and ends with a name in quotes, a place, a role or a word of purpose.
    """
    words, limit = reading.words, limits(reading.language)
    ends = limit.ends if body else frozenset[str]()
    definite = bare(words[first])[2]
    loose = _LOOSE if brand else 0  # words without article that may still come after one that has it
    bare_words = 0
    closed = False  # right after a quotation
    j = first + 1
    while j < len(words) and j - first < most:
        gap = reading.gaps[j].strip()
        if closed and gap:
            gap = gap[1:].strip()
        closed = False
        if gap:
            closing = _quoted(reading, j)
            if closing is None:
                break
            if body:
                return closing
            j, definite, loose, closed = closing, True, 0, True
            continue
        word = words[j]
        if word in limit.stops:
            if not (through and word in limit.through and j + 1 < len(words) and not reading.gaps[j + 1].strip()):
                break
            following = words[j + 1]
            if following in limit.stops or following.isdigit() or j + 2 - first >= most:
                break
            j, definite, loose = j + 2, bare(following)[2], 1
            continue
        if word.isdigit():
            if not _YEAR.fullmatch(word):
                break
            return j + 1
        if word.startswith(_PREPOSED) or (word[:1] == "و" and bare(word[1:])[1] in limit.heads):
            break
        if body and (word in ends or _ends_body(reading, first, j, brand=brand and not definite)):
            break
        has_article = word.startswith(_DEFINITE) or word.isascii()
        if definite and not has_article and not _goes_on(reading, j):
            if loose == 0 and not _joined_place(word):
                break
            loose -= 1
        bare_words = 0 if has_article else bare_words + 1
        if brand and bare_words > _BARE:
            break
        definite = has_article or (definite and not _goes_on(reading, j))
        j += 1
    return j


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
    """After a word with the article another chain begins at `j`: with ل (لمديري أمن المعلومات), or a و and its own genitive."""
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
