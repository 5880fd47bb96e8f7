"""From annotated items to the weights of telecom_digest/rank.py, in one command.

    python -m training.rank ../shared/data/telecom_gold.jsonl ../shared/data/easc_dev.jsonl \
        --corpus ../shared/data/news_train.txt.xz

Texts about telecommunications are learned from the first file and from training/news.jsonl, whose texts are in the corpus;
others from the second file, which has human summaries. Words get their vectors from the corpus.
Writes what words are worth (telecom_digest/data/rank.yaml) and puts the weights of the features into the default profile.
It says what the weights do on items they were not learned from: of two halves, each by the other, and cross-validated.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import fields
from pathlib import Path

from telecom_digest import resources
from telecom_digest.features import FEATURES
from telecom_digest.profile import load as load_profile
from training import annotated
from training.rank.fit import Figures, Settings, Weights, fit, fit_general, measure, validate
from training.rank.items import load, load_rows, load_summarized
from training.rank.vectors import learn

DATA = resources.DATA
_HEAD = """\
# What words are worth in choosing sentences, by key: positive for those of key sentences, negative for background.
# Made by training/rank from annotated news items (NOTICE names the texts). The sum of a sentence's different words, over
# the root of their number, is the feature "words".
format: telecom-digest/rank/1
words:
"""


def _say(name: str, figures: Figures) -> None:
    print(
        f"{name:42} key3 {figures.key3:.3f}  in key5 {figures.in_key5:.3f}  background {figures.background:.3f}", flush=True
    )


def write(weights: Weights, general: dict[str, float], folder: Path) -> None:
    """Write both files, whole or not at all; the rest of the profile stays as it is."""
    lines = [f'  "{word}": {worth:.2f}\n' for word, worth in weights.words.items()]
    profile = folder / "profiles" / "default.yaml"
    learned = {"weights": {**weights.features, "words": 2 * weights.scale}, "general": {**general, "words": 0.0}}
    text = profile.read_text(encoding="utf-8")
    for block, values in learned.items():
        listed = "".join(f"  {name}: {values[name]:.2f}\n" for name in FEATURES)
        text = re.sub(rf"(?m)^{block}:\n(?:  .*\n)*", f"{block}:\n{listed}", text)
    for path, content in ((folder / "rank.yaml", _HEAD + "".join(lines)), (profile, text)):
        part = path.with_suffix(".part")
        part.write_text(content, encoding="utf-8")
        part.replace(path)


def main(argv: list[str] | None = None) -> int:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(
        prog="python -m training.rank", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("items", type=Path, help="annotated items, one a line")
    parser.add_argument("summarized", type=Path, help="texts of all kinds with extractive summaries, one a line")
    parser.add_argument(
        "--corpus", type=Path, required=True, help="texts, one a line, those of the further items among them"
    )
    parser.add_argument("--further", type=Path, default=annotated.NEWS, help="further items, by place; default: news.jsonl")
    parser.add_argument(
        "--output", type=Path, default=DATA, help="folder of rank.yaml and profiles/; default: the package's"
    )
    parser.add_argument("--rounds", type=int, default=3, help="of cross-validation; 0: none")
    for field in fields(Settings):
        kind = int if field.type == "int" else float
        parser.add_argument(f"--{field.name}", type=kind, default=field.default, help=f"default: {field.default}")
    wanted = parser.parse_args(argv)
    settings = Settings(**{field.name: getattr(wanted, field.name) for field in fields(Settings)})
    profile = load_profile()
    items = load(wanted.items, profile)
    others = load_rows(annotated.of_corpus(wanted.further, wanted.corpus), profile)
    vectors = learn(annotated.texts(wanted.corpus))
    if wanted.rounds:
        for name, learned, tested in (("even", 0, 1), ("odd", 1, 0)):
            weights = fit(items[learned::2], others, vectors, settings)
            test = items[tested::2]
            figures = measure(test, [weights.score(item) for item in test], settings)
            _say(f"learned from {name} items, on the others", figures)
        _say("cross-validated, five parts", validate(items, others, vectors, settings, rounds=wanted.rounds))
    weights = fit(items, others, vectors, settings)
    write(weights, fit_general(load_summarized(wanted.summarized, profile)), wanted.output)
    print(f"{len(weights.words):,} words and {len(weights.features)} features in {wanted.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
