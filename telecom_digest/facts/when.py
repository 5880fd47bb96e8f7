"""Cues of when: which of the dates of a document are those of what it is about.

A date by itself tells little. What tells is the sentence that it stands in (what it does, what event it names, what other
dates it has) and whether the text begins with a day that only its readers knew (أمس): then the year in the name of a fair
is often no date of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from telecom_digest.facts.choose import Candidate
from telecom_digest.facts.context import Context, around, place_in_order
from telecom_digest.facts.dates import Found
from telecom_digest.facts.outcome import features_had
from telecom_digest.facts.reading import Span
from telecom_digest.facts.topic import Phrase
from telecom_digest.model import ScoredSentence

_DAY = len("2017-10-09")
_EARLY = ("heading", "s0")
_OLD = 4  # years before the newest date of a text from which on a date is just old
_MANY, _FAR = 4, 2  # dates of one sentence, and the place among them, from which on all is the same


class _Sentence(NamedTuple):
    """A sentence with a date: its words, the last exclusive, the dates that stand in it first, what it tells of each."""

    first: int
    last: int
    dates: list[Span]
    cues: frozenset[str]


def date_candidates(
    context: Context,
    found: Sequence[Found],
    events: Sequence[Phrase],
    kind: Collection[str],
    scored: Sequence[ScoredSentence],
) -> list[Candidate[Found]]:
    """Return each date once, where it first stands, with the cues of all its mentions; without ISO form, by its text.

    Args:
        events: candidates for the event.
        kind: cues of what kind of document it is.
        scored: the sentences that are no headings.
    """
    reading = context.reading
    groups: dict[object, list[Found]] = {}
    for one in found:
        said: object = (one.start, one.end) if one.start or one.end else reading.text[slice(*one.span)]
        groups.setdefault(said, []).append(one)
    known = [day for first, *_ in groups.values() if (day := first.start or first.end)]
    full = [start for start in known if len(start) == _DAY]
    newest = max((int(start[:4]) for start in known), default=0)
    named = [(one.span, _sort(one)) for one in events]
    doc = [cue.rpartition(":")[2] for cue in kind if cue.startswith("s0:first:")]
    relative = _relative(context, [one for one in found if one.relative or not (one.start or one.end)])
    sentences = _sentences(context, [group[0].span for group in groups.values()], events, scored)
    candidates = []
    for i, group in enumerate(groups.values()):
        one = group[0]
        said_first = one.start or one.end or ""  # of what goes on until a day, that day
        precision = f"{len(said_first)}{'-' if one.start and one.end else '>' if one.end else ''}"
        cues = {f"times:{min(len(group), 3)}", place_in_order(i), *(f"{what}:{precision}" for what in doc)}
        cues |= _beside(said_first, known, full, newest)
        for mention in group:
            cues |= _mention_cues(context, mention, precision, named)
            if mention.inferred:
                cues |= {"no_year", f"no_year:{precision}"}
        cues |= {f"relative:{relative}", f"relative:{relative}:{precision}"}
        if "in_event" in cues:
            cues.add("in_event:days" if full else "in_event:only" if "only" in cues else "in_event:years")
            cues.add(f"in_event:relative:{relative}")
            if "only" in cues:
                cues.add(f"in_event:only:relative:{relative}")
        cues |= _sentence_cues(context, one.span, sentences[reading.sentence_of(one.span[0])], events)
        candidates.append(Candidate(one, frozenset(cues)))
    return candidates


def said_finer(start: str, others: Collection[str | None]) -> bool:
    """Return whether another date says more of the same time, as 2017-10-09 of 2017."""
    return any(other is not None and other != start and other.startswith(start) for other in others)


def finest(dates: Sequence[tuple[str | None, str | None]]) -> list[int]:
    """Return which of some dates, each (start, end), are left without those of which another says more.

    Beside 9 to 20 October 2017 the year 2017 tells nothing.
    """
    starts = [start for start, _ in dates]
    return [i for i, (start, end) in enumerate(dates) if end or not start or not said_finer(start, starts)]


def _sort(event: Phrase) -> str:
    return event.sort.partition(":")[0]


def _relative(context: Context, days: Sequence[Found]) -> str:
    """Return where the text says a day that only its readers knew (أمس, today): "first", "later" or "none"."""
    at = [context.where(context.reading.word_at(day.span[0]))[0] for day in days]
    return "first" if any(place in _EARLY for place in at) else "later" if at else "none"


def _sentences(
    context: Context, dates: Sequence[Span], events: Sequence[Phrase], scored: Sequence[ScoredSentence]
) -> dict[int, _Sentence]:
    """Return, by their indices, the sentences that dates stand in, each with what it is like and the events it names."""
    reading = context.reading
    found: dict[int, _Sentence] = {}
    for span in dates:
        index = reading.sentence_of(span[0])
        if index not in found:
            first, last = reading.bounds(reading.sentences[index])
            number = context.sentence(reading.word_at(span[0]))
            cues = set(features_had(scored[number]) if 0 <= number < len(scored) else ())
            cues.update(f"with:{_sort(event)}" for event in events if first <= event.first < last)
            found[index] = _Sentence(first, last, [], frozenset(cues))
        found[index].dates.append(span)
    return found


def _sentence_cues(context: Context, date: Span, sentence: _Sentence, events: Sequence[Phrase]) -> set[str]:
    """Return what the sentence of a date tells of it: what comes before it there, and which of its dates it is."""
    first = context.reading.word_at(date[0])
    count = min(len(sentence.dates), _MANY)
    cues = {f"dates:{count}", f"dates:{count}:{min(sentence.dates.index(date), _FAR)}", *sentence.cues}
    cues.update(f"after:{_sort(event)}" for event in events if sentence.first <= event.first < first)
    if context.has(sentence.first, first, "comparing"):
        cues.add("compared")
    return cues


def _beside(start: str, known: list[str], full: list[str], newest: int) -> set[str]:
    """Return what a date is among the dates of the text: the only one, a day among days, a year long past."""
    if not start:
        return set()
    cues = {f"age:{min(newest - int(start[:4]), _OLD)}"}
    if len(known) == 1:
        cues.add("only")
    if len(start) == _DAY:
        cues |= {f"days:{min(len(full), 3)}", f"day{min(full.index(start), 3)}"}
    elif full:
        cues.add("beside_days")
    if said_finer(start, known):
        cues.add("said_finer")
    return cues


def _mention_cues(context: Context, found: Found, precision: str, events: Sequence[tuple[Span, str]]) -> set[str]:
    """Return the cues of one mention of a date; `events`: spans of candidates for the event, each with its sort."""
    reading = context.reading
    first, last = reading.word_at(found.span[0]), reading.word_at(found.span[1])
    where = context.where(first)[0]
    sentence = reading.sentences[reading.sentence_of(found.span[0])]
    cues = around(context, first, last) | {f"precision:{precision}", f"{where}:{precision}"}
    start, end = found.span
    if 2 * (end - start) > len(sentence.text):
        cues.add("alone")  # in a line of the day
    sorts = {sort for span, sort in events if span[0] <= start and end <= span[1]}
    if sorts:
        cues |= {"in_event", f"in_event:{where}", *(f"in_event:{sort}" for sort in sorts)}
    cues |= {f"says:{word}" for word in reading.words[first:last] if word.isalpha()}
    if first:
        cues.add(f"prev:{reading.words[first - 1]}")
    if last < len(reading.words) and not reading.gaps[last].strip():
        cues.add(f"next:{reading.words[last]}")
    return cues
