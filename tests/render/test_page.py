"""The page of a day in each format: golden files, its parts, and what must hold whatever the stories say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from referencing import Registry, Resource

from telecom_digest.render import Options, calendar, data, page
from telecom_digest.render.html import visible
from telecom_digest.render.page import Page, Story
from tests.render.pages import ACTIVE, classed, digest, made, parsed, said, seen
from tests.strategies import texts

DAY = date(2026, 6, 14)
STORY = Story(digest(["A mast was opened."], title="Mast"))


def valid(shown: str) -> Any:
    """Return what a page says as JSON, after its schema has accepted it."""
    found = json.loads(shown)
    resource = Resource.from_contents(json.loads(data.schema()))
    registry: Registry[Any] = Registry().with_resource("telecom-digest/1", resource)
    jsonschema.Draft202012Validator(json.loads(page.schema()), registry=registry).validate(found)
    return found


def rendered(markdown: str) -> str:
    """Return Markdown as HTML, its HTML passed through so that any would be seen."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown))


def test_golden(golden: Callable[[str, str], None]) -> None:
    shown = page.to_html(made())
    parsed(shown)
    golden("page.html", shown)
    golden("page.md", page.to_markdown(made()))
    golden("page.json", page.to_json(made()))


def test_the_parts_of_a_page() -> None:
    tree = parsed(page.to_html(made()))
    assert tree.attrib == {"lang": "ar", "dir": "rtl"}
    assert [said(head) for head in tree.iter("h1")] == ["الأحد، 14 يونيو 2026"]
    groups = [name for name, _ in made().groups]
    assert [said(head) for head in classed(tree, "h2", "group")] == groups
    stories = list(classed(tree, "article", "story"))
    assert [part.attrib["id"] for part in stories] == [f"story-{i}" for i in range(1, 9)]
    assert [part.attrib["lang"] for part in stories] == [story.digest.language for story in made().stories]
    times = {time.attrib["datetime"] for time in tree.iter("time")}
    assert times == {"2026-06-14", "2026-10-09", "2026-11-09"}
    (failed,) = classed(tree, "footer", "failed")
    assert all(source in said(failed) and error in said(failed) for source, error in made().failed)


def test_links_lead_to_the_places_of_a_story() -> None:
    story = Story(
        digest(source="a.txt"), (("One", "https://a.example/1"), ("", "http://b.example/é"), ("No", "ftp://c")), 3
    )
    shown = page.to_html(Page(DAY, (("", (story,)),)))
    assert [(said(link), link.attrib["href"]) for link in parsed(shown).iter("a")] == [
        ("One", "https://a.example/1"),
        ("http://b.example/é", "http://b.example/%C3%A9"),
    ]
    assert "ftp" not in shown
    assert [said(line) for line in classed(parsed(shown), "p", "source")] == [
        "Source: One · http://b.example/é · No · and elsewhere (3)"
    ]


def test_contents_only_of_many_stories() -> None:
    for count in (6, 7):
        tree = parsed(page.to_html(Page(DAY, (("A", (STORY,)), ("", (STORY,) * (count - 1))))))
        assert [link.attrib["href"] for link in tree.iter("a")] == [f"#story-{i}" for i in range(1, 8)] * (count > 6)


def test_stories_without_a_group_stand_one_level_higher() -> None:
    tree = parsed(page.to_html(Page(DAY, (("Masts", (STORY,)), ("None", ()), ("", (STORY,))))))
    heads = [(element.tag, said(element)) for element in tree.iter() if element.tag in ("h2", "h3")]
    assert heads == [("h2", "Masts"), ("h3", "Mast"), ("h2", "Mast")]
    markdown = page.to_markdown(Page(DAY, (("Masts", (STORY,)), ("None", ()), ("", (STORY,)))))
    assert re.findall(r"^##+ .*", markdown, re.MULTILINE) == ["## Masts", "### Mast", "## Mast"]


def test_a_day_without_stories() -> None:
    empty = Page(DAY, failed=(("feed", "timed out: try again"),), language="en")
    assert "Sunday 14 June 2026" in page.to_html(empty)
    assert "Nothing new" in page.to_html(empty)
    assert "timed out: try again" in said(parsed(page.to_html(empty)))
    assert page.to_ics(empty) == ""
    assert valid(page.to_json(empty))["groups"] == []
    assert not list(classed(parsed(page.to_html(Page(DAY))), "footer", "failed"))


@pytest.mark.parametrize(
    ("languages", "chosen", "spoken"),
    [("ar en en", None, "en"), ("ar en", None, "ar"), ("ar ar", "en", "en"), ("und", None, "en")],
)
def test_the_language_of_a_page_is_that_of_most_stories(languages: str, chosen: str | None, spoken: str) -> None:
    stories = tuple(Story(digest(language=language)) for language in languages.split())
    shown = Page(DAY, (("", stories),), language=chosen)
    assert parsed(page.to_html(shown)).attrib["lang"] == valid(page.to_json(shown))["language"] == spoken


def test_json_says_all() -> None:
    found = valid(page.to_json(made()))
    assert (found["schema"], found["date"], found["language"]) == (page.SCHEMA, "2026-06-14", "ar")
    first = found["groups"][0]["stories"][0]
    assert first["digest"] == data.as_object(made().stories[0].digest)
    assert first["links"][1] == {"label": "جريدة الصباح", "url": "https://sabah.example.org/a/1"}
    assert first["also"] == 2
    assert [one["date"] for one in found["calendar"]] == ["2026-10-09", "2026-11-09"]
    assert found["failed"][1] == {"source": "البريد/وارد.mbox", "error": "no such file: check the path"}


def test_the_calendar_is_that_of_its_digests() -> None:
    shown = page.to_ics(made())
    assert shown == calendar.to_ics([story.digest for story in made().stories], Options(many=True))
    assert shown.count("BEGIN:VEVENT") == 4


def test_markdown_keeps_its_marks_apart_from_the_text() -> None:
    label = "a](https://evil.example/) *b* <i>"
    story = Story(digest(["# no *heading* <script>"], title="`code` [x](y)"), ((label, "https://a.example/?b&lt;=(1)>"),))
    shown = rendered(page.to_markdown(Page(DAY, (("G_1_", (story,)),), (("s|x", "e*e*"),), ((DAY, "<b>"),))))
    assert re.findall(r"<(?!/|h\d|p>|ul>|li>|strong>)[^>]*>", shown) == ['<a href="https://a.example/?b&amp;lt;=(1)%3E">']
    for text in ("# no *heading* &lt;script&gt;", "`code` [x](y)", "G_1_", "s|x: e*e*", "*b* &lt;i&gt;"):
        assert text in shown


PAGES = st.builds(
    lambda group, title, bullet, link, failed, event, language: Page(
        DAY,
        ((group, (Story(digest([f"A {bullet}"], title=title, language=language, source=link), ((title, link),), 1),) * 7),),
        ((link, failed),),
        ((DAY, event),),
    ),
    *[texts()] * 3,
    texts() | texts().map("https://example.org/".__add__) | texts().map("https://".__add__),
    *[texts()] * 2,
    st.sampled_from(["ar", "en", "und"]),
)


@given(PAGES)
def test_whatever_the_stories_say_the_page_is_valid_and_says_it(made_up: Page) -> None:
    tree = parsed(page.to_html(made_up))
    group, stories = made_up.groups[0]
    assert [said(item) for item in classed(tree, "h2", "group")] == [seen(group)] * bool(seen(group))
    bullets = [said(item) for part in tree.iter("article") for item in part.iter("li")]
    assert bullets == [seen(story.digest.bullets[0].text) for story in stories]
    ((source, error),) = made_up.failed
    (failed,) = classed(tree, "footer", "failed")
    assert [said(item) for item in failed.iter("li")] == [seen(source) + seen(error)]
    (ahead,) = classed(tree, "section", "ahead")
    assert [said(cell) for cell in ahead.iter("td")] == [seen(made_up.calendar[0][1])]

    valid(page.to_json(made_up))
    for shown in (page.to_json(made_up), page.to_markdown(made_up)):
        assert not ACTIVE.search(shown)
    assert not re.search(r"<(?!/|h\d>|p>|ul>|li>|strong>|table>|t|a |br)", rendered(page.to_markdown(made_up)))
    assert visible(made_up.calendar[0][1]) == seen(made_up.calendar[0][1])
