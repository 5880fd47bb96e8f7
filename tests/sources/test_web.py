"""The network as a guest: every way a server can misbehave ends in time, with one line that says what to do."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import web
from telecom_digest.sources.addresses import is_public, lookup
from telecom_digest.sources.fetch import Fetcher
from tests.server import Answer, Server, body, broken, drip, endless, if_changed, redirect, serving, silence, status
from tests.sources.pages import COUNCIL, ROAMING, page

pytest.importorskip("httpcore")
ARABIC, ENGLISH = page("page-authority", ROAMING), page("page-itu", COUNCIL)
OK = body(b"ok", "text/plain")
IN_TIME = 3.0  # s: far above the limits of `guest`, far below a hang


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def guest(waits: list[float]) -> Iterator[Fetcher]:
    """A guest with small limits that may come to this machine, and does not really wait between tries."""
    fetcher = Fetcher(allow_private=True, connect=0.4, read=0.4, total=0.8, size=100_000, sleep=waits.append)
    yield fetcher
    fetcher.close()


def refusal(guest: Fetcher, url: str, **more: Any) -> str:
    """Return why `url` is not read: one line that ends with what to do."""
    begun = time.perf_counter()
    with pytest.raises(SourceError) as caught:
        guest.fetch(url, **more)
    assert time.perf_counter() - begun < IN_TIME
    message = str(caught.value)
    assert message.isprintable()
    assert ": " in message
    return message


# -- pages, files and text --


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


# -- addresses --


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("172.31.255.255", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("::7f00:1", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_no_private_address_by_any_name(server: Server, host: str) -> None:
    message = refusal(Fetcher(total=2), f"http://{host}:{server.server_address[1]}/")
    assert (
        message.endswith("has a private address: --allow-private reads it if you trust it")
        or "is no web address" in message
    )
    assert server.requests == []


class Wires:
    """A network of httpcore: leads every address to one server, and remembers which were asked for."""

    def __init__(self, server: Server, down: tuple[str, ...] = ()) -> None:
        self.server = server
        self.down = down
        self.asked: list[str] = []
        self.core = import_module("httpcore")
        self.network = self.core.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *more: Any, **options: Any) -> Any:
        del port
        self.asked.append(host)
        if host in self.down:
            raise self.core.ConnectError("down")
        return self.network.connect_tcp(*self.server.server_address[:2], timeout, *more, **options)


def _names(*answers: list[str]) -> Callable[[str, int, float], list[str]]:
    """Return a name server that gives `answers` in turn, whatever the name."""
    left = list(answers)
    return lambda _host, _port, _timeout: left.pop(0)


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server) -> None:
    server.on("/", OK)
    wires = Wires(server)
    guest = Fetcher(resolve=_names(["93.184.216.34"], ["127.0.0.1"]), network=cast(Any, wires))
    assert guest.fetch("http://news.example/").body == b"ok"
    assert guest.fetch("http://news.example/").body == b"ok", "the connection is kept: the name is not looked up again"
    assert wires.asked == ["93.184.216.34"]
    assert server.requests[0].headers["host"] == "news.example"
    guest.close()
    assert "private" in refusal(guest, "http://news.example/")
    assert wires.asked == ["93.184.216.34"]


def test_of_several_addresses_the_public_ones_are_tried_in_turn(server: Server) -> None:
    server.on("/", OK)
    wires = Wires(server, down=("2606:2800:220:1::1",))
    guest = Fetcher(resolve=_names(["10.0.0.1", "2606:2800:220:1::1", "93.184.216.34"]), network=cast(Any, wires))
    assert guest.fetch("http://news.example/").body == b"ok"
    assert wires.asked == ["2606:2800:220:1::1", "93.184.216.34"]


def test_a_redirect_to_a_private_address(server: Server) -> None:
    server.on("/", redirect("http://inside.example/secret"))
    wires = Wires(server)
    guest = Fetcher(resolve=_names(["93.184.216.34"], ["192.168.1.1"]), network=cast(Any, wires))
    assert refusal(guest, "http://news.example/").startswith("host inside.example has a private address")
    assert [request.path for request in server.requests] == ["/"]


def test_a_name_that_nobody_knows(guest: Fetcher) -> None:
    def fail(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    guest.resolve = fail
    assert refusal(guest, "http://none.example/") == "host none.example is not known: check the address and the network"


def test_a_slow_name_server(guest: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(10) and [])
    assert guest.resolve is lookup
    assert "in time" in (message := refusal(guest, "http://slow.example/")) or "takes longer" in message
    over.set()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1/", "only http and https are read"),
        ("file:///etc/passwd", "only http and https are read"),
        ("gopher://a/", "only http and https are read"),
        ("http://", "names no host"),
        ("http:///a", "names no host"),
        ("http://[::1", "is no web address"),
        ("http://a:99999999/", "names a port that cannot be"),
        ("http://a\nb/", "is no web address"),
        ("http://" + "a" * 300 + ".example/", "is not known"),
    ],
)
def test_what_is_no_address(guest: Fetcher, url: str, reason: str) -> None:
    assert reason in refusal(guest, url)


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


@pytest.mark.parametrize("content", [b"", b"x" * 100_000, ENGLISH])
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


# -- TLS --


def test_no_tls(server: Server, guest: Fetcher) -> None:
    server.on("/", OK)
    assert refusal(guest, f"{server.url.replace('http:', 'https:')}/").startswith("speaks no TLS that can be understood: ")


@pytest.fixture
def secured(server: Server, tmp_path: Path) -> tuple[Server, Path]:
    """A server that speaks TLS as localhost, and its certificate."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.on("/", OK)
    return server, certificate


def test_a_certificate_that_nobody_vouches_for(secured: tuple[Server, Path], guest: Fetcher) -> None:
    port = secured[0].server_address[1]
    assert refusal(guest, f"https://localhost:{port}/").startswith("has a certificate that is not valid (")


def test_a_certificate_is_of_the_name_not_the_address(
    secured: tuple[Server, Path], guest: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = secured
    connect = import_module("telecom_digest.sources.connect")
    monkeypatch.setattr(connect, "_trust", lambda: ssl.create_default_context(cafile=certificate))
    port = server.server_address[1]
    assert guest.fetch(f"https://localhost:{port}/").body == b"ok"
    guest.close()
    guest.resolve = _names(["127.0.0.1"])
    assert "certificate" in refusal(guest, f"https://other.example:{port}/")


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
