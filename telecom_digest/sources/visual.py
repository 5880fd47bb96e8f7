"""From letters as they stand on paper, left to right, to the order in which they are read.

The inverse of the Unicode Bidirectional Algorithm (UAX #9) for one line without embeddings. Letters of Arabic go right to
left; numbers and runs with Latin letters in them go left to right; a number's separators (W4) belong to it, while other
signs between two numbers go with the line: the range 2027-2031 of an Arabic line has 2031 on its left. Which way a
bracket looks is told from the spaces around it, since PDF writers store sometimes its shape and sometimes its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from telecom_digest.sources.printed import words

_ARABIC = re.compile(r"[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"D(?:S?D)*")
_NOT_ARABIC = re.compile(r"[LD](?:[^R]*[LD])?")
_ARABIC_STRETCH = re.compile(r"R(?:[^L]*R)?")
_RIGHT = re.compile(r"\b(?:[وبفك]?ال|لل)[ء-ي]{3}|[ء-ي]{2}[ةى]\b")
_WRONG = re.compile(r"\b[ةى][ء-ي]{2}|[ء-ي]{3}(?:لا[وبفك]?|لل)\b")
_FIGURE = re.compile(r"[\d.,]+")
_SEPARATORS = ".,:/\u066b\u066c\u060c\xa0"  # common separators (CS), which one at a time stand inside a number
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}
_CLOSING = {closing: opening for opening, closing in _BRACKETS.items()}
_BRACKET = re.compile(r"[()\[\]{}«»‹›]")
_PAUSES = ' \n.,;:!?،؛؟…-–—"”“'


def is_arabic(text: str) -> bool:
    """Tell whether there is a letter in `text` that is written from right to left."""
    return _ARABIC.search(text) is not None


def is_backwards(text: str) -> bool:
    """Tell whether the words of an Arabic line run from left to right on paper, as programs without bidi print them.

    Words then begin with the letters that only end one, and end with the article.
    """
    right, wrong = len(_RIGHT.findall(text)), len(_WRONG.findall(text))
    return wrong >= 3 and wrong > 4 * right


def logical(cells: Sequence[str], *, rtl: bool) -> str:
    """Return the text of a line.

    Args:
        cells: what stands at each place, left to right: a letter with its marks, a ligature, a space.
        rtl: the line belongs to a text that is written from right to left.
    """
    kinds = "".join(map(_kind, cells))
    if not rtl:
        return _left_to_right(cells, kinds)
    ordered: list[str] = []
    end = len(cells)
    for start, stop in reversed(_runs(kinds, cells, 0, end)):
        ordered += reversed(cells[stop:end])
        ordered += cells[start:stop]
        end = start
    ordered += reversed(cells[:end])
    return "".join(ordered)


def _left_to_right(cells: Sequence[str], kinds: str) -> str:
    """Return a line of Latin script: its stretches of Arabic are turned round."""
    parts, end = [], 0
    for match in _ARABIC_STRETCH.finditer(kinds):
        parts += [*cells[end : match.start()], logical(cells[match.start() : match.end()], rtl=True)]
        end = match.end()
    return "".join([*parts, *cells[end:]])


def _runs(kinds: str, cells: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Return the runs of a stretch of a right-to-left line that are read from left to right, left to right."""
    runs: list[tuple[int, int]] = []
    for match in _NOT_ARABIC.finditer(kinds, first, last):
        start, end = match.span()
        if "L" in match[0]:
            runs += _latin(kinds, cells, start, end)
        else:
            runs += (number.span() for number in _NUMBER.finditer(kinds, start, end))
    return runs


def _latin(kinds: str, cells: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of a stretch with Latin letters: it all, or what its unpaired brackets part.

    `(ITU) 2027` on paper is 2027 and then ITU, because one bracket is within and the other without the stretch.
    """
    brackets = [i for i in range(start, end) if _BRACKET.fullmatch(cells[i])]
    if len(brackets) % 2:
        edges = [start, *brackets, end]
        return [run for left, right in pairwise(edges) for run in _runs(kinds, cells, left, right)]
    # "100 Mbps" and "Mbps 100" look the same between Arabic words: the first is what is written
    word, space, figure = "".join(cells[start:end]).partition(" ")
    if space and word.casefold() in words("units") and _FIGURE.fullmatch(figure):
        gap = kinds.index("N", start)
        return [(start, gap), (gap + 1, end)]
    return [(start, end)]


def _kind(cell: str) -> str:
    """R: written from right to left, L: from left to right, D: a digit, S: a separator in numbers, N: anything else."""
    if is_arabic(cell):
        return "R"
    first = cell[:1]
    if first.isdecimal():
        return "D"
    if first.isalpha():
        return "L"
    return "S" if first in _SEPARATORS and first else "N"


def turned(text: str) -> str:
    """Return right-to-left `text` with each bracket opening or closing as the spaces around it say."""

    def turn(match: re.Match[str]) -> str:
        sign, at = match[0], match.start()
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        opens, closes = before in _PAUSES or before in _BRACKET_SIGNS, after in _PAUSES or after in _BRACKET_SIGNS
        if opens and (not closes or after in _BRACKET_SIGNS) and after != " ":
            return _CLOSING.get(sign, sign)
        if closes and before != " ":
            return _BRACKETS.get(sign, sign)
        return sign

    return _BRACKET.sub(turn, text)


_BRACKET_SIGNS = "".join(_BRACKETS) + "".join(_CLOSING)
