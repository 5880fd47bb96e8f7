"""Markdown: what a reader reads, without the marks."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from telecom_digest import digest
from telecom_digest.sources import read
from telecom_digest.sources.markdown import plain
from tests.conftest import ROOT
from tests.strategies import texts


def test_marks_go_and_words_stay() -> None:
    source = "# عنوان\n\nأعلن **الجهاز** [القواعد](http://a.eg) الجديدة\nفي `القاهرة`.\n\n* أول\n* ثان\n"
    source += "\n| أ | ب |\n|---|---|\n| 1 | 2 |\n"
    assert plain(source) == "عنوان\n\nأعلن الجهاز القواعد الجديدة\nفي القاهرة.\n\nأول\n\nثان\n\nأ\n\nب\n\n1\n\n2\n"


def test_the_bullets_are_those_of_the_text(tmp_path: Path) -> None:
    text = (ROOT / "seeds" / "ntra-wtdc-2017.txt").read_text(encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text(
        "## خبر\n\n" + text.replace("\n", "\n\n").replace("المؤتمر العالمي", "**المؤتمر العالمي**"), encoding="utf-8"
    )
    (document,) = read(path)
    assert [b.text for b in digest(document).bullets] == [b.text for b in digest(f"خبر\n\n{text}").bullets]


@given(texts())
def test_any_text_is_read(text: str) -> None:
    assert plain(text).endswith("\n")
