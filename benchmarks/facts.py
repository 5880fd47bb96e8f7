"""How well facts are read: the third table of `python -m benchmarks.quality`, by the functions of ../shared/eval/score.py.

The weights of `digest` were learned from all items; what they do on items they were not learned from is said by the halves,
each read with what the other half and the further items taught (training/facts, which needs scikit-learn, and minutes).
From the other texts of the table nothing was learned: news annotated to check with, and releases of our own (tests/cases).
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

from benchmarks.choice import release_rows
from training import annotated

ASKED = {
    "dates": "0.75",
    "people": "0.75",
    "city": "0.70",
    "country": "0.65",
    "event": "0.55",
    "organisers": "0.55",
    "participants": "0.45",
    "numbers": "0.55",
    "theme": "0.30",
    "outcome": "0.30",
    "kind": "0.65",
    "mean": "0.52",
}
"""Field and what is asked of items not learned from; mean is of all but the kind."""


def report(score: ModuleType, data: Path) -> Iterator[str]:
    """Measure, and yield the lines of the table: F1 by field, of the kind the share that is right."""
    half = _halves(data)
    releases = {"Arabic": release_rows("ar"), "English": release_rows("en")}
    columns = {
        "halves, each by the other": {name: f"{value:.3f}" for name, value in half.items()},
        "all items, learned from": _scored(score, data / "telecom_gold.jsonl"),
        "900 items of news": _scored_rows(score, annotated.of_corpus(annotated.CHECK, data / "news_train.txt.xz")),
        **{f"{len(rows)} {name} releases": _scored_rows(score, rows) for name, rows in releases.items()},
        "asked": ASKED,
    }
    yield from (
        "F1 of the facts of 160 Arabic news items against the annotator's, and of texts that nothing was learned from; of",
        "the kind, the share that is right.",
        "",
        f"| | {' | '.join(columns)} |",
        f"| --- |{' ---: |' * len(columns)}",
    )
    for name in ASKED:
        yield f"| {name} | {' | '.join(column.get(name, 'needs scikit-learn') for column in columns.values())} |"


def _scored(score: ModuleType, gold: Path) -> dict[str, str]:
    """Return the figures of the scorer for a file of items."""
    digest = Path(sys.executable).with_name("digest")
    found = score.facts(argparse.Namespace(gold=gold, digest=shlex.quote(str(digest)), limit=0))
    figures = {name: found[name] for name in ASKED if name not in ("kind", "mean")}
    figures |= {"kind": found["kind_accuracy"], "mean": found["mean_f1"]}
    return {name: f"{figure:.3f}" for name, figure in figures.items()}


def _scored_rows(score: ModuleType, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "items.jsonl"
        gold.write_text("\n".join(json.dumps({name: row[name] for name in ("text", "facts")}) for row in rows), "utf-8")
        return _scored(score, gold)


def _halves(data: Path) -> dict[str, float]:
    if find_spec("sklearn") is None:
        return {}
    from telecom_digest.profile import load as load_profile
    from training.facts.__main__ import halves
    from training.facts.fit import Settings
    from training.facts.items import FIELDS, further, load

    profile = load_profile()
    items = load(annotated.rows(data / "telecom_gold.jsonl"), profile)
    figures = halves(items, further(data / "news_train.txt.xz", profile), Settings())
    return figures | {"mean": mean(figures[name] for name in FIELDS)}
