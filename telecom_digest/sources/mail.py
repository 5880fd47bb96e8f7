"""Mails: `.eml` files, `.mbox` files and Maildir folders, read with the standard library and never changed.

The parser of `email` is used with its oldest policy, which fails on no header; what headers hold is decoded here, because
the newer policies raise on some broken ones. What a mail program wrote around the text is taken away by `mail_text`.
"""

from __future__ import annotations

import email.utils
import mailbox
import re
from binascii import a2b_base64
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from quopri import decodestring
from typing import IO, NamedTuple

from telecom_digest.errors import SourceError
from telecom_digest.model import Document, Note
from telecom_digest.sources import mail_text
from telecom_digest.sources.encoding import decode

_KNOWN = ("from", "subject", "date", "to", "received", "message-id", "content-type", "mime-version")
"""Headers of which a mail has one at least."""
_ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([BbQq])\?([^?]*)\?=")
_WESTERN = frozenset(["ascii", "iso8859-1", "cp1252", "iso8859-15", "latin_1"])
"""Charsets that are often declared and not meant."""
_UNREADABLE_ATTACHMENTS = ("image", "audio", "video")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_VISIBLE = re.compile(r"[^\s\ufeff\u200b-\u200f\u2060]")
_EARLIEST = 1985
"""Mails dated before that come from a clock that was never set."""


class _Part(NamedTuple):
    """A body: its bytes, decoded from base64 and the like, and what it is declared to be."""

    data: bytes
    html: bool
    charset: str | None
    flowed: str | None
    """None, or the value of DelSp where lines are to be joined (RFC 3676)."""


def is_maildir(path: str) -> bool:
    """Tell whether a folder is a Maildir: it has the folders `cur` and `new`."""
    return all((Path(path) / name).is_dir() for name in ("cur", "new"))


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
        with open(location, "rb") as stream:  # noqa: PTH123 - a path as given, which pathlib would tidy
            head = stream.read(5)
            if head != b"From " or location.lower().endswith(".eml"):
                yield _document(_message(stream, head), location)
                return
        yield from _all(location, _of_mbox(location))
    except FileNotFoundError as error:
        raise SourceError("no such file: check the path") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror or error}): check the path and who may read it") from error


def from_bytes(data: bytes, location: str) -> Document:
    """Return the one mail that `data` is.

    Raises:
        SourceError: it is no mail, or has no text.
    """
    from io import BytesIO

    return _document(_message(BytesIO(data)), location)


def _of_maildir(folder: str) -> Iterator[Message]:
    """Yield the mails of a Maildir, by the names of their files, which begin with the time of arrival."""
    if not is_maildir(folder):
        raise SourceError("is a folder but no Maildir (which has the folders cur and new): give a file in it")
    box = mailbox.Maildir(folder, create=False)
    with closing(box):
        for key in sorted(box.keys()):
            with closing(box.get_file(key)) as stream:
                yield _message(stream)


def _of_mbox(path: str) -> Iterator[Message]:
    """Yield the mails of an mbox file; lines that begin with "From " have one ">" less than stands there."""
    box = mailbox.mbox(path, create=False)
    with closing(box):
        for key in box.keys():  # noqa: SIM118 - a mailbox iterates over its messages, not its keys
            yield from_mbox_bytes(box.get_bytes(key))


def from_mbox_bytes(data: bytes) -> Message:
    """Return a message as it was before it was put into an mbox (the form called mboxrd)."""
    from io import BytesIO

    return _message(BytesIO(re.sub(rb"(?m)^>(>*From )", rb"\1", data)))


def _message(stream: IO[bytes], head: bytes = b"") -> Message:
    """Parse a mail; a byte-order mark or blank lines before its headers are passed over."""
    from io import BytesIO

    data = (head + stream.read()).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")
    try:
        return BytesParser(policy=compat32).parse(BytesIO(data))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        # parts nested a thousand deep, or a header no version of the parser expected: the headers alone are still good
        message = BytesParser(policy=compat32).parse(BytesIO(data), headersonly=True)
        for name in ("Content-Type", "Content-Transfer-Encoding"):
            del message[name]
        return message


def _all(location: str, messages: Iterator[Message]) -> Iterator[Document]:
    """Yield the mails of a mailbox that have text."""
    held: Document | None = None
    seen: set[str] = set()
    without = 0
    reason: SourceError | None = None
    for number, message in enumerate(messages, 1):
        id_ = re.sub(r"[<>\s]", "", _header(message, "message-id"))
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
    if not any(message.get(name) is not None for name in _KNOWN):
        raise SourceError("is no mail, it has no headers: give it as .txt if it is a text")
    try:
        parts, attachments = _bodies(message)
    except RecursionError:
        parts, attachments = [], 0
    text, notes = "", ()
    body = mail_text.Body("")
    subject = _header(message, "subject")
    for group in parts:
        piece, notes_of_piece = _text_of(group, source)
        text = f"{text}\n{piece}" if text else piece
        notes = notes + tuple(note for note in notes_of_piece if note not in notes)
    if _VISIBLE.search(text):
        body = mail_text.body(text, forwarded=mail_text.is_forward(subject))
    if not _VISIBLE.search(body.text):
        if attachments:
            raise SourceError(f"has no text, only attachments ({attachments}): save them and give their paths")
        raise SourceError("is a mail without text: nothing to digest")
    if attachments:
        notes = (*notes, Note("attachments", (str(attachments),)))
    return Document(
        body.text,
        source,
        title=mail_text.without_prefixes(subject) or None,
        notes=notes,
        published=_day(body.date) or _day(_header(message, "date")),
        origin=_name(body.sender) or _name(_raw(message, "from")),
    )


def _text_of(versions: list[_Part], source: str) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a body that may come in several versions: the plain one if it has text, else the HTML."""
    for part in sorted(versions, key=lambda part: part.html):
        if part.html:
            from telecom_digest.sources import html

            page = html.from_bytes(part.data, source, part.charset)
            return page.text, page.notes
        text, notes = _decoded(part.data, part.charset)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _VISIBLE.search(text):
            return (mail_text.unflowed(text, delsp=part.flowed == "yes") if part.flowed else text), notes
    return "", ()


def _bodies(message: Message) -> tuple[list[list[_Part]], int]:
    """Return the bodies of a mail, each as its versions, and the number of attachments that could hold text."""
    if message.get_content_maintype() == "message":
        inner = message.get_payload()
        if isinstance(inner, list) and inner and message.get_content_type() == "message/rfc822":
            return _bodies(inner[0])
        return [], 0
    if message.is_multipart():
        pieces = [part for part in message.get_payload() if isinstance(part, Message)]
        if message.get_content_subtype() == "related":
            pieces = pieces[:1]  # the others are what it shows
        found = [(part, *((([], 1) if _attached(part) else _bodies(part)))) for part in pieces]
        attachments = sum(count for _, _, count in found)
        # a mail attached to another is its text only where there is no other
        own = [bodies for part, bodies, _ in found if bodies and part.get_content_maintype() != "message"]
        nested = [bodies for part, bodies, _ in found if bodies and part.get_content_maintype() == "message"]
        if not own and nested:
            return nested[0], attachments
        flat = [body for bodies in own for body in bodies]
        if message.get_content_subtype() == "alternative" and flat:
            return [[part for versions in flat for part in versions]], attachments
        return flat, attachments + len(nested)
    if message.get_content_type() not in ("text/plain", "text/html"):
        return [], 0
    data = message.get_payload(decode=True)
    format_ = str(message.get_param("format") or "").lower()
    flowed = str(message.get_param("delsp") or "no").lower() if format_ == "flowed" else None
    html = message.get_content_subtype() == "html"
    return [[_Part(data if isinstance(data, bytes) else b"", html, _charset(message), flowed)]], 0


def _attached(part: Message) -> bool:
    """Tell whether a part is a file that could hold text, rather than a body or a picture of the page."""
    if part.get_content_type() in _SIGNATURES or part.get_content_maintype() in (*_UNREADABLE_ATTACHMENTS, "message"):
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return not part.is_multipart() and part.get_content_maintype() != "text"


def _charset(message: Message) -> str | None:
    """Return the name of the declared charset as Python has it, or None where there is none that it knows."""
    try:
        declared = message.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):  # a parameter in a form the parser did not expect
        return None
    return _codec(declared or "")


def _codec(name: str) -> str | None:
    import codecs

    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[Note, ...]]:
    """Return the text of `data`: as it proves itself (UTF-8), else as declared, else as it looks.

    Western charsets are what programs declare when they do not know: they count only where the text looks Western.
    """
    text, notes = decode(data)
    guessed = [note.values[0] for note in notes if note.code == "encoding"]
    if charset and guessed and (charset not in _WESTERN or _codec(guessed[0]) in _WESTERN):
        try:
            return data.decode(charset), tuple(note for note in notes if note.code not in ("encoding", "undecodable"))
        except (UnicodeDecodeError, LookupError):
            pass
    return text, notes


def _raw(message: Message, name: str) -> str:
    """Return a header as it stands, unfolded; bytes beyond ASCII are read by what they look like."""
    for key, value in message.raw_items():
        if key.lower() == name:
            stands = str(value).encode("utf-8", "surrogateescape")
            return re.sub(r"\s*[\r\n]+\s*", " ", decode(stands)[0]).strip()
    return ""


def _header(message: Message, name: str) -> str:
    return _unencoded(_raw(message, name))


def _unencoded(value: str) -> str:
    """Return a header with its encoded words (RFC 2047) decoded, the broken ones as far as they go.

    The bytes of neighbours in one charset are joined first: many programs cut Arabic letters in two.
    """
    pieces: list[tuple[str, bytes]] = []  # charset, "" for what stands as it is
    at = 0
    for found in _ENCODED_WORD.finditer(value):
        between = value[at : found.start()]
        if between.strip() or (between and not pieces):
            pieces.append(("", between.encode("utf-8", "surrogatepass")))
        charset = found[1].partition("*")[0].lower() or "utf-8"  # RFC 2231 adds a language
        data = _word_bytes(found[2].upper(), found[3])
        if pieces and pieces[-1][0] == charset:
            data = pieces.pop()[1] + data
        pieces.append((charset, data))
        at = found.end()
    pieces.append(("", value[at:].encode("utf-8", "surrogatepass")))
    texts = [_decoded(data, _codec(charset))[0] if charset else data.decode("utf-8", "replace") for charset, data in pieces]
    return " ".join("".join(texts).split())


def _word_bytes(form: str, text: str) -> bytes:
    """Return the bytes of an encoded word; base64 is read up to where it is broken."""
    if form == "Q":
        return decodestring(text.replace("_", " ").encode("utf-8", "replace"), header=False)
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return a2b_base64(letters + "=" * (-len(letters) % 4))
    except Base64Error:
        return b""


def _day(value: str) -> date | None:
    """Return the day that a date header says, as it was where it was sent."""
    try:
        day = email.utils.parsedate_to_datetime(value).date()
    except (TypeError, ValueError, OverflowError, IndexError, AttributeError):
        return None
    return day if day.year >= _EARLIEST else None


def _name(value: str) -> str | None:
    """Return the name in a From header, or its address where there is none."""
    name, address = email.utils.parseaddr(value)
    found = _unencoded(name) or _unencoded(address)
    return found or None
