"""What may be a fact of a document, with the cues that tell: every reader of facts, run once, and what stands around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from telecom_digest.facts import dates, event, names, numbers, outcome, people, places, subjects, topic
from telecom_digest.facts.choose import Candidate
from telecom_digest.facts.context import Context, within
from telecom_digest.facts.particulars import (
    Stage,
    body_candidates,
    person_cues,
    place_candidates,
    stated_country,
)
from telecom_digest.facts.reading import Reading
from telecom_digest.facts.when import date_candidates
from telecom_digest.model import ScoredSentence


class Candidates(NamedTuple):
    """The candidates of each field of Facts, in the order of the text; kind: the cues of the document itself."""

    event: list[Candidate[topic.Phrase]]
    dates: list[Candidate[dates.Found]]
    city: list[Candidate[places.Found]]
    country: list[Candidate[places.Found]]
    bodies: list[Candidate[names.Body | places.Found]]
    people: list[Candidate[people.Found]]
    theme: list[Candidate[topic.Phrase]]
    numbers: list[Candidate[numbers.Figure]]
    outcome: list[Candidate[outcome.Clause]]
    kind: frozenset[str]


def read(reading: Reading, scored: Sequence[ScoredSentence], published: dt.date | None) -> Candidates:
    """Return all candidates of a text."""
    context = Context(reading)
    about = subjects.About(context)
    found_dates = dates.find(reading, published)
    found_places = places.find(reading)
    found_people = people.people(reading)
    found_events = event.events(reading)
    found_bodies = names.bodies(reading)
    kind = subjects.kind_cues(context, found_events)
    stage = Stage(context, found_bodies, found_places, found_people, [phrase.span for phrase in found_events])
    days = [found.span for found in found_dates]
    figures = numbers.figures(reading, days)
    ranked = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    order = {i: place for place, i in enumerate(ranked)}
    countries = place_candidates(stage, found_places, "country")
    themes = [phrase for phrase in topic.themes(reading) if not within(phrase.span, days)]
    named = [Candidate[names.Body | places.Found](one.what, one.cues | {"country"}) for one in countries]
    return Candidates(
        event=subjects.event_candidates(about, found_events, stage.named, stage.roles),
        dates=date_candidates(context, found_dates, found_events, kind, scored),
        city=place_candidates(stage, found_places, "city"),
        country=stated_country(countries),
        bodies=[*body_candidates(stage, found_bodies), *named],
        people=[Candidate(person, person_cues(context, person, i)) for i, person in enumerate(found_people)],
        theme=subjects.theme_candidates(about, themes, stage.named),
        numbers=[
            Candidate(figure, subjects.number_cues(context, figure, i, scored, order)) for i, figure in enumerate(figures)
        ],
        outcome=[
            Candidate(one, subjects.clause_cues(context, one, order[one.number]))
            for one in outcome.clauses(reading, scored, order)
        ],
        kind=kind,
    )
