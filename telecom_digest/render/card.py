"""The card of facts as rows of text, for the formats that people read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from telecom_digest.language import message
from telecom_digest.model import Digest, Name, Period, Person, Value

_SEPARATORS = {"ar": "، "}


def joined(language: str, items: Iterable[str]) -> str:
    """Return the items as a list in a line of a language."""
    return _SEPARATORS.get(language, ", ").join(items)


def rows(digest: Digest) -> list[tuple[str, str]]:
    """Return (label, what it says) of what is known, in the language of the document; nothing where nothing is.

    What only the kind is known of has no card, and an outcome that a bullet tells already is left out.
    """
    facts = digest.facts
    listed = partial(joined, digest.language)
    outcome = facts.outcome
    told = outcome and any(one.start < outcome.end and outcome.start < one.end for one in digest.bullets)
    cells = {
        "event": _line(facts.event.value) if facts.event else "",
        "when": listed(map(_period, facts.dates)),
        "where": listed(_line(place.value) for place in (facts.city, facts.country) if place),
        "organisers": listed(map(_name, facts.organisers)),
        "participants": listed(map(_name, facts.participants)),
        "people": listed(map(_person, facts.people)),
        "theme": _line(facts.theme) if facts.theme else "",
        "numbers": listed(map(_line, facts.numbers)),
        "outcome": _line(outcome) if outcome and not told else "",
    }
    return [(message(f"card_{name}", digest.language), text) for name, text in _with_kind(digest, cells) if text]


def _with_kind(digest: Digest, cells: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Put the kind after the event where it says more than the event's own words do."""
    kind = message(f"kind_{digest.facts.kind}", digest.language)
    if cells["event"] and digest.facts.kind != "other" and kind not in cells["event"].lower():
        cells["event"] = f"{cells['event']} ({kind})"
    return cells.items()


def _line(value: Value) -> str:
    return " ".join(value.text.split())


def _period(period: Period) -> str:
    """Return the date as it stands, and in ISO 8601 where that is known and says more."""
    text = _line(period.value)
    said = "/".join(day for day in (period.start, period.end) if day)
    return f"{text} ({said})" if said and said != text else text


def _name(name: Name) -> str:
    text = _line(name.value)
    abbr = name.entry.abbr if name.entry else None
    return f"{text} ({abbr})" if abbr and abbr not in text else text


def _person(person: Person) -> str:
    return f"{_line(person.name)} ({_line(person.role)})" if person.role else _line(person.name)
