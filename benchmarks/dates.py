"""Dates found, right and wrong, and the time it takes, beside dateparser: `python benchmarks/dates.py`.

The cases are those of tests/cases/dates.yaml: of each, the dates said absolutely (start, end), whatever their span. A peer
is right about a case when it has exactly these; dateparser knows days only, so a second column asks less of it: that the
first day of each date is among what it found (a month or year counts as its first day, as dateparser completes them).
Needs dateparser for its row (`pip install dateparser`); without it that row says so. The cases
were written for this project, which has seen them all: they show what a peer misses more than how good ours is.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run from anywhere, with this checkout's package

from telecom_digest.clean import clean  # noqa: E402
from telecom_digest.facts.dates import find  # noqa: E402
from telecom_digest.facts.reading import Reading  # noqa: E402
from telecom_digest.segment import segment  # noqa: E402

Said = list[tuple[str | None, str | None]]
"""Start and end of each date, in ISO 8601."""


class Case(NamedTuple):
    """A text, the day of its publication where it matters, and the dates it says absolutely."""

    text: str
    published: dt.date | None
    want: Said
    arabic: bool


def cases() -> list[Case]:
    """Return the cases, those in which nothing is to be found among them."""
    content = yaml.safe_load((ROOT / "tests" / "cases" / "dates.yaml").read_text(encoding="utf-8"))
    found = [_case(case) for case in content["found"]]
    return found + [_case({"text": text, "dates": []}) for text in content["nothing"]]


def _case(case: dict[str, Any]) -> Case:
    want: Said = []
    for _, *said in case["dates"]:
        if said:
            start, *end = (value and str(value) for value in said)
            want.append((start, end[0] if end else None))
    first_letter = next(filter(str.isalpha, case["text"]))
    return Case(case["text"], case.get("published"), want, not first_letter.isascii())


def ours(case: Case) -> Said:
    """Return what this project finds."""
    cleaned = clean(case.text)
    found = find(Reading(cleaned, segment(cleaned)), case.published)
    return [(one.start, one.end) for one in found if one.start or one.end]


def dateparser_search() -> Callable[[Case], Said] | None:
    """Return dateparser's search as it is meant to be used, or None where it is not installed."""
    try:
        from dateparser.search import search_dates  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None

    def found(case: Case) -> Said:
        settings: dict[str, object] = {"PREFER_DAY_OF_MONTH": "first", "PREFER_MONTH_OF_YEAR": "first", "DATE_ORDER": "DMY"}
        if case.published:
            settings["RELATIVE_BASE"] = dt.datetime.combine(case.published, dt.time())
        dates = search_dates(case.text, languages=["ar", "en"], settings=settings) or []
        return [(date.date().isoformat(), None) for _, date in dates]

    return found


def _first_days(said: Said) -> set[str]:
    days = [start or end or "" for start, end in said]
    return {(day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10] for day in days}


def row(name: str, found: Callable[[Case], Said], everything: list[Case]) -> str:
    """Return one row of the table: shares of cases that are right, and milliseconds a case."""
    cells = []
    began = time.perf_counter()
    answers = [found(case) for case in everything]
    took = (time.perf_counter() - began) / len(everything) * 1000
    for arabic in (True, False):
        chosen = [(case, said) for case, said in zip(everything, answers, strict=True) if case.arabic == arabic]
        right = sum(case.want == said for case, said in chosen)
        loosely = sum(_first_days(case.want) <= _first_days(said) for case, said in chosen if case.want)
        dated = sum(bool(case.want) for case, _ in chosen)
        wrong = sum(bool(said) for case, said in chosen if not case.want)
        cells += [f"{right} of {len(chosen)}", f"{loosely} of {dated}", f"{wrong} of {len(chosen) - dated}"]
    return f"| {name} | {' | '.join(cells)} | {took:.2f} |"


def main() -> None:
    """Print the table."""
    everything = cases()
    ours(everything[0])
    print("| | Arabic: right | first days found | something where nothing is | English: right | … | … | ms a case |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(row("`find`, with cleaning and segmenting", ours, everything))
    peer = dateparser_search()
    if peer is None:
        print("\ndateparser is not installed: pip install dateparser==1.5.*, for its row")
        return
    peer(everything[0])
    print(row("dateparser, search_dates", peer, everything))


if __name__ == "__main__":
    main()
