"""The words of a text, and the ways in which those that the model doubts could be written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.repair.features import Codes, Integers, code, hash_of
from telecom_digest.repair.lexicon import stem, without_and
from telecom_digest.repair.network import load

DOUBTFUL = log(0.02)
"""Relative log probability from which a second choice is thought of."""
_MOST_DOUBTS = 5  # letters of a word that are doubted at once
_SHORTEST = 3  # letters of a word that is longer than those whose ه is their own
_TA, _HA = bytes([code("ة")]), bytes([code("ه")])


class Words(NamedTuple):
    """The words of a text: the `first` and `last` code of each, the probability that all its letters are right, whether
    any is new; and of each code, the class chosen by the heads "before", "letter" and "after", 0 for none."""

    first: Integers
    last: Integers
    sure: NDArray[np.float64]
    changed: NDArray[np.bool_]
    chosen: dict[str, Integers]


Choice = tuple[tuple[str, int], ...]
"""The second choices that are taken for a word: (head, code)."""


class Candidate(NamedTuple):
    """A way to write a word: its log probability relative to the model's first choice, and its hash, that of its stem and
    that of the form by which it is known."""

    odds: float
    choice: Choice
    form: int
    stem: int
    known: int


def _plain(word: bytes) -> bytes:
    """Return a word without the و before it, and with the ة that many write as ه at its end."""
    word = without_and(word)
    return word[:-1] + _TA if word.endswith(_HA) and len(word) > _SHORTEST else word


class Thoughts(NamedTuple):
    """What was chosen at each code and, for each head, the second choice and its log probability relative to the first."""

    codes: Codes
    chosen: dict[str, Integers]
    second: dict[str, Integers]
    doubt: dict[str, NDArray[np.float64]]

    def of(self, start: int, last: int, *, more: bool) -> Iterator[Candidate]:
        """Yield what was chosen for a word, and if there is more all ways to write it that are not much less probable."""
        for odds, choice in self._choices(start, last) if more else [(0.0, ())]:
            word = self.written(start, last, choice)
            yield Candidate(odds, choice, hash_of(word), hash_of(stem(word)), hash_of(_plain(word)))

    def _choices(self, start: int, last: int) -> Iterator[tuple[float, Choice]]:
        doubts = [
            (float(self.doubt[head][k]), (head, k))
            for k in range(start, last + 1)
            for head in self.doubt
            if self.doubt[head][k] > DOUBTFUL
        ]
        doubts = sorted(doubts, reverse=True)[:_MOST_DOUBTS]
        for taken in product((False, True), repeat=len(doubts)):
            some = [doubt for doubt, take in zip(doubts, taken, strict=True) if take]
            odds = sum(odds for odds, _ in some)
            if odds > DOUBTFUL:
                yield odds, tuple(choice for _, choice in some)

    def written(self, start: int, last: int, second: Choice) -> bytes:
        """Return the codes of a word with some second choices."""
        runs = load().classes
        letters: list[int] = []
        for k in range(start, last + 1):
            before, letter, after = (
                runs[head][(self.second if (head, k) in second else self.chosen)[head][k]]
                for head in ("before", "letter", "after")
            )
            letters += [*map(code, before), code(letter) if letter else int(self.codes[k]), *map(code, after)]
        return bytes(letters)
