"""Which of the candidates are facts of the document: named cues, weighed.

Each candidate has cues, short names of what it is and what stands around it. Its score is the log-odds that an editor would
write it into the card: the sum of the weights of its cues (logistic regression), learned by training/facts from annotated
news items and kept in data/facts.yaml, where anyone can read and change them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat
from math import exp, fsum, log
from typing import Generic, NamedTuple, TypeVar

from telecom_digest import resources
from telecom_digest.arabic import fold
from telecom_digest.language import WORD

FORM = "telecom-digest/facts/1"
BIAS = "always"
"""The cue that every candidate has."""

_VOTERS = 8  # candidates, the likeliest, that agree or not
_APART = "\0"  # between texts
_ALIKE = 0.6  # share of words (F1) from which two candidates say the same

T = TypeVar("T")


class Candidate(NamedTuple, Generic[T]):
    """What may be a fact, and its cues."""

    what: T
    cues: frozenset[str]


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = resources.yaml("facts.yaml", FORM)["weights"]
    return weights


@cache
def _least() -> dict[str, float]:
    """Return the log-odds above which a candidate is taken, by field: where the F-score of the field was best."""
    least: dict[str, float] = resources.yaml("facts.yaml", FORM)["least"]
    return least


def _scores(field: str, candidates: Iterable[frozenset[str]]) -> list[float]:
    """Return the log-odds of candidates, each given by its cues."""
    weights = _weights()[field]
    weight, bias, unknown = weights.get, weights[BIAS], repeat(0.0)
    return [bias + fsum(map(weight, cues, unknown)) for cues in candidates]  # fsum: in whatever order a set is


def best(field: str, candidates: Sequence[Candidate[T]]) -> Candidate[T] | None:
    """Return the candidate most likely to be the fact, the first of equal ones, or None if none is likely enough."""
    taken = likely(field, candidates, 1)
    return taken[0] if taken else None


def likely(field: str, candidates: Sequence[Candidate[T]], most: int) -> list[Candidate[T]]:
    """Return at most `most` candidates that are likely enough, the likeliest, in the order given."""
    scores = _scores(field, [candidate.cues for candidate in candidates])
    least = _least()[field]
    taken = [i for i, score in enumerate(scores) if score > least]
    if len(taken) > most:
        taken = sorted(sorted(taken, key=lambda i: -scores[i])[:most])
    return [candidates[i] for i in taken]


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


def best_agreed(field: str, candidates: Sequence[Candidate[T]], says: Callable[[T], str]) -> Candidate[T] | None:
    """As `best`, of what several candidates agree on; `says` gives the text of one."""
    scores = agreed(_scores(field, [one.cues for one in candidates]), lambda i: says(candidates[i].what))
    i = max(range(len(scores)), key=scores.__getitem__, default=0)
    return candidates[i] if candidates and scores[i] > _least()[field] else None


def kind(cues: frozenset[str]) -> str:
    """Return the likeliest kind of document."""
    kinds, weights = _kinds()
    told = zip(weights[BIAS], *[weights[cue] for cue in cues if cue in weights], strict=True)
    scores = [bias + fsum(others) for bias, *others in told]
    return kinds[scores.index(max(scores))]


@cache
def _kinds() -> tuple[tuple[str, ...], dict[str, tuple[float, ...]]]:
    """Return the kinds of documents, and what each cue is worth for each of them."""
    of_kinds = {field.removeprefix("kind:"): its for field, its in _weights().items() if field.startswith("kind:")}
    cues = {cue for its in of_kinds.values() for cue in its}
    return tuple(of_kinds), {cue: tuple(its.get(cue, 0.0) for its in of_kinds.values()) for cue in cues}
