"""The facts of the releases of our own: the annotations are well-formed, and what is found does not get worse.

tests/cases/releases/floors.LANGUAGE.yaml has for each field the least F1 over all releases, just below what was measured
when it was last written. The floors are ratchets: raise them when a field gets better; one that has to come down is a
regression, to be argued. A value counts as found where it shares enough words with the annotated one (F1 over words, by
case), each annotated value once; dates count where start and end are the same, and only those that a calendar can have.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml

from telecom_digest import digest
from telecom_digest.render.data import facts_object, schema
from tests.test_release_cases import ALL, FILES, FOLDER, release

FLOORS: dict[str, dict[str, float]] = {
    language: yaml.safe_load((FOLDER / f"floors.{language}.yaml").read_text(encoding="utf-8"))["floors"]
    for language in FILES
}
SCHEMA = json.loads(schema())["properties"]["facts"]["properties"]
FIELDS = [name for name in SCHEMA if name not in ("spans", "codes")]

ALIKE = {"event": 0.6, "theme": 0.5, "outcome": 0.5, "organisers": 0.6, "participants": 0.6, "people": 0.5, "numbers": 0.5}
"""F1 over words above which two values of a field are the same; places need one word in common."""

Facts = dict[str, Any]
Count = tuple[int, int, int]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def likeness(a: str, b: str) -> float:
    """Return the F1 of the words of two texts."""
    common = (Counter(words(a)) & Counter(words(b))).total()
    return 2 * common / max(1, len(words(a)) + len(words(b)))


def values(facts: Facts, field: str) -> list[str]:
    """Return the values of a field as texts; of people their names."""
    found = facts[field]
    if field == "people":
        return [person["name"] for person in found]
    return found if isinstance(found, list) else [found] if found else []


def hits(field: str, got: list[str], right: list[str]) -> int:
    """Return how many of `got` are right, each of `right` once."""
    left, count = list(right), 0
    for value in got:
        best = max(left, key=lambda one: likeness(value, one), default=None)
        if best is None:
            continue
        same = likeness(value, best) >= ALIKE[field] if field in ALIKE else bool({*words(value)} & {*words(best)})
        if same:
            left.remove(best)
            count += 1
    return count


def days(facts: Facts) -> set[tuple[str, str]]:
    return {(one["start"], one["end"] or one["start"]) for one in facts["dates"] if one["start"]}


def counted(field: str, got: Facts, right: Facts) -> Count:
    """Return how many values are right, found and annotated."""
    if field == "kind":
        return int(got["kind"] == right["kind"]), 1, 1
    if field == "dates":
        return len(days(got) & days(right)), len(days(got)), len(days(right))
    mine, theirs = values(got, field), values(right, field)
    return hits(field, mine, theirs), len(mine), len(theirs)


def f1(counts: list[Count]) -> float:
    right, found, annotated = map(sum, zip(*counts, strict=True))
    return 2 * right / max(1, found + annotated)


@cache
def extracted(path: Path) -> Facts:
    return facts_object(digest(release(path).text).facts)


@cache
def figures(language: str) -> dict[str, float]:
    """Return the F1 of each field over all releases of a language; `mean` is that of all fields but the kind."""
    paths = FILES[language]
    found = {field: f1([counted(field, extracted(path), release(path).facts) for path in paths]) for field in FIELDS}
    return {**found, "mean": mean(value for field, value in found.items() if field != "kind")}


def verbatim(facts: Facts) -> list[str]:
    """Return all values that must stand in the text."""
    lone = [facts[field] for field in ("event", "city", "country", "theme", "outcome")]
    listed = [value for field in ("organisers", "participants", "numbers") for value in facts[field]]
    people = [value for person in facts["people"] for value in (person["name"], person["role"])]
    return [value for value in (*lone, *listed, *people, *(one["text"] for one in facts["dates"])) if value is not None]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
class TestAnnotation:
    def test_has_all_fields_in_their_form(self, path: Path) -> None:
        facts = release(path).facts
        assert list(facts) == FIELDS
        assert facts["kind"] in SCHEMA["kind"]["enum"]
        assert all(list(one) == ["text", "start", "end"] for one in facts["dates"])
        assert all(list(one) == ["name", "role"] for one in facts["people"])
        assert len(facts["participants"]) <= 8
        assert len(facts["numbers"]) <= 6

    def test_is_verbatim(self, path: Path) -> None:
        text = " ".join(release(path).text.split())  # a value may go over a line end
        found = verbatim(release(path).facts)
        assert found
        assert [value for value in found if " ".join(value.split()) not in text] == []
        assert all(value == value.strip() and value for value in found)

    def test_says_each_value_once(self, path: Path) -> None:
        facts = release(path).facts
        for field in ("organisers", "participants", "people", "numbers"):
            assert len(set(values(facts, field))) == len(values(facts, field))
        assert not set(facts["organisers"]) & set(facts["participants"])

    def test_dates_are_iso(self, path: Path) -> None:
        for one in release(path).facts["dates"]:
            for said in (one["start"], one["end"]):
                if said is not None:
                    dt.date.fromisoformat((said + "-01-01")[:10])
                    assert re.fullmatch(SCHEMA["dates"]["items"]["properties"]["start"]["pattern"], said)
            assert one["end"] is None or one["start"] is None or one["start"] < one["end"]


@pytest.mark.parametrize("field", FIELDS)
def test_the_measure_tells_right_from_nothing(field: str) -> None:
    right = [release(path).facts for path in ALL]
    nothing: Facts = {
        **dict.fromkeys(FIELDS),
        "dates": [],
        "organisers": [],
        "participants": [],
        "people": [],
        "numbers": [],
    }
    assert f1([counted(field, one, one) for one in right]) == 1
    assert f1([counted(field, nothing, one) for one in right]) == 0


@pytest.mark.parametrize("language", FILES)
def test_every_field_has_a_floor(language: str) -> None:
    assert list(FLOORS[language]) == [*FIELDS, "mean"]
    assert all(0 <= floor <= 1 for floor in FLOORS[language].values())


@pytest.mark.parametrize("field", [*FIELDS, "mean"])
@pytest.mark.parametrize("language", FILES)
def test_is_found_as_well_as_before(language: str, field: str) -> None:
    found = figures(language)
    assert found[field] >= FLOORS[language][field], {name: round(value, 4) for name, value in found.items()}
