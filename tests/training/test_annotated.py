"""Annotations by place: there and back, without the text in between."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from training import annotated

TEXT = "عقدت الهيئة ورشة عمل في القاهرة.\nوقال المدير سامي فؤاد إن 20 جهة شاركت."
ROW: dict[str, Any] = {
    "article": 1,
    "text": TEXT,
    "sentences": [[0, 32], [33, 71]],
    "key3": [0, 1],
    "key5": [0, 1],
    "background": [],
    "bullets": [{"s": 1, "text": "20 جهة شاركت"}],
    "facts": {
        "kind": "workshop",
        "event": "ورشة عمل",
        "dates": [],
        "city": "القاهرة",
        "country": None,
        "organisers": ["الهيئة"],
        "participants": [],
        "people": [{"name": "سامي فؤاد", "role": "المدير"}, {"name": "سامي فؤاد", "role": None}],
        "theme": None,
        "numbers": ["20 جهة"],
        "outcome": None,
    },
}


def corpus(folder: Path, text: str) -> Path:
    path = folder / "corpus.txt.xz"
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.write(f"نص آخر\n{text.replace(chr(10), ' ¶ ')}\n")
    return path


def test_an_item_comes_back_from_its_places(tmp_path: Path) -> None:
    placed = annotated.placed(ROW)
    kept = json.dumps(placed, ensure_ascii=False)
    assert not any("\u0621" <= c <= "\u064a" for c in kept)
    (tmp_path / "news.jsonl").write_text(kept + "\n", encoding="utf-8")
    (row,) = annotated.of_corpus(tmp_path / "news.jsonl", corpus(tmp_path, TEXT))
    assert {name: row[name] for name in ROW} == ROW


def test_an_item_without_bullets_comes_back_too(tmp_path: Path) -> None:
    plain = {name: value for name, value in ROW.items() if name != "bullets"}
    (tmp_path / "news.jsonl").write_text(json.dumps(annotated.placed(plain)) + "\n", encoding="utf-8")
    (row,) = annotated.of_corpus(tmp_path / "news.jsonl", corpus(tmp_path, TEXT))
    assert {name: row[name] for name in plain} == plain
    assert "bullets" not in row


def test_another_text_at_the_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps(annotated.placed(ROW)) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="article 1 of the corpus is another text"):
        annotated.of_corpus(tmp_path / "news.jsonl", corpus(tmp_path, TEXT.replace("20", "21")))


def test_what_is_committed_holds_no_text_and_every_number_is_of_a_sentence() -> None:
    rows = annotated.NEWS.read_text(encoding="utf-8")
    assert len(rows.splitlines()) == 1380
    assert not any("\u0600" <= c <= "\u06ff" for c in rows)
    for row in map(json.loads, rows.splitlines()):
        assert set(row["key3"]) <= set(row["key5"])
        assert set(row["key5"]).isdisjoint(row["background"])
        assert {*row["key5"], *row["background"]} <= set(range(len(row["sentences"])))


@pytest.mark.parametrize("language", annotated.RELEASES)
def test_the_facts_of_releases_stand_in_them(language: str) -> None:
    for row in annotated.rows(annotated.RELEASES[language]):
        facts = row["facts"]
        said = [facts[name] for name in ("event", "city", "country", "theme", "outcome")]
        said += [value for name in ("organisers", "participants", "numbers") for value in facts[name]]
        said += [date["text"] for date in facts["dates"]]
        said += [value for person in facts["people"] for value in person.values()]
        assert all(value in row["text"] for value in said if value is not None), row["text"][:60]
