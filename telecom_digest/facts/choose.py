"""Which of the candidates are facts of the document: named cues, weighed.

Each candidate has cues, short names of what it is and what stands around it. Its score is the log-odds that an editor would
write it into the card: the sum of the weights of its cues (logistic regression), learned by training/facts from annotated
news items and kept in data/facts.yaml, where anyone can read and change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from telecom_digest import resources

FORM = "telecom-digest/facts/1"
BIAS = "always"
"""The cue that every candidate has."""

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


def score(field: str, cues: frozenset[str]) -> float:
    """Return the log-odds of a candidate for a field of Facts."""
    weights = _weights()[field]
    return weights[BIAS] + sum(weights[cue] for cue in sorted(cues) if cue in weights)  # sorted: sums that do not vary


def best(field: str, candidates: Sequence[Candidate[T]]) -> Candidate[T] | None:
    """Return the candidate most likely to be the fact, the first of equal ones, or None if none is likely enough."""
    taken = likely(field, candidates, 1)
    return taken[0] if taken else None


def likely(field: str, candidates: Sequence[Candidate[T]], most: int) -> list[Candidate[T]]:
    """Return at most `most` candidates that are likely enough, the likeliest, in the order given."""
    scores = [score(field, candidate.cues) for candidate in candidates]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:most]
    return [candidates[i] for i in sorted(order) if scores[i] > _least()[field]]


def kind(cues: frozenset[str]) -> str:
    """Return the likeliest kind of document."""
    kinds = [field.removeprefix("kind:") for field in _weights() if field.startswith("kind:")]
    return max(kinds, key=lambda name: score(f"kind:{name}", cues))
