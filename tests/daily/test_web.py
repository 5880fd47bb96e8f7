"""A daily run over feeds and pages of a server on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest

from telecom_digest.daily.links import links
from telecom_digest.daily.run import main
from tests.daily.releases import release
from tests.server import Server, body, if_changed, serving, status

pytest.importorskip("httpx")
pytest.importorskip("feedparser")
pytest.importorskip("lxml")

DAY = date(2026, 3, 2)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def page(number: int) -> bytes:
    title, *paragraphs = release(number).splitlines()
    text = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>".encode()


def feed(server: Server, *numbers: int) -> bytes:
    entries = "".join(
        f"<item><title>{release(i).splitlines()[0]}</title><link>{server.url}/{i}</link>"
        "<pubDate>Sun, 01 Mar 2026 09:00:00 +0200</pubDate></item>"
        for i in numbers
    )
    return f'<rss version="2.0"><channel><title>Press</title>{entries}</channel></rss>'.encode()


def config(home: Path, sources: str) -> Path:
    path = home / "press.yaml"
    path.write_text(f"sources:\n{sources}\noutputs: [page.json]\nstate: state.sqlite\n", encoding="utf-8")
    return path


def told(home: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the addresses of the stories on the page, and what failed."""
    shown = json.loads((home / "page.json").read_text(encoding="utf-8"))
    stories = [story for group in shown["groups"] for story in group["stories"]]
    return sorted(link["url"].rpartition("/")[2] for story in stories for link in story["links"]), shown["failed"]


def test_a_feed_is_asked_for_what_is_new_and_its_pages_are_read_once(server: Server, tmp_path: Path) -> None:
    for i in range(3):
        server.on(f"/{i}", body(page(i)))
    server.on("/rss", if_changed(feed(server, 0, 1), '"one"', "Sun, 01 Mar 2026 09:00:00 GMT"))
    path = config(tmp_path, f"- feed: {server.url}/rss\n  name: Press office")
    assert main(path, date=DAY, allow_private=True) == 0
    assert told(tmp_path) == (["0", "1"], [])
    first = (tmp_path / "page.json").stat().st_mtime_ns
    assert main(path, date=DAY, allow_private=True) == 0
    assert (tmp_path / "page.json").stat().st_mtime_ns == first
    assert server.asked("/rss")[1].headers["if-none-match"] == '"one"'
    server.on("/rss", body(feed(server, 0, 1, 2), "application/rss+xml", ETag='"two"'))
    assert main(path, date=DAY, allow_private=True) == 0
    assert told(tmp_path) == (["0", "1", "2"], [])
    assert [len(server.asked(f"/{i}")) for i in range(3)] == [1, 1, 1]


def test_the_links_of_a_page_that_fit_are_read_and_a_broken_one_is_tried_again(server: Server, tmp_path: Path) -> None:
    listed = "<a href='/news/1'>a</a><a href='news/2#x'>b</a><a href='/about'>c</a><a href='/news/3'>d</a>"
    server.on("/press", if_changed(f"<html><body>{listed}</body></html>".encode(), '"e"', "x"))
    server.on("/news/1", body(page(1)))
    server.on("/news/2", status(404))
    server.on("/news/3", body(page(3)))
    path = config(tmp_path, f"- page: {server.url}/press\n  links: /news/*")
    assert main(path, date=DAY, allow_private=True) == 1
    addresses, failed = told(tmp_path)
    assert addresses == ["1", "3"]
    assert [(one["source"], "404" in one["error"]) for one in failed] == [(f"{server.url}/news/2", True)]
    server.on("/news/2", body(page(2)))
    assert main(path, date=DAY, allow_private=True) == 0
    assert told(tmp_path) == (["1", "2", "3"], [])
    assert not server.asked("/about")
    assert [len(server.asked(f"/news/{i}")) for i in (1, 3)] == [1, 1]


def test_a_source_on_the_web_that_fails_stops_none_of_the_others(server: Server, tmp_path: Path) -> None:
    server.on("/1", body(page(1)))
    server.on("/empty", body(b"<html><body><a href='/x'>x</a></body></html>"))
    sources = f"- {server.url}/gone\n- page: {server.url}/empty\n  links: /news/*\n- {server.url}/1"
    assert main(config(tmp_path, sources), date=DAY, allow_private=True) == 1
    addresses, failed = told(tmp_path)
    assert addresses == ["1"]
    assert [one["source"].rpartition("/")[2] for one in failed] == ["gone", "empty"]
    assert "no link that fits" in failed[1]["error"]


def test_private_addresses_are_read_only_where_it_is_allowed(server: Server, tmp_path: Path) -> None:
    server.on("/1", body(page(1)))
    assert main(config(tmp_path, f"- {server.url}/1"), date=DAY) == 1
    assert not server.requests


def test_links_are_whole_addresses_each_once() -> None:
    import re

    shown = (
        '<base href="https://a.org/x/"><a href=1>1</a><a href="1#part">1</a><a href="//b.org/2">2</a>'
        '<a href="javascript:x">x</a>'
        '<a href="http://[">no</a><a name=here>no</a><area href="/3">'
    )
    assert links(shown, "https://a.org/", re.compile(""), 9) == ["https://a.org/x/1", "https://b.org/2", "https://a.org/3"]
    assert links(shown, "https://a.org/", re.compile(""), 1) == ["https://a.org/x/1"]
