"""Weights and the choice by them."""

from __future__ import annotations

from telecom_digest.facts.choose import Candidate, Chooser, chooser

CHOOSER = Chooser(
    {
        "dates": {"always": -1000, "s0": 2500, "late": -500},
        "kind:launch": {"always": 0, "word:اطلقت": 900},
        "kind:report": {"always": 100, "word:تقرير": 900},
    },
    {"dates": 0.0},
)


def candidates(*cues: str) -> list[Candidate[int]]:
    return [Candidate(i, frozenset(one.split())) for i, one in enumerate(cues)]


def test_what_is_likely_enough_is_taken_in_the_order_of_the_text() -> None:
    some = candidates("late", "s0 late", "s0", "unknown")
    assert [one.what for one in CHOOSER.likely("dates", some, 5)] == [1, 2]
    assert [one.what for one in CHOOSER.likely("dates", some, 1)] == [2]
    best = CHOOSER.best("dates", some)
    assert best is not None
    assert best.what == 2
    assert CHOOSER.best("dates", candidates("late")) is None
    assert CHOOSER.best("dates", []) is None


def test_the_kind_is_the_likeliest() -> None:
    assert CHOOSER.kind(frozenset()) == "report"
    assert CHOOSER.kind(frozenset(["word:اطلقت"])) == "launch"


def test_a_language_has_weights_of_its_own_or_those_for_arabic() -> None:
    assert chooser("en") is not chooser("ar")
    cue = frozenset(["word:conference"])
    assert chooser("und").kind(cue) == chooser("ar").kind(cue)
