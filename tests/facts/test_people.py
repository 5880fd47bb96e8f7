"""People: their names and the roles beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from telecom_digest.clean import clean
from telecom_digest.facts.people import people
from telecom_digest.facts.reading import Reading
from telecom_digest.segment import segment
from tests.strategies import texts

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "people.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_cases(case: dict[str, Any]) -> None:
    cleaned = clean(case["text"])
    reading = Reading(cleaned, segment(cleaned))
    said = {reading.text[slice(*one.name)]: reading.text[slice(*one.role)] if one.role else None for one in people(reading)}
    assert said == case["people"]


@given(texts())
def test_spans_are_in_the_text(text: str) -> None:
    cleaned = clean(text)
    reading = Reading(cleaned, segment(cleaned))
    for one in people(reading):
        for start, end in filter(None, (one.name, one.role)):
            assert 0 <= start < end <= len(reading.text)
        assert reading.spans[one.first][0] <= one.name[0] < reading.spans[one.first][1]
