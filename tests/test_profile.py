"""Profiles: what a file may say, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from telecom_digest import resources
from telecom_digest.errors import ProfileError
from telecom_digest.features import FEATURES
from telecom_digest.profile import load


@pytest.mark.parametrize("name", resources.names("profiles"))
def test_profiles_of_the_package_load(name: str) -> None:
    profile = load(name)
    assert profile.name == name
    assert sum(budget is not None for budget in (profile.bullets, profile.words, profile.ratio)) == 1
    assert set(profile.weights) == set(FEATURES)


def test_a_file_says_only_what_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("extends: brief\nwords: 80\nweights:\n  figures: 2\n", encoding="utf-8")
    profile, brief = load(path), load("brief")
    assert (profile.words, profile.bullets, profile.ratio) == (80, None, None)
    assert profile.max_words == brief.max_words
    assert profile.weights["figures"] == 2.0
    assert profile.weights["lead"] == brief.weights["lead"]


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("bullets: 7\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: base.yaml\ntrim: false\n", encoding="utf-8")
    profile = load(tmp_path / "mine.yaml")
    assert (profile.bullets, profile.trim) == (7, False)


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert load(path).bullets == load("default").bullets


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bullets: 3\nbulets: 4\n", "line 2: unknown key 'bulets' (did you mean bullets?)"),
        ("\n\nbullets: many\n", "line 3: bullets is 'many': it must be a whole number from 1"),
        ("bullets: 0\n", "line 1: bullets is 0: it must be a whole number from 1"),
        ("bullets: true\n", "line 1: bullets is True"),
        ("ratio: 1.5\n", "line 1: ratio is 1.5: it must be a number above 0 and at most 1"),
        ("trim: 3\n", "line 1: trim is 3: it must be true or false"),
        ("order: best\n", "line 1: order is 'best': it must be source or rank"),
        ("weights:\n  figures: 1\n  figurs: 2\n", "line 3: unknown feature 'figurs' (did you mean figures?)"),
        ("weights:\n  figures: much\n", "line 2: figures is 'much': it must be a number"),
        ("weights:\n  figures: .nan\n", "line 2: figures is nan: it must be a number"),
        ("weights: 3\n", "line 1: weights must be features and numbers"),
        ("bullets: {a: 1}\n", "line 1: bullets is"),
        ("bullets: 3\nwords: 50\n", "line 2: words beside bullets: give one"),
        ("bullets: 3\nbullets: 4\n", "line 2: bullets stands twice"),
        ("bullets: [3\n", "line 2"),
        ("bullets: 2001-13-45\n", "mend the YAML"),
        ("bullets: !!int x\n", "mend the YAML"),
        ("bullets: " + "[" * 3000 + "]" * 3000, "mend the YAML"),
        ("- bullets\n", "line 1: keys and values are wanted"),
        ("extends: brif\n", "line 1: extends unknown profile"),
        ("format: telecom-digest/profile/9\n", "line 1: format is"),
        ("extends: mine.yaml\n", "break the circle"),
    ],
)
def test_errors_name_the_file_the_line_and_what_would_be_right(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load(path)
    assert says in str(caught.value)
    assert "mine.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(ProfileError, match=r"unknown profile 'breif' \(did you mean brief\?\)"):
        load("breif")


def test_a_missing_file_says_so() -> None:
    with pytest.raises(ProfileError, match="cannot be read: No such file"):
        load("nowhere.yaml")


def test_one_budget_and_only_one() -> None:
    profile = load("default")
    assert profile.with_budget(ratio=0.5).bullets is None
    with pytest.raises(ProfileError, match="give one"):
        profile.with_budget(words=3, ratio=0.5)
    with pytest.raises(ProfileError, match="ratio is 0"):
        profile.with_budget(ratio=0.0)
