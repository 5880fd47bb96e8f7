"""Every example runs and prints what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"


def test_library() -> None:
    texts = sorted(map(str, EXAMPLES.glob("*.txt")))
    done = subprocess.run([sys.executable, EXAMPLES / "library.py", *texts], capture_output=True, check=True, cwd=ROOT)
    shown = done.stdout.decode()
    assert shown.count("\n# ") == len(texts)
    assert "itu-council-en.txt[87:295] The Council of the International Telecommunication Union" in shown


def test_pipe(tmp_path: Path) -> None:
    command = tmp_path / "digest"  # the installed command, wherever the tests run from
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m telecom_digest "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    names = ["examples/itu-council-en.txt", "examples/ntra-roaming-ar.txt"]
    done = subprocess.run(["sh", "examples/pipe.sh", *names], capture_output=True, check=True, cwd=ROOT, env=env)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [row[:2] for row in rows] == [[names[0], "en"], [names[1], "ar"]]


def test_every_example_is_tested_or_used() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_file()} == {
        "README.md",
        "daily.sh",  # tests/daily/test_examples.py, as mail.sh and press.yaml
        "itu-council-en.txt",
        "library.py",
        "mail.sh",
        "ministers.yaml",  # tests/test_cli.py
        "ntra-roaming-ar.txt",
        "page.png",  # made by tests/cases/page.sh
        "pipe.sh",
        "press.yaml",
    }
