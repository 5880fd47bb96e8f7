"""The releases of our own are annotated as tests/cases/releases/README.md says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from telecom_digest.clean import clean
from telecom_digest.pipeline import digest
from telecom_digest.profile import load
from telecom_digest.segment import segment

FOLDER = Path(__file__).parent / "cases" / "releases"
FILES = {language: sorted((FOLDER / language).glob("*.yaml")) for language in ("ar", "en")}
ALL = [path for paths in FILES.values() for path in paths]
LENGTHS = {"ar": (140, 5, 25), "en": (250, 10, 24)}
"""Fewest words, fewest and most sentences of a release."""

# A stop that is no abbreviation's, the quotation marks after it, and white space before what may begin a sentence.
END = re.compile(
    r"(?<!\bEng)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bNo)(?<!H\.E)(?<!\bد)(?<!\bم)(?<!\bص)(?<!ص\.ب)"
    r"[.!?؟][\"”)»]*(?=\s+[\"“«A-Z0-9ء-ي٠-٩]|\s*\Z)|\n"
)
# Of a line's beginning: a number in a list, or the place and perhaps the day before a dash or a colon.
PREFIX = re.compile(
    r"(?:[\d٠-٩]+|[أ-ي])[.)-]+ |[-•] |(?:أول|ثاني|ثالث|رابع|خامس)اً: |[A-Z][^.\n]{3,50}(?:\d{4}(?: [–—-] |: )|EGYPT -- )"
    r"|[ء-ي][^.\n]{3,50}(?:\d{4}|[٠-٩]{4})(?: ?م|هـ)?\)?(?: [–—-] | ?: ?)|[ء-ي]{3,12} [–—-] (?=[ء-ي])"
)


class Release(NamedTuple):
    text: str
    key3: list[str]
    key5: list[str]
    background: list[str]
    bullets: list[str]
    facts: dict[str, Any]


@cache
def release(path: Path) -> Release:
    return Release(**yaml.safe_load(path.read_text(encoding="utf-8")))


def spans(text: str) -> list[tuple[int, int]]:
    """Return where each sentence, headline and other line begins and ends, without what stands before it."""
    found = []
    start = 0
    for end in [match.end() for match in END.finditer(text)]:
        if text[start:end].strip():
            start += len(text[start:end]) - len(text[start:end].lstrip())
            prefix = PREFIX.match(text, start) if start == 0 or text[start - 1] == "\n" else None
            if prefix is None or prefix.end() < end:  # a number in a list is no sentence
                found.append((prefix.end() if prefix else start, end))
                start = end
        else:
            start = end
    return found


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text) if text[start:end].rstrip('"”»\n').endswith((".", "!", "?", "؟"))]


def sentence_of(text: str, opening: str) -> str:
    assert text.count(opening) == 1, f"{opening!r} occurs {text.count(opening)} times"
    found = [text[start:end] for start, end in spans(text) if text.startswith(opening, start)]
    assert found, f"{opening!r} begins no sentence"
    return found[0]


def test_there_are_enough() -> None:
    assert len(FILES["ar"]) >= 24
    assert len(FILES["en"]) >= 14


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
class TestRelease:
    def test_is_as_long_as_releases_are(self, path: Path) -> None:
        text = release(path).text
        fewest_words, fewest, most = LENGTHS[path.parent.name]
        assert fewest_words <= len(text.split()) <= 600
        assert fewest <= len(sentences(text)) <= most

    def test_openings_begin_one_sentence_each(self, path: Path) -> None:
        case = release(path)
        openings = {*case.key3, *case.key5, *case.background}
        assert len({sentence_of(case.text, opening) for opening in openings}) == len(openings)
        assert all(3 <= len(opening.split()) <= 8 for opening in openings)

    def test_the_lists_agree(self, path: Path) -> None:
        case = release(path)
        assert (len(set(case.key3)), len(case.bullets)) == (3, 3)
        assert len(set(case.key5)) == 5 or (path.parent.name == "ar" and len(set(case.key5)) == 4)
        assert set(case.key3) <= set(case.key5)
        assert case.background
        assert not set(case.key5) & set(case.background)

    def test_bullets_lie_within_their_sentences(self, path: Path) -> None:
        case = release(path)
        for opening, bullet in zip(case.key3, case.bullets, strict=True):
            assert case.text.count(bullet) == 1
            assert bullet in sentence_of(case.text, opening)
            assert 3 <= len(bullet.split()) <= 30


def key_sentences(case: Release, chosen: list[tuple[int, int]]) -> int:
    """Return how many of key3 begin in one of the chosen spans."""
    return sum(any(start <= case.text.index(opening) < end for start, end in chosen) for opening in case.key3)


@pytest.mark.parametrize("language", FILES)
def test_the_choice_is_not_below_lead(language: str) -> None:
    ours = lead = 0
    profile = load().with_budget(bullets=3)
    for case in map(release, FILES[language]):
        body = [(s.start, s.end) for s in segment(clean(case.text)) if not s.heading]
        bullets = digest(case.text, profile).bullets
        ours += key_sentences(case, [span for span in body if any(span[0] <= b.start < span[1] for b in bullets)])
        lead += key_sentences(case, body[:3])
    assert ours >= lead
