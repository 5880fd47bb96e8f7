"""JSON, for programs: the digest, and the output of the stages.

Text stands as itself; only what could act on a terminal is escaped, which JSON allows and parsers undo.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from telecom_digest import resources
from telecom_digest.model import Digest, Entry, Facts, Value
from telecom_digest.render import Options

SCHEMA = "telecom-digest/1"
_ACTIVE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dump(value: Any, indent: int | None = None) -> str:
    """Return `value` as JSON in UTF-8, controls and lone surrogates escaped, keys in the order given."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ACTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def as_object(digest: Digest, *, explain: bool = False) -> dict[str, Any]:
    """Return the digest as the schema (`digest --schema`) describes it."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "source": digest.source,
        "title": digest.title,
        "published": digest.published and digest.published.isoformat(),
        "origin": digest.origin,
        "language": digest.language,
        "condition": digest.condition,
        "bullets": [bullet._asdict() for bullet in digest.bullets],
        "facts": facts_object(digest.facts),
        "notes": list(digest.notes),
    }
    if explain:
        explanation = digest.explanation
        found["explain"] = {
            "weights": dict(explanation.weights),
            "sentences": [
                {
                    "start": candidate.sentence.start,
                    "end": candidate.sentence.end,
                    "score": candidate.score,
                    "chosen": i in explanation.chosen,
                    "features": {name: round(value, 4) for name, value in candidate.features.items()},
                }
                for i, candidate in enumerate(explanation.candidates)
            ],
        }
    return found


def facts_object(facts: Facts) -> dict[str, Any]:
    """Return the facts as plain values, and beside them, field by field, where they stand and what is known of them.

    `spans` and `codes` have the form of the values: null for null, a list for a list, in the same order.
    """
    event, city, country = facts.event, facts.city, facts.country
    return {
        "kind": facts.kind,
        "event": event and event.value.text,
        "dates": [{"text": one.value.text, "start": one.start, "end": one.end} for one in facts.dates],
        "city": city and city.value.text,
        "country": country and country.value.text,
        "organisers": [one.value.text for one in facts.organisers],
        "participants": [one.value.text for one in facts.participants],
        "people": [{"name": one.name.text, "role": one.role and one.role.text} for one in facts.people],
        "theme": facts.theme and facts.theme.text,
        "numbers": [one.text for one in facts.numbers],
        "outcome": facts.outcome and facts.outcome.text,
        "spans": {
            "event": event and _span(event.value),
            "dates": [_span(one.value) for one in facts.dates],
            "city": city and _span(city.value),
            "country": country and _span(country.value),
            "organisers": [_span(one.value) for one in facts.organisers],
            "participants": [_span(one.value) for one in facts.participants],
            "people": [{"name": _span(one.name), "role": one.role and _span(one.role)} for one in facts.people],
            "theme": facts.theme and _span(facts.theme),
            "numbers": [_span(one) for one in facts.numbers],
            "outcome": facts.outcome and _span(facts.outcome),
        },
        "codes": {
            "event": event and _entry(event.entry),
            "city": city and {"country": city.code, "name": city.name},
            "country": country and {"country": country.code, "name": country.name},
            "organisers": [_entry(one.entry) for one in facts.organisers],
            "participants": [_entry(one.entry) for one in facts.participants],
        },
    }


def _span(value: Value) -> list[int]:
    return [value.start, value.end]


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    return entry and entry._asdict()


def to_json(digests: Sequence[Digest], options: Options) -> str:
    """Return one object, or an array where several documents are shown."""
    objects = [as_object(digest, explain=options.explain) for digest in digests]
    return dump(objects if options.many or len(objects) != 1 else objects[0], indent=2) + "\n"


def to_jsonl(digests: Sequence[Digest], options: Options) -> str:
    """Return one object a line."""
    return "".join(dump(as_object(digest, explain=options.explain)) + "\n" for digest in digests)


def schema() -> str:
    """Return the JSON Schema of a digest."""
    return resources.text("digest.schema.json")
