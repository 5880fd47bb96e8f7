"""Which documents are one story, on releases of our own with copies made by a program and siblings made by hand."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stories import CASES, copies
from telecom_digest.daily import stories
from telecom_digest.daily.store import Store
from telecom_digest.model import Document
from tests.strategies import texts

CONTENT: dict[str, Any] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
RELEASES: list[dict[str, Any]] = CONTENT["releases"]
TEXT = RELEASES[0]["text"]


def all_releases() -> dict[str, str]:
    """Return every release and sibling by its name; no two of them are one story."""
    found = {}
    for release in RELEASES:
        found[release["name"]] = release["text"]
        for number, changes in enumerate(release["siblings"]):
            text = release["text"]
            for old, new in changes:
                assert old in text, f"{release['name']}: its sibling changes what it does not say: {old}"
                text = text.replace(old, new)
            found[f"{release['name']}/{number}"] = text
    return found


def test_there_are_releases_enough_in_both_languages() -> None:
    names = [release["name"] for release in RELEASES]
    assert min(sum(name.endswith(language) for name in names) for language in ("-ar", "-en")) >= 10
    assert all(release["siblings"] for release in RELEASES)


def test_copies_are_one_story_and_siblings_are_not() -> None:
    releases = all_releases()
    signatures = {name: stories.signature(text) for name, text in releases.items()}
    made = [(name, stories.signature(copy)) for name, text in releases.items() for copy in copies(text, name)]
    found = sum(stories.same(signatures[name], copy) for name, copy in made)
    false = sum(stories.same(signatures[one], signatures[other]) for one, other in combinations(signatures, 2))
    false += sum(stories.same(signatures[other], copy) for name, copy in made for other in signatures if other != name)
    assert found / len(made) >= 0.95
    assert found / (found + false) >= 0.95


def test_the_state_finds_the_same_stories_in_whatever_order_they_come(tmp_path: Path) -> None:
    seen = [(name, one) for name, text in all_releases().items() for one in [text, *copies(text, name)]]
    Random(6).shuffle(seen)  # noqa: S311 - nothing here is secret
    told: dict[str, list[int]] = {}
    with Store(tmp_path / "a.sqlite") as store:
        run = store.begin(date(2026, 1, 1))
        for number, (name, text) in enumerate(seen):
            told.setdefault(name, []).append(store.add(run, Document(text, f"{number}.txt"), "press").story)
    pairs = [(a == b, one == other) for (one, a), (other, b) in combinations(flat(told), 2)]
    right = sum(together and alike for together, alike in pairs)
    assert right / sum(together for together, _ in pairs) >= 0.95
    assert right / sum(alike for _, alike in pairs) >= 0.95


def flat(told: dict[str, list[int]]) -> list[tuple[str, int]]:
    return [(name, story) for name, found in told.items() for story in found]


@pytest.mark.parametrize(
    "changes",
    [
        [("أ", "ا"), ("إ", "ا"), ("ة", "ه")],
        [("ائ", "اي"), ("ؤ", "و")],
        [("،", " ,"), (". ", " ! ")],
        [("1", "١"), ("2", "٢")],
    ],
    ids=["alef", "hamza", "signs", "digits"],
)
def test_spelling_makes_no_other_text(changes: list[tuple[str, str]]) -> None:
    text = TEXT
    for old, new in changes:
        text = text.replace(old, new)
    assert text != TEXT
    assert stories.signature(text) == stories.signature(TEXT)


def test_other_words_and_another_order_make_another_content() -> None:
    contents = {stories.signature(text).content for text in (TEXT, TEXT + " انتهى", " ".join(reversed(TEXT.split())))}
    assert len(contents) == 3


def test_a_text_cut_in_half_is_the_same_story_and_a_round_up_is_not() -> None:
    whole = stories.signature(TEXT)
    assert stories.same(whole, stories.signature(TEXT[: len(TEXT) // 2]))
    round_up = " ".join(release["text"] for release in RELEASES[:5])
    assert not stories.same(whole, stories.signature(round_up))


def test_what_a_body_says_of_itself_makes_no_story() -> None:
    for language in ("ar", "en"):
        texts_ = [" ".join(one["text"].split()[:40]) + ".\n" for one in RELEASES if one["name"].endswith(language)]
        signatures = [stories.signature(text + CONTENT["about"][language]) for text in texts_]
        alike = [stories.resemblance(one, other) for one, other in combinations(signatures, 2)]
        assert min(alike) > 0.35, "the case shows nothing if they are not alike"
        assert not any(stories.same(one, other) for one, other in combinations(signatures, 2))


def test_short_texts_are_compared_too() -> None:
    one, other = stories.signature("خبر عاجل"), stories.signature("خبر آخر")
    assert stories.same(one, stories.signature("خبر، عاجل!"))
    assert not stories.same(one, other)
    assert len(one.sketch) == 1


@given(texts(), texts())
def test_sameness_goes_both_ways_and_begins_at_home(one: str, other: str) -> None:
    first, second = stories.signature(one), stories.signature(other)
    assert stories.same(first, first)
    assert stories.same(first, second) == stories.same(second, first)
    assert 0 <= stories.resemblance(first, second) <= 1
    assert set(first.sketch) <= first.runs


@given(st.frozensets(st.integers(0, 2**32 - 1)))
def test_hashes_come_back_from_their_bytes(hashes: frozenset[int]) -> None:
    assert stories.unpacked(stories.packed(hashes)) == hashes
    assert len(stories.packed(hashes)) == 4 * len(hashes)


def test_hashes_are_those_of_every_machine() -> None:
    assert sorted(stories.signature("one two three 42").runs) == [1667205486, 2941169723]
