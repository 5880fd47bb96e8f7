"""A daily run that is killed: no torn page, and the next run is complete.

`KILLS=50 DOCUMENTS=200 pytest tests/daily/test_kill.py` is the long form.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.daily.releases import folder

KILLS = int(os.environ.get("KILLS", "8"))
DOCUMENTS = int(os.environ.get("DOCUMENTS", "40"))
_RUN = """
import sys
from datetime import date
from pathlib import Path
from telecom_digest.daily.run import main
sys.exit(main(Path(sys.argv[1]), date=date.fromisoformat(sys.argv[2])))
"""
_DAY, _NEXT = "2026-03-02", "2026-03-03"


def start(config: Path, day: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", _RUN, str(config), day], env=env, stderr=subprocess.PIPE)


def completed(config: Path, day: str) -> None:
    process = start(config, day)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, b"")


def pages(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((home / "pages").glob("[!.]*"))}


def check_whole(found: dict[str, bytes]) -> None:
    for name, data in found.items():
        if name.endswith(".html"):
            assert data.startswith(b"<!DOCTYPE html>")
            assert data.endswith(b"</html>\n")
        elif name.endswith(".json"):
            json.loads(data)
        else:
            assert data.endswith(b"\n")


def clean(home: Path) -> None:
    shutil.rmtree(home / "pages", ignore_errors=True)
    for path in home.glob("state.sqlite*"):
        path.unlink()


def counted(home: Path) -> dict[str, int]:
    """Return how many documents, stories and unfinished runs the state holds."""
    import sqlite3

    queries = {
        "documents": "SELECT COUNT(*) FROM documents",
        "stories": "SELECT COUNT(*) FROM stories",
        "unfinished": "SELECT COUNT(*) FROM runs WHERE finished IS NULL",
    }
    with closing(sqlite3.connect(home / "state.sqlite")) as base:
        return {name: base.execute(query).fetchone()[0] for name, query in queries.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], float]:
    """Return a config, the pages that it comes to, and how long that takes, in s."""
    config = folder(tmp_path_factory.mktemp("kill"), DOCUMENTS)
    began = time.perf_counter()
    completed(config, _DAY)
    took = time.perf_counter() - began
    found = pages(config.parent)
    assert set(found) == {f"{_DAY}.html", f"{_DAY}.md", "latest.json"}
    return config, found, took


@pytest.mark.parametrize("number", range(KILLS))
def test_a_run_that_is_killed_leaves_whole_pages_and_the_next_is_complete(
    undisturbed: tuple[Path, dict[str, bytes], float], number: int
) -> None:
    config, right, took = undisturbed
    home = config.parent
    clean(home)
    dice = random.Random(number)  # noqa: S311 - nothing here is secret
    for _ in range(1 + number % 2):  # every second one twice in a row
        process = start(config, _DAY)
        time.sleep(dice.uniform(0.0 if number else 0.9, 1.0) * took)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        check_whole(pages(home))
    completed(config, _DAY)
    assert pages(home) == right
    assert counted(home) == {"documents": DOCUMENTS, "stories": DOCUMENTS, "unfinished": 0}
    assert not list((home / "pages").glob(".*"))


def test_what_a_run_took_that_was_killed_yesterday_is_on_the_page_of_yesterday(
    undisturbed: tuple[Path, dict[str, bytes], float],
) -> None:
    config, _, took = undisturbed
    home = config.parent
    clean(home)
    process = start(config, _DAY)
    deadline = time.monotonic() + 10 * took + 10
    while time.monotonic() < deadline and not ((home / "state.sqlite").exists() and _some(home)):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    completed(config, _NEXT)
    found = pages(home)
    check_whole(found)
    told = [found.get(f"{day}.html", b"").count(b"<article") for day in (_DAY, _NEXT)]
    assert told[0] >= 5
    assert sum(told) == DOCUMENTS
    assert counted(home) == {"documents": DOCUMENTS, "stories": DOCUMENTS, "unfinished": 0}


def _some(home: Path) -> bool:
    """Tell whether a run has taken a few documents."""
    import sqlite3

    try:
        return counted(home)["documents"] >= 5
    except sqlite3.Error:  # not yet made
        return False
