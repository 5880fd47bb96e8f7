"""Every format of a digest: golden files, and what must hold whatever the text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import jsonschema
import pytest
from hypothesis import given

from telecom_digest import Document, RenderError, SourceError, digest, render
from telecom_digest.render import FORMATS, Options
from telecom_digest.render.data import schema
from tests.conftest import ROOT
from tests.strategies import texts

SCHEMA = json.loads(schema())
ACTIVE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "name", ["seeds/ntra-wtdc-2017.txt", "examples/itu-council-en.txt", "seeds/itu-arab-hr-meeting.txt"]
)
@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("plain", Options()),
        ("markdown", Options()),
        ("rich", Options(width=80)),
        ("rich", Options(width=120)),
        ("rich", Options(width=40)),
        ("plain", Options(explain=True)),
        ("rich", Options(width=80, explain=True, quiet=True)),
    ],
    ids=["plain", "markdown", "rich-80", "rich-120", "rich-40", "plain-explain", "rich-explain"],
)
def test_golden(
    name: str, form: str, options: Options, golden: Callable[[str, str], None], request: pytest.FixtureRequest
) -> None:
    path = ROOT / name
    document = Document(path.read_bytes().decode("utf-8"), source=name)
    label = request.node.callspec.id.split("-seeds")[0].split("-examples")[0]
    golden(f"{path.stem}.{label}.txt", render(digest(document), form, options))


def test_several_documents_are_told_apart() -> None:
    two = [digest(Document(text, source=source)) for text, source in (("نص أول.", "a.txt"), ("نص ثان.", "b.txt"))]
    assert render(two, "plain") == "==> a.txt <==\n• نص أول.\n\n==> b.txt <==\n• نص ثان.\n"
    assert [d["source"] for d in json.loads(render(two, "json"))] == ["a.txt", "b.txt"]
    assert len(render(two, "jsonl").splitlines()) == 2
    assert isinstance(json.loads(render(two[0], "json")), dict)
    assert isinstance(json.loads(render(two[:1], "json")), list)


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(RenderError, match="use one of rich, plain"):
        render(digest("نص."), "pdf")


def test_square_brackets_are_not_markup() -> None:
    text = "The [itu] portal [/b] opened [red]today[/red] for all."
    for form in sorted(set(FORMATS) - {"ics"}):
        shown = render(digest(text), form, Options(width=100)).replace("\\", "")
        assert "[itu] portal [/b] opened [red]today[/red]" in shown


def test_markdown_of_a_source_is_not_markdown_of_ours() -> None:
    shown = render(digest("# A *bold* <b>claim</b> `x` [link](http://itu.int) was made."), "markdown")
    assert "\\# A \\*bold\\* \\<b\\>claim\\</b\\> \\`x\\` \\[link\\](http://itu.int) was made." in shown


def test_lines_of_arabic_are_isolated_one_by_one_and_only_on_a_terminal() -> None:
    text = (ROOT / "seeds" / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")
    piped = render(digest(text), "rich", Options(width=60))
    shown = render(digest(text), "rich", Options(width=60, terminal=True))
    assert not ACTIVE.search(piped)
    assert shown.replace("\u2067", "").replace("\u2069", "") == piped
    for line in shown.splitlines():
        assert line.count("\u2067") == line.count("\u2069") <= 2  # the label of the card, and what it says
        if re.search(r"[\u0621-\u064a]", line):
            assert "\u2067" in line


@pytest.mark.parametrize("width", [20, 40, 80, 120, 300])
def test_no_line_is_wider_than_asked(width: int) -> None:
    from rich.cells import cell_len

    text = (ROOT / "seeds" / "ntra-wtdc-2017.txt").read_text(encoding="utf-8") + " www." + "x" * 200 + ".int"
    shown = render(digest(text), "rich", Options(width=width, terminal=True, explain=width > 60))
    assert max(cell_len(line) for line in shown.splitlines()) <= width


@given(texts())
def test_json_is_valid_and_nothing_in_any_format_acts_on_a_terminal(text: str) -> None:
    try:
        one = digest(Document(text, source="a\x1b[31m\u202eb.txt"))
    except SourceError:
        return
    for form in FORMATS:
        shown = render(one, form, Options(width=60, explain=True))
        assert not ACTIVE.search(shown), form
        if form in ("json", "jsonl"):
            found = json.loads(shown)
            jsonschema.validate(found, SCHEMA)
            assert found["source"] == "a\x1b[31m\u202eb.txt"
            assert [(b["start"], b["end"]) for b in found["bullets"]] == [(b.start, b.end) for b in one.bullets]
