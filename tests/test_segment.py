"""Sentences: one line a case, and what holds of any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from telecom_digest.boundary import RULES, breaks
from telecom_digest.clean import clean
from telecom_digest.language import lexicon
from telecom_digest.model import Repair
from telecom_digest.segment import segment
from tests.strategies import texts

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "segment.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    parts = case.replace("⏎", "\n").split(" | ")
    text = "".join(part if part.endswith("\n") else part + " " for part in parts).rstrip()
    assert [s.text for s in segment(text)] == [clean(part).text for part in parts]


def test_every_rule_decides_some_case() -> None:
    text = " ".join(CASES).replace(" | ", " ").replace("⏎", "\n") + "\n\nثم بدأ.\n"
    fired = {rule for lang in ("ar", "en") for _, _, rule in breaks(clean(text).text, lexicon(lang))}
    assert fired == {rule.__name__.lstrip("_") for rule in RULES}


@given(texts())
def test_sentences_are_in_order_within_the_text_and_leave_nothing_out(text: str) -> None:
    cleaned = clean(text)
    sentences = segment(cleaned)
    at = 0
    for sentence in sentences:
        assert cleaned.text[at : sentence.at].strip() == ""
        at = sentence.at + len(sentence.text)
        assert cleaned.text[sentence.at : at] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
    assert cleaned.text[at:].strip() == ""


@given(texts())
def test_source_spans_are_ordered_and_cover_all_but_removed_text(text: str) -> None:
    cleaned = clean(text)
    sentences = segment(cleaned)
    at = 0
    gaps = []
    for sentence in sentences:
        assert at <= sentence.start <= sentence.end <= len(text)
        gaps.append((at, sentence.start))
        at = sentence.end
    gaps.append((at, len(text)))
    removed = {i for edit in cleaned.edits for i in range(edit.start, edit.end)}
    assert not [i for a, b in gaps for i in range(a, b) if not text[i].isspace() and i not in removed]


def test_an_offset_beside_a_ligature_is_known() -> None:
    text = "وافقت الهيئة على القرار في اجتماعها أمس.ﻻ يجوز رفع الأسعار قبل موافقة الهيئة."
    second = segment(text)[1]
    assert second.text.startswith("لا يجوز")
    assert text[second.start : second.end].startswith("ﻻ يجوز")


def test_many_stops_cost_as_much_each() -> None:
    """Each stop once looked at all the rest of the text: 64,000 of them took a minute and a half."""
    assert len(segment("Intro. " + ". " * 64_000 + "The end came")) == 2


def test_background_is_announced_by_headings() -> None:
    text = "The council met in Geneva today.\n\nAbout ITU\nThe Union has 194 members.\nIt was founded in 1865.\n"
    assert [(s.heading, s.aside) for s in segment(text)] == [(False, False), (True, True), (False, True), (False, True)]
    assert not any(
        s.aside for s in segment("About 400 delegates came. They met in Geneva.\nAbout half of them spoke today.\n")
    )
    text = "The council met today. Notes to editors: the Union has 194 members. It has its seat in Geneva."
    assert [s.aside for s in segment(text)] == [False, True, True]
    inline = "اختتم المجلس دورته أمس. نبذة عن الاتحاد الدولي للاتصالات: الاتحاد وكالة متخصصة. ويضم 193 دولة."
    assert [s.aside for s in segment(inline)] == [False, True, True]


def test_stripped_text_that_is_not_repaired_is_split_by_openings() -> None:
    seeds = Path(__file__).parents[1] / "seeds"
    sentences = segment(clean((seeds / "itu-arab-hr-meeting.txt").read_text(encoding="utf-8"), repair="never"))
    assert len(sentences) >= 12
    assert max(len(s.text.split()) for s in sentences) <= 60
    assert any(s.text.startswith("ويعد الاتحاد الدولي") for s in sentences)
    assert any(s.text.startswith("وهناك ثلاث قطاعات") for s in sentences)


def test_text_without_punctuation_is_split_by_openings() -> None:
    text = " ".join(["أعلنت الهيئة نتائج المزاد الذي طرحته في العام الماضي على شركات المحمول العاملة في السوق المحلية"] * 3)
    text += " وأكد المدير أن العمل مستمر " + " ".join(["في المناطق كافة"] * 14)
    assert clean(text).condition == "unpunctuated"
    assert any(s.text.startswith("وأكد المدير") for s in segment(clean(text, repair="never")))


def test_restored_ends_are_cuts_and_stops_that_are_there_too() -> None:
    text = " ".join(["أعلنت الهيئة نتائج المزاد"] * 4 + ["وقال المدير إن العمل مستمر. وتوقع المزيد"])
    cleaned = clean(text)
    end = text.index(" وقال")
    damaged = replace(cleaned, condition="unpunctuated", repair=Repair((), 0, ((end, 0.9),)))
    assert [s.text.split()[0] for s in segment(damaged)] == ["أعلنت", "وقال", "وتوقع"]
    comma = text.replace(" وقال", "، وقال")
    damaged = replace(clean(comma), condition="unpunctuated", repair=Repair((), 0, ((end, 0.9),)))
    assert segment(damaged)[0].text.endswith("المزاد،")
