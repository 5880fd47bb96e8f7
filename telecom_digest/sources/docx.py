"""Word files (.docx), read with python-docx: what a reader of the pages sees, without headers, footers and deletions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources import printed
from telecom_digest.sources.extras import needs

MOST_BYTES = 200_000_000
"""Of its parts together, unpacked, but for pictures: a zip of a few bytes can hold any number."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .doc, or a .docx within which all is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_TEMPLATE_MADE = datetime(2013, 12, 23, 23, 15)  # of the empty document that python-docx begins with
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = frozenset(_W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "fldChar", "sectPr"))


def read(location: str) -> Iterator[Document]:
    """Yield the text of the Word file `location`: paragraphs and rows of tables a line each, then its properties.

    Insertions that were tracked are read, deletions are not; text boxes follow the paragraph that they hang on. Numbers
    of lists, which Word computes, are not in the text.

    Raises:
        SourceError: it cannot be read, is no Word file, is protected by a password, too large, or has no text.
    """
    docx = needs("docx", "docx")
    _check(location)
    try:
        with Path(location).open("rb") as stream:
            file = docx.Document(stream)
        body = file.element.body
        lines = [line for block in _blocks(body) for line in block.split("\n")]
        properties = _properties(file.core_properties)
    except Exception as error:  # python-docx and lxml raise a dozen kinds for broken parts
        raise SourceError("is a broken Word file: open it in Word or LibreOffice and save it again") from error
    text = "\n".join(" ".join(line.split()) for line in lines if line.strip())
    if not text:
        raise SourceError("has no text: check that it is the right file")
    title = properties.pop("title")
    yield Document(text, location, title=title if title != text.partition("\n")[0] else None, **properties)


def _check(location: str) -> None:
    """Raise SourceError, with what to do, for a file that python-docx should not be given."""
    path = Path(location)
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            rest = stream.read(1 << 20) if head == _OLD else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"cannot be read ({reason}): check the path and who may read it") from error
    if head == _OLD:
        if _ENCRYPTED in rest:
            raise SourceError("is protected by a password: open it in Word and save it without")
        raise SourceError("is an old Word file (.doc): convert it first, with soffice --headless --convert-to docx")
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise SourceError("is a broken Word file, or none: check that it is whole and the right one") from error
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise SourceError("is a zip archive but no Word file: unpack it first")
    if any(part.flag_bits & 1 for part in parts):
        raise SourceError("is protected by a password: open it in Word and save it without")
    if sum(part.file_size for part in parts if not part.filename.startswith("word/media/")) > MOST_BYTES:
        raise SourceError(f"unpacks to more than {MOST_BYTES // 1_000_000} MB: give the part that matters as a file")


def _properties(core: Any) -> dict[str, Any]:
    """Return what the core properties say of title, day, language and author, as fields of Document."""
    created, modified = core.created, core.modified
    if created and created.replace(tzinfo=None, second=0) == _TEMPLATE_MADE:
        created = modified = None
    code = (core.language or "")[:2].lower()
    return {
        "title": printed.title(core.title),
        "published": printed.day(created, modified),
        "language": code if code in ("ar", "en") else None,
        "origin": printed.author(core.author),
    }


def _blocks(parent: Any) -> Iterator[str]:
    """Yield the text of each paragraph and of each row of a table below `parent`, in order."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield "".join(_runs(child))
            for box in _boxes(child):
                yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag in _SKIPPED:
            continue
        else:  # content controls, insertions, custom XML
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    """Yield each row of a table as a line; a table that only lays out the page gives the paragraphs of its cells."""
    rows = [[_cell(cell) for cell in row.iter(f"{_W}tc") if _owner(cell) is table] for row in table.iterchildren(f"{_W}tr")]
    for cells in rows:
        if any(len(cell) > 1 for cell in cells):
            for cell in cells:
                yield from cell
        else:
            yield " | ".join(cell[0] for cell in cells if cell)


def _owner(cell: Any) -> Any:
    """Return the table that a cell belongs to."""
    return next(cell.iterancestors(f"{_W}tbl"))


def _cell(cell: Any) -> list[str]:
    return [text for block in _blocks(cell) if (text := " ".join(block.split()))]


def _runs(parent: Any) -> Iterator[str]:
    """Yield the pieces of text of a paragraph."""
    for child in parent:
        tag = child.tag
        if tag == f"{_W}r" and _hidden(child):
            continue
        if tag in (f"{_W}t", f"{_M}t"):
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag in _SKIPPED or tag == _CHOICE or not isinstance(tag, str):
            continue
        elif tag not in (f"{_W}drawing", f"{_W}pict"):
            yield from _runs(child)


def _hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes of a paragraph, each once: Word writes them again for its old versions."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        ancestors = [ancestor.tag for ancestor in box.iterancestors()]
        inner = ancestors[: ancestors.index(paragraph.tag)] if paragraph.tag in ancestors else ancestors
        if not any(tag.endswith(("}Fallback", "}txbxContent", "}del")) for tag in inner):
            yield box
