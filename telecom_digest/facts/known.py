"""Names of the glossary as they stand in a text: word by word, letters attached to the first one aside.

`language.glossary` compares by keys, which drop the article and endings: good for ranking, but by it سوق الاتصالات القطرية
would be the company اتصالات قطر. Facts are told by the words themselves, and abbreviations by their case.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from telecom_digest import resources
from telecom_digest.arabic import fold
from telecom_digest.facts.reading import Reading
from telecom_digest.language import WORD, glossary_entries
from telecom_digest.memo import remembered

_CLITICS = frozenset("وفبلك")
_JOINTS = frozenset(["", "/", "-"])


class Known(NamedTuple):
    """A name at words[first:last], without `cut` letters of its first word; fused: one with its article (للاتحاد)."""

    first: int
    last: int
    cut: int
    fused: bool
    entry: str


_Name = tuple[list[str], str, str]
"""What follows the first word of a name; the entry; how it is written, where its case tells."""
_Names = dict[str, list[_Name]]


def _made() -> dict[str, _Names]:
    """Return the names by first word and second ("" where there is none), those of both together, the longest first."""
    named = [
        (name, id_, field)
        for id_, entry in glossary_entries().items()
        for field in ("ar", "en", "abbr")
        for name in entry[field]
    ]
    lines = fold("\n".join(name for name, _, _ in named)).lower().split("\n")
    table: dict[str, _Names] = {}
    for (name, id_, field), line in zip(named, lines, strict=True):
        first, *rest = WORD.findall(line)
        second = rest[0] if rest else ""
        table.setdefault(first, {}).setdefault(second, []).append((rest, id_, "" if field == "ar" else name))
    for names in table.values():
        for alike in names.values():
            alike.sort(key=lambda one: -len(one[0]))
    return table


NAMES = resources.Table("glossary/words", ("glossary.yaml",), _made)
_names = cache(NAMES.get)


@remembered
def starts(word: str) -> tuple[tuple[int, bool, _Names], ...]:
    """Return (letters cut, fused with the article, names that begin with it) for each way to read a word."""
    table = _names()
    found = []
    for cut in (0, 1, 2):
        if cut and word[cut - 1 : cut] not in _CLITICS:
            break
        if word[cut:] in table:
            found.append((cut, False, table[word[cut:]]))
        if word.startswith("لل", cut) and f"ال{word[cut + 2 :]}" in table:
            found.append((cut, True, table[f"ال{word[cut + 2 :]}"]))
    return tuple(found)


def known_at(reading: Reading, i: int) -> Known | None:
    """Return the longest name of the glossary that begins at word `i`, or None."""
    second = reading.words[i + 1] if i + 1 < len(reading.words) else ""
    for cut, fused, names in starts(reading.words[i]):
        for key in (second, ""):
            for rest, entry, written in names.get(key, ()):
                if _stands(reading, i, rest, written):
                    return Known(i, i + 1 + len(rest), cut, fused, entry)
    return None


def _stands(reading: Reading, i: int, rest: list[str], written: str) -> bool:
    """The name is at word `i`, in one piece, and where it is Latin in its own case."""
    end = i + 1 + len(rest)
    if rest and (reading.words[i + 1 : end] != rest or not _joined(reading.gaps[i + 1 : end])):
        return False
    if not written:
        return True
    start = reading.spans[i][0]
    if " " in written:
        return reading.text[start].isupper() or written[0].islower()
    return reading.text[start : reading.spans[end - 1][1]] == written


def _joined(gaps: list[str]) -> bool:
    """What stands between words parts no name."""
    return all(gap == " " or (gap.strip() in _JOINTS and "\n\n" not in gap) for gap in gaps)
