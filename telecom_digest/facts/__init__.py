"""The card of facts: what, when, where, who, and so what, each as it stands in the source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from telecom_digest.facts.candidates import Candidates, read
from telecom_digest.facts.choose import chooser
from telecom_digest.facts.names import Body
from telecom_digest.facts.outcome import Clause
from telecom_digest.facts.places import Found as FoundPlace
from telecom_digest.facts.reading import Reading, Span, before_asides
from telecom_digest.facts.when import finest
from telecom_digest.language import glossary_entries, lexicon
from telecom_digest.model import CleanText, Entry, Facts, Name, Period, Person, Place, ScoredSentence, Sentence
from telecom_digest.trim import trim

MOST = {"dates": 5, "organisers": 4, "participants": 8, "people": 10, "numbers": 6}
"""Most values of the fields that are lists: a card, not an index."""

_OUTCOME_WORDS, _OUTCOME_LONGEST = 25, 40


def extract(
    cleaned: CleanText,
    sentences: Sequence[Sentence],
    scored: Sequence[ScoredSentence],
    *,
    published: dt.date | None = None,
    names: Literal["camel"] | None = None,
) -> Facts:
    """Return the facts of a text.

    Args:
        sentences: of it, headings among them.
        scored: those that may be chosen, as ranked.
        published: the day it was published, which أمس and "next week" need.
        names: "camel" for names that the named-entity recognition of camel-tools finds, beside our own.

    Raises:
        CallError: that is not installed; the message says how to get it.
    """
    if cleaned.skeletal or not sentences:  # words that have lost letters name nothing for certain
        return Facts()
    cleaned, sentences, scored = before_asides(cleaned, sentences, scored)
    reading = Reading(cleaned, sentences)
    found = read(reading, scored, published)
    facts = _chosen(reading, found)
    if names is None:
        return facts
    from telecom_digest.facts.deeper import added

    return added(reading, facts)


def _chosen(reading: Reading, found: Candidates) -> Facts:
    text, choose = reading.text, chooser(reading.language)
    event = choose.best_agreed("event", found.event, lambda phrase: text[slice(*phrase.span)])
    city, country = choose.best("city", found.city), choose.best("country", found.country)
    organisers = choose.likely("organisers", found.bodies, MOST["organisers"])
    chosen = set(map(id, organisers))
    others = [candidate for candidate in found.bodies if id(candidate) not in chosen]
    participants = choose.likely("participants", others, MOST["participants"])
    theme = choose.best_agreed("theme", found.theme, lambda phrase: text[slice(*phrase.span)])
    outcome = choose.best("outcome", found.outcome)
    likely = choose.likely("dates", found.dates, MOST["dates"])
    dates = [likely[i] for i in finest([(one.what.start, one.what.end) for one in likely])]
    return Facts(
        kind=choose.kind(found.kind),
        event=Name(reading.value(event.what.span)) if event else None,
        dates=tuple(Period(reading.value(one.what.span), one.what.start, one.what.end) for one in dates),
        city=_place(reading, city.what) if city else None,
        country=_place(reading, country.what) if country else None,
        organisers=tuple(_name(reading, one.what) for one in organisers),
        participants=tuple(_name(reading, one.what) for one in participants),
        people=tuple(
            Person(reading.value(one.what.name), reading.value(one.what.role) if one.what.role else None)
            for one in choose.likely("people", found.people, MOST["people"])
        ),
        theme=reading.value(theme.what.span) if theme else None,
        numbers=tuple(reading.value(one.what.span) for one in choose.likely("numbers", found.numbers, MOST["numbers"])),
        outcome=reading.value(outcome_span(reading, outcome.what)) if outcome else None,
    )


def outcome_span(reading: Reading, clause: Clause) -> Span:
    """Return the span of the display text that an outcome comes to: a whole sentence without what may go."""
    if clause.span:
        return clause.span
    sentence = clause.sentence.sentence
    start, end = trim(
        sentence.text, lexicon(reading.language), max_words=_OUTCOME_WORDS, longest=_OUTCOME_LONGEST, stripped=False
    )
    return sentence.at + start, sentence.at + end


def _place(reading: Reading, found: FoundPlace) -> Place:
    return Place(reading.value(found.span), found.code, found.name)


def _name(reading: Reading, found: Body | FoundPlace) -> Name:
    if isinstance(found, FoundPlace):
        return Name(
            reading.value(found.span),
            Entry(found.code.lower(), "country", found.name, None, found.code) if found.code else None,
        )
    id_ = found.best.entry
    if not id_:
        return Name(reading.value(found.best.span))
    entry = glossary_entries()[id_]
    english, abbr = (next(iter(entry[field]), None) for field in ("en", "abbr"))
    return Name(reading.value(found.best.span), Entry(id_, entry["kind"], english, abbr, entry["country"]))
