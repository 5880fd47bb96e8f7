"""Names of bodies: what is one, where it ends, and which mentions are of one body."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from telecom_digest.clean import clean
from telecom_digest.facts.known import known_at
from telecom_digest.facts.names import Body, bodies
from telecom_digest.facts.reading import Reading
from telecom_digest.segment import segment
from tests.strategies import texts

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "names.yaml").read_text(encoding="utf-8")
)


def read(text: str) -> tuple[Reading, list[Body]]:
    cleaned = clean(text)
    reading = Reading(cleaned, segment(cleaned))
    return reading, bodies(reading)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_cases(case: dict[str, Any]) -> None:
    reading, found = read(case["text"])
    said = {reading.text[slice(*body.best.span)]: len(body.mentions) for body in found}
    assert said == case["bodies"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("وللاتحاد الدولي للاتصالات", "itu"),
        ("the ITU", "itu"),
        ("the itu", None),
        ("سوق الاتصالات القطرية", None),
        ("واتصالات قطر", "ooredoo"),
    ],
)
def test_names_of_the_glossary_are_told_by_their_words_and_case(text: str, entry: str | None) -> None:
    reading = Reading(clean(text), [])
    found = [one.entry for i in range(len(reading.words)) if (one := known_at(reading, i))]
    assert found == ([entry] if entry else [])


@given(texts())
def test_mentions_are_in_the_text_and_in_order(text: str) -> None:
    reading, found = read(text)
    for body in found:
        assert body.best in body.mentions
        assert body.best.key
        for mention in body.mentions:
            start, end = mention.span
            assert 0 <= start < end <= len(reading.text)
            assert 0 <= mention.first < mention.last <= len(reading.words)
    spans = sorted((mention.first, mention.last) for body in found for mention in body.mentions)
    assert all(last <= first for (_, last), (first, _) in pairwise(spans))
