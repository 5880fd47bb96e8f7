"""Cues of what a document is about: its event, theme, figures, outcome and kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from telecom_digest.facts import numbers
from telecom_digest.facts.choose import Candidate
from telecom_digest.facts.context import Context, around, place_in_order, within
from telecom_digest.facts.outcome import Clause
from telecom_digest.facts.reading import Span
from telecom_digest.facts.topic import Phrase
from telecom_digest.language import exact_words, phrases
from telecom_digest.model import ScoredSentence

_KINDS = (
    "meeting",
    "conference",
    "workshop",
    "agreement",
    "appointment",
    "report",
    "decision",
    "launch",
    "tender",
    "results",
    "award",
    "other",
)
_KIND_LISTS = tuple(f"kind_{kind}" for kind in _KINDS)
_DIGIT = re.compile(r"\d")
_KIND_SENTENCES = 2  # the last sentence that says what kind of document it is, headings not counted
_ASIDE = 6  # words after "on the sidelines of" in which an event is a side one
_KIND_REACH = 60  # words of a text that say what kind of document it is, for its event
_EARLY = 8  # words of the first sentence in which a kind is said early
_KIND_WORDS = 25  # words of the first sentence that say what kind of document it is
_TO_THE_END = ":clause"  # the extent of a name that goes on to the end of its clause
_WORTHS = 12  # steps in which what the words of a sentence are worth is told


def event_candidates(
    about: About, found: Sequence[Phrase], named: Sequence[Span], roles: Sequence[Span | None]
) -> list[Candidate[Phrase]]:
    """Return the candidates for the event, each with its cues.

    Args:
        named, roles: where names of bodies and roles of people stand.
    """
    reading = about.context.reading
    openings = {one.first: tuple(reading.words[one.first : one.first + 2]) for one in found}
    counts = Counter(openings.values())
    names = set(named)
    inner, beginnings = sorted(named), {start for start, _ in named}  # none overlapping
    starts: dict[int, list[str]] = {}
    candidates = []
    for one in found:
        # هيئة | تنظيم الاتصالات قرارا بخفض …, مجموعة فودافون خطط …
        if one.sort.endswith(_TO_THE_END) and (_is_inside(one.span[0], inner) or one.span[0] in beginnings):
            continue
        if one.first not in starts:
            sort = one.sort.partition(":")[0]
            starts[one.first] = [
                *about.start_cues(one.first, sort),
                place_in_order(len(starts), 5),
                f"times:{min(counts[openings[one.first]], 3)}",
                *(("in_name",) if _is_inside(one.span[0], inner) else ()),
            ]
        cues = starts[one.first] + about.end_cues(one)
        if within(one.span, roles):
            cues.append("in_role")
        if one.span in names:
            cues.append("is_name")
        candidates.append(Candidate(one, frozenset(cues)))
    return candidates


def _is_inside(offset: int, spans: list[Span]) -> bool:
    """An offset is in one of some spans, sorted and apart, but not at its beginning."""
    i = bisect_left(spans, (offset, 0)) - 1
    return i >= 0 and spans[i][0] < offset < spans[i][1]


class About:
    """What single words tell of what a text is about: how often each is said, and what kind the first sentences say.

    One serves all candidates of a text.
    """

    __slots__ = ("_asides", "_counts", "_heading", "_keys", "_kinds", "_says", "context")

    def __init__(self, context: Context) -> None:
        self.context, reading = context, context.reading
        self._keys = reading.keys
        self._counts = Counter(self._keys)
        self._says = [f"says:{key}" for key in self._keys]
        self._asides = exact_words(reading.language, ("side_events",))
        first = reading.sentences[0] if reading.sentences else None
        heading = reading.bounds(first)[1] if first and first.heading else 0
        self._heading = frozenset(self._keys[:heading])
        self._kinds = [
            (start, label.removeprefix("kind_"))
            for start, _, label in phrases(reading.language, _KIND_LISTS).find(self._keys[:_KIND_REACH])
        ]

    def start_cues(self, first: int, sort: str) -> list[str]:
        """Return the cues of a candidate that depend on where it begins alone."""
        context, reading = self.context, self.context.reading
        where = context.where(first)
        word = reading.words[first]
        sentence = reading.sentences[reading.sentence_of(reading.spans[first][0])]
        opening = reading.word_at(sentence.at)
        said = next((kind for start, kind in reversed(self._kinds) if opening <= start < first), "")
        cues = [*where, *context.before(first), *_sort_cues(sort, where[0], self._kinds[0][1] if self._kinds else "", said)]
        cues += [f"head:{self._keys[first]}", f"at:{min((first - opening) // 5, 5)}"]
        if word.startswith("ال"):
            cues += ["definite", f"definite:{sort}"]
        near = reading.words[max(opening, first - _ASIDE) : first]
        if not self._asides.isdisjoint(near):
            cues += ["aside", f"aside:{next(word for word in reversed(near) if word in self._asides)}"]
        if first:
            cues += [f"prev:{reading.words[first - 1]}", f"prev:{reading.words[first - 1]}:{sort}"]
            if reading.gaps[first].strip():
                cues.append("after_sign")
        return cues

    def end_cues(self, one: Phrase) -> list[str]:
        """Return the cues of a candidate that depend on where it ends as well."""
        context, reading = self.context, self.context.reading
        sort, _, extent = one.sort.partition(":")
        text = reading.text[slice(*one.span)]
        length = one.last - one.first
        cues = [*context.after(one.last), *_extent_cues(sort, extent), *_length_cues(sort, length), *self.central(one)]
        cues += self.said(one)
        if one.last < len(reading.words):
            following = reading.gaps[one.last].strip()
            cues += ["then:sign"] if following else ["then:word", f"next:{reading.words[one.last]}"]
        if _DIGIT.search(text):
            cues += ["year", f"year:{sort}"]
        if "«" in text or '"' in text or "“" in text:
            cues.append("quoted")
        return cues

    def said(self, one: Phrase) -> list[str]:
        """Return the words of a phrase, and its last."""
        return [*self._says[one.first : one.last], f"last:{self._keys[one.last - 1]}"]

    def central(self, one: Phrase) -> list[str]:
        """Return how much of a phrase the text says again, and how much of it its heading says."""
        mine = self._keys[one.first : one.last]
        again = sum([self._counts[key] > 1 for key in mine])
        cues = [f"again:{4 * again // len(mine)}"]
        if self._heading:
            cues.append(f"in_heading:{2 * sum(map(self._heading.__contains__, mine)) // len(mine)}")
        return cues


@lru_cache(maxsize=1 << 12)
def _sort_cues(sort: str, where: str, kind: str, said: str) -> tuple[str, ...]:
    """Return what the sort of an event, where it stands, and what kind is said first and last before it tell together."""
    cues = [f"sort:{sort}", f"{where}:{sort}"]
    if said:
        cues += [f"after_kind:{said}", f"after_kind:{said}:{sort}"]
    if kind:
        cues += [f"kind:{kind}:{sort}", "agrees" if kind == sort else "differs"]
    return tuple(cues)


@cache
def _extent_cues(sort: str, extent: str) -> tuple[str, ...]:
    return f"extent:{extent}", f"extent:{extent}:{sort}"


@cache
def _length_cues(sort: str, length: int) -> tuple[str, ...]:
    return f"words:{min(length, 8)}", f"words:{min(length, 4)}:{sort}"


def theme_candidates(about: About, found: Sequence[Phrase], named: Sequence[Span]) -> list[Candidate[Phrase]]:
    """Return the candidates for the theme, each with its cues; none begins inside one of `named`, the names of bodies.

    What a body is for is no theme: الجهاز القومي ل|تنظيم الاتصالات.
    """
    inner = sorted(named)
    apart = [phrase for phrase in found if not _is_inside(phrase.span[0], inner)]
    return [Candidate(phrase, theme_cues(about, phrase, i)) for i, phrase in enumerate(apart)]


def theme_cues(about: About, phrase: Phrase, index: int) -> frozenset[str]:
    """Return the cues of a candidate for the theme, the `index`-th."""
    context, reading = about.context, about.context.reading
    sort, _, extent = phrase.sort.partition(":")
    where = context.where(phrase.first)
    length = phrase.last - phrase.first
    cues = [*where, *context.before(phrase.first), *context.after(phrase.last), place_in_order(index)]
    cues += [f"by:{sort}", f"{where[0]}:{sort}", *_extent_cues(sort, extent), f"words:{min(length, 10)}"]
    cues += [f"head:{reading.words[phrase.first]}", *about.central(phrase), *about.said(phrase)]
    if phrase.first:
        cues.append(f"prev:{reading.words[phrase.first - 1]}")
        if phrase.first > 1:
            cues.append(f"prev2:{reading.words[phrase.first - 2]}")
    if phrase.last < len(reading.words):
        following = reading.gaps[phrase.last].strip()
        cues += ["then:sign", "next:"] if following else ["then:word", f"next:{reading.words[phrase.last]}"]
    return frozenset(cues)


def number_cues(
    context: Context, figure: numbers.Figure, index: int, scored: Sequence[ScoredSentence], order: dict[int, int]
) -> frozenset[str]:
    reading = context.reading
    number = context.sentence(figure.first)
    cues = around(context, figure.first, figure.last) | {f"sort:{sort}" for sort in figure.sort}
    cues |= {place_in_order(index, 6), f"words:{min(figure.last - figure.first, 6)}"}
    place = order.get(number, len(scored))
    cues.add(f"rank{place}" if place < 5 else "rank5+")
    if "noun" in figure.sort:
        cues.add(f"last:{reading.words[figure.last - 1]}")
        cues.add(f"last2:{reading.words[figure.last - 2]}")
    if figure.first:
        cues.add(f"prev:{reading.words[figure.first - 1]}")
    return frozenset(cues)


def clause_cues(context: Context, clause: Clause, place: int) -> frozenset[str]:
    """Return the cues of a candidate for the outcome.

    Args:
        place: of its sentence among all by score, from 0.
    """
    reading = context.reading
    cues = [*clause.had, *_clause_place_cues(clause.opened, min(clause.number, 6), min(place, 6))]
    cues += _clause_form_cues(clause.opened, clause.ended, min((clause.last - clause.first) // 5, 7))
    cues.append(f"worth:{int(_WORTHS * clause.sentence.features['words'])}")
    for i, word in enumerate(reading.words[clause.first : clause.first + 3]):
        cues += [f"open{i}:{word}", f"any:{word}"]
    if clause.opened != "whole":
        cues.append(f"prev:{reading.words[clause.first - 1]}")
    if clause.span and _DIGIT.search(reading.text, *clause.span):
        cues.append("figure")
    return frozenset(cues)


@cache
def _clause_place_cues(opened: str, index: int, place: int) -> tuple[str, ...]:
    """Return what the number of a sentence and its place by score tell, 6 being any from there on."""
    cues = f"s{index}" if index < 6 else "late", f"rank{place}" if place < 6 else "rank6+"
    return *cues, f"s{min(index, 3)}:{opened}", f"rank{min(place, 3)}:{opened}"


@cache
def _clause_form_cues(opened: str, ended: str, fives: int) -> tuple[str, ...]:
    return f"by:{opened}", f"end:{ended}", f"by:{opened}:{ended}", f"words:{fives}"


def kind_cues(context: Context, events: Sequence[Phrase]) -> frozenset[str]:
    """Return what the heading and the first sentences say: verbs and nouns of each kind, which first, and their words."""
    reading = context.reading
    titled = bool(reading.sentences) and reading.sentences[0].heading
    cues: set[str] = {"titled"} if titled else set()  # as releases are, and items of a newspaper here are not
    for one in events:
        where = context.where(one.first)[0]
        if where in ("s0", "heading"):
            sort = one.sort.partition(":")[0]
            cues |= {f"{where}:{sort}", f"early:{sort}"}
    lead = ""  # the kind that the headings and the first sentence say first
    for sentence in reading.sentences:
        first, last = reading.bounds(sentence)
        if first >= len(reading.words):  # signs alone
            break
        number = context.sentence(first)
        if number > _KIND_SENTENCES:
            break
        where = "heading" if number < 0 else f"s{number}"
        keyed = reading.keys[first:last]
        found = phrases(reading.language, _KIND_LISTS).find(keyed)
        said = [label.removeprefix("kind_") for _, _, label in found]
        cues |= {f"{where}:says:{kind}" for kind in said} | {f"{where}:first:{kind}" for kind in said[:1]}
        if number <= 0:
            cues |= {f"says:{kind}" for kind in said}
            lead = lead or next(iter(said), "")
        if number == 0:
            cues |= {f"word:{word}" for word in keyed[:_KIND_WORDS]}
            cues |= {f"twice:{kind}" for kind, count in Counter(said).items() if count > 1}
            cues |= {f"soon:{kind}" for kind, (start, _, _) in zip(said, found, strict=True) if start < _EARLY}
    if lead:
        cues.add(f"first:{lead}")
    return frozenset(cues)
