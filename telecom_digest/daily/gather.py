"""What is new in the sources of a config: files that changed, entries and links that were not seen, pages by their server.

What was read is marked only after everything in it was taken, so a run that is killed reads it once more.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from telecom_digest import sources
from telecom_digest.daily.config import Config, Source
from telecom_digest.daily.store import Mark, Store
from telecom_digest.errors import DigestError, SourceError
from telecom_digest.model import Document

if TYPE_CHECKING:
    from telecom_digest.sources.fetch import Fetcher, Response


class Sink(Protocol):
    """What is given what was read."""

    def take(self, document: Document, source: Source) -> None:
        """Take a document.

        Raises:
            SourceError: there is nothing in it.
        """

    def fail(self, location: str, error: str) -> None:
        """Hear of what could not be read or taken."""


class Gatherer:
    """Reads sources one after the other.

    Attributes:
        everything: read also what is marked as read.
    """

    def __init__(self, config: Config, store: Store, fetcher: Fetcher, sink: Sink, *, everything: bool) -> None:
        """Take the config, whose pages are none of its sources; the state, which has the marks; and what fetches."""
        self.everything = everything
        self._config, self._store, self._fetcher, self._sink = config, store, fetcher, sink
        self._failures = 0

    def read(self, source: Source) -> None:
        """Give on what is new in a source. What goes wrong there is given on, too; only the state's errors are raised."""

        if source.kind == "path" and sources.is_maildir(source.location):
            source = source._replace(kind="maildir")
        if source.kind in ("feed", "page"):
            self._guarded(source.location, lambda: self._web(source))
        else:
            self._guarded(source.location, lambda: self._files(source))

    def _guarded(self, location: str, work: Callable[[], None]) -> None:
        """Do one thing that may fail without stopping the others."""
        try:
            work()
        except SourceError as error:
            self._failed(location, str(error))
        except (DigestError, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the user the other sources
            self._failed(location, f"failed ({type(error).__name__}: {error}): please report this source")

    def _failed(self, location: str, error: str) -> None:
        self._failures += 1
        self._sink.fail(location, error)

    def _each(self, documents: Iterator[Document], source: Source, location: str) -> bool:
        """Take all documents of a location; return whether none failed."""
        before = self._failures

        def work() -> None:
            for document in documents:
                self._guarded(document.source, lambda found=document: self._sink.take(found, source))  # type: ignore[misc]

        self._guarded(location, work)
        return self._failures == before

    def _files(self, source: Source) -> None:
        for path in files(source):
            if not self._config.is_output(path):
                self._file(path, source)

    def _file(self, path: str, source: Source) -> None:
        stamp = _stamp(path)
        known = self._store.mark(path)
        if not self.everything and stamp and known.etag == stamp and known.error is None:
            return
        documents = _mail(path) if source.kind == "maildir" else sources.read(path)
        if self._each(documents, source, path):
            self._store.succeeded(path, stamp)

    def _web(self, source: Source) -> None:
        from telecom_digest.sources import web

        location = source.location
        if not sources.is_address(location):
            from telecom_digest.sources import feed

            if self._each(feed.read(location, self._fetcher, source.newest), source, location):
                self._store.succeeded(location)
            return
        mark = Mark() if self.everything else self._store.mark(location)
        response = self._fetcher.fetch(location, mark.etag, mark.modified)
        if response.status == 304:
            self._store.succeeded(location, mark.etag, mark.modified)
            return
        found = web.kind(response.body, response.content_type)
        if source.kind == "feed" or found == "feed":
            documents = self._entries(response, source)
        elif source.links:
            documents = chain.from_iterable(self._linked(response, source))
        else:
            documents = web.documents(response, location, self._fetcher)
        whole = self._each(documents, source, location)
        # without its marks the server sends it again, and what failed in it is tried again
        self._store.succeeded(location, response.etag if whole else None, response.modified if whole else None)

    def _new(self, address: str) -> bool:
        return self.everything or not self._store.at(address)

    def _entries(self, response: Response, source: Source) -> Iterator[Document]:
        """Yield the pages of the entries that were not seen."""
        from telecom_digest.sources import feed

        for entry in feed.entries(response.body, source.location, base=response.url)[: source.newest]:
            if self._new(entry.link or f"{source.location}#{entry.id}"):
                found = feed.document(entry, source.location, self._fetcher)
                if found:
                    yield found

    def _linked(self, response: Response, source: Source) -> Iterator[Iterator[Document]]:
        """Yield the documents of each link that was not seen; one that cannot be read stops none of the others."""
        from telecom_digest.daily.links import links
        from telecom_digest.sources import web
        from telecom_digest.sources.html import decoded

        page, _ = decoded(response.body, response.charset)
        pattern = source.links
        found = links(page, response.url, pattern, source.newest) if pattern else []
        if not found:
            raise SourceError("has no link that fits its pattern: check `links` in the config")
        for address in filter(self._new, found):
            documents: list[Document] = []

            def fetch(address: str = address, documents: list[Document] = documents) -> None:
                answer = self._fetcher.fetch(address, obey_robots=True)
                documents.extend(web.documents(answer, address, self._fetcher, feeds=False))

            self._guarded(address, fetch)
            yield iter(documents)


def files(source: Source) -> list[str]:
    """Return the files of a source in a path or a Maildir; none where a pattern meets none or a folder is empty.

    Raises:
        SourceError: there is no such path, or nothing in the folder that can be read.
    """
    path = source.location
    if source.kind == "maildir":
        if not sources.is_maildir(path):
            raise SourceError("is no Maildir, a folder that has the folders cur and new: check the path")
        return sorted(str(one) for part in ("cur", "new") for one in (Path(path) / part).iterdir() if one.name[0] != ".")
    if glob.has_magic(path) and not os.path.lexists(path):  # a name may hold a bracket
        return sorted(one for one in glob.glob(path, recursive=True) if not Path(one).is_dir())  # noqa: PTH207
    if Path(path).is_dir() and not any(one.name[0] != "." for one in Path(path).iterdir()):
        return []
    return sources.expand(path)


def _mail(path: str) -> Iterator[Document]:
    """Yield the mail in a file of a Maildir, unless it has no text: a picture alone is no failure."""
    from telecom_digest.sources import mail

    folder, name = os.path.split(path)
    id_ = name.partition(":")[0]  # what comes after changes when the mail is read
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:  # a mail program has moved it meanwhile
        return
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}): check who may read it") from error
    try:
        yield mail.from_bytes(data, f"{Path(folder).parent}#{id_}")
    except SourceError as error:
        if isinstance(error.__cause__, ImportError):
            raise


def _stamp(path: str) -> str | None:
    """Return what changes when a file does, None of what is no regular file."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return f"{found.st_size}:{found.st_mtime_ns}" if stat.S_ISREG(found.st_mode) else None
