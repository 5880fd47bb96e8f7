"""Releases and configs for the tests of the daily run, made of tests/cases/daily.yaml."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

CONFIG = """\
sources: releases/*.txt
outputs:
  - pages/{date}.html
  - pages/latest.json
  - pages/{date}.md
state: state.sqlite
"""


@cache
def _cases() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "cases" / "daily.yaml").read_text(encoding="utf-8"))
    return found


def release(number: int) -> str:
    """Return a release; the even ones are Arabic, and no two are one story."""
    cases = _cases()
    words = cases["en" if number % 2 else "ar"]
    month = number % 12
    values = {
        "a": 11 + number * 7,
        "b": 1000 + number * 13,
        "c": 31 + number * 3,
        "d": 15 + number,
        "day": 1 + number % 28,
        "month": cases["months"][month],
        "month_number": month + 1,
        "year": 2027,
    }
    lines = []
    for i, sentence in enumerate([words["title"], *words["sentences"]]):
        picked = {
            "body": words["bodies"][number % 7],
            "city": words["cities"][(number + i) % 11],
            "subject": words["subjects"][(number * 5 + i // 2) % 13],
        }
        lines.append(sentence.format(**values, **picked))
    return "\n".join(lines) + "\n"


def folder(path: Path, number: int, config: str = CONFIG, *, first: int = 0) -> Path:
    """Write releases and a config into `path`, and return the config's path."""
    (path / "releases").mkdir(parents=True, exist_ok=True)
    for i in range(first, number):
        (path / "releases" / f"{i:05}.txt").write_text(release(i), encoding="utf-8")
    written = path / "press.yaml"
    written.write_text(config, encoding="utf-8")
    return written


def files(home: Path) -> dict[str, tuple[bytes, int]]:
    """Return the content and the time of writing of each page."""
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in sorted((home / "pages").iterdir())}


def stories(home: Path, name: str = "latest.json") -> list[dict[str, Any]]:
    page = json.loads((home / "pages" / name).read_text(encoding="utf-8"))
    return [story for group in page["groups"] for story in group["stories"]]


def sources(home: Path, name: str = "latest.json") -> list[str]:
    return sorted(Path(story["digest"]["source"]).name for story in stories(home, name))
