"""Text files, standard input and whatever else opens like a file: a pipe, /dev/stdin, a process substitution."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources.encoding import decode, wide

_HEAD = 1 << 13
"""How much is looked at before the rest is read: a film or /dev/zero is refused at once."""


class _Kind(NamedTuple):
    """A kind of file that is not text: how it begins, what else it holds, what it is and what to do about it."""

    start: bytes
    inside: bytes
    what: str
    advice: str


_CONVERT = "convert it first, for example with "
_NAMED = "give it as a file whose name ends in "
_UNPACK = "unpack it first, for example with "
_KINDS = (  # the first that fits
    _Kind(b"%PDF-", b"", "a PDF, which is not text", _NAMED + ".pdf"),
    _Kind(b"{\\rtf", b"", "RTF, not plain text", "save it as plain text first, or convert it with unrtf --text"),
    _Kind(b"PK\3\4", b"word/", "a Word document, which is not text", _NAMED + ".docx"),
    _Kind(b"PK\3\4", b"xl/", "an Excel workbook, which is not text", "save it as text first"),
    _Kind(b"PK\3\4", b"ppt/", "a PowerPoint presentation, which is not text", "save it as text first"),
    _Kind(b"PK\3\4", b"application/vnd.oasis", "an OpenDocument file, which is not text", _CONVERT + "pandoc -t plain"),
    _Kind(b"PK\3\4", b"application/epub", "an EPUB book, which is not text", _CONVERT + "pandoc -t plain"),
    _Kind(b"PK\3\4", b"", "a zip archive, which is not text", _UNPACK + "unzip"),
    _Kind(b"PK\5\6", b"", "an empty zip archive, which is not text", "check that it is the right file"),
    _Kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", "an old Office document, which is not text", _CONVERT + "antiword"),
    _Kind(b"\x89PNG\r\n", b"", "a PNG image, which is not text", "give the text it shows"),
    _Kind(b"\xff\xd8\xff", b"", "a JPEG image, which is not text", "give the text it shows"),
    _Kind(b"GIF87a", b"", "a GIF image, which is not text", "give the text it shows"),
    _Kind(b"GIF89a", b"", "a GIF image, which is not text", "give the text it shows"),
    _Kind(b"\x1f\x8b", b"", "compressed with gzip", _UNPACK + "gunzip"),
    _Kind(b"\xfd7zXZ\0", b"", "compressed with xz", _UNPACK + "unxz"),
    _Kind(b"BZh", b"1AY&SY", "compressed with bzip2", _UNPACK + "bunzip2"),
    _Kind(b"\x28\xb5\x2f\xfd", b"", "compressed with zstd", _UNPACK + "unzstd"),
    _Kind(b"7z\xbc\xaf\x27\x1c", b"", "a 7z archive, which is not text", _UNPACK + "7z x"),
    _Kind(b"\x7fELF", b"", "a program (ELF), which is not text", "check that it is the right file"),
    _Kind(b"MZ", b"\0\0", "a Windows program, which is not text", "check that it is the right file"),
    _Kind(b"SQLite format 3\0", b"", "an SQLite database, which is not text", "export its text first"),
)
_BINARY = "is binary, not text: check that it is the right file"
_ORDINARY = bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100)) + b"\b\t\n\v\f\r\x1a\x1b\x1e\x1f"
"""What text may hold: with the end mark of DOS, the escapes of terminals and the hyphens of Word."""
_CONTROL_SHARE = 1 / 30  # bytes without any order have three times as many
_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200f\u2060\x1a]")


def read(path: str) -> Document:
    """Return the text of the file `path`, or of standard input where it is "-".

    Raises:
        SourceError: it cannot be read, is not text, or has no text in it.
    """
    try:
        if path == "-":
            data = _read_stdin()
        else:
            with open(path, "rb") as stream:  # noqa: PTH123 - a path as given, which pathlib would tidy
                data = _read_stream(stream)
    except (OSError, ValueError) as error:
        raise SourceError(_reason(path, error)) from error
    text, notes = decode(data)
    if not _VISIBLE.search(text):
        raise SourceError("is empty: nothing to digest")
    return Document(text, path, notes=notes)


def documents(path: str) -> Iterator[Document]:
    """Yield the document that `read` returns."""
    yield read(path)


def _read_stdin() -> bytes:
    """Return the bytes of standard input, as they are: `sys.stdin` itself would decode them by the locale."""
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError("standard input is closed: give a file")
    return _read_stream(sys.stdin.buffer)


def _read_stream(stream: BinaryIO) -> bytes:
    """Return what `stream` holds if its beginning, and then the whole of it, is text."""
    head = stream.read(_HEAD)
    _refuse_binary(head)
    rest = stream.read()
    if rest:
        _refuse_binary(head + rest)
    return head + rest


def _refuse_binary(data: bytes) -> None:
    """Raise SourceError, with what `data` is, if it is no text."""
    for kind in _KINDS:
        if data.startswith(kind.start) and kind.inside in data:
            raise SourceError(f"is {kind.what}: {kind.advice}")
    if wide(data)[0]:
        return
    if b"\0" in data or len(data.translate(None, _ORDINARY)) > len(data) * _CONTROL_SHARE:
        raise SourceError(_BINARY)


def _reason(path: str, error: OSError | ValueError) -> str:
    """Return what `error` means to somebody who gave `path`, and what to do about it."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file: check the path"
        case IsADirectoryError():
            return "is a folder, not a file: give a file in it"
        case PermissionError():
            if os.path.isdir(path):  # noqa: PTH112 - as above; Windows says so of folders
                return "is a folder, not a file: give a file in it"
            return "permission denied: check who may read it"
        case OSError():
            return f"cannot be read ({error.strerror or error}): check the path and the disk"
    return "no such file, and no file can have that name: check the path"
