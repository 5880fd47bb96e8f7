"""Where output goes: files that are whole or not there, readers that leave, disks that are full, signals."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.process import SEED, out, run


def test_output_is_written_whole_and_by_its_name(tmp_path: Path) -> None:
    target = tmp_path / "digest.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert out(SEED, "-o", target) == ""
    assert json.loads(target.read_text(encoding="utf-8"))["source"] == str(SEED)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["digest.json"]
    for name, start in (("a.md", "# "), ("a.jsonl", "{"), ("a.txt", "الحدث: "), ("a.ics", "BEGIN:VCALENDAR")):
        out(SEED, "-o", tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_output_through_a_link_and_into_a_device(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    out(SEED, "-o", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8").startswith("الحدث: ")
    assert out(SEED, "-o", "/dev/stdout") == out(SEED)


def test_a_dash_is_standard_output_and_stages_heed_names_too(tmp_path: Path) -> None:
    assert out(SEED, "-o", "-") == out(SEED)
    out("segment", SEED, "-o", tmp_path / "s.jsonl")
    assert json.loads((tmp_path / "s.jsonl").read_text(encoding="utf-8"))["source"] == str(SEED)


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
@pytest.mark.parametrize("command", ["", "clean", "segment -f json"])
def test_standard_output_that_cannot_be_written_is_said(command: str, redirection: str) -> None:
    shell = f"{sys.executable} -m telecom_digest {command} {SEED} {redirection}"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert b"standard output" in done.stderr
    assert b"report" not in done.stderr


def test_when_all_sources_fail_the_old_output_stays(tmp_path: Path) -> None:
    target = tmp_path / "digest.txt"
    target.write_text("old", encoding="utf-8")
    for args in (
        ["missing.txt"],
        ["missing.txt", "gone.txt", "-f", "json"],
        ["clean", "missing.txt", "gone.txt", "-f", "json"],
    ):
        assert run(*args, "-o", target).returncode == 1
        assert target.read_text(encoding="utf-8") == "old"


def test_output_never_replaces_a_source(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SEED.read_bytes())
    done = run(path, "-o", path)
    assert done.returncode == 2
    assert b"is one of the sources" in done.stderr
    assert path.read_bytes() == SEED.read_bytes()


def test_what_cannot_be_written_is_said() -> None:
    done = run(SEED, "-o", "/proc/nothing.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    done = run(SEED, "-o", "/dev/full")
    assert (done.returncode, b"cannot be written" in done.stderr) == (1, True)


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    for i in range(30):
        (tmp_path / f"{i}.txt").write_bytes(SEED.read_bytes() * 3)
    for args in (f"{tmp_path} -n 20", f"{tmp_path} -f json", "--help", "--schema", f"clean {tmp_path}"):
        command = f"set -o pipefail; {sys.executable} -m telecom_digest {args} | head -1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)
        assert done.stderr == b""
        assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_by_a_signal_it_leaves_nothing_behind(tmp_path: Path, sign: signal.Signals, code: int) -> None:
    target = tmp_path / "out.txt"
    process = subprocess.Popen(
        [sys.executable, "-m", "telecom_digest", "-", "-o", str(target)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write("نص ".encode())
    process.stdin.flush()
    time.sleep(0.7)  # it is waiting for the rest of its input now
    process.send_signal(sign)
    _, errors = process.communicate()
    assert process.returncode == code
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
