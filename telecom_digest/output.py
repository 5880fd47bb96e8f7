"""Where output goes, and so in which form: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size

from telecom_digest.errors import CallError, OutputError


def to_stdout(text: str) -> None:
    """Write UTF-8 whatever the locale; what UTF-8 cannot hold (bytes of a file name) as \\udcXX, which JSON knows too.

    Raises:
        BrokenPipeError: the reader has gone; the command ends quietly then.
        OutputError: it cannot be written to.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed: name a file with --output")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        raise OutputError(f"standard output cannot be written: {error.strerror}: make room or name a file") from error


def discard_stdout() -> None:
    """Send what is still buffered for standard output nowhere, so that the interpreter does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare() -> None:
    """Set the encodings of the standard streams, once, at the start of the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a replaced stream (a test, a notebook) may lack it
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def check(path: Path) -> None:
    """Raise CallError where `path` can surely not be written, before any work is done."""
    if path.is_dir():
        raise CallError(f"{path} is a folder: name a file")
    if not path.parent.is_dir():
        raise CallError(f"{path} cannot be written: there is no folder {path.parent}: make it first")


def to_file(path: Path, text: str) -> None:
    """Write `text` beside `path` and rename it there, so that a reader sees the old file or the new, never half of one.

    A link is followed, the mode of an existing file is kept, and what is no regular file (a pipe, /dev/stdout) is
    written to as it is.

    Raises:
        OutputError: it cannot be written; what stood there is untouched.
    """
    data = text.encode("utf-8", errors="backslashreplace")
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            path.write_bytes(data)
            return
        target = path.resolve()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink()
            raise
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}: choose another path or make room") from error


def _umask() -> int:
    """Return the process's umask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def by_name(target: Path | None, known: Sequence[str]) -> str:
    """Return the format that the name of the output file asks for, plain unless it is one of `known`."""
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    form = "markdown" if suffix == "md" else suffix
    return form if form in known else "plain"


def format_of(form: str, target: Path | None) -> str:
    """Return the format `auto` stands for: by the name of the output file, or by what standard output is."""
    if form != "auto":
        return form
    if target is not None:
        return by_name(target, ("json", "jsonl", "markdown", "html", "ics"))
    return "rich" if _on_terminal() and os.environ.get("TERM") != "dumb" else "plain"


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def terminal(color: str, name: str, target: Path | None) -> tuple[int, bool, bool]:
    """Return the width, whether to use colours, and whether a terminal reads along."""
    if name != "rich":
        return 80, False, False
    watched = target is None and _on_terminal()
    wanted = watched and not os.environ.get("NO_COLOR") if color == "auto" else color == "always"
    return get_terminal_size((80, 24)).columns, wanted, watched
