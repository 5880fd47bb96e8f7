"""Choosing together what stands together.

A small network cannot remember which words stand side by side, nor how a word was written elsewhere in the text. So the
ways to write the words that it doubts are chosen together (Viterbi 1967): what the model says, less for a form that is not
known, more for two forms known to stand together (Church and Hanks 1990, "Word association norms, mutual information, and
lexicography"), and, a second time, more for the form that the same letters have elsewhere (Gale, Church and Yarowsky 1992,
"One sense per discourse").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from telecom_digest.repair.candidates import Candidate, Thoughts, Words
from telecom_digest.repair.features import SPACE, hash_of
from telecom_digest.repair.lexicon import pair
from telecom_digest.repair.network import load

Scores = NDArray[np.float64]

_UNKNOWN = log(0.05)  # what is added to the log odds of a form that is not known
_TOGETHER = 0.8  # share of the mutual information of two words that is added to that of both
_ELSEWHERE, _SMOOTHING = 0.8, 1.0  # weight of how often a form stands elsewhere, and what is added to every count


def settle(words: Words, thoughts: Thoughts, doubted: NDArray[np.bool_]) -> None:
    """Choose the letters of the doubted words, and say how sure each is among its neighbours."""
    near = doubted.copy()
    near[1:] |= doubted[:-1]
    near[:-1] |= doubted[1:]
    some = np.flatnonzero(near)
    spans = list(zip(words.first[some].tolist(), words.last[some].tolist(), strict=True))
    candidates = [list(thoughts.of(*s, more=more)) for s, more in zip(spans, doubted[some].tolist(), strict=True)]
    gaps = words.first[some[1:]] - words.last[some[:-1]]
    own, links = _scores(candidates, (gaps == 2) & (thoughts.codes[words.first[some[1:]] - 1] == SPACE))
    places = dict(zip(some.tolist(), range(len(some)), strict=True))
    told = _elsewhere(words, thoughts, candidates, places, _posterior(own, links))
    own = [score + told.get(i, 0.0) for i, score in enumerate(own)]
    path = _best(own, links)
    for word in np.flatnonzero(doubted).tolist():
        i = places[word]
        score = _beside(own, links, path, i)
        words.sure[word] = 1 / np.exp(score - score[path[i]]).sum()
        for head, k in candidates[i][path[i]].choice:
            words.chosen[head][k] = thoughts.second[head][k]
        span = slice(spans[i][0], spans[i][1] + 1)
        words.changed[word] = any((chosen[span] > 0).any() for chosen in words.chosen.values())


def _posterior(own: Sequence[Scores], links: Sequence[Scores]) -> list[Scores]:
    """Return how probable each candidate of each word is, where its neighbours are what is best for all."""
    path = _best(own, links)
    found = []
    for i in range(len(own)):
        score = _beside(own, links, path, i)
        share = np.exp(score - score.max())
        found.append(share / share.sum())
    return found


def _beside(own: Sequence[Scores], links: Sequence[Scores], path: Sequence[int], i: int) -> Scores:
    """Return the scores of the candidates of word i beside what was chosen for its neighbours."""
    score = own[i].copy()
    if i:
        score += links[i - 1][path[i - 1]]
    if i + 1 < len(own):
        score += links[i][:, path[i + 1]]
    return score


def _elsewhere(
    words: Words,
    thoughts: Thoughts,
    candidates: Sequence[Sequence[Candidate]],
    places: dict[int, int],
    odds: Sequence[Scores],
) -> dict[int, Scores]:
    """Return for words that stand elsewhere too what is added to the scores of their candidates.

    Args:
        places: of words by number, those with candidates and where these are.
        odds: of the candidates of each, their probabilities.
    """
    left = [thoughts.codes[a : b + 1].tobytes() for a, b in zip(words.first.tolist(), words.last.tolist(), strict=True)]
    several = Counter(left)
    asked = {left[word] for word, i in places.items() if len(candidates[i]) > 1 and several[left[word]] > 1}
    forms: Counter[tuple[bytes, int]] = Counter()
    for word, letters in enumerate(left):
        if letters in asked:
            i = places.get(word)
            if i is None:
                forms[letters, hash_of(thoughts.written(int(words.first[word]), int(words.last[word]), ()))] += 1
            else:
                for candidate, share in zip(candidates[i], odds[i].tolist(), strict=True):
                    forms[letters, candidate.form] += share
    found = {}
    for word, i in places.items():
        if left[word] in asked and len(candidates[i]) > 1:
            counts = np.array([forms[left[word], candidate.form] for candidate in candidates[i]]) - odds[i]
            found[i] = _ELSEWHERE * np.log(counts + _SMOOTHING)
    return found


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


def _scores(candidates: Sequence[Sequence[Candidate]], beside: NDArray[np.bool_]) -> tuple[list[Scores], list[Scores]]:
    """Return the log odds of each word's candidates [n], and what is added for one and one of the next word's [n, m].

    Args:
        beside: of each word but the last, whether nothing but a space parts it from the next.
    """
    lexicon, information = load().lexicon, load().information
    forms = [np.array([candidate.form for candidate in some], np.uint64) for some in candidates]
    stems = [np.array([candidate.stem for candidate in some], np.uint64) for some in candidates]
    both = [pair(left[:, None], right[None]) for left, right in zip(stems, forms[1:], strict=False)]
    other = [np.array([candidate.known for candidate in some], np.uint64) for some in candidates]
    keys = [*forms, *(some.ravel() for some in both), *other]
    levels = np.split(lexicon.levels(np.concatenate(keys)), np.cumsum([len(some) for some in keys])[:-1])
    own = [
        np.array([candidate.odds for candidate in some]) + np.where(known | also > 0, 0, _UNKNOWN)
        for some, known, also in zip(candidates, levels, levels[-len(candidates) :], strict=False)
    ]
    links = [
        (_TOGETHER * joined) * information[known].reshape(some.shape)
        for joined, known, some in zip(beside.tolist(), levels[len(candidates) : -len(candidates)], both, strict=True)
    ]
    return own, links
