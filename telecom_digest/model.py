"""The values that go from stage to stage. Frozen, without behaviour beyond reading themselves.

Offsets are code points into `Document.text`, the decoded source (byte-order mark excluded, line ends kept), unless a
field says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from telecom_digest.edits import Edit, source_offset

Condition = Literal["intact", "unpunctuated", "folded", "partial", "stripped"]
"""intact: as written; unpunctuated: sentence ends are gone. The letters with hamza, ة and ى: in a folded text they are
written ا ه ي و; in a partial one some of them are gone, or all from a part of the text; in a stripped one they are gone."""

RepairMode = Literal["auto", "always", "never"]
"""Restore what is lost: where a text is damaged; letters and spaces in every Arabic text; not at all."""


class Note(NamedTuple):
    """Something the reader of a digest should know, in no language yet: a key of data/messages.yaml and its values."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read.

    Attributes:
        text: the decoded source.
        source: the location as the caller gave it; "-" for standard input or a plain string.
        title: the title where the source carries one apart from its text.
        notes: what the reader assumed, such as an encoding.
        published: the day it was published, where the source says it.
        language: "ar" or "en" where the source says it; what its letters say counts more.
        origin: who published it, such as the name of a site or the sender of a mail, where the source says it.
    """

    text: str
    source: str = "-"
    title: str | None = None
    notes: tuple[Note, ...] = ()
    published: date | None = None
    language: str | None = None
    origin: str | None = None


class Restoration(NamedTuple):
    """One word or space restored: source[start:end] was `before` and became `after`, with this probability."""

    start: int
    end: int
    before: str
    after: str
    probability: float


class Repair(NamedTuple):
    """What the repair of a damaged text came to.

    Attributes:
        restorations: in order.
        left: number of words that the model was not sure of; they stay as they were.
        ends: offsets in the display text where sentences end that lost their stop, with their probabilities.
        figures_lost: all digits are gone. They are never guessed.
        figures_at: words of the display text between which a number clearly stood.
    """

    restorations: tuple[Restoration, ...]
    left: int
    ends: tuple[tuple[int, float], ...]
    figures_lost: bool = False
    figures_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """Display text, tied to its source by the edits that made it.

    Attributes:
        text: what a reader sees.
        source_text: what was read.
        edits: in source offsets, ordered, apart from each other; replaying them on `source_text` gives `text`.
        condition: how damaged the source is.
        language: "ar", "en", or "und" where neither was recognised.
        repair: what was restored, or None where nothing was tried.
    """

    text: str
    source_text: str
    edits: tuple[Edit, ...]
    condition: Condition
    language: str
    shifts: tuple[tuple[int, int], ...] = field(repr=False)
    """Where the replacement of each edit stands in `text`."""
    repair: Repair | None = None

    @property
    def skeletal(self) -> bool:
        """Words have lost letters: they are compared by what is left of them."""
        return self.repair is None and self.condition in ("stripped", "partial")

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of `text[start:end]`."""
        return source_offset(self.edits, self.shifts, start, opening=True), source_offset(
            self.edits, self.shifts, end, opening=False
        )


class Sentence(NamedTuple):
    """One sentence of the display text.

    Attributes:
        start, end: span in the source.
        text: the sentence as displayed.
        at: where it begins in the display text.
        paragraph: number of its paragraph, from 0.
        heading: it stands as a title over others rather than saying something.
        aside: it stands under a heading that announces background, such as "Notes to editors".
    """

    start: int
    end: int
    text: str
    at: int
    paragraph: int = 0
    heading: bool = False
    aside: bool = False


class ScoredSentence(NamedTuple):
    """A sentence with the value of each feature; `score` is the sum of value times weight."""

    sentence: Sentence
    score: float
    features: Mapping[str, float]
    terms: frozenset[str]
    """Keys of its content words: what it is about, for comparing it with others."""


class Bullet(NamedTuple):
    """A trimmed sentence: `text` is the display form of source[start:end]."""

    text: str
    start: int
    end: int
    score: float


class Value(NamedTuple):
    """A fact as it stands: `text` is source[start:end], or its display form where cleaning had to change letters."""

    text: str
    start: int
    end: int


class Period(NamedTuple):
    """A date or a period; `start` and `end` in ISO 8601 as precisely as the text says (2017-10), None where it does not.

    A single date has no end; what goes on until a day has no start.
    """

    value: Value
    start: str | None
    end: str | None


class Entry(NamedTuple):
    """What the glossary knows of a name: its id, kind, English name, abbreviation and country (ISO 3166-1 alpha-2)."""

    id: str
    kind: str
    name: str | None
    abbr: str | None
    country: str | None


class Name(NamedTuple):
    """A body or an event; entry: of the glossary, where it is known."""

    value: Value
    entry: Entry | None = None


class Place(NamedTuple):
    """A city or a country, with the country's ISO 3166-1 alpha-2 code and name in English."""

    value: Value
    code: str | None
    name: str | None = None


class Person(NamedTuple):
    """A person quoted or acting, with the role that stands beside the name."""

    name: Value
    role: Value | None


class Facts(NamedTuple):
    """What, when, where, who, and so what. Nothing is guessed: what the text does not say is None or empty.

    Attributes:
        kind: meeting, conference, workshop, agreement, appointment, report, decision, launch, tender, results, award or
            other.
        event: the main event or announcement.
        dates: of the event.
        city, country: where it takes place.
        organisers: who holds, issues or announces it.
        participants: the other bodies and countries that take part.
        people: quoted or acting.
        theme: its topic or slogan.
        numbers: the newsworthy figures, each with what it counts.
        outcome: the decision, result or next step.
    """

    kind: str = "other"
    event: Name | None = None
    dates: tuple[Period, ...] = ()
    city: Place | None = None
    country: Place | None = None
    organisers: tuple[Name, ...] = ()
    participants: tuple[Name, ...] = ()
    people: tuple[Person, ...] = ()
    theme: Value | None = None
    numbers: tuple[Value, ...] = ()
    outcome: Value | None = None


class Explanation(NamedTuple):
    """Why sentences were chosen: every candidate with its features, and which of them became bullets."""

    weights: Mapping[str, float]
    candidates: tuple[ScoredSentence, ...]
    chosen: frozenset[int]
    """Indices into `candidates`."""


class Digest(NamedTuple):
    """What is rendered: a few spans of one document and what there is to know about them."""

    source: str
    title: str | None
    language: str
    condition: Condition
    bullets: tuple[Bullet, ...]
    facts: Facts
    notes: tuple[str, ...]
    words_in: int
    words_out: int
    explanation: Explanation
    published: date | None = None
    origin: str | None = None
