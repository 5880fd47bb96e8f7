"""PDF files: those that Chromium and LibreOffice print, in Arabic and English, and those that are not what they seem."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest import digest
from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources import extras, pdf, printed, visual
from tests.cases.sources import make

CASES = make.HERE


def _bullets(text: str) -> list[str]:
    return [" ".join(bullet.text.split()) for bullet in digest(Document(text)).bullets]


def _read(path: Path) -> Document:
    (document,) = pdf.read(str(path))
    return document


def _blank(path: Path, *, pages: int = 1) -> Path:
    """Write a PDF with empty pages, as a scanner does but for the pictures."""
    with pypdfium2.PdfDocument.new() as file:
        for _ in range(pages):
            file.new_page(200, 200)
        file.save(path)
    return path


@pytest.mark.parametrize("name", make.FIXTURES)
def test_printed_files_give_the_text_and_the_bullets(name: str) -> None:
    want = make.paragraphs(make.FIXTURES[name]["text"])
    document = _read(CASES / f"{name}.pdf")
    assert document.text.split("\n") == want
    assert _bullets(document.text) == _bullets("\n".join(want))
    assert document.source == str(CASES / f"{name}.pdf")
    assert document.published is not None


@pytest.mark.parametrize("program", make.PROGRAMS)
@pytest.mark.parametrize("text", ["examples/ntra-roaming-ar.txt", "examples/itu-council-en.txt"])
def test_fresh_files_give_the_bullets(program: str, text: str, tmp_path: Path) -> None:
    if shutil.which(make.PROGRAMS[program]) is None:
        pytest.skip(f"{program} is not installed")
    lines = [line for line in (CASES.parents[2] / text).read_text(encoding="utf-8").split("\n") if line]
    language = Path(text).stem[-2:]
    target = tmp_path / "fresh.pdf"
    make.print_pdf(program, lines, f"plain-{language}", target, arabic=language == "ar")
    assert _read(target).text.split("\n") == lines


def test_the_title_is_not_told_twice() -> None:
    with pypdfium2.PdfDocument(CASES / "en-columns-chromium.pdf") as file:
        assert file.get_metadata_value("Title") == make.paragraphs("release-en")[0]
    assert _read(CASES / "en-columns-chromium.pdf").title is None  # its text begins with it


# ---------------------------------------------------------------- what cannot be read
def test_a_scan_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no text layer.*ocrmypdf"):
        _read(_blank(tmp_path / "scan.pdf"))


def test_a_password_is_asked_for() -> None:
    with pytest.raises(SourceError, match=r"protected by a password.*qpdf --decrypt"):
        _read(CASES / "secret.pdf")


def test_a_book_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    with pytest.raises(SourceError, match=r"has 4 pages, more than 3.*qpdf --pages"):
        _read(_blank(tmp_path / "book.pdf", pages=4))
    monkeypatch.setattr(pdf, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match="MB, more than"):
        _read(tmp_path / "book.pdf")


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n" + b"\0\xff" * 500], ids=["empty", "text", "broken"])
def test_what_is_no_whole_pdf_is_an_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="PDF"):
        _read(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_half_a_download_is_an_error_or_some_text(share: float, tmp_path: Path) -> None:
    data = (CASES / "ar-pages-chromium.pdf").read_bytes()
    path = tmp_path / "half.pdf"
    path.write_bytes(data[: int(share * len(data))])
    with suppress(SourceError):
        assert _read(path).text


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            _read(path)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(SourceError, match=r"pip install 'telecom-digest\[pdf\]'$"):
        _read(CASES / "ar-pages-chromium.pdf")


# ---------------------------------------------------------------- properties
@pytest.mark.parametrize(
    ("found", "want"),
    [
        ("Authority launches plan", "Authority launches plan"),
        ("  الهيئة تطلق\nخطتها ", "الهيئة تطلق خطتها"),
        ("Microsoft Word - x.doc", None),
        ("release final.docx", None),
        ("Untitled document", None),
        ("بيان صحفي", None),
        ("https://regulator.example/news 1", None),
        ("20261012 0093 17", None),
        ("Scan", None),
        (None, None),
    ],
)
def test_titles_that_are_believed(found: str | None, want: str | None) -> None:
    assert printed.title(found) == want


def test_authors_that_are_believed() -> None:
    assert printed.author("Telecom Authority") == "Telecom Authority"
    assert [printed.author(name) for name in ("HP", "Windows User", "user1", "DOMAIN\\someone", "")] == [None] * 5


def test_days_that_are_believed() -> None:
    made = datetime(2026, 10, 12, 8)
    assert printed.day(made) == printed.day(made, made + timedelta(days=2)) == date(2026, 10, 12)
    assert printed.day(made, made + timedelta(days=400)) is None
    assert printed.day(datetime(1980, 1, 1)) is None
    assert printed.day(datetime.now() + timedelta(days=9)) is None
    assert printed.day(None, made) is None


# ---------------------------------------------------------------- the order of letters
LINES = yaml.safe_load((CASES / "visual.yaml").read_text(encoding="utf-8"))["lines"]


@pytest.mark.parametrize(("paper", "want"), [(case["paper"], case["read"]) for case in LINES])
def test_lines_are_read_as_they_are_written(paper: str, want: str) -> None:
    rtl = visual.is_arabic(want[0])
    line = visual.logical(list(paper), rtl=rtl)
    assert (visual.turned(line) if rtl else line) == want


@given(st.lists(st.text("ابتثجحلمنوي", min_size=1, max_size=8), min_size=1, max_size=8))
def test_plain_arabic_is_turned_round(words: list[str]) -> None:
    line = " ".join(words)
    assert visual.logical(list(line[::-1]), rtl=True) == line


@given(st.text("ابج abc 012.,-()%«»", max_size=40), st.booleans())
def test_no_letter_is_lost(text: str, rtl: bool) -> None:
    assert sorted(visual.logical(list(text), rtl=rtl)) == sorted(text)
