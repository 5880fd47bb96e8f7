"""What stands around a candidate, as named cues: the evidence that the choice between candidates rests on.

A cue is a short string such as "s0" (in the first sentence) or "before:hosting" (right after a phrase of that list). They
name lists and places, not words of a language, so that what was learned of them in Arabic holds in English too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import Phrases, labelled

LABELS = (
    "hosting",
    "announcing",
    "saying",
    "joining",
    "attending",
    "passive",
    "belonging",
    "naming",
    "topic",
    "participating",
    "staging",
    "comparing",
    "representing",
)
"""Word lists of data/facts/ that say what part a name after them has."""

_NEAR = 4  # words before a candidate in which a phrase is near
_LATE = 3  # sentence from which on it is late


@cache
def _table(language: str) -> tuple[Phrases, frozenset[str], frozenset[str]]:
    """Return the phrases of LABELS, labelled with all the lists they are in; their first words; these with و as well."""
    labels: dict[tuple[str, ...], list[str]] = {}
    for phrase, name in labelled(language, LABELS):
        labels.setdefault(tuple(phrase), []).append(name)
    firsts = frozenset(key[0] for key in labels if key)
    return Phrases((key, "+".join(names)) for key, names in labels.items()), firsts, firsts | {f"و{w}" for w in firsts}


@cache
def _cues(place: str, labels: str) -> list[str]:
    """Return "PLACE:LABEL" for each of some labels, joined by + as in `_table`."""
    return [f"{place}:{label}" for label in labels.split("+")]


class Context:
    """The cues of one text: which phrases end before each word, and which sentence each word is in."""

    __slots__ = ("_before", "_numbers", "_said", "_where", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._said: dict[int, list[str]] = {}
        self._where: dict[int, list[str]] = {}
        phrases, firsts, joined = _table(reading.language)
        words = reading.words.copy()
        for i in reading.where(joined.__contains__):
            if words[i] not in firsts:
                words[i] = words[i][1:]
        self._before = {last: (first, label) for first, last, label in phrases.find(words)}
        self._numbers = []
        number = 0
        for sentence in reading.sentences:
            self._numbers.append(-1 if sentence.heading else number)
            number += not sentence.heading

    def sentence(self, first: int) -> int:
        """Return the number of the sentence that word `first` is in, headings not counted; -1 in a heading."""
        return self._numbers[self.reading.sentence_of(self.reading.spans[first][0])]

    def where(self, first: int) -> list[str]:
        """Return where word `first` stands: "heading", or "s0", "s1", "s2", "late"; "opening": in the first words of it."""
        if first in self._where:
            return self._where[first]
        index = self.reading.sentence_of(self.reading.spans[first][0])
        number = self._numbers[index]
        place = "heading" if number < 0 else f"s{number}" if number < _LATE else "late"
        opening = self.reading.spans[first][0] - self.reading.sentences[index].at < 40
        self._where[first] = [place, "opening", f"{place}:opening"] if opening else [place]
        return self._where[first]

    def before(self, first: int) -> list[str]:
        """Return "before:LABEL" for phrases that end where word `first` begins, "near:LABEL" for those just before."""
        if first in self._said:
            return self._said[first]
        found = self.right_before(first).copy()
        j = first
        while j > max(0, first - _NEAR) and not self.reading.gaps[j].strip('"«“( '):
            j -= 1
            if j in self._before:
                found += _cues("near", self._before[j][1])
        self._said[first] = found
        return found

    def right_before(self, first: int) -> list[str]:
        """Return "before:LABEL" for phrases that end where word `first` begins."""
        return _cues("before", self._before[first][1]) if first in self._before else []

    def has(self, first: int, last: int, label: str) -> bool:
        """Return whether a phrase of a list stands in words `first` to `last`, the last exclusive."""
        return any(label in self._before[end][1] for end in range(first + 1, last + 1) if end in self._before)

    def after(self, last: int) -> list[str]:
        """Return "after:LABEL" for phrases that begin right after a candidate, at word `last`."""
        for end in range(last + 1, min(last + 3, len(self.reading.words)) + 1):
            found = self._before.get(end)
            if found and found[0] == last and not self.reading.gaps[last].strip('"»”)'):
                return _cues("after", found[1])
        return []


def beside(context: Context, first: int) -> set[str]:
    """Return where a name stands and what is right before it; what is only near told nothing of names when measured."""
    return {*context.where(first), *context.right_before(first)}


def within(span: Span, spans: Sequence[Span | None]) -> bool:
    start, end = span
    for other in spans:  # noqa: SIM110 - any() of a generator takes twice as long
        if other and other[0] <= start and end <= other[1]:
            return True
    return False


def place_in_order(index: int, most: int = 3) -> str:
    return f"n{index}" if index < most else f"n{most}+"


def around(context: Context, first: int, last: int) -> set[str]:
    return {*context.where(first), *context.before(first), *context.after(last)}
