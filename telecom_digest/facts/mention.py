"""A place where the name of a body stands, and how it is compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

_BRAND_WORDS = 2  # words that a first word such as شركة may have besides a brand for them to be one name: شركة دو
_CLITICS = frozenset("وفبلك")
_CLOSING = frozenset('»"”')
_OPENS = re.compile(r"[«\"“]")


class Mention(NamedTuple):
    """One place where a name stands.

    Attributes:
        first, last: its words, the last exclusive.
        span: of the display text, attached letters left out where that can be.
        clean: no letters are attached that could not be left out, and it is a name, not a first word standing for one.
        key: what it is compared by.
        entry: id in the glossary, or "".
        head: what its first word is among the heads of names, or "known" (by the glossary), "brand", "quoted".
        noun: the first word of names that it begins with, "" for a brand.
        alias: the key of the name in quotes or parentheses that it ends with, or "".
    """

    first: int
    last: int
    span: Span
    clean: bool
    key: str
    entry: str
    head: str
    noun: str
    alias: str = ""


def mention_at(reading: Reading, words_at: tuple[int, int], head: str, cut: int = 0, noun: str = "") -> Mention:
    """Return the mention at words_at[0]:words_at[1], without `cut` letters of its first word, with the signs it opens."""
    first, last = words_at
    word = reading.words[first]
    start, end = reading.spans[first][0] + cut, reading.spans[last - 1][1]
    inside = reading.text[start:end]
    after = reading.text[end : end + 1]
    if (after in _CLOSING and _OPENS.search(inside)) or (after == ")" and "(" in inside):
        end += 1
    core = word[cut:]
    words = reading.words[first + 1 : last]
    if 0 < len(words) <= _BRAND_WORDS and noun in exact_words(reading.language, ("brand_heads",)):
        core, *words = words  # شركة دو is دو
    key = " ".join([phrase.bare(core)[1] if words else core, *words])
    return Mention(first, last, (start, end), not core.startswith("لل"), key, "", head, noun)


class Opening(NamedTuple):
    """What a word may be the first of: letters attached, the first word of names, with the article or not."""

    cut: int
    head: str
    definite: bool


@cache
def first_words(language: str) -> Callable[[str], Opening | None]:
    """Return a function of a word: what word of the lists a name may begin with it, or None."""
    heads = phrase.body_heads(language)

    @remembered
    def opening(word: str) -> Opening | None:
        for cut in (0, 1, 2):
            if cut and word[cut - 1 : cut] not in _CLITICS:
                break
            for article in ("", "ال", "لل"):
                if word.startswith(article, cut) and word[cut + len(article) :] in heads:
                    return Opening(cut, word[cut + len(article) :], bool(article))
        return None

    return opening
