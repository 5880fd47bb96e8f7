"""Dates and periods: what is found, where, and what it says."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from telecom_digest import digest, resources
from telecom_digest.clean import clean
from telecom_digest.facts.dates import find, written_on
from telecom_digest.facts.reading import Reading
from telecom_digest.segment import segment
from tests.strategies import texts

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "dates.yaml").read_text(encoding="utf-8"))
WORDS = resources.yaml("dates.yaml", "telecom-digest/dates/1")["words"]
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def reading(text: str) -> Reading:
    cleaned = clean(text)
    return Reading(cleaned, segment(cleaned))


def found(text: str, published: dt.date | None = None) -> list[tuple[str, str | None, str | None]]:
    read = reading(text)
    return [(read.text[start:end], first, last) for (start, end), first, last, *_ in find(read, published)]


def as_param(case: dict[str, Any]) -> Any:
    reason = case.get("known_failure")
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    name = case["text"][:40] + (" on the day" if "published" in case else "")
    return pytest.param(case, marks=marks, id=name)


@pytest.mark.parametrize("case", [as_param(case) for case in CASES["found"]])
def test_what_is_found(case: dict[str, Any]) -> None:
    want = [(text, *(value and str(value) for value in said)) for text, *said in case["dates"]]
    assert found(case["text"], case.get("published")) == [((*one, None, None))[:3] for one in want]


@pytest.mark.parametrize(("text", "day"), CASES["written"])
def test_the_day_that_a_dateline_says(text: str, day: dt.date | None) -> None:
    assert written_on(clean(text)) == day


@pytest.mark.parametrize(("text", "wanted"), CASES["lasting"])
def test_what_lasts_from_today(text: str, wanted: list[list[Any]]) -> None:
    cleaned = clean(text)
    said = [(cleaned.text[slice(*one.span)], one.start, one.end) for one in find(Reading(cleaned, ()), written_on(cleaned))]
    assert said == [(words, *(value and str(value) for value in days)) for words, *days in wanted]


def test_today_is_that_day() -> None:
    facts = digest("جنيف، 20 يونيو 2019 – اختتم مجلس الاتحاد اليوم دورته السنوية بالموافقة على ميزانية الاتحاد.").facts
    assert [(one.value.text, one.start) for one in facts.dates] == [("اليوم", "2019-06-20")]


def test_what_the_readers_knew_is_relative() -> None:
    read = reading("افتتح المعرض أمس وتقبل الطلبات حتى 6 مايو 2012 وتعلن النتائج الأسبوع المقبل.")
    for published in (None, dt.date(2012, 5, 2)):
        assert [one.relative for one in find(read, published)] == [True, False, True]


def test_a_year_left_unsaid_is_inferred_where_the_day_of_writing_is_not_known() -> None:
    read = reading("يعقد المؤتمر في 9 أكتوبر 2017 وتليه ورشة في 12 أكتوبر.")
    assert [one.inferred for one in find(read)] == [False, True]
    assert [one.inferred for one in find(read, dt.date(2017, 9, 1))] == [False, False]


@pytest.mark.parametrize("text", CASES["nothing"])
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", CASES["nothing"])
def test_what_is_no_date_is_none_on_any_day(text: str) -> None:
    assert found(text, dt.date(2017, 10, 9)) == []


def _months(language: str) -> st.SearchStrategy[tuple[int, str]]:
    """The number and one of the names of a month."""
    latin = language == "en"
    return st.sampled_from(
        [(int(number), name) for number, names in WORDS["month"].items() for name in names if name.isascii() == latin]
    )


DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2070, 12, 31))
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(DAYS, st.data())
def test_a_day_is_read_however_it_is_written(day: dt.date, data: st.DataObject) -> None:
    arabic = data.draw(_months("ar").filter(lambda month: month[0] == day.month))[1]
    english = data.draw(_months("en").filter(lambda month: month[0] == day.month))[1].capitalize()
    weekday = WORDS["weekday"].get(day.isoweekday(), WORDS["weekday"].get(str(day.isoweekday())))[0]
    ways = {
        f"عقد في {day.day} {arabic} {day.year} بالقاهرة": f"{day.day} {arabic} {day.year}",
        f"عقد يوم {weekday} {day.day} {arabic} {day.year}م": f"{weekday} {day.day} {arabic} {day.year}م",
        f"عقد في {day.day} من شهر {arabic} عام {day.year}": f"{day.day} من شهر {arabic} عام {day.year}",
        f"عقد في {day:%Y/%m/%d} بالقاهرة": f"{day:%Y/%m/%d}",
        f"held on {day.day} {english} {day.year} in Cairo": f"{day.day} {english} {day.year}",
        f"held on {english} {day.day}, {day.year} in Cairo": f"{english} {day.day}, {day.year}",
        f"held on {day.isoformat()} in Cairo": day.isoformat(),
        f"held on {day:%d.%m.%Y} in Cairo": f"{day:%d.%m.%Y}",
    }
    for text, want in ways.items():
        assert found(text) == [(want, day.isoformat(), None)]
    text, want = next(iter(ways.items()))
    assert found(text.translate(DIGITS)) == [(want.translate(DIGITS), day.isoformat(), None)]


@given(DAYS, st.integers(1, 300))
def test_a_period_is_read_however_long(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(length)
    text = f"held from {first:%d %B %Y} to {last:%d %B %Y}"
    assert [said[1:] for said in found(text)] == [(first.isoformat(), last.isoformat())]
    text = f"held from {first:%d %B} to {last:%d %B %Y}"  # the year of the first is the last one's, or the one before
    if (first.year, first.month) == (last.year, last.month) or first.month != last.month:
        assert [said[1:] for said in found(text)] == [(first.isoformat(), last.isoformat())]


def test_the_hijri_calendar_is_loaded_only_for_hijri_dates() -> None:
    code = "import sys; from tests.facts.test_dates import found; found({!r}); print('hijridate' in sys.modules)"
    for text, loaded in (("في 9 أكتوبر 2017", "False"), ("في 15 محرم 1439هـ", "True")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(text)], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert done.stdout.strip() == loaded


@given(DAYS)
def test_a_hijri_day_is_the_same_day(day: dt.date) -> None:
    from hijridate import Gregorian

    hijri = Gregorian.fromdate(day).to_hijri()
    text = f"صدر في {hijri.day}/{hijri.month}/{hijri.year}هـ"
    assert [said[1:] for said in found(text)] == [(day.isoformat(), None)]


_PIECES = [name for kind in WORDS.values() for names in kind.values() for name in names] + [
    "9",
    "10",
    "31",
    "2017",
    "1439",
    "1439هـ",
    "2012م",
    "-",
    "/",
    ".",
    "،",
    "(",
    ")",
    "و",
    "الـ",
    "من،",
    "20.10",
    "و6",
    "99999999999",
    "٢٠١٧",
    "²",
    "ⅷ",
    "9ـ",
]


@example("ينتهي غدا 21 منه14 October 2019 5 May 2017 ـ months ended to « until Sunday three هـ today", dt.date(2019, 10, 9))
@example("تنتهي اليوم2019-10-20", dt.date(2019, 10, 9))
@example("today) closes on 14 October 2019.", dt.date(2019, 10, 9))
@given(
    st.one_of(
        texts(),
        st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join),
        st.lists(st.sampled_from(_PIECES), max_size=20).map("".join),
    ),
    st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))),
)
def test_any_text_is_read(text: str, published: dt.date | None) -> None:
    read = reading(text)
    after = 0
    for (start, end), first, last, *_ in find(read, published):
        assert after <= start < end <= len(read.text)
        after = end
        for said in (first, last):
            assert said is None or ISO.fullmatch(said)
            if said and len(said) == 10:
                dt.date.fromisoformat(said)
        assert first is None or last is None or first <= last
