"""Locations to documents: what can be read, and what is said of what cannot."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import expand, file, read
from telecom_digest.sources.file import _read_stream

TEXT = "وقّع الجانبان مذكرة تفاهم.\r\nThe memorandum is in force.\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


def _zip(*names: str, content: str = "x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def _refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        file.read(str(path))
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) not in message
    assert ": " in message, "says what to do next"
    return message


def test_a_file_of_any_name(tmp_path: Path) -> None:
    for name in ("a.txt", "a.TXT", "a", "a.news", "خبر.txt"):
        path = tmp_path / name
        path.write_bytes(TEXT.encode())
        assert list(read(path)) == [Document(TEXT, str(path))]


def test_html_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<!doctype html><p>خبر</p>", encoding="utf-8")
    assert file.read(str(path)).text == "<!doctype html><p>خبر</p>"


def test_notes_come_with_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("cp1256"))
    assert file.read(str(path)) == Document(TEXT, str(path), notes=(Note("encoding", ("windows-1256",)),))


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6", "utf-8-sig"])
def test_every_encoding_passes_the_test_for_text(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.txt"
    text = "وقع الجانبان مذكرة تفاهم في القاهرة.\r\n" * 400
    path.write_bytes(text.encode(codec))
    assert file.read(str(path)).text == text


@pytest.mark.parametrize(
    "data", [TEXT.encode() + b"\x1a", b"\x1b[1mNews\x1b[0m of the day", b"PK is short for park", b"MZ", b"BZh"]
)
def test_odd_but_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert file.read(str(path)).text == data.decode()


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n", "\xa0\u200f\u3000".encode()]
)
def test_empty(tmp_path: Path, data: bytes) -> None:
    assert _refusal(tmp_path / "a.txt", data) == "is empty: nothing to digest"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF, which is not text: give it as a file whose name ends in .pdf"),
        (b"{\\rtf1\\ansi News}", "is RTF, not plain text: save it as plain text first, or convert it with unrtf --text"),
        (_zip("[Content_Types].xml", "word/document.xml"), "is a Word document"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook"),
        (_zip("[Content_Types].xml", "ppt/presentation.xml"), "is a PowerPoint presentation"),
        (_zip("mimetype", content="application/vnd.oasis.opendocument.text"), "is an OpenDocument file"),
        (_zip("mimetype", content="application/epub+zip"), "is an EPUB book"),
        (_zip("a.txt"), "is a zip archive"),
        (_zip(), "is an empty zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "is an old Office document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a JPEG image"),
        (b"GIF89a\1\0\1\0", "is a GIF image"),
        (gzip.compress(TEXT.encode()), "is compressed with gzip: unpack it first, for example with gunzip"),
        (lzma.compress(TEXT.encode()), "is compressed with xz"),
        (bz2.compress(TEXT.encode()), "is compressed with bzip2"),
        (b"\x28\xb5\x2f\xfd\x04", "is compressed with zstd"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "is a 7z archive"),
        (b"\x7fELF\2\1\1\0", "is a program (ELF)"),
        (b"MZ\x90\0\3\0\0\0", "is a Windows program"),
        (b"SQLite format 3\0\x10\0", "is an SQLite database"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "is binary, not text"),
        (b"text with a NUL\0 inside", "is binary, not text"),
        (b"a\0\0\0b\0\0\0", "is binary, not text"),
        (bytes(range(1, 256)) * 8, "is binary, not text"),
        (TEXT.encode() * 1000 + b"\0", "is binary, not text"),
    ],
)
def test_what_is_not_text(tmp_path: Path, data: bytes, what: str) -> None:
    assert _refusal(tmp_path / "a.txt", data).startswith(what)


def test_a_large_file_is_refused_by_its_beginning() -> None:
    endless = io.BytesIO(bytes(1 << 20))
    with pytest.raises(SourceError, match="is binary"):
        _read_stream(endless)
    assert endless.tell() < 1 << 14


@pytest.mark.parametrize("name", ["nothing.txt", "nothing", "a.txt/below", "nul\0.txt", "", "\udcff\ud800"])
def test_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    location = os.path.join(tmp_path, name) if name else ""  # noqa: PTH118 - as a user would type it
    with pytest.raises(SourceError, match=r"^no such file.*: check the path$"):
        list(read(location))


def test_a_folder_where_a_file_is_expected(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder, not a file"):
        file.read(str(tmp_path))


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:  # as root, no mode refuses
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceError, match=r"^permission denied: check who may read it$"):
        file.read(str(tmp_path / "a.txt"))


def test_other_trouble_is_named_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("builtins.open", fail)
    with pytest.raises(SourceError, match=r"^cannot be read \(Input/output error\): check the path and the disk$"):
        file.read("a.txt")


@POSIX
def test_a_pipe_with_a_name(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert file.read(str(path)).text == TEXT
    writer.join()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode("utf-16")), closed=False))
    assert list(read("-")) == [Document(TEXT, "-")]


@pytest.mark.parametrize("stdin", [None, SimpleNamespace(closed=True)])
def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(SourceError, match="standard input is closed: give a file"):
        file.read("-")


def _python(code: str, data: bytes = b"") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"}
    )
    return done.stdout.decode().strip()


@POSIX
@pytest.mark.parametrize("location", ["-", "/dev/stdin"])
def test_piped(location: str) -> None:
    code = f"from telecom_digest.sources import read; print(ascii(next(read({location!r})).text))"
    assert _python(code, TEXT.encode()) == ascii(TEXT)


def test_a_clean_file_loads_nothing_heavy() -> None:
    code = "import sys; from telecom_digest.sources import read; next(read('-')); print(*sys.modules)"
    loaded = set(_python(code, TEXT.encode()).split())
    assert not loaded & {
        "charset_normalizer",
        "asyncio",
        "yaml",
        "camel_tools",
        "rich",
        "typer",
        "numpy",
        "logging",
        "subprocess",
    }


def test_a_folder_gives_its_text_files_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = tmp_path / "press"
    (press / "below.txt").mkdir(parents=True)
    for name in ("b.txt", "a.TXT", "ج.txt", ".hidden.txt", "c.xyz", "txt", "below.txt/deep.txt"):
        (press / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    join = os.path.join
    assert expand("press") == [join("press", name) for name in ("a.TXT", "b.txt", "ج.txt")]
    assert expand("press/") == ["press/a.TXT", "press/b.txt", "press/ج.txt"]
    assert expand(Path("press")) == expand("press")
    assert [(document.source, document.text) for document in read("press/")] == [
        ("press/a.TXT", "a.TXT"),
        ("press/b.txt", "b.txt"),
        ("press/ج.txt", "ج.txt"),
    ]


def test_a_folder_without_text_files(tmp_path: Path) -> None:
    (tmp_path / "c.xyz").write_text("x", encoding="utf-8")
    with pytest.raises(
        SourceError, match=r"^is a folder without files to read \(\.txt .*\): give one that has some, or a file$"
    ):
        expand(tmp_path)


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SourceError, match=r"^cannot be listed \(Permission denied\): check who may read it$"):
        expand(tmp_path)


@pytest.mark.parametrize("location", ["-", "nothing.txt", "a/b.pdf", "/dev/stdin"])
def test_anything_else_stands_for_itself(location: str) -> None:
    assert expand(location) == [location]


@given(st.binary() | st.binary(min_size=200).map(lambda data: data.replace(b"\0", b" ")))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    try:
        _read_stream(io.BytesIO(data))
    except SourceError as error:
        assert str(error).isprintable()  # noqa: PT017 - either is right
