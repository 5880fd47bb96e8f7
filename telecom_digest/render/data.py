"""JSON, for programs: the digest, and the output of the stages.

Text stands as itself; only what could act on a terminal is escaped, which JSON allows and parsers undo.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from telecom_digest import resources
from telecom_digest.model import Digest
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
        "language": digest.language,
        "condition": digest.condition,
        "bullets": [asdict(bullet) for bullet in digest.bullets],
        "facts": asdict(digest.facts),
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


def to_json(digests: Sequence[Digest], options: Options) -> str:
    """Return one object, or an array where several documents are shown."""
    objects = [as_object(digest, explain=options.explain) for digest in digests]
    return dump(objects if options.many else objects[0], indent=2) + "\n"


def to_jsonl(digests: Sequence[Digest], options: Options) -> str:
    """Return one object a line."""
    return "".join(dump(as_object(digest, explain=options.explain)) + "\n" for digest in digests)


def schema() -> str:
    """Return the JSON Schema of a digest."""
    return resources.text("digest.schema.json")
