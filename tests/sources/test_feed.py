"""Feeds: their entries, the pages these lead to, and what is read where a page cannot be."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from telecom_digest.errors import SourceError
from telecom_digest.model import Note
from telecom_digest.sources import feed, web
from telecom_digest.sources.fetch import Fetcher
from tests.conftest import ROOT
from tests.server import Server, body, redirect, serving, silence
from tests.sources.pages import COUNCIL, ROAMING, page

pytest.importorskip("feedparser")
CASES = ROOT / "tests" / "cases" / "sources"
RSS, ATOM = "feed-rss.xml", "feed-atom.xml"


def _feed(name: str, base: str) -> bytes:
    return (CASES / name).read_bytes().replace(b"@BASE@", base.encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.on("/rss", body(_feed(RSS, running.url), "application/rss+xml"))
        running.on("/atom", body(_feed(ATOM, running.url), "text/xml"))
        running.on("/roaming", body(page("page-authority", ROAMING), "text/html"))
        running.on("/press/council", body(page("page-itu", COUNCIL)))
        yield running


@pytest.fixture
def guest() -> Iterator[Fetcher]:
    fetcher = Fetcher(allow_private=True, read=0.3, total=0.6, retries=0)
    yield fetcher
    fetcher.close()


def test_entries_of_rss() -> None:
    found = feed.entries(_feed(RSS, "https://a.example"), "https://a.example/rss")
    assert [entry.title for entry in found] == [
        'اجتماع إقليمي حول "التجوال" الدولي', "خبر لا تُفتح صفحته", "خبر بلا رابط", "رابط غريب", "اجتماع قديم",
    ]  # fmt: skip
    assert [entry.link for entry in found] == [
        "https://a.example/roaming",
        "https://a.example/gone",
        "",
        "",
        "https://a.example/old",
    ]
    assert [entry.published for entry in found[:2]] == [date(2024, 6, 12), date(2024, 6, 11)], "the day in Cairo"
    assert [entry.id for entry in found] == ["r1", "g1", "n1", "رابط غريب", "old"]
    assert {entry.origin for entry in found} == {"أخبار الجهاز & بياناته"}
    assert {entry.language for entry in found} == {"ar"}
    assert "أطلق الجهاز خدمة جديدة" in found[1].summary_html, "the content, not the summary"


def test_entries_of_atom() -> None:
    first, second = feed.entries(_feed(ATOM, "https://b.example"), "atom.xml")
    assert first[:3] == ("https://b.example/press/council", "Council & budget", date(2024, 6, 12))
    assert second[:3] == ("https://b.example/press/closed", "Fees < 5%", date(2024, 6, 11))
    assert (first.id, first.origin, first.summary_html) == ("urn:union:1", "Union press room", "The Council met.")


def test_each_entry_is_the_page_it_leads_to_or_the_feed_itself(server: Server, guest: Fetcher) -> None:
    url = f"{server.url}/rss"
    for reader in (feed.read, web.read):
        found = list(reader(url, guest))
        assert [document.source for document in found] == [
            f"{server.url}/roaming", f"{server.url}/gone", f"{url}#n1", f"{url}#رابط غريب", f"{server.url}/old",
        ]  # fmt: skip
        first, second, third = found[:3]
        assert (first.text, first.title) == (ROAMING.text, 'اجتماع إقليمي حول "التجوال" الدولي')
        assert (first.published, first.origin, first.language) == (date(2024, 6, 12), "أخبار الجهاز & بياناته", "ar")
        assert second.text == "أطلق الجهاز خدمة جديدة.\nوتبدأ الخدمة في يوليو."
        assert (second.published, second.notes) == (date(2024, 6, 11), (Note("feed_text", ("does not exist (404)",)),))
        assert (third.text, third.notes) == ("خبر قصير بلا صفحة.", (Note("feed_text", ("the entry has no link",)),))


def test_the_newest_alone(server: Server, guest: Fetcher) -> None:
    assert len(list(feed.read(f"{server.url}/rss", guest, newest=2))) == 2
    assert server.asked("/old") == []


def test_pages_that_robots_txt_closes_are_not_asked_for(server: Server, guest: Fetcher) -> None:
    server.on("/robots.txt", body(b"User-agent: *\nDisallow: /press/closed", "text/plain"))
    server.on("/press/closed", body(b"<p>secret"))
    first, second = feed.read(f"{server.url}/atom", guest)
    assert (first.text, first.title, first.origin) == (COUNCIL.text, "Council & budget", "Union Press Room")
    assert second.text == "Fees fall by 4%.\nThe cut begins in July."
    assert second.notes == (Note("feed_text", ("is closed to programs by the robots.txt of its site",)),)
    assert server.asked("/press/closed") == []


@pytest.mark.parametrize("answer", [silence, redirect("file:///etc/passwd"), body(b""), body(b"\0", "image/png")])
def test_a_bad_page_stops_nothing(server: Server, guest: Fetcher, answer: object) -> None:
    server.on("/press/council", answer)  # type: ignore[arg-type]
    assert next(feed.read(f"{server.url}/atom", guest)).text == "The Council met."


def test_a_page_with_less_than_the_feed(server: Server, guest: Fetcher) -> None:
    server.on("/gone", body("<p>يرجى تفعيل جافاسكريبت</p>".encode()))
    second = list(feed.read(f"{server.url}/rss", guest))[1]
    assert second.text.startswith("أطلق الجهاز خدمة جديدة.")


def test_an_entry_that_leads_to_a_feed_does_not_go_round(server: Server, guest: Fetcher) -> None:
    server.on("/press/council", redirect("/atom"))
    assert next(feed.read(f"{server.url}/atom", guest)).text == "The Council met."
    assert len(server.asked("/atom")) == 2


def test_a_file(server: Server, guest: Fetcher, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(_feed(ATOM, server.url))
    assert [document.title for document in feed.read(str(path), guest)] == ["Council & budget", "Fees < 5%"]
    with pytest.raises(SourceError, match=r"^cannot be read: check the path$"):
        list(feed.read(str(tmp_path / "none.xml"), guest))


@pytest.mark.parametrize("data", [b"", b"not a feed", b"<html><body>a</body></html>", b"http://127.0.0.1/", b"\0\xff"])
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^is no RSS or Atom feed: check the address$"):
        feed.entries(data, "x")


LAUGHS = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))


@pytest.mark.parametrize(
    "prologue",
    [
        f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{LAUGHS}]>",
        f"<!DOCTYPE rss [<!ENTITY a11 '{'ha' * 50_000}'>]>",
        "<!DOCTYPE rss [<!ENTITY a11 SYSTEM 'file:///etc/passwd'>]>",
    ],
    ids=["laughs", "blowup", "file"],
)
def test_entities_neither_grow_nor_read_files(prologue: str) -> None:
    begun = time.perf_counter()
    said = "&a11;" * 100
    data = f"<?xml version='1.0'?>{prologue}<rss version='2.0'><channel><item><title>{said}</title></item></channel></rss>"
    found = feed.entries(data.encode(), "x")
    assert time.perf_counter() - begun < 3
    assert sum(len(entry.title) + len(entry.summary_html) for entry in found) < 2000
    assert "root:" not in str(found)


def test_a_broken_feed_gives_what_it_has() -> None:
    data = _feed(RSS, "https://a.example")
    assert len(feed.entries(data[: data.index(b"n1</guid>")] + b" & <", "x")) >= 3
