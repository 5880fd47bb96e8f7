"""Rows of printed pages to paragraphs: running heads and page numbers out, columns in turn, lines joined.

A line end is the printer's own where the first word of the next line would not have fitted; else the writer's. Columns are
found as white that runs down through many rows (the idea of the XY-cut of Nagy and Seth 1984, from the top down).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from telecom_digest.language import english_key
from telecom_digest.sources import printed, visual
from telecom_digest.sources.glyphs import Cell, Row, text_of, words

Span = tuple[float, float]

_EDGE = 3  # rows at the top and at the foot of a page among which running heads are looked for
_DRIFT = 4.0  # points that a running head may move from page to page
_GUTTER = 1.0  # least white between columns, times the type size
_COLUMN_ROWS, _COLUMN_SHARE = 3, 0.2  # a column has that many rows, and that much of the page's width
_STRAIGHT = 0.7  # share of the rows of the second column that start at one place: where only spaces meet, none do
_SPACING = 1.18  # times the usual distance of lines: what parts paragraphs
_SIZE = 1.12  # times the size: what parts a heading from its text
_INDENT = 0.9  # times the size
_SPACE = 0.6  # of the size: more than the width of a space
_CLOSED = re.compile(r"[.!?؟…:؛][\"”»)\]]*$")
_ITEM = re.compile(r"(?:[-–—•*·▪●○◦‣]|[\d٠-٩]{1,2}[.)\-]|[أ-ي][.)\-]|\([a-zأ-ي\d]{1,2}\))\s")
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\xad]$")
_CONTINUED = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class _Line:
    """A line of a column: its text in reading order, where it lies, and the width of its first word (points)."""

    text: str
    left: float
    right: float
    y: float
    size: float
    first: float


@dataclass(slots=True)
class _Paragraph:
    """A paragraph; open: its last line is full and says nothing of being the last."""

    lines: list[str]
    size: float
    open: bool = False


def paragraphs(pages: Sequence[list[Row]]) -> list[str]:
    """Return the paragraphs of a document, each as one line, in reading order."""
    rtl = _is_rtl(cell.text for page in pages for row in page for cell in row.cells)
    found: list[_Paragraph] = []
    for page in _without_running_heads(pages):
        for column in _columns(page, rtl=rtl):
            for paragraph in _paragraphs(_lines(column, rtl=rtl), rtl=rtl):
                last = found[-1] if found else None
                if last and last.open and _alike(last.size, paragraph.size) and not _ITEM.match(paragraph.lines[0]):
                    last.lines += paragraph.lines
                    last.open = paragraph.open
                else:
                    found.append(paragraph)
    known = Counter(english_key(word) for paragraph in found for line in paragraph.lines for word in _WORD.findall(line))
    texts = [text for paragraph in found if (text := _joined(paragraph.lines, known))]
    return [visual.turned(text) for text in texts] if rtl else texts


def _is_rtl(texts: Iterable[str]) -> bool:
    """Tell whether more letters are written from right to left."""
    balance = 0
    for text in texts:
        if visual.is_arabic(text):
            balance += 1
        elif text[:1].isalpha():
            balance -= 1
    return balance > 0


# ---------------------------------------------------------------- what is not part of the text
def _without_running_heads(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the pages without the rows that stand at the same height on most of them, and without page numbers.

    Figures in them may differ.
    """
    edges = [{id(row): row for row in (*page[:_EDGE], *page[-_EDGE:])} for page in pages]
    places: dict[str, list[tuple[int, float]]] = {}
    for number in range(len(pages)):
        for row in edges[number].values():
            places.setdefault(_shape(row), []).append((number, row.y))
    enough = max(2, 0.4 * len(pages))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        out = set()
        for key, row in edge.items():
            others = {number for number, y in places[_shape(row)] if abs(y - row.y) < _DRIFT}
            if len(others) >= enough or (row in (page[0], page[-1]) and _is_page_number(row)):
                out.add(key)
        kept.append([row for row in page if id(row) not in out])
    return kept


def _shape(row: Row) -> str:
    return _DIGITS.sub("0", "".join(text_of(row.cells)))


def _is_page_number(row: Row) -> bool:
    text = visual.logical(text_of(row.cells), rtl=visual.is_arabic("".join(cell.text for cell in row.cells)))
    figures = _DIGITS.findall(text)
    others = _WORD.findall(text.casefold())
    return 1 <= len(figures) <= 2 and max(map(len, figures)) <= 3 and all(w in printed.words("page_words") for w in others)


# ---------------------------------------------------------------- columns
def _columns(rows: list[Row], *, rtl: bool) -> list[list[Row]]:
    """Return the columns of a page, and what stands across them, in reading order, each from top to bottom."""
    done: list[list[Row]] = []
    across: list[Row] = []
    at = 0
    while at < len(rows):
        end, middle = _gutter(rows, at, rtl=rtl)
        if end == at:
            across.append(rows[at])
            at += 1
            continue
        if across:
            done.append(across)
            across = []
        sides = [
            [Row(row.y, row.size, cells) for row in rows[at:end] if (cells := _side(row.cells, middle, left=left))]
            for left in ((False, True) if rtl else (True, False))
        ]
        done += [column for side in sides for column in _columns(side, rtl=rtl)]
        at = end
    return [*done, across] if across else done


def _side(cells: list[Cell], middle: float, *, left: bool) -> list[Cell]:
    return [cell for cell in cells if (cell.left < middle) == left]


def _gutter(rows: list[Row], start: int, *, rtl: bool) -> tuple[int, float]:
    """Return the end of the rows from `start` on that one white parts into two columns, and its middle; or `start`."""
    region = (min(row.left for row in rows), max(row.right for row in rows))
    spans = [_spans(row) for row in rows[start:]]
    white = _white(spans[0], region, rows[start].size)
    end = start + 1
    while end < len(rows):
        common = _common(white, _white(spans[end - start], region, rows[end].size), _GUTTER * rows[end].size)
        if not any(left > region[0] and right < region[1] for left, right in common):
            break
        white, end = common, end + 1
    for left, right in white:
        middle = (left + right) / 2
        sides = [[[s for s in row if (s[0] < middle) == side] for row in spans[: end - start]] for side in (True, False)]
        parts = [[row for row in side if row] for side in sides]
        if min(map(len, parts)) < _COLUMN_ROWS:
            continue
        widest = [max(b - a for row in side for a, b in row) for side in parts]
        starts = sorted(row[-1][1] if rtl else row[0][0] for row in parts[0 if rtl else 1])
        usual = starts[len(starts) // 2]
        straight = sum(abs(one - usual) < rows[start].size / 2 for one in starts)
        if straight >= _STRAIGHT * len(starts) and min(widest) > _COLUMN_SHARE * (region[1] - region[0]):
            return end, middle
    return start, 0


def _spans(row: Row) -> list[Span]:
    """Return where the text of a row is, gaps of less than a gutter filled."""
    spans: list[Span] = []
    for word in words(row.cells):
        left, right = word[0].left, max(cell.right for cell in word)
        if spans and left - spans[-1][1] < _GUTTER * row.size:
            left, right = spans[-1][0], max(right, spans[-1][1])
            spans.pop()
        spans.append((left, right))
    return spans or [(row.left, row.right)]


def _white(spans: list[Span], region: Span, size: float) -> list[Span]:
    edges = [region[0] - 1, *(edge for span in spans for edge in span), region[1] + 1]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= _GUTTER * size]


def _common(some: list[Span], others: list[Span], least: float) -> list[Span]:
    shared = [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others]
    return [(left, right) for left, right in shared if right - left >= least]


# ---------------------------------------------------------------- lines and paragraphs
def _lines(rows: list[Row], *, rtl: bool) -> list[_Line]:
    lines = []
    for row in rows:
        cells = text_of(row.cells)
        text = visual.logical(cells, rtl=rtl).strip()
        if rtl and visual.is_backwards(text):
            text = visual.logical(cells[::-1], rtl=True).strip()
        if text:
            word = words(row.cells)[-1 if rtl else 0]
            first = max(cell.right for cell in word) - word[0].left
            size = median_low(cell.size for cell in row.cells)
            lines.append(_Line(text, row.left, row.right, row.y, size, first))
    return lines


def _paragraphs(lines: list[_Line], *, rtl: bool) -> list[_Paragraph]:
    """Return the paragraphs of a column."""
    if not lines:
        return []
    edges = min(line.left for line in lines), max(line.right for line in lines)
    steps = [(a.size, a.y - b.y) for a, b in pairwise(lines) if _alike(a.size, b.size)]
    made = [_Paragraph([lines[0].text], lines[0].size)]
    for line, following in pairwise(lines):
        if _parted(line, following, edges, _step(steps, line.size), rtl=rtl):
            made.append(_Paragraph([following.text], following.size))
        else:
            made[-1].lines.append(following.text)
    last = lines[-1]
    made[-1].open = _room(last, edges, rtl=rtl) < 3 * last.size and not _CLOSED.search(last.text)
    return made


def _step(steps: list[tuple[float, float]], size: float) -> float:
    """Return the distance of lines of a size within a paragraph."""
    near = sorted(step for other, step in steps if _alike(size, other))
    return near[len(near) // 4] if near else math.inf


def _parted(line: _Line, following: _Line, edges: Span, step: float, *, rtl: bool) -> bool:
    """Tell whether a paragraph ends with `line`."""
    if not _alike(line.size, following.size) or _ITEM.match(following.text):
        return True
    if line.y - following.y > _SPACING * step:
        return True
    starts = [(edges[1] - one.right) if rtl else (one.left - edges[0]) for one in (line, following)]
    ends = edges[1] - edges[0] - (line.right - line.left) - starts[0]
    centred = abs(starts[0] - ends) < line.size and starts[0] > line.size
    if not centred and starts[1] - starts[0] > _INDENT * line.size:
        return True
    room = starts[0] + ends if centred else ends
    return following.first + _SPACE * line.size < room


def _room(line: _Line, edges: Span, *, rtl: bool) -> float:
    return line.left - edges[0] if rtl else edges[1] - line.right


def _alike(size: float, other: float) -> bool:
    return max(size, other) <= _SIZE * min(size, other)


def _joined(lines: list[str], known: Counter[str]) -> str:
    """Return the lines of a paragraph as one; a word broken at a line end is whole again."""
    text = lines[0]
    for line in lines[1:]:
        broken, rest = _BROKEN.search(text), _CONTINUED.match(line)
        if broken and rest:
            hyphen = text[-1] != "\xad" and _is_compound(broken[1], rest[0], known)
            text = (text if hyphen else text[:-1]) + line
        elif text[-1:] in "-\u2010/" and text[-2:-1].strip() and line[:1].isalnum():
            text += line  # a range or a compound: 2027-/2031
        elif text[-1:] == "–" and text[-2:-1].isdecimal() and line[:1].isdecimal():
            text += line
        elif text[-1:] in "()[]" and text[-2:-1] == " ":
            text += line  # a bracket that was left behind
        else:
            text = f"{text} {line}"
    return text.replace("\xad", "").strip()


def _is_compound(first: str, rest: str, known: Counter[str]) -> bool:
    """Tell whether two words were joined by a hyphen before the line broke, rather than one word parted by it."""
    return english_key(first + rest) not in known and max(known[english_key(first)], known[english_key(rest)]) > 1
