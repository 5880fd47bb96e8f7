"""Digests as the state keeps them: the object of `digest -f json`, and the two counts of words that it leaves out.

What explains a digest is not kept, so that one which comes back has none.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from telecom_digest.model import Bullet, Digest, Entry, Explanation, Facts, Name, Period, Person, Place, Value
from telecom_digest.render.data import as_object, dump

_COUNTS = "counts"


def packed(digest: Digest) -> str:
    """Return a digest as JSON, for `unpacked`."""
    return dump({**as_object(digest), _COUNTS: [digest.words_in, digest.words_out]})


def unpacked(text: str) -> Digest:
    """Return the digest that `packed` wrote, without its explanation."""
    kept = json.loads(text)
    words_in, words_out = kept[_COUNTS]
    return Digest(
        source=kept["source"],
        title=kept["title"],
        language=kept["language"],
        condition=kept["condition"],
        bullets=tuple(Bullet(**bullet) for bullet in kept["bullets"]),
        facts=_facts(kept["facts"]),
        notes=tuple(kept["notes"]),
        words_in=words_in,
        words_out=words_out,
        explanation=Explanation({}, (), frozenset()),
        published=date.fromisoformat(kept["published"]) if kept["published"] else None,
        origin=kept["origin"],
    )


def _facts(kept: dict[str, Any]) -> Facts:
    """Return the facts; `spans` and `codes` have the form of the values (`render.data.facts_object`)."""
    spans, codes = kept["spans"], kept["codes"]

    def name(text: str, span: list[int], code: dict[str, Any] | None) -> Name:
        return Name(Value(text, *span), Entry(**code) if code else None)

    def names(field: str) -> tuple[Name, ...]:
        return tuple(map(name, kept[field], spans[field], codes[field]))

    def value(field: str) -> Value | None:
        return None if kept[field] is None else Value(kept[field], *spans[field])

    def place(field: str) -> Place | None:
        found = value(field)
        return found and Place(found, codes[field]["country"], codes[field]["name"])

    return Facts(
        kind=kept["kind"],
        event=None if kept["event"] is None else name(kept["event"], spans["event"], codes["event"]),
        dates=tuple(
            Period(Value(one["text"], *span), one["start"], one["end"])
            for one, span in zip(kept["dates"], spans["dates"], strict=True)
        ),
        city=place("city"),
        country=place("country"),
        organisers=names("organisers"),
        participants=names("participants"),
        people=tuple(
            Person(Value(one["name"], *span["name"]), None if one["role"] is None else Value(one["role"], *span["role"]))
            for one, span in zip(kept["people"], spans["people"], strict=True)
        ),
        theme=value("theme"),
        numbers=tuple(Value(one, *span) for one, span in zip(kept["numbers"], spans["numbers"], strict=True)),
        outcome=value("outcome"),
    )
