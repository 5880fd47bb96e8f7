"""Which documents tell one story: the same release in three newspapers, not two releases about one subject.

Documents are compared by the runs of three words they share, as Broder (1997), "On the resemblance and containment of
documents", has it. To find the few that are worth comparing among thousands, each is known by the smallest hashes of its
runs: two texts that share much share many of those, too (a bottom-k sketch, the one-hash form of MinHash; Cohen and Kaplan
2007). One hash a run and a table of SQLite do what datasketch does with numpy and scipy, 100 MB; and since only the few
candidates are compared, they are compared exactly.

Releases of one body repeat themselves. Monthly reports are one text with other figures: texts whose figures differ are two
stories however alike their words are. And what the body says of itself at the end of each may be longer than the news:
texts are one story only if the beginning of one of them is in the other.
"""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b
from typing import NamedTuple

from telecom_digest import arabic, language

SKETCH = 24
"""Hashes by which a document is looked up: of texts that share two fifths of their runs, 5 in 24 on the worst of days."""
COMMON = 3
"""Hashes of two sketches that must be equal before the documents are compared."""
_RUN = 3
_SAME = 0.35
"""Resemblance from which two documents are one story: benchmarks/stories.py has the figures of other thresholds."""
_PART = 0.80
"""Or the share of the shorter one's runs that the other has too, where it is not much shorter: a text cut at its end."""
_HALF = 0.30
"""How short it may be against the other. A round-up of the day holds its releases but is none of them."""
_FIGURES = 3
"""Figures that both must have before theirs are compared."""
_FIGURES_SHARED = 0.5
_LEAD = 40
"""Words that a text begins with; a headline and a dateline of the newspaper may be a third of them."""
_LEAD_SHARED = 0.4
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_SEPARATOR = re.compile(r"[.,٫٬]")
_HAMZA = str.maketrans({"ؤ": "و", "ئ": "ي", "ء": None})


class Signature(NamedTuple):
    """What is kept of a document for comparing it.

    Attributes:
        content: equal for texts of the same words in the same order, however they are spelled and set.
        runs: hashes of its runs of words, each once, ascending: 4 bytes a run.
        lead: those of them with which it begins.
        figures: hashes of its figures, likewise.
    """

    content: bytes
    runs: frozenset[int]
    lead: frozenset[int]
    figures: frozenset[int]

    @property
    def sketch(self) -> list[int]:
        """The `SKETCH` smallest of `runs`, ascending."""
        return sorted(self.runs)[:SKETCH]


def signature(text: str) -> Signature:
    """Return the signature of a text: its words without marks, hamzas, punctuation and capitals."""
    folded = arabic.fold(arabic.letters(text)).translate(_HAMZA).lower()
    words = [word for word in language.WORD.findall(folded) if word]
    joined = " ".join(words)
    runs = [_hash(" ".join(words[i : i + _RUN])) for i in range(max(1, len(words) - _RUN + 1))]
    figures = [_SEPARATOR.sub("", figure) for figure in _FIGURE.findall(folded)]
    return Signature(
        blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
        frozenset(runs),
        frozenset(runs[:_LEAD]),
        frozenset(map(_hash, figures)),
    )


def _hash(words: str) -> int:
    """Return 32 bits that are the same on every machine and day, which `hash` is not."""
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


def resemblance(one: Signature, other: Signature) -> float:
    """Return the share of runs in both texts among those in either, from 0 to 1."""
    shared = len(one.runs & other.runs)
    return shared / (len(one.runs) + len(other.runs) - shared)


def same(one: Signature, other: Signature) -> bool:
    """Tell whether two documents tell one story."""
    if one.content == other.content:
        return True
    shared = len(one.runs & other.runs)
    shorter, longer = sorted((len(one.runs), len(other.runs)))
    alike = shared >= _SAME * (shorter + longer - shared)
    part = shared >= _PART * shorter and shorter >= _HALF * longer and shorter >= SKETCH
    begun = max(len(one.lead & other.runs) / len(one.lead), len(other.lead & one.runs) / len(other.lead))
    return (alike or part) and begun >= _LEAD_SHARED and not _other_figures(one.figures, other.figures)


def _other_figures(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether figures are those of two reports rather than of one that was cut."""
    fewer = min(len(one), len(other))
    return fewer >= _FIGURES and len(one & other) < _FIGURES_SHARED * fewer


def packed(hashes: frozenset[int]) -> bytes:
    """Return hashes as bytes, for `unpacked`."""
    values = array("I", sorted(hashes))
    if values.itemsize != 4:  # no machine of today has it so; a state must not be written that another cannot read
        raise ValueError("unsigned int has not 4 bytes here")
    return values.tobytes()


def unpacked(data: bytes) -> frozenset[int]:
    """Return the hashes that `packed` made bytes of."""
    return frozenset(array("I", data))
