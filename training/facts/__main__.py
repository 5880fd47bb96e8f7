"""From annotated items to the weights of telecom_digest/facts, in one command.

    python -m training.facts ../shared/data/telecom_gold.jsonl --corpus ../shared/data/news_train.txt.xz

Items are learned from together with those of training/news.jsonl, whose texts are in the corpus, and the invented releases
of training/facts; for English, from the English releases and a little from all that is Arabic. Writes
telecom_digest/data/cues/, and says what the Arabic weights do on items they were not learned from: of two halves, each by
the other.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from telecom_digest import resources
from telecom_digest.facts.choose import SCALE
from telecom_digest.profile import load as load_profile
from training import annotated
from training.facts.fit import Model, Settings, f_score, fit, measure
from training.facts.items import FIELDS, Item, further, load, releases

_HEAD = """\
# What cues are worth in choosing facts, by field of the card, in thousandths of log-odds; always is the cue that all
# candidates have, least the log-odds from which one is taken. facts/particulars.py and subjects.py say what the cues are.
# Made by training/facts from annotated texts (NOTICE names them).
format: telecom-digest/cues/1
"""


def write(model: Model, target: Path) -> None:
    """Write the file, whole or not at all."""
    lines = [_HEAD, "least:\n", *(f"  {name}: {least:g}\n" for name, least in model.least.items()), "weights:\n"]
    for name, weights in model.weights.items():
        lines.append(f'  "{name}":\n' if ":" in name else f"  {name}:\n")
        lines += [f'    "{cue}": {round(SCALE * weight)}\n' for cue, weight in sorted(weights.items())]
    part = target.with_suffix(".part")
    part.write_text("".join(lines), encoding="utf-8")
    part.replace(target)


def halves(items: list[Item], others: list[Item], settings: Settings) -> dict[str, float]:
    """Return F1 by field on both halves of `items`, each by what was learned from the other half and `others`."""
    sums = {name: np.zeros(3) for name in (*FIELDS, "kind")}
    for half in (0, 1):
        model = fit(items[half::2], others, settings)
        for name, counts in measure(model, items[1 - half :: 2]).items():
            sums[name] += counts
    return {name: f_score(counts) for name, counts in sums.items()}


def main(argv: list[str] | None = None) -> int:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(
        prog="python -m training.facts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("items", type=Path, help="annotated items, one a line")
    parser.add_argument("--corpus", type=Path, help="of the texts of the news; without it they are left out")
    parser.add_argument("--output", type=Path, default=resources.DATA / "cues", help="folder; default: the package's")
    for field in fields(Settings):
        kind = int if field.type == "int" else float
        parser.add_argument(f"--{field.name}", type=kind, default=field.default, help=f"default: {field.default}")
    wanted = parser.parse_args(argv)
    wanted.output.mkdir(parents=True, exist_ok=True)
    settings = Settings(**{field.name: getattr(wanted, field.name) for field in fields(Settings)})
    profile = load_profile()
    items = load(annotated.rows(wanted.items), profile)
    others = further(wanted.corpus, profile)
    figures = halves(items, others, settings)
    print("halves, each by the other:", "  ".join(f"{name} {figure:.3f}" for name, figure in figures.items()))
    print(f"mean of the fields {np.mean([figures[name] for name in FIELDS]):.3f}", flush=True)
    english = replace(settings, others=settings.foreign)
    models = {"ar": fit(items, others, settings), "en": fit(releases("en", profile), [*items, *others], english)}
    for language, model in models.items():
        target = wanted.output / f"{language}.yaml"
        write(model, target)
        print(f"{sum(map(len, model.weights.values())):,} weights in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
