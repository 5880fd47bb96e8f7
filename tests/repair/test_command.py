"""The repair as users meet it: `digest clean`, --repair, --explain, notes."""

from __future__ import annotations

import json
from pathlib import Path

from telecom_digest.arabic import skeleton
from tests.process import DAMAGED, SEED, out


def test_repair_is_an_option_of_every_command() -> None:
    for args in (["-q"], ["clean"], ["segment"]):
        shown = {mode: out(*args, DAMAGED, "--repair", mode) for mode in ("auto", "always", "never")}
        assert "المسؤولين" in shown["auto"]
        assert "المسؤولين" in shown["always"]
        assert "المسولين" in shown["never"]
        assert out(*args, DAMAGED) == shown["auto"]


def test_clean_is_a_filter_that_loses_nothing() -> None:
    source = DAMAGED.read_text(encoding="utf-8")
    fixed = out("clean", stdin=source.encode())
    assert fixed.count("\n") > 5  # a sentence a line
    assert "".join(skeleton(fixed).split()) == "".join(source.split())
    assert out("clean", "--repair", "never", stdin=source.encode()) == source.strip() + "\n"


def test_clean_explains_each_change() -> None:
    lines = [line.split("\t") for line in out("clean", "--explain", DAMAGED).splitlines()]
    source = DAMAGED.read_text(encoding="utf-8")
    assert {line[2] for line in lines} == {"word", "space", "end"}
    for start, end, kind, probability, before, after in lines:
        assert source[int(start) : int(end)] == before
        assert 0 < float(probability) <= 1
        assert kind != "word" or skeleton(after) == before
    assert [int(line[0]) for line in lines] == sorted(int(line[0]) for line in lines)
    made = out("clean", "--explain", stdin="الاتصـالات .".encode()).splitlines()
    assert made == ["5\t6\ttatweel\t-\tـ\t", "10\t11\tstop\t-\t \t"]


def test_the_json_of_a_repair_says_what_was_done() -> None:
    found = json.loads(out("clean", "-f", "jsonl", DAMAGED))["repair"]
    assert list(found) == ["restorations", "left", "ends", "figures_lost", "figures_at"]
    assert found["figures_lost"] is True
    assert {"start", "end", "before", "after", "probability"} == set(found["restorations"][0])
    assert json.loads(out("clean", "-f", "jsonl", SEED))["repair"] is None


def test_notes_say_what_was_repaired_in_the_language_of_the_text() -> None:
    notes = json.loads(out("-f", "json", DAMAGED))["notes"]
    assert any("استُعيدت" in note for note in notes)
    assert any("أرقام" in note and "دولة" in note for note in notes)
    shown = out("-f", "rich", DAMAGED)
    assert "استُعيدت" in shown


def test_a_threshold_of_ones_own(tmp_path: Path) -> None:
    profile = tmp_path / "careful.yaml"
    profile.write_text("repair_threshold: 1.0\n", encoding="utf-8")
    careful = json.loads(out("clean", "-f", "jsonl", "-p", profile, DAMAGED))["repair"]
    assert len(careful["restorations"]) < 30
    assert careful["left"] > 100
