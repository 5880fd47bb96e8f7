"""Choosing the letters of each word from the model's probabilities and what is known of words from counting.

Letter by letter the model is seldom wrong but may contradict itself within a word, and a small network cannot remember
which words stand together. So a word it is not sure of has several candidates, and those of words that stand side by side
are chosen together (Viterbi 1967): what the model says, less for a form that is not known, more for two forms known to
stand together (Church and Hanks 1990, "Word association norms, mutual information, and lexicography").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.condition import REPLACED
from telecom_digest.repair.features import LETTER, SIZE, SPACE, Codes, Integers, code, hash_of
from telecom_digest.repair.lexicon import pair, stem
from telecom_digest.repair.network import Floats, load

_MOST_DOUBTS = 5  # letters of a word that are doubted at once
_DOUBTFUL = log(0.02)  # relative log probability of a second thought
_UNKNOWN = log(0.05)  # what is added to that of a form that is not known
_TOGETHER = 0.8  # share of the mutual information of two words that is added to that of both


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
    words = Words(first, last, sure, changed, chosen)
    doubtful = np.append(np.logical_or.reduce([some > _DOUBTFUL for some in doubt.values()]), False)
    doubted = np.logical_or.reduceat(doubtful, spans)[::2]
    if doubted.any():
        _settle(words, _Thoughts(codes, chosen, second, doubt), doubted)
    return words


Scores = NDArray[np.float64]
Choice = tuple[tuple[str, int], ...]
"""The second choices that are taken for a word: (head, code)."""


class _Candidate(NamedTuple):
    """A way to write a word: its log probability relative to the model's first choice, its hash and that of its stem."""

    odds: float
    choice: Choice
    form: int
    stem: int


def _settle(words: Words, thoughts: _Thoughts, doubted: NDArray[np.bool_]) -> None:
    """Choose the letters of the doubted words together, and say how sure each is among its neighbours."""
    near = doubted.copy()
    near[1:] |= doubted[:-1]
    near[:-1] |= doubted[1:]
    some = np.flatnonzero(near)
    spans = list(zip(words.first[some].tolist(), words.last[some].tolist(), strict=True))
    asked = doubted[some].tolist()
    candidates = [list(thoughts.of(*span, more=more)) for span, more in zip(spans, asked, strict=True)]
    gaps = words.first[some[1:]] - words.last[some[:-1]]
    own, links = _scores(candidates, (gaps == 2) & (thoughts.codes[words.first[some[1:]] - 1] == SPACE))
    path = _best(own, links)
    for i in np.flatnonzero(asked).tolist():
        score = own[i].copy()
        if i:
            score += links[i - 1][path[i - 1]]
        if i + 1 < len(own):
            score += links[i][:, path[i + 1]]
        words.sure[some[i]] = 1 / np.exp(score - score[path[i]]).sum()
        for head, k in candidates[i][path[i]].choice:
            words.chosen[head][k] = thoughts.second[head][k]
        span = slice(spans[i][0], spans[i][1] + 1)
        words.changed[some[i]] = any((chosen[span] > 0).any() for chosen in words.chosen.values())


def _best(own: Sequence[Scores], links: Sequence[Scores]) -> list[int]:
    """Return the candidate of each word on the way of the greatest sum (Viterbi)."""
    best, ways = own[0], []
    for score, link in zip(own[1:], links, strict=True):
        through = best[:, None] + link
        ways.append(through.argmax(0))
        best = through.max(0) + score
    path = [int(best.argmax())]
    for way in reversed(ways):
        path.append(int(way[path[-1]]))
    return path[::-1]


def _scores(candidates: Sequence[Sequence[_Candidate]], beside: NDArray[np.bool_]) -> tuple[list[Scores], list[Scores]]:
    """Return the log odds of each word's candidates [n], and what is added for one and one of the next word's [n, m].

    Args:
        beside: of each word but the last, whether nothing but a space parts it from the next.
    """
    lexicon, information = load().lexicon, load().information
    forms = [np.array([candidate.form for candidate in some], np.uint64) for some in candidates]
    stems = [np.array([candidate.stem for candidate in some], np.uint64) for some in candidates]
    both = [pair(left[:, None], right[None]) for left, right in zip(stems, forms[1:], strict=False)]
    keys = [*forms, *(some.ravel() for some in both)]
    levels = np.split(lexicon.levels(np.concatenate(keys)), np.cumsum([len(some) for some in keys])[:-1])
    own = [
        np.array([candidate.odds for candidate in some]) + np.where(known > 0, 0, _UNKNOWN)
        for some, known in zip(candidates, levels, strict=False)
    ]
    links = [
        (_TOGETHER * joined) * information[known].reshape(some.shape)
        for joined, known, some in zip(beside.tolist(), levels[len(candidates) :], both, strict=True)
    ]
    return own, links


class _Thoughts(NamedTuple):
    """What was chosen at each code and, for each head, the second choice and its log probability relative to the first."""

    codes: Codes
    chosen: dict[str, Integers]
    second: dict[str, Integers]
    doubt: dict[str, NDArray[np.float64]]

    def of(self, start: int, last: int, *, more: bool) -> Iterator[_Candidate]:
        """Yield what was chosen for a word, and if there is more all ways to write it that are not much less probable."""
        for odds, choice in self._choices(start, last) if more else [(0.0, ())]:
            word = self._written(start, last, choice)
            yield _Candidate(odds, choice, hash_of(word), hash_of(stem(word)))

    def _choices(self, start: int, last: int) -> Iterator[tuple[float, Choice]]:
        doubts = [
            (float(self.doubt[head][k]), (head, k))
            for k in range(start, last + 1)
            for head in self.doubt
            if self.doubt[head][k] > _DOUBTFUL
        ]
        doubts = sorted(doubts, reverse=True)[:_MOST_DOUBTS]
        for taken in product((False, True), repeat=len(doubts)):
            some = [doubt for doubt, take in zip(doubts, taken, strict=True) if take]
            odds = sum(odds for odds, _ in some)
            if odds > _DOUBTFUL:
                yield odds, tuple(choice for _, choice in some)

    def _written(self, start: int, last: int, second: Choice) -> bytes:
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
