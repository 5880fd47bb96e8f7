"""Learning to choose facts, on a few made items; skipped where scikit-learn is not installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sklearn")

from telecom_digest.facts.choose import FORM, SCALE
from telecom_digest.profile import load as load_profile
from training.facts.__main__ import halves, write
from training.facts.fit import Settings, f_score, fit, measure, taken
from training.facts.items import FIELDS, f1, is_right, load

CITIES = ("القاهرة", "عمّان", "الرياض", "الدوحة", "تونس", "مسقط")
NAMES = ("سامي فؤاد", "أحمد حسن", "خالد عمر", "ليلى محمود", "هدى علي", "محمد سعيد")


def item(number: int) -> dict[str, Any]:
    city, name = CITIES[number % 6], NAMES[number % 6]
    event = f"المؤتمر الوطني للاتصالات {2010 + number}"
    text = (
        f"نظمت هيئة تنظيم الاتصالات {event} في {city} بمشاركة {20 + number} جهة. "
        f"وقال المهندس {name}، مدير عام الهيئة، إن المؤتمر يناقش أمن الشبكات. "
        "وتعمل الهيئة على تطوير القطاع منذ سنوات."
    )
    facts = {
        "kind": "conference",
        "event": event,
        "dates": [{"text": str(2010 + number), "start": str(2010 + number), "end": None}],
        "city": city,
        "country": None,
        "organisers": ["هيئة تنظيم الاتصالات"],
        "participants": [],
        "people": [{"name": name, "role": "مدير عام الهيئة"}],
        "theme": "أمن الشبكات",
        "numbers": [f"{20 + number} جهة"],
        "outcome": None,
    }
    return {"text": text, "facts": facts}


SETTINGS = Settings(regularisation=1.0, kinds=1.0, fewest=3)


@pytest.fixture(scope="module")
def items() -> list[Any]:
    return load([item(number) for number in range(12)], load_profile())


def test_it_learns_what_is_there_to_learn(items: list[Any]) -> None:
    model = fit(items, [], SETTINGS)
    found = {name: f_score(counts) for name, counts in measure(model, items).items()}
    assert {name for name in ("event", "organisers", "people", "numbers", "kind") if found[name] > 0.9} == {
        "event",
        "organisers",
        "people",
        "numbers",
        "kind",
    }
    assert found["outcome"] == 0  # none is annotated, so none is right


def test_further_items_count_by_how_common_their_kind_is(items: list[Any]) -> None:
    """Of the same cues, what is called a launch in nearly all further items is one only as often as in the first."""
    said = frozenset(["word:same"])
    rare = [one._replace(kind="launch") for one in items * 5]
    first = [one._replace(kind_cues=said, kind="launch" if i == 0 else "workshop") for i, one in enumerate(items)]
    model = fit(first, [one._replace(kind_cues=said) for one in rare], SETTINGS)
    told = {name: sum(weights.values()) for name, weights in model.weights.items() if name.startswith("kind:")}
    assert told["kind:launch"] < 0.5


def test_halves_are_read_by_what_the_other_half_taught(items: list[Any]) -> None:
    figures = halves(items, [], SETTINGS)
    assert set(figures) == {*FIELDS, "kind"}
    assert figures["people"] > 0.9


def test_what_is_written_is_read_by_the_package(items: list[Any], tmp_path: Path) -> None:
    from telecom_digest.resources import parse

    model = fit(items, [], SETTINGS)
    write(model, tmp_path / "facts.yaml")
    read = parse((tmp_path / "facts.yaml").read_text(encoding="utf-8"))
    assert read["format"] == FORM
    assert set(read["least"]) == set(FIELDS)
    assert {cue: weight / SCALE for cue, weight in read["weights"]["people"].items()} == pytest.approx(
        model.weights["people"], abs=1e-3
    )


def test_scores_and_matches_are_the_scorer_s() -> None:
    assert f1("هيئة تنظيم الاتصالات", "الهيئة") == 0
    assert f1("هيئة تنظيم الاتصالات", "هيئه تنظيم") == pytest.approx(0.8)
    assert is_right("city")("مدينة القاهرة", "القاهرة")
    assert is_right("dates")(("2017", "2017"), ["2017", "2017"])
    assert taken([0.5, 2.0, 1.0, -1.0], 0.0, 2) == [1, 2]
