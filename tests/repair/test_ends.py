"""Choosing sentence ends: probabilities and lengths together."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.repair.ends import place

FLAT = [0.0] * 20
odds = st.lists(st.floats(0.03, 0.97), min_size=1, max_size=9)


def score(ends: tuple[int, ...], given_odds: list[float], lengths: list[float], weight: float, bias: float) -> float:
    cuts = [-1, *ends, len(given_odds) - 1]
    total = sum(math.log(given_odds[i] / (1 - given_odds[i])) + bias for i in ends)
    return total + sum(weight * lengths[min(b - a - 1, len(lengths) - 1)] for a, b in pairwise(cuts))


@given(odds, st.lists(st.floats(-5, 0), min_size=1, max_size=6), st.floats(0, 2), st.floats(-2, 2))
def test_no_other_choice_is_better(given_odds: list[float], lengths: list[float], weight: float, bias: float) -> None:
    chosen = tuple(place(given_odds, lengths, weight=weight, bias=bias))
    inner = range(len(given_odds) - 1)
    best = max(
        score(ends, given_odds, lengths, weight, bias) for k in range(len(given_odds)) for ends in combinations(inner, k)
    )
    assert math.isclose(score(chosen, given_odds, lengths, weight, bias), best, abs_tol=1e-9)


def test_without_lengths_an_end_is_where_it_is_likelier_than_not() -> None:
    assert place([0.1, 0.7, 0.4, 0.6, 0.9], FLAT, weight=1, bias=0) == [1, 3]


def test_lengths_that_are_usual_are_preferred() -> None:
    lengths = [-8.0, -8.0, -8.0, -1.0, -8.0]
    assert place([0.5] * 8, lengths, weight=1, bias=0) == [3]


def test_a_bias_gives_more_of_them() -> None:
    assert place([0.3, 0.1, 0.3, 0.2, 0.2], FLAT, weight=0, bias=1) == [0, 2]


def test_nothing_and_one_word() -> None:
    assert place([0.9], FLAT, weight=1, bias=0) == []
    assert place([], FLAT, weight=1, bias=0) == []


def test_far_apart_ends_are_still_found() -> None:
    given_odds = [0.0] * 5_000
    given_odds[1_000] = given_odds[4_000] = 0.9
    assert place(given_odds, FLAT, weight=1, bias=0) == [1_000, 4_000]
