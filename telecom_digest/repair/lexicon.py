"""What is known of words from counting: which forms there are, and how much more often two stand together than by chance.

A map from hashes to small numbers that keeps no keys: three cells, found by hashing, are combined, and part of the outcome
says whether the key was ever put in (Graf and Lemire 2020, "Xor filters"; Chazelle et al. 2004, "The Bloomier filter").
A key takes 2.5 bytes; of keys that were never put in, one of 8,192 is taken for one that was.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.repair.features import code, mixed

Hashes = NDArray[np.uint64]

LEVEL_BITS = 3
LEVELS = (1 << LEVEL_BITS) - 1
"""The greatest number a key can have; 0 is for keys that were not put in."""
_PAIR = np.uint64(0x9E3779B97F4A7C15)
_MARK = np.uint64(0xD6E8FEB86659FD93)
_FIELD = 21  # bits of a key that choose one of its cells
_AND, _TO_THE, _THE = (bytes(map(code, word)) for word in ("و", "لل", "ال"))
_PREPOSITIONS = bytes(map(code, "بلكف"))
_SHORTEST = 3  # letters that are left of a word


class Lexicon(NamedTuple):
    """The cells: [3 * n], a third for each of the three that a key has."""

    cells: NDArray[np.uint16]

    def levels(self, keys: Hashes) -> NDArray[np.uint16]:
        """Return the number of each key, 0 where it is not known."""
        places = cells_of(keys, len(self.cells) // 3)
        found = np.bitwise_xor.reduce(self.cells[places], axis=0) ^ marks(keys)
        known: NDArray[np.uint16] = np.where(found <= LEVELS, found, 0).astype(np.uint16)
        return known


def cells_of(keys: Hashes, third: int) -> NDArray[np.int64]:
    """Return [3, n], the cells of each key."""
    fields = [(keys >> np.uint64(_FIELD * i)) & np.uint64((1 << _FIELD) - 1) for i in range(3)]
    return np.stack([(field % np.uint64(third)).astype(np.int64) + i * third for i, field in enumerate(fields)])


def marks(keys: Hashes) -> NDArray[np.uint16]:
    """Return what the cells of a key, combined, have beside its number: by this a key is told from others."""
    found: NDArray[np.uint16] = ((keys * _MARK) >> np.uint64(48)).astype(np.uint16)
    found &= np.uint16(0xFFFF ^ LEVELS)
    return found


def without_and(letters: bytes) -> bytes:
    """Return the codes of a word without the و that is written to it."""
    return letters[1:] if letters.startswith(_AND) and len(letters) > _SHORTEST else letters


def stem(letters: bytes) -> bytes:
    """Return the codes of a word without the conjunction and the preposition that are written to it.

    What is not one of them goes too (the ب of برامج): it does no harm, as the same is done wherever words are compared.
    """
    letters = without_and(letters)
    if letters.startswith(_TO_THE) and len(letters) > _SHORTEST + 1:
        return _THE + letters[2:]
    return letters[1:] if letters[:1] in _PREPOSITIONS and len(letters) > _SHORTEST else letters


def pair(left: Hashes, right: Hashes) -> Hashes:
    """Return the keys of words that stand side by side, by the hashes of the left ones' stems and of the right ones."""
    return mixed(left * _PAIR + right)
