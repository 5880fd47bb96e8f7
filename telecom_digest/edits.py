"""Edits to a text, and the offset map they are.

An edit replaces `text[start:end]`. A list of edits is ordered and its members do not overlap, so the list alone says both
what the result is and where each of its characters came from. Lists made one after the other are composed into one that
goes from the first text to the last: the same idea as composing operations in operational transformation (Ellis and
Gibbs 1989), with one author and no concurrency.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace `[start, end)` by `text`; `kind` names the rule, several joined by "+" where they met."""

    start: int
    end: int
    text: str
    kind: str


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with `edits` (ordered, not overlapping) carried out."""
    parts = []
    at = 0
    for edit in edits:
        parts.append(source[at : edit.start])
        parts.append(edit.text)
        at = edit.end
    parts.append(source[at:])
    return "".join(parts)


def shifts(edits: Sequence[Edit]) -> tuple[tuple[int, int], ...]:
    """Return for each edit the span `[start, end)` that its replacement takes in the result."""
    spans = []
    moved = 0
    for edit in edits:
        start = edit.start + moved
        end = start + len(edit.text)
        moved += len(edit.text) - (edit.end - edit.start)
        spans.append((start, end))
    return tuple(spans)


def source_offset(edits: Sequence[Edit], spans: Sequence[tuple[int, int]], offset: int, *, opening: bool) -> int:
    """Return where `offset` of the result stands in the source.

    Where text was removed exactly at `offset`, a span that opens there starts after it and one that closes there ends
    before it. Inside a replacement, positions go along one for one as far as the replaced text reaches, so the map never
    runs backwards.
    """
    find = bisect_right if opening else bisect_left
    i = find(spans, offset, key=itemgetter(0)) - 1
    if i < 0:
        return offset
    edit, (start, end) = edits[i], spans[i]
    if offset >= end:
        return edit.end + (offset - end)
    return min(edit.start + (offset - start), edit.end)


def compose(first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> list[Edit]:
    """Return the edits that do at once what `first` (giving `middle`) and then `second` (on `middle`) do.

    Edits of the two lists that overlap become one, of both kinds; those that only touch stay apart, so that an offset
    between them is still known.
    """
    if not first:
        return list(second)
    spans = shifts(first)
    merged: list[Edit] = []
    moved = 0  # source offset minus middle offset, left of the next edit
    i = j = 0
    while i < len(first) or j < len(second):
        from_i, from_j = i, j
        if j == len(second) or (i < len(first) and spans[i] <= second[j][:2]):
            left, right = spans[i]
            i += 1
        else:
            left, right = second[j][:2]
            j += 1
        while True:  # take in what overlaps
            if i < len(first) and spans[i][0] < right:
                right = max(right, spans[i][1])
                i += 1
            elif j < len(second) and second[j].start < right:
                right = max(right, second[j].end)
                j += 1
            else:
                break
        start = left + moved
        moved += sum((e.end - e.start) - len(e.text) for e in first[from_i:i])
        local = [Edit(e.start - left, e.end - left, e.text, e.kind) for e in second[from_j:j]]
        kinds = dict.fromkeys(e.kind for e in (*first[from_i:i], *second[from_j:j]))
        merged.append(Edit(start, right + moved, apply(middle[left:right], local), "+".join(kinds)))
    return merged
