"""Cities and countries: what is found, what it is, and what is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from telecom_digest import resources
from telecom_digest.clean import clean
from telecom_digest.facts.places import Found, find
from telecom_digest.facts.reading import Reading
from telecom_digest.gazetteer import gazetteer, openings
from tests.strategies import texts

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "places.yaml").read_text(encoding="utf-8")
)


def read(text: str) -> tuple[str, list[Found]]:
    """Return the display text and the places in it."""
    reading = Reading(clean(text), [])
    return reading.text, find(reading)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_cases(case: dict[str, Any]) -> None:
    text, found = read(case["text"])
    said = [f"{text[slice(*place.span)]} = {place.kind} {place.code or '?'} {place.name}" for place in found]
    assert said == case["places"]


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 60
    assert sum(not case["places"] for case in CASES) >= 12


@given(texts())
def test_spans_are_in_order_and_in_the_text(text: str) -> None:
    shown, found = read(text)
    after = 0
    for place in found:
        start, end = place.span
        assert after <= start < end <= len(shown)
        after = end
        assert place.kind in {"city", "country"}
        assert place.name
        assert place.code is None or (len(place.code) == 2 and place.code.isupper())


def test_every_capital_and_country_of_the_table_is_found_by_its_english_name() -> None:
    """Its first line of that name: a name marked doubtful is only found beside a cue, so those are left out."""
    tables = gazetteer()
    missed = []
    for name, line in tables.places.items():
        place = tables.place(line)
        if place.kind == "country" and name == place.name.lower() and name not in tables.signs:
            found = read(f"the delegates met in {place.name} yesterday")[1]
            if [(f.kind, f.code, f.name) for f in found] != [("country", place.code, place.name)]:
                missed.append(place.name)
    assert len(tables.places) > 3_000
    assert not missed


def test_clitics_are_taken_off_in_their_order() -> None:
    assert openings("وبالقاهره") == ((0, "وبالقاهره"), (1, "بالقاهره"), (2, "القاهره"))
    assert (0, "الاردن") in openings("للاردن")
    assert openings("و") == ((0, "و"),)


def test_the_table_is_small_and_says_where_it_comes_from() -> None:
    source = resources.text("places.tsv")
    assert len(source.encode()) < 200_000
    head = "".join(line for line in source.splitlines(keepends=True) if line.startswith("#"))
    assert "GeoNames" in head
    assert "CC BY 4.0" in head
    assert "Unicode License" in head
    rows = [line.split("\t") for line in source.splitlines() if not line.startswith("#")]
    assert all(len(row) == 4 and all(row) for row in rows)
    assert {row[1] for row in rows} == {"none", "city", "country"}
