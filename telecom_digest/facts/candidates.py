"""What may be a fact of a document, with the cues that tell: every reader of facts, run once, and what stands around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from telecom_digest.facts import dates, event, names, numbers, people, places, subjects
from telecom_digest.facts.choose import Candidate
from telecom_digest.facts.context import Context
from telecom_digest.facts.particulars import body_cues, date_candidates, listed, person_cues, place_candidates
from telecom_digest.facts.reading import Reading
from telecom_digest.model import ScoredSentence

class Candidates(NamedTuple):
    """The candidates of each field of Facts, in the order of the text; kind: the cues of the document itself."""

    event: list[Candidate[event.Phrase]]
    dates: list[Candidate[dates.Found]]
    city: list[Candidate[places.Found]]
    country: list[Candidate[places.Found]]
    bodies: list[Candidate[names.Body | places.Found]]
    people: list[Candidate[people.Found]]
    theme: list[Candidate[event.Phrase]]
    numbers: list[Candidate[numbers.Figure]]
    outcome: list[Candidate[ScoredSentence]]
    kind: frozenset[str]


def read(reading: Reading, scored: Sequence[ScoredSentence], published: dt.date | None) -> Candidates:
    """Return all candidates of a text."""
    context = Context(reading)
    found_dates = dates.find(reading, published)
    found_places = places.find(reading)
    found_people = people.people(reading)
    found_events = event.events(reading)
    found_bodies = names.bodies(reading)
    kind = subjects.kind_cues(context, found_events)
    roles = [person.role for person in found_people if person.role]
    events = [phrase.span for phrase in found_events]
    mentions = [mention for body in found_bodies for mention in body.mentions]
    named = [mention.span for mention in mentions]
    figures = numbers.figures(reading, [found.span for found in found_dates])
    ranked = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    order = {i: place for place, i in enumerate(ranked)}
    chains = listed(
        context,
        [
            *((mention.first, mention.last) for mention in mentions),
            *((reading.word_at(place.span[0]), reading.word_at(place.span[1])) for place in found_places),
        ],
    )
    countries = place_candidates(context, found_places, "country", named, roles, chains)
    return Candidates(
        event=subjects.event_candidates(context, found_events, named, roles),
        dates=date_candidates(context, found_dates, found_events, kind),
        city=place_candidates(context, found_places, "city", named, roles, chains),
        country=countries,
        bodies=[
            *(Candidate(body, body_cues(context, body, i, roles, events, chains)) for i, body in enumerate(found_bodies)),
            *(Candidate(one.what, one.cues | {"country"}) for one in countries),
        ],
        people=[Candidate(person, person_cues(context, person, i)) for i, person in enumerate(found_people)],
        theme=[
            Candidate(phrase, subjects.theme_cues(context, phrase, i)) for i, phrase in enumerate(event.themes(reading))
        ],
        numbers=[
            Candidate(figure, subjects.number_cues(context, figure, i, scored, order)) for i, figure in enumerate(figures)
        ],
        outcome=[Candidate(one, subjects.outcome_cues(one, i, order[i])) for i, one in enumerate(scored)],
        kind=kind,
    )
