"""What remembers: the function's own answers, each asked for once, and not without end."""

from __future__ import annotations

import pytest

from telecom_digest import memo


def test_a_word_is_asked_for_once() -> None:
    asked: list[str] = []

    @memo.remembered
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    assert [length(word) for word in ("اتصالات", "دو", "اتصالات")] == [7, 2, 7]
    assert asked == ["اتصالات", "دو"]


def test_it_is_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_MOST", 3)
    upper = memo.remembered(str.upper)
    assert [upper(word) for word in "abcdea"] == list("ABCDEA")
    assert len(upper.__self__) <= 3  # type: ignore[attr-defined] # the dict behind the bound method


def test_an_error_is_not_remembered() -> None:
    number = memo.remembered(int)
    with pytest.raises(ValueError, match="invalid literal"):
        number("x")
    assert number("7") == 7
