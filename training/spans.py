"""Annotations and our own sentences, matched by where they stand in the source."""

from __future__ import annotations

from collections.abc import Sequence


def nearest(span: Sequence[int], spans: Sequence[Sequence[int]]) -> int:
    """Return which of `spans` has most of `span`; each is a start and an end."""
    return max(range(len(spans)), key=lambda i: min(span[1], spans[i][1]) - max(span[0], spans[i][0]))
