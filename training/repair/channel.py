"""The damage as a channel: clean text in, damaged text and what was lost out.

Deleting the fragile letters, digits and signs of a right text gives the first seed document letter for letter, so any
clean text makes training pairs. Milder accidents are the same channel with less of it: a subset of the letters, only the
signs, letters folded instead of deleted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.condition import REPLACED
from telecom_digest.repair.features import (
    COMMAS,
    DIGIT,
    LATIN,
    LETTER,
    LINE_END,
    SIGNS,
    SIZE,
    SPACE,
    STOPS,
    WORD,
    Codes,
    Integers,
    code,
)

LONGEST_RUN = 3
"""Fragile letters that stand together in a word; longer runs are not learned."""
BASE = len(FRAGILE) + 1


def _set(signs: str) -> NDArray[np.bool_]:
    members = np.zeros(SIZE, bool)
    members[[code(sign) for sign in signs]] = True
    return members


_FRAGILE = np.zeros(SIZE, np.int64)  # 1 + place in FRAGILE
_FRAGILE[[code(letter) for letter in FRAGILE]] = np.arange(1, BASE)
_SIGN = _set(SIGNS)
_SIGN[[0, LINE_END]] = True
STOP = _set(STOPS)
STOP[LINE_END] = True
"""Which codes end a sentence."""
_COMMA = _set(COMMAS)
_FOLDED = {letter: REPLACED[letter] for letter in "أإآةى"}


class Damage(NamedTuple):
    """What is lost. `letters` of FRAGILE are deleted with the probability `share` each, those in `folded` replaced."""

    letters: str = ""
    share: float = 1.0
    folded: tuple[tuple[str, str], ...] = ()
    signs: float = 0.0
    """Share of the signs that is lost."""
    line_ends: bool = False
    figures: bool = False
    latin: bool = False
    glue: float = 0.0
    """Share of the lost signs whose space is lost too."""


STRIPPED = Damage(FRAGILE, signs=1.0, line_ends=True, figures=True, latin=True, glue=0.1)
UNPUNCTUATED = Damage(signs=1.0, line_ends=True)
FOLDED = Damage(folded=tuple(_FOLDED.items()))
INTACT = Damage()


def draw(rng: np.random.Generator) -> Damage:
    """Return a kind of damage at random: the first seed document's most often, then parts of it, then none."""
    lines = bool(rng.random() < 0.7)
    kind = rng.random()
    if kind < 0.83:
        return STRIPPED._replace(line_ends=lines, latin=bool(rng.random() < 0.7), glue=float(rng.choice([0.05, 0.1, 0.2])))
    if kind < 0.88:
        signs = 1.0 if rng.random() < 0.7 else float(rng.random())
        return UNPUNCTUATED._replace(signs=signs, line_ends=lines, figures=bool(rng.random() < 0.2), glue=0.03)
    signs = float(rng.choice([0.0, 0.0, 1.0]))
    if kind < 0.94:
        folded = REPLACED if rng.random() < 0.25 else _FOLDED
        if rng.random() < 0.3:
            folded = {letter: folded[letter] for letter in folded if rng.random() < 0.6}
        return Damage(folded=tuple(folded.items()), signs=signs, line_ends=lines and signs > 0)
    if kind < 0.98:
        letters = "".join(letter for letter in FRAGILE if rng.random() < 0.6)
        share = 1.0 if rng.random() < 0.7 else float(rng.random())
        return Damage(letters, share, signs=signs, line_ends=lines and signs > 0, figures=signs > 0, glue=0.05)
    return INTACT


class Pairs(NamedTuple):
    """Damaged codes and, of each, what is to be restored; all of one length.

    `after` and `before` are the deleted letters that follow it in its word, or precede it at the start of its word, as
    digits of base 9 (the first letter lowest); `letter` is 1 + the place in FRAGILE of what it was before it was folded,
    or 0; `glued` is 1 where a space after it was lost; `end` is 2 where a sentence ended after it, 1 a clause.
    """

    codes: Codes
    letter: Integers
    after: Integers
    before: Integers
    glued: Integers
    end: Integers


def damage(codes: Codes, what: Damage, rng: np.random.Generator) -> Pairs:
    """Send a text through the channel."""
    n = len(codes)
    lost_letter = np.isin(codes, [code(one) for one in what.letters])
    if what.share < 1:
        lost_letter &= rng.random(n) < what.share
    lost_other = ((codes == DIGIT) & what.figures) | ((codes == LATIN) & what.latin)
    lost_sign = _SIGN[codes] & (codes != LINE_END) & (rng.random(n) < what.signs)
    if what.line_ends:
        lost_sign |= codes == LINE_END
    space = codes == SPACE
    visible = np.flatnonzero(~lost_letter & ~lost_other & ~lost_sign & ~space)
    if not len(visible):
        none = np.zeros(0, np.int64)
        return Pairs(codes[:0], none, none, none, none, none)

    until = np.append(visible[1:], n)  # between each visible code and the next
    parted = _some(space | lost_other | lost_sign, visible + 1, until)
    joinable = parted & WORD[codes[visible]] & np.append(WORD[codes[visible[1:]]], False)
    share = np.where(_some(lost_sign, visible + 1, until), what.glue, what.glue / 50)  # a plain space is seldom lost
    glued = joinable & (rng.random(len(visible)) < share)

    shown = codes.copy()
    for one, other in what.folded:
        shown[codes == code(one)] = code(other)
    replaced = np.where(shown != codes, _FRAGILE[codes], 0)[visible]
    after, before = _runs(codes, np.where(lost_letter, _FRAGILE[codes], 0), visible)

    spaced = parted & ~glued
    place = np.arange(len(visible)) + np.concatenate([[0], np.cumsum(spaced)[:-1]])
    size = int(place[-1]) + 1
    given = np.full(size, SPACE, np.uint8)
    given[place] = shown[visible]

    def spread(values: NDArray[np.integer[Any] | np.bool_]) -> Integers:
        out = np.zeros(size, np.int64)
        out[place] = values
        return out

    return Pairs(given, spread(replaced), spread(after), spread(before), spread(glued), spread(_ends(codes, visible)))


def _some(mask: NDArray[np.bool_], start: Integers, stop: Integers) -> NDArray[np.bool_]:
    """Return whether any of mask[start:stop] is set, for many spans at once."""
    total = np.concatenate([[0], np.cumsum(mask)])
    found: NDArray[np.bool_] = total[stop] > total[start]
    return found


def _ends(codes: Codes, visible: Integers) -> Integers:
    """Return for each visible code 2 where a sentence ends between it and the next word, 1 where a clause does, else 0.

    A stop before a digit is a decimal point, one after a lone letter an abbreviation.
    """
    dot = codes == code(".")
    lone = np.zeros(len(codes), bool)
    lone[2:] = LETTER[codes[1:-1]] & ~WORD[codes[:-2]]
    stop = STOP[codes] & ~(dot & (np.append(codes[1:] == DIGIT, False) | lone))
    in_word = WORD[codes[visible]]
    # the index of the next visible code that is of a word
    following = np.minimum.accumulate(np.where(in_word, np.arange(len(visible)), len(visible))[::-1])[::-1]
    next_word = np.append(visible, len(codes))[np.append(following[1:], len(visible))]
    clause = np.where(_some(_COMMA[codes], visible + 1, next_word), 1, 0)
    ends: Integers = np.where(_some(stop, visible + 1, next_word), 2, clause) * in_word
    return ends


def _runs(codes: Codes, fragile: Integers, visible: Integers) -> tuple[Integers, Integers]:
    """Return the runs of lost letters after each visible code and, at the start of its word, before it, as in `Pairs`.

    Args:
        fragile: [n], 1 + the place in FRAGILE of each lost letter, else 0.
    """
    letter = LETTER[codes]
    margin = np.zeros(LONGEST_RUN + 1, np.int64)
    padded = np.concatenate([margin, fragile, margin])
    origin = visible + LONGEST_RUN + 1
    after, before, reach = np.zeros((3, len(visible)), np.int64)
    right = left = letter[visible]
    for k in range(1, LONGEST_RUN + 1):
        right = right & (padded[origin + k] > 0)
        after += right * padded[origin + k] * BASE ** (k - 1)
        left = left & (padded[origin - k] > 0)
        before = np.where(left, before * BASE + padded[origin - k], before)
        reach += left
    opens = np.append(True, ~letter)[visible - reach]  # what stands before the run is no letter
    return after, before * opens


def run_number(letters: str) -> int:
    """Return the number of `Pairs.after` or `Pairs.before` that stands for these letters."""
    return sum((FRAGILE.index(letter) + 1) * BASE**i for i, letter in enumerate(letters))


def run_text(value: int) -> str:
    """Return the letters that a number of `Pairs.after` or `Pairs.before` stands for."""
    letters = ""
    while value:
        value, one = divmod(value, BASE)
        letters += FRAGILE[one - 1]
    return letters
