"""What a mail says, without what mail programs wrote around it: quotations, signatures, headers of forwarded mails.

A mail that was forwarded, quoted or answered holds several texts. Each is cut out, and the one that is meant is kept:
the longest where the mail was forwarded, else the sender's own unless it is a mere remark on what it quotes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from telecom_digest import arabic, resources

_REMARK = 25
"""Words below which what stands over a quoted mail is taken for a remark on it."""
_SIGNATURE_LINES = 10
"""A bare "--", without the space that RFC 3676 asks for, opens a signature of at most so many lines."""
_HEADERS = 2
"""Headers in a row that make a forwarded mail where no line announces it."""
_QUOTED = re.compile(r" ?> ?")
_HEADER = re.compile(r"[*_\s]*([^\W\d_][^:*\n]{0,24}?)[*_\s]*[:：][*_\s]*(.*)")
_MARKER = re.compile(r"[\s>]*[-_–—=]{2,}\s*([^-_–—=].*?)\s*[-_–—=]{2,}\s*")
_HEAD = re.compile(r"<head\b.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_BLOCKQUOTE = re.compile(r"<(/?)blockquote\b([^>]*)>", re.IGNORECASE)
_CITES = re.compile(r"\bcite\b|gmail_quote|moz-cite|yahoo_quoted|protonmail_quote", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?<=>)\s*--(?:\s|&nbsp;)*(?=<)")
_OPENS, _CLOSES, _SIGNED = (f"\ue200{name}\ue200" for name in ("quoteopens", "quotecloses", "signature"))
"""Marks in HTML, whose lines without letters get lost: words between signs of the area for private use."""
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Body(NamedTuple):
    """The text that is meant, and who sent it and when if that is another than the mail's own sender ("" if not)."""

    text: str
    sender: str = ""
    date: str = ""


class _Segment(NamedTuple):
    """Lines of one sender; own: nothing announced them as somebody else's."""

    lines: list[str]
    sender: str = ""
    date: str = ""
    own: bool = True
    forwarded: bool = False


class _Words(NamedTuple):
    """The lists of data/mail.yaml, folded."""

    reply: frozenset[str]
    forward: frozenset[str]
    forward_markers: tuple[str, ...]
    original_markers: tuple[str, ...]
    sender: frozenset[str]
    date: frozenset[str]
    headers: frozenset[str]
    openings: frozenset[str]
    verbs: frozenset[str]


@cache
def _words() -> _Words:
    lists = resources.yaml("mail.yaml", "telecom-digest/mail/1")
    folded = {name: tuple(map(_folded, str(text).splitlines())) for name, text in lists.items()}
    sender, day = frozenset(folded["from_headers"]), frozenset(folded["date_headers"])
    return _Words(
        frozenset(folded["reply_prefixes"]),
        frozenset(folded["forward_prefixes"]),
        folded["forward_markers"],
        folded["original_markers"],
        sender,
        day,
        sender | day | frozenset(folded["other_headers"]),
        frozenset(folded["attribution_openings"]),
        frozenset(folded["attribution_verbs"]),
    )


def _folded(text: str) -> str:
    return arabic.fold(_INVISIBLE.sub("", text)).strip().lower()


def visible(text: str) -> bool:
    """Tell whether `text` has anything that can be seen."""
    return bool(_INVISIBLE.sub("", text).strip())


def without_prefixes(subject: str) -> str:
    """Return a subject without the signs of replies and forwarding before it."""
    while True:
        prefix, colon, rest = subject.partition(":")
        if not colon or _prefix(prefix) not in _words().reply | _words().forward:
            return subject.strip()
        subject = rest


def is_forward(subject: str) -> bool:
    """Tell whether a subject says that the mail was forwarded, last of all."""
    prefix, colon, _ = subject.partition(":")
    return bool(colon) and _prefix(prefix) in _words().forward


def _prefix(text: str) -> str:
    return re.sub(r"[\[(]?\d*[\])]?$", "", _folded(text)).strip(" [(")


def unflowed(text: str, *, delsp: bool) -> str:
    """Return text in the form `flowed` (RFC 3676) with each paragraph on one line.

    Args:
        delsp: the space that says that a line goes on is not of the text.
    """
    lines: list[str] = []
    goes_on = False
    depth = 0
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        content = line[quotes:].removeprefix(" ")
        if goes_on and quotes == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(">" * quotes + (" " if quotes else "") + content)
        goes_on = content.endswith(" ") and content != "-- "
        depth = quotes
        if goes_on and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def marked(source: str) -> str:
    """Return HTML with marks for `requoted` round what it quotes of other mails, unlike speech, and before a signature."""
    quotes: list[bool] = []

    def mark(found: re.Match[str]) -> str:
        if not found[1]:
            quotes.append(bool(_CITES.search(found[2])))
            return f"{found[0]}<p>{_OPENS}</p>" if quotes[-1] else found[0]
        return f"<p>{_CLOSES}</p>{found[0]}" if quotes and quotes.pop() else found[0]

    return _BLOCKQUOTE.sub(mark, _SEPARATOR.sub(_SIGNED, _HEAD.sub("", source.replace("\ue200", ""))))


def requoted(text: str) -> str:
    """Return the text of HTML that was `marked`, with ">" before its quoted lines as in plain mails."""
    depth = 0
    lines = []
    for line in text.split("\n"):
        depth += line.count(_OPENS)
        shown = line.replace(_OPENS, "").replace(_CLOSES, "").replace(_SIGNED, "-- ")
        if shown or shown == line:
            lines.append("> " * depth + shown)
        depth = max(0, depth - line.count(_CLOSES))
    return "\n".join(lines)


def body(text: str, *, forwarded: bool = False) -> Body:
    """Return the text of a mail that is meant.

    Args:
        forwarded: the subject says that it was forwarded.
    """
    segments = [one for part in _parted(text.split("\n")) for one in _unquoted(part)]
    kept = [(_trimmed(one.lines), one) for one in segments]
    kept = [(lines, one) for lines, one in kept if lines]
    if not kept:
        return Body("")
    own = kept[0]
    longest = max(kept, key=lambda item: _size(item[0]))
    meant = longest
    if own[1].own and not (forwarded or any(one.forwarded for _, one in kept)) and _size(own[0]) >= _REMARK:
        meant = own
    lines, segment = meant
    return Body("\n".join(lines), segment.sender, segment.date)


def _size(lines: list[str]) -> int:
    """Return the number of words in `lines`."""
    return sum(len(line.split()) for line in lines)


def _parted(lines: list[str]) -> list[_Segment]:
    """Return the mail's own text and each that the headers of another mail stand over, without those headers."""
    segments = [_Segment([])]
    at = 0
    while at < len(lines):
        marker = _marker(lines[at])
        start = at + bool(marker)
        while marker and start < len(lines) and not lines[start].strip():
            start += 1
        end, found = _headers(lines, start)
        if (marker and found) or marker == "forward" or len(found) > _HEADERS or _opens_forward(found):
            sender = next((value for name, value in found if name in _words().sender), "")
            day = next((value for name, value in found if name in _words().date), "")
            segments.append(_Segment([], sender, day, own=False, forwarded=marker == "forward"))
            at = end if found else at + 1
        else:
            segments[-1].lines.append(lines[at])
            at += 1
    return segments


def _opens_forward(found: list[tuple[str, str]]) -> bool:
    """Tell whether headers are of a mail although no line announces them: who sent it, with an address or a date."""
    names = {name for name, _ in found}
    if len(found) < _HEADERS or not names & _words().sender:
        return False
    return bool(names & _words().date) or any("@" in value for _, value in found)


def _marker(line: str) -> str:
    """Return "forward" or "original" where a line announces another mail, else ""."""
    found = _MARKER.fullmatch(line)
    said = _folded(found[1] if found else line).rstrip(":").strip()
    for kind, phrases in (("forward", _words().forward_markers), ("original", _words().original_markers)):
        if any(said == phrase or (found and said.startswith(phrase)) for phrase in phrases):
            return kind
    return ""


def _headers(lines: list[str], start: int) -> tuple[int, list[tuple[str, str]]]:
    """Return where the headers of a mail end that begin at `lines[start]`, and their names, folded, with their values."""
    found: list[tuple[str, str]] = []
    at = start
    while at < len(lines):
        header = _HEADER.fullmatch(_INVISIBLE.sub("", lines[at]))
        name = _folded(header[1]) if header else ""
        if header and name in _words().headers:
            found.append((name, header[2].strip()))
        elif not (found and lines[at].startswith(("\t", "  ")) and lines[at].strip()):  # no continuation of one
            break
        at += 1
    return at, found


def _unquoted(segment: _Segment) -> list[_Segment]:
    """Return the lines that quote nothing, and those that are quoted as a text of their own, parted anew."""
    plain: list[str] = []
    quoted: list[str] = []
    for line in segment.lines:
        mark = _QUOTED.match(line)
        if not mark:
            plain.append(line)
            continue
        if not quoted:
            _drop_attribution(plain)
        quoted.append(line[mark.end() :])
    if not quoted:
        return [segment]
    inner = [one._replace(own=False) for part in _parted(quoted) for one in _unquoted(part)]
    return [segment._replace(lines=plain), *inner]


def _drop_attribution(lines: list[str]) -> None:
    """Take away the line, or the two, at the end of `lines` that say who wrote what follows."""
    inked = [at for at, line in enumerate(lines) if line.strip()][-2:]
    if not inked or not lines[inked[-1]].rstrip().endswith(":"):
        return
    for first in reversed(inked):
        words = [word.strip(":：،,") for word in _folded(" ".join(lines[first:])).split()]
        if len(words) < _REMARK and words[0] in _words().openings and _words().verbs & set(words):
            del lines[first:]
            return
    words = [word.strip(":：،,") for word in _folded(lines[inked[-1]]).split()]
    if len(words) < _REMARK and _words().verbs & {words[0], words[-1]}:  # "Sami wrote:"
        del lines[inked[-1] :]


def _trimmed(lines: list[str]) -> list[str]:
    """Return `lines` without a signature and without blank lines at either end."""
    for at, line in enumerate(lines):
        rest = [one for one in lines[at + 1 :] if one.strip()]
        separates = line == "-- " or (line.rstrip() == "--" and len(rest) <= _SIGNATURE_LINES)
        if separates and any(one.strip() for one in lines[:at]):
            lines = lines[:at]
            break
    inked = [at for at, line in enumerate(lines) if visible(line)]
    return lines[inked[0] : inked[-1] + 1] if inked else []
