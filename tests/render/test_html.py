"""HTML of digests: golden files, pieces as data, and what must hold whatever a source says."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest import Document, resources
from telecom_digest import digest as digest_of
from telecom_digest.model import Facts
from telecom_digest.render import Options
from telecom_digest.render.html import address, direction, inline, majority, to_html
from tests.conftest import ROOT
from tests.render.pages import classed, digest, made, name, parsed, said, seen, value
from tests.strategies import texts

CASES: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "cases" / "html.yaml").read_text(encoding="utf-8"))
ARABIC = made().groups[0][1][0].digest
ENGLISH = made().groups[1][1][0].digest
HOSTILE = "<script>alert(1)</script><style>*{}</style><img src=x onerror=y><a href='javascript:z'>w</a><!--]]>&lt;b&#62;"


def test_golden(golden: Callable[[str, str], None]) -> None:
    golden("digest-ar.html", to_html([ARABIC], Options()))
    golden("digests.html", to_html([ENGLISH, ARABIC], Options(many=True)))


@pytest.mark.parametrize(("way", "text", "shown"), CASES["lines"])
def test_a_line(way: str, text: str, shown: str) -> None:
    assert inline(text, way) == shown


@pytest.mark.parametrize(("url", "target"), CASES["addresses"])
def test_an_address(url: str, target: str | None) -> None:
    assert address(url) == target


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("ar", "ITU", "rtl"),
        ("en", "هيئة", "ltr"),
        ("und", "وزارت ارتباطات و فناوری ITU", "rtl"),
        ("und", "Le régulateur (ARCEP) et هيئة", "ltr"),
        ("und", "2017", "ltr"),
    ],
)
def test_which_way_a_document_reads(language: str, text: str, way: str) -> None:
    assert direction(language, text) == way
    (article,) = parsed(to_html([digest([text], language=language)], Options())).iter("article")
    assert (article.attrib["dir"], article.attrib["lang"]) == (way, "" if language == "und" else language)


def test_the_language_of_most() -> None:
    assert majority(["ar", "en", "en", "und"]) == "en"
    assert majority(["ar", "en"]) == "ar"
    assert majority(["und"]) == majority([]) == "en"


def test_one_document_is_the_page_and_several_have_a_heading_each() -> None:
    one = parsed(to_html([ARABIC], Options()))
    assert one.attrib == {"lang": "ar", "dir": "rtl"}
    assert [said(title) for title in one.iter("title")] == [said(head) for head in one.iter("h1")] == [ARABIC.title]
    two = parsed(to_html([ENGLISH, ARABIC], Options(many=True)))
    assert [said(head) for head in two.iter("h2")] == [ENGLISH.title, ARABIC.title]
    assert [(part.attrib["lang"], part.attrib["dir"]) for part in two.iter("article")] == [("en", "ltr"), ("ar", "rtl")]
    assert "موجز الاتصالات" in said(two)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (digest(title="Title", source="a.txt", facts=Facts(event=name("Event"))), "Title"),
        (digest(title=" \u202e", source="a.txt", facts=Facts(event=name("Event"))), "Event"),
        (digest(source="a.txt"), "a.txt"),
        (digest(facts=Facts(kind="tender")), "tender"),
        (digest(language="ar"), "خبر"),
    ],
)
def test_what_a_digest_is_called(found: Any, shown: str) -> None:
    assert [said(head) for head in parsed(to_html([found], Options())).iter("h1")] == [shown]


def test_quiet_is_the_titles_and_bullets_alone() -> None:
    found = digest(["One.", "Two."], title="T", source="https://example.org/", notes=["N"], facts=Facts(event=name("E")))
    (article,) = parsed(to_html([found], Options(quiet=True))).iter("article")
    assert said(article).split() == ["T", "One.", "Two."]
    (article,) = parsed(to_html([found], Options())).iter("article")
    assert " ".join(said(article).split()) == "T Event E One. Two. N Source: https://example.org/ 214 words in, 68 out"


def test_explained_with_every_sentence() -> None:
    text = (ROOT / "examples" / "itu-council-en.txt").read_text(encoding="utf-8")
    found = digest_of(Document(text))
    (table,) = classed(parsed(to_html([found], Options(explain=True))), "table", "why")
    rows = [[said(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["✓", "score", "why", "sentence"]
    assert len(rows) == 1 + len(found.explanation.candidates)
    assert sum(row[0] == "✓" for row in rows[1:]) == len(found.explanation.chosen)
    scores = [float(row[1]) for row in rows[1:]]
    assert scores == sorted(scores, reverse=True)


def test_a_source_on_the_web_is_a_link_and_another_is_not() -> None:
    (link,) = parsed(to_html([digest(source="https://example.org/a?b&c")], Options())).iter("a")
    assert link.attrib == {"href": "https://example.org/a?b&c", "rel": "noreferrer noopener"}
    assert said(link) == "https://example.org/a?b&c"
    for source in ("-", "a.txt", "javascript:alert(1)", "https://a@b/"):
        assert not list(parsed(to_html([digest(source=source)], Options())).iter("a"))


def test_a_hostile_source_is_text() -> None:
    bad = Facts(event=name(HOSTILE), theme=value(HOSTILE), organisers=(name(HOSTILE),))
    for language in ("ar", "en", "und"):
        found = digest([HOSTILE], title=HOSTILE, language=language, source=HOSTILE, notes=[HOSTILE], facts=bad)
        tree = parsed(to_html([found], Options()))
        assert said(tree).count(HOSTILE) == 8  # title twice, event, theme, organiser, bullet, note, source


def test_styles_load_nothing_and_are_small_enough_for_mail() -> None:
    page = to_html([ENGLISH], Options())
    blocks = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(blocks) == 2
    assert all(len(block) < 8000 for block in blocks)  # Gmail drops a style element over 8,192 characters
    assert not re.search(r"url\(|@import|@font-face|expression|var\(|/\*|<", "".join(blocks))
    assert "@media" not in blocks[0]
    assert all(sheet.count("{") == sheet.count("}") for sheet in blocks)
    used = set(" ".join(re.findall(r'class="([^"]*)"', page)).split())
    assert used <= set(re.findall(r"\.([a-z]+)", resources.text("page.css")))


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    """Patterns that look again from each letter would take minutes for these."""
    began = perf_counter()
    for piece in ("1", "1.", "a.", "a ", "a, ", ".", "-", "2017-10-", "ع ", "عa", "(", "\u0650"):
        for way in ("rtl", "ltr"):
            inline(piece * 50_000, way)
    assert perf_counter() - began < 5


@given(texts(), st.lists(texts(), max_size=3), texts(), texts(), st.sampled_from(["ar", "en", "und"]))
def test_whatever_the_text_the_page_is_valid_and_says_it(
    title: str, bullets: list[str], source: str, fact: str, language: str
) -> None:
    found = digest(bullets, title=title, language=language, source=source, notes=[fact], facts=Facts(theme=value(fact)))
    shown = to_html([found], Options())
    tree = parsed(shown)
    items = [said(item) for item in tree.iter("li")]
    assert items == [seen(bullet) for bullet in bullets]
    assert [said(note) for note in classed(tree, "p", "note")] == [seen(fact)]
    themes = [said(cell) for cell in tree.iter("td")]
    assert themes == ([seen(" ".join(fact.split()))] if fact.split() else [])
    (heading,) = tree.iter("h1")
    assert said(heading)
    assert seen(title) in ("", said(heading))
    assert shown == to_html([found], Options())
