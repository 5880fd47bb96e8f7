"""A person as the readers find one, and the word lists that they go by."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

_BESIDES = frozenset(["بين", "علق"])  # verbs of speech that are other words as well


class Found(NamedTuple):
    """A person: where the name stands, and the role, or None; index of the name's first word."""

    name: Span
    role: Span | None
    first: int


class Lists(NamedTuple):
    """Words by what they are to a name: before it, in it, beside it, or never part of it."""

    titles: frozenset[str]
    saying: frozenset[str]
    given: frozenset[str]
    parts: frozenset[str]
    roles: frozenset[str]
    never: frozenset[str]
    stops: frozenset[str]


@cache
def lists_of(language: str) -> Lists:
    """Return the word lists of a language."""
    limit = phrase.limits(language)
    titles, saying, given, parts, roles, never = (
        exact_words(language, (name,))
        for name in ("titles_before", "saying", "given_names", "name_parts", "roles", "no_names")
    )
    saying |= exact_words(language, ("speaking",))
    return Lists(titles, saying, given, parts, roles, never | limit.heads, limit.stops - given)


@remembered
def says(word: str) -> bool:
    """A verb that a person follows in Arabic, with or without "and"."""
    saying = lists_of("ar").saying
    return word in saying or word.removeprefix("و") in saying


@remembered
def tells(word: str) -> bool:
    """As `says`, a verb of speech alone."""
    telling = exact_words("ar", ("speech", "assertions", "reports")) - _BESIDES
    return word in telling or word.removeprefix("و") in telling


def closed(reading: Reading, j: int, last: int) -> int:
    """Return where a role ends, with the quotation mark or parenthesis that it opened."""
    end = reading.spans[last - 1][1]
    inside = reading.text[reading.spans[j][0] : end]
    for opens, closes in (("«", "»"), ("(", ")"), ("“", "”")):
        if inside.count(opens) > inside.count(closes) and reading.text[end : end + 1] == closes:
            return end + 1
    if inside.count('"') % 2 and reading.text[end : end + 1] == '"':
        return end + 1
    return end
