"""Weights of the features, and what words are worth, from annotated sentences.

Two logistic regressions, on the same features: is it a key sentence, and is it background? The second is taken from the
first. Beside the named features each sentence has the vectors of its words (vectors.py), weighted so that long sentences
have no more of them than short ones. As the regressions are linear, they give each word a worth, and no vector is shipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from telecom_digest.rank import worth
from telecom_digest.summarize import best_first, repeats
from training.rank.items import NAMES, Item
from training.rank.vectors import Vectors

AT_MOST, GENERAL_AT_MOST = {"aside": -6.0, "short": -3.0}, {"short": -0.5}
"""Weights that are set by hand: there are too few such sentences, or the lists that find them are too good to learn."""
_SLIGHT = 0.02
"""What is worth less is left out."""
POSITION = 2.0
"""Added to the general weight of position: sentences that stand together make a better digest than single votes say."""


@dataclass(frozen=True)
class Settings:
    """What is chosen by cross-validation: see training/README.md."""

    regularisation: float = 0.03
    """Inverse strength, as scikit-learn has it."""
    words: float = 2.0
    """Scale of the words against the features."""
    others: float = 0.3
    """Weight of the further items against the first."""
    background: float = 1.3
    """Share of the second regression that is taken from the first."""
    repetition: float = 0.8
    beside: float = 0.15


class Weights(NamedTuple):
    """Weights of NAMES, and what each word is worth; `scale` is the weight of the feature "words", half of its range."""

    features: dict[str, float]
    words: dict[str, float]
    scale: float

    def score(self, item: Item) -> NDArray[np.float64]:
        found: NDArray[np.float64] = item.features @ np.array([self.features[name] for name in NAMES])
        found += self.scale * np.array([worth(words, self.words) for words in item.words])
        return found


def fit(items: Sequence[Item], others: Sequence[Item], vectors: Vectors, settings: Settings) -> Weights:
    """Learn from `items` and from further ones, `others`; words get their worth through their vectors."""
    every = [*items, *others]
    features = np.concatenate([item.features for item in every])
    spread = features.std(0) + 1e-6
    sums = vectors.sums([words for item in every for words in item.words])
    matrix = np.hstack([(features - features.mean(0)) / spread, settings.words * sums])
    key, after, background = (
        np.concatenate([getattr(item, name) for item in every]) for name in ("is_key", "is_next", "is_background")
    )
    weight = np.repeat([1.0] * len(items) + [settings.others] * len(others), [len(item.words) for item in every])
    model = LogisticRegression(C=settings.regularisation, max_iter=1000)
    # what is nearly a key sentence counts less against being one, what is background more
    counted = weight * np.where(background, 2.0, np.where(after, 0.5, 1.0))
    for_key = model.fit(matrix, key, sample_weight=counted).coef_[0]
    weights = for_key - settings.background * model.fit(matrix, background, sample_weight=weight).coef_[0]
    of_vectors = settings.words * weights[len(NAMES) :]
    scale = float(np.quantile(np.abs(sums @ of_vectors), 0.995))
    of_words = (vectors.matrix @ of_vectors / scale).tolist()
    learned = dict(zip(NAMES, (weights[: len(NAMES)] / spread).tolist(), strict=True))
    return Weights(
        {name: min(weight, AT_MOST.get(name, weight)) for name, weight in learned.items()},
        {word: of_words[i] for word, i in vectors.place.items() if abs(of_words[i]) >= _SLIGHT},
        scale,
    )


def fit_general(items: Sequence[Item], *, regularisation: float = 0.01) -> dict[str, float]:
    """Learn weights of NAMES alone from summarized texts: with few of them, and of all kinds, words would say nothing."""
    features = np.concatenate([item.features for item in items])
    spread = features.std(0) + 1e-6
    key, after = (np.concatenate([getattr(item, name) for item in items]) for name in ("is_key", "is_next"))
    model = LogisticRegression(C=regularisation, max_iter=1000)
    weights = model.fit(features / spread, key, sample_weight=np.where(after, 0.5, 1.0)).coef_[0] / spread
    learned = dict(zip(NAMES, weights.tolist(), strict=True))
    learned["position"] += POSITION
    return {name: min(weight, GENERAL_AT_MOST.get(name, weight)) for name, weight in learned.items()}


class Figures(NamedTuple):
    """Means over items, of the sentences chosen (as many as key3 has): share of key3, share in key5, share background."""

    key3: float
    in_key5: float
    background: float


def measure(items: Sequence[Item], scores: Sequence[NDArray[np.float64]], settings: Settings) -> Figures:
    """Choose by scores, as telecom_digest.summarize does, and compare with what was annotated."""
    found = []
    for item, score in zip(items, scores, strict=True):
        count = len(item.key3)
        chosen = {item.labels[i] for i in _best(item, score, count, settings)}
        found.append([len(chosen & set(wanted)) / count for wanted in (item.key3, item.key5, item.background)])
    return Figures(*(float(value) for value in np.mean(found, 0)))


def _best(item: Item, score: NDArray[np.float64], count: int, settings: Settings) -> list[int]:
    chosen: list[int] = []
    for i in best_first(dict(enumerate(score.tolist())), chosen, settings.beside):
        if len(chosen) < count and not any(repeats(item.terms[i], item.terms[j], settings.repetition) for j in chosen):
            chosen.append(i)
    return chosen


def parts(count: int, folds: int, rounds: int, seed: int = 0) -> Iterator[NDArray[np.int64]]:
    """Yield what is held out in turn: `folds` disjoint parts of `count` items, `rounds` times in another order."""
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        order = rng.permutation(count)
        for fold in range(folds):
            yield order[fold::folds]


def validate(
    items: Sequence[Item],
    others: Sequence[Item],
    vectors: Vectors,
    settings: Settings,
    *,
    folds: int = 5,
    rounds: int = 3,
) -> Figures:
    """Return the figures on `items` by what was learned from the rest of them and `others`, each item `rounds` times."""
    found, sizes = [], []
    for held in parts(len(items), folds, rounds):
        out = set(held.tolist())
        weights = fit([item for i, item in enumerate(items) if i not in out], others, vectors, settings)
        test = [items[i] for i in sorted(out)]
        found.append(measure(test, [weights.score(item) for item in test], settings))
        sizes.append(len(test))
    return Figures(*(float(value) for value in np.average(found, 0, sizes)))
