"""The algebra of edits, on anything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.edits import Edit, apply, compose, shifts, source_offset


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Edit]:
    """Ordered edits of `text` that do not overlap; two at one place are never both insertions."""
    made: list[Edit] = []
    at = 0
    while at <= len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, len(text)))
        if made and made[-1].end == start == end:
            break
        made.append(Edit(start, end, draw(st.text("xyz", max_size=3)), draw(st.sampled_from("ab"))))
        at = end
    return made


@given(st.text("0123456789", max_size=12), st.data())
def test_composed_edits_do_what_both_did(source: str, data: st.DataObject) -> None:
    first = data.draw(edits(source))
    middle = apply(source, first)
    second = data.draw(edits(middle))
    composed = compose(first, middle, second)
    assert apply(source, composed) == apply(middle, second)
    assert all(a.end <= b.start for a, b in pairwise(composed))


@given(st.text("0123456789", max_size=12), st.data())
def test_offsets_run_forward_within_the_source(source: str, data: st.DataObject) -> None:
    made = data.draw(edits(source))
    spans = shifts(made)
    last = 0
    for offset in range(len(apply(source, made)) + 1):
        closing = source_offset(made, spans, offset, opening=False)
        opening = source_offset(made, spans, offset, opening=True)
        assert last <= closing <= opening <= len(source)
        last = opening


def test_a_span_beside_removed_text_leaves_it_out() -> None:
    made = [Edit(0, 7, "", "dateline"), Edit(12, 14, "", "space")]
    spans = shifts(made)
    assert apply("dubai: hello  ", made) == "hello"
    assert source_offset(made, spans, 0, opening=True) == 7
    assert source_offset(made, spans, 5, opening=False) == 12


def test_kinds_are_joined_where_edits_meet() -> None:
    first = [Edit(1, 2, "--", "a")]
    assert compose(first, "x--y", [Edit(2, 3, "", "b")]) == [Edit(1, 2, "-", "a+b")]


def test_edits_apart_stay_apart() -> None:
    first = [Edit(0, 1, "", "a")]
    assert compose(first, "bcd", [Edit(2, 3, "", "b")]) == [Edit(0, 1, "", "a"), Edit(3, 4, "", "b")]
