"""How a guest of the network is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest

from telecom_digest.errors import SourceError
from telecom_digest.sources.fetch import Fetcher
from tests.server import body

OK = body(b"ok", "text/plain")
IN_TIME = 3.0  # s: far above the limits of `guest`, far below a hang


def refusal(guest: Fetcher, url: str, **more: Any) -> str:
    """Return why `url` is not read: one line that ends with what to do."""
    begun = time.perf_counter()
    with pytest.raises(SourceError) as caught:
        guest.fetch(url, **more)
    assert time.perf_counter() - begun < IN_TIME
    message = str(caught.value)
    assert message.isprintable()
    assert ": " in message
    return message
