"""The command as users call it: sources, options, formats, and what it refuses."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from telecom_digest.render.data import schema
from tests.conftest import ROOT
from tests.process import DAMAGED, ENGLISH, SEED, on_terminal, out, run


# ---------------------------------------------------------------- sources
def test_a_file_gives_the_card_and_bullets_one_a_line() -> None:
    card, bullets = out(SEED, "-n", "3").split("\n\n")
    assert "متى: 9 إلى 20 أكتوبر (2017-10-09/2017-10-20)" in card.splitlines()
    assert len(bullets.splitlines()) == 3
    lines = out(SEED, "-n", "3", "-q").splitlines()
    assert lines == bullets.splitlines()
    assert all(line.startswith("• ") for line in lines)


def test_standard_input_is_read_with_and_without_a_dash() -> None:
    text = SEED.read_bytes()
    assert out(stdin=text) == out("-", stdin=text) == out(SEED)
    assert json.loads(out("-f", "json", stdin=text))["source"] == "-"


def test_the_default_command_may_be_named() -> None:
    assert out("digest", SEED) == out(SEED)


def test_a_file_that_is_called_as_a_command_is_reached_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "clean").write_bytes(SEED.read_bytes())
    assert run("./clean", cwd=tmp_path).stdout.decode() == out(SEED)


def test_a_folder_gives_its_text_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.xyz"):
        (tmp_path / name).write_bytes(SEED.read_bytes())
    rows = [json.loads(line) for line in out(tmp_path, "-f", "jsonl").splitlines()]
    assert [Path(row["source"]).name for row in rows] == ["a.txt", "b.txt"]


def test_a_hundred_files_three_of_them_bad(tmp_path: Path) -> None:
    paths = []
    for i in range(100):
        path = tmp_path / f"{i:03}.txt"
        if i == 20:
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
        elif i == 40:
            path.write_bytes(b"")
        elif i != 60:
            path.write_bytes(SEED.read_bytes())
        paths.append(path)
    done = run(*paths, "-f", "jsonl")
    errors = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 97
    assert len(errors) == 3
    for line, name, reason in zip(errors, ("020", "040", "060"), ("PNG image", "is empty", "no such file"), strict=True):
        assert line.startswith("digest: ")
        assert f"{name}.txt: " in line
        assert reason in line
    plain = run(*paths)
    assert (plain.returncode, plain.stdout.count(b"==> "), len(plain.stderr.splitlines())) == (1, 97, 3)


def test_every_failure_alone_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for name in ("missing.txt", "empty.txt", "folder"):
        done = run(tmp_path / name)
        assert (done.returncode, done.stdout) == (1, b"")
        assert len(done.stderr.splitlines()) == 1
        assert ": " in done.stderr.decode().removeprefix("digest: ")


def test_encodings_are_assumed_aloud(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    text = ENGLISH.parent.joinpath("ntra-roaming-ar.txt").read_text(encoding="utf-8")
    path.write_bytes(text.encode("cp1256"))
    found = json.loads(out(path, "-f", "json"))
    assert "windows-1256" in found["notes"][0]
    assert [b["text"] for b in found["bullets"]] == [
        b["text"] for b in json.loads(out(ENGLISH.parent / "ntra-roaming-ar.txt", "-f", "json"))["bullets"]
    ]


# ---------------------------------------------------------------- how much, and how
def test_budgets_exclude_each_other() -> None:
    done = run(SEED, "-n", "3", "--words", "50")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"exclude each other" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--bullets", "0"], "bullets is 0"),
        (["--ratio", "2"], "ratio is 2.0"),
        (["--max-words", "3"], "max_words is 3"),
        (["--bullets", "many"], "'many'"),
        (["--format", "pdf"], "'pdf'"),
        (["--bulets", "3"], "--bulets"),
        (["--lang", "fr"], "'fr'"),
        (["-p", "brif"], "did you mean brief?"),
        (["-p", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["-o", "no/such/folder/x.txt"], "there is no folder"),
        (["-o", str(ROOT)], "is a folder"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(args: list[str], says: str) -> None:
    done = run(SEED, *args)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("digest: ")
    assert says in lines[0]


def test_words_ratio_order_and_trim() -> None:
    assert len(re.findall(r"\w+", out(SEED, "-q", "--words", "60"))) <= 60
    assert 20 <= len(re.findall(r"\w+", out(SEED, "-q", "--ratio", "0.2"))) <= 100
    best = json.loads(out(SEED, "--order", "rank", "-f", "json"))["bullets"]
    assert best == sorted(best, key=lambda b: -b["score"])
    assert "وقد سبق" in out(SEED, "--no-trim")
    assert "وقد سبق" not in out(SEED)


def test_shorter_bullets_where_they_can_be_cut() -> None:
    long, short = (out(SEED, "--max-words", most, "-n", "3", "-q").splitlines() for most in ("60", "10"))
    assert len(long) == len(short) == 3
    assert all(one.startswith(other) for one, other in zip(long, short, strict=True))
    assert sum(map(len, short)) < sum(map(len, long))


def test_a_profile_of_ones_own() -> None:
    shown = json.loads(out(SEED, "-p", ROOT / "examples" / "ministers.yaml", "-f", "json"))
    assert len(shown["bullets"]) == 3
    done = run(SEED, "-p", ROOT / "examples" / "ntra-roaming-ar.txt")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_the_language_can_be_told() -> None:
    assert json.loads(out(SEED, "--lang", "en", "-f", "json"))["language"] == "en"


# ---------------------------------------------------------------- formats
def test_json_follows_its_schema() -> None:
    printed = json.loads(out("--schema"))
    assert printed == json.loads(schema())
    one = json.loads(out(SEED, "-f", "json", "--explain"))
    many = json.loads(out(SEED, ENGLISH, "-f", "json"))
    assert isinstance(many, list)
    for found in (one, *many):
        jsonschema.validate(found, printed)
    text = SEED.read_bytes().decode("utf-8")
    for bullet in one["bullets"]:
        assert text[bullet["start"] : bullet["end"]] == bullet["text"]


def test_stages_are_filters() -> None:
    damaged = 'دبي - "الخليج":أطلقت الهيئة #187;بوابة#171; .وقال المدير نعم .'.encode()
    assert out("clean", stdin=damaged) == "أطلقت الهيئة »بوابة«. وقال المدير نعم.\n"
    assert out("segment", stdin=damaged) == "أطلقت الهيئة »بوابة«.\nوقال المدير نعم.\n"
    cleaned = json.loads(out("clean", "-f", "jsonl", stdin=damaged))
    assert list(cleaned) == ["source", "text", "condition", "edits", "repair"]
    assert list(cleaned["edits"][0]) == ["start", "end", "text", "kind"]
    source = damaged.decode()
    for edit in reversed(cleaned["edits"]):
        source = source[: edit["start"]] + edit["text"] + source[edit["end"] :]
    assert source == cleaned["text"]
    segmented = json.loads(out("segment", "-f", "json", stdin=damaged))
    assert [list(s) for s in segmented["sentences"]] == [["start", "end", "text"]] * 2
    assert len(json.loads(out("clean", "-f", "json", SEED, ENGLISH))) == 2


def test_no_source_reaches_the_terminal_with_its_escapes() -> None:
    text = "\x1b[31mThe \u202eministry\u202c opened the [bold]portal[/bold] \x1b]0;pwned\x07today in Cairo.\x07\n".encode()
    for args in ([], ["-f", "rich"], ["-f", "markdown"], ["-f", "json"], ["clean"], ["segment"]):
        done = run(*args, stdin=text)
        shown = (done.stdout + done.stderr).decode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert "[bold]portal[/bold]" in shown.replace("\\", "")
        assert "31m" not in shown
        assert "pwned" not in shown


def test_rich_on_a_terminal_and_plain_where_asked() -> None:
    code, shown = on_terminal(SEED, "-n", "2")
    assert code == 0
    assert "╭" in shown
    assert "\x1b[" in shown
    assert "\u2067" in shown
    code, bare = on_terminal(SEED, "-n", "2", NO_COLOR="1")
    assert "\x1b[" not in bare
    assert "\x1b[" in on_terminal(SEED, "--color", "always", NO_COLOR="1")[1]
    assert "\x1b[" not in on_terminal(SEED, "--color", "never")[1]
    assert on_terminal(SEED, "-q", "-n", "2", TERM="dumb")[1].startswith("• ")
    assert on_terminal(SEED, "-q", "-f", "plain", "-n", "1")[1].startswith("• ")


def test_help_on_a_terminal_when_nothing_is_given() -> None:
    code, shown = on_terminal()
    assert code == 0
    bare = re.compile(r"\x1b\[[0-9;]*m")
    assert "Usage: digest [OPTIONS]" in bare.sub("", shown)
    for command in ("clean", "segment"):
        assert "Usage: digest " + command in bare.sub("", on_terminal(command)[1])


def test_help_and_version() -> None:
    for flag in ("-h", "--help"):
        shown = out(flag)
        for option in (
            "--bullets",
            "--words",
            "--ratio",
            "--format",
            "--output",
            "--profile",
            "--lang",
            "--trim",
            "--explain",
        ):
            assert option in shown
    assert re.fullmatch(r"digest \d+\.\d+\.\d+\n", out("-V"))
    assert out("--version") == out("-V")


def test_completion_is_there() -> None:
    done = run("--show-completion", "bash", env={"SHELL": "/bin/bash"})
    assert b"_DIGEST_COMPLETE" in done.stdout
    env = {"_DIGEST_COMPLETE": "complete_bash", "COMP_WORDS": "digest --fo", "COMP_CWORD": "1"}
    assert "--format" in run(env=env).stdout.decode()
    env = {"_DIGEST_COMPLETE": "complete_bash", "COMP_WORDS": "digest a.txt -f ", "COMP_CWORD": "3"}
    assert set(run(env=env).stdout.decode().split()) >= {"plain", "jsonl"}
    env = {"_DIGEST_COMPLETE": "complete_bash", "COMP_WORDS": "digest ", "COMP_CWORD": "1"}
    assert set(run(env=env).stdout.decode().split()) >= {"clean", "segment"}


def test_notes_of_a_single_source_are_said_beside_plain_bullets() -> None:
    assert "أُصلح" in run(DAMAGED).stderr.decode()
    assert run(DAMAGED, "-q").stderr == b""
    assert run(DAMAGED, SEED).stderr == b""
    assert run(DAMAGED, "-f", "json").stderr == b""


def test_quiet_and_verbose() -> None:
    assert out(SEED, ENGLISH, "-q", "-n", "1").count("==>") == 0
    done = run(DAMAGED, "-v")
    assert "stripped" in done.stderr.decode()
    assert "أُصلح" in done.stderr.decode()
    assert "تالف" not in on_terminal(DAMAGED, "-q")[1]
    assert "أُصلح" in on_terminal(DAMAGED)[1]


def test_names_that_would_act_on_a_terminal_do_not(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.txt"
    path.write_bytes(SEED.read_bytes())
    shown = out(path, ENGLISH)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert json.loads(out(path, "-f", "json"))["source"] == str(path)
    assert b"\x1b" not in run(str(path) + "x").stderr


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_bytes(SEED.read_bytes())
    done = run(os.fsdecode(name), "-f", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"].endswith("\udcff.txt")


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LANG": "ar_EG.ISO-8859-6"}])
def test_any_locale_gives_utf8(env: dict[str, str]) -> None:
    done = run(SEED, env=env)
    assert (done.returncode, done.stdout.decode("utf-8")) == (0, out(SEED))
