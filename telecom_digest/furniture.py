"""What stands round a release and is no part of it: agency marks, lines that invite to read or share; see dateline.py.

Each function has the form of a step of telecom_digest.clean: a text and its word lists in, spans to remove out. Patterns
are made of the lists when a text first needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from telecom_digest.language import Lexicon


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for one of `phrases`, the longest first; for none, one that never matches."""
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or r"(?!)"


@cache
def _agency_mark(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(rf" ?\(\s?(?:{any_of(lex['agencies'])})\s?\)(?=\s*(?:\n|\Z|\.\s*(?:\n|\Z)))")


def agency_marks(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """`(وام)` where a paragraph ends."""
    for match in _agency_mark(lex).finditer(text):
        if match.start() > 0:
            yield *match.span(), ""


@cache
def _share_line(lex: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?m)^\W{{0,3}}(?:{any_of(lex['share'])})\b.{{0,90}}(?:\n|\Z)", re.IGNORECASE)


def share_lines(text: str, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A short line of its own that invites to read, share or print; never the whole text."""
    for match in _share_line(lex).finditer(text):
        if match[0].strip() != text.strip():
            yield *match.span(), ""
