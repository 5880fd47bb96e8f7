"""From a document to its digest: the founding documents, fixtures of every condition, and what holds of any text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest import Document, SourceError, digest, render
from telecom_digest.arabic import skeleton
from telecom_digest.language import words
from telecom_digest.model import Digest
from telecom_digest.profile import load
from tests.conftest import ROOT
from tests.strategies import texts

DOCUMENTS = sorted((ROOT / "tests" / "cases" / "documents").glob("*.txt")) + sorted((ROOT / "examples").glob("*.txt"))
THREE = load("default").with_budget(bullets=3)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", [*DOCUMENTS, *sorted((ROOT / "seeds").glob("*.txt"))], ids=lambda path: path.name)
def test_golden(path: Path, golden: Callable[[str, str], None]) -> None:
    document = Document(read(path), source=path.name)
    golden(f"{path.stem}.json", render(digest(document), "json"))


def test_the_second_seed_says_what_where_and_when(seeds: Path) -> None:
    made = digest(read(seeds / "ntra-wtdc-2017.txt"), THREE)
    first = made.bullets[0].text
    for part in ("المؤتمر العالمي لتنمية الاتصالات لعام 2017", "9 إلى 20 أكتوبر", "بوينس أيرس"):
        assert part in first
    for bullet in made.bullets:
        assert "جدير بالذكر" not in bullet.text
        assert "من أهم وكالات الأمم المتحدة" not in bullet.text
        assert "ويتركز دور الاتحاد" not in bullet.text
        assert len(words(bullet.text)) <= 45
    assert made.condition == "intact"
    assert made.notes == ()


def test_the_first_seed_is_digested_restored(seeds: Path) -> None:
    text = read(seeds / "itu-arab-hr-meeting.txt")
    made = digest(text, replace(load(), order="rank"))
    assert made.condition == "stripped"
    assert all(len(words(bullet.text)) <= 45 for bullet in made.bullets)
    shown = [bullet.text for bullet in made.bullets]
    assert "يوجه الاجتماع اهتماماته إلى المسؤولين عن إدارة وتطوير وتدريب الموارد البشرية" in shown[0]  # what it is for
    presented = min(i for i, text in enumerate(shown) if "ورقات" in text or "أوراق" in text or "ورقة" in text)
    described = min((i for i, text in enumerate(shown) if "الاتحاد" in text or "للاتحاد" in text), default=99)
    assert presented < described
    for bullet in made.bullets:
        assert skeleton(bullet.text).split()[-1] in text[bullet.start : bullet.end]
    assert any("استُعيدت" in note for note in made.notes)


def test_the_title_is_a_heading_over_the_text() -> None:
    made = digest(read(ROOT / "examples" / "itu-council-en.txt"))
    assert made.title == "ITU Council agrees budget and work plan for the next two years"
    assert made.title not in [bullet.text for bullet in made.bullets]
    assert made.bullets[0].text.startswith("The Council of the International Telecommunication Union")


def test_background_is_left_out_in_both_languages() -> None:
    for name, phrase in (("ntra-roaming-ar.txt", "تأسس بموجب"), ("itu-council-en.txt", "Founded in 1865")):
        made = digest(read(ROOT / "examples" / name), "brief")
        assert not any(phrase in bullet.text for bullet in made.bullets)


def test_short_text_gives_its_sentences_and_a_note() -> None:
    text = read(ROOT / "tests" / "cases" / "documents" / "short-ar.txt")
    made = digest(text)
    assert [b.text for b in made.bullets] == [
        "وقع الجهاز مذكرة تفاهم مع الاتحاد الدولي للاتصالات.",
        "وتسري المذكرة ثلاث سنوات.",
    ]
    assert made.notes == ("النص أقصر من أن يُختصر، وهذه جُمله",)


def test_a_short_text_is_not_repeated_either() -> None:
    made = digest("أعلنت الهيئة نتائج المزاد اليوم. أعلنت الهيئة نتائج المزاد اليوم. ووقع الوزير اتفاقية جديدة.")
    assert len(made.bullets) == 2


def test_more_bullets_than_sentences_gives_all_and_says_what_was_cut(seeds: Path) -> None:
    made = digest(read(seeds / "ntra-wtdc-2017.txt"), load("default").with_budget(bullets=1000))
    assert len(made.bullets) == len(made.explanation.candidates)
    assert "مختصر" in made.notes[0]


def test_a_label_is_no_title() -> None:
    made = digest("PRESS RELEASE\nITU opens its forum\n\nThe forum opened in Geneva on Monday. It ends on Friday.\n")
    assert made.title == "ITU opens its forum"


def test_the_same_sentence_is_not_said_twice() -> None:
    sentence = "أعلنت الهيئة نتائج المزاد الذي شاركت فيه ثلاث شركات من شركات المحمول. "
    other = "ووقع الوزير اتفاقية لبناء مركز بيانات في المدينة الجديدة بتكلفة كبيرة. "
    made = digest(sentence * 4 + other * 3)
    assert len(made.bullets) == 2
    assert "2" in made.notes[0]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200f\u200f", "\x00\x07", "....", "؟!"])
def test_nothing_to_digest_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="nothing to digest"):
        digest(text)


@given(texts())
def test_any_text_gives_bullets_that_are_spans_of_it(text: str) -> None:
    try:
        made = digest(text)
    except SourceError:
        return
    assert made.bullets
    last = 0
    for bullet in made.bullets:
        assert last <= bullet.start < bullet.end <= len(text)
        last = bullet.end
        assert bullet.text.strip()
    assert made.words_out <= made.words_in or made.words_in == 0


@given(texts(), st.sampled_from(["ar", "en"]))
def test_no_word_stands_in_a_bullet_that_is_not_in_its_span(text: str, lang: str) -> None:
    plain = " ".join(w for w in text.split() if w.isalpha() and not any("\ufb50" <= c <= "\ufefc" for c in w))
    try:
        made = digest(plain, language=lang)
    except SourceError:
        return
    for bullet in made.bullets:
        assert not Counter(words(bullet.text)) - Counter(words(plain[bullet.start : bullet.end]))


@given(texts())
def test_the_same_input_gives_the_same_output(text: str) -> None:
    def once() -> Digest | str:
        try:
            return digest(text)
        except SourceError as error:
            return str(error)

    assert once() == once()


@given(texts(), st.integers(1, 60))
def test_a_budget_of_words_holds_or_says_why_not(text: str, limit: int) -> None:
    try:
        made = digest(text, load("default").with_budget(words=limit))
    except SourceError:
        return
    assert made.words_out <= limit or any(str(limit) in note for note in made.notes)


@given(st.integers(1, 12))
def test_a_number_of_bullets_holds(number: int) -> None:
    text = read(ROOT / "examples" / "itu-council-en.txt")
    made = digest(text, load("default").with_budget(bullets=number))
    assert len(made.bullets) == number or made.notes


@pytest.mark.parametrize("share", [0.1, 0.25, 0.333, 0.5])
def test_a_share_of_words_is_come_near_to(seeds: Path, share: float) -> None:
    made = digest(read(seeds / "ntra-wtdc-2017.txt"), load("default").with_budget(ratio=share))
    assert abs(made.words_out / made.words_in - share) < 0.05


def test_rank_order_is_best_first(seeds: Path) -> None:
    from dataclasses import replace

    made = digest(read(seeds / "ntra-wtdc-2017.txt"), replace(load("default"), order="rank"))
    scores = [bullet.score for bullet in made.bullets]
    assert scores == sorted(scores, reverse=True)


def test_scores_are_the_sum_of_what_the_explanation_shows(seeds: Path) -> None:
    made = digest(read(seeds / "ntra-wtdc-2017.txt"))
    for candidate in made.explanation.candidates:
        total = sum(made.explanation.weights[name] * value for name, value in candidate.features.items())
        assert candidate.score == pytest.approx(total, abs=1e-4)
        assert all(0 <= value <= 1 for value in candidate.features.values())
