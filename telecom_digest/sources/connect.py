"""One question to a web server and its answer: httpx and httpcore, with what they leave open closed.

A name is looked up once for a connection, its addresses are checked, and the one that was checked is connected to, so that
a second answer of the name server (DNS rebinding) changes nothing. The time limit is that of the whole exchange, however
slowly its bytes drip. A compressed body is unpacked piece by piece, at most to the limit of size.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import httpcore
import httpx

from telecom_digest.errors import SourceError
from telecom_digest.sources.addresses import is_public
from telecom_digest.sources.fetch import Fetcher, PassingError

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_PIECE = 1 << 16  # bytes unpacked at once
_AGENT_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


@cache
def _trust() -> ssl.SSLContext:
    """Return whom to trust: the authorities of certifi, or of SSL_CERT_FILE; reading them takes 20 ms."""
    return httpx.create_ssl_context()


class Answer(NamedTuple):
    """What a server says: to `leads_to` with nothing in its body, or with a body where the status is 200 or 203."""

    url: str
    status: int
    headers: httpx.Headers
    charset: str | None
    leads_to: str | None
    body: bytes


class Line:
    """Connections to servers, and the cookies of a run, as `fetcher` sets their limits."""

    def __init__(self, fetcher: Fetcher, agent: str) -> None:
        self._fetcher = fetcher
        self._backend = _Backend(fetcher)
        self._client = httpx.Client(
            transport=_Transport(self._backend),
            timeout=httpx.Timeout(fetcher.read, connect=fetcher.connect),
            headers={"User-Agent": agent, **_AGENT_HEADERS},
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, url: str, headers: dict[str, str], deadline: float) -> Answer:
        """Return the answer to a question.

        Args:
            deadline: when it must be complete, by the clock of the fetcher.

        Raises:
            SourceError: there is none within the limits; PassingError: there may be one later.
        """
        self._backend.deadline = deadline
        try:
            request = self._client.build_request("GET", checked(url), headers=headers)
            response = self._client.send(request, stream=True)
            try:
                return self._answer(response)
            finally:
                response.close()
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:  # it looks at redirects, even if it is not to follow
            raise SourceError("leads to something that is no web address: check the address") from error
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise self._late(deadline) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.RemoteProtocolError) as error:
            if self._fetcher.clock() >= deadline:
                raise self._late(deadline) from error
            raise _broken(error) from error

    def _answer(self, response: httpx.Response) -> Answer:
        status, location = response.status_code, response.headers.get("location")
        leads_to = None
        if status in _REDIRECTS and location:
            leads_to = str(response.url.join(location))
        body = self._body(response) if status in (200, 203) else b""
        return Answer(str(response.url), status, response.headers, response.charset_encoding, leads_to, body)

    def _body(self, response: httpx.Response) -> bytes:
        size = self._fetcher.size
        said = response.headers.get("content-length", "")
        if said.isascii() and said.isdigit() and len(said) < 20 and int(said) > size:
            raise _too_large(size)
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        raw = _counted(response.iter_raw(), size)
        if packed in ("gzip", "x-gzip"):
            return b"".join(_counted(_unpacked(raw), size))
        if packed in ("identity", ""):
            return b"".join(raw)
        raise SourceError(f"is compressed in a way that was not asked for ({packed[:20]}): download it and give the file")

    def _late(self, deadline: float) -> SourceError:
        if self._fetcher.clock() >= deadline:
            return SourceError(f"takes longer than {self._fetcher.total:g} seconds: try again later")
        return PassingError("does not answer in time: try again later")


def checked(url: str) -> httpx.URL:
    """Return the parts of an address that can be read.

    Raises:
        SourceError: it is none, or not of http or https.
    """
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise SourceError("is no web address: check it") from error
    if parts.scheme not in ("http", "https"):
        raise SourceError(f"is or leads to a {parts.scheme or 'nameless'}: address, only http and https are read: check it")
    if parts.port is not None and not 0 < parts.port < 1 << 16:
        raise SourceError("names a port that cannot be: check the address")
    if not parts.host:
        raise SourceError("names no host: check the address")
    return parts


def _too_large(size: int) -> SourceError:
    return SourceError(f"is larger than {size / 2**20:.3g} MB: download what you need of it and give the file")


def _counted(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield `pieces` as long as they are not more than `size` bytes together."""
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > size:
            raise _too_large(size)
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what `pieces`, compressed with gzip, hold, in pieces of limited size."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    try:
        for packed in pieces:
            data = packed
            while data or unpacker.unconsumed_tail:
                begun = True
                yield unpacker.decompress(data, _PIECE)
                data = unpacker.unconsumed_tail
                if unpacker.eof:  # a gzip file may be several, one after the other
                    data = unpacker.unused_data
                    unpacker, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
    except zlib.error as error:
        raise SourceError("is compressed with gzip and damaged: try again later") from error
    if begun:
        raise PassingError("ends too early: try again later")


def _broken(error: Exception) -> SourceError:
    """Return what a broken connection means."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return SourceError(f"has a certificate that is not valid ({cause.verify_message}): check the address")
        if isinstance(cause, ssl.SSLError):
            return SourceError("speaks no TLS that can be understood: check the address, or try http")
        if isinstance(cause, ConnectionRefusedError):
            return SourceError("refuses the connection: check the address, or try again later")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.ConnectError):
        return PassingError("cannot be reached: check the address and the network")
    return PassingError("breaks off the connection: try again later")


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and lets nothing take longer than the deadline."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._network: httpcore.NetworkBackend = fetcher.network or httpcore.SyncBackend()
        self.deadline = 0.0

    def limited(self, timeout: float | None) -> float:
        """Return the time left for a step that may take `timeout`, in s."""
        left = self.deadline - self._fetcher.clock()
        if left <= 0:
            raise TimeoutError
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        host = host.strip("[]")
        try:
            addresses = self._fetcher.resolve(host, port, self.limited(timeout))
        except TimeoutError:
            raise
        except OSError as error:
            raise SourceError(f"host {host} is not known: check the address and the network") from error
        allowed = addresses if self._fetcher.allow_private else list(filter(is_public, addresses))
        if not allowed:
            raise SourceError(f"host {host} has a private address: --allow-private reads it if you trust it")
        for address in allowed[:-1]:  # such as one of IPv6 where there is no IPv6
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(allowed[-1], port, timeout, local_address, socket_options)

    def _connected(self, address: str, port: int, timeout: float | None, *more: Any) -> httpcore.NetworkStream:
        return _Stream(self._network.connect_tcp(address, port, self.limited(timeout), *more), self)

    def sleep(self, seconds: float) -> None:
        self._fetcher.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A connection none of whose steps goes past the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.limited(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.limited(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._backend.limited(timeout))
        return _Stream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    """The body of an answer of httpcore, for httpx."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Transport(httpx.BaseTransport):
    """The way httpx goes over our connections: its own transport takes no network backend."""

    def __init__(self, backend: _Backend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()
