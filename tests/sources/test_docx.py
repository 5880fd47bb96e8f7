"""Word files, made here with python-docx, and those that are not what they seem."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as library
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from telecom_digest import digest
from telecom_digest.errors import SourceError
from telecom_digest.model import Document
from telecom_digest.sources import docx
from tests.conftest import ROOT

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _save(file: Any, path: Path) -> Document:
    file.save(str(path))
    (document,) = docx.read(str(path))
    return document


def _xml(inner: str) -> Any:
    """Return a paragraph with this content."""
    return parse_xml(
        f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{inner}</w:p>"
    )


def _text(inner: str, path: Path) -> str:
    file = library.Document()
    file.element.body.insert(0, _xml(inner))
    return _save(file, path).text


def _run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "name", ["examples/ntra-roaming-ar.txt", "examples/itu-council-en.txt", "seeds/ntra-wtdc-2017.txt"]
)
def test_the_bullets_are_those_of_the_text(name: str, tmp_path: Path) -> None:
    lines = [line for line in (ROOT / name).read_text(encoding="utf-8").split("\n") if line]
    file = library.Document()
    file.sections[0].header.paragraphs[0].text = "نشرة داخلية"
    file.sections[0].footer.paragraphs[0].text = "page 1"
    file.add_heading(lines[0], level=1)
    for line in lines[1:]:
        file.add_paragraph(line)
    document = _save(file, tmp_path / "release.docx")
    assert document.text.split("\n") == [" ".join(line.split()) for line in lines]
    want = [bullet.text for bullet in digest(Document("\n".join(lines))).bullets]
    assert [bullet.text for bullet in digest(document).bullets] == want


def test_tables_give_a_line_a_row_and_lists_one_an_item(tmp_path: Path) -> None:
    file = library.Document()
    file.add_paragraph("أبرز النتائج", style="List Bullet")
    file.add_paragraph("توقيع اتفاقية", style="List Number")
    table = file.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ["المشغل", "الأبراج", "نور", "420"], strict=True):
        cell.text = text
    layout = file.add_table(rows=1, cols=1).cell(0, 0)
    layout.text = "فقرة أولى"
    layout.add_paragraph("فقرة ثانية").add_run("\nسطر")
    text = _save(file, tmp_path / "table.docx").text
    assert text.split("\n") == [
        "أبرز النتائج",
        "توقيع اتفاقية",
        "المشغل | الأبراج",
        "نور | 420",
        "فقرة أولى",
        "فقرة ثانية سطر",
    ]


@pytest.mark.parametrize(
    ("inner", "want"),
    [
        (f"{_run('kept ')}<w:del>{_run('gone')}</w:del><w:ins>{_run('new')}</w:ins>", "kept new"),
        (f"<w:moveFrom>{_run('gone')}</w:moveFrom><w:moveTo>{_run('here')}</w:moveTo>", "here"),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{_run('seen')}", "seen"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>", "seen"),
        (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{_run('7 towers')}", "7 towers"),
        ("<w:r><w:t>tower</w:t><w:noBreakHyphen/><w:t>sharing</w:t><w:tab/><w:t>rules</w:t></w:r>", "tower-sharing rules"),
        ("<w:r><w:t>Muscat</w:t><w:br/><w:t>12 October</w:t></w:r>", "Muscat\n12 October"),
        (f"<w:hyperlink>{_run('linked')}</w:hyperlink>", "linked"),
        (f"<w:sdt><w:sdtContent>{_run('controlled')}</w:sdtContent></w:sdt>", "controlled"),
    ],
)
def test_what_a_reader_sees_of_a_paragraph(inner: str, want: str, tmp_path: Path) -> None:
    assert _text(inner, tmp_path / "a.docx") == want


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{_run('boxed')}</w:p></w:txbxContent>"
    inner = (
        f"{_run('anchor')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{_run(' text')}"
    )
    assert _text(inner, tmp_path / "box.docx") == "anchor text\nboxed"


def test_properties(tmp_path: Path) -> None:
    file = library.Document()
    file.add_paragraph("أعلنت الهيئة خطتها.")
    core = file.core_properties
    core.title, core.author, core.language = "الهيئة تعلن خطتها", "Telecom Authority", "ar-OM"
    core.created, core.modified = datetime(2026, 10, 12, 8), datetime(2026, 10, 13)
    document = _save(file, tmp_path / "a.docx")
    assert (document.title, document.published) == ("الهيئة تعلن خطتها", date(2026, 10, 12))
    assert (document.language, document.origin) == ("ar", "Telecom Authority")


def test_properties_of_a_template_are_not_believed(tmp_path: Path) -> None:
    file = library.Document()
    file.add_paragraph("أعلنت الهيئة خطتها.")
    file.core_properties.title = "Microsoft Word - release.doc"
    document = _save(file, tmp_path / "a.docx")
    assert (document.title, document.published, document.origin) == (None, None, None)


def _zip(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<broken")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is a broken Word file, or none"),
        (b"plain text", "is a broken Word file, or none"),
        (_zip("[Content_Types].xml", "word/document.xml")[:-30], "is a broken Word file, or none"),
        (_zip("[Content_Types].xml", "word/document.xml"), "is a broken Word file: open it"),
        (_zip("readme.txt"), "is a zip archive but no Word file"),
        (_OLD + b"\0" * 600, r"is an old Word file \(.doc\).*soffice"),
        (_OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    ],
    ids=["empty", "text", "cut", "broken", "zip", "doc", "encrypted"],
)
def test_what_is_no_word_file_is_one_clear_error(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message) as caught:
        list(docx.read(str(path)))
    assert "\n" not in str(caught.value)


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_BYTES", 1000)
    library.Document().save(str(tmp_path / "bomb.docx"))
    with pytest.raises(SourceError, match="unpacks to more than"):
        list(docx.read(str(tmp_path / "bomb.docx")))


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    library.Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(SourceError, match="has no text"):
        list(docx.read(str(tmp_path / "empty.docx")))
    with pytest.raises(SourceError, match="cannot be read"):
        list(docx.read(str(tmp_path / "none.docx")))
