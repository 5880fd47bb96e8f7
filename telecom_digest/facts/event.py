"""Candidates for the event or announcement that a document is about.

An event is named by a noun phrase that begins with what it is (مؤتمر, اتفاقية, إطلاق), or is the object of a verb that
announces (كشفت الهيئة عن ...). Where it ends is uncertain: each place where it may end makes a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from telecom_digest.facts import phrase
from telecom_digest.facts.reading import Reading
from telecom_digest.facts.topic import Phrase, before_sentence, clause_end, phrase_at
from telecom_digest.language import exact_phrases, exact_words, glossary, glossary_entries
from telecom_digest.memo import remembered

KINDS = (
    "conference",
    "meeting",
    "workshop",
    "agreement",
    "report",
    "decision",
    "launch",
    "award",
    "appointment",
    "tender",
    "results",
    "other",
)
"""Kinds of events that have a list of first words, `KIND_heads` of data/facts/."""

_LONGEST = 12  # words
_LATEST = 4  # sentences in which an event is looked for
_OBJECT_WITHIN = 14  # words after a verb that announces in which what it announces begins
_QUOTES = " \"«»“”'"


@cache
def _heads(language: str) -> dict[str, str]:
    """Return the first words of events, each with its kind; of several the first listed."""
    found: dict[str, str] = {}
    for kind in KINDS:
        for word in exact_words(language, (f"{kind}_heads",)):
            found.setdefault(word, kind)
    return found


def events(reading: Reading) -> list[Phrase]:
    """Return the candidates for the event in the first sentences, in order; they may overlap."""
    within = before_sentence(reading, _LATEST)
    found = {(one.first, one.last): one for one in _known(reading, within)}
    for one in _arabic(reading, within) if reading.language == "ar" else _english(reading, within):
        found.setdefault((one.first, one.last), one)
    return sorted(found.values(), key=lambda one: (one.first, -one.last))


def _known(reading: Reading, within: int) -> Iterator[Phrase]:
    """Yield the conferences of the glossary, with the year, ordinal or name that follows."""
    entries = glossary_entries()
    for first, last, label in glossary(stripped=False).find(reading.keys[:within]):
        if entries[label]["kind"] == "conference" and not any(gap.strip(" -/") for gap in reading.gaps[first + 1 : last]):
            yield phrase_at(reading, first, _with_year(reading, last), "known")


def _with_year(reading: Reading, last: int) -> int:
    """Return the index after the year that follows a name: جيتكس 2012, المؤتمر العالمي لعام 2017."""
    for at in (last, last + 1):
        if at < len(reading.words) and reading.words[at].isdigit() and phrase.YEAR.fullmatch(reading.words[at]):
            between = "".join(reading.gaps[last : at + 1]).strip(" ،,")
            if not between and (at == last or reading.words[last] in exact_words(reading.language, ("year_links",))):
                return phrase.after_year(reading, at)
    return last


def _english(reading: Reading, within: int) -> Iterable[Phrase]:
    from telecom_digest.facts.event_en import english  # only where a text is English

    return english(reading, within, _heads("en"))


def _arabic(reading: Reading, within: int) -> Iterator[Phrase]:
    heads = enumerate(map(_head, reading.words[:within]))
    starts = {i: head for i, head in heads if head[1] and not _opens_as_verb(reading, i)}
    for i in _objects(reading, within):
        starts.setdefault(i, (0, "object"))
    for i, (cut, sort) in sorted(starts.items()):
        ends = _ends(reading, i)
        ends.setdefault(clause_end(reading, i), "clause")
        for last, extent in ends.items():
            yield phrase_at(reading, i, last, f"{sort}:{extent}", cut)


def _opens_as_verb(reading: Reading, i: int) -> bool:
    """Word `i` is a noun elsewhere, but a verb where it opens a sentence: عقد المجلس اجتماعه."""
    if reading.words[i].removeprefix("و") not in exact_words("ar", ("opening_verbs",)):
        return False
    return reading.word_at(reading.sentences[reading.sentence_of(reading.spans[i][0])].at) == i


def _ends(reading: Reading, first: int) -> dict[int, str]:
    """Return the indices after the words where an Arabic name from `first` may end, each with the extent it makes."""
    plain, further = phrase.ends_of_event(reading, first, most=_LONGEST)
    ends = {_with_year(reading, plain): "plain"}
    short = _pause(reading, first + 2, plain)
    if further > plain:  # مذكرة تفاهم مع الهيئة | في مجال ...
        once = min(phrase.end_of_name(reading, plain + 1, most=_LONGEST), further)
        ends.setdefault(_with_year(reading, once), "once")
        ends.setdefault(_pause(reading, plain + 2, once), "once_short")
        ends.setdefault(_with_year(reading, further), "through")
    ends.setdefault(short, "short")
    return ends


def _pause(reading: Reading, first: int, last: int) -> int:
    """Return the index of the first of some words that begins with ل or و: there a chain may end."""
    return next((j for j in range(first, last) if reading.words[j][0] in "لو"), max(last, first - 1))


@remembered
def _head(word: str) -> tuple[int, str]:
    """Return how many letters come before the first word of an event, and its kind; no kind where it is none."""
    heads = _heads("ar")
    if word in exact_words("ar", ("no_event_heads",)):
        return 0, ""
    for cut in (0, 1, 2):
        if cut and word[cut - 1 : cut] not in tuple("وفبلك"):
            break
        core = word[cut:].removeprefix("ال")
        for form in (
            core,
            core.removesuffix("ا"),
            core.removesuffix("ها"),
            core.removesuffix("تها") + "ه",
            core.removesuffix("ته") + "ه",
        ):  # اجتماعا, لقاءها, دورته
            if form in heads and len(form) > 2:
                return cut, heads[form]
    return (0, heads[word[2:]]) if word.startswith("لل") and word[2:] in heads else (0, "")


def _objects(reading: Reading, within: int) -> Iterator[int]:
    """Yield the first words of what verbs announce: after their عن, or right after the body that announces."""
    stops, about = phrase.limits("ar").stops, exact_words("ar", ("announced_by",))
    for _, after, _ in exact_phrases("ar", ("announcing",)).find(reading.words[:within]):
        for j in range(after, min(after + _OBJECT_WITHIN, within - 1)):
            if "." in reading.gaps[j] or "\n" in reading.gaps[j]:
                break
            if reading.words[j] in about:
                yield j + 1
                break
        if after < within and phrase.bare(reading.words[after])[1] in phrase.body_heads("ar"):
            end = phrase.end_of_name(reading, after, most=_LONGEST)
            if end < within and reading.words[end] not in stops and not reading.gaps[end].strip(_QUOTES):
                yield end
