"""The files of a page: each written whole, and only where it is not the same already."""

from __future__ import annotations

import glob
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from telecom_digest import output
from telecom_digest.errors import OutputError
from telecom_digest.render import page as made
from telecom_digest.render.page import Page

FORMS: Mapping[str, Callable[[Page], str]] = MappingProxyType(
    {".html": made.to_html, ".md": made.to_markdown, ".json": made.to_json, ".ics": made.to_ics}
)
"""Suffix of an output to what writes it."""


def paths(outputs: Sequence[Path], day: date) -> list[Path]:
    """Return the outputs of a config for the page of a day."""
    return [Path(str(path).replace("{date}", day.isoformat())) for path in outputs]


def missing(targets: Sequence[Path]) -> bool:
    """Tell whether a page is not there, such as that of an output which the config has only now."""
    return any(not path.exists() for path in targets if path.suffix.lower() != ".ics")  # without events there is none


def write(page: Page, targets: Sequence[Path], *, dry: bool = False) -> list[Path]:
    """Write a page to each of `targets` that is not the same already, and return these.

    Args:
        page: what they show.
        targets: paths; their folders are made.
        dry: write nothing.

    Raises:
        OutputError: one cannot be written; the others are.
    """
    written: list[Path] = []
    errors: list[OutputError] = []
    for path in targets:
        text = FORMS[path.suffix.lower()](page)
        if not text or _holds(path, text):  # a calendar without events is no calendar
            continue
        written.append(path)
        if not dry:
            try:
                _write(path, text)
            except OutputError as error:
                errors.append(error)
    if errors:
        raise errors[0]
    return written


def _holds(path: Path, text: str) -> bool:
    try:
        return path.is_file() and path.read_bytes() == text.encode("utf-8", "backslashreplace")
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):  # by runs that were killed
            left.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}: choose another path or make room") from error
    output.to_file(path, text)
