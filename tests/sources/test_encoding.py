"""Bytes to text: every encoding by its cases, what is repaired, and above all what is left alone."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.model import Note
from telecom_digest.sources.encoding import decode, repair

CASES = Path(__file__).parent.parent / "cases" / "encoding"


def _lines(name: str) -> list[str]:
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _yaml(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


ARABIC = _lines("arabic.txt")
UNCHANGED = _lines("unchanged.txt")
WESTERN: list[tuple[str, str]] = _yaml("western.yaml")
MOJIBAKE: list[dict[str, Any]] = _yaml("mojibake.yaml")

ARABIC_LETTERS = "".join(chr(c) for c in (*range(0x621, 0x63B), *range(0x641, 0x64B)))
UNDECIDABLE = "لا"  # two letters are also two frequent letters in another encoding


def test_there_are_cases() -> None:
    assert min(len(ARABIC), len(WESTERN), len(UNCHANGED)) >= 30
    assert len(MOJIBAKE) >= 15


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_utf8(mark: bytes) -> None:
    assert decode(mark + "سطر\r\nline\rآخر\n".encode()) == ("سطر\r\nline\rآخر\n", ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["مؤتمر\r\n“The 5G summit” 🎉\n", "a"])
def test_byte_order_marks(codec: str, text: str) -> None:
    assert decode(("\ufeff" + text).encode(codec)) == (text, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [*ARABIC, "Roaming – the facts", "It’s official.\r\n", "ok"])
def test_utf16_without_mark(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == (text, ())


def test_broken_utf16_says_how_many_bytes() -> None:
    data = codecs.BOM_UTF16_LE + "مرحبا".encode("utf-16-le")[:-1]
    assert decode(data) == ("مرحب�", (Note("undecodable", ("1",)),))


@pytest.mark.parametrize(
    ("data", "text", "count"),
    [
        ("وقّع الجانبان مذكرة تفاهم".encode()[:-1], "وقّع الجانبان مذكرة تفاه�", "1"),
        ("وقّع الجانبان".encode()[1:], "�قّع الجانبان", "1"),
        ("أعلنت".encode() + b"\xff\xfe" + "الهيئة".encode(), "أعلنت��الهيئة", "2"),
        ("한국어 हिन्दी ไทย 🎉 한국어".encode() + b"\xf0\x9f", "한국어 हिन्दी ไทย 🎉 한국어�", "2"),
    ],
)
def test_broken_utf8_says_how_many_bytes(data: bytes, text: str, count: str) -> None:
    assert decode(data) == (text, (Note("undecodable", (count,)),))


@pytest.mark.parametrize(
    ("codec", "name"),
    [("cp1256", "windows-1256"), ("iso8859_6", "ISO-8859-6"), ("cp720", "CP720"), ("mac_arabic", "MAC-ARABIC")],
)
def test_arabic_in_eight_bits(codec: str, name: str) -> None:
    for text in ARABIC:
        data = text.encode(codec, "ignore")
        read, notes = decode(data)
        if text == UNDECIDABLE:
            continue
        # a Mac text without Arabic digits or punctuation is an ISO-8859-6 one, but for its spaces
        assert read.replace("\xa0", " ") == data.decode(codec), (text, notes)
        assert [note.code for note in notes] == ["encoding"]
        assert notes[0].values == (name,) or (codec == "mac_arabic" and notes[0].values == ("ISO-8859-6",))


@pytest.mark.parametrize(("codec", "text"), WESTERN)
def test_other_languages_in_eight_bits(codec: str, text: str) -> None:
    read, notes = decode(text.encode(codec))
    assert read == text
    assert [note.code for note in notes] == ["encoding"]


def test_names_are_those_that_people_use() -> None:
    assert decode("It’s official.".encode("cp1252"))[1] == (Note("encoding", ("windows-1252",)),)
    assert decode("Министерство связи объявило о снижении тарифов".encode("koi8_r"))[1] == (Note("encoding", ("KOI8-R",)),)


def test_pieces_of_another_encoding_within_utf8() -> None:
    pasted = "The regulator said “yes” and “maybe”".encode() + " – it didn’t say ‘when’ – again ‘no’ … ‘no’".encode(
        "cp1252"
    )
    read, notes = decode(pasted)
    assert read == "The regulator said “yes” and “maybe” – it didn’t say ‘when’ – again ‘no’ … ‘no’"
    assert notes == (Note("encoding", ("windows-1252",)),)
    spliced = f"{ARABIC[30]}\r\n".encode() + ARABIC[26].encode("cp1256")
    assert decode(spliced) == (f"{ARABIC[30]}\r\n{ARABIC[26]}", (Note("encoding", ("windows-1256",)),))


@pytest.mark.parametrize("case", MOJIBAKE, ids=lambda case: case["name"])
def test_mojibake(case: dict[str, Any]) -> None:
    assert decode(case["text"].encode()) == (case["want"], tuple(Note("mojibake", (name,)) for name in case["as"]))


def _sloppy(data: bytes) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("twice", [False, True])
def test_every_arabic_text_comes_back(*, twice: bool) -> None:
    for text in ARABIC:
        for misread in (_sloppy, lambda data: data.decode("cp1256"), lambda data: data.decode("latin-1")):
            damaged = misread(text.encode())
            assert repair(misread(damaged.encode()) if twice else damaged)[0] == text


@pytest.mark.parametrize("text", UNCHANGED)
def test_right_text_is_left_alone(text: str) -> None:
    for version in (text, text.replace(" ", "\xa0"), text.replace(" ", ""), text.upper(), text.lower()):
        assert repair(version) == (version, ())
        assert decode(version.encode()) == (version, ())


@pytest.mark.parametrize(
    "text", [*ARABIC, *(text for _, text in WESTERN), *(case["want"] for case in MOJIBAKE if len(case["as"]) > 1)]
)
def test_repair_leaves_what_it_gives(text: str) -> None:
    assert repair(text) == (text, ())


@given(st.binary())
def test_any_bytes_give_a_text(data: bytes) -> None:
    text, _ = decode(data)
    text.encode()  # no lone surrogates


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x24F) | st.sampled_from(ARABIC_LETTERS + " ،؛؟«»\r\n")
    )
)
def test_any_mojibake_or_not_gives_a_text(text: str) -> None:
    decode(text.encode())[0].encode()


PLAIN = st.characters(codec="ascii", exclude_categories=["Cc"]) | st.sampled_from(ARABIC_LETTERS + "،؛؟«»“”–… \n\r\t٠١٢٣")


@given(st.text(PLAIN))
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, ())


@given(st.text(PLAIN, min_size=1), st.sampled_from(["utf-16", "utf-32"]))
def test_marked_unicode_comes_back(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, ())


# different words: one rare word over and over may well look better in another encoding
WORDS = sorted({word for line in ARABIC for word in line.split()})


@given(st.lists(st.sampled_from(WORDS), min_size=20, max_size=60, unique=True).map(" ".join))
def test_windows_1256_comes_back(text: str) -> None:
    assert decode(text.encode("cp1256")) == (text, (Note("encoding", ("windows-1256",)),))


@given(st.data())
def test_a_good_neighbour_is_untouched(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from(UNCHANGED))
    bad = data.draw(st.sampled_from(ARABIC))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    assert repair(f"{good}{end}{_sloppy(bad.encode())}{end}{good}")[0] == f"{good}{end}{bad}{end}{good}"
