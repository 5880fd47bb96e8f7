"""The facts of whole texts: what holds of any, and all of what the second seed document says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, given

from telecom_digest import SourceError, digest, render
from telecom_digest.clean import clean
from telecom_digest.model import CleanText, Digest
from telecom_digest.profile import Profile, load
from telecom_digest.render.data import schema
from telecom_digest.segment import segment
from tests.conftest import ROOT
from tests.strategies import texts
from tests.test_release_cases import ALL, release

CASES: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/extract.yaml").read_text(encoding="utf-8"))
SCHEMA = jsonschema.Draft202012Validator(json.loads(schema()))
FOLDERS = ("seeds", "examples", "tests/cases/documents")
PATHS = [*(path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.txt"))), *ALL]
PROFILES = [load(), replace(load(), repair="never"), replace(load(), repair="always")]
NOTHING: dict[str, Any] = {
    "event": None,
    "dates": [],
    "city": None,
    "country": None,
    "organisers": [],
    "participants": [],
    "people": [],
}
NOTHING |= {"theme": None, "numbers": [], "outcome": None}


def read(path: Path) -> str:
    return release(path).text if path.suffix == ".yaml" else path.read_bytes().decode("utf-8")


def shown(made: Digest) -> dict[str, Any]:
    """Return what a program gets of a digest, checked by the schema."""
    found: dict[str, Any] = json.loads(render(made, "json"))
    SCHEMA.validate(found)
    return found


def pairs(value: Any, span: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each text of a field with its span; the two have the same form."""
    if isinstance(value, list):
        assert len(value) == len(span)
        for one in zip(value, span, strict=True):
            yield from pairs(*one)
    elif isinstance(value, dict):
        assert value.keys() == span.keys()
        for key in value:
            yield from pairs(value[key], span[key])
    else:
        assert (value is None) == (span is None)
        if value is not None:
            start, end = span
            yield value, (start, end)


def stated(facts: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each value of all fields with its span."""
    values = {**facts, "dates": [one["text"] for one in facts["dates"]]}
    assert set(facts["spans"]) == set(NOTHING)
    for field, spans in facts["spans"].items():
        yield from pairs(values[field], spans)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def origins(cleaned: CleanText) -> list[tuple[int, int]]:
    """Return for each character of the display text the span of the source it came from, by replaying the edits."""
    found: list[tuple[int, int]] = []
    at = 0
    for edit in cleaned.edits:
        found += [(i, i + 1) for i in range(at, edit.start)]
        found += [(edit.start, edit.end)] * len(edit.text)
        at = edit.end
    return found + [(i, i + 1) for i in range(at, len(cleaned.source_text))]


def displayed(cleaned: CleanText, came: list[tuple[int, int]], start: int, end: int) -> list[str]:
    """Return what the display text may have for a span of the source: more than one where an edit meets its ends."""
    firsts = [i for i, (low, high) in enumerate(came) if low <= start <= high]
    lasts = [i + 1 for i, (low, high) in enumerate(came) if low <= end <= high]
    return [cleaned.text[first:last] for first in firsts for last in lasts if first < last]


def check(text: str, profile: Profile) -> None:
    """A value is what stands in the source, or what is displayed of it where cleaning changed letters or digits."""
    made = digest(text, profile)
    facts = shown(made)["facts"]
    cleaned = clean(text, repair=profile.repair, threshold=profile.repair_threshold)
    came = origins(cleaned)
    assert len(came) == len(cleaned.text)
    for value, (start, end) in stated(facts):
        assert 0 <= start < end <= len(text)
        assert letters(value)
        written, display = text[start:end], displayed(cleaned, came, start, end)
        if value == written:
            assert letters(written) in map(letters, display)
        else:
            assert letters(value) != letters(written)
            assert value in display
    for field, codes in facts["codes"].items():
        if isinstance(facts[field], list):
            assert len(codes) == len(facts[field])
        else:
            assert codes is None or facts[field] is not None


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.repair)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_facts_are_tied_to_their_source(path: Path, profile: Profile) -> None:
    check(read(path), profile)


@given(texts())
def test_facts_of_any_text_are_tied_to_their_source(text: str) -> None:
    try:
        check(text, PROFILES[0])
    except SourceError:
        assume(False)


@pytest.mark.parametrize("text", CASES["odd"])
def test_facts_of_an_odd_text_are_tied_to_their_source(text: str) -> None:
    check(text, PROFILES[0])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_value_is_of_one_sentence(path: Path) -> None:
    text = read(path)
    sentences = segment(clean(text))
    for value, (start, end) in stated(shown(digest(text))["facts"]):
        assert any(one.start <= start and end <= one.end for one in sentences), value


@pytest.mark.parametrize("path", [path for path in PATHS if path.suffix == ".yaml"], ids=lambda path: path.stem)
def test_releases_have_facts(path: Path) -> None:
    facts = shown(digest(read(path)))["facts"]
    assert any(facts[field] != nothing for field, nothing in NOTHING.items())


@pytest.mark.parametrize("text", CASES["nothing"])
def test_a_text_without_facts_has_none(text: str) -> None:
    facts = shown(digest(text))["facts"]
    assert {field: facts[field] for field in NOTHING} == NOTHING
    assert facts["spans"] == NOTHING
    assert facts["codes"] == {field: NOTHING[field] for field in facts["codes"]}


def test_words_that_lost_letters_name_nothing(seeds: Path) -> None:
    facts = shown(digest(read(seeds / "itu-arab-hr-meeting.txt"), PROFILES[1]))["facts"]
    assert {field: facts[field] for field in NOTHING} == NOTHING


class TestSecondSeed:
    """What its first sentences say, exactly."""

    SAID: dict[str, Any] = CASES["seed"]

    @pytest.fixture
    def facts(self, seeds: Path) -> dict[str, Any]:
        found: dict[str, Any] = shown(digest(read(seeds / "ntra-wtdc-2017.txt")))["facts"]
        return found

    @pytest.mark.parametrize("field", ["event", "city", "country", "theme", "organisers"])
    def test_says(self, field: str, facts: dict[str, Any]) -> None:
        assert facts[field] == self.SAID[field]

    def test_when(self, facts: dict[str, Any]) -> None:
        assert [[one["start"], one["end"]] for one in facts["dates"]] == self.SAID["dates"]

    def test_who_takes_part(self, facts: dict[str, Any]) -> None:
        assert set(self.SAID["participants"]) <= set(facts["participants"])

    def test_what_is_known_of_the_names(self, facts: dict[str, Any]) -> None:
        known = facts["codes"]
        assert known["country"]["country"] == self.SAID["country_code"]
        for field in ("organisers", "participants"):
            found = {name: entry and entry["abbr"] for name, entry in zip(facts[field], known[field], strict=True)}
            for name, abbr in self.SAID["abbr"][field].items():
                assert found[name] == abbr


@pytest.mark.parametrize(("text", "event"), CASES["beside_bodies"])
def test_an_event_does_not_begin_in_the_name_of_a_body(text: str, event: str) -> None:
    found = digest(f"{text} وقال المدير العام إن الهيئة تعمل على تطوير القطاع. ويستمر العمل ثلاثة أشهر.").facts.event
    assert found is not None
    assert found.value.text == event
