"""Display text: what changes, what must not, and that the edits say exactly what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.clean import STEPS, clean
from telecom_digest.edits import apply
from tests.strategies import texts

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "clean.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["changes"], ids=lambda case: case["name"])
def test_changes(case: dict[str, Any]) -> None:
    cleaned = clean(case["text"])
    assert cleaned.text == case["want"]
    assert [edit.kind for edit in cleaned.edits] == case["kinds"]


@pytest.mark.parametrize("text", CASES["unchanged"])
def test_leaves_alone(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).edits == ()


def test_every_kind_of_edit_has_a_case() -> None:
    seen = {kind for case in CASES["changes"] for joined in case["kinds"] for kind in joined.split("+")}
    assert seen == {kind for kind, _ in STEPS}


@given(texts())
def test_replaying_the_edits_gives_the_text(text: str) -> None:
    cleaned = clean(text)
    assert apply(text, cleaned.edits) == cleaned.text
    assert cleaned.source_text == text


@given(texts())
def test_no_control_character_is_left(text: str) -> None:
    assert not [
        c for c in clean(text).text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000
    ]


@pytest.mark.parametrize("case", CASES["changes"], ids=lambda case: case["name"])
def test_what_was_cleaned_is_clean(case: dict[str, Any]) -> None:
    assert clean(case["want"]).text == case["want"]


@given(texts(), st.data())
def test_offsets_go_back_in_order(text: str, data: st.DataObject) -> None:
    cleaned = clean(text)
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(cleaned.text))] * 2)))
    start, end = cleaned.to_source(a, b)
    assert 0 <= start <= len(text)
    assert 0 <= end <= len(text)
    assert start <= end or a == b


@given(texts())
def test_what_no_edit_touched_stands_at_its_offsets(text: str) -> None:
    cleaned = clean(text)
    touched = {i for edit in cleaned.edits for i in range(edit.start, max(edit.end, edit.start + 1))}
    for i, char in enumerate(cleaned.text):
        start, end = cleaned.to_source(i, i + 1)
        if end - start == 1 and start not in touched:
            assert text[start] == char
