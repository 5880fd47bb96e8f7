"""What a text is about: the candidates for event, theme, outcome and figures, and the cues of kind."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from telecom_digest.clean import clean
from telecom_digest.facts import choose, event, names, numbers, outcome, subjects, topic
from telecom_digest.facts.context import Context
from telecom_digest.facts.reading import Reading
from telecom_digest.profile import load
from telecom_digest.rank import rank
from telecom_digest.segment import body, segment
from tests.strategies import texts

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "subjects.yaml").read_text(encoding="utf-8")
)


def read(text: str) -> Reading:
    cleaned = clean(text)
    return Reading(cleaned, segment(cleaned))


def clauses(reading: Reading) -> list[outcome.Clause]:
    scored = rank(reading.cleaned, body(reading.sentences), load(), None).scored
    return outcome.clauses(reading, scored, {i: i for i in range(len(scored))})


def having(name: str) -> list[Any]:
    return [pytest.param(case["text"], case[name], id=case["text"][:40]) for case in CASES if name in case]


@pytest.mark.parametrize(("text", "wanted"), having("event"))
def test_events(text: str, wanted: list[str]) -> None:
    reading = read(text)
    said = {f"{one.sort.partition(':')[0]} = {reading.text[slice(*one.span)]}" for one in event.events(reading)}
    assert said >= set(wanted)
    assert wanted or not said


@pytest.mark.parametrize(("text", "wanted"), having("theme"))
def test_themes(text: str, wanted: list[str]) -> None:
    reading = read(text)
    assert {reading.text[slice(*one.span)] for one in topic.themes(reading)} >= set(wanted)


@pytest.mark.parametrize(("text", "wanted"), having("outcome"))
def test_outcomes(text: str, wanted: list[str]) -> None:
    reading = read(text)
    assert {reading.text[slice(*one.span)] for one in clauses(reading) if one.span} >= set(wanted)


@pytest.mark.parametrize(("text", "wanted"), having("figures"))
def test_figures(text: str, wanted: list[str]) -> None:
    reading = read(text)
    assert [reading.text[slice(*one.span)] for one in numbers.figures(reading, [])] == wanted


def test_figures_in_dates_are_left_out() -> None:
    reading = read("بلغ العدد 12 مليون مشترك في 3 مايو")
    at = reading.text.index("3")
    assert len(numbers.figures(reading, [])) == 2
    assert [one.first for one in numbers.figures(reading, [(at, len(reading.text))])] == [2]


@given(texts())
def test_spans_are_in_the_text(text: str) -> None:
    reading = read(text)
    context = Context(reading)
    about = subjects.About(context)
    phrases = event.events(reading)
    for i, one in enumerate([*phrases, *topic.themes(reading)]):
        assert 0 <= one.span[0] < one.span[1] <= len(reading.text)
        assert one.first < one.last <= len(reading.words)
        assert subjects.theme_cues(about, one, i)
    assert len(subjects.event_candidates(about, phrases, [], [])) == len(phrases)
    figures = numbers.figures(reading, [])
    assert all(a.last <= b.first for a, b in pairwise(figures))
    for clause in clauses(reading):
        start, end = clause.span or (0, 1)
        assert 0 <= start < end <= max(1, len(reading.text))
        assert subjects.clause_cues(context, clause, 0)
    subjects.kind_cues(context, phrases)


def test_an_event_beside_another_is_told_from_it() -> None:
    reading = read("عقدت الهيئة ورشة عمل على هامش مؤتمر الطيف الدولي.")
    found = event.events(reading)
    about = subjects.About(Context(reading))
    cues = {one.what.sort.partition(":")[0]: one.cues for one in subjects.event_candidates(about, found, [], [])}
    assert "aside" in cues["conference"]
    assert "aside" not in cues["workshop"]


def test_variants_of_a_name_add_up() -> None:
    said = ["مؤتمر الطيف الدولي", "خدمة البريد", "مؤتمر الطيف الدولي الثاني"]
    scores = choose.agreed([1.0, 1.2, 1.0], said.__getitem__)
    assert scores[0] == scores[2] > scores[1]
    assert choose.agreed([], said.__getitem__) == []


def test_the_odds_of_one_candidate_are_its_own() -> None:
    assert choose.agreed([0.7], ["مؤتمر"].__getitem__) == pytest.approx([0.7])


def test_what_a_body_is_for_is_no_theme_of_a_text() -> None:
    reading = read("أعلن الجهاز القومي لتنظيم الاتصالات خطة لتطوير البريد.")
    about = subjects.About(Context(reading))
    named = [mention.span for body in names.bodies(reading) for mention in body.mentions]
    said = {reading.text[slice(*one.what.span)] for one in subjects.theme_candidates(about, topic.themes(reading), named)}
    assert said == {"تطوير البريد"}
