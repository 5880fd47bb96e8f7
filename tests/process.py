"""The command as a process of its own, in a pipe and on a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SEED = ROOT / "seeds" / "ntra-wtdc-2017.txt"
DAMAGED = ROOT / "seeds" / "itu-arab-hr-meeting.txt"
ENGLISH = ROOT / "examples" / "itu-council-en.txt"


def run(
    *args: str | Path, stdin: bytes = b"", cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "telecom_digest", *map(str, args)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )


def out(*args: str | Path, stdin: bytes = b"") -> str:
    done = run(*args, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode("utf-8")


def on_terminal(*args: str | Path, columns: int = 80, **env: str) -> tuple[int, str]:
    """Run on a pseudo-terminal of its own; return the exit code and what it showed."""
    main, child = pty.openpty()
    base = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "telecom_digest", *map(str, args)],
        stdin=child,
        stdout=child,
        stderr=child,
        env={**base, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": str(columns), **env},
    )
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not piece:
            break
        shown += piece
    os.close(main)
    return process.wait(), shown.decode("utf-8").replace("\r\n", "\n")
