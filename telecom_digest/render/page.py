"""The page of a day: many digests in groups, with what lies ahead and what could not be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from telecom_digest import resources
from telecom_digest.model import Digest
from telecom_digest.render import Options, calendar, html, text
from telecom_digest.render.data import as_object, dump
from telecom_digest.render.text import escaped

SCHEMA = "telecom-digest/daily/1"
_CONTENTS_OVER = 6  # stories; fewer are soon looked through
_ENTITY = re.compile(r"&(?=#?\w+;)")


class Story(NamedTuple):
    """One story of the day.

    Attributes:
        digest: what it says.
        links: label and address of the places it was published in, as many as are to be named.
        also: number of further places.
    """

    digest: Digest
    links: tuple[tuple[str, str], ...] = ()
    also: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What was new on a day. All is shown in the order given: the most important first.

    Attributes:
        date: the day.
        groups: name and stories of each; a group without a name has no heading, one without stories is not shown.
        failed: source and error of each that could not be read.
        calendar: day and name of each event ahead.
        language: "ar" or "en", of all that the stories do not say; None: that of most stories.
    """

    date: dt.date
    groups: tuple[tuple[str, tuple[Story, ...]], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    calendar: tuple[tuple[dt.date, str], ...] = ()
    language: str | None = None

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in order."""
        return tuple(story for _, stories in self.groups for story in stories)

    @property
    def spoken(self) -> str:
        """The language of the page, "ar" or "en"."""
        return self.language or html.majority([story.digest.language for story in self.stories])


def to_html(page: Page) -> str:
    """Return one file: contents where there are many stories, the stories, what lies ahead, what could not be read."""
    say = html.words(page.spoken)
    way = html.direction(page.spoken)
    day = on_day(page.date, page.spoken)
    parts = [
        '<header class="masthead">',
        f'<p class="brand">{html.inline(say["title"], way)}</p>',
        f"<h1>{_time(page.date, day, way)}</h1>",
        f"<p>{html.inline(_tally(page), way)}</p>",
        "</header>",
        *(_contents(page, way) if len(page.stories) > _CONTENTS_OVER else ()),
    ]
    for name, stories in _numbered(page):
        parts += [f'<h2 class="group">{html.apart(name, way)}</h2>'] if name else []
        for number, (digest, links, also) in stories:
            foot = html.origin(digest, links, also)
            parts.append(html.article(digest, Options(), level=3 if name else 2, foot=foot, anchor=_anchor(number)))
    parts += [*_ahead(page, way), *_failed(page, way)]
    return html.document(f"{say['title']} – {day}", page.spoken, way, parts)


def to_markdown(page: Page) -> str:
    """Return the same as Markdown (CommonMark, with tables of GitHub), addresses of sources as links."""
    say = html.words(page.spoken)
    blocks = [f"# {escaped(say['title'])} – {escaped(on_day(page.date, page.spoken))}", escaped(_tally(page))]
    for name, stories in _numbered(page):
        blocks += [f"## {escaped(name)}"] if name else []
        blocks += [_story_as_markdown(story, "###" if name else "##") for _, story in stories]
    if page.calendar:
        days = (f"- **{escaped(on_day(day, page.spoken))}** {escaped(html.visible(event))}" for day, event in page.calendar)
        blocks += [f"## {escaped(say['ahead'])}", "\n".join(days)]
    if page.failed:
        errors = (f"- {escaped(html.visible(source))}: {escaped(html.visible(error))}" for source, error in page.failed)
        blocks += [f"## {escaped(say['failed'])}", "\n".join(errors)]
    return html.harmless("\n\n".join(blocks) + "\n")


def to_json(page: Page) -> str:
    """Return one object, as `schema` describes it."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "date": page.date.isoformat(),
        "language": page.spoken,
        "groups": [
            {"name": name, "stories": [_story_as_object(story) for story in stories]} for name, stories in page.groups
        ],
        "calendar": [{"date": day.isoformat(), "text": event} for day, event in page.calendar],
        "failed": [{"source": source, "error": error} for source, error in page.failed],
    }
    return dump(found, indent=2) + "\n"


def to_ics(page: Page) -> str:
    """Return a calendar of the events of the stories; "" where none is dated."""
    return calendar.to_ics([story.digest for story in page.stories], Options(many=True))


def schema() -> str:
    """Return the JSON Schema of `to_json`; it refers to that of a digest by its id."""
    return resources.text("daily.schema.json")


def on_day(day: dt.date, language: str) -> str:
    """Return a day as a reader of the language would write it, with its weekday."""
    say = html.words(language)
    shown: str = say["date"].format(say["weekdays"][day.weekday()], day.day, say["months"][day.month - 1], day.year)
    return shown


def _tally(page: Page) -> str:
    say = html.words(page.spoken)
    found: str = say["tally"].format(len(page.stories)) if page.stories else say["nothing"]
    return found


def _numbered(page: Page) -> Iterator[tuple[str, list[tuple[int, Story]]]]:
    """Yield the name of each group that has stories, and these, numbered through the page from 1."""
    number = 0
    for name, stories in page.groups:
        if stories:
            yield html.visible(name), list(enumerate(stories, number + 1))
            number += len(stories)


def _anchor(number: int) -> str:
    return f"story-{number}"


def _time(day: dt.date, shown: str, way: str) -> str:
    return f'<time datetime="{day.isoformat()}">{html.inline(shown, way)}</time>'


def _contents(page: Page, way: str) -> Iterator[str]:
    yield f'<nav class="contents">\n<h2>{html.inline(html.words(page.spoken)["contents"], way)}</h2>'
    for name, stories in _numbered(page):
        if name:
            yield f"<p>{html.apart(name, way)}</p>"
        yield "<ul>"
        for number, story in stories:
            yield f'<li><a href="#{_anchor(number)}">{html.apart(html.headline(story.digest), way)}</a></li>'
        yield "</ul>"
    yield "</nav>"


def _ahead(page: Page, way: str) -> Iterator[str]:
    if page.calendar:
        yield f'<section class="ahead">\n<h2>{html.inline(html.words(page.spoken)["ahead"], way)}</h2>\n<table>'
        for day, event in page.calendar:
            shown = _time(day, on_day(day, page.spoken), way)
            yield f'<tr><th scope="row">{shown}</th> <td>{html.apart(event, way)}</td></tr>'
        yield "</table>\n</section>"


def _failed(page: Page, way: str) -> Iterator[str]:
    if page.failed:
        yield f'<footer class="failed">\n<h2>{html.inline(html.words(page.spoken)["failed"], way)}</h2>\n<ul>'
        for source, error in page.failed:
            yield f"<li>{html.apart(source, way)}<br>{html.apart(error, way)}</li>"
        yield "</ul>\n</footer>"


def _story_as_markdown(story: Story, marks: str) -> str:
    """Return a digest as `text.to_markdown` has it, under a heading of this page, and its links."""
    digest = story.digest._replace(
        title=html.headline(story.digest),
        bullets=tuple(bullet._replace(text=html.visible(bullet.text)) for bullet in story.digest.bullets),
        notes=tuple(map(html.visible, story.digest.notes)),
    )
    shown = marks.removesuffix("#") + text.to_markdown([digest], Options()).rstrip("\n")
    places = [_markdown_link(label, url) for label, url in html.places(story.digest, story.links)]
    say = html.words(digest.language)
    places += [escaped(say["also"].format(story.also))] if story.also > 0 else []
    return f"{shown}\n\n{say['source']} {' · '.join(places)}" if places else shown


def _markdown_link(label: str, url: str) -> str:
    target = html.address(url)
    shown = escaped(html.visible(label) or html.visible(url))
    return f"[{shown}](<{_ENTITY.sub('&amp;', target)}>)" if target else shown


def _story_as_object(story: Story) -> dict[str, Any]:
    return {
        "digest": as_object(story.digest),
        "links": [{"label": label, "url": url} for label, url in story.links],
        "also": story.also,
    }
