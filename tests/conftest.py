"""What all tests share: the places of things, golden files, and a calm Hypothesis."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "cases" / "golden"

# the same examples on every run and machine: a failure here is a failure everywhere
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=int(os.environ.get("EXAMPLES", "100"))
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; read the diff before a commit"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check of a text against a file of tests/cases/golden."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"no golden file {name}: run pytest --update-golden and read it"
        assert text == path.read_bytes().decode("utf-8")

    return check


@pytest.fixture
def seeds() -> Path:
    return ROOT / "seeds"
