"""The letters of a PDF page with their places, as rows of cells: what PDFium knows, put right for Arabic.

PDFium's own order of letters is not used: it turns some right-to-left words round and others not. Its places are right.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from telecom_digest import arabic
from telecom_digest.sources.extras import needs

_SAME = 0.02  # of the type size: letters nearer than this are one glyph, a ligature
_ROW = 0.45  # of the type size: how far marks and raised letters stand from the line's own height
GAP = 0.19  # of the type size: the least white between two words
_FLAT = 0.3  # of the type size: a kashida is not taller
_TOUCH = 0.08  # of the type size
_ENDS_ONLY = frozenset("اأإآٱدذرزوؤىةء")  # letters that join none after them, so that only the last of a ligature is one
_MARKS = frozenset(map(chr, (*range(0x64B, 0x660), 0x670)))
_UNKNOWN = "\ufffd"  # a glyph without a meaning, often a stroke that lengthens a word
_NO_SIGN = frozenset(["Cc", "Cf", "Cn", "Co", "Cs"])  # controls, private use, halves of pairs
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "\xad"}  # PDFium's own signs for the hyphen at the end of a line


Span = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Glyph(NamedTuple):
    """A character: where its pen starts (x, y), the place it takes (left, right), its ink, its type size, its number.

    All in points, y upwards.
    """

    text: str
    x: float
    y: float
    left: float
    right: float
    ink: tuple[float, float]
    bottom: float
    top: float
    size: float
    number: int

    @property
    def flat(self) -> bool:
        """It is a stroke on the line."""
        return (
            not self.text.isspace()
            and self.top - self.bottom < _FLAT * self.size
            and abs(self.bottom - self.y) < 0.1 * self.size
        )


@dataclass(slots=True)
class Cell:
    """What stands at one place of a row: a letter with its marks, the letters of a ligature, or "" for a kashida."""

    text: str
    left: float
    right: float
    size: float


@dataclass(slots=True)
class Row:
    """Cells of one height, left to right; y of the foot of its letters and their size, in points."""

    y: float
    size: float
    cells: list[Cell]

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return max(cell.right for cell in self.cells)


def rows(textpage: Any) -> list[Row]:
    """Return the rows of a page (pypdfium2's PdfTextPage), from top to bottom."""
    glyphs = _upright(textpage)
    if not glyphs:
        return []
    parted = _by_height(glyphs)
    ligatures = [group for row in parted for group in _groups(row)]
    turned = _turned_ligatures(ligatures)
    made = []
    for row in parted:
        cells = _cells(row, turned)
        if cells:
            size, _ = Counter(round(g.size, 1) for g in row).most_common(1)[0]
            made.append(Row(_height(row), size, cells))
    return sorted(made, key=lambda row: -row.y)


def _upright(textpage: Any) -> list[Glyph]:
    """Return the characters of the page in the direction that most are in: a page may lie, a watermark leans."""
    raw = needs("pypdfium2.raw", "pdf")
    x, y, *sides = (ctypes.c_double() for _ in range(6))
    left, right, bottom, top = sides
    loose = raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    found: list[tuple[int, Glyph]] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        text = _HYPHENS.get(code) or (_UNKNOWN if unicodedata.category(chr(min(code, 0x10FFFF))) in _NO_SIGN else chr(code))
        if raw.FPDFText_IsGenerated(textpage, index) == 1 and code not in _HYPHENS:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        if text.isspace() and right.value - left.value < 0.1:
            continue  # one that PDFium puts at any place of the word before
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        size = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        turns = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 5) % 72  # steps of five degrees
        ink = _turned(turns, (left.value, bottom.value, right.value, top.value))
        place = ink
        if not _is_letter(text):  # with the white that belongs to the sign; of Arabic letters PDFium does not know it
            raw.FPDFText_GetLooseCharBox(textpage, index, loose)
            place = _turned(turns, (loose.left, loose.bottom, loose.right, loose.top))
        pen = _turned(turns, (x.value, y.value, x.value, y.value))
        edges = min(ink[0], place[0]), max(ink[2], place[2])
        found.append((turns, Glyph(text, pen[0], pen[1], *edges, (ink[0], ink[2]), ink[1], ink[3], size, index)))
    if not found:
        return []
    usual, _ = Counter(turns for turns, _ in found).most_common(1)[0]
    return [glyph for turns, glyph in found if turns == usual]


def _turned(turns: int, box: Box) -> Box:
    """Return a box of a page as it is when the text stands: the page may lie on a side (18) or on its head."""
    left, bottom, right, top = box
    match turns:
        case 18:
            return bottom, -right, top, -left
        case 36:
            return -right, -top, -left, -bottom
        case 54:
            return -top, left, -bottom, right
    return box


def _by_height(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return glyphs by row: the commonest heights first, and to each what stands near it, as marks do."""
    heights: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        heights.setdefault(round(glyph.y * 2) / 2, []).append(glyph)
    made: list[tuple[float, float, list[Glyph]]] = []
    for y, level in sorted(heights.items(), key=lambda item: -len(item[1])):
        size = max(glyph.size for glyph in level)
        near = min(made, key=lambda row: abs(row[0] - y), default=None)
        if near and abs(near[0] - y) < _ROW * max(near[1], size if len(level) > 2 else 0):
            near[2].extend(level)
        else:
            made.append((y, size, level))
    return [level for _, _, level in made]


def _groups(row: list[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of a row by the place of their pen, left to right, spaces and kashidas too.

    What is printed twice, for bold, is there once, and so is a letter that Chromium names again with the mark over it.
    """
    height = _height(row)
    groups: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda glyph: (round(glyph.x, 1), abs(glyph.y - height) > 0.1, glyph.number)):
        last = groups[-1][-1] if groups else None
        if last is None or abs(last.x - glyph.x) >= _SAME * glyph.size or glyph.text.isspace() or last.text.isspace():
            groups.append([glyph])
        elif (last.number == glyph.number - 1 and last.y == glyph.y) or all(glyph.text != g.text for g in groups[-1]):
            groups[-1].append(glyph)
    return groups


def _height(row: list[Glyph]) -> float:
    """Return where most letters of a row stand."""
    return Counter(round(glyph.y, 1) for glyph in row).most_common(1)[0][0]


def _turned_ligatures(groups: list[list[Glyph]]) -> bool:
    """Tell whether the letters of ligatures come last first, by those whose order is certain."""
    votes = 0
    for group in groups:
        letters = [glyph.text for glyph in sorted(group, key=lambda g: g.number) if glyph.text not in _MARKS]
        if len(letters) > 1 and (letters[0] in _ENDS_ONLY) != (letters[-1] in _ENDS_ONLY):
            votes += 1 if letters[0] in _ENDS_ONLY else -1
    return votes > 0


def _cells(row: list[Glyph], turned: bool) -> list[Cell]:
    """Return the cells of a row; a mark joins the letter that it stands over."""
    groups = _groups(row)
    bases = [group for group in groups if any(glyph.text not in _MARKS for glyph in group)]
    cells = [_cell(group, turned) for group in bases]
    _widen(cells, bases, _height(row))
    for group in groups:
        if all(glyph.text in _MARKS for glyph in group) and cells:
            middle = (group[0].left + group[0].right) / 2
            nearest = min(cells, key=lambda cell: (max(cell.left - middle, middle - cell.right, 0), cell.right - cell.left))
            nearest.text = _marked(nearest.text, "".join(glyph.text for glyph in group))
    _drop_kashidas(cells, bases)
    return cells


def _cell(group: list[Glyph], turned: bool) -> Cell:
    letters = [glyph.text for glyph in group if _is_letter(glyph.text) or not glyph.flat]  # else a kashida shares its place
    text = _ligature(letters or [group[0].text], turned=turned)
    # the pen, not the ink: the tail of a letter such as ر reaches under the space after it
    left, right = group[0].x, max(glyph.right for glyph in group)
    return Cell(text, left, right, group[0].size)


def _widen(cells: list[Cell], groups: list[list[Glyph]], height: float) -> None:
    """Give the letters that have only the place of their mark a width: Chromium names some only there.

    The last letter of a word is wider than the others.
    """
    for i, (cell, group) in enumerate(zip(cells, groups, strict=True)):
        if _is_letter(cell.text) and all(abs(glyph.y - height) > 0.1 for glyph in group):
            last = i == 0 or cells[i - 1].text.isspace() or cell.left - cells[i - 1].right > GAP * cell.size
            cell.right = max(cell.right, cell.left + (0.75 if last else 0.25) * cell.size)


def _ligature(letters: list[str], *, turned: bool) -> str:
    """Return the letters that share a place in their order."""
    bases = [letter for letter in letters if letter not in _MARKS]
    marks = "".join(letter for letter in letters if letter in _MARKS)
    if len(bases) > 1 and any(arabic.MARKS.sub("", base) for base in bases):
        first, last = bases[0] in _ENDS_ONLY, bases[-1] in _ENDS_ONLY
        if (first and not last) or (first == last and turned and all("\u0620" <= base < "\u0700" for base in bases)):
            bases.reverse()
    return _marked(arabic.letters("".join(bases)), marks)


def _marked(letters: str, marks: str) -> str:
    """Return letters with marks: those over a ligature of lam and alef are the lam's (إلّا), but for the ending ـاً."""
    if len(letters) == 2 and letters[0] == "ل" and letters[1] in "اأإآ" and "\u064b" not in marks:
        return letters[0] + marks + letters[1]
    return letters + marks


def _drop_kashidas(cells: list[Cell], groups: list[list[Glyph]]) -> None:
    """Empty the cells of strokes that only lengthen a word: flat, on the line, and between letters, all touching.

    Their glyph often has no meaning in the file, and comes as a hyphen, a control character or any other sign.
    """
    run: list[Cell] = []
    edge = -math.inf  # where the ink of the letter before ends, and then that of the strokes
    for cell, group in zip(cells, groups, strict=True):
        cell.text = cell.text.replace(_UNKNOWN, "").replace("\u0640", "")
        touching = min(glyph.ink[0] for glyph in group) - edge < _TOUCH * cell.size
        letter = _is_letter(cell.text)
        flat = [glyph.flat for glyph in group if glyph.text not in _MARKS]
        if touching and not letter and flat and all(flat):
            run.append(cell)
        else:
            if touching and letter:
                for stroke in run:
                    stroke.text = "".join(char for char in stroke.text if char in _MARKS)
            run, edge = [], -math.inf
        if letter or run:
            edge = max(glyph.ink[1] for glyph in group)


def _is_letter(text: str) -> bool:
    return "\u0620" <= text[:1] < "\u0660"


def text_of(cells: list[Cell]) -> list[str]:
    """Return the texts of cells, left to right, with a space at each gap between two words."""
    texts: list[str] = []
    for word in words(cells):
        texts += [" "] * bool(texts) + [cell.text for cell in word if cell.text]
    return texts


def words(cells: list[Cell], gap: float = GAP) -> list[list[Cell]]:
    """Return the cells of each word of a row: spaces part them, and gaps of at least `gap` times the type size."""
    made: list[list[Cell]] = []
    right = -math.inf
    apart = True
    for cell in cells:
        if cell.text and cell.text.isspace():
            apart = True
            continue
        if apart or cell.left - right > gap * cell.size:
            made.append([])
        made[-1].append(cell)
        right, apart = max(right, cell.right), False
    return made
