"""How well facts are read: the third table of `python -m benchmarks.quality`, by the functions of ../shared/eval/score.py.

The weights of `digest` were learned from all items; what they do on items they were not learned from is said by the halves,
each read with what the other half and the further items taught (training/facts, which needs scikit-learn, and minutes).
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from types import ModuleType

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
    digest = Path(sys.executable).with_name("digest")
    found = score.facts(argparse.Namespace(gold=data / "telecom_gold.jsonl", digest=shlex.quote(str(digest)), limit=0))
    all_items = {name: found[name] for name in ASKED if name not in ("kind", "mean")}
    all_items |= {"kind": found["kind_accuracy"], "mean": found["mean_f1"]}
    half = _halves(data)
    yield from (
        "F1 of the facts of 160 Arabic news items against the annotator's; of the kind, the share that is right.",
        "",
        "| | halves, each by the other | all items, learned from | asked |",
        "| --- | ---: | ---: | ---: |",
    )
    for name, asked in ASKED.items():
        held_out = f"{half[name]:.3f}" if half else "needs scikit-learn"
        yield f"| {name} | {held_out} | {all_items[name]:.3f} | {asked} |"


def _halves(data: Path) -> dict[str, float]:
    if find_spec("sklearn") is None:
        return {}
    from telecom_digest.profile import load as load_profile
    from training import annotated
    from training.facts.__main__ import halves
    from training.facts.fit import Settings
    from training.facts.items import FIELDS, further, load

    profile = load_profile()
    items = load(annotated.rows(data / "telecom_gold.jsonl"), profile)
    figures = halves(items, further(data / "news_train.txt.xz", profile), Settings())
    return figures | {"mean": mean(figures[name] for name in FIELDS)}
