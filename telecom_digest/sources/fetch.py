"""Fetching from the web as a guest: a few polite tries, within limits of time, size and number."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from telecom_digest.errors import SourceError
from telecom_digest.sources.addresses import lookup
from telecom_digest.sources.extras import needs

if TYPE_CHECKING:
    import httpcore

    from telecom_digest.sources.connect import Answer, Line

_NAME = "telecom-digest"
_FIRST_WAIT = 1.0  # s; twice as long before the second retry
_TRANSIENT = frozenset([429, 500, 502, 503, 504])
_ROBOTS = 500 * 1024  # bytes of a robots.txt that count, RFC 9309
_STATUS = {
    401: "wants a password (401): download it yourself and give the file",
    403: "is refused to programs (403): download it yourself and give the file",
    404: "does not exist (404): check the address",
    410: "is gone for good (410): remove the address",
    429: "was asked for too often (429): try again later",
}


class PassingError(SourceError):
    """What may be over in a moment; `after`: how long the server asks to wait, in s, where it does."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class _NoPageError(SourceError):
    """The server is there and has no such page for us."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered.

    Attributes:
        url: where it was in the end, after redirects.
        status: 200 or 203; 304 where nothing has changed since `etag` or `modified`: then `body` is empty.
        content_type: in lower case without parameters, such as "text/html"; "" where none was said.
        charset: as the server says it.
        etag, modified: to be given to the next `fetch` as they are.
    """

    url: str
    status: int
    body: bytes
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(slots=True)
class Fetcher:
    """Settings and memory of a run; not for several threads at once.

    Attributes:
        allow_private: read from private, loopback and link-local addresses, too.
        connect, read: longest wait for a connection and for the next bytes, in s.
        total: longest time for a location, redirects, retries and waits included, in s.
        size: most bytes of an answer, unpacked.
        redirects, retries: at most so many of a location.
        longest_wait: longest wait before a retry, whatever the server asks for, in s.
        clock, sleep, resolve, network: time, names and connections; tests replace them.
    """

    allow_private: bool = False
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 20 * 2**20
    redirects: int = 5
    retries: int = 2
    longest_wait: float = 20.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    resolve: Callable[[str, int, float], list[str]] = lookup
    network: httpcore.NetworkBackend | None = None
    _line: Line | None = field(default=None, init=False, repr=False)
    _robots: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def fetch(
        self, url: str, etag: str | None = None, modified: str | None = None, *, obey_robots: bool = False
    ) -> Response:
        """Return what is at `url`.

        Args:
            etag, modified: of an earlier answer: where nothing has changed since, the status is 304.
            obey_robots: refuse what the robots.txt of the site closes to programs, for pages nobody asked for by name.

        Raises:
            SourceError: it cannot be had within the limits; or httpx is not installed.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._insist(url, headers, self.clock() + self.total, obey_robots=obey_robots)

    def close(self) -> None:
        """Close the connections; the next `fetch` opens new ones."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _insist(self, url: str, headers: dict[str, str], deadline: float, *, obey_robots: bool) -> Response:
        """Try, and try again where that may help."""
        wait = _FIRST_WAIT
        tries = 0
        while True:
            try:
                return self._follow(url, headers, deadline, obey_robots=obey_robots)
            except PassingError as error:
                pause = min(wait if error.after is None else error.after, self.longest_wait)
                tries += 1
                if tries > self.retries or self.clock() + pause >= deadline:
                    raise
            self.sleep(pause)
            wait *= 2

    def _follow(self, url: str, headers: dict[str, str], deadline: float, *, obey_robots: bool) -> Response:
        """Ask, and go where the answer leads."""
        for _ in range(self.redirects + 1):
            if obey_robots:
                self._obey(url, deadline)
            answer = self._open().ask(url, headers, deadline)
            if answer.leads_to is None:
                return _response(answer)
            url = answer.leads_to
        raise SourceError(f"leads from one address to the next more than {self.redirects} times: check the address")

    def _open(self) -> Line:
        if self._line is None:
            needs("httpx", "web")
            from telecom_digest.sources.connect import Line

            self._line = Line(self, _agent())
        return self._line

    def _obey(self, url: str, deadline: float) -> None:
        """Raise SourceError where the robots.txt of the site closes `url`, or cannot be had (RFC 9309)."""
        needs("httpx", "web")
        from telecom_digest.sources.connect import checked

        site = str(checked(url).copy_with(raw_path=b"/robots.txt", fragment=None))
        if site not in self._robots:
            self._robots[site] = self._rules(site, deadline)
        rules = self._robots[site]
        if isinstance(rules, SourceError):
            raise SourceError(f"has a robots.txt that cannot be read: it {rules}")
        if rules is not None and not rules.can_fetch(url, _NAME):
            raise SourceError("is closed to programs by the robots.txt of its site: open it in a browser and save it")

    def _rules(self, site: str, deadline: float) -> Any:
        """Return the rules of a robots.txt, None where there is none, or why it cannot be had.

        Protego reads them: the parser of the standard library knows no `*` in paths and takes the first rule, not the
        longest.
        """
        try:
            body = self._insist(site, {}, deadline, obey_robots=False).body
        except _NoPageError:
            return None
        except SourceError as error:
            return error
        return needs("protego", "web").Protego.parse(body[:_ROBOTS].decode("utf-8", "replace"))


def _agent() -> str:
    try:
        return f"{_NAME}/{version(_NAME)}"
    except PackageNotFoundError:  # run from a folder, not installed
        return _NAME


def _response(answer: Answer) -> Response:
    """Return an answer that is one; raise what its status means where it is none."""
    status, said = answer.status, answer.headers
    if status in (200, 203, 304):
        kind = said.get("content-type", "").partition(";")[0].strip().lower()
        return Response(answer.url, status, answer.body, kind, answer.charset, said.get("etag"), said.get("last-modified"))
    unknown = "is out of order" if status >= 500 else "is no page that can be read"
    message = _STATUS.get(status, f"{unknown} ({status}): try again later or check the address")
    if status in _TRANSIENT:
        raise PassingError(message, _seconds(said.get("retry-after")))
    raise (_NoPageError if status < 500 else SourceError)(message)


def _seconds(after: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for: it says a number, or a day and a time."""
    if after is None:
        return None
    if after.strip().isdecimal():
        return float(after)
    try:
        day = parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, ((day if day.tzinfo else day.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
