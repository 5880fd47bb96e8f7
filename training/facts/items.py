"""Annotated items as what the choice of facts sees of them: candidates, each right or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from telecom_digest.arabic import fold
from telecom_digest.clean import clean
from telecom_digest.facts import MOST, choose, outcome_span
from telecom_digest.facts.candidates import Candidates, read
from telecom_digest.facts.dates import written_on
from telecom_digest.facts.names import Body
from telecom_digest.facts.numbers import Figure
from telecom_digest.facts.outcome import Clause
from telecom_digest.facts.people import Found as FoundPerson
from telecom_digest.facts.places import Found as FoundPlace
from telecom_digest.facts.reading import Reading, before_asides
from telecom_digest.facts.topic import Phrase
from telecom_digest.language import WORD
from telecom_digest.pipeline import first_heading
from telecom_digest.profile import Profile
from telecom_digest.rank import rank
from telecom_digest.segment import body, segment
from training import annotated

ONE = {"event": 0.6, "theme": 0.5, "outcome": 0.5}
"""Fields with one value, and the share of words (F1) from which a candidate is it."""
AGREED = ("event", "theme")
"""Of these, the ones chosen by what several candidates agree on."""
MANY = {"organisers": 0.6, "participants": 0.6, "people": 0.5, "numbers": 0.5}
"""Fields with several, likewise."""
PLACES = ("city", "country")
FIELDS = (*ONE, *MANY, *PLACES, "dates")


INVENTED = 0.6
"""Weight of an invented release among what is learned from beside the items annotated by hand (training/README.md)."""


class Item(NamedTuple):
    """One text: by field the candidates' cues, what each says, and what was annotated; its kind; its weight."""

    cues: dict[str, list[frozenset[str]]]
    says: dict[str, list[Any]]
    truth: dict[str, list[Any]]
    kind_cues: frozenset[str]
    kind: str
    weight: float = 1.0


def load(rows: Sequence[dict[str, Any]], profile: Profile) -> list[Item]:
    """Return the items of annotated rows (../shared/data/GUIDE.md)."""
    return [_item(row, profile) for row in rows]


def further(corpus: Path | None, profile: Profile) -> list[Item]:
    """Return the Arabic items that are learned from beside those annotated by hand.

    Args:
        corpus: has the texts of training/news.jsonl; None: the invented releases alone.
    """
    news = load(annotated.of_corpus(annotated.NEWS, corpus), profile) if corpus else []
    return [*news, *releases("ar", profile)]


def releases(language: str, profile: Profile) -> list[Item]:
    """Return the invented releases."""
    return [item._replace(weight=INVENTED) for item in load(annotated.rows(annotated.RELEASES[language]), profile)]


def _item(row: dict[str, Any], profile: Profile) -> Item:
    cleaned = clean(row["text"])
    whole = segment(cleaned)
    ranked = rank(cleaned, body(whole), profile, first_heading(whole, cleaned.language)).scored
    told, sentences, scored = before_asides(cleaned, whole, ranked)
    reading = Reading(told, sentences)
    found = read(reading, scored, written_on(cleaned))
    facts = row["facts"]
    truth: dict[str, list[Any]] = {name: [facts[name]] if facts[name] else [] for name in (*ONE, *PLACES)}
    truth |= {name: list(facts[name]) for name in ("organisers", "participants", "numbers")}
    truth["people"] = [person["name"] for person in facts["people"]]
    truth["dates"] = [
        (date["start"], date["end"] or date["start"]) for date in facts["dates"] if date["start"] or date["end"]
    ]
    by_field = {name: candidates_of(found, name) for name in FIELDS}
    return Item(
        {name: [one.cues for one in candidates] for name, candidates in by_field.items()},
        {name: [_said(reading, one.what) for one in candidates] for name, candidates in by_field.items()},
        truth,
        found.kind,
        facts["kind"],
    )


def candidates_of(found: Candidates, name: str) -> list[choose.Candidate[Any]]:
    """Return the candidates of a field; bodies are candidates of two."""
    return list(getattr(found, "bodies" if name in ("organisers", "participants") else name))


def _said(reading: Reading, what: Any) -> Any:
    """Return what a candidate would write on the card: a text, or the (start, end) of a date."""
    match what:
        case Body():
            span = what.best.span
        case FoundPerson():
            span = what.name
        case Clause():
            span = outcome_span(reading, what)
        case Phrase() | Figure() | FoundPlace():
            span = what.span
        case _:
            return (what.start, what.end or what.start)
    return reading.text[slice(*span)]


def f1(one: str, other: str) -> float:
    """Return the F-score of the words that two texts share, letters folded."""
    a, b = Counter(WORD.findall(fold(one))), Counter(WORD.findall(fold(other)))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def is_right(name: str) -> Callable[[Any, Any], bool]:
    """Return when a value of a field is the annotated one, as eval/score.py has it."""
    if name in PLACES:
        return lambda a, b: bool(set(WORD.findall(fold(a))) & set(WORD.findall(fold(b))))
    if name == "dates":
        return lambda a, b: bool(a == tuple(b))
    least = (ONE | MANY)[name]
    return lambda a, b: f1(a, b) >= least


def most(name: str) -> int:
    """Return how many values a field has at most."""
    return MOST.get(name, 1)
