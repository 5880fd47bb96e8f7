"""How well a network restores texts it has not seen, by kind of damage."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from telecom_digest.repair.features import LETTER
from training.repair.channel import FOLDED, INTACT, STRIPPED, UNPUNCTUATED, Damage, Pairs, damage
from training.repair.corpus import Classes, Corpus, as_batch, join
from training.repair.network import Network
from training.repair.train import tensors

KINDS = {"stripped": STRIPPED, "unpunctuated": UNPUNCTUATED, "folded": FOLDED, "intact": INTACT}


class Figures(NamedTuple):
    """Share of the words that are right in every letter and space; F1 of the sentence ends. No word list, no threshold."""

    words: float
    ends: float


def evaluate(network: Network, classes: Classes, corpus: Corpus, what: Damage, *, seed: int = 0) -> Figures:
    """Damage every text of `corpus` and compare what the network answers with what was lost."""
    rng = np.random.default_rng(seed)
    right = total = hit = guessed = true = 0
    for start, stop in zip(corpus.starts, [*corpus.starts[1:], len(corpus.codes)], strict=True):
        pairs = damage(corpus.codes[start:stop], what, rng)
        if not LETTER[pairs.codes].any():
            continue
        pairs = classes.number(join([pairs]))
        given, _ = tensors(as_batch(pairs, network.shape.table), "cpu")
        network.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            answers = [logits.argmax(-1).numpy() for logits in network(*given)]
        words, correct = _compare(pairs, answers)
        right, total = right + correct, total + words
        found, ends = answers[4] == 2, pairs.end == 2
        last = np.flatnonzero(LETTER[pairs.codes])[-1]
        found[last:] = ends[last:] = False  # the end of the text is no find
        hit, guessed, true = hit + int((found & ends).sum()), guessed + int(found.sum()), true + int(ends.sum())
    return Figures(right / max(1, total), 2 * hit / max(1, guessed + true))


def _compare(pairs: Pairs, answers: list[np.ndarray]) -> tuple[int, int]:
    """Return the number of words, and of those of which every letter and the space after are right."""
    letter = LETTER[pairs.codes]
    opens = letter.copy()
    opens[1:] &= ~letter[:-1] | (pairs.glued[:-1] > 0)
    of = np.cumsum(opens) - 1
    wrong = (answers[0] != pairs.letter) | (answers[1] != pairs.after) | (answers[3] != pairs.glued)
    wrong |= (answers[2] != pairs.before) & opens
    count = int(of[-1]) + 1
    return count, count - len(np.unique(of[letter & wrong]))
