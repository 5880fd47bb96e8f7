"""Where a number clearly stood."""

from __future__ import annotations

import pytest

from telecom_digest.repair.figures import missing


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("منظمة عالمية يبلغ عدد أعضائها دولة وأكثر من شركة", ["يبلغ عدد أعضائها دولة وأكثر"]),
        ("بقيمة مليون دولار وبنسبة في المائة", ["بقيمة مليون", "وبنسبة في المائة"]),
        ("خلال الفترة من إلى أكتوبر", ["خلال الفترة من إلى"]),
        ("خطة عمل المكتب لعام وورقة أخرى", ["لعام وورقة"]),
        ("ينعقد يوم أكتوبر في جنيف", ["يوم أكتوبر"]),
        ("بلغ مليون وقدره مليار ولمدة عاما وبقيمة ألف", ["بلغ مليون", "وقدره مليار", "ولمدة عاما"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert missing(text, "ar") == places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "وصلت إلى دول العالم",
        "في عام واحد",
        "لعام كامل",
        "المدير العام للجهاز",
        "بنسبة كبيرة",
        "يوم الاثنين",
        "أكثر من ألف",
        "خلال عام وأكد",
    ],
)
def test_where_none_need_have_stood(text: str) -> None:
    assert missing(text, "ar") == []


def test_a_language_without_lists_has_none() -> None:
    assert missing("the year of members", "en") == []
