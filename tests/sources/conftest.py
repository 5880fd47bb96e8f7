"""What the tests of the network share: a server on this machine, and a guest with small limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from telecom_digest.sources.fetch import Fetcher
from tests.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def guest(waits: list[float]) -> Iterator[Fetcher]:
    """A guest with small limits that may come to this machine, and does not really wait between tries."""
    fetcher = Fetcher(allow_private=True, connect=0.4, read=0.4, total=0.8, size=100_000, sleep=waits.append)
    yield fetcher
    fetcher.close()
