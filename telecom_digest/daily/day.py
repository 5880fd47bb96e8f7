"""From the state to the page of a day: its stories, the most important first, and what lies ahead."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from telecom_digest import arabic, language, resources
from telecom_digest.daily import kept
from telecom_digest.daily.config import Config
from telecom_digest.daily.groups import Groups
from telecom_digest.daily.store import Link, Store
from telecom_digest.daily.store import Story as Told
from telecom_digest.model import Digest
from telecom_digest.render import html
from telecom_digest.render.calendar import dated
from telecom_digest.render.page import Page, Story
from telecom_digest.sources import is_address

_LINKS = 5
"""Places of a story that are named; the others are counted."""
_FIRST_DAY = re.compile(r'"start": "(\d{4}-\d\d-\d\d)"')


class _Known(NamedTuple):
    """A story as it will stand on the page, and every place where it was."""

    id: int
    digest: Digest
    places: tuple[Link, ...]


def page(store: Store, config: Config, day: date, stories: Sequence[Told], failed: Sequence[tuple[str, str]]) -> Page:
    """Return the page of `day` with these stories; the same state and config give the same page."""
    known = [one for one in map(_known, stories) if one]
    known.sort(key=lambda one: (-importance(one.digest, len(one.places)), one.id))
    spoken = config.language or html.majority([one.digest.language for one in known])
    groups = Groups(config, spoken)
    names = {source.location: source.name for source in config.sources}
    named = [(groups.name(one.digest, [link.source for link in one.places]), _shown(one, names)) for one in known]
    return Page(
        day,
        tuple((name, tuple(some)) for name, some in groups.ordered(named)),
        tuple(failed),
        tuple(_ahead(store, day, config.days_ahead)),
        spoken,
    )


def shown(story: Told) -> bool:
    """Tell whether a story is shown: what was too old when it was seen has no digest."""
    return any(document.digest for document in story.documents)


def importance(digest: Digest, places: int) -> float:
    """Return how important a story is that was seen in so many places, by the weights in data/daily.yaml."""
    weights = resources.yaml("daily.yaml", "telecom-digest/daily/1")["importance"]
    facts = digest.facts
    found: float = weights["kinds"].get(facts.kind, 0.0) + weights["doubled"] * math.log2(max(1, places))
    true = {
        "known": any(body.entry for body in facts.organisers),
        "event": facts.event is not None,
        "dated": dated(digest) is not None,
        "figures": bool(facts.numbers),
        "damaged": digest.condition in ("stripped", "partial"),
    }
    return found + math.fsum(weights[name] for name, holds in true.items() if holds)


def _known(told: Told) -> _Known | None:
    digest = next((document.digest for document in told.documents if document.digest), None)
    if digest is None:
        return None
    made = kept.unpacked(digest)
    places: dict[str, Link] = {}
    for document in told.documents:
        for link in document.links:
            places.setdefault(link.address, link)
    digested_first = sorted(places.values(), key=lambda link: link.address != made.source)
    return _Known(told.id, made, tuple(digested_first))


def _shown(one: _Known, names: dict[str, str | None]) -> Story:
    links = [(_label(link, names.get(link.source)), link.address) for link in one.places]
    return Story(one.digest, tuple(links[:_LINKS]), max(0, len(links) - _LINKS))


def _label(link: Link, name: str | None) -> str:
    """Return what a place is called: as the config names its source, else who published it, else its host or file."""
    web = is_address(link.address)
    return name or link.origin or (urlsplit(link.address).netloc if web else Path(link.address).name)


def _ahead(store: Store, day: date, within: int) -> Iterator[tuple[date, str]]:
    """Yield the first day and the name of each event of the days after `day`, of any story seen until then.

    Of an event that was told twice the later story counts: it may have been put off.
    """
    found: dict[str, tuple[date, str]] = {}
    for text in _digests(store, day) if within else ():
        if all(first <= day.isoformat() for first in _FIRST_DAY.findall(text)):
            continue  # reading all digests of years would take longer than the run
        digest = kept.unpacked(text)
        days = dated(digest)
        name = digest.facts.event.value.text if digest.facts.event else html.headline(digest)
        key = " ".join(language.WORD.findall(arabic.fold(name).lower()))
        found.pop(key, None)
        if days and day < days[0] <= day + timedelta(days=within):
            found[key] = (days[0], " ".join(name.split()))
    yield from sorted(found.values())


def _digests(store: Store, day: date) -> Iterator[str]:
    """Yield the digests of all stories of the pages until `day`, as JSON, in the order they were seen."""
    rows = store.rows(
        "SELECT digest FROM stories JOIN documents ON story = stories.id JOIN digests ON document = documents.id "
        "WHERE day <= ? ORDER BY stories.id, documents.id",
        (day.isoformat(),),
    )
    return (text for (text,) in rows)
