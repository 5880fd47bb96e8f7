"""Restoring what was lost: from the model's answers to edits.

A word is restored as a whole or not at all, so that none is left half right. Letters are only ever inserted, or replaced by
those they had been folded from, and spaces inserted: taking away what was restored, and folding again, gives the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.edits import Edit, apply
from telecom_digest.model import Restoration
from telecom_digest.repair.candidates import Words
from telecom_digest.repair.choose import choose
from telecom_digest.repair.condition import Diagnosis
from telecom_digest.repair.ends import place
from telecom_digest.repair.features import LETTER, LINE_END, SPACE, WORD, Codes, Integers, encode
from telecom_digest.repair.network import Floats, load, probabilities

LETTER_EDIT, SPACE_EDIT = "lost-letter", "lost-space"
"""Kinds of edits."""

_GLUED = 0.5  # least probability of a lost space
_NEAR = 40  # codes on both sides of a new space that are read again, and as many more for context
_SECTION = 1 << 15  # codes that are read before the next are: the answers take some hundred bytes for each
_LENGTHS, _BIAS = 0.15, 1.0  # of the sentence ends, see ends.place; chosen on half of telecom_gold


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
    deleted, replaced = (FRAGILE, FRAGILE) if everywhere else (lost.deleted, lost.replaced)
    pieces: list[_Piece] = []
    restorations: list[Restoration] = []
    offsets: list[int] = []  # after each word, and the probability that a sentence ends there
    odds: list[float] = []
    left = 0
    for section in _sections(text):
        read = _read(section, max(_GLUED, threshold), lost.stretches)
        words = choose(read.codes, read.answers, deleted, replaced)
        inside = _inside(read.at[words.first], lost.stretches)
        for i in np.flatnonzero(words.changed & (words.sure >= threshold) & inside).tolist():
            restoration, some = _of_word(text, read.at, words, i)
            restorations.append(restoration)
            pieces += some
        restorations += read.spaces
        pieces += (_Piece(space.start, space.start, _SPACE, " ") for space in read.spaces)
        left += int(((words.sure < threshold) & inside).sum())
        last = _last_of_words(read.codes)
        offsets += read.at[last + 1].tolist()
        odds += np.where(_inside(read.at[last], lost.stretches), read.answers["end"][last, 2], 0).tolist()
    pieces.sort()
    kinds = {_AFTER: LETTER_EDIT, _SPACE: SPACE_EDIT, _BEFORE: LETTER_EDIT}
    edits = [Edit(start, end, letters, kinds[rank]) for start, end, rank, letters in pieces]
    return Restored(edits, sorted(restorations), left, _ends(offsets, odds, pieces) if lost.ends else [])


def _inside(places: Integers, stretches: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    """Return whether each place is in one of the stretches; everything is where there are none."""
    inside = np.full(len(places), not stretches)
    for start, end in stretches:
        inside |= (places >= start) & (places < end)
    return inside


# ---------------------------------------------------------------- reading
class _Section(NamedTuple):
    """Some codes of a text; at[i] is the place of code i in the text, at[i + 1] also where it ends, marks included."""

    codes: Codes
    at: Integers


def _sections(text: str) -> Iterator[_Section]:
    """Yield the text in sections cut at spaces, so that memory does not grow with it."""
    codes, at = encode(text)
    at = np.append(at, len(text))
    start = 0
    while start < len(codes):
        stop = min(start + _SECTION, len(codes))
        if stop < len(codes):
            spaces = np.flatnonzero(codes[start:stop] == SPACE)
            stop = start + int(spaces[-1]) + 1 if len(spaces) else stop
        yield _Section(codes[start:stop], at[start : stop + 1])
        start = stop


class _Read(NamedTuple):
    """A section with the spaces it lost, what the model answers at each code, and those spaces."""

    codes: Codes
    at: Integers
    answers: dict[str, Floats]
    spaces: list[Restoration]


def _read(section: _Section, sure: float, stretches: tuple[tuple[int, int], ...]) -> _Read:
    """Ask the model of a section; where it says, with a probability of `sure`, that words are glued, part them."""
    codes, at = section
    answers = probabilities(codes)
    glued = answers["glued"][:-1, 1]
    between = (glued >= sure) & LETTER[codes[:-1]] & LETTER[codes[1:]] & _inside(at[1:-1], stretches)
    gaps = np.flatnonzero(between)
    if not len(gaps):
        return _Read(codes, at, answers, [])
    places = at[gaps + 1].tolist()
    spaces = [Restoration(p, p, "", " ", float(odds)) for p, odds in zip(places, glued[gaps], strict=True)]
    codes, at = np.insert(codes, gaps + 1, SPACE), np.insert(at, gaps + 1, at[gaps + 1])
    return _Read(codes, at, _read_again(codes, answers, gaps), spaces)


def _read_again(codes: Codes, answers: dict[str, Floats], gaps: Integers) -> dict[str, Floats]:
    """Return the answers for a text that got spaces after the codes `gaps`: what stood glued there is known only now."""
    answers = {head: np.insert(answers[head], gaps + 1, answers[head][gaps], 0) for head in answers}
    spaces = gaps + 1 + np.arange(len(gaps))
    near = np.zeros(len(codes), bool)
    for offset in range(-_NEAR, _NEAR + 1):
        near[np.clip(spaces + offset, 0, len(codes) - 1)] = True
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False)).tolist()
    spans = [(start, stop, max(0, start - _NEAR)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]
    pieces = [np.append(codes[first : stop + _NEAR], np.uint8(LINE_END)) for _, stop, first in spans]
    found = probabilities(np.concatenate(pieces)[:-1])  # all at once: few codes take hardly less time than some more
    at = 0
    for (start, stop, first), piece in zip(spans, pieces, strict=True):
        for head in answers:
            answers[head][start:stop] = found[head][at + start - first : at + stop - first]
        at += len(piece)
    return answers


# ---------------------------------------------------------------- writing
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
        here, following = int(at[k]), int(at[k + 1])
        before, letter, after = (int(words.chosen[head][k]) for head in ("before", "letter", "after"))
        if before:
            pieces.append(_Piece(here, here, _BEFORE, runs["before"][before]))
        if letter:
            pieces.append(_Piece(here, here + 1, _BEFORE, runs["letter"][letter]))
        if after:  # past the marks of the letter: whether they belonged to one that was lost cannot be known
            pieces.append(_Piece(following, following, _AFTER, runs["after"][after]))
    start, end = int(at[words.first[i]]), int(at[words.last[i] + 1])
    local = [Edit(piece.start - start, piece.end - start, piece.letters, LETTER_EDIT) for piece in pieces]
    word = text[start:end]
    return Restoration(start, end, word, apply(word, local), float(words.sure[i])), pieces


def _last_of_words(codes: Codes) -> Integers:
    """Return the last code of each word or number after which a sentence can end: not that before the sign in 44.1."""
    inside = WORD[codes]
    following, second = np.append(codes[1:], SPACE), np.append(codes[2:], [SPACE, SPACE])[: len(codes)]
    sign = ~WORD[following] & (following != SPACE) & (following != LINE_END)
    last: Integers = np.flatnonzero(inside & ~WORD[following] & ~(sign & WORD[second]))
    return last


def _ends(offsets: list[int], odds: list[float], pieces: list[_Piece]) -> list[tuple[int, float]]:
    """Return where sentences end, as offsets in the restored text."""
    moved = list(accumulate((len(p.letters) - (p.end - p.start) for p in pieces), initial=0))
    ends = []
    for i in place(odds, load().header["lengths"], weight=_LENGTHS, bias=_BIAS):
        # what is inserted after the last letter still belongs to the sentence, a space in the same place does not
        before = bisect_right(pieces, (offsets[i], offsets[i], _AFTER, "\U0010ffff"))
        ends.append((offsets[i] + moved[before], odds[i]))
    return ends
