"""PDF files, read with PDFium: where each letter stands comes from it, their order and the paragraphs are found here.

Why PDFium and not another reader: benchmarks/pdf.py. None of seven permissively licensed readers gives Arabic lines in the
order in which they are read; PDFium is the fastest, has no dependencies, and knows every letter's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources import printed
from telecom_digest.sources.extras import needs

MOST_BYTES = 100_000_000
MOST_PAGES = 200  # a release has a few; above this it is a report or a book
_MOST_LETTERS = 2_000_000
_FEWEST_LETTERS = 20  # in the whole file: a stamp on a scanned page is not its text
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def read(location: str) -> Iterator[Document]:
    """Yield the text of the PDF file `location`, with its title, its author and the day it was made where believable.

    Raises:
        SourceError: it cannot be read, is no PDF, is protected by a password, too long, or has no text.
    """
    pdfium = needs("pypdfium2", "pdf")
    file = _open(pdfium, location)
    try:
        text = _text(file)
        meta = file.get_metadata_dict()
        language = _language(file)
    finally:
        file.close()
    title = printed.title(meta.get("Title"))
    if title and title == text.partition("\n")[0]:
        title = None  # it stands in the text
    made, changed = (_moment(meta.get(key, "")) for key in ("CreationDate", "ModDate"))
    yield Document(
        text,
        location,
        title=title,
        published=printed.day(made, changed),
        language=language,
        origin=printed.author(meta.get("Author")),
    )


def _open(pdfium: Any, location: str) -> Any:
    """Return the open document."""
    path = Path(location)
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1024)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"cannot be read ({reason}): check the path and who may read it") from error
    if b"%PDF-" not in head:
        raise SourceError("is not a PDF, whatever its name: check that it is the right file")
    if size > MOST_BYTES:
        raise SourceError(f"has {size // 1_000_000} MB, more than {MOST_BYTES // 1_000_000}: give the pages that matter")
    try:
        file = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise SourceError("is protected by a password: remove it first, with qpdf --decrypt") from error
        raise SourceError("is a broken PDF: download it again, or repair it with qpdf") from error
    pages = len(file)
    if not 0 < pages <= MOST_PAGES:
        file.close()
        if not pages:
            raise SourceError("is a PDF without pages: check that it is the right file")
        raise SourceError(f"has {pages} pages, more than {MOST_PAGES}: give those that matter, cut out with qpdf --pages")
    return file


def _text(file: Any) -> str:
    """Return the paragraphs of the document, a line each."""
    from telecom_digest.sources import glyphs, layout

    pages, letters = [], 0
    for number in range(len(file)):
        try:
            page = file[number]
            textpage = page.get_textpage()
        except RuntimeError as error:  # of which PdfiumError is one
            raise SourceError(f"is a broken PDF, page {number + 1} of it: repair it with qpdf") from error
        letters += textpage.count_chars()
        if letters > _MOST_LETTERS:
            raise SourceError(f"has more than {_MOST_LETTERS:,} letters: give the pages that matter")
        pages.append(glyphs.rows(textpage))
        textpage.close()
        page.close()
    text = "\n".join(layout.paragraphs(pages))
    if sum(c.isalpha() for c in text) < _FEWEST_LETTERS:
        raise SourceError("has no text layer, only pictures of pages: recognise its text first, with ocrmypdf -l ara+eng")
    return text


def _language(file: Any) -> str | None:
    """Return "ar" or "en" where the catalog says so."""
    raw = needs("pypdfium2.raw", "pdf")
    length = raw.FPDFCatalog_GetLanguage(file, None, 0)
    if length <= 2:
        return None
    buffer = (raw.FPDF_WCHAR * (length // 2))()
    raw.FPDFCatalog_GetLanguage(file, buffer, length)
    code = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")[:2].lower()
    return code if code in ("ar", "en") else None


def _moment(found: str) -> datetime | None:
    """Return a date of PDF (`D:20261012083000+04'00'`) as far as it goes."""
    match = _DATE.match(found)
    if not match or not match[3]:
        return None
    away = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    year, month, day, hour, minute, second = (int(match[i] or 0) for i in range(1, 7))
    try:
        zone = timezone(-away if match[7] == "-" else away)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
