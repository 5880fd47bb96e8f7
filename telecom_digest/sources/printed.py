"""What may be believed of the properties that office programs write into their files."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from telecom_digest import resources

_FIRST_YEAR = 1995  # before it nobody wrote PDF or Word files with true properties
_LONGEST = 300  # code points of a title
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


@cache
def lists() -> dict[str, Any]:
    """Return data/printed.yaml."""
    return resources.yaml("printed.yaml", "telecom-digest/printed/1")


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of data/printed.yaml as a set."""
    return frozenset(lists()[name])


def title(found: object) -> str | None:
    """Return a title as one line, or None where a program or a template wrote it: `Microsoft Word - 17.doc`."""
    line = _line(found)
    low = line.casefold()
    if not 3 < len(line) <= _LONGEST or low in words("titles") or low.endswith(tuple(words("endings"))):
        return None
    if any(mark in low for mark in words("title_marks")) or " " not in line:  # one word is a file name or a code
        return None
    return line if sum(c.isalpha() for c in line) > len(line) / 2 else None


def author(found: object) -> str | None:
    """Return the name of an author, or None where it is nobody's: `Administrator`, `HP`."""
    line = _line(found)
    if len(line) < 3 or line.casefold() in words("authors") or any(c.isdigit() or c in "\\/@" for c in line):
        return None
    return line


def day(created: datetime | None, modified: datetime | None = None, *, most: int = 30) -> date | None:
    """Return the day a file was made, or None where its two dates are more than `most` days apart.

    A file that is changed long after it was made is often an old one written over, or an old release touched again.
    """
    if created is None:
        return None
    if modified is not None and abs(_utc(modified) - _utc(created)) > timedelta(days=most):
        return None
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return created.date() if created.year >= _FIRST_YEAR and _utc(created) <= tomorrow else None


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(found: object) -> str:
    return _SPACES.sub(" ", found).strip() if isinstance(found, str) else ""
