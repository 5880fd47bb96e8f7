"""The parts of a mail: its bodies, and what its headers say.

The parser of `email` is used with its oldest policy, which fails on no header; what headers hold is decoded here, because
the newer policies raise on some broken ones, and because many programs cut an Arabic letter in two.
"""

from __future__ import annotations

import codecs
import email.utils
import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from datetime import date
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from quopri import decodestring
from typing import NamedTuple

from telecom_digest.model import Note
from telecom_digest.sources.encoding import decode

_ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([BbQq])\?([^?]*)\?=")
_WESTERN = frozenset(["ascii", "iso8859-1", "cp1252", "iso8859-15", "latin_1"])
"""Charsets that are often declared and not meant."""
_UNREADABLE_ATTACHMENTS = ("image", "audio", "video")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_EARLIEST = 1985
"""Mails dated before that come from a clock that was never set."""


class Part(NamedTuple):
    """A body: its bytes, decoded from base64 and the like, and what it is declared to be."""

    data: bytes
    html: bool
    charset: str | None
    flowed: str | None
    """None, or the value of DelSp where lines are to be joined (RFC 3676)."""


def parse(data: bytes) -> Message:
    """Return the mail that `data` is; a byte-order mark or blank lines before its headers are passed over."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n \t")
    parser = BytesParser(policy=compat32)
    try:
        return parser.parsebytes(data)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        # parts nested a thousand deep, or a header that the parser did not expect: the headers alone are still good
        return parser.parsebytes(data, headersonly=True)


def bodies(message: Message) -> tuple[list[list[Part]], int]:
    """Return the bodies of a mail, each as its versions, and the number of attachments that could hold text."""
    try:
        return _bodies(message)
    except RecursionError:  # it is nested too deep to have been written by anybody
        return [], 0


def _bodies(message: Message) -> tuple[list[list[Part]], int]:
    kind = message.get_content_type()
    if message.is_multipart():  # as a mail in a mail is, too
        pieces = [part for part in message.get_payload() if isinstance(part, Message)]
        return _of_pieces(kind, pieces[:1] if kind == "multipart/related" else pieces)  # the others are what it shows
    if kind not in ("text/plain", "text/html"):
        return [], 0
    data = message.get_payload(decode=True)
    flowed = None
    if str(message.get_param("format")).lower() == "flowed":
        flowed = str(message.get_param("delsp", "no")).lower()
    return [[Part(data if isinstance(data, bytes) else b"", kind == "text/html", _charset(message), flowed)]], 0


def _of_pieces(kind: str, pieces: list[Message]) -> tuple[list[list[Part]], int]:
    """Return the bodies of a multipart of this kind, and the number of its attachments."""
    own: list[list[Part]] = []
    nested: list[list[Part]] = []
    attachments = 0
    for piece in pieces:
        if _attached(piece):
            attachments += 1
            continue
        found, more = _bodies(piece)
        attachments += more
        if piece.get_content_maintype() == "message" and kind != "message/rfc822":
            nested = nested or found
            attachments += bool(found)
        else:
            own += found
    if not own and nested:  # a mail attached to an empty one is what it is about
        return nested, attachments - 1
    if kind == "multipart/alternative" and own:
        return [[part for versions in own for part in versions]], attachments
    return own, attachments


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


def decoded(data: bytes, charset: str | None) -> tuple[str, tuple[Note, ...]]:
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


def raw(message: Message, name: str) -> str:
    """Return a header as it stands, unfolded; bytes beyond ASCII are read by what they look like."""
    for key, value in message.raw_items():
        if key.lower() == name:
            stands = str(value).encode("utf-8", "surrogateescape")
            return re.sub(r"\s*[\r\n]+\s*", " ", decode(stands)[0]).strip()
    return ""


def header(message: Message, name: str) -> str:
    """Return a header with its encoded words decoded, "" where there is none."""
    return _unencoded(raw(message, name))


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
    texts = [decoded(data, _codec(charset))[0] if charset else data.decode("utf-8", "replace") for charset, data in pieces]
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


def day(value: str) -> date | None:
    """Return the day that a date header says, as it was where it was sent."""
    try:
        day = email.utils.parsedate_to_datetime(value.replace(" at ", " ")).date()  # Gmail's, over forwarded mails
    except (TypeError, ValueError, OverflowError, IndexError, AttributeError):
        return None
    return day if day.year >= _EARLIEST else None


def name(value: str) -> str | None:
    """Return the name in a From header, or its address where there is none."""
    name, address = email.utils.parseaddr(value)
    found = _unencoded(name) or _unencoded(address)
    return found or None
