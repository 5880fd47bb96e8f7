"""The pure parts of the speed benchmark; nothing here takes a time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import speed, worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"


def sequence(*values: float | str) -> Callable[[], float]:
    """Return a measurement that gives one value after another, a text being a failure."""
    left = iter(values)

    def measure() -> float:
        value = next(left)
        if isinstance(value, str):
            raise speed.BenchmarkError(value)
        return value

    return measure


def test_ratio_is_taken_round_by_round() -> None:
    assert speed.ratios([10, 40, 30], [10, 10, 15]) == [1, 4, 2]


def test_ratio_refuses_rounds_that_do_not_pair() -> None:
    with pytest.raises(ValueError, match="shorter"):
        speed.ratios([1, 2], [1])


def test_spread_gives_the_median_between_lowest_and_highest() -> None:
    assert speed.spread([3000, 1, 2]) == "2 (1 to 3,000)"
    assert speed.spread([1, 2], 2) == "1.50 (1.00 to 2.00)"


def test_rounds_are_interleaved_and_the_first_does_not_count() -> None:
    order: list[str] = []

    def measure(name: str) -> Callable[[], float]:
        def measured() -> float:
            order.append(name)
            return float(len(order))

        return measured

    found = speed.interleave([speed.Contender(name, measure(name)) for name in "ab"], 2)
    assert order == ["a", "b"] * 3
    assert found == {"a": [3.0, 5.0], "b": [4.0, 6.0]}


def test_a_peer_that_fails_is_out_and_the_rest_runs() -> None:
    ours = speed.Contender("ours", sequence(9, 1, 2))
    found = speed.interleave([ours, speed.Contender("peer", sequence(9, 3, "it broke"))], 2)
    assert found == {"ours": [1, 2], "peer": "not measured: it broke"}


def test_nothing_is_compared_where_ours_fails() -> None:
    with pytest.raises(speed.BenchmarkError, match="ours: no seed"):
        speed.interleave([speed.Contender("ours", sequence("no seed"))], 2)


def test_table_has_ratios_and_reasons() -> None:
    found: dict[str, speed.Series] = {"ours": [10, 20, 30], "peer": [20, 20, 20], "gone": "not measured: why"}
    assert speed.table(("what", "ms", "times"), found).splitlines() == [
        "| what | ms | times |",
        "| --- | ---: | ---: |",
        "| ours | 20 (10 to 30) | 1 |",
        "| peer | 20 (20 to 20) | 1.00 (0.50 to 1.50) |",
        "| gone | not measured: why | |",
    ]


@pytest.mark.parametrize(("ours", "word"), [([17.0, 18.0, 90.0], "1.80, met"), ([19.0], "1.90, missed")])
def test_verdict_is_on_the_median_ratio(ours: list[float], word: str) -> None:
    assert word in speed.verdict(ours, [10.0] * len(ours))


def test_verdict_without_a_floor() -> None:
    assert "could not be judged" in speed.verdict([1.0], "not measured")


@pytest.mark.parametrize(("alone", "many", "words"), [([0.7, 0.9, 0.6], [0.5], ("30% (met)", "50% (missed)"))])
def test_share_of_the_facts(alone: list[float], many: list[float], words: tuple[str, str]) -> None:
    assert all(word in speed.share(alone, many) for word in words)
    assert "could not be judged" in speed.share(alone, [])


def test_without_facts_there_are_bullets_alone() -> None:
    def printed(*command: str) -> str:
        words = [sys.executable, *command, "-n", "2"]
        return subprocess.run(words, check=True, capture_output=True, text=True, encoding="utf-8").stdout

    whole = printed("-m", "telecom_digest", str(speed.SEED))
    bare = printed(str(speed.HERE / "without_facts.py"), str(speed.SEED))
    assert bare
    assert whole.endswith(bare)
    assert len(whole) > len(bare)


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    once = speed.replace_between(text, "new\n")
    assert once == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    assert speed.replace_between(once, "new") == once


@pytest.mark.parametrize(
    "text",
    ["", BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}{BEGIN}{END}"],
)
def test_markers_must_stand_once_each_in_order(text: str) -> None:
    with pytest.raises(speed.BenchmarkError, match="speed:begin"):
        speed.replace_between(text, "new")


def test_write_without_markers_stops_before_measuring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# No markers\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        speed.main(["--write", "--readme", str(readme), "--envs", str(tmp_path / "envs")])
    assert stopped.value.code == 1
    assert "speed:begin" in capsys.readouterr().err
    assert not (tmp_path / "envs").exists()


def test_missing_seed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(speed, "SEED", tmp_path / "gone.txt")
    with pytest.raises(SystemExit):
        speed.main([])
    assert "gone.txt is missing" in capsys.readouterr().err


def test_peer_that_cannot_be_installed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "HERE", tmp_path)  # no requirements there
    name, programs = speed.install("sumy", tmp_path / "envs")
    assert name == "sumy"
    assert not programs.exists()
    with pytest.raises(speed.BenchmarkError, match="not installed"):
        speed.loop("sumy", programs / "python", "sumy").measure()


def test_call_gives_the_output_or_why_there_is_none() -> None:
    assert speed.call([sys.executable, "-c", "print('كلمة')"]).strip() == "كلمة"
    with pytest.raises(speed.BenchmarkError, match="exit code 3"):
        speed.call([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(speed.BenchmarkError, match="not installed"):
        speed.call(["no-such-program"])


def test_requirements_are_bounded() -> None:
    for package in ("sumy", "aranorm"):
        lines = (speed.HERE / f"requirements-{package}.txt").read_text(encoding="utf-8").splitlines()
        assert all(">=" in line and "<" in line for line in lines if not line.startswith("#"))


def test_worker_counts_whole_documents() -> None:
    seen: list[str] = []
    assert worker.rate(seen.append, "text", 0) > 0
    assert seen == ["text", "text"]
