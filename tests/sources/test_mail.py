"""Mails: their bodies and headers, and that nothing broken stops the reading; test_mailboxes.py has many in one place."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage, Message
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest import digest
from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import mail, mail_parts, mail_text
from tests.conftest import ROOT
from tests.sources.mails import message

CASES: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "cases" / "mail.yaml").read_text(encoding="utf-8"))
ARABIC = (ROOT / "seeds" / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")
ENGLISH = (ROOT / "examples" / "itu-council-en.txt").read_text(encoding="utf-8")


def one(data: bytes) -> Document:
    return mail.from_bytes(data, "a.eml")


def outcome(data: bytes) -> str:
    """Return the text of a mail, or the one line that says why it has none."""
    try:
        return one(data).text.strip()
    except SourceError as error:
        return "" if "\n" in str(error) else str(error)


def raw(body: bytes, kind: str = "text/plain", *, encoding: str = "8bit", subject: bytes = b"News") -> bytes:
    head = f"From: a@example.org\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n".encode()
    return head + b"Subject: " + subject + b"\n\n" + body


@pytest.mark.parametrize("case", CASES["bodies"], ids=lambda case: case["name"])
def test_what_a_mail_says_is_kept_and_what_stands_around_it_is_not(case: dict[str, Any]) -> None:
    found = mail_text.body(case["mail"], forwarded=case.get("forwarded", False))
    assert found == (case["text"], case.get("from", ""), case.get("date", ""))


@pytest.mark.parametrize(("subject", "title", "forward"), CASES["subjects"])
def test_signs_of_replies_and_forwarding_are_no_title(subject: str, title: str, forward: bool) -> None:
    assert (mail_text.without_prefixes(subject), mail_text.is_forward(subject)) == (title, forward)


@pytest.mark.parametrize(("stands", "says"), CASES["encoded"])
def test_encoded_headers_are_decoded_as_far_as_they_go(stands: str, says: str) -> None:
    made = Message()
    made["subject"] = stands
    assert mail_parts.header(made, "subject") == says


@pytest.mark.parametrize("text", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("transfer", ["8bit", "base64", "quoted-printable"])
def test_a_mail_gives_the_bullets_of_its_text(text: str, transfer: str) -> None:
    made = message(subject="بيان صحفي: press release", from_="المكتب الإعلامي <press@example.eg>")
    made.set_content(text, cte=transfer)
    found = one(bytes(made))
    assert found.text == text.strip().replace("\r\n", "\n")
    assert found.title == "بيان صحفي: press release"
    assert [b.text for b in digest(found).bullets] == [b.text for b in digest(text).bullets]


@pytest.mark.parametrize("text", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_a_mail_in_html_gives_the_bullets_of_its_text(text: str) -> None:
    pytest.importorskip("lxml")
    made = message()
    made.set_content("".join(f"<p>{escape(line)}</p>" for line in text.splitlines()), subtype="html")
    found = one(bytes(made))
    assert found.text.split() == text.split()
    assert [b.text for b in digest(found).bullets] == [b.text for b in digest(text).bullets]


@pytest.mark.parametrize("case", CASES["html"], ids=lambda case: case["name"])
def test_html_of_mail_programs_is_parted_as_plain_text_is(case: dict[str, Any]) -> None:
    pytest.importorskip("lxml")
    made = message(
        **{"subject": case["subject"], "from": "Desk <d@example.org>", "date": "Tue, 10 Oct 2017 08:00:00 +0000"}
    )
    made.set_content(case["mail"], subtype="html")
    found = one(bytes(made))
    assert (found.text, found.origin, found.published) == (case["text"], case["origin"], case["published"])


def test_headers_say_title_day_and_origin() -> None:
    found = one(bytes(message(subject="Re: Licences")))
    assert (found.title, found.published, found.origin, found.source) == ("Licences", date(2017, 10, 9), "Press", "a.eml")
    assert one(b"Subject: x\nFrom: desk@example.org\n\nText").origin == "desk@example.org"
    bare = one(b"To: x\n\nText")
    assert (bare.text, bare.title, bare.published, bare.origin) == ("Text", None, None, None)


@pytest.mark.parametrize("day", ["yesterday", "Mon, 99 Oct 2017 10:00:00", "Thu, 01 Jan 1970 00:00:00 +0000", ""])
def test_a_day_that_is_none_is_not_given(day: str) -> None:
    assert one(f"Date: {day}\nFrom: a@b.c\n\nText".encode()).published is None


def test_the_day_is_that_of_the_sender() -> None:
    assert one(b"Date: Mon, 9 Oct 2017 23:30:00 -0300\n\nText").published == date(2017, 10, 9)


def test_a_forwarded_mail_is_of_its_first_sender() -> None:
    body = "FYI\n\n---------- Forwarded message ---------\nFrom: ITU <press@itu.example>\n"
    body += "Date: Tue, 10 Oct 2017 08:00:00 +0000\n\n"
    found = one(bytes(message(body + "The conference opened today.", subject="Fwd: Opening")))
    assert (found.text, found.title, found.origin, found.published) == (
        "The conference opened today.",
        "Opening",
        "ITU",
        date(2017, 10, 10),
    )


@pytest.mark.parametrize(
    ("codec", "declared", "note"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "windows-1256", None),
        ("utf-8", "us-ascii", None),
        ("windows-1256", "windows-1256", None),
        ("windows-1256", "utf-8", "windows-1256"),
        ("windows-1256", "iso-8859-1", "windows-1256"),
        ("windows-1256", "no-such-charset", "windows-1256"),
        ("iso-8859-6", "iso-8859-6", None),
    ],
)
def test_a_wrong_charset_is_seen_through(codec: str, declared: str, note: str | None) -> None:
    text = "أصدرت الهيئة اليوم قرارا بخفض أسعار الربط البيني، ويسري القرار من أول يناير"
    found = one(raw(text.encode(codec), f"text/plain; charset={declared}", subject=text.encode(codec)))
    assert (found.text, found.title) == (text, text)
    assert found.notes == ((Note("encoding", (note,)),) if note else ())


def test_western_text_is_western_as_declared() -> None:
    assert one(raw("Prüfung für Café".encode("latin-1"), "text/plain; charset=iso-8859-1")) == one(
        raw("Prüfung für Café".encode(), "text/plain; charset=utf-8")
    )


def test_flowed_lines_are_joined() -> None:
    flowed = b"The regulator opened \na consultation.\n\n Stuffed.\n-- \nDesk"
    assert one(raw(flowed, "text/plain; format=flowed")).text == "The regulator opened a consultation.\n\nStuffed."
    assert one(raw("الهي \nئة".encode(), "text/plain; format=flowed; delsp=yes")).text == "الهيئة"


def test_the_plain_version_is_preferred_and_html_read_where_there_is_none() -> None:
    pytest.importorskip("lxml")
    page = "<html><body><p>First paragraph of the page about licences.</p><p>Second &amp; last paragraph.</p></body></html>"
    both = message("The plain version.")
    both.add_alternative(page, subtype="html")
    assert one(bytes(both)).text == "The plain version."
    empty = message(" \n")
    empty.add_alternative(page, subtype="html")
    alone = message()
    alone.set_content(page, subtype="html")
    for made in (empty, alone):
        found = one(bytes(made))
        assert "Second & last paragraph." in found.text
        assert "<" not in found.text
        assert found.title == "Consultation"


def test_attachments_are_counted_and_pictures_are_not() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="بيان.pdf")
    made.add_attachment("Other text", filename="note.txt")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    found = one(bytes(made))
    assert found.text == "The regulator opened a consultation."
    assert found.notes == (Note("attachments", ("2",)),)
    made = EmailMessage()
    made["from"] = "a@example.org"
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(SourceError, match=r"only attachments \(1\): save them"):
        one(bytes(made))


def test_a_mail_attached_to_an_empty_one_is_read() -> None:
    inner = message("The release itself.")
    outer = EmailMessage()
    outer["from"] = "desk@example.org"
    outer.add_attachment(inner)
    assert one(bytes(outer)).text == "The release itself."
    outer = message("The cover text.")
    outer.add_attachment(inner)
    found = one(bytes(outer))
    assert (found.text, found.notes) == ("The cover text.", (Note("attachments", ("1",)),))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no mail"),
        (b"Nothing but a text.\nOf two lines.", "is no mail"),
        (b"From: a@b.c\n\n \n", "without text"),
        (b"From: a@b.c\nContent-Type: application/pdf\n\n%PDF", "without text"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as caught:
        list(mail.read(str(path)))
    assert ": " in str(caught.value)


def test_what_cannot_be_opened_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    for location, says in [("none.eml", "no such file"), ("a\0b.eml", "no such file"), (str(tmp_path), "no Maildir")]:
        with pytest.raises(SourceError, match=says):
            list(mail.read(location))


DEEP = b"From: a@b.c\n" + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(3000))


@pytest.mark.parametrize(
    "data",
    [
        DEEP,
        b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\ncut off",
        b"From: a@b.c\nContent-Type: multipart/mixed\n\nno boundary",
        b"From: a@b.c\nContent-Transfer-Encoding: base64\n\n2YXZh!!tit\xff",
        b"From: a@b.c\nContent-Type: text/plain; charset*=x'y'%ff\n\ntext",
        b"From: \xff\xfe<<>@\nSubject: =?a?b?\xff?=\nDate: \xff\n\ntext",
        b"From: a@b.c\nContent-Type: ;;;=\nContent-Disposition: \xff;filename*0*=a\n\ntext",
    ],
    ids=["nested", "cut", "no boundary", "base64", "charset", "headers", "parameters"],
)
def test_a_broken_mail_gives_its_text_or_an_error(data: bytes) -> None:
    assert outcome(data)


_LINES = """From: =?utf-8?b?2YU?= <a@b>|Date: Mon, 9|Content-Type: multipart/mixed; boundary=b|Content-Type: text/html
Content-Transfer-Encoding: base64|Content-Type: message/rfc822|Content-Disposition: attachment|Subject: =?x?q?=E9?=
Content-Type: multipart/alternative; boundary=b||--b|--b--|> From: x|From: x|Sent: y|-- |---- Forwarded message ----
On x wrote:|الهيئة"""
HEADERS = st.sampled_from([line.encode() for line in _LINES.replace("\n", "|").split("|")])


@given(st.lists(st.one_of(HEADERS, st.binary(max_size=20)), max_size=25).map(b"\n".join))
def test_no_bytes_crash_the_reading(data: bytes) -> None:
    assert outcome(b"From: a@b.c\n" + data)


@given(st.text())
def test_a_body_is_made_of_lines_of_the_mail(text: str) -> None:
    for line in mail_text.body(text).text.split("\n"):
        assert line in text
