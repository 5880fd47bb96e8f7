"""The condition of a text, from the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from telecom_digest import arabic
from telecom_digest.clean import clean
from telecom_digest.repair.condition import diagnose
from tests.conftest import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/condition.yaml").read_text(encoding="utf-8"))["cases"]
INTACT = sorted((ROOT / "examples").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_lost(case: dict[str, Any]) -> None:
    text = arabic.fold(case["text"]) if case.get("fold") else case["text"]
    text = text.translate(str.maketrans(case.get("replace", {})))
    text = text.translate(str.maketrans("", "", case.get("delete", "")))
    found = diagnose(text, "ar")
    assert found.condition == case["condition"]
    assert set(found.deleted) == set(case.get("deleted", ""))
    assert set(found.replaced) == set(case.get("replaced", ""))
    assert found.ends == case.get("ends", False)
    assert found.figures == case.get("figures", False)


def test_the_seeds(seeds: Path) -> None:
    assert clean((seeds / "itu-arab-hr-meeting.txt").read_text(encoding="utf-8")).condition == "stripped"
    assert clean((seeds / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")).condition == "intact"


@pytest.mark.parametrize("path", INTACT, ids=lambda path: path.name)
def test_intact_text_and_what_becomes_of_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cleaned = clean(text)
    assert cleaned.condition == "intact"
    unpunctuated = "".join(" " if c in ".،؛:,;!?؟\n" else c for c in cleaned.text)
    assert diagnose(unpunctuated, cleaned.language).condition == "unpunctuated"
    if cleaned.language == "ar":
        assert diagnose(arabic.skeleton(unpunctuated), "ar").condition == "stripped"
        assert diagnose(arabic.fold(cleaned.text), "ar").condition == "folded"


@pytest.mark.parametrize("text", ["", "نص", "مرحبا بكم", "2017", "...", "كلمة " * 20])
def test_little_text_is_not_called_damaged(text: str) -> None:
    assert diagnose(text, "ar").condition == "intact"
