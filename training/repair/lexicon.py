"""Forms and pairs of words counted in the corpora, and the cells of telecom_digest.repair.lexicon that remember them.

Of the pairs, those are kept that help to tell forms of one skeleton apart: how often the pair stands, times how much more
probable each of its words is beside the other than alone, among the words with the same letters left after the damage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.features import LETTER, SPACE, Integers, code, hash_of, tokenize
from telecom_digest.repair.lexicon import LEVELS, Hashes, cells_of, marks, pair, stem
from training.repair.corpus import Corpus, sections

FORMS, PAIRS = 180_000, 720_000
_EDGES = (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 7.0)  # of the levels, in natural units
_SMOOTHING = 1e5  # added to the product of two counts: what is rare stands together by chance
_ROOM = 1.23  # cells for a key: with fewer they cannot be filled
_TOLD = 0.01  # a gain in natural units that is one
_FRAGILE = bytes(map(code, FRAGILE))
_SPACE = bytes([SPACE])


class Words(NamedTuple):
    """Words, by their hashes, with how often they stand and a number for what damage leaves of them."""

    hashes: Hashes
    often: Integers
    skeletons: Integers


class Counts(NamedTuple):
    """Forms, the stems of forms, and pairs that stand side by side at least twice, a stem and a form by their places, with
    how often."""

    forms: Words
    stems: Words
    left: Integers
    right: Integers
    together: Integers


def count(corpora: Sequence[Corpus]) -> Counts:
    """Count the words and the pairs of words of corpora."""
    words, lefts, rights = [], [], []
    letters: dict[int, bytes] = {}
    for corpus in corpora:
        for codes in sections(corpus):
            tokens = tokenize(codes)
            is_word = LETTER[codes[tokens.last]]
            beside = is_word[1:] & is_word[:-1]
            words.append(tokens.hashes[is_word])
            lefts.append(tokens.hashes[:-1][beside])
            rights.append(tokens.hashes[1:][beside])
            found, where = np.unique(words[-1], return_index=True)
            for form, i in zip(found.tolist(), np.flatnonzero(is_word)[where].tolist(), strict=True):
                if form not in letters:
                    letters[form] = codes[tokens.first[i] : tokens.last[i] + 1].tobytes().lstrip(_SPACE)
    forms, often = np.unique(np.concatenate(words), return_counts=True)
    written = [letters[form] for form in forms.tolist()]
    stems, of = _numbered([stem(word) for word in written])
    left = of[np.searchsorted(forms, np.concatenate(lefts))]
    keys, together = np.unique(left * len(forms) + np.searchsorted(forms, np.concatenate(rights)), return_counts=True)
    keys, together = keys[together > 1], together[together > 1]
    return Counts(
        Words(forms, often, _skeletons(written)),
        Words(
            np.array([hash_of(word) for word in stems], np.uint64), np.bincount(of, often).astype(int), _skeletons(stems)
        ),
        keys // len(forms),
        keys % len(forms),
        together,
    )


def _skeletons(words: Sequence[bytes]) -> Integers:
    return _numbered([word.translate(None, _FRAGILE) for word in words])[1]


def _numbered(words: Sequence[bytes]) -> tuple[list[bytes], Integers]:
    """Return the different ones of some words, and the place among them of each."""
    places: dict[bytes, int] = {}
    of = np.array([places.setdefault(word, len(places)) for word in words])
    return list(places), of


def information(counts: Counts) -> NDArray[np.float64]:
    """Return the mutual information of each pair, smoothed, in natural units."""
    chance = counts.stems.often[counts.left].astype(float) * counts.forms.often[counts.right] + _SMOOTHING
    found: NDArray[np.float64] = np.log((counts.together * float(counts.together.sum()) + 1) / chance)
    return found


def usefulness(counts: Counts) -> NDArray[np.float64]:
    """Return for each pair how much it tells of which form stands there, 0 where only one can."""
    sides = ((counts.forms, counts.right, counts.left), (counts.stems, counts.left, counts.right))
    gains = []
    for words, this, other in sides:
        skeletons = words.skeletons[this]
        total = np.bincount(words.skeletons, words.often)
        _, group = np.unique(other * len(total) + skeletons, return_inverse=True)
        beside = counts.together / np.bincount(group, counts.together)[group]
        gains.append(np.log(beside) - np.log(words.often[this] / total[skeletons]))
    told = np.abs(gains).max(0) > _TOLD
    useful: NDArray[np.float64] = np.where(told, counts.together * np.maximum(gains, 0).sum(0), 0.0)
    return useful


def learn(corpora: Sequence[Corpus], *, forms: int = FORMS, pairs: int = PAIRS) -> tuple[NDArray[np.uint16], list[float]]:
    """Return the cells for the most frequent `forms` and most useful `pairs`, and the information of each level."""
    counts = count(corpora)
    frequent = np.argsort(-counts.forms.often, kind="stable")[:forms]
    told = information(counts)
    useful = np.where(told > _EDGES[0], usefulness(counts), 0)
    chosen = np.argsort(-useful, kind="stable")[:pairs]
    chosen = chosen[useful[chosen] > 0]
    levels = np.digitize(told[chosen], _EDGES)
    means = [float(np.median(told[chosen][levels == i])) if (levels == i).any() else 0.0 for i in range(1, LEVELS + 1)]
    together = pair(counts.stems.hashes[counts.left[chosen]], counts.forms.hashes[counts.right[chosen]])
    keys = np.concatenate([counts.forms.hashes[frequent], together])
    values = np.concatenate([np.ones(len(frequent), int), levels])
    keys, first = np.unique(keys, return_index=True)
    return fill(keys, values[first]), [0.0, *(round(mean, 2) for mean in means)]


def fill(keys: Hashes, values: Integers) -> NDArray[np.uint16]:
    """Return cells in which telecom_digest.repair.lexicon finds `values`, 1 to LEVELS, for `keys`, all different.

    Keys are peeled off (Botelho et al. 2007): one that has a cell of its own can be put in last, and is left out of what
    is asked next. Put in backwards, each finds its cell free.

    Raises:
        ValueError: they cannot be put in: some keys have the same hash.
    """
    third = int(len(keys) * _ROOM / 3) + 32
    places = cells_of(keys, third)
    cells = np.zeros(3 * third, np.uint16)
    left = np.ones(len(keys), bool)
    rounds: list[tuple[Integers, Integers]] = []
    load = np.bincount(places.ravel(), minlength=len(cells))
    while left.any():
        alone = (load[places] == 1) & left
        taken = np.flatnonzero(alone.any(0))
        if not len(taken):
            raise ValueError(f"{int(left.sum())} keys have no cell of their own")
        rounds.append((taken, places[alone[:, taken].argmax(0), taken]))
        left[taken] = False
        np.subtract.at(load, places[:, taken].ravel(), 1)
    wanted = marks(keys) | values.astype(np.uint16)
    for taken, free in reversed(rounds):
        cells[free] = 0
        cells[free] = np.bitwise_xor.reduce(cells[places[:, taken]], axis=0) ^ wanted[taken]
    return cells
