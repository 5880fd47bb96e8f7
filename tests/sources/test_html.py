"""Web pages: the release, all of it and little else, from pages of many makes; and what a page says of itself."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telecom_digest.errors import SourceError
from telecom_digest.language import words
from telecom_digest.model import Note
from telecom_digest.pipeline import digest
from telecom_digest.sources import html
from tests.sources.pages import COUNCIL, RELEASES, ROAMING, SEED, SHORT, SKELETONS, Release, page

pytest.importorskip("trafilatura")
CASES = [(skeleton, release) for skeleton in SKELETONS for release in RELEASES]
EXTRA = {"page-figures": 14, "page-builder": 4}
"""Words beyond the release: the table of the page; the day and the kind of the text, which stand in nameless spans."""


@pytest.mark.parametrize(("skeleton", "release"), CASES)
def test_the_release_and_little_else(skeleton: str, release: Release) -> None:
    found = html.from_bytes(page(skeleton, release), "x.html")
    got, want = Counter(words(found.text)), Counter(words(release.text))
    assert not want - got
    assert (got - want).total() <= EXTRA.get(skeleton, 0)
    lines = found.text.split("\n")
    assert [line for line in lines if line in release.text.split("\n")] == release.text.split("\n")


@pytest.mark.parametrize(("skeleton", "release"), CASES)
def test_the_same_bullets_as_from_the_text(skeleton: str, release: Release) -> None:
    found = digest(html.from_bytes(page(skeleton, release), "x.html"))
    assert [bullet.text for bullet in found.bullets] == [bullet.text for bullet in digest(release.text).bullets]


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_a_release_of_two_sentences(skeleton: str) -> None:
    text = html.from_bytes(page(skeleton, SHORT), "x.html").text
    assert [line for line in text.split("\n") if line in SHORT.text] == SHORT.text.split("\n")
    assert len(words(text)) <= len(words(SHORT.text)) + EXTRA.get(skeleton, 0)


def test_what_a_page_says_of_itself() -> None:
    found = html.from_bytes(page("page-itu", COUNCIL), "https://union.example/1")
    assert (found.title, found.published) == (COUNCIL.title, date(2024, 6, 12))
    assert (found.language, found.origin, found.source, found.notes) == (
        "en", "Union Press Room", "https://union.example/1", (),
    )  # fmt: skip
    found = html.from_bytes(page("page-authority", ROAMING), "x")
    assert (found.title, found.published, found.language) == (ROAMING.title, date(2024, 6, 12), "ar")
    found = html.from_bytes(page("page-bare", ROAMING), "x")
    assert (found.title, found.published, found.language, found.origin) == (None, None, None, None)


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


TEXT = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in COUNCIL.paragraphs)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The Authority - Fees are cut</title>", "Fees are cut"),
        ("<title>Fees are cut | News | The Authority</title>", "Fees are cut"),
        ("<title>Fees</title><meta property='og:title' content='Fees  are cut'>", "Fees are cut"),
        ("", None),
    ],
)
def test_titles(head: str, title: str | None) -> None:
    shown = "<h2>Fees are cut</h2>" if head else ""
    assert html.from_bytes(_page(shown + TEXT, head), "x").title == title


@pytest.mark.parametrize(
    ("mark", "day"),
    [
        ("<meta property='article:published_time' content='2023-03-05T23:30:00+03:00'>", date(2023, 3, 5)),
        ("<meta name='date' content='2023-03-05'>", date(2023, 3, 5)),
        ("<meta name='date' content='2099-03-05'>", None),
        (f"<meta name='date' content='{date.today() + timedelta(days=40)}'>", None),
        ("<meta name='date' content='1066-10-14'>", None),
        ("<meta name='date' content='soon'>", None),
        ("", None),
    ],
)
def test_only_days_that_can_be(mark: str, day: date | None) -> None:
    assert html.from_bytes(_page(TEXT, mark), "x").published == day


def test_days_that_stand_in_what_is_named_a_date() -> None:
    def read(*days: str) -> date | None:
        cells = "".join(f"<tr><td class=newsdate>{day}</td></tr>" for day in days)
        return html.from_bytes(_page(f"<table>{cells}<tr><td>{TEXT}</td></tr></table>"), "x").published

    assert read("5/3/2023") == date(2023, 3, 5)
    assert read("12 يونيو 2023") == date(2023, 6, 12)
    assert read("5/3/2023", "6/3/2023") is None, "a list of news: which of them is this?"


ARABIC = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in ROAMING.paragraphs)


@pytest.mark.parametrize(
    ("codec", "declared", "http", "noted"),
    [
        ("utf-8", "utf-8", None, None),
        ("utf-8", "windows-1256", "iso-8859-1", None),
        ("cp1256", "windows-1256", None, None),
        ("cp1256", "utf-8", None, "windows-1256"),
        ("cp1256", "utf-8", "windows-1256", None),
        ("cp1256", "iso-8859-1", None, "windows-1256"),
        ("cp1256", "nonsense", "hex", "windows-1256"),
        ("iso8859_6", "iso-8859-6", None, None),
        ("utf-16", "utf-16", None, None),
    ],
)
def test_encodings(codec: str, declared: str, http: str | None, noted: str | None) -> None:
    source = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={declared}'></head><body>{ARABIC}"
    found = html.from_bytes(source.encode(codec, "xmlcharrefreplace"), "x", http)
    assert found.text == "\n".join(ROAMING.paragraphs)
    assert found.notes == ((Note("encoding", (noted,)),) if noted else ())


def test_other_encodings_are_believed() -> None:
    text = "Министерство связи объявило о снижении тарифов на связь. " * 3
    source = f"<html><head><meta charset=windows-1251></head><body><p>{text}</p>".encode("cp1251")
    assert html.from_bytes(source, "x").text == text.strip()


UNSEEN = (
    "<script>secret()</script>",
    "<style>p{color:secret}</style>",
    "<noscript>secret</noscript>",
    "<p hidden>secret words that nobody sees.</p>",
    "<div style='color:red; DISPLAY : none'><p>secret</p></div>",
    "<p aria-hidden=true>secret</p>",
    "<template><p>secret</p></template>",
    "<!-- secret -->",
    "<select><option>secret</option></select>",
    "<iframe srcdoc='secret'>secret</iframe>",
    "<svg><text>secret</text></svg>",
    "<nav>secret</nav>",
    "<div role=navigation>secret</div>",
    "<ul><li><a href=/>secret</a></li><li><a href=/>secret too</a></li></ul>",
    "<div id=CookieBanner>secret</div>",
)


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_reads_is_not_text(unseen: str) -> None:
    assert html.from_bytes(_page(TEXT[:400] + unseen + TEXT), "x").text.count("secret") == 0
    assert "secret" not in html.fragment(f"<p>Fees are cut.</p>{unseen}<p>They fall by 5%.</p>")


def test_names_do_not_hide_most_of_a_page() -> None:
    wrapped = f"<form id=aspnetForm><div class=print-area><aside>{TEXT}</aside></div></form>"
    assert html.from_bytes(_page(wrapped), "x").text == "\n".join(COUNCIL.paragraphs)


def test_xhtml_with_a_declaration() -> None:
    arabic = f"<?xml version='1.0' encoding='windows-1256'?><html><body>{ARABIC}".encode("cp1256", "xmlcharrefreplace")
    found = html.from_bytes(arabic, "x")
    assert (found.text, found.notes) == ("\n".join(ROAMING.paragraphs), ())
    source = f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en'><body>{TEXT}"
    found = html.from_bytes(source.encode(), "x")
    assert (found.text, found.language) == ("\n".join(COUNCIL.paragraphs), "en")


def test_the_publisher_in_structured_data() -> None:
    data = """<script type="application/ld+json">[{"publisher": "x"}, {"publisher": {"name": " The  Union "}}]</script>"""
    assert html.from_bytes(_page(TEXT, f"<script type=application/ld+json>{{</script>{data}"), "x").origin == "The Union"


def test_references_to_windows_characters() -> None:
    assert html.fragment("It&#146;s &#147;5G&#148; &#8211; now&nbsp;") == "It’s “5G” – now"


def test_rows_of_a_table_are_lines() -> None:
    found = html.from_bytes(page("page-figures", COUNCIL), "x").text.split("\n")
    assert found[-3:] == ["Operator | Lines (million) | Share", "North Mobile | 12.4 | 41%", "Delta Telecom | 9.8 | 33%"]


def test_links_within_sentences_stay() -> None:
    text = "The <a href=/itu>International Telecommunication Union</a> agreed with <b>NTRA</b> on <i>5G</i>."
    assert html.fragment(f"<p>{text}<p>And <a href=/>more</a>") == (
        "The International Telecommunication Union agreed with NTRA on 5G.\nAnd more"
    )


@pytest.mark.parametrize("data", [b"", b"<html></html>", _page("<script>write()</script>"), b"\0\0", b"<!-- -->"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^has no text: [^\n]+$"):
        html.from_bytes(data, "x")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("page-newspaper", SEED))
    (found,) = html.read(str(path))
    assert (found.source, found.title, found.origin) == (str(path), SEED.title, "جريدة الساحل")
    for wrong in (tmp_path, tmp_path / "none.html", "a\0"):
        with pytest.raises(SourceError, match=r"^cannot be read \([^)]+\): check the path$"):
            list(html.read(str(wrong)))


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20_000 + "text",
        "<table><tr><td>" * 3_000 + "text",
        "<p>a " * 20_000,
        "<a href=/>" * 20_000,
        "<b>&amp;<" * 20_000,
        "<br>a" * 20_000,
        "<script " * 20_000,
        "<script type=ld+json>" + "[" * 20_000 + "</script>a",
    ],
    ids=["deep", "tables", "paragraphs", "links", "broken", "breaks", "scripts", "data"],
)
def test_hostile_pages_end_soon(source: str) -> None:
    begun = time.perf_counter()
    try:
        html.from_bytes(source.encode(), "x")
    except SourceError as error:
        assert "no text" in str(error)  # noqa: PT017 - either is right
    assert time.perf_counter() - begun < 5


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<td>", "<table>", "</table>", "<a>", "</a>", "خبر ", "a.", "<br>", "<h1>", "&#0;", "\0"]
        )
    )
)
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    try:
        found = html.from_bytes("".join(parts).encode(), "x")
    except SourceError:
        return
    assert found.text
    assert "<" not in found.text


def test_nothing_heavy_before_it_is_needed() -> None:
    code = "import sys; from telecom_digest.sources import feed, html, web; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert not set(loaded) & {"lxml", "trafilatura", "httpx", "httpcore", "feedparser", "protego", "htmldate"}
