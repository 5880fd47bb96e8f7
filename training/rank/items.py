"""Annotated items as what the ranking sees of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.clean import clean
from telecom_digest.features import FEATURES
from telecom_digest.language import keys
from telecom_digest.model import Sentence
from telecom_digest.pipeline import first_heading
from telecom_digest.profile import Profile
from telecom_digest.rank import rank
from telecom_digest.segment import body, segment
from training import annotated
from training.spans import nearest

NAMES = [name for name in FEATURES if name != "words"]
"""The features that are not learned here."""


class Item(NamedTuple):
    """One text.

    Attributes:
        features: [sentences, len(NAMES)].
        words: of each sentence, its different words as keys.
        terms: of each sentence, its content words.
        labels: of each sentence, the annotated sentence that it is.
        key3, key5, background: annotated sentences, the first two by importance.
    """

    features: NDArray[np.float64]
    words: list[frozenset[str]]
    terms: list[frozenset[str]]
    labels: list[int]
    key3: list[int]
    key5: list[int]
    background: list[int]

    @property
    def is_key(self) -> NDArray[np.bool_]:
        return np.isin(self.labels, self.key3)

    @property
    def is_next(self) -> NDArray[np.bool_]:
        return np.isin(self.labels, self.key5) & ~self.is_key

    @property
    def is_background(self) -> NDArray[np.bool_]:
        return np.isin(self.labels, self.background)


def load(path: Path, profile: Profile) -> list[Item]:
    """Return the items of a file of JSON lines, as ../shared/data/GUIDE.md describes them."""
    return load_rows(annotated.rows(path), profile)


def load_rows(rows: Sequence[dict[str, Any]], profile: Profile) -> list[Item]:
    """Return the items of annotated rows."""
    return [_annotated(row, profile) for row in rows]


def load_summarized(path: Path, profile: Profile) -> list[Item]:
    """Return the items of a file of JSON lines with a `text` and extractive summaries of it, `summary_A`, `summary_B`, …

    Key sentences are those that most summaries have, the next those that two have.
    """
    return [_summarized(row, profile) for row in annotated.rows(path)]


def _annotated(row: dict[str, Any], profile: Profile) -> Item:
    sentences, item = _seen(row["text"], profile)
    labels = [nearest((sentence.start, sentence.end), row["sentences"]) for sentence in sentences]
    return item._replace(labels=labels, key3=row["key3"], key5=row["key5"], background=row["background"])


def _summarized(row: dict[str, Any], profile: Profile) -> Item:
    sentences, item = _seen(row["text"], profile)
    summaries = [set(_trigrams(text)) for name, text in row.items() if name.startswith("summary_")]
    votes = [
        sum(sum(t in summary for t in trigrams) > _MOST * len(trigrams) for summary in summaries)
        for trigrams in (_trigrams(sentence.text) for sentence in sentences)
    ]
    key = [i for i, vote in enumerate(votes) if 2 * vote > len(summaries)]
    return item._replace(labels=list(range(len(votes))), key3=key, key5=[i for i, vote in enumerate(votes) if vote >= 2])


def _seen(text: str, profile: Profile) -> tuple[Sequence[Sentence], Item]:
    """Return the sentences of a text, and the item without annotations."""
    cleaned = clean(text)
    whole = segment(cleaned)
    sentences = body(whole)
    scored = rank(cleaned, sentences, profile, first_heading(whole, cleaned.language)).scored
    features = np.array([[one.features[name] for name in NAMES] for one in scored])
    words = [frozenset(keys(sentence.text)) for sentence in sentences]
    return sentences, Item(features, words, [one.terms for one in scored], [], [], [], [])


_MOST = 0.6  # share of a sentence's trigrams that a summary has which has the sentence


def _trigrams(text: str) -> list[tuple[str, ...]]:
    found = keys(text)
    return [tuple(found[i : i + 3]) for i in range(max(1, len(found) - 2))]
