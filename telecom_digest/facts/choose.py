"""Which of the candidates are facts of the document: named cues, weighed.

Each candidate has cues, short names of what it is and what stands around it. Its score is the log-odds that an editor would
write it into the card: the sum of the weights of its cues (logistic regression), learned by training/facts from annotated
items and kept in data/cues/, a file a language, where anyone can read and change them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat
from math import exp, log
from typing import Generic, NamedTuple, TypeVar

from telecom_digest import resources
from telecom_digest.arabic import fold
from telecom_digest.language import WORD

FORM = "telecom-digest/cues/1"
BIAS = "always"
"""The cue that every candidate has."""
SCALE = 1000
"""What the weights of the file are multiplied by: sums of whole numbers are the same in whatever order a set is."""

_KIND = "kind:"  # before the name of a kind, of the weights that tell whether it is that
_VOTERS = 8  # candidates, the likeliest, that agree or not
_APART = "\0"  # between texts
_ALIKE = 0.6  # share of words (F1) from which two candidates say the same

T = TypeVar("T")


class Candidate(NamedTuple, Generic[T]):
    """What may be a fact, and its cues."""

    what: T
    cues: frozenset[str]


class Chooser:
    """The weights of one language, and the choice by them."""

    __slots__ = ("_least", "_weights")

    def __init__(self, weights: dict[str, dict[str, int]], least: dict[str, float]) -> None:
        """Take, by field, weights in thousandths, and the log-odds above which a candidate is taken: where F was best."""
        self._weights, self._least = weights, least

    def _scores(self, field: str, candidates: Iterable[frozenset[str]]) -> list[float]:
        """Return the log-odds of candidates, each given by its cues."""
        weights = self._weights[field]
        weight, bias, unknown = weights.get, weights[BIAS], repeat(0)
        return [(bias + sum(map(weight, cues, unknown))) / SCALE for cues in candidates]

    def best(self, field: str, candidates: Sequence[Candidate[T]]) -> Candidate[T] | None:
        """Return the candidate most likely to be the fact, the first of equal ones, or None if none is likely enough."""
        taken = self.likely(field, candidates, 1)
        return taken[0] if taken else None

    def likely(self, field: str, candidates: Sequence[Candidate[T]], most: int) -> list[Candidate[T]]:
        """Return at most `most` candidates that are likely enough, the likeliest, in the order given."""
        scores = self._scores(field, [candidate.cues for candidate in candidates])
        least = self._least[field]
        taken = [i for i, score in enumerate(scores) if score > least]
        if len(taken) > most:
            taken = sorted(sorted(taken, key=lambda i: -scores[i])[:most])
        return [candidates[i] for i in taken]

    def best_agreed(self, field: str, candidates: Sequence[Candidate[T]], says: Callable[[T], str]) -> Candidate[T] | None:
        """As `best`, of what several candidates agree on; `says` gives the text of one."""
        scores = agreed(self._scores(field, [one.cues for one in candidates]), lambda i: says(candidates[i].what))
        i = max(range(len(scores)), key=scores.__getitem__, default=0)
        return candidates[i] if candidates and scores[i] > self._least[field] else None

    def kind(self, cues: frozenset[str]) -> str:
        """Return the likeliest kind of document."""
        kinds = [field for field in self._weights if field.startswith(_KIND)]
        scores = [self._scores(field, (cues,))[0] for field in kinds]
        return kinds[scores.index(max(scores))].removeprefix(_KIND)


@cache
def chooser(language: str) -> Chooser:
    """Return the choice for texts of a language; where there are no weights for it, by those for Arabic."""
    known = language if language in resources.names("cues") else "ar"
    learned = resources.yaml(f"cues/{known}.yaml", FORM)
    return Chooser(learned["weights"], learned["least"])


def agreed(scores: Sequence[float], says: Callable[[int], str]) -> list[float]:
    """Return the log-odds that each candidate, or one that says much the same, is the fact.

    Names of events come in variants, longer and shorter, here and there in a text, among which the odds are divided. What
    counts is what they agree on (minimum Bayes risk: Kumar and Byrne 2004).

    Args:
        scores: of the candidates, whose odds against each other and against none of them they are.
        says: the text of the candidate of an index.
    """
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:_VOTERS]
    top = max(0.0, max(scores, default=0.0))
    odds = [exp(score - top) for score in scores]
    whole = sum(odds) + exp(-top)
    texts = fold(_APART.join([says(i).replace(_APART, "") for i in order])).split(_APART)  # folded one by one it takes long
    voters = [(odds[i], frozenset(WORD.findall(text))) for i, text in zip(order, texts, strict=False)]
    found = [_log_odds(0.0, whole)] * len(scores)
    for i, (_, mine) in zip(order, voters, strict=False):
        alike = [other for other, its in voters if 2 * len(mine & its) >= _ALIKE * (len(mine) + len(its))]
        found[i] = _log_odds(sum(alike), whole)
    return found


def _log_odds(some: float, whole: float) -> float:
    return log(max(some, 1e-9) / max(whole - some, 1e-9))
