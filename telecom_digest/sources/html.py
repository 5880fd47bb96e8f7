"""Web pages to documents: the main text of a page, its title, day, language and site.

trafilatura (Barbaresi 2021) finds the main text in a tree from which menus, hidden parts and lay-out tables are gone
already (telecom_digest.sources.markup); where it finds too little, the text is what the pruned page shows. Measured on the
seven skeletons of tests/cases/sources with four releases of ours, two sentences to seven paragraphs:

                               words kept   of its words, the release's   pages with nothing else   ms a page
    trafilatura 2.3               1.000                0.862                     13 of 28               5
      favor_precision             1.000                0.920                     15                     5
    resiliparse 2.0               1.000                0.872                      8                     1
    readability-lxml 0.9          0.982                0.931                     12                    10
    boilerpy3 1.0                 0.655                0.911                      0                     3
    the pruning alone             1.000                0.972                     17                     2
    the pruning, then it          1.000                0.993                     24                     5
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import markup
from telecom_digest.sources.encoding import decode
from telecom_digest.sources.extras import needs
from telecom_digest.sources.markup import Element

_HEAD = 4096  # bytes in which a page may declare its encoding
_DECLARED = re.compile(rb"(?:<meta[^>]+?charset|<\?xml[^>]+?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Bytes that say one of these are most often in another encoding: it is what servers say when nobody told them.
_LATIN = frozenset(["cp1252", "iso8859-1", "ascii"])
_ENOUGH = 0.5
"""Share of the words of the pruned page below which the main text that trafilatura finds is taken for a wrong one."""
_MOST = 8000
"""Elements of a pruned page above which trafilatura, quadratic in them, takes seconds; few pages have a thousand."""
_FIRST_DAY = date(1995, 1, 1)
_DATE_LENGTH = 60  # characters of "Published: Wednesday 12 June 2024, 10:30"
_SEPARATOR = re.compile(r"\s+[|–—»«·:-]+\s+")
_TITLES = ("og:title", "twitter:title", "dc.title")
_SITES = ("og:site_name", "application-name", "dc.publisher")


def read(location: str) -> Iterator[Document]:
    """Yield the document of a file `location` with a web page in it.

    Raises:
        SourceError: it cannot be read or has no text; or trafilatura is not installed.
    """
    try:
        data = Path(location).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have that name"
        raise SourceError(f"cannot be read ({reason}): check the path") from error
    yield from_bytes(data, location)


def from_bytes(data: bytes, location: str, charset: str | None = None) -> Document:
    """Return the document of a web page.

    Args:
        charset: what the server or the mail says the encoding is; what the bytes say counts more.

    Raises:
        SourceError: it has no text; or trafilatura is not installed.
    """
    text, notes = decoded(data, charset)
    page = _parse(text)
    if page is None:
        raise SourceError("has no text: check that it is the right page")
    name, site = _title(page), _meta(page, _SITES) or _publisher(page)
    published, language = _published(page), _language(page)
    body = page.find("body") if page.find("body") is not None else page
    markup.prune(body)
    shown = markup.lines(body)
    if not shown:
        raise SourceError("has no text: it may be made by a script; open it in a browser and save its text")
    title = _shown(name, site, shown)
    found = _main(page, shown)
    if title in shown and title not in found:  # it stands over the text, in a block of its own
        found.insert(0, title)
    return Document("\n".join(found), location, title, notes, published, language, site)


def fragment(source: str) -> str:
    """Return the text of a piece of HTML, such as an entry of a feed, all of it but hidden parts and blocks of links."""
    page = _parse(f"<div>{source}</div>")
    if page is None:
        return ""
    markup.prune(page)
    return "\n".join(markup.lines(page))


def decoded(data: bytes, charset: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a page and what had to be assumed of its encoding.

    A declared 8-bit encoding is believed where the bytes are not UTF-8 and can be read so, unless it is Latin and the
    bytes look otherwise: many Arabic pages are declared as what their server sends by default.
    """
    text, notes = decode(data)
    if not any(note.code == "encoding" for note in notes):
        return text, notes
    found = next(note.values[0] for note in notes if note.code == "encoding")
    for name in (charset, *(match.decode("ascii") for match in _DECLARED.findall(data[:_HEAD])[:1])):
        declared = _codec(name)
        if declared in ("", "utf-8"):
            continue
        if declared == _codec(found) or {declared, _codec(found)} <= _LATIN:
            return text, tuple(note for note in notes if note.code != "encoding")
        if declared not in _LATIN:
            try:
                return data.decode(declared), ()
            except UnicodeDecodeError:
                continue
    return text, notes


def _codec(name: str | None) -> str:
    """Return Python's name of an encoding, or "" for one that is none for text."""
    try:
        found = codecs.lookup(name) if name else None
        "".encode(found.name if found else "utf-8")  # refuses hex, zip …
    except (LookupError, ValueError):
        return ""
    return found.name if found else ""


def _parse(text: str) -> Element | None:
    """Return the tree of a page, None where there is nothing in it."""
    lxml_html = needs("lxml.html", "web")
    etree = needs("lxml.etree", "web")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml_html.document_fromstring(_CONTROLS.sub(" ", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return page


def _main(page: Element, shown: list[str]) -> list[str]:
    """Return the lines of the main text of a pruned page; `shown` are all of its lines."""
    if sum(1 for _ in page.iter()) > _MOST:
        return shown
    extracted = needs("trafilatura", "web").bare_extraction(
        page, favor_precision=True, include_comments=False, include_tables=True, include_links=True
    )
    main = [] if extracted is None or extracted.body is None else markup.lines(extracted.body)
    return main if _words(main) >= _ENOUGH * _words(shown) else shown


def _words(lines: list[str]) -> int:
    return sum(line.count(" ") + 1 for line in lines)


def _meta(page: Element, names: tuple[str, ...]) -> str | None:
    """Return the first of some properties that the head of a page has."""
    said = {
        (meta.get("property") or meta.get("name") or "").lower(): " ".join(meta.get("content", "").split())
        for meta in reversed(list(page.iter("meta")))  # the first of a name counts
    }
    return next((said[name] for name in names if said.get(name)), None)


def _title(page: Element) -> str | None:
    """Return the headline of a page as it says it: its only first heading, else what its head has."""
    headings = [text for h1 in page.iter("h1") if (text := " ".join(h1.text_content().split()))]
    element = page.find(".//title")
    titled = " ".join(element.text_content().split()) if element is not None else ""
    return headings[0] if len(headings) == 1 else _meta(page, _TITLES) or titled or None


def _shown(title: str | None, site: str | None, lines: list[str]) -> str | None:
    """Return `title` without the name of the site: its part that stands as a line on the page, else its longest."""
    if title is None or title in lines:
        return title
    parts = [part for part in _SEPARATOR.split(title) if part and part != site]
    cut = [part for part in parts if part in lines] or sorted(parts, key=len)[-1:]
    return cut[0] if cut else title


def _published(page: Element) -> date | None:
    """Return the day of publication by the marks of a page (htmldate), where it can be one.

    Else the day that stands in what is named a date, if all of those agree; 12/06/2024 is read as the 12th of June.
    """
    needs("trafilatura", "web")
    find = needs("htmldate", "web").find_date
    marked = _day(find(page, extensive_search=False, original_date=True))
    if marked:
        return marked
    elements = page.iter("div", "li", "p", "span", "td", "time")
    texts = [element.text_content() for element in elements if markup.dated(element)]
    days = {_day(find(f"<html><body><p>{escape(text)}</p></body></html>")) for text in texts if len(text) <= _DATE_LENGTH}
    return days.pop() if len(days) == 1 else None


def _day(found: str | None) -> date | None:
    """Return a day in ISO 8601 that can be one of publication."""
    try:
        day = date.fromisoformat(found or "")
    except ValueError:
        return None
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # somewhere it is tomorrow already
    return day if _FIRST_DAY <= day <= tomorrow else None


def _language(page: Element) -> str | None:
    """Return "ar" or "en" where the page says so."""
    said = page.get("lang") or page.get("xml:lang") or _meta(page, ("og:locale",)) or ""
    code = re.split(r"[-_]", said.strip().lower())[0]
    return code if code in ("ar", "en") else None


def _publisher(page: Element) -> str | None:
    """Return the name of the publisher in the structured data (schema.org) of a page."""
    for block in page.iter("script"):
        if "ld+json" not in block.get("type", ""):
            continue
        try:
            data: Any = json.loads(block.text or "")
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            publisher = item.get("publisher") if isinstance(item, dict) else None
            name = publisher.get("name") if isinstance(publisher, dict) else None
            if isinstance(name, str) and name.strip():
                return " ".join(name.split())
    return None
