"""Choosing the letters of each word from the model's probabilities and what is known of words from counting.

Letter by letter the model is seldom wrong, but where it doubts a word the words around it know better: candidates.py has
the ways to write it, settle.py chooses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.candidates import DOUBTFUL, Thoughts, Words
from telecom_digest.repair.condition import REPLACED
from telecom_digest.repair.features import LETTER, SIZE, Codes, code
from telecom_digest.repair.network import Floats, load
from telecom_digest.repair.settle import settle


def _replacing() -> NDArray[np.bool_]:
    """Return [code, class]: whether a letter can have been folded from the letter of a class of the head "letter"."""
    table = np.zeros((SIZE, 1 + len(FRAGILE)), bool)
    for i, letter in enumerate(FRAGILE):
        if letter in REPLACED:
            table[code(REPLACED[letter]), 1 + i] = True
    return table


_REPLACING = _replacing()


def choose(codes: Codes, answers: dict[str, Floats], deleted: str, replaced: str) -> Words:
    """Choose for every code what is most probable among the letters that were lost.

    Args:
        deleted, replaced: of FRAGILE, those that may be gone, and those that may be written as others.
    """
    letter = LETTER[codes]
    opens = letter & ~np.append(False, letter[:-1])
    first, last = np.flatnonzero(opens), np.flatnonzero(letter & ~np.append(letter[1:], False))
    every = np.arange(len(codes))
    logs = np.zeros(len(codes) + 1)
    some = np.zeros(len(codes) + 1, np.int64)
    chosen, second, doubt = {}, {}, {}
    for head, where, lost in (("before", opens, deleted), ("letter", letter, replaced), ("after", letter, deleted)):
        allowed = where[:, None] & np.array([set(run) <= set(lost) for run in load().classes[head]])
        if head == "letter":
            allowed &= _REPLACING[codes]
        allowed[:, 0] = True
        part = np.where(allowed, answers[head], 0)
        part /= part.sum(1, keepdims=True)
        best = chosen[head] = part.argmax(1)
        top = part[every, best]
        part[every, best] = 0
        other = second[head] = part.argmax(1)
        doubt[head] = np.log(np.maximum(part[every, other], 1e-12) / top)
        logs[:-1] += np.log(top)
        some[:-1] += best > 0
    spans = np.stack([first, last + 1], 1).ravel()
    sure, changed = np.exp(np.add.reduceat(logs, spans)[::2]), np.add.reduceat(some, spans)[::2] > 0
    words = Words(first, last, sure, changed, chosen)
    doubtful = np.append(np.logical_or.reduce([some > DOUBTFUL for some in doubt.values()]), False)
    doubted = np.logical_or.reduceat(doubtful, spans)[::2]
    if doubted.any():
        settle(words, Thoughts(codes, chosen, second, doubt), doubted)
    return words
