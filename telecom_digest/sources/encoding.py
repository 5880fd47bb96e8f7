"""Bytes to text: which encoding they are in, and text that was once read in the wrong one.

Order of belief: a byte-order mark, UTF-16 by its bytes, UTF-8, and only then an 8-bit encoding, which can never be proven
and so always leaves a note. UTF-8 that somebody read as windows-1252 or windows-1256 and saved again is put right where
it proves itself, and left alone elsewhere: the idea is that of ftfy (Speer 2019), the proofs here are made for Arabic.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from telecom_digest.edits import Edit, apply
from telecom_digest.model import Note

Decoded = tuple[str, tuple[Note, ...]]

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
_UTF16_HIGH = bytes([0x00, 0x06, 0x20, 0xFB, 0xFC, 0xFD, 0xFE])
"""High bytes of the code units of Latin and Arabic text: letters, presentation forms, typographic punctuation."""
# Patterns are compiled where they are used: a clean file needs one of them, and all together cost 3 ms at every start.
_NOT_TEXT = r"[\x00-\x08\x0e-\x1a\x1c-\x1f]"
_UTF8 = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH = rb"([\x80-\xff]+)"


def decode(data: bytes) -> Decoded:
    """Return the text of `data`, without its byte-order mark and with its line ends, and what had to be assumed.

    Any bytes give a text; whether they are one at all is for the caller to ask first.
    """
    codec, mark = wide(data)
    if codec:
        text, notes = _unicode(data[mark:], codec)
    else:
        text, notes = _narrow(data.removeprefix(codecs.BOM_UTF8))
    text, misreadings = repair(text)
    return text, (*notes, *(Note("mojibake", (name,)) for name in misreadings))


def wide(data: bytes) -> tuple[str, int]:
    """Return the codec of UTF-16 or UTF-32 text and the length of its byte-order mark, or ("", 0) for other bytes."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, len(mark)
    if b"\0" in data or b"\6" in data:  # without a mark: Latin letters have the high byte 0, Arabic ones 6
        even = data[: len(data) & ~1]
        for codec, high in (("utf-16-le", even[1::2]), ("utf-16-be", even[0::2])):
            odd_ones_out = len(high.translate(None, _UTF16_HIGH))
            if high and odd_ones_out <= len(high) // 10 and not re.search(_NOT_TEXT, even.decode(codec, "replace")):
                return codec, 0
    return "", 0


def _unicode(data: bytes, codec: str) -> Decoded:
    """Return `data` in a Unicode encoding, U+FFFD where it is broken, with a note of how many bytes that concerns."""
    try:
        return data.decode(codec), ()
    except UnicodeDecodeError:
        lost = len(data) - len(data.decode(codec, "ignore").encode(codec))
        return data.decode(codec, "replace"), (Note("undecodable", (str(lost),)),)


def _narrow(data: bytes) -> Decoded:
    """Return `data` as UTF-8, as broken UTF-8, as UTF-8 with pieces of an 8-bit encoding, or as an 8-bit encoding.

    Chance makes few UTF-8 sequences in 8-bit text; only CP720 has many in short texts, which are known by their words.
    """
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        total, broken = (len(part.translate(None, _ASCII)) for part in (data, re.sub(_UTF8, b"", data)))
    share = 1 - broken / total
    if share >= 0.95 or (broken <= 3 and share >= 0.8):
        return _unicode(data, "utf-8")
    codec = _arabic_codec(data)
    if codec or share < 0.5:
        return _eight_bit(data, codec or _asked(data))
    return _spliced(data)


def _spliced(data: bytes) -> Decoded:
    """Return UTF-8 with pieces of an 8-bit encoding pasted in: runs beyond ASCII that are not UTF-8 are in the latter.

    Not sequence by sequence: a letter and the Arabic comma after it make a UTF-8 sequence in windows-1256.
    """
    alien = re.sub(_HIGH, lambda run: b"" if _is_utf8(run[0]) else run[0], data)
    codec = _arabic_codec(alien) or _asked(alien)
    texts = [part.decode("utf-8" if _is_utf8(part) else codec, "replace") for part in re.split(_HIGH, data)]
    return "".join(texts), _eight_bit(alien, codec)[1]


def _is_utf8(data: bytes) -> bool:
    """Tell whether `data` is nothing but UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# Arabic is decided here before charset-normalizer is asked. Measured, texts right in windows-1256 / ISO-8859-6 / CP720:
#                                                      charset-normalizer 3.5    restricted to these    this
#   the 34 of tests/cases/encoding/arabic.txt                   31 / 20 / 27           33 / 30 / 33    34 / 33 / 34
#   telecom news cut to 12 characters, %                        39 /  0 / 21          100 / 37 / 96    98 / 92 / 91
#   cut to 20, %                                                72 /  0 / 45          100 / 98 / 100   99 / 100 / 99
#   cut to 40, %                                                97 / 71 / 91          100 / 99 / 100  100 / 100 / 100
# (160 pieces for the library, 480 for this, which is right on all of 60 characters or more and on the 160 whole items.)
_ARABIC = ("cp1256", "iso8859_6", "cp720", "mac_arabic")
_FREQUENT = frozenset("اليمونرتبةعد")
_WORD = r"(?:[^\W\d_]|[\u064b-\u0652])+"
_ARABIC_WORD = r"([وبفك]?ال|لل)?[\u0621-\u0652پچژڤگکٹڈڑںھہے]*"
_ARABIC_ENOUGH = 0.5  # points a letter; Arabic sentences have 0.55 and more, Russian and Greek read as Arabic under 0.4
_SAMPLE = 1 << 16

_FIRST_ASKED = ["cp1252", "cp1256", "iso8859_6"]
_NOT_EIGHT_BIT = ["utf_7", "utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]


def _eight_bit(data: bytes, codec: str) -> Decoded:
    """Return `data` in an 8-bit (or East Asian) encoding, with a note of its name."""
    text = data.decode(codec, "replace")
    name = re.sub(r"^ISO8859-", "ISO-8859-", re.sub(r"^CP(?=125\d)", "windows-", codec.upper().replace("_", "-")))
    lost = text.count("\ufffd")
    notes = (Note("encoding", (name,)), Note("undecodable", (str(lost),)))
    return text, notes if lost else notes[:1]


def _arabic_codec(data: bytes) -> str:
    """Return the codec in which `data` is Arabic, or "" if it is so in none."""
    words = b" ".join(word for word in data.split() if not word.isascii())[:_SAMPLE]
    ratings = [(*_arabic_points(words, codec), codec) for codec in _ARABIC]
    points, letters, codec = max(ratings, key=lambda rating: rating[0])
    return codec if letters and points / letters >= _ARABIC_ENOUGH else ""


def _arabic_points(data: bytes, codec: str) -> tuple[int, int]:
    """Return how much `data` read with `codec` looks like Arabic words, and its number of letters beyond ASCII.

    A point for a frequent letter, two for the article, two less for every letter of a word of mixed scripts or of a single
    letter other than و, which is what another encoding makes of them.
    """
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return -len(data), 0
    points = letters = 0
    for word in re.findall(_WORD, text):
        found = sum(not (c.isascii() or "\u064b" <= c <= "\u0652") for c in word)
        letters += found
        fit = re.fullmatch(_ARABIC_WORD, word)
        if fit and (len(word) > 1 or word == "و"):
            points += sum(c in _FREQUENT for c in word) + (2 if fit[1] else 0)
        else:
            points -= 2 * found
    return points, letters


def _asked(data: bytes) -> str:
    """Return the codec that charset-normalizer finds: Western or Arabic if it can be, else any.

    Asked at once for any, it takes French for Baltic and English with one curly quote for Cyrillic: it is right on 11 of
    the 28 Western texts of tests/cases/encoding/western.yaml, and on all 28 when it is asked in two steps.
    """
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=_FIRST_ASKED).best() or from_bytes(data, cp_exclusion=_NOT_EIGHT_BIT).best()
    return found.encoding if found else "cp1252"


class _Misreading(NamedTuple):
    """An encoding in which UTF-8 has been read: how its sequences look then."""

    name: str
    bytes_of: dict[int, int]
    """For `str.translate`: a character of the encoding to the code point of its byte."""
    sequence: re.Pattern[str]
    """One sequence, with U+FFFD where one of its bytes was lost."""
    proof: re.Pattern[str]
    """What is never found in right text."""


# What a repaired sequence may be. Without Armenian, Syriac, phonetic letters and rare Arabic signs, which is what a capital
# letter and the quotation mark or no-break space after it would make (É”, Ø , ß…).
_PLAUSIBLE = (
    r"[\x80-\u017f\u0192\u02c6\u02dc\u0386-\u03ce\u0401-\u045f\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a"
    r"\u0640-\u0655\u0660-\u066d\u0670\u0679\u067e\u0686\u0688\u0691\u0698\u06a4\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2\u06d4"
    r"\u06f0-\u06f9\u1ea0-\u1ef9\u200b-\u206f\u20a0-\u20bf\u2100-\u22ff\u2500-\u27bf\u3000-\u9fff\uac00-\ud7a3\ufb50-\ufdff"
    r"\ufe0f\ufe70-\ufeff\U0001f000-\U0001faff]"
)
_ROUNDS = 3  # text misread twice needs two


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with its mojibake put right, and the names of the encodings it had been read in.

    Each line is judged by itself, so that a bad paragraph is repaired and its good neighbours are not touched. Where bytes
    were lost on the way (U+FFFD) their character stays U+FFFD.
    """
    names: dict[str, None] = {}  # in order, each once
    for _ in range(_ROUNDS):
        misreadings = [m for m in _misreadings() if m.proof.search(text)] if re.search(_HINT, text) else []
        if not misreadings:
            break

        def repaired(match: re.Match[str], misreadings: list[_Misreading] = misreadings) -> str:
            versions = [(_repaired_line(match[0], m), m.name) for m in misreadings]
            line, name = min(versions, key=lambda version: len(version[0]))  # every repair shortens
            if line != match[0]:
                names[name] = None
            return line

        text = re.sub(r"[^\r\n]+", repaired, text)
    return text.removeprefix("\ufeff") if names else text, tuple(names)


def _repaired_line(line: str, misreading: _Misreading) -> str:
    """Return `line` with every sequence replaced if they are most of its letters, else only those that are proven."""
    runs: list[Edit] = []
    for found in misreading.sequence.finditer(line):
        if read := _read(found[0], misreading):
            before = runs.pop() if runs and runs[-1].end == found.start() else Edit(found.start(), 0, "", "mojibake")
            runs.append(before._replace(end=found.end(), text=before.text + read))
    proven = [run for run in runs if misreading.proof.search(line, run.start, run.end)]
    covered = sum(run.end - run.start for run in runs)
    others = sum(not c.isascii() for c in line) - covered
    return apply(line, runs if proven and others * 4 <= covered else proven)


def _read(sequence: str, misreading: _Misreading) -> str:
    """Return the character that `sequence` was, U+FFFD if a byte of it is lost, or "" if it is none to be expected."""
    if "\ufffd" in sequence:
        return "\ufffd"
    try:
        read = sequence.translate(misreading.bytes_of).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return read if re.fullmatch(_PLAUSIBLE, read) else ""


# Hardly ever written right after a letter, unlike quotation marks, dashes and ordinals: what proves a sequence.
_SIGNS = "[¢-©¬®¯±-¶¸¹¼-¾€‚ƒ„†‡ˆ‰]"
_WESTERN_SIGNS = "[¡-©¬¯±-¶¸¹¼-¿€‚ƒ„†‡ˆ‰ŠŒŽ˜šœžŸ\\x80-\\x9f]"
_WESTERN_PROOF = (
    f"[Â-ô]{_WESTERN_SIGNS}{{rest}}?{{one}}|{{one}}[Â-ô]{_WESTERN_SIGNS}"
    r"|Ã[¡-©¬¯±´-¶¸¼-¿€‚ƒ„†‡ˆ‰ŠŒŽ˜šœžŸ\x80-\x9f]|Â[¡-§©¬®-±µ¶¼-¿\x80-\x9f]|â€{rest}|â‚¬|â„¢|ï»¿|ðŸ{rest}{rest}"
    r"|(?<=[a-z])[Â-Å]{rest}|(?<=[0-9.,;:!?)%])Â{rest}"
)
_ARABIC_PROOF = f"[آأطظعغ]{_SIGNS}{{one}}|{{one}}[آأطظعغ]{_SIGNS}|â€{{rest}}|(?<=[a-z])[آأ]{_SIGNS}"

# What damaged text has somewhere, and plain Arabic and English hardly ever: after this search most texts are done.
_HINT = r"[Â-ôآأطظعغ][\x80-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    """Return the two encodings through which Arabic text is damaged; built when first needed, for the cold start."""
    leads = [0xC2, 0xC3, 0xC5, 0xC6, 0xCB, *range(0xD8, 0xDC), 0xE2, 0xEF, 0xF0]  # Arabic, accents, typographic signs
    return (
        _misreading("windows-1252", "cp1252", [*range(0xC2, 0xF5)], _WESTERN_PROOF),
        _misreading("windows-1256", "cp1256", leads, _ARABIC_PROOF),
    )


def _misreading(name: str, codec: str, leads: list[int], proof: str) -> _Misreading:
    """Return how UTF-8 sequences that begin with one of `leads` look when read with `codec`."""

    def shown(first: int, last: int, among: Container[int] = range(256)) -> str:
        # the five bytes that cp1252 leaves undefined come through as the control characters of the same number
        values = (value for value in range(first, last) if value in among)
        return "".join(bytes([value]).decode(codec, "ignore") or chr(value) for value in values)

    controls = r"\x80-\x9f" if codec == "cp1252" else ""  # as which Latin-1 shows them
    rest = f"[{controls}{re.escape(shown(0x80, 0xC0))}]"
    two, three, four = (f"[{shown(*span, leads)}]" for span in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5)))
    one = f"(?:{two}{rest}|{three}{rest}{rest}|{four}{rest}{rest}{rest})"
    lost = f"{two}\ufffd|{three}(?:{rest}\ufffd|\ufffd{rest})"
    return _Misreading(
        name,
        {ord(char): value for value, char in enumerate(shown(0x80, 0x100), start=0x80)},
        re.compile(f"{one}|{lost}"),
        re.compile(proof.replace("{one}", one).replace("{rest}", rest)),
    )
