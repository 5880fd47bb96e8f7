"""Addresses on the web to documents: what is there is fetched and read as what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources.encoding import wide
from telecom_digest.sources.fetch import Fetcher, Response

_HTML, _FEED, _TEXT = "html", "feed", "text"
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text/html": _HTML,
        "application/xhtml+xml": _HTML,
        "application/rss+xml": _FEED,
        "application/atom+xml": _FEED,
        "application/rdf+xml": _FEED,
        "application/pdf": "pdf",
        "application/x-pdf": "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "text/plain": _TEXT,
        "text/markdown": _TEXT,
    }
)
_UNSAID = frozenset(["", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml", "text/plain"])
"""Types that servers give to anything: what begins as a page, a feed or a PDF is one."""
_READERS: Mapping[str, str] = MappingProxyType(
    {"pdf": "telecom_digest.sources.pdf:read", "docx": "telecom_digest.sources.docx:read"}
)
_HEAD = 4096  # bytes by which a kind is known
# atomic, since a comment that could also end at the next one's end would make many ways to fail
_PROLOGUE = rb"\A(?:\xef\xbb\xbf)?\s*+(?>(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*)*+"
_ROOTS = (
    (_FEED, re.compile(_PROLOGUE + rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.DOTALL | re.IGNORECASE)),
    (_HTML, re.compile(_PROLOGUE + rb"<(?:html|head|body)[\s>]|\A\s*<!DOCTYPE\s+html", re.DOTALL | re.IGNORECASE)),
)


def read(location: str, fetcher: Fetcher | None = None) -> Iterator[Document]:
    """Yield the documents at an address: one of a page or a file, one of each entry of a feed.

    Raises:
        SourceError: it cannot be had, or is nothing that can be read; or a library for it is not installed.
    """
    own = fetcher or Fetcher()
    try:
        yield from documents(own.fetch(location), location, own)
    finally:
        if fetcher is None:
            own.close()


def documents(response: Response, location: str, fetcher: Fetcher, *, feeds: bool = True) -> Iterator[Document]:
    """Yield the documents of what was fetched.

    Args:
        location: where it was asked for: the source of the documents.
        fetcher: for the pages that a feed leads to.
        feeds: a feed is read; else it is an error.
    """
    found = kind(response.body, response.content_type)
    if found == _HTML:
        from telecom_digest.sources.html import from_bytes

        yield from_bytes(response.body, location, response.charset)
    elif found == _FEED and feeds:
        from telecom_digest.sources import feed

        yield from feed.documents(response.body, location, fetcher, base=response.url)
    elif found == _TEXT:
        yield _text(response, location)
    elif found in _READERS:
        yield from _file(response.body, found, location)
    else:
        named = response.content_type or "something without a type"
        raise SourceError(f"is {named[:80]!s}, not a page, feed, PDF, Word document or text: check the address")


def kind(data: bytes, content_type: str = "") -> str:
    """Return "html", "feed", "pdf", "docx", "text", or "" for what is none of them, by how it begins or its type."""
    head = data[:_HEAD]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if content_type in _UNSAID or _TYPES.get(content_type) == _HTML:  # feeds are often said to be pages
        for found, root in _ROOTS:
            if root.search(head):
                return found
    if content_type == "text/plain" and b"\0" in head and not wide(head)[0]:
        return ""
    return _TYPES.get(content_type, "")


def _file(data: bytes, suffix: str, location: str) -> Iterator[Document]:
    """Yield the documents of what a reader of files reads, from a file that lasts as long as that."""
    module, _, function = _READERS[suffix].partition(":")
    reader: Callable[[str], Iterator[Document]] = getattr(import_module(module), function)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"page.{suffix}")
        path.write_bytes(data)
        for document in reader(str(path)):
            yield replace(document, source=location)


def _text(response: Response, location: str) -> Document:
    from telecom_digest.sources.html import decoded

    text, notes = decoded(response.body, response.charset)
    if not any(map(str.isalnum, text)):
        raise SourceError("is empty: nothing to digest")
    return Document(text, location, notes=notes)
