"""Vectors of words, from what stands around them in a corpus: words that are used alike have alike ones.

Positive pointwise mutual information of words up to four apart, the nearer the more, contexts smoothed, factorised by a
truncated singular value decomposition (Levy, Goldberg and Dagan 2015, "Improving distributional similarity with lessons
learned from word embeddings", TACL 3). What a word is worth can so be learned from few annotated sentences that have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from telecom_digest.language import keys

SIZE = 96
"""Of a vector; 64 did worse, 150 to 300 no better."""
_WINDOW = 4  # words
_SMOOTHED = 0.75  # power of the counts of contexts
_MOST, _FEWEST = 10_000, 8  # words that get a vector, and how often one must stand in the corpus


class Vectors(NamedTuple):
    """The place of each word, by key, in `matrix`: [words, size], rows of length 1."""

    place: dict[str, int]
    matrix: NDArray[np.float64]

    def sums(self, sentences: Sequence[frozenset[str]]) -> NDArray[np.float64]:
        """Return [sentences, size]: the sum of the vectors of each sentence's words, over the root of their number."""
        found = np.zeros((len(sentences), self.matrix.shape[1]))
        for i, words in enumerate(sentences):
            at = sorted(self.place[word] for word in words if word in self.place)
            if at:
                found[i] = self.matrix[at].sum(0) / sqrt(len(words))
        return found


def learn(texts: Iterable[str]) -> Vectors:
    """Return the vectors of the frequent words of some texts."""
    read = [keys(text) for text in texts]
    counts = Counter(word for words in read for word in words)
    known = sorted(word for word, count in counts.most_common(_MOST) if count >= _FEWEST)
    place = {word: i for i, word in enumerate(known)}
    apart = [-1] * _WINDOW  # between texts
    flat = np.concatenate([np.array([place.get(word, -1) for word in words] + apart, dtype=np.int32) for words in read])
    pairs = _pairs(flat, len(known))
    size = min(SIZE, len(known) - 1)
    left, strength, _ = svds(_information(pairs), k=size, v0=np.ones(len(known)))
    matrix = left * np.sqrt(strength)
    return Vectors(place, matrix / (np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9))


def _pairs(flat: NDArray[np.int32], count: int) -> sparse.coo_matrix:
    """Return how often words stand together, [words, words], over how far apart; -1 is no word."""
    found = sparse.csr_matrix((count, count))
    for distance in range(1, _WINDOW + 1):
        one, other = flat[:-distance], flat[distance:]
        both = (one >= 0) & (other >= 0)
        found += sparse.csr_matrix(
            (np.full(int(both.sum()), 1 / distance, dtype=np.float32), (one[both], other[both])), shape=(count, count)
        )
    return (found + found.T).tocoo()


def _information(pairs: sparse.coo_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of pairs."""
    each = np.asarray(pairs.tocsr().sum(1)).ravel()
    contexts = each**_SMOOTHED
    contexts /= contexts.sum()
    values = np.log(pairs.data / (each[pairs.row] * contexts[pairs.col]))
    more = values > 0
    return sparse.csr_matrix((values[more], (pairs.row[more], pairs.col[more])), shape=pairs.shape)
