"""iCalendar (RFC 5545): an all-day entry for each dated event, to be imported by any calendar program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from telecom_digest import arabic
from telecom_digest.language import WORD
from telecom_digest.model import Digest, Period
from telecom_digest.render import Options
from telecom_digest.render.card import joined
from telecom_digest.render.text import printable

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCER = "-//telecom-digest//digest//EN"  # without the version: a new one must not change every entry
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BESIDE = 80  # characters from the first day on in which it is said until when an event goes on
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # a byte of a file name that is no UTF-8
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_RESERVED = ":/?#[]@!$&'()*+,;=%~"  # what a URI may hold beside letters and digits (RFC 3986)


def dated(digest: Digest) -> tuple[date, date] | None:
    """Return the first and the last day of the event, or None where no date of it is known to the day.

    The first of `facts.dates` that begins and ends on a known day and lasts longer than one, else the first that begins
    on one: an event whose last day is not known stands on its first, and ends on the day that it is said to go on to
    right after. What only has an end, such as a consultation, stands on that. Months, quarters and years are not guessed
    into days.
    """
    spans = [(span, one) for one in digest.facts.dates if (span := _span(one))]
    ends = [(day, one) for one in digest.facts.dates if one.start is None and (day := _day(one.end)) and day < date.max]
    long = next((span for span, _ in spans if span[1] > span[0]), None)
    if long or not spans:
        return long or next(((day, day) for day, _ in ends), None)
    (first, _), begins = spans[0]
    beside = (day for day, one in ends if day > first and 0 <= one.value.start - begins.value.start < _BESIDE)
    return first, next(beside, first)


def to_ics(digests: Sequence[Digest], options: Options) -> str:
    """Return one VCALENDAR with an entry for each event that `dated` knows the days of, lines ended by CRLF.

    Without any such event it is "": an iCalendar object has at least one component, so that an empty calendar is not
    valid, and several programs refuse it. Several digests of one event (the same name on the same days) make one entry:
    that of the first, with the bullets and sources of all. `options.quiet` leaves organisers and sources out.

    The same digests give the same bytes. So the UID is made of the event's name, folded, and its days, and a program
    that imports an event again replaces it; and DTSTAMP, which RFC 5545 demands, is not now but the event's first day.
    """
    events: dict[tuple[str, date, date], list[Digest]] = {}
    for digest in digests:
        days = dated(digest)
        if days:
            events.setdefault((_folded(_name(digest)), *days), []).append(digest)
    if not events:
        return ""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # No METHOD. With one the file is a message between an organiser and guests (RFC 5546), PUBLISH too, which demands an
    # ORGANIZER with an address, and we have none. Without one it is a list of entries, which is what Google Calendar,
    # Outlook, Apple Calendar and Thunderbird import.
    for (name, start, last), same in events.items():
        calendar.add_component(_entry(name, start, last, same, options))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _entry(name: str, start: date, last: date, same: Sequence[Digest], options: Options) -> Event:
    """Return the entry of one event, from all digests of it."""
    from icalendar import Event

    key = "\n".join((name, start.isoformat(), last.isoformat()))
    entry = Event()
    entry.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@telecom-digest")
    entry.add("dtstamp", datetime.combine(start, time(), UTC))
    entry.add("dtstart", start)
    entry.add("dtend", last + timedelta(days=1))  # the first day after it
    entry.add("transp", "TRANSPARENT")  # a press release makes nobody busy
    _add(entry, "summary", _name(same[0]))
    _add(entry, "description", "\n\n".join(dict.fromkeys(_description(digest, options) for digest in same)))
    _add(entry, "location", next(filter(None, map(_location, same)), ""))
    kinds = [digest.facts.kind for digest in same if digest.facts.kind != "other"]
    if kinds:
        entry.add("categories", kinds[:1])
    address = next(filter(None, (_address(digest.source) for digest in same)), None)
    if address:
        entry.add("url", address)
    return entry


def _add(entry: Event, name: str, text: str) -> None:
    """Add `text`, escaped, unless it is empty.

    Escaped here because icalendar (7.3) takes a backslash before N, as in C:\\News, for a line end.
    """
    from icalendar.prop import vInline

    if text:
        for sign, escape in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
            text = text.replace(sign, escape)
        entry.add(name, vInline(text))


def _span(period: Period) -> tuple[date, date] | None:
    """Return the first and the last day of a period whose first day is known; the last is the first where it is not."""
    start, last = _day(period.start), _day(period.end)
    if start is None or (last is not None and last < start):
        return None
    last = last or start
    return (start, last) if last < date.max else None  # an entry ends on the day after


def _day(stamp: str | None) -> date | None:
    """Return the day that an ISO 8601 date names, None where it names none or is less precise."""
    if stamp is None or not _DAY.fullmatch(stamp):
        return None
    try:
        return date.fromisoformat(stamp)
    except ValueError:  # no such day
        return None


def _name(digest: Digest) -> str:
    """Return what the entry is called: the event, else the title, else the first bullet, else the source."""
    event = digest.facts.event
    names = (event.value.text if event else "", digest.title or "", *(bullet.text for bullet in digest.bullets[:1]))
    return next(filter(None, map(_line, names)), _line(printable(digest.source)))


def _folded(name: str) -> str:
    """Return the words of a name, however its letters are written: two releases seldom agree on hamzas and capitals."""
    words = WORD.findall(arabic.fold(unicodedata.normalize("NFKC", name)).casefold())
    return " ".join(words) or name


def _description(digest: Digest, options: Options) -> str:
    """Return the bullets, one a line, under them the organisers, and the source unless it was standard input."""
    lines = [f"• {_line(bullet.text)}" for bullet in digest.bullets]
    if not options.quiet:
        organisers = dict.fromkeys(_line(body.value.text) for body in digest.facts.organisers)
        lines.append(joined(digest.language, filter(None, organisers)))
        lines.append("" if digest.source == "-" else _line(printable(digest.source)))
    return "\n".join(filter(None, lines))


def _location(digest: Digest) -> str:
    """Return the city and the country as they stand; once where they are the same, such as Kuwait."""
    places = [place.value.text for place in (digest.facts.city, digest.facts.country) if place]
    return joined(digest.language, filter(None, dict.fromkeys(map(_line, places))))


def _address(source: str) -> str | None:
    """Return the source as a URI of ASCII characters where it is on the web."""
    from urllib.parse import quote

    return quote(source, safe=_RESERVED, errors="replace") if _WEB.fullmatch(source) else None


def _line(text: str) -> str:
    """Return `text` on one line, without what is not seen but acts, each white space one space."""
    return " ".join(_SURROGATE.sub("�", _UNSEEN.sub("", text)).split())
