"""The examples of the daily run do what they say."""

from __future__ import annotations

import email
import email.policy
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a home of its own, the command, and a sendmail that keeps what it is given."""
    scripts = {
        "digest": f'exec "{sys.executable}" -m telecom_digest "$@"',
        "sendmail": f'cat >"{tmp_path}/mail.$(ls "{tmp_path}" | grep -c mail)"',
    }
    (tmp_path / "bin").mkdir()
    for name, script in scripts.items():
        path = tmp_path / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    home = {"HOME": str(tmp_path / "home"), "XDG_STATE_HOME": str(tmp_path / "state")}
    found = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SENDMAIL": f"{tmp_path}/bin/sendmail",
    }
    return {**os.environ, **home, **found}


def script(env: dict[str, str], *args: str) -> str:
    done = subprocess.run(["sh", *args], capture_output=True, check=False, cwd=ROOT, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_the_stories_of_a_day_one_line_each(env: dict[str, str]) -> None:
    args = ("examples/daily.sh", "examples/press.yaml", f"{env['HOME']}/telecom/latest.json")
    shown = script(env, *args)
    rows = [line.split("\t") for line in shown.splitlines()]
    assert [(group, Path(source).name) for group, _, source in rows] == [
        ("Roaming", "ntra-roaming-ar.txt"),
        ("Spectrum", "itu-council-en.txt"),
    ]
    assert script(env, *args) == shown


def test_the_page_is_mailed_when_it_has_changed(env: dict[str, str], tmp_path: Path) -> None:
    args = ("examples/mail.sh", "examples/press.yaml", f"{env['HOME']}/telecom", "minister@example.org")
    script(env, *args)
    script(env, *args)
    (sent,) = tmp_path.glob("mail.*")
    message = email.message_from_bytes(sent.read_bytes(), policy=email.policy.default)
    (page,) = Path(env["HOME"]).glob("telecom/*.html")
    assert (message["To"], message.get_content_type()) == ("minister@example.org", "text/html")
    assert message.get_content() == page.read_text(encoding="utf-8")
    page.write_text("changed", encoding="utf-8")
    os.utime(page, (2e9, 2e9))
    script(env, *args)
    assert len(list(tmp_path.glob("mail.*"))) == 2
