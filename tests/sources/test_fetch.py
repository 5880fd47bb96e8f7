"""The network as a guest: every way a server can misbehave ends in time, with one line that says what to do."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from email.utils import formatdate
from typing import Any

import pytest

from telecom_digest.sources.fetch import Fetcher
from tests.server import Answer, Server, body, broken, drip, endless, if_changed, redirect, silence, status
from tests.sources.pages import COUNCIL, page
from tests.sources.refusals import OK, refusal

pytest.importorskip("httpcore")


# -- redirects --


def test_redirects_are_followed_and_counted(server: Server, guest: Fetcher) -> None:
    for number in range(5):
        server.on(f"/{number}", redirect(f"/{number + 1}", code=(301, 302, 303, 307, 308)[number]))
    last = server.on("/5", OK)
    assert guest.fetch(f"{server.url}/0").url == last
    server.on("/5", redirect("/6"))
    server.on("/6", OK)
    assert refusal(guest, f"{server.url}/0") == "leads from one address to the next more than 5 times: check the address"


def test_a_redirect_in_a_circle(server: Server, guest: Fetcher) -> None:
    assert "more than 5 times" in refusal(guest, server.on("/a", redirect("/a")))
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://a/", "javascript:alert(1)", "http://[", "data:,a", "http://a:0/"]
)
def test_a_redirect_to_something_else(server: Server, guest: Fetcher, to: str) -> None:
    assert "check" in refusal(guest, server.on("/a", redirect(to)))
    assert len(server.requests) == 1


def test_a_site_that_wants_its_cookie_back(server: Server, guest: Fetcher) -> None:
    def door(handler: Any) -> None:
        (OK if handler.headers["Cookie"] == "seen=1" else redirect("/a", Set_Cookie="seen=1"))(handler)

    assert guest.fetch(server.on("/a", door)).body == b"ok"


# -- statuses, retries, conditions --


@pytest.mark.parametrize(
    ("code", "reason", "tries"),
    [
        (400, "is no page that can be read (400)", 1),
        (401, "wants a password (401)", 1),
        (403, "is refused to programs (403)", 1),
        (404, "does not exist (404)", 1),
        (410, "is gone for good (410)", 1),
        (429, "was asked for too often (429)", 3),
        (500, "is out of order (500)", 3),
        (501, "is out of order (501)", 1),
        (503, "is out of order (503)", 3),
        (204, "is no page that can be read (204)", 1),
        (302, "is no page that can be read (302)", 1),
    ],
)
def test_statuses(server: Server, guest: Fetcher, code: int, reason: str, tries: int) -> None:
    guest.total = 30
    assert refusal(guest, server.on("/a", status(code))).startswith(f"{reason}: ")
    assert len(server.requests) == tries


def test_a_failure_that_passes(server: Server, guest: Fetcher, waits: list[float]) -> None:
    guest.total = 30
    assert guest.fetch(server.on("/a", status(500), status(503), OK)).body == b"ok"
    assert waits == [1, 2]


@pytest.mark.parametrize(
    ("said", "wait"),
    [("7", 7), ("0", 0), ("86400", 20), ("soon", 1), (formatdate(time.time() + 9000, usegmt=True), 20), (formatdate(0), 0)],
)
def test_retry_after_is_heeded_within_reason(
    server: Server, guest: Fetcher, waits: list[float], said: str, wait: float
) -> None:
    guest.total = 60
    assert guest.fetch(server.on("/a", status(429, Retry_After=said), OK)).body == b"ok"
    assert waits == [wait]


def test_no_wait_beyond_the_whole_time(server: Server, guest: Fetcher, waits: list[float]) -> None:
    assert "(503)" in refusal(guest, server.on("/a", status(503, Retry_After="5"), OK))
    assert waits == []


def test_what_has_not_changed(server: Server, guest: Fetcher) -> None:
    url = server.on("/a", if_changed(b"<p>a", '"v1"', "Mon, 02 Feb 2026 10:00:00 GMT"))
    first = guest.fetch(url)
    assert (first.status, first.body, first.etag, first.modified) == (200, b"<p>a", '"v1"', "Mon, 02 Feb 2026 10:00:00 GMT")
    for again in (guest.fetch(url, first.etag, first.modified), guest.fetch(url, modified=first.modified)):
        assert (again.status, again.body, again.etag) == (304, b"", '"v1"')
    assert guest.fetch(url, '"v0"').status == 200
    assert (first.content_type, first.charset) == ("text/html", "utf-8")


# -- time and size --


@pytest.mark.parametrize(
    "answer",
    [
        silence,
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Long: "),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", pause=0.01),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", pause=0.01),
    ],
    ids=["silent", "slow headers", "slow body", "slow chunks"],
)
def test_the_slow_are_left(server: Server, guest: Fetcher, answer: Answer) -> None:
    message = refusal(guest, server.on("/a", answer))
    assert message in ("does not answer in time: try again later", "takes longer than 0.8 seconds: try again later")


def test_a_slow_answer_is_asked_for_again(server: Server, guest: Fetcher) -> None:
    guest.total = 30
    assert guest.fetch(server.on("/a", silence, OK)).body == b"ok"


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)), packer.flush()])


@pytest.mark.parametrize(
    "answer",
    [
        body(bytes(100_001)),
        endless(b"<p>news" * 1000),
        body(_bomb(64 << 20), Content_Encoding="gzip"),
        endless(_bomb(8 << 20), Content_Encoding="gzip"),
    ],
    ids=["huge", "endless", "bomb", "bombs"],
)
def test_the_large_are_left(server: Server, guest: Fetcher, answer: Answer) -> None:
    guest.total = 5
    message = refusal(guest, server.on("/a", answer))
    assert message == "is larger than 0.0954 MB: download what you need of it and give the file"


def test_a_large_answer_is_not_unpacked_to_its_end() -> None:
    connect = pytest.importorskip("telecom_digest.sources.connect")
    pieces = connect._unpacked(iter([_bomb(64 << 20)]))  # noqa: SLF001
    assert max(len(next(pieces)) for _ in range(4)) <= 1 << 16


@pytest.mark.parametrize("content", [b"", b"x" * 100_000, page("page-itu", COUNCIL)])
def test_compressed_answers(server: Server, guest: Fetcher, content: bytes) -> None:
    packed = gzip.compress(content[:5]) + gzip.compress(content[5:])  # as two members
    assert guest.fetch(server.on("/a", body(packed, Content_Encoding="gzip"))).body == content
    assert server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (body(b"\x1f\x8b broken", Content_Encoding="gzip"), "is compressed with gzip and damaged"),
        (body(gzip.compress(b"news" * 100)[:-12], Content_Encoding="gzip"), "ends too early"),
        (body(b"a", Content_Encoding="br"), "is compressed in a way that was not asked for (br)"),
        (body(b"a", Content_Encoding="gzip, gzip"), "is compressed in a way that was not asked for (gzip, gzip)"),
        (broken(b"half a page"), "breaks off the connection"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n"), "breaks off the connection"),
    ],
)
def test_broken_answers(server: Server, guest: Fetcher, answer: Answer, reason: str) -> None:
    guest.total = 30
    assert refusal(guest, server.on("/a", answer)).startswith(f"{reason}: ")


def test_nobody_there(guest: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refusal(guest, f"http://127.0.0.1:{port}/").startswith("refuses the connection: ")


# -- robots.txt --

RULES = b"User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nAllow: /private/open\n\nUser-agent: other\nDisallow: /\n"


def test_robots_are_obeyed_where_asked(server: Server, guest: Fetcher) -> None:
    server.on("/robots.txt", body(RULES, "text/plain"))
    for path in ("/a", "/private/1", "/private/open"):
        server.on(path, OK)
    for path in ("/a", "/private/open", "/a?p=1"):
        assert guest.fetch(server.url + path, obey_robots=True).body == b"ok"
    for path in ("/private/1", "/a?print=1"):
        assert refusal(guest, server.url + path, obey_robots=True).startswith("is closed to programs by the robots.txt")
    assert len(server.asked("/robots.txt")) == 1, "kept for the run"
    assert server.asked("/private/1") == []
    assert guest.fetch(server.url + "/private/1").body == b"ok", "a person named this page"


def test_robots_of_where_a_redirect_leads(server: Server, guest: Fetcher) -> None:
    server.on("/robots.txt", body(RULES, "text/plain"))
    server.on("/private/1", OK)
    assert "robots.txt" in refusal(guest, server.on("/a", redirect("/private/1")), obey_robots=True)
    assert server.asked("/private/1") == []


@pytest.mark.parametrize("code", [403, 404, 410])
def test_no_robots_is_a_yes(server: Server, guest: Fetcher, code: int) -> None:
    server.on("/robots.txt", status(code))
    assert guest.fetch(server.on("/a", OK), obey_robots=True).body == b"ok"


def test_robots_out_of_order_is_a_no(server: Server, guest: Fetcher) -> None:
    server.on("/robots.txt", status(500))
    url = server.on("/a", OK)
    for _ in range(2):
        assert refusal(guest, url, obey_robots=True).startswith("has a robots.txt that cannot be read: it is out of order")
    assert server.asked("/a") == []
