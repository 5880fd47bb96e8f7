"""Mails: `.eml` files, `.mbox` files and Maildir folders, read with the standard library and never changed.

`mail_parts` finds the bodies of a mail and reads its headers; what mail programs wrote around the text is taken away by
`mail_text`.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import BinaryIO

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import is_maildir, mail_parts, mail_text

_KNOWN = ("from", "subject", "date", "to", "received", "message-id", "content-type", "mime-version")
"""Headers of which a mail has one at least."""
_SEPARATOR = b"From "
_TIME = re.compile(rb" \d?\d:\d\d(:\d\d)? .*\d{4}")


def read(location: str) -> Iterator[Document]:
    """Yield the mails of an `.eml` file, an mbox file or a Maildir folder as Documents, in their order there.

    The source of a mail in a mailbox is "LOCATION#MESSAGE-ID", or its number from 1 where it has no id of its own. Mails
    without text are left out, and a note of the last Document says how many.

    Raises:
        SourceError: it cannot be read, is no mail, holds no text at all, or holds HTML that cannot be read here.
    """
    try:
        if Path(location).is_dir():
            yield from _all(location, _of_maildir(location))
            return
        with _opened(location) as stream:
            if stream.read(len(_SEPARATOR)) == _SEPARATOR and not location.lower().endswith(".eml"):
                stream.seek(0)
                yield from _all(location, _of_mbox(stream))
            else:
                stream.seek(0)
                yield from_bytes(stream.read(), location)
    except FileNotFoundError as error:
        raise SourceError("no such file: check the path") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror or error}): check the path and who may read it") from error


def _opened(path: str) -> BinaryIO:
    try:
        return open(path, "rb")  # noqa: PTH123 - a path as given, which pathlib would tidy; the caller closes it
    except ValueError as error:
        raise SourceError("no such file, and no file can have that name: check the path") from error


def from_bytes(data: bytes, location: str) -> Document:
    """Return the one mail that `data` is.

    Raises:
        SourceError: it is no mail, or has no text.
    """
    return _document(mail_parts.parse(data), location)


def _of_maildir(folder: str) -> Iterator[Message]:
    """Yield the mails of a Maildir, by the names of their files, which begin with the time of arrival."""
    if not is_maildir(folder):
        raise SourceError("is a folder but no Maildir (which has the folders cur and new): give a file in it")
    with closing(mailbox.Maildir(folder, create=False)) as box:
        for key in sorted(box.keys()):
            try:
                yield mail_parts.parse(box.get_bytes(key))
            except (KeyError, FileNotFoundError):  # a mail program has moved it meanwhile
                continue


def _of_mbox(stream: BinaryIO) -> Iterator[Message]:
    """Yield the mails of an mbox file.

    `mailbox.mbox` parts them at every line that begins with "From ", as a sentence may. Here it must come after a blank
    line and name a time; where the program that wrote the file put ">" before such lines (mboxrd), one goes.
    """
    lines: list[bytes] = []
    blank = True
    for line in stream:
        if blank and line.startswith(_SEPARATOR) and _TIME.search(line):
            if lines:
                yield _unescaped(lines)
            lines = []
        else:
            lines.append(line)
        blank = not line.strip()
    if lines:
        yield _unescaped(lines)


def _unescaped(lines: list[bytes]) -> Message:
    return mail_parts.parse(re.sub(rb"(?m)^>(>*From )", rb"\1", b"".join(lines)))


def _all(location: str, messages: Iterator[Message]) -> Iterator[Document]:
    """Yield the mails of a mailbox that have text."""
    held: Document | None = None
    seen: set[str] = set()
    without = 0
    reason: SourceError | None = None
    for number, message in enumerate(messages, 1):
        id_ = re.sub(r"[<>\s]", "", mail_parts.header(message, "message-id"))
        name = str(number) if not id_ or id_ in seen else id_
        seen.add(id_)
        try:
            found = _document(message, f"{location}#{name}")
        except SourceError as error:
            if isinstance(error.__cause__, ImportError):  # a library is missing: that concerns every mail
                raise
            without, reason = without + 1, error
            continue
        if held:
            yield held
        held = found
    if held and without:
        held = replace(held, notes=(*held.notes, Note("mails_without_text", (str(without),))))
    if held:
        yield held
    elif reason:
        raise SourceError(f"no mail of {without} in it can be read; the last {reason}")
    else:
        raise SourceError("is an empty mailbox: give one that has mails")


def _document(message: Message, source: str) -> Document:
    """Return a mail as a Document.

    Raises:
        SourceError: it is no mail, or has no text.
    """
    if not any(name in message for name in _KNOWN):
        raise SourceError("is no mail, it has no headers: give it as .txt if it is a text")
    bodies, attachments = mail_parts.bodies(message)
    texts: list[str] = []
    notes: dict[Note, None] = {}  # in order, each once
    failure: SourceError | None = None
    for versions in bodies:
        try:
            text, found = _text_of(versions)
        except SourceError as error:  # no library for HTML
            failure = error
        else:
            texts.append(text)
            notes.update(dict.fromkeys(found))
    subject = mail_parts.header(message, "subject")
    body = mail_text.body("\n".join(texts), forwarded=mail_text.is_forward(subject))
    if not body.text:
        if failure:
            raise failure
        if attachments:
            raise SourceError(f"has no text, only attachments ({attachments}): save them and give their paths")
        raise SourceError("is a mail without text: nothing to digest")
    if attachments:
        notes[Note("attachments", (str(attachments),))] = None
    return Document(
        body.text,
        source,
        title=mail_text.without_prefixes(subject) or None,
        notes=tuple(notes),
        published=mail_parts.day(body.date) or mail_parts.day(mail_parts.header(message, "date")),
        origin=mail_parts.name(body.sender) or mail_parts.name(mail_parts.raw(message, "from")),
    )


def _text_of(versions: list[mail_parts.Part]) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a body that may come in several versions: the plain one if it has text, else the HTML.

    Raises:
        SourceError: the HTML cannot be read.
    """
    for part in sorted(versions, key=lambda part: part.html):
        if part.html:
            from telecom_digest.sources import html

            # all of its text, not its main text: what is left out of pages, such as who wrote when, is what parts a mail
            source, notes = html.decoded(part.data, part.charset)
            return mail_text.requoted(html.fragment(mail_text.marked(source))), notes
        text, notes = mail_parts.decoded(part.data, part.charset)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if mail_text.visible(text):
            return mail_text.unflowed(text, delsp=part.flowed == "yes") if part.flowed else text, notes
    return "", ()
