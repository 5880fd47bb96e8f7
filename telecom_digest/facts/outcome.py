"""Candidates for the outcome: the decision, result or next step, as the clause that an editor would write.

A sentence as a whole is one. So are the clauses in it that begin after the particle of what somebody said (أن, that), at a
verb of the future (سيتم, will), or after what joins clauses (حيث), each up to the next joint or the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_phrases, exact_words
from telecom_digest.memo import remembered
from telecom_digest.model import ScoredSentence

_BEST = 5  # sentences, by score, in which clauses are looked for
_NEWS = ("acts", "plans", "measures")  # features of a sentence that says what was done, will be or has changed
_HAS = 0.5  # value from which a sentence has a feature
_FEWEST, _LONGEST = 4, 40  # words of a clause
_SUBJECT = 14  # words of an English sentence in which its verb comes
_FUTURE = ("سي", "ست", "سن", "وسي", "وست", "وسن")


class Clause(NamedTuple):
    """A candidate: the sentence it stands in, its number, its span (None: the whole sentence), what opens and ends it."""

    sentence: ScoredSentence
    number: int
    span: Span | None
    first: int
    last: int
    opened: str
    ended: str
    had: frozenset[str]
    """The features that its sentence has, as cues."""


@cache
def _words(language: str, name: str) -> frozenset[str]:
    return exact_words(language, (name,))


def clauses(reading: Reading, scored: Sequence[ScoredSentence], order: dict[int, int]) -> list[Clause]:
    """Return the candidates for the outcome in the order of the text.

    Args:
        scored: the sentences that may be chosen.
        order: of each of them, by its index, its place among them by score.
    """
    found = []
    sentences = [(number, one, *reading.bounds(one.sentence)) for number, one in enumerate(scored)]
    sentences = [known for known in sentences if known[3] - known[2] >= _FEWEST]
    lead = _lead(sentences) if reading.language == "en" else None
    for number, one, first, last in sentences:
        if lead not in (None, number):
            continue
        had = features_had(one)
        found.append(Clause(one, number, None, first, last, "whole", "whole", had))
        if order[number] >= _BEST:
            continue
        for start, cut, opened in _starts(reading, first, last):
            for end, ended in _ends(reading, start, last):
                span = (reading.spans[start][0] + cut, reading.spans[end - 1][1])
                found.append(Clause(one, number, span, start, end, opened, ended, had))
    return found


def features_had(one: ScoredSentence) -> frozenset[str]:
    """Return the features that a sentence has, as cues."""
    return frozenset([f"has:{name}" for name, value in one.features.items() if value > _HAS])


def _lead(sentences: Sequence[tuple[int, ScoredSentence, int, int]]) -> int | None:
    """Return the number of the first sentence that says an act, a plan or a change; English releases lead with the news."""
    acting = (number for number, one, *_ in sentences if any(one.features.get(name, 0) > _HAS for name in _NEWS))
    return next(acting, None)


def _starts(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Yield (word, letters cut off, what opens) where clauses begin in the sentence of words `first` to `last`."""
    if reading.language == "en" and _promises(reading, first, last):
        yield first, 0, "future"
    for i, opening in enumerate(map(_openings(reading.language), reading.words[first : max(first, last - _FEWEST)]), first):
        if opening and (opening[2] or i > first):
            opened, cut, after = opening
            yield i + after, cut, opened


def _promises(reading: Reading, first: int, last: int) -> bool:
    """An English sentence has a verb of the future before its first sign: the clause begins with its subject."""
    words = reading.words[first : min(last, first + _SUBJECT)]
    said = exact_phrases("en", ("future",)).find(words)
    return bool(said) and not any(gap.strip(" -'’") for gap in reading.gaps[first + 1 : first + said[0][0] + 1])


@cache
def _openings(language: str) -> Callable[[str], tuple[str, int, int] | None]:
    """Return a function of a word: what it opens, how many letters come before it, and 1 if the clause begins after it."""
    that, joints, verbs = (_words(language, name) for name in ("clause_that", "clause_joints", "clause_verbs"))
    others = _words("ar", "no_future")

    @remembered
    def opening(word: str) -> tuple[str, int, int] | None:
        if word in that:
            return "that", 0, 1
        if word in joints:
            return "joint", 0, 1
        cut = 1 if word[:1] == "و" else 0
        if word[cut:] in verbs:
            return "verb", cut, 0
        if language == "ar" and word.startswith(_FUTURE) and len(word) > 4 + cut and word not in others:
            return "future", cut, 0
        return None

    return opening


def _ends(reading: Reading, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the words before which a clause from word `first` may end: at its first joint, and with its sentence."""
    breaks = _words(reading.language, "clause_breaks")
    joint = None
    for j in range(first + _FEWEST, min(last, first + _LONGEST)):
        comma = reading.gaps[j].strip(' "»”)').startswith(("،", ",", "؛", ";", ".", ":"))
        if (comma and not _inside_number(reading, j)) or reading.words[j] in breaks:
            joint = j
            break
    if joint:
        yield joint, "joint"
    if last - first <= _LONGEST and (joint is None or last - joint > 0):
        yield last, "sentence"


def _inside_number(reading: Reading, j: int) -> bool:
    return reading.words[j][0].isdigit() and reading.words[j - 1][-1].isdigit()
