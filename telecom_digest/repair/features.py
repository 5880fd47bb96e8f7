"""What the repair model sees of a text: a code per letter or sign, and which token each belongs to.

Training and reading use the same functions, so that what was learned is what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Integers = NDArray[np.int64]

SPACE, LINE_END, DIGIT, LATIN = 1, 2, 3, 4
STOPS, COMMAS, QUOTES = ".!؟…", "،؛:", '"()-/%'
SIGNS = STOPS + COMMAS + QUOTES
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
FOREIGN = 5 + len(SIGNS) + len(LETTERS)
"""A letter of the Arabic script that Arabic does not use, as in Persian names."""
SIZE = FOREIGN + 1
"""Number of codes; 0 is any other sign."""

_LOOKALIKES = {",": "،", ";": "؛", "?": "؟", "«": '"', "»": '"', "“": '"', "”": '"', "[": "(", "]": ")", "–": "-", "—": "-"}
_MARKS = (
    *range(0x64B, 0x660),
    0x670,
    0x640,
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
)
_NOTHING = 255


def code(sign: str) -> int:
    """Return the code of a letter of `LETTERS` or a sign of `SIGNS`."""
    return 5 + (SIGNS + LETTERS).index(sign)


def _table() -> Codes:
    """Return the code of each code point below 65,536."""
    table = np.zeros(1 << 16, np.uint8)
    latin = [i for i in range(0x41, 0x250) if chr(i).isalpha()]
    table[latin] = LATIN
    table[0x660:0x66A] = table[0x6F0:0x6FA] = table[0x30:0x3A] = DIGIT
    table[[*range(0x1C, 0x21), 0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]] = SPACE
    table[[0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029]] = LINE_END
    table[[i for i in range(0x66E, 0x700) if chr(i).isalpha()]] = FOREIGN
    for sign in SIGNS + LETTERS:
        table[ord(sign)] = code(sign)
    for sign, other in _LOOKALIKES.items():
        table[ord(sign)] = code(other)
    table[list(_MARKS)] = _NOTHING
    return table


_CODES = _table()
LETTER = np.zeros(SIZE, bool)
LETTER[5 + len(SIGNS) :] = True
"""Which codes are letters of Arabic script."""
WORD = LETTER.copy()
WORD[[DIGIT, LATIN]] = True
"""Which codes words and numbers are made of."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def encode(text: str) -> tuple[Codes, Integers]:
    """Return the codes of `text` without marks and invisible signs, and the offset in `text` of each."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _CODES[np.minimum(points, 0xFFFF)]
    at = np.flatnonzero(codes != _NOTHING)
    return codes[at], at


class Tokens(NamedTuple):
    """Words and signs of n codes.

    Attributes:
        first, last: of each, its first and last code.
        hashes, rests: of each, the hash, and the hash without the first letter.
        joined: whether that letter is a و, which is written to the word it joins.
        of: the token that each code belongs to.
    """

    first: Integers
    last: Integers
    hashes: NDArray[np.uint64]
    rests: NDArray[np.uint64]
    joined: NDArray[np.bool_]
    of: Integers


def tokenize(codes: Codes) -> Tokens:
    """Return the tokens of a text: its runs of letters, and every other sign. Spaces belong to what they follow.

    The hash of a token is the sum of its codes times powers of an odd number, so it is found for all at once.
    """
    if not len(codes):
        none = np.zeros(0, np.int64)
        return Tokens(none, none, none.astype(np.uint64), none.astype(np.uint64), none.astype(bool), none)
    letter, space = LETTER[codes], codes == SPACE
    opens = ~space
    opens[1:] &= ~(letter[1:] & letter[:-1])
    opens[:1] = True  # a leading space is a token of its own
    of = np.cumsum(opens) - 1
    first = np.flatnonzero(opens)
    content = np.flatnonzero(~space | opens)
    last = content[np.searchsorted(content, np.append(first[1:], len(codes))) - 1]
    powers = _powers(np.arange(len(codes)) - first[of])
    sums = np.add.reduceat(np.where(space, 0, codes.astype(np.uint64)) * powers, first)
    rests = (sums - codes[first] * _POWERS[0]) * _INVERSE  # one power less for each letter
    joined = (codes[first] == _WAW) & (last - first >= _SHORTEST_JOINED)
    return Tokens(first, last, mixed(sums), mixed(rests), joined, of)


def mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return hashes of which every bit depends on all that was hashed."""
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _MULTIPLIER
    return hashes ^ (hashes >> np.uint64(32))


def hash_of(codes: Sequence[int]) -> int:
    """Return the hash that `tokenize` gives a token of these codes."""
    value = sum(c * p for c, p in zip(codes, _POWERS_LIST, strict=False)) + sum(codes[_LONGEST:]) * _POWERS_LIST[-1]
    value &= _MASK
    value = (value ^ (value >> 29)) * int(_MULTIPLIER) & _MASK
    return value ^ (value >> 32)


_MASK = (1 << 64) - 1
_LONGEST = 64
_POWERS: NDArray[np.uint64] = np.cumprod(np.full(_LONGEST, 0xD1342543DE82EF95, np.uint64)).astype(np.uint64)

_INVERSE = np.uint64(pow(int(_POWERS[0]), -1, 1 << 64))
_WAW = code("و")
_SHORTEST_JOINED = 3  # letters after the و: fewer are seldom a word of their own
_POWERS_LIST: list[int] = _POWERS.tolist()


def _powers(within: Integers) -> NDArray[np.uint64]:
    powers: NDArray[np.uint64] = _POWERS[np.minimum(within, _LONGEST - 1)]
    return powers


def rows(tokens: Tokens, half: int) -> Integers:
    """Return [n, 4], the rows of tokens in a table of two halves of `half` rows and a last one of zeros.

    A token has a row in each half, so that few share both; one with a و before it also those of the word that it joins, so
    that what is rare with it is known all the same. The others have the row of zeros there.
    """
    size = np.uint64(half)
    found = [
        place
        for hashes in (tokens.hashes, tokens.rests)
        for place in ((hashes & np.uint64(0xFFFFFFFF)) % size, (hashes >> np.uint64(32)) % size + size)
    ]
    table = np.stack(found, 1).astype(np.int64)
    table[~tokens.joined, 2:] = 2 * half
    return table
