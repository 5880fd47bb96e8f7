"""The README shows what the commands print: each block ```console is run and compared."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[str]:
    return _BLOCK.findall(text)


def transcript(block: str, folder: Path) -> str:
    """Return the block with what its commands (lines after `$ `) print now."""
    shim = folder / "digest"
    shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m telecom_digest "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(["sh", "-c", line[2:]], capture_output=True, check=False, cwd=ROOT, env=env)
            shown.append(f"{line}\n{(done.stdout + done.stderr).decode()}")
    return "".join(shown)


def test_what_it_shows_is_what_is_printed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(blocks(text)) >= 3
    if request.config.getoption("--update-golden"):
        new = _BLOCK.sub(lambda match: f"```console\n{transcript(match[1], tmp_path)}```", text)
        README.write_text(new, encoding="utf-8")
        return
    for block in blocks(text):
        assert transcript(block, tmp_path) == block


def test_the_set_up_stands_in_its_first_screen() -> None:
    first = README.read_text(encoding="utf-8").splitlines()[:30]
    assert any("pip install uv && uv run digest seeds/ntra-wtdc-2017.txt" in line for line in first)
    assert any("pip install uv && uv run pytest" in line for line in first)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
