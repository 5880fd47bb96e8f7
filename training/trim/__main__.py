"""Fit the weights by which a sentence is trimmed.

    python -m training.trim ../shared/data/telecom_gold.jsonl --corpus ../shared/data/news_train.txt.xz --write

Each annotated bullet gives the joints where its sentence could end and what each would score (F1 of words with the ideal).
The weights are those of a logistic choice among the joints whose expected F1 is highest, by gradient ascent with a penalty
on their squares, as minimum risk training does (Smith and Eisner 2006). Items of even number and those of
training/news.jsonl (with their texts, the corpus) are fitted, items of odd number checked; nothing of the texts is kept. A
minute on one core.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np
import numpy.typing as npt

from telecom_digest import resources
from telecom_digest.clean import clean
from telecom_digest.language import lexicon, words
from telecom_digest.lead import Material
from telecom_digest.segment import segment
from telecom_digest.trim import Cutting
from training import annotated
from training.spans import nearest

Vector = npt.NDArray[np.float64]
MAX_WORDS, LONGEST = 25, 40
PENALTY, STEPS, RATE, SLOWER = 1e-4, 600, 0.15, 400
WEIGHTS = resources.DATA / "trim.yaml"


def f1(a: str, b: str) -> float:
    """Return the F1 of the words of two texts, as sets with counts."""
    x, y = Counter(words(a)), Counter(words(b))
    return 2 * sum((x & y).values()) / max(1, sum(x.values()) + sum(y.values()))


def examples(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Cutting, str, str]]:
    """Yield of each annotated bullet its sentence as the digest finds it, ready to be cut, its text, and the ideal."""
    for row in rows:
        if not row.get("bullets"):
            continue
        cleaned = clean(row["text"])
        sentences = segment(cleaned)
        spans = [(sentence.start, sentence.end) for sentence in sentences]
        for bullet in row["bullets"]:
            text = sentences[nearest(row["sentences"][bullet["s"]], spans)].text
            material = Material(text, lexicon(cleaned.language), stripped=cleaned.skeletal)
            yield Cutting(material, max_words=MAX_WORDS, longest=LONGEST), text, bullet["text"]


def fit(cases: Sequence[tuple[Cutting, str, str]], names: Sequence[str]) -> Vector:
    """Return the weight of each of `names` that makes the expected F1 highest (Adam)."""
    choices = []
    for cutting, text, ideal in cases:
        joints = cutting.candidates()
        if len(joints) > 1:
            table = np.array([[of.get(name, 0.0) for name in names] for _, of in joints])
            choices.append((table, np.array([f1(text[cutting.start : joint.at], ideal) for joint, _ in joints])))
    weights, drift, spread = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -2 * PENALTY * weights
        for table, gains in choices:
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            slope += (chances * (gains - chances @ gains)) @ table / len(choices)
        drift, spread = 0.9 * drift + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        rate = RATE if step < SLOWER else 0.3 * RATE
        weights += rate * (drift / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def report(name: str, cases: Sequence[tuple[Cutting, str, str]], weights: dict[str, float]) -> str:
    """Return one line of figures: F1, words of the bullets."""
    shown = [(text[c.start : c.tidy(c.end(weights))], ideal) for c, text, ideal in cases]
    lengths = [len(words(bullet)) for bullet, _ in shown]
    long = mean(length > MAX_WORDS for length in lengths)
    score = mean(f1(*pair) for pair in shown)
    words_each = f"median {median(lengths):g} words, longest {max(lengths)}, over {MAX_WORDS} words {long:.3f}"
    return f"{name}: {len(shown)} bullets, F1 {score:.4f}, {words_each}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="annotated items, one JSON object a line")
    parser.add_argument("--corpus", type=Path, help="of the texts of training/news.jsonl; without it they are left out")
    parser.add_argument("--write", action="store_true", help=f"put the weights into {WEIGHTS}")
    args = parser.parse_args()
    source = WEIGHTS.read_text(encoding="utf-8")
    names = list(resources.yaml("trim.yaml", "telecom-digest/trim/1")["weights"])
    gold = annotated.rows(args.gold)
    others = annotated.of_corpus(annotated.NEWS, args.corpus) if args.corpus else []
    fitted, checked = list(examples([*gold[::2], *others])), list(examples(gold[1::2]))
    weights = {name: round(float(weight), 1) for name, weight in zip(names, fit(fitted, names), strict=True)}
    print("\n".join(f"{name}: {weight}" for name, weight in weights.items()))
    print(report("fitted", fitted, weights))
    print(report("odd items", checked, weights))
    if args.write:
        for name, weight in weights.items():
            source = re.sub(rf"(?m)^  {name}: .*$", f"  {name}: {weight}", source)
        WEIGHTS.write_text(source, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
