"""One run at a time: a lock of the operating system on a file, which ends with the process however that ends.

A file that holds a process number would outlive a killed run and stop all runs after it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telecom_digest.errors import DigestError


class RunningError(DigestError):
    """Another run has the state: this one does nothing."""

    exit_code = 3
    """Apart from 1, a source failed, and 2, a wrong call: cron may try again later."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path`, which is made where it is not there and stays.

    Raises:
        RunningError: another process holds it.
        OSError: it cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise RunningError("another run is at work with this state: wait until it ends") from error
        yield
    finally:
        os.close(handle)  # which gives the lock back


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
