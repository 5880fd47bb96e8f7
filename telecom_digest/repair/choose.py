"""Choosing the letters of each word from the model's probabilities and the forms that words are known to have.

Letter by letter the model is seldom wrong but may contradict itself within a word. Where what it prefers is no known form,
the most probable known form among its second thoughts is taken, if there is one: decoding constrained by a lexicon. The
lexicon is a Bloom filter (Bloom 1970): all that is asked of it is whether it has a form.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.condition import REPLACED
from telecom_digest.repair.features import LETTER, SIZE, Codes, Integers, code, hash_of
from telecom_digest.repair.network import Floats, load

_MOST_DOUBTS = 5  # letters of a word that are doubted at once
_UNKNOWN = 0.05  # how probable it is that a word has an unknown form, against a known one
_DOUBTFUL = log(_UNKNOWN)  # relative log probability of a second choice that is worth a thought


class Words(NamedTuple):
    """The words of a text: the `first` and `last` code of each, the probability that all its letters are right, whether
    any is new; and of each code, the class chosen by the heads "before", "letter" and "after", 0 for none."""

    first: Integers
    last: Integers
    sure: NDArray[np.float64]
    changed: NDArray[np.bool_]
    chosen: dict[str, Integers]


def _replacing() -> NDArray[np.bool_]:
    """Return [code, class]: whether a letter can have been folded from the letter of a class of the head "letter"."""
    table = np.zeros((SIZE, 1 + len(FRAGILE)), bool)
    for i, letter in enumerate(FRAGILE):
        if letter in REPLACED:
            table[code(REPLACED[letter]), 1 + i] = True
    return table


_REPLACING = _replacing()


def choose(codes: Codes, answers: dict[str, Floats], deleted: str, replaced: str) -> Words:
    """Choose for every code what is most probable among the letters that were lost.

    Args:
        deleted, replaced: of FRAGILE, those that may be gone, and those that may be written as others.
    """
    letter = LETTER[codes]
    opens = letter & ~np.append(False, letter[:-1])
    first, last = np.flatnonzero(opens), np.flatnonzero(letter & ~np.append(letter[1:], False))
    every = np.arange(len(codes))
    logs = np.zeros(len(codes) + 1)
    some = np.zeros(len(codes) + 1, np.int64)
    chosen, second, doubt = {}, {}, {}
    for head, where, lost in (("before", opens, deleted), ("letter", letter, replaced), ("after", letter, deleted)):
        allowed = where[:, None] & np.array([set(run) <= set(lost) for run in load().classes[head]])
        if head == "letter":
            allowed &= _REPLACING[codes]
        allowed[:, 0] = True
        part = np.where(allowed, answers[head], 0)
        part /= part.sum(1, keepdims=True)
        best = chosen[head] = part.argmax(1)
        top = part[every, best]
        part[every, best] = 0
        other = second[head] = part.argmax(1)
        doubt[head] = np.log(np.maximum(part[every, other], 1e-12) / top)
        logs[:-1] += np.log(top)
        some[:-1] += best > 0
    spans = np.stack([first, last + 1], 1).ravel()
    sure, changed = np.exp(np.add.reduceat(logs, spans)[::2]), np.add.reduceat(some, spans)[::2] > 0
    words = _Doubts(Words(first, last, sure, changed, chosen), codes, second, doubt)
    doubtful = np.append(np.logical_or.reduce([some > _DOUBTFUL for some in doubt.values()]), False)
    for i in np.flatnonzero(np.logical_or.reduceat(doubtful, spans)[::2]).tolist():
        words.settle(i)
    return words.words


class _Doubts(NamedTuple):
    """Words, and for each head the second choice at each code and its log probability relative to the first."""

    words: Words
    codes: Codes
    second: dict[str, Integers]
    doubt: dict[str, NDArray[np.float64]]

    def settle(self, i: int) -> None:
        """Take for word i, where what was chosen is no known form, the most probable one that is."""
        if self._known(i):
            return
        found = [(exp(odds), choice) for odds, choice in self._thoughts(i) if self._known(i, choice)]
        best, choice = max(found, key=lambda one: one[0], default=(0.0, ()))
        if best <= _UNKNOWN:
            return
        for head, k in choice:
            self.words.chosen[head][k] = self.second[head][k]
        self.words.sure[i] = best / (_UNKNOWN + sum(odds for odds, _ in found))
        span = slice(self.words.first[i], self.words.last[i] + 1)
        self.words.changed[i] = any((chosen[span] > 0).any() for chosen in self.words.chosen.values())

    def _thoughts(self, i: int) -> Iterator[tuple[float, tuple[tuple[str, int], ...]]]:
        """Yield sets of second choices for word i, as (head, code), with their relative log probability."""
        doubts = [
            (float(self.doubt[head][k]), (head, k))
            for k in range(self.words.first[i], self.words.last[i] + 1)
            for head in self.doubt
            if self.doubt[head][k] > _DOUBTFUL
        ]
        doubts = sorted(doubts, reverse=True)[:_MOST_DOUBTS]
        for taken in product((False, True), repeat=len(doubts)):
            some = [doubt for doubt, take in zip(doubts, taken, strict=True) if take]
            if some:
                yield sum(odds for odds, _ in some), tuple(choice for _, choice in some)

    def _known(self, i: int, second: tuple[tuple[str, int], ...] = ()) -> bool:
        """Return whether word i, with some second choices, is a known form."""
        runs = load().classes
        letters: list[int] = []
        for k in range(self.words.first[i], self.words.last[i] + 1):
            before, letter, after = (
                runs[head][(self.second if (head, k) in second else self.words.chosen)[head][k]]
                for head in ("before", "letter", "after")
            )
            letters += [*map(code, before), code(letter) if letter else int(self.codes[k]), *map(code, after)]
        return load().knows(hash_of(letters))
