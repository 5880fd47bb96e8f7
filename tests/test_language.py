"""Detection, matching forms, word lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from telecom_digest import arabic, language, resources
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("تشارك مصر في المؤتمر", "ar"),
        ("أعلنت شركة Vodafone إطلاق خدمة VoLTE على شبكة LTE Advanced في Cairo", "ar"),
        ("The Council approved the budget of the Union for the next four years in Geneva.", "en"),
        ("Council approves budget", "en"),
        ("Le Conseil de l'Union a approuvé le budget pour les quatre prochaines années à Genève hier soir", "und"),
        ("Der Rat der Union hat heute in Genf den Haushalt der kommenden vier Jahre beschlossen und vertagt", "und"),
        ("سازمان تنظیم مقررات و ارتباطات رادیویی اعلام کرد که فرکانس‌ها واگذار می‌شود", "und"),
        ("پاکستان ٹیلی کمیونیکیشن اتھارٹی نے اعلان کیا", "und"),
        ("会议在日内瓦举行", "und"),
        ("2017 191 700", "und"),
        ("", "und"),
    ],
)
def test_detect(text: str, want: str) -> None:
    assert language.detect(text) == want


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الاتحاد", "للاتحاد"),
        ("والهيئة", "هيئة"),
        ("الاتصالات", "اتصال"),
        ("إلى", "الي"),
        ("أكدت", "وأكدت"),
        ("مُؤتمر", "مؤتمر"),
        ("٢٠١٧", "2017"),
        ("conferences", "Conference"),
        ("policies", "policy"),
    ],
)
def test_keys_bring_forms_of_a_word_together(one: str, other: str) -> None:
    assert language.keys(one) == language.keys(other)


@pytest.mark.parametrize(("one", "other"), [("وزارة", "زيارة"), ("مصر", "نصر"), ("دولة", "دولار"), ("status", "state")])
def test_keys_keep_words_apart(one: str, other: str) -> None:
    assert language.keys(one) != language.keys(other)


def test_stripped_words_meet_what_they_were() -> None:
    assert language.keys("إدارة المؤتمر", stripped=True) == language.keys("دار المتمر", stripped=True)


@given(texts())
def test_keys_never_fail(text: str) -> None:
    assert all(isinstance(key, str) for key in language.keys(text))
    assert language.detect(text) in ("ar", "en", "und")


def test_presentation_forms_become_letters() -> None:
    assert arabic.letters("ﻻ ﷲ ﻣﺆﺗﻤﺮ") == "لا الله مؤتمر"


def test_both_languages_have_the_same_lists() -> None:
    arabic_lists = set(language.lexicon("ar").lists)
    assert set(language.lexicon("en").lists) == arabic_lists
    assert set(language.lexicon("und").lists) == arabic_lists
    assert not any(language.lexicon("und").lists.values())


@pytest.mark.parametrize("code", ["ar", "en"])
def test_no_list_hides_another(code: str) -> None:
    names = [
        {name.removesuffix("_words") for name in resources.yaml(f"{folder}/{code}.yaml", "telecom-digest/words/1")}
        for folder in ("words", "facts")
    ]
    assert not names[0] & names[1]


def test_the_longest_phrase_wins_and_none_overlap() -> None:
    known = [("a b", "short"), ("a b c", "long"), ("c", "alone")]
    found = language.Phrases((phrase.split(), label) for phrase, label in known).find(["a", "b", "c", "a", "b"])
    assert found == [(0, 3, "long"), (3, 5, "short")]


def test_messages_speak_both_languages_with_the_same_values() -> None:
    messages = resources.yaml("messages.yaml", "telecom-digest/messages/1")
    for code, versions in messages.items():
        assert set(versions) == {"ar", "en"}, code
        assert [f"{{{i}}}" in versions["ar"] for i in range(3)] == [f"{{{i}}}" in versions["en"] for i in range(3)], code
    assert language.message("fewer", "und", ["2"]) == language.message("fewer", "en", ["2"])


def test_glossary_entries_are_whole() -> None:
    entries = resources.yaml("glossary.yaml", "telecom-digest/glossary/1")["entries"]
    assert len(entries) >= 80
    assert len({entry["id"] for entry in entries}) == len(entries)
    names: dict[str, str] = {}
    for entry in entries:
        assert set(entry) == {"id", "kind", "ar", "en", "abbr", "country"}
        assert entry["ar"] or entry["en"]
        assert entry["country"] is None or (len(entry["country"]) == 2 and entry["country"].isupper())
        for name in entry["ar"] + entry["en"]:
            assert names.setdefault(name, entry["id"]) == entry["id"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("الجهاز القومي لتنظيم الاتصالات", "ntra-egypt"),
        ("للاتحاد الدولي للاتصالات", "itu"),
        ("والمؤتمر العالمي لتنمية الاتصالات", "wtdc"),
        ("the World Radiocommunication Conference", "wrc"),
        ("WTSA", "wtsa"),
    ],
)
def test_the_glossary_finds_names_in_text(text: str, entry: str) -> None:
    assert entry in [label for _, _, label in language.glossary().find(language.keys(text))]


def test_the_schema_is_json() -> None:
    assert (
        json.loads((Path(resources.DATA) / "digest.schema.json").read_text(encoding="utf-8"))["$id"] == "telecom-digest/1"
    )
