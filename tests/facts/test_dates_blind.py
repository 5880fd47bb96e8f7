"""Dates of texts whose writer had seen neither our code nor what it finds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from telecom_digest.clean import clean
from telecom_digest.facts.dates import find, written_on
from telecom_digest.facts.reading import Reading
from telecom_digest.segment import segment
from tests.facts.test_dates import as_param

CASES = [
    case
    for name in ("dates_ar.yaml", "dates_en.yaml")
    for case in yaml.safe_load((Path(__file__).parents[1] / "cases" / name).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", [as_param(case) for case in CASES])
def test_all_dates_are_found_and_no_others(case: dict[str, Any]) -> None:
    cleaned = clean(case["text"])
    day = case.get("published")
    published = dt.date.fromisoformat(day) if day else written_on(cleaned)
    said = [(one.start, one.end) for one in find(Reading(cleaned, segment(cleaned)), published)]
    assert said == [(*days, None)[:2] for days in case["dates"]]


def test_few_are_known_failures() -> None:
    assert sum("known_failure" in case for case in CASES) <= len(CASES) / 25
