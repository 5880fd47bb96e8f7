"""Phrases that say what a document is about, and the candidates for its theme.

A theme follows a word that announces it ("under the theme", on, المتعلقة ب), is what an event is for (اتفاقية لتعزيز أمن
المعلومات) or what the event's own name goes on with (مؤتمر أمن المعلومات). Where it ends is uncertain: each place where it
may end makes a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import Phrases, exact_phrases, exact_words

_LONGEST = 16  # words
_LATEST = 5  # sentences in which a theme is looked for
_HEADINGS = 8  # more are no headings of a release
_LATEST_PURPOSE = 4  # sentences in which what something is for may be the theme
_DECLARED = 12  # words between a word such as theme and its is
_SUBJECT = 7  # words that may stand between a verb such as تهدف and its إلى
_SUBJECT_LETTERS = 10
_OPENS = re.compile(r"[ :]*[\"«“'(]\s*")
_CLOSES = re.compile(r"[\"»”')]")
_CLOSED_BY = {"»": "«", "«": "»", ")": "(", '"': '"'}  # »so« too, as some sites write
_FREE = " \"«»“”'-"


class Phrase(NamedTuple):
    """A candidate: its words, the last exclusive, its span, and a sort, after a colon which of its extents."""

    first: int
    last: int
    span: Span
    sort: str


def phrase_at(reading: Reading, first: int, last: int, sort: str, cut: int = 0) -> Phrase:
    """Return the phrase from word `first`, without its first `cut` letters, to before word `last`, and what closes it."""
    start, end = reading.spans[first][0] + cut, reading.spans[last - 1][1]
    after = reading.text[end : end + 1]
    if after in _CLOSED_BY:
        inside = reading.text[start:end]
        if (after == '"' and inside.count('"') % 2) or (after != '"' and _CLOSED_BY[after] in inside):
            end += 1
    return Phrase(first, last, (start, end), sort)


def before_sentence(reading: Reading, count: int) -> int:
    """Return the number of words before sentence `count`, headings not counted."""
    some = reading.sentences[: count + 1 + _HEADINGS]
    said = [sentence for sentence in some if not sentence.heading]
    if len(said) > count:
        return reading.word_at(said[count].at)
    return reading.word_at(some[-1].at) if len(some) > count + _HEADINGS else len(reading.words)


@cache
def _labels(language: str) -> Phrases:
    return exact_phrases(language, ("naming", "topic"))


@cache
def _words(language: str, name: str) -> frozenset[str]:
    return exact_words(language, (name,))


def themes(reading: Reading) -> list[Phrase]:
    """Return the candidates for the theme in order of their first words; they may overlap."""
    words = reading.words[: before_sentence(reading, _LATEST)]
    found: list[Phrase] = []
    known: set[tuple[int, int]] = set()
    for first, cut, sort in sorted(_begun(reading, words)):
        quoted = _OPENS.fullmatch(reading.gaps[first]) if not cut else None
        if quoted:
            closing = _closing(reading, first)
            ends = {closing: "quoted"} if closing else {}
        else:
            ends = {} if not cut and reading.gaps[first].strip() else _ends(reading, first)
        for last, extent in ends.items():
            enough = extent == "quoted" or last - first >= 2 or _names_a_subject(reading, first)
            if (first, last) not in known and enough:
                known.add((first, last))
                found.append(phrase_at(reading, first, last, f"{sort}:{extent}", cut))
    return found


def _names_a_subject(reading: Reading, first: int) -> bool:
    """An English word that is long and no name may be a theme alone: cybersecurity."""
    word = reading.words[first]
    return reading.language == "en" and len(word) >= _SUBJECT_LETTERS and reading.text[reading.spans[first][0]].islower()


def _begun(reading: Reading, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (word, letters cut off, sort) of where a theme may begin."""
    yield from _labelled(reading, words)
    yield from _attached(reading, words)
    yield from _aimed(reading, words)
    yield from _declared(reading, words)


def _declared(reading: Reading, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what a sentence says the theme is: وموضوع المؤتمر هو «…», the theme of the forum is …."""
    nouns, verbs = _words(reading.language, "theme_nouns"), _words(reading.language, "theme_verbs")
    for i, word in enumerate(words):
        if word not in nouns and not (word[:1] == "و" and word[1:] in nouns):
            continue
        for j in range(i + 1, min(i + _DECLARED, len(words) - 1)):
            if "." in reading.gaps[j] or "\n" in reading.gaps[j]:
                break
            if words[j] in verbs:
                yield j + 1, 0, "declared"
                break


def _labelled(reading: Reading, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (word, letters cut off, sort) of what follows a phrase that names a topic."""
    for _, after, label in _labels(reading.language).find(words):
        if after < len(words):
            yield after, 0, label


def _attached(reading: Reading, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what follows with ب a word such as المتعلقة, and with ل what something is for."""
    if reading.language != "ar":
        return
    about, purposes = _words("ar", "concerned"), before_sentence(reading, _LATEST_PURPOSE)
    own = _words("ar", "lam_words")
    for i, word in enumerate(words):
        if len(word) < 5 or not i or word in own:
            continue
        if word[0] == "ب" and words[i - 1] in about:
            yield i, 1, "topic"
        elif word[0] == "ل" and word[1] != "ل" and i < purposes and not reading.gaps[i].strip():
            yield i, 1, "purpose"


def _aimed(reading: Reading, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what follows a verb of aiming and its إلى, and what a meeting discussed: ناقشت الورشة فرص الاستثمار."""
    aims, to, discussing = (_words(reading.language, name) for name in ("aiming", "aimed", "discussing"))
    for i, word in enumerate(words):
        if word in aims:
            last = min(i + _SUBJECT, len(words) - 1)
            j = next((j for j in range(i + 1, last) if words[j] in to), None)
            if j:
                yield j + 1, 0, "aim"
        elif word in discussing and i + 2 < len(words):
            yield i + 1, 0, "discussed"
            if words[i + 1].startswith("ال") and not reading.gaps[i + 2].strip():
                yield i + 2, 0, "discussed"


def _ends(reading: Reading, first: int) -> dict[int, str]:
    """Return the indices after the words where a phrase from `first` may end, each with the extent it makes."""
    clause = clause_end(reading, first)
    if reading.language != "ar":
        return {clause: "clause"}
    ends = {clause: "clause"}
    name = phrase.end_of_name(reading, first, most=_LONGEST)
    if name < clause:
        further = phrase.end_of_name(reading, name + 1, most=_LONGEST) if name + 1 < clause else name
        ends[min(further, clause)] = "clause" if further >= clause else "further"
        ends[name] = "name"
    return ends


def _closing(reading: Reading, first: int) -> int | None:
    for k in range(first + 1, min(first + 2 * _LONGEST, len(reading.words)) + 1):
        if _CLOSES.search(reading.gaps[k]):
            return k
    return None


def clause_end(reading: Reading, first: int) -> int:
    """Return the index after the words up to a sign, a relative, or a word of time or place."""
    stops = _words(reading.language, "theme_stops")
    k = first + 1
    while k < len(reading.words) and k - first < _LONGEST:
        if reading.gaps[k].strip(_FREE) or "\n" in reading.gaps[k] or reading.words[k] in stops:
            break
        k += 1
    while reading.language == "en" and k - first > 1 and reading.words[k - 1] in _words("en", "body_joining"):
        k -= 1
    return k
