"""Who is connected to: public addresses alone, the one that was checked, with a certificate."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest

from telecom_digest.sources.addresses import is_public, lookup
from telecom_digest.sources.fetch import Fetcher
from tests.server import Server, redirect
from tests.sources.refusals import OK, refusal

pytest.importorskip("httpcore")


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
