"""What the repair does to texts: every condition, the seed, and what must hold of any text."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telecom_digest import arabic
from telecom_digest.clean import clean
from telecom_digest.edits import Edit, apply
from telecom_digest.model import CleanText, RepairMode
from telecom_digest.repair.condition import REPLACED, Diagnosis
from telecom_digest.repair.restore import LETTER_EDIT, SPACE_EDIT, restore
from telecom_digest.segment import segment
from tests.conftest import ROOT
from tests.strategies import texts

RIGHT = ROOT / "tests/cases/itu-arab-hr-meeting.right.txt"
RELEASE = clean((ROOT / "examples/ntra-roaming-ar.txt").read_text(encoding="utf-8")).text
_SIGNS = re.compile(r"[.،؛:؟!«»()\"\d٠-٩\n-]+")


def words_right(right: str, got: str) -> float:
    wanted, found = right.split(), got.split()
    assert len(wanted) == len(found)
    return sum(a == b for a, b in zip(wanted, found, strict=True)) / len(wanted)


@pytest.fixture(scope="module")
def seed() -> CleanText:
    return clean((ROOT / "seeds/itu-arab-hr-meeting.txt").read_text(encoding="utf-8"))


def test_the_right_text_of_the_seed_is_the_seed_with_its_letters() -> None:
    """Checked by hand against the sense; where two forms make sense both stand there, apart by |."""
    source = (ROOT / "seeds/itu-arab-hr-meeting.txt").read_text(encoding="utf-8")
    right = [word.split("|") for word in RIGHT.read_text(encoding="utf-8").split()]
    assert all(len({arabic.skeleton(form) for form in forms}) == 1 for forms in right)
    assert "".join(arabic.skeleton(forms[0]) for forms in right) == "".join(source.split())


def test_the_seed_is_read(seed: CleanText) -> None:
    right = [word.split("|") for word in RIGHT.read_text(encoding="utf-8").split()]
    got = seed.text.split()
    assert len(got) == len(right)
    wrong = [(word, forms) for word, forms in zip(got, right, strict=True) if word not in forms]
    assert len(wrong) <= 0.01 * len(right), wrong  # 5 of 536
    assert seed.repair is not None
    assert seed.repair.figures_lost
    assert "يبلغ عدد أعضائها دولة" in " ".join(seed.repair.figures_at)


def test_its_sentences_end_where_it_makes_sense(seed: CleanText) -> None:
    assert seed.repair is not None
    lines = RIGHT.read_text(encoding="utf-8").splitlines()
    wanted = set(accumulate(len(line.split()) for line in lines[:-1]))
    found = {len(seed.text[:at].split()) for at, _ in seed.repair.ends}
    assert len(wanted & found) >= 0.6 * len(wanted)
    assert len(wanted & found) >= 0.6 * len(found)


def test_stripped() -> None:
    right = _SIGNS.sub(" ", RELEASE)
    cleaned = clean(arabic.skeleton(right))
    assert cleaned.condition == "stripped"
    assert words_right(right, cleaned.text) > 0.97


def test_folded_and_punctuated() -> None:
    cleaned = clean(RELEASE.translate(str.maketrans("أإآةى", "اااهي")))
    assert cleaned.condition == "folded"
    assert words_right(RELEASE, cleaned.text) > 0.98
    assert cleaned.repair is not None
    assert cleaned.repair.ends == ()


@pytest.mark.parametrize("letters", ["ة", "أإآ", "ةى"])
def test_some_letters_gone(letters: str) -> None:
    cleaned = clean(RELEASE.translate(str.maketrans("", "", letters)))
    assert cleaned.condition == "partial"
    assert words_right(RELEASE, cleaned.text) > 0.97


def test_only_punctuation_gone() -> None:
    text = _SIGNS.sub(" ", RELEASE)
    cleaned = clean(text)
    assert cleaned.condition == "unpunctuated"
    assert cleaned.repair is not None
    assert cleaned.text.split() == text.split()
    assert cleaned.repair.ends


def test_intact_text_is_left_alone(seeds: Path) -> None:
    text = (seeds / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")
    assert clean(text).repair is None
    assert clean(text).text == clean(text, repair="never").text
    assert clean(text, repair="always").text.split() == clean(text).text.split()


def test_never_is_never(seeds: Path) -> None:
    text = (seeds / "itu-arab-hr-meeting.txt").read_text(encoding="utf-8")
    cleaned = clean(text, repair="never")
    assert (cleaned.text, cleaned.repair, cleaned.condition, cleaned.skeletal) == (text, None, "stripped", True)


def test_a_higher_threshold_leaves_more(seed: CleanText) -> None:
    careful = clean(seed.source_text, threshold=0.99)
    assert careful.repair is not None
    assert seed.repair is not None
    assert careful.repair.left > seed.repair.left
    assert len(careful.repair.restorations) < len(seed.repair.restorations)
    assert all(r.probability >= 0.99 for r in careful.repair.restorations)


def test_offsets_point_into_the_damaged_source(seed: CleanText) -> None:
    assert seed.repair is not None
    for start, end, before, after, _ in seed.repair.restorations:
        assert seed.source_text[start:end] == before
        assert arabic.skeleton(after).strip() == before


def test_a_glued_word_is_parted_and_restored(seed: CleanText) -> None:
    assert "تقديمها على مدى أيام" in seed.text


ANYTHING = st.one_of(texts(), st.text(st.sampled_from("ابتنهويلم أإةىء\n.،1a\u064b\u0640"), max_size=200))
LOST = st.builds(
    Diagnosis,
    deleted=st.sets(st.sampled_from(arabic.FRAGILE)).map("".join),
    replaced=st.sets(st.sampled_from(arabic.FRAGILE)).map("".join),
    ends=st.booleans(),
    stretches=st.sampled_from([(), ((0, 9),), ((3, 20), (30, 31))]),
)


@settings(max_examples=60)
@given(ANYTHING, LOST, st.booleans(), st.sampled_from([0.0, 0.3, 0.5]))
def test_what_was_restored_can_be_taken_away_again(text: str, lost: Diagnosis, everywhere: bool, threshold: float) -> None:
    """No source letter is lost, changed for an unlike one, or moved, on any input."""
    found = restore(text, lost, threshold=threshold, everywhere=everywhere)
    for edit in found.edits:
        gone = text[edit.start : edit.end]
        if edit.kind == SPACE_EDIT:
            assert (gone, edit.text) == ("", " ")
            continue
        assert edit.kind == LETTER_EDIT
        assert set(edit.text) <= set(arabic.FRAGILE if everywhere else lost.replaced if gone else lost.deleted)
        assert not gone or REPLACED[edit.text] == gone
    restored = apply(text, found.edits)
    back = [(e.start, e.end) for e in found.edits]
    assert back == sorted(back)
    undone, at = [], 0
    for edit, (start, end) in zip(found.edits, spans(found.edits), strict=True):
        undone += [restored[at:start], text[edit.start : edit.end]]
        at = end
    assert "".join([*undone, restored[at:]]) == text
    assert all(0 < at <= len(restored) and restored[at - 1].strip() for at, _ in found.ends)
    assert [at for at, _ in found.ends] == sorted({at for at, _ in found.ends})
    if not lost.ends:
        assert not found.ends


def spans(edits: list[Edit]) -> list[tuple[int, int]]:
    """Return where each replacement stands in the result, worked out apart from edits.shifts."""
    found, moved = [], 0
    for start, end, letters, _ in edits:
        found.append((start + moved, start + moved + len(letters)))
        moved += len(letters) - (end - start)
    return found


@settings(max_examples=60)
@given(ANYTHING, st.sampled_from(get_args(RepairMode)))
def test_replaying_the_edits_of_a_repaired_text_gives_it(text: str, mode: RepairMode) -> None:
    cleaned = clean(text, repair=mode)
    assert apply(text, cleaned.edits) == cleaned.text


@pytest.mark.parametrize("text", ["", " ", "كلم", "ا", "2017", "...", "Latin only", "١٢٣ 456", "\u064b\u064b", "👍"])
def test_little_and_odd_text(text: str) -> None:
    cleaned = clean(text, language="ar", repair="always")
    assert apply(text, cleaned.edits) == cleaned.text


def test_mixed_scripts_keep_their_latin_words() -> None:
    mixed = arabic.skeleton(_SIGNS.sub(" ", RELEASE)).replace("الاتصالات", "ITU Telecom World الاتصالات")
    cleaned = clean(mixed)
    assert cleaned.condition == "stripped"
    assert cleaned.text.count("ITU Telecom World") == mixed.count("ITU Telecom World")


def test_blocks_and_sections_overlap_so_that_a_text_among_others_is_read_as_it_is_alone(seed: CleanText) -> None:
    text = seed.source_text + "\n"
    many = restore(text * 12, Diagnosis(arabic.FRAGILE, ends=True), threshold=0.5)
    alone, repeated = seed.text.split(), apply(text * 12, many.edits).split()
    for i in range(1, 11):
        part = repeated[len(alone) * i : len(alone) * (i + 1)]
        assert sum(a == b for a, b in zip(alone, part, strict=True)) > 0.99 * len(alone)


def test_a_megabyte(seed: CleanText) -> None:
    text = (seed.source_text + "\n") * (1_000_000 // len(seed.source_text.encode()) + 1)
    assert len(text.encode()) > 1_000_000
    cleaned = clean(text)
    assert cleaned.condition == "stripped"
    assert "".join(arabic.skeleton(cleaned.text).split()) == "".join(text.split())
    assert len(segment(cleaned)) > 500


@pytest.mark.parametrize("text", ["الموارد ال\u200fبشر\u0640ي", "في الدول العرب\u0640ي", "ل\u200f المسولين\r\nعن دار"])
def test_what_was_cleaned_and_restored_at_once_keeps_its_place(text: str, seed: CleanText) -> None:
    source = seed.source_text.replace(" ".join(text.replace("\r\n", " ").translate(INVISIBLE).split()), text, 1)
    assert text in source
    cleaned = clean(source)
    assert cleaned.repair is not None
    assert apply(source, cleaned.edits) == cleaned.text
    for start, end, before, after, _ in cleaned.repair.restorations:
        assert source[start:end] == before
        assert arabic.skeleton(after).strip() == arabic.skeleton(before.translate(INVISIBLE))


INVISIBLE = str.maketrans("", "", "\u200f\u0640")


def test_an_intact_part_neither_hides_the_damage_nor_is_touched(seed: CleanText) -> None:
    intact = RELEASE.split("\n")[-1]
    cleaned = clean(f"{intact}\n{seed.source_text}\n{intact}")
    assert cleaned.condition == "partial"
    assert cleaned.text.startswith(intact)
    assert cleaned.text.endswith(intact)
    assert "تقديمها على مدى أيام" in cleaned.text


@pytest.mark.parametrize("condition", ["folded", "partial", "stripped", "unpunctuated"])
def test_without_signs_every_condition_has_sentences(condition: str) -> None:
    damaged = {
        "folded": RELEASE.translate(str.maketrans("أإآةى", "اااهي")),
        "partial": RELEASE.replace("ة", ""),
        "stripped": arabic.skeleton(RELEASE),
        "unpunctuated": RELEASE,
    }[condition]
    cleaned = clean(" ".join(_SIGNS.sub(" ", damaged).split()))
    assert cleaned.condition == condition
    assert len(segment(cleaned)) > 3
