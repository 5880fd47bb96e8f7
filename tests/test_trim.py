"""What is cut, and what is never cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.language import detect, lexicon, words
from telecom_digest.trim import trim
from tests.strategies import texts

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "trim.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_cases(case: dict[str, Any]) -> None:
    lex = lexicon(detect(case["text"]))
    start, end = trim(case["text"], lex, max_words=case.get("max_words", 12), longest=case.get("longest", 60))
    assert case["text"][start:end] == case["want"]


def test_stripped_text_loses_its_openers_too() -> None:
    text = "وضاف ن الهي ستطرح الترددات الجديد في مزاد علني"
    start, end = trim(text, lexicon("ar"), max_words=25, longest=60, stripped=True)
    assert text[start:end] == "الهي ستطرح الترددات الجديد في مزاد علني"


@given(texts(), st.integers(5, 40), st.integers(10, 60), st.booleans())
def test_a_span_is_left_and_it_is_not_too_long(text: str, max_words: int, longest: int, stripped: bool) -> None:
    sentence = " ".join(text.split())
    start, end = trim(sentence, lexicon(detect(sentence)), max_words=max_words, longest=longest, stripped=stripped)
    assert 0 <= start <= end <= len(sentence)
    assert bool(sentence[start:end]) == bool(sentence)
    shown = sentence[start:end]
    assert len(words(shown)) <= longest or " " not in shown or end >= len(sentence.rstrip(" .،؛,;:-–—"))


@pytest.mark.parametrize(
    "sentence",
    [
        "قال المدير إن الشبكة تعمل في 5 مدن، وأكد ذلك " * 4_000,
        "قال المدير إن الشبكة تعمل، وأكد ذلك، " * 4_000,
        "كلمة أخرى هنا قبل النقاط " + "." * 100_000 + " كلمة بعدها",
    ],
    ids=["clauses with figures", "clauses", "stops"],
)
def test_a_sentence_without_end_costs_no_more_a_word(sentence: str) -> None:
    """Each took from half a minute to several: every clause looked at all the rest of the sentence."""
    start, end = trim(sentence, lexicon("ar"), max_words=25, longest=45)
    assert len(words(sentence[start:end])) <= 45
