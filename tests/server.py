"""A web server on this machine that answers as badly as any, for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

Answer = Callable[["Handler"], None]


class Request(NamedTuple):
    path: str
    headers: dict[str, str]
    """Names in lower case."""


class Server(ThreadingHTTPServer):
    """Answers each path as `answers` says, in turn where it says several times; any other with 404."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[Request] = []
        self.over = threading.Event()
        """Set when the test is over: endless answers end."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answer `path` so, the last answer again and again; return its address."""
        self.answers[path] = list(answers)
        return self.url + path

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requests.append(Request(path, {name.lower(): value for name, value in self.headers.items()}))
        answers = self.server.answers.get(path, [status(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):  # the other side has had enough
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def body(content: bytes, kind: str = "text/html; charset=utf-8", code: int = 200, **headers: str) -> Answer:
    """Answer with `content`; names of headers have _ for -."""

    def answer(handler: Handler) -> None:
        handler.send_response(code)
        if kind:
            handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    return body(b"", "", code, **headers)


def redirect(to: str, code: int = 302, **headers: str) -> Answer:
    return status(code, Location=to, **headers)


def if_changed(content: bytes, etag: str, modified: str) -> Answer:
    """Answer with 304 where the question names the same `etag` or, without one, the same time."""

    def answer(handler: Handler) -> None:
        named = handler.headers["If-None-Match"]
        same = named == etag if named else handler.headers["If-Modified-Since"] == modified
        right = body(content, ETag=etag, Last_Modified=modified)
        (status(304, ETag=etag, Last_Modified=modified) if same else right)(handler)

    return answer


def drip(head: bytes, pause: float = 0.05) -> Answer:
    """Answer with `head`, a byte at a time with a pause in s after each, and then with more for ever."""

    def answer(handler: Handler) -> None:
        sent = 0
        while not handler.server.over.wait(pause):
            handler.wfile.write(head[sent : sent + 1] or b"a")
            handler.wfile.flush()
            sent += 1

    return answer


def silence(handler: Handler) -> None:
    """Answer nothing as long as the test lasts."""
    handler.server.over.wait(30)
    handler.close_connection = True


def endless(piece: bytes, **headers: str) -> Answer:
    """Answer with `piece` again and again, in chunks."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        while not handler.server.over.is_set():
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    return answer


def broken(content: bytes) -> Answer:
    """Promise more than `content` and hang up."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content) + 1000))
        handler.end_headers()
        handler.wfile.write(content)
        handler.close_connection = True

    return answer


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server while the block runs."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
