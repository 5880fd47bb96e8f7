"""From a location to documents: which reader a location gets, and the files of a folder.

A reader is a function from a location to an iterator of `Document`, named here and imported when first used, so that a
reader with heavy imports costs nothing where it is not needed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from telecom_digest.errors import SourceError
from telecom_digest.model import Document

READERS: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "telecom_digest.sources.file:documents",
        ".md": "telecom_digest.sources.markdown:read",
        ".html": "telecom_digest.sources.html:read",
        ".htm": "telecom_digest.sources.html:read",
        ".pdf": "telecom_digest.sources.pdf:read",
        ".docx": "telecom_digest.sources.docx:read",
        ".eml": "telecom_digest.sources.mail:read",
        ".mbox": "telecom_digest.sources.mail:read",
        ".rss": "telecom_digest.sources.feed:read",
        ".atom": "telecom_digest.sources.feed:read",
    }
)
"""Suffix, in lower case, to "module:function". A new format is a module beside file.py and a line here."""

ANY = "telecom_digest.sources.file:documents"
"""The reader of every other location: standard input, pipes, files of any name."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MAILDIR = ("cur", "new")
"""What a folder has that is a mailbox."""


def read(location: str | os.PathLike[str], *, allow_private: bool = False, feed: bool = False) -> Iterator[Document]:
    """Yield the documents at `location`: a file, a folder of files, a Maildir, an address, or "-" for standard input.

    Args:
        allow_private: addresses may be private ones, too.
        feed: it is an RSS or Atom feed, whatever its name; addresses of feeds are recognised without that.

    Raises:
        SourceError: one of them, in its turn, cannot be read, is not text or is empty; a library that it needs is not
            installed; or the folder has nothing that can be read.
    """
    for path in expand(location):
        if feed or is_address(path):
            yield from _from_the_web(path, allow_private=allow_private, feed=feed)
        else:
            yield from _reader(path)(path)


def is_address(location: object) -> bool:
    """Tell whether a location is an address on the web."""
    return isinstance(location, str) and _ADDRESS.match(location) is not None


def expand(location: str | os.PathLike[str]) -> list[str]:
    """Return the locations that `location` stands for: the files right in a folder that can be read, by name, or itself.

    A caller that goes through them one by one can report what is wrong with one and read the others.

    Raises:
        SourceError: the folder has no such files or cannot be listed.
    """
    path = os.fspath(location)
    # names are joined to what the user typed, so that "press/" gives "press/a.txt"; pathlib would tidy it
    if path == "-" or not os.path.isdir(path) or is_maildir(path):  # noqa: PTH112
        return [path]
    try:
        with os.scandir(path) as entries:
            names = sorted(e.name for e in entries if _suffix(e.name) in READERS and e.name[0] != "." and e.is_file())
    except OSError as error:
        raise SourceError(f"cannot be listed ({error.strerror}): check who may read it") from error
    if not names:
        raise SourceError(f"is a folder without files to read ({' '.join(READERS)}): give one that has some, or a file")
    return [os.path.join(path, name) for name in names]  # noqa: PTH118


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122


def is_maildir(path: str) -> bool:
    """Tell whether a folder is a Maildir: it has the folders `cur` and `new`."""
    return all(os.path.isdir(os.path.join(path, name)) for name in _MAILDIR)  # noqa: PTH112, PTH118


def _reader(path: str) -> Callable[[str], Iterator[Document]]:
    """Return the reader of a location."""
    name = "telecom_digest.sources.mail:read" if is_maildir(path) else READERS.get(_suffix(path), ANY)
    module, _, function = name.partition(":")
    reader: Callable[[str], Iterator[Document]] = getattr(import_module(module), function)
    return reader


def _from_the_web(location: str, *, allow_private: bool, feed: bool) -> Iterator[Document]:
    from telecom_digest.sources import feed as feeds
    from telecom_digest.sources import web
    from telecom_digest.sources.fetch import Fetcher

    fetcher = Fetcher(allow_private=allow_private)
    try:
        yield from (feeds.read if feed else web.read)(location, fetcher)
    finally:
        fetcher.close()
