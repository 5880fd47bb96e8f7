"""The condition of a text, from the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from telecom_digest import arabic
from telecom_digest.clean import clean
from telecom_digest.repair import diagnose
from tests.conftest import ROOT

INTACT = sorted((ROOT / "examples").glob("*.txt"))


def test_the_seeds(seeds: Path) -> None:
    assert clean((seeds / "itu-arab-hr-meeting.txt").read_text(encoding="utf-8")).condition == "stripped"
    assert clean((seeds / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")).condition == "intact"


@pytest.mark.parametrize("path", INTACT, ids=lambda path: path.name)
def test_intact_text_and_what_becomes_of_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cleaned = clean(text)
    assert cleaned.condition == "intact"
    unpunctuated = "".join(" " if c in ".،؛:,;!?؟\n" else c for c in cleaned.text)
    assert diagnose(unpunctuated, cleaned.language) == "unpunctuated"
    if cleaned.language == "ar":
        assert diagnose(arabic.skeleton(unpunctuated), "ar") == "stripped"
        assert diagnose(arabic.fold(cleaned.text), "ar") == "intact"


@pytest.mark.parametrize("text", ["", "نص", "مرحبا بكم", "2017", "...", "كلمة " * 30])
def test_little_text_is_not_called_damaged(text: str) -> None:
    assert diagnose(text, "ar") == "intact"
