"""Annotated items: a file of texts with their annotations, or annotations alone, by place, of articles of a corpus.

The second form holds no text. Each line has `article` (the number of a line of the corpus), `checksum` (CRC-32 of that text
in UTF-8), `sentences`, `key3`, `key5`, `background` and `facts`, in which every value is [start, end], code points into the
article with its line ends back; some have `bullets` ([sentence, start, end]).
../shared/data/GUIDE.md says what they mean.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

NEWS = Path(__file__).parent / "news.jsonl"
"""Annotations by place of 1,380 articles of the news corpus, made by language models that read them; 240 have bullets."""
CHECK = NEWS.with_name("news_check.jsonl")
"""The same of 900 other articles, from which nothing is learned: benchmarks/facts.py checks with them."""
RELEASES = {language: NEWS.parent / "facts" / f"releases.{language}.jsonl" for language in ("ar", "en")}
"""Invented releases in the manner of the ITU and of regulators, with their facts, and texts without any, for `rows`."""

_ONE = ("event", "city", "country", "theme", "outcome")
_LISTS = ("organisers", "participants", "numbers")
_LINE_END = " ¶ "


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the items of a file of texts with annotations."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of_corpus(path: Path, corpus: Path) -> list[dict[str, Any]]:
    """Return the items of a file of annotations by place, in the form of `rows`.

    Raises:
        ValueError: the corpus has another text at a place.
    """
    placed = rows(path)
    wanted = {row["article"] for row in placed}
    found = {number: text for number, text in enumerate(texts(corpus)) if number in wanted}
    return [_with_text(row, found[row["article"]]) for row in placed]


def texts(corpus: Path) -> Iterator[str]:
    """Yield the texts of a corpus, one a line, with their line ends back."""
    opened = lzma.open if corpus.suffix == ".xz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").replace(_LINE_END, "\n")


def _with_text(row: dict[str, Any], text: str) -> dict[str, Any]:
    if crc32(text.encode()) != row["checksum"]:
        raise ValueError(f"article {row['article']} of the corpus is another text than was annotated: check the corpus")

    def said(span: Sequence[int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    facts = row["facts"]
    chosen: dict[str, Any] = {}
    if "bullets" in row:
        chosen["bullets"] = [{"s": s, "text": text[start:end]} for s, start, end in row["bullets"]]
    return {
        **row,
        **chosen,
        "text": text,
        "facts": {
            "kind": facts["kind"],
            **{name: said(facts[name]) for name in _ONE},
            **{name: [said(span) for span in facts[name]] for name in _LISTS},
            "dates": [{"text": said(span), "start": start, "end": end} for span, start, end in facts["dates"]],
            "people": [{"name": said(name), "role": said(role)} for name, role in facts["people"]],
        },
    }


def placed(row: dict[str, Any]) -> dict[str, Any]:
    """Return an annotated item with places for texts: what may be kept where the text may not."""
    text, facts = row["text"], row["facts"]

    def place(value: str | None) -> list[int] | None:
        if not value:
            return None
        start = text.index(value)
        return [start, start + len(value)]

    chosen: dict[str, Any] = {name: row[name] for name in ("sentences", "key3", "key5", "background")}
    if "bullets" in row:
        chosen["bullets"] = []
        for bullet in row["bullets"]:
            start = text.index(bullet["text"], row["sentences"][bullet["s"]][0])
            chosen["bullets"].append([bullet["s"], start, start + len(bullet["text"])])
    return {
        "article": row["article"],
        "checksum": crc32(text.encode()),
        **chosen,
        "facts": {
            "kind": facts["kind"],
            **{name: place(facts[name]) for name in _ONE},
            **{name: [place(value) for value in facts[name]] for name in _LISTS},
            "dates": [[place(date["text"]), date["start"], date["end"]] for date in facts["dates"]],
            "people": [[place(person["name"]), place(person["role"])] for person in facts["people"]],
        },
    }
