"""Choosing: budgets, repetition and order, on made-up scores."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.clean import clean
from telecom_digest.model import CleanText, Note, ScoredSentence
from telecom_digest.profile import load
from telecom_digest.segment import segment
from telecom_digest.summarize import best_first, summarize

TEXT = (
    "Alpha beta gamma delta one two. Epsilon zeta eta theta three four five six seven. "
    "Alpha beta gamma delta one again. Iota kappa lambda mu nu xi."
)


def scored(scores: list[float]) -> tuple[CleanText, list[ScoredSentence]]:
    cleaned = clean(TEXT, language="en")
    sentences = segment(cleaned)
    return cleaned, [
        ScoredSentence(s, score, {}, frozenset(s.text.rstrip(".").split()))
        for s, score in zip(sentences, scores, strict=True)
    ]


def chosen(scores: list[float], **changes: object) -> list[str]:
    profile = replace(load("default"), trim=False, **changes)  # type: ignore[arg-type]  # any field of a profile
    return [b.text.split()[0].lower() for b in summarize(*scored(scores), profile).bullets]


def test_the_best_are_chosen_in_source_order() -> None:
    assert chosen([1.0, 3.0, 0.0, 2.0], bullets=2) == ["epsilon", "iota"]


def test_rank_order_is_by_score() -> None:
    assert chosen([1.0, 2.0, 0.0, 3.0], bullets=2, order="rank") == ["iota", "epsilon"]


def test_what_repeats_a_chosen_sentence_is_passed_over() -> None:
    assert chosen([3.0, 1.0, 2.9, 0.5], bullets=3) == ["alpha", "epsilon", "iota"]


def test_equal_scores_fall_to_the_earlier() -> None:
    assert chosen([1.0, 1.0, 1.0, 1.0], bullets=2) == ["alpha", "epsilon"]


def test_words_are_a_ceiling_and_smaller_sentences_fill_up() -> None:
    assert chosen([2.0, 3.0, 0.0, 1.0], bullets=None, words=16) == ["alpha", "epsilon"]
    assert chosen([2.0, 3.0, 0.0, 1.0], bullets=None, words=8) == ["alpha"]


def test_a_ratio_is_a_share_of_all_words() -> None:
    assert chosen([2.0, 3.0, 0.0, 1.0], bullets=None, ratio=0.4) == ["epsilon"]


def test_a_ratio_counts_the_words_of_headings_too() -> None:
    cleaned, candidates = scored([2.0, 3.0, 0.0, 1.0])
    fewer = summarize(cleaned, candidates[:2], replace(load(), bullets=None, ratio=0.5))  # as if the rest were headings
    assert len(fewer.bullets) == 2


def test_of_nearly_equal_sentences_the_one_beside_a_chosen_one_is_taken() -> None:
    assert chosen([3.0, 1.9, 0.0, 2.0], bullets=2, beside=0.15) == ["alpha", "epsilon"]
    assert chosen([3.0, 1.9, 0.0, 2.0], bullets=2, beside=0.0) == ["alpha", "iota"]


@given(st.lists(st.integers(0, 9), max_size=40), st.floats(0, 1), st.integers(1, 5))
def test_best_first_yields_every_sentence_once(scores: list[int], beside: float, every: int) -> None:
    taken: list[int] = []
    order = []
    for i in best_first(dict(enumerate(map(float, scores))), taken, beside):
        order.append(i)
        if len(order) % every == 0:
            taken.append(i)
    assert sorted(order) == list(range(len(scores)))
    if beside == 0:
        assert order == sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def test_a_digest_is_not_filled_up_with_background() -> None:
    cleaned, candidates = scored([3.0, 2.0, 0.5, 1.0])
    candidates[1:] = [one._replace(features={"aside": 1.0}) for one in candidates[1:]]
    summary = summarize(cleaned, candidates, load("default").with_budget(bullets=2))
    assert len(summary.bullets) == 1
    assert summary.notes == (Note("fewer_news", ("1",)),)
    candidates[0] = candidates[0]._replace(features={"aside": 1.0})
    assert len(summarize(cleaned, candidates, load("default").with_budget(bullets=2)).bullets) == 2  # there is nothing else


def test_what_does_not_fit_at_all_is_said() -> None:
    summary = summarize(*scored([1.0, 2.0, 3.0, 0.0]), load("default").with_budget(words=2))
    assert len(summary.bullets) == 1
    assert summary.notes[0].code == "words_exceeded"


def test_fewer_than_asked_is_said() -> None:
    cleaned, sentences = scored([1.0, 2.0, 3.0, 0.0])
    same = [s._replace(terms=frozenset({"one", "two"})) for s in sentences]
    summary = summarize(cleaned, same, load("default").with_budget(bullets=3))
    assert len(summary.bullets) == 1
    assert summary.notes[0].code == "fewer"
