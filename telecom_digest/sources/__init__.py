"""From a location to documents: which reader a location gets, and the files of a folder.

A reader is a function from a location to a `Document`, named here and imported when first used, so that a reader with
heavy imports costs nothing where it is not needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from telecom_digest.errors import SourceError
from telecom_digest.model import Document

READERS: Mapping[str, str] = MappingProxyType({".txt": "telecom_digest.sources.file:read"})
"""Suffix, in lower case, to "module:function". A new format is a module beside file.py and a line here."""

ANY = "telecom_digest.sources.file:read"
"""The reader of every other location: standard input, pipes, files of any name."""


def read(location: str | os.PathLike[str]) -> Iterator[Document]:
    """Yield the documents at `location`: a file, a folder of text files, or "-" for standard input.

    Raises:
        SourceError: one of them, in its turn, cannot be read, is not text or is empty; or the folder has no text files.
    """
    for path in expand(location):
        yield _reader(path)(path)


def expand(location: str | os.PathLike[str]) -> list[str]:
    """Return the locations that `location` stands for: the text files right in a folder, by name, or itself.

    A caller that goes through them one by one can report what is wrong with one and read the others.

    Raises:
        SourceError: the folder has no text files or cannot be listed.
    """
    path = os.fspath(location)
    # names are joined to what the user typed, so that "press/" gives "press/a.txt"; pathlib would tidy it
    if path == "-" or not os.path.isdir(path):  # noqa: PTH112
        return [path]
    try:
        with os.scandir(path) as entries:
            names = sorted(e.name for e in entries if e.name.lower().endswith(".txt") and e.name[0] != "." and e.is_file())
    except OSError as error:
        raise SourceError(f"cannot be listed ({error.strerror}): check who may read it") from error
    if not names:
        raise SourceError("is a folder without .txt files: give one that has some, or a file")
    return [os.path.join(path, name) for name in names]  # noqa: PTH118


def _reader(path: str) -> Callable[[str], Document]:
    """Return the reader of a location."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    module, _, function = READERS.get(suffix, ANY).partition(":")
    reader: Callable[[str], Document] = getattr(import_module(module), function)
    return reader
