"""The damage as a channel: clean text in, damaged text and what was lost out.

Deleting the fragile letters, digits and signs of a right text gives the first seed document letter for letter, so any
clean text makes training pairs. Milder accidents are the same channel with less of it: a subset of the letters, only the
signs, letters folded instead of deleted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
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
_DOT = code(".")
_FOLDED = {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}
_FOLDED_MORE = {"ؤ": "و", "ئ": "ي"}


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
    if kind < 0.58:
        return STRIPPED._replace(line_ends=lines, latin=bool(rng.random() < 0.7), glue=float(rng.choice([0.05, 0.1, 0.2])))
    if kind < 0.70:
        signs = 1.0 if rng.random() < 0.7 else float(rng.random())
        return UNPUNCTUATED._replace(signs=signs, line_ends=lines, figures=bool(rng.random() < 0.2), glue=0.03)
    signs = float(rng.choice([0.0, 0.0, 1.0]))
    if kind < 0.86:
        folded = _FOLDED | (_FOLDED_MORE if rng.random() < 0.25 else {})
        if rng.random() < 0.3:
            folded = {letter: folded[letter] for letter in folded if rng.random() < 0.6}
        return Damage(folded=tuple(folded.items()), signs=signs, line_ends=lines and signs > 0)
    if kind < 0.95:
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
    word, sign, letter = WORD[codes], _SIGN[codes], LETTER[codes]
    lost_letter = np.isin(codes, [code(one) for one in what.letters])
    if what.share < 1:
        lost_letter &= rng.random(n) < what.share
    lost = lost_letter | (codes == DIGIT) & what.figures | (codes == LATIN) & what.latin
    lost |= sign & (codes != LINE_END) & (rng.random(n) < what.signs)
    if what.line_ends:
        lost |= codes == LINE_END
    space = codes == SPACE
    visible = np.flatnonzero(~lost & ~space)
    if not len(visible):
        return Pairs(codes[:0], *(np.zeros(0, np.int64) for _ in range(5)))  # type: ignore[arg-type]

    # between each visible code and the next
    until = np.append(visible[1:], n)

    def between(mask: NDArray[np.bool_], stop: Integers) -> Integers:
        total = np.concatenate([[0], np.cumsum(mask)])
        return total[stop] - total[visible + 1]

    parted = between(space | (lost & ~lost_letter), until) > 0
    in_word = word[visible]
    next_in_word = np.append(in_word[1:], False)
    glued = parted & in_word & next_in_word & (between(lost & sign, until) > 0)
    glued &= rng.random(len(visible)) < what.glue
    glued |= parted & in_word & next_in_word & (rng.random(len(visible)) < what.glue / 50)

    # a stop before a digit is a decimal point, one after a lone letter an abbreviation
    stop = STOP[codes]
    dot = codes == _DOT
    before_digit = np.append(codes[1:] == DIGIT, False)
    lone = np.zeros(n, bool)
    lone[2:] = letter[1:-1] & ~word[:-2]
    stop &= ~(dot & (before_digit | lone))
    index = np.where(in_word, np.arange(len(visible)), len(visible))
    following = np.minimum.accumulate(index[::-1])[::-1]
    next_word = np.append(visible, n)[np.append(following[1:], len(visible))]
    end = np.where(between(stop, next_word) > 0, 2, np.where(between(_COMMA[codes], next_word) > 0, 1, 0)) * in_word

    # runs of lost letters
    fragile = np.where(lost_letter, _FRAGILE[codes], 0)
    padded = np.concatenate([np.zeros(LONGEST_RUN + 1, np.int64), fragile, np.zeros(LONGEST_RUN + 1, np.int64)])
    origin = visible + LONGEST_RUN + 1
    after = np.zeros(len(visible), np.int64)
    before = np.zeros(len(visible), np.int64)
    running, reach = letter[visible], np.zeros(len(visible), np.int64)
    for k in range(1, LONGEST_RUN + 1):
        running = running & (padded[origin + k] > 0)
        after += running * padded[origin + k] * BASE ** (k - 1)
    running = letter[visible]
    for k in range(1, LONGEST_RUN + 1):
        running = running & (padded[origin - k] > 0)
        before = np.where(running, before * BASE + padded[origin - k], before)
        reach += running
    opens = np.concatenate([[True], ~letter])[visible - reach]
    before *= opens & (reach < LONGEST_RUN + 1)

    shown = codes.copy()
    for one, other in what.folded:
        shown[codes == code(one)] = code(other)
    was = np.where(shown != codes, _FRAGILE[codes], 0)[visible]

    spaced = parted & ~glued
    place = np.arange(len(visible)) + np.concatenate([[0], np.cumsum(spaced)[:-1]])
    size = int(place[-1]) + 1

    def spread(values: Integers) -> Integers:
        out = np.zeros(size, np.int64)
        out[place] = values
        return out

    given = np.full(size, SPACE, np.uint8)
    given[place] = shown[visible]
    return Pairs(given, spread(was), spread(after), spread(before), spread(glued.astype(np.int64)), spread(end))


def run_text(value: int) -> str:
    """Return the letters that a number of `Pairs.after` or `Pairs.before` stands for."""
    letters = ""
    while value:
        value, one = divmod(value, BASE)
        letters += FRAGILE[one - 1]
    return letters
