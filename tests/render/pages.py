"""What the tests of HTML and of the page share: digests made by hand, and a parser that accepts nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import yaml

from telecom_digest.model import Bullet, Digest, Entry, Explanation, Facts, Name, Period, Person, Place, Value
from telecom_digest.render.page import Page, Story
from tests.conftest import ROOT

ACTIVE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
PLAIN = "head title style body h1 h3 br li tbody tr td"
KNOWN: dict[str, set[str]] = {  # element: its attributes; a page has no other, so nothing that acts and nothing loaded
    **{tag: set() for tag in PLAIN.split()},
    "html": {"lang", "dir"},
    "meta": {"charset", "name", "content", "http-equiv"},
    "main": {"class"},
    "header": {"class"},
    "footer": {"class"},
    "nav": {"class"},
    "section": {"class"},
    "article": {"class", "lang", "dir", "id"},
    "p": {"class"},
    "h2": {"class"},
    "ul": {"class"},
    "table": {"class"},
    "th": {"scope"},
    "bdi": {"dir"},
    "span": {"class", "dir"},
    "time": {"datetime"},
    "a": {"href", "rel"},
}


def value(text: str) -> Value:
    return Value(text, 0, len(text))


def name(text: str, abbr: str | None = None) -> Name:
    return Name(value(text), Entry(abbr.lower(), "body", None, abbr, None) if abbr else None)


def digest(
    bullets: Sequence[str] = ("The regulator opens a workshop on rural masts.",),
    *,
    title: str | None = None,
    language: str = "en",
    source: str = "-",
    notes: Sequence[str] = (),
    facts: Facts | None = None,
) -> Digest:
    spans = tuple(Bullet(text, 0, len(text), 1.0) for text in bullets)
    nothing = Explanation({}, (), frozenset())
    return Digest(source, title, language, "intact", spans, facts or Facts(), tuple(notes), 214, 68, nothing)


def facts(found: dict[str, Any]) -> Facts:
    return Facts(
        kind=found["kind"],
        event=name(found["event"]) if "event" in found else None,
        dates=tuple(Period(value(text), str(start), str(end)) for text, start, end in found.get("dates", ())),
        city=Place(value(found["city"]), None) if "city" in found else None,
        country=Place(value(found["country"]), None) if "country" in found else None,
        organisers=tuple(name(*one) for one in found.get("organisers", ())),
        participants=tuple(name(*one) for one in found.get("participants", ())),
        people=tuple(Person(value(who), value(role)) for who, role in found.get("people", ())),
        theme=value(found["theme"]) if "theme" in found else None,
        numbers=tuple(map(value, found.get("numbers", ()))),
    )


def made() -> Page:
    """Return the page of tests/cases/page.yaml."""
    case = yaml.safe_load((ROOT / "tests" / "cases" / "page.yaml").read_text(encoding="utf-8"))
    groups = []
    for group in case["groups"]:
        stories = [
            Story(
                digest(
                    one["bullets"],
                    title=one["title"],
                    language=one["language"],
                    source=one["source"],
                    notes=one.get("notes", ()),
                    facts=facts(one["facts"]),
                ),
                tuple((label, url) for label, url in one["links"]),
                one["also"],
            )
            for one in group["stories"]
        ]
        groups.append((group["name"], tuple(stories)))
    return Page(case["date"], tuple(groups), tuple(map(tuple, case["failed"])), tuple(map(tuple, case["calendar"])))


def parsed(shown: str) -> Element:
    """Return the tree of a page; every parse error of the HTML standard is one here, and what a page never has."""
    assert not ACTIVE.search(shown)
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(shown)
    for element in tree.iter():
        assert set(element.attrib) <= KNOWN[element.tag], element.tag
        if element.tag == "a":
            assert re.match(r"https?://[^\s<>\"]+\Z|#story-\d+\Z", element.attrib["href"])
            assert element.attrib["href"][0] == "#" or element.attrib["rel"] == "noreferrer noopener"
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert {a.attrib["href"][1:] for a in tree.iter("a") if a.attrib["href"][0] == "#"} <= set(ids)
    return tree


def said(element: Element) -> str:
    """Return the text of an element."""
    return "".join(element.itertext())


def classed(tree: Element, tag: str, kind: str) -> Iterator[Element]:
    """Yield the elements of a class."""
    return (element for element in tree.iter(tag) if kind in element.attrib.get("class", "").split())


def seen(text: str) -> str:
    """Return what must be left of a text, letter by letter: what is seen, on one line."""
    kept = "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text if not _dropped(c))
    return re.sub(r"[^\S\u00a0\u202f]+", " ", kept).strip()


def _dropped(c: str) -> bool:
    code = ord(c)
    control = (code < 0x20 or 0x7F <= code < 0xA0) and not c.isspace()
    mark = c in "\u061c\u200e\u200f\ufeff" or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x206F
    return control or mark or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
