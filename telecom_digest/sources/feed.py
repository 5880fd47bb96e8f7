"""RSS and Atom feeds to documents: each entry is the page it leads to, or else what the feed itself says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import is_address, web
from telecom_digest.sources.extras import needs
from telecom_digest.sources.fetch import Fetcher
from telecom_digest.sources.html import fragment

NEWEST = 20
"""Entries of a feed that are read where nothing else is said."""
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")


class Entry(NamedTuple):
    """What a feed says of one page; "" or None where it says nothing.

    Attributes:
        link: address of the page, of http or https.
        title: as text.
        published: the day, as the feed's own clock has it; else the day of the last change.
        summary_html: the longest of its contents and summaries, as HTML.
        id: what tells it from others of the feed; the link where it has none.
        origin: name of the feed.
        language: "ar" or "en" where the feed says so.
    """

    link: str
    title: str
    published: date | None
    summary_html: str
    id: str
    origin: str | None = None
    language: str | None = None


def read(location: str, fetcher: Fetcher | None = None, newest: int = NEWEST) -> Iterator[Document]:
    """Yield a document for each of the `newest` entries of the feed at `location`, an address or a file.

    Raises:
        SourceError: the feed cannot be had, or is none; or a library for it is not installed.
    """
    own = fetcher or Fetcher()
    try:
        if is_address(location):
            response = own.fetch(location)
            yield from documents(response.body, location, own, newest, base=response.url)
        else:
            yield from documents(_content(location), location, own, newest)
    finally:
        if fetcher is None:
            own.close()


def documents(
    data: bytes, location: str, fetcher: Fetcher, newest: int = NEWEST, *, base: str | None = None
) -> Iterator[Document]:
    """Yield a document for each of the `newest` entries of a feed; see `document`, and `entries` for `base`."""
    for entry in entries(data, location, base=base)[:newest]:
        if found := document(entry, location, fetcher):
            yield found


def document(entry: Entry, location: str, fetcher: Fetcher) -> Document | None:
    """Return the page of an entry, as the site's robots.txt allows, with title, day and origin as the feed has them.

    Where that cannot be read, or is shorter than what the feed has, it is the text of the feed; None where there is none.
    """
    own = fragment(entry.summary_html) or entry.title
    source = entry.link or f"{location}#{entry.id}"
    page = None
    reason = "the entry has no link"
    if entry.link:
        try:
            response = fetcher.fetch(entry.link, obey_robots=True)
            page = next(web.documents(response, source, fetcher, feeds=False), None)
        except SourceError as error:
            reason = str(error).partition(": ")[0]
    if page is None or len(page.text) < len(own):
        notes = (Note("feed_text", (reason,)),) if page is None else ()
        page = Document(own, source, notes=notes, published=page.published if page else None)
    if not page.text:
        return None
    return replace(
        page,
        title=entry.title or page.title,
        published=entry.published or page.published,
        origin=page.origin or entry.origin,
        language=page.language or entry.language,
    )


def entries(data: bytes, location: str, *, base: str | None = None) -> list[Entry]:
    """Return the entries of a feed, the newest first, those without a date as they stand.

    Args:
        base: address that links of the feed are relative to, where it is not `location`.

    Raises:
        SourceError: it is no feed; or feedparser is not installed.
    """
    base = base or (location if is_address(location) else "")
    # a stream: feedparser would fetch what looks like an address
    parsed = needs("feedparser", "web").parse(BytesIO(data), response_headers={"content-location": base})
    if not parsed.get("version") and not parsed.entries:
        raise SourceError("is no RSS or Atom feed: check the address")
    origin = _plain(parsed.feed.get("title", ""), parsed.feed.get("title_detail")) or None
    language = parsed.feed.get("language", "").lower()[:2]
    known = language if language in ("ar", "en") else None
    found = [_entry(item, origin, known) for item in parsed.entries]
    return sorted(found, key=lambda entry: entry.published or date.min, reverse=True)


def _entry(item: Any, origin: str | None, language: str | None) -> Entry:
    link = item.get("link", "")
    link = link if is_address(link) else ""
    said = [_html(part) for part in (*item.get("content", ()), item.get("summary_detail") or {})]
    title = _plain(item.get("title", ""), item.get("title_detail"))
    return Entry(link, title, _published(item), max(said, key=len), item.get("id") or link or title, origin, language)


def _html(part: Any) -> str:
    """Return a text of a feed as HTML."""
    value = part.get("value") or ""
    return escape(value) if part.get("type") == "text/plain" else value


def _plain(value: str, detail: Any) -> str:
    """Return a title as text."""
    plain = value if (detail or {}).get("type") == "text/plain" and "<" not in value else fragment(f"<p>{value}</p>")
    return " ".join(plain.split())


def _published(item: Any) -> date | None:
    """Return the day of an entry where it was published: at midnight in Cairo it is still the day before in UTC."""
    for name in ("published", "created", "updated"):
        said = item.get(name) or ""
        parsed = item.get(f"{name}_parsed")
        iso = _DAY.match(said)
        try:
            if iso:
                return date.fromisoformat(iso[1])
            if parsed:
                return parsedate_to_datetime(said).date() if "," in said else date(*parsed[:3])
        except (ValueError, TypeError):
            if parsed:
                return date(*parsed[:3])
    return None


def _content(location: str) -> bytes:
    try:
        return Path(location).read_bytes()
    except (OSError, ValueError) as error:
        raise SourceError("cannot be read: check the path") from error
