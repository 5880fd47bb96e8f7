"""Mailboxes: each mail in them a document, in order, and nothing in them changed."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from telecom_digest.errors import SourceError
from telecom_digest.model import Note
from telecom_digest.sources import is_maildir, mail
from tests.sources.mails import message


def mbox(path: Path, *messages: EmailMessage) -> str:
    box = mailbox.mbox(path)
    for made in messages:
        box.add(made)
    box.close()
    return str(path)


def test_each_mail_of_a_mailbox_is_a_document(tmp_path: Path) -> None:
    first = message("الخبر الأول.\n\nFrom 9 to 20 October.", message_id="<1@example.org>")
    location = mbox(tmp_path / "press.mbox", first, message("Second."), message("Third.", message_id="<1@example.org>"))
    found = list(mail.read(location))
    assert [(d.source, d.text) for d in found] == [
        (f"{location}#1@example.org", "الخبر الأول.\n\nFrom 9 to 20 October."),
        (f"{location}#2", "Second."),
        (f"{location}#3", "Third."),
    ]


def test_a_sentence_that_begins_with_from_parts_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From a@b Mon Oct  9 10:20:00 2017\nSubject: x\n\nText.\n\nFrom 9 to 20 October 2017 it meets.\n")
    assert [d.text for d in mail.read(str(path))] == ["Text.\n\nFrom 9 to 20 October 2017 it meets."]


def test_mails_without_text_are_left_out_and_counted(tmp_path: Path) -> None:
    location = mbox(tmp_path / "a.mbox", message("\n"), message("First."), message(" "), message("Second."), message(""))
    first, second = mail.read(location)
    assert (first.text, first.notes) == ("First.", ())
    assert (second.text, second.notes) == ("Second.", (Note("mails_without_text", ("3",)),))
    with pytest.raises(SourceError, match="no mail of 2 in it can be read"):
        list(mail.read(mbox(tmp_path / "b.mbox", message("\n"), message(" "))))


def test_a_maildir_is_read_in_order_and_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "new" / "1507540000.b").write_bytes(bytes(message("Second.")))
    (folder / "cur" / "1507530000.a:2,S").write_bytes(bytes(message("First.", message_id="<a@b>")))
    before = sorted(folder.rglob("*"))
    assert is_maildir(str(folder))
    assert [(d.source, d.text) for d in mail.read(str(folder))] == [(f"{folder}#a@b", "First."), (f"{folder}#2", "Second.")]
    assert sorted(folder.rglob("*")) == before
    assert not is_maildir(str(tmp_path))


def test_a_missing_library_is_said_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from telecom_digest.sources import html

    def missing(*_: object) -> str:
        raise SourceError("needs x, which is not installed: pip install 'telecom-digest[web]'") from ImportError("x")

    monkeypatch.setattr(html, "fragment", missing)
    page = message()
    page.set_content("<p>Text</p>", subtype="html")
    with pytest.raises(SourceError, match="pip install"):
        list(mail.read(mbox(tmp_path / "a.mbox", message("Plain."), page)))
