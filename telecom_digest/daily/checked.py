"""A YAML file of settings, asked for one by one: what is wrong is an error with its file and line."""

from __future__ import annotations

import reprlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from telecom_digest import lined
from telecom_digest.errors import CallError, ProfileError
from telecom_digest.lined import Entry


class ConfigError(CallError):
    """A config cannot be used: not found, not YAML, an unknown key, a wrong type or a bad value."""


class Checked:
    """One file, while it is read.

    Attributes:
        path: absolute.
        entries: what it says.
    """

    def __init__(self, path: Path) -> None:
        """Read the file `path`.

        Raises, as every method:
            ConfigError: it cannot be used.
        """
        self.path = path.expanduser().absolute()
        self.entries = lined.read(path.expanduser(), ConfigError)
        self._label = str(path)

    def wrong(self, line: int, message: str) -> ConfigError:
        """Return the error of a line, to be raised."""
        return ConfigError(f"{self._label}, line {line}: {message}")

    def listed(self, key: str, example: str) -> list[Entry]:
        """Return what stands under a key that must be there; one thing may stand without its dash."""
        entry = self.entries.get(key)
        if entry is None or entry.value in (None, [], {}):
            raise self.wrong(entry.line if entry else 1, f"no {key}: give some, such as `{key}: {example}`")
        return entry.value if isinstance(entry.value, list) else [entry]

    def text(self, entries: Mapping[str, Entry], key: str) -> str | None:
        """Return a text of `entries`, None where they do not say it."""
        entry = entries.get(key)
        if entry is None:
            return None
        if not isinstance(entry.value, str) or not entry.value.strip():
            raise self.wrong(entry.line, f"{key} is {reprlib.repr(lined.plain(entry))}: it must be a text")
        return entry.value.strip()

    def whole(self, entries: Mapping[str, Entry], key: str, low: int, default: int) -> int:
        """Return a whole number of `entries` that is at least `low`."""
        entry = entries.get(key, Entry(default, 0))
        if type(entry.value) is not int or entry.value < low:
            wanted = f"a whole number from {low}"
            raise self.wrong(entry.line, f"{key} is {reprlib.repr(lined.plain(entry))}: it must be {wanted}")
        return entry.value

    def one_of(self, entries: Mapping[str, Entry], key: str, known: tuple[str, ...], default: str) -> str:
        """Return a text of `entries` that is one of `known`."""
        entry = entries.get(key, Entry(default, 0))
        if entry.value not in known:
            said = str(lined.plain(entry))
            meant = lined.nearest(said, known)
            raise self.wrong(entry.line, f"{key} is {reprlib.repr(said)}{meant}: it must be one of {', '.join(known)}")
        return str(entry.value)

    def absolute(self, said: str) -> str:
        """Return a path as the file means it: relative to its folder, ~ the user's."""
        return str(self.path.parent / Path(said).expanduser())

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Put file and line before the message of an error."""
        try:
            yield
        except (ConfigError, ProfileError) as error:
            raise self.wrong(line, str(error)) from error
