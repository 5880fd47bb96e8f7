"""Calendar entries: read back by icalendar and by a reader of RFC 5545 of our own, and golden files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from telecom_digest.model import Bullet, Digest, Explanation, Facts, Name, Period, Place, Value
from telecom_digest.render import Options
from telecom_digest.render.calendar import dated, to_ics
from tests.conftest import ROOT
from tests.strategies import texts

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "calendar.yaml").read_text(encoding="utf-8"))["cases"]
ACTIVE = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def value(text: str) -> Value:
    return Value(text, 0, len(text))


def make(
    name: str | None = "Workshop on Rural Masts",
    days: Sequence[tuple[str | None, str | None]] = (("2026-03-09", "2026-03-11"),),
    bullets: Sequence[str] = ("The regulator opens a workshop on rural masts.",),
    *,
    city: str | None = None,
    country: str | None = None,
    organisers: Sequence[str] = (),
    kind: str = "other",
    title: str | None = None,
    source: str = "-",
    language: str = "en",
) -> Digest:
    facts = Facts(
        kind=kind,
        event=Name(value(name)) if name is not None else None,
        dates=tuple(Period(value("…"), start, end) for start, end in days),
        city=Place(value(city), None) if city is not None else None,
        country=Place(value(country), None) if country is not None else None,
        organisers=tuple(Name(value(body)) for body in organisers),
    )
    spans = tuple(Bullet(text, 0, len(text), 1.0) for text in bullets)
    explanation = Explanation({}, (), frozenset())
    return Digest(source, title, language, "intact", spans, facts, (), 40, 20, explanation)


ARABIC = make(
    "الملتقى العربي التاسع لمشغلي الأبراج",
    [("2026", None), ("2026-11-02", "2026-11-05")],
    [
        "يستضيف الجهاز الملتقى العربي التاسع لمشغلي الأبراج، بمشاركة 14 دولة؛ ويناقش مشاركة البنية التحتية",
        "تُعلن خلال الملتقى نتائج مزايدة النطاق 3.5 جيجاهرتز",
    ],
    city="مسقط",
    country="سلطنة عُمان",
    organisers=["هيئة تنظيم الاتصالات", "الاتحاد الدولي للاتصالات"],
    kind="conference",
    title="عنوان لا يُستعمل",
    source="https://example.org/أخبار?رقم=7",
    language="ar",
)
ENGLISH = make(
    "Third Workshop on Rural Masts, Power and Backhaul",
    [("2026-02-28", None)],
    ["The regulator opens its third workshop; 40 operators, 12 vendors take part.", r"Papers are in C:\New\masts."],
    city="Nairobi",
    country="Kenya",
    organisers=["Communications Board"],
    kind="workshop",
    source="releases/masts.txt",
)


def events(shown: str) -> list[Event]:
    return [event for event in Calendar.from_ical(shown).walk("VEVENT") if isinstance(event, Event)]


def one(digest: Digest, **options: bool) -> Event:
    (found,) = events(to_ics([digest], Options(**options)))
    return found


def content_lines(shown: str) -> list[tuple[str, str]]:
    """Return (name with parameters, unescaped value) of each line: RFC 5545, 3.1 and 3.3.11, read anew."""
    assert shown.endswith("\r\n")
    found = []
    for line in shown.removesuffix("\r\n").replace("\r\n ", "").split("\r\n"):
        name, _, text = line.partition(":")
        found.append((name, re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)))
    return found


def seen(text: str) -> str:
    """Return what must be left of a text: its words, without what acts on a terminal."""
    kept = "".join(
        c for c in text if c.isspace() or c in "\x85\u2028\u2029" or not (ACTIVE.match(c) or c in "\u061c\ufeff")
    )
    return " ".join(kept.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["dates"]))
def test_the_days_of_an_event(case: dict[str, Any]) -> None:
    digest = make(days=[(start, end) for start, end in case["dates"]])
    days = case["days"] and tuple(map(date.fromisoformat, case["days"]))
    assert dated(digest) == days
    shown = to_ics([digest], Options())
    assert len(events(shown)) == 1 if days else shown == ""


@pytest.mark.parametrize(("digest", "name"), [(ARABIC, "calendar-ar.ics"), (ENGLISH, "calendar-en.ics")])
def test_golden(digest: Digest, name: str, golden: Callable[[str, str], None]) -> None:
    golden(name, to_ics([digest], Options()))


def test_every_field_of_an_entry() -> None:
    event = one(ARABIC)
    assert event["summary"] == "الملتقى العربي التاسع لمشغلي الأبراج"
    assert event["location"] == "مسقط، سلطنة عُمان"
    assert event.categories == ["conference"]
    assert event["transp"] == "TRANSPARENT"
    assert str(event["description"]).split("\n") == [
        *(f"• {bullet.text}" for bullet in ARABIC.bullets),
        "هيئة تنظيم الاتصالات، الاتحاد الدولي للاتصالات",
        ARABIC.source,
    ]
    assert event["url"] == "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B1%D9%82%D9%85=7"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 11, 2), date(2026, 11, 6))
    assert event.decoded("dtstamp") == datetime(2026, 11, 2, tzinfo=UTC)
    assert "organizer" not in event


def test_the_calendar_is_a_list_of_entries_and_no_message() -> None:
    calendar = Calendar.from_ical(to_ics([ARABIC, ENGLISH], Options(many=True)))
    assert {name: str(calendar[name]) for name in calendar} == {
        "PRODID": "-//telecom-digest//digest//EN",
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
    }
    assert [event.decoded("dtstart") for event in calendar.walk("VEVENT")] == [date(2026, 11, 2), date(2026, 2, 28)]


def test_an_entry_is_all_day_and_ends_before_its_end() -> None:
    lines = dict(content_lines(to_ics([ENGLISH], Options())))
    assert lines["DTSTART;VALUE=DATE"] == "20260228"
    assert lines["DTEND;VALUE=DATE"] == "20260301"  # exclusive: one day, over the end of a month


def test_what_is_not_known_is_not_there() -> None:
    event = one(make())
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


@pytest.mark.parametrize(
    ("digest", "summary"),
    [
        (make("Masts\n Forum", title="Title"), "Masts Forum"),
        (make(" ", title="Title"), "Title"),
        (make(None, title="Title"), "Title"),
        (make(None, bullets=["First.", "Second."]), "First."),
        (make(None, bullets=[], source="a.txt"), "a.txt"),
    ],
)
def test_what_an_entry_is_called(digest: Digest, summary: str) -> None:
    assert one(digest)["summary"] == summary


@pytest.mark.parametrize(
    ("city", "country", "location"),
    [("Doha", None, "Doha"), (None, "Qatar", "Qatar"), ("Doha", "Qatar", "Doha, Qatar"), ("Kuwait", "Kuwait", "Kuwait")],
)
def test_where_it_is(city: str | None, country: str | None, location: str) -> None:
    assert one(make(city=city, country=country))["location"] == location


@pytest.mark.parametrize("source", ["ftp://example.org/a", "releases/https.txt", "-", "https://", "http://a b"])
def test_only_an_address_of_the_web_is_a_link(source: str) -> None:
    assert "url" not in one(make(source=source))
    assert one(make(source="HTTPS://example.org/a;b,c%20d"))["url"] == "HTTPS://example.org/a;b,c%20d"


def test_what_is_no_character_is_shown_as_lost() -> None:
    """A byte that is no UTF-8 in a file's name or a link reaches us as a lone surrogate, which cannot be written."""
    event = one(make(None, bullets=["Masts \udcff open."], source="http://example.org/\udcff"))
    assert (event["summary"], event["url"]) == ("Masts � open.", "http://example.org/?")
    assert str(event["description"]).endswith("http://example.org/�")


def test_names_without_words_are_still_told_apart() -> None:
    assert one(make("٪"))["uid"] != one(make("+"))["uid"]


def test_quiet_is_the_bullets_alone() -> None:
    event = one(ENGLISH, quiet=True)
    assert str(event["description"]).split("\n") == [f"• {bullet.text}" for bullet in ENGLISH.bullets]


def test_nothing_dated_is_nothing() -> None:
    assert to_ics([make(days=[("2026", None)]), make(days=[])], Options(many=True)) == ""
    assert to_ics([], Options(many=True)) == ""


def test_digests_of_one_event_make_one_entry_with_what_all_say() -> None:
    first = make("Arab Forum", bullets=["One."], source="a.txt")
    again = make("ARAB  forum", bullets=["One."], source="a.txt")
    other = make("Arab Forum", bullets=["Two."], source="https://example.org/b", city="Cairo", kind="conference")
    (event,) = events(to_ics([first, again, other], Options(many=True)))
    assert event["summary"] == "Arab Forum"
    assert str(event["description"]) == "• One.\na.txt\n\n• Two.\nhttps://example.org/b"
    assert (event["location"], event["url"]) == ("Cairo", "https://example.org/b")
    assert event.categories == ["conference"]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (make("الاجتماع الاقليمي لإدارة الطيف"), True),
        (make("الإجتماع الإقليميّ  لإدارة الطيف", source="b.txt", bullets=["نص."], title="عنوان"), True),
        (make("«الاجتماع الإقليمي لإدارة الطيف»"), True),
        (make("ﺍﻻﺟﺘﻤﺎﻉ الإقليمي لإدارة الطيف"), True),  # letters by their shapes, as PDF files have them
        (make("الاجتماع العالمي لإدارة الطيف"), False),
        (make("الاجتماع الإقليمي لإدارة الطيف", [("2026-03-09", "2026-03-12")]), False),
        (make("الاجتماع الإقليمي لإدارة الطيف", [("2026-03-09", None)]), False),
    ],
)
def test_an_event_is_its_name_and_its_days(other: Digest, same: bool) -> None:
    event = make("الاجتماع الإقليمي لإدارة الطيف")
    assert (one(other)["uid"] == one(event)["uid"]) is same


def test_the_same_bytes_whatever_the_process_and_its_clock() -> None:
    script = (
        "import sys; from telecom_digest.render import Options; from telecom_digest.render.calendar import to_ics\n"
        "from tests.render.test_calendar import ARABIC, ENGLISH\n"
        "sys.stdout.buffer.write(to_ics([ARABIC, ENGLISH], Options(many=True)).encode())"
    )
    here = to_ics([ARABIC, ENGLISH], Options(many=True)).encode()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Kiritimati")):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT, env=env)
        assert done.stdout == here


def test_icalendar_is_loaded_only_for_an_entry() -> None:
    script = (
        "import sys; from telecom_digest.render import Options; from telecom_digest.render.calendar import to_ics\n"
        "assert to_ics([], Options()) == '' and 'icalendar' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


DAYS = st.dates(max_value=date.max - timedelta(days=400))
TEXTS = texts() | st.text(st.sampled_from('aNn\\;,:"^ %=\n\r\tعلـَ😀\u200f\x00'), max_size=200)


@given(TEXTS, st.lists(TEXTS, max_size=4), TEXTS, TEXTS, TEXTS, DAYS, st.integers(0, 365))
def test_whatever_the_text_the_calendar_is_valid_and_says_it(
    name: str, bullets: list[str], city: str, organiser: str, source: str, start: date, length: int
) -> None:
    last = start + timedelta(days=length)
    days = [(start.isoformat(), last.isoformat())]
    digest = make(name, days, bullets, city=city, organisers=[organiser], source="http://example.org/" + source)
    shown = to_ics([digest], Options())

    assert shown == to_ics([digest], Options())
    assert not ACTIVE.search(shown)
    assert not re.search(r"\r(?!\n)|(?<!\r)\n", shown)
    assert all(0 < len(line.encode()) <= 75 for line in shown.removesuffix("\r\n").split("\r\n"))

    lines = content_lines(shown)
    known = dict(lines)
    assert len(known) + 2 == len(lines)  # each property once, BEGIN and END twice
    assert known["SUMMARY"] == next(filter(None, map(seen, [name, *bullets[:1]])), known["SUMMARY"]) != ""
    assert known.get("LOCATION", "") == seen(city)
    said = known["DESCRIPTION"].split("\n")
    assert said[: len(bullets)] == [f"• {seen(bullet)}" for bullet in bullets]
    assert seen(organiser) in ("", said[len(bullets)])
    assert known.get("URL", "").isascii()

    (event,) = events(shown)  # and so does the library
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (start, last + timedelta(days=1))
    for key in ("SUMMARY", "LOCATION", "DESCRIPTION", "UID"):
        assert str(event.get(key, "")) == known.get(key, "")
    assert not event.errors
