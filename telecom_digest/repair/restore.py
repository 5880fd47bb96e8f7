"""Restoring what was lost: from the model's probabilities to edits.

The model answers for every letter; a word is restored as a whole or not at all, so that none is left half right. Letters
are only ever inserted, or replaced by those they had been folded from: deleting what was restored gives the source back.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from telecom_digest.arabic import FRAGILE
from telecom_digest.edits import Edit, apply
from telecom_digest.model import Restoration
from telecom_digest.repair.choose import Words, choose
from telecom_digest.repair.condition import Diagnosis
from telecom_digest.repair.ends import place
from telecom_digest.repair.features import LETTER, SPACE, WORD, Codes, Integers, encode
from telecom_digest.repair.network import Floats, load, probabilities

_GLUED = 0.5  # least probability of a lost space
_NEAR = 64  # codes on both sides of a new space that are read again, and as many more for context
_LENGTHS, _BIAS = 0.3, 0.0  # of the sentence ends, see ends.place; chosen on half of telecom_gold


class Restored(NamedTuple):
    """What is to be done to a text.

    Attributes:
        edits: insertions and replacements, ordered, apart from each other.
        restorations: the same by words and spaces, ordered, with their probabilities.
        left: number of words that stay as they are because the model is not sure of them.
        ends: offsets in the restored text where sentences end, with their probabilities.
    """

    edits: list[Edit]
    restorations: list[Restoration]
    left: int
    ends: list[tuple[int, float]]


def restore(text: str, lost: Diagnosis, *, threshold: float, everywhere: bool = False) -> Restored:
    """Return what the model would restore in a text that has lost `lost`.

    Args:
        threshold: least probability of a word, 0 to 1; one that is less sure stays as it is.
        everywhere: any letter may be lost in some words only, deleted in one and replaced in another.
    """
    codes, at = encode(text)
    if not LETTER[codes].any():
        return Restored([], [], 0, [])
    at = np.append(at, len(text))
    answers = probabilities(codes)
    glued = answers["glued"][:-1, 1]
    gaps = np.flatnonzero((glued >= max(_GLUED, threshold)) & LETTER[codes[:-1]] & LETTER[codes[1:]])
    places = at[gaps + 1].tolist()
    spaces = [Restoration(place, place, "", " ", float(p)) for place, p in zip(places, glued[gaps], strict=True)]
    if len(gaps):
        codes, at = np.insert(codes, gaps + 1, SPACE), np.insert(at, gaps + 1, at[gaps + 1])
        answers = _read_again(codes, answers, gaps)
    letters = FRAGILE if everywhere else lost.letters
    inserted, replaced = everywhere or not lost.replaced, everywhere or lost.replaced
    words = choose(codes, answers, letters, inserted=inserted, replaced=replaced)
    taken = np.flatnonzero(words.changed & (words.sure >= threshold))
    found = [_of_word(text, at, words, i) for i in taken.tolist()]
    pieces = sorted([*(piece for _, some in found for piece in some), *(_Piece(p, p, _SPACE, " ") for p in places)])
    ends = _ends(codes, at, answers["end"][:, 2], pieces) if lost.ends else []
    return Restored(
        [Edit(start, end, letters, "space" if rank == _SPACE else "letter") for start, end, rank, letters in pieces],
        sorted([*(restoration for restoration, _ in found), *spaces]),
        int((words.sure < threshold).sum()),
        ends,
    )


def _read_again(codes: Codes, answers: dict[str, Floats], gaps: Integers) -> dict[str, Floats]:
    """Return the answers for a text that got spaces after the codes `gaps`: what stood glued there is known only now."""
    answers = {head: np.insert(answers[head], gaps + 1, answers[head][gaps], 0) for head in answers}
    spaces = gaps + 1 + np.arange(len(gaps))
    near = np.zeros(len(codes), bool)
    for offset in range(-_NEAR, _NEAR + 1):
        near[np.clip(spaces + offset, 0, len(codes) - 1)] = True
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False)).tolist()
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        first = max(0, start - _NEAR)
        found = probabilities(codes[first : stop + _NEAR])
        for head in answers:
            answers[head][start:stop] = found[head][start - first : stop - first]
    return answers


class _Piece(NamedTuple):
    """Part of a restoration: text[start:end] becomes `letters`. In one place, the rank says what comes first."""

    start: int
    end: int
    rank: int
    letters: str


_AFTER, _SPACE, _BEFORE = 0, 1, 2


def _of_word(text: str, at: Integers, words: Words, i: int) -> tuple[Restoration, list[_Piece]]:
    """Return what becomes of word i, as a whole and piece by piece."""
    runs = load().classes
    pieces = []
    for k in range(words.first[i], words.last[i] + 1):
        here, following = int(at[k]), int(at[k + 1])  # what stands between, if anything, are marks that the letter carries
        before, letter, after = (int(words.chosen[head][k]) for head in ("before", "letter", "after"))
        if before:
            pieces.append(_Piece(here, here, _BEFORE, runs["before"][before]))
        if letter:
            pieces.append(_Piece(here, here + 1, _BEFORE, runs["letter"][letter]))
        if after:
            pieces.append(_Piece(following, following, _AFTER, runs["after"][after]))
    start, end = int(at[words.first[i]]), int(at[words.last[i] + 1])
    local = [Edit(piece.start - start, piece.end - start, piece.letters, "letter") for piece in pieces]
    word = text[start:end]
    return Restoration(start, end, word, apply(word, local), float(words.sure[i])), pieces


def _ends(codes: Codes, at: Integers, odds: Floats, pieces: list[_Piece]) -> list[tuple[int, float]]:
    """Return where sentences end, as offsets in the restored text."""
    inside = WORD[codes]
    last = np.flatnonzero(inside & ~np.append(inside[1:], False))
    chosen = place(odds[last].tolist(), load().header["lengths"], weight=_LENGTHS, bias=_BIAS)
    moved = list(accumulate((len(p.letters) - (p.end - p.start) for p in pieces), initial=0))
    ends = []
    for i in chosen:
        offset = int(at[last[i] + 1])
        # what is inserted after the last letter still belongs to the sentence, a space in the same place does not
        ends.append((offset + moved[bisect_right(pieces, (offset, offset, _AFTER, "\U0010ffff"))], float(odds[last[i]])))
    return ends
