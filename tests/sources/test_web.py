"""Addresses on the web to documents: pages, files and text, by what they are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import web
from telecom_digest.sources.fetch import Fetcher
from tests.server import Server, body
from tests.sources.pages import COUNCIL, ROAMING, page

pytest.importorskip("httpcore")
ARABIC, ENGLISH = page("page-authority", ROAMING), page("page-itu", COUNCIL)


def test_a_page(server: Server, guest: Fetcher) -> None:
    url = server.on("/news/1", body(ENGLISH))
    (found,) = web.read(url, guest)
    assert (found.source, found.title, found.text) == (url, COUNCIL.title, COUNCIL.text)
    agent = server.requests[0].headers["user-agent"]
    assert agent.startswith("telecom-digest/")
    assert server.requests[0].headers["host"] == server.url.removeprefix("http://")


@pytest.mark.parametrize("said", ["text/html; charset=utf-8", "text/html; charset=ISO-8859-1", "text/html", "", "text/xml"])
def test_a_page_of_a_wrong_charset_or_type(server: Server, guest: Fetcher, said: str) -> None:
    url = server.on("/a", body(ARABIC, said))
    (found,) = web.read(url, guest)
    assert found.text == ROAMING.text


def test_plain_text(server: Server, guest: Fetcher) -> None:
    url = server.on("/a.txt", body(ROAMING.text.encode("cp1256"), "text/plain; charset=utf-8"))
    assert list(web.read(url, guest)) == [Document(ROAMING.text, url, notes=(Note("encoding", ("windows-1256",)),))]
    url = server.on("/b.txt", body(b"\n", "text/plain"))
    with pytest.raises(SourceError, match=r"^is empty: nothing to digest$"):
        list(web.read(url, guest))


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/html"])
def test_a_pdf_goes_to_its_reader(server: Server, guest: Fetcher, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    def reader(path: str) -> Iterator[Document]:
        yield Document(Path(path).read_bytes().decode(), path, "Title")

    monkeypatch.setattr(web, "import_module", lambda _: SimpleNamespace(read=reader))
    url = server.on("/a", body(b"%PDF-1.7", kind))
    assert list(web.read(url, guest)) == [Document("%PDF-1.7", url, "Title")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n", "image/png"),
        (b"{}", "application/json"),
        (b"PK\3\4", "application/octet-stream"),
        (b"\0\1\2\3news", "text/plain"),
        (b"<x/>", "text/xml"),
        (b"x", "text/html\x07x" * 20),
    ],
)
def test_what_is_nothing_to_read(server: Server, guest: Fetcher, data: bytes, said: str) -> None:
    url = server.on("/a", body(data, said))
    with pytest.raises(SourceError, match=r"^is .*not a page, feed, PDF, Word document or text: check the address$"):
        list(web.read(url, guest))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<?xml version='1.0'?><!-- a --><rss version='2.0'>", "feed"),
        (
            b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><feed xmlns='http://www.w3.org/2005/Atom'>",
            "feed",
        ),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"),
        (b"<rdf:RDF xmlns='x'>", "feed"),
        (b"<!DOCTYPE html><html><body><rss>", "html"),
        (b"<html xmlns='x'>", "html"),
        (b"<rssfoo>", ""),
        (b"%PDF-1.4 <rss>", "pdf"),
    ],
)
def test_kinds_by_how_they_begin(data: bytes, kind: str) -> None:
    assert web.kind(data, "application/xml") == web.kind(data) == kind


def test_many_comments_are_no_riddle() -> None:
    begun = time.perf_counter()
    assert not web.kind(b"<!---->" * 500 + b"<x>")
    assert time.perf_counter() - begun < 1
