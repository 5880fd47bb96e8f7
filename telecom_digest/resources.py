"""The one door to the data files of the package.

Files are read when first asked for, and what they say is kept: they never change while the program runs. Each YAML file
begins with `format: telecom-digest/NAME/VERSION`, checked here, so that a file of another version is an error and not a
surprise.

Importing PyYAML and parsing the lists, and making tables of them, takes longer than digesting a text, so data/compiled/
holds as JSON what they say and the tables made of them, each beside the checksum of the files it comes from, as Python
keeps .pyc files beside .py. What comes from a file that was edited since is made anew; `python -m telecom_digest.compiled`
writes them, and a test fails until that is done.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, reduce
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, cast
from zlib import crc32

from telecom_digest.errors import ResourceError

DATA = Path(__file__).parent / "data"
COMPILED = "compiled"

T = TypeVar("T")


def text(name: str) -> str:
    """Return the data file `name` (a path below data/) as text.

    Raises:
        ResourceError: it is missing or unreadable.
    """
    return content(name).decode("utf-8")


def content(name: str) -> bytes:
    """Return the data file `name` as it is stored.

    Raises:
        ResourceError: it is missing or unreadable.
    """
    try:
        return (DATA / name).read_bytes()
    except OSError as error:
        raise ResourceError(f"data file {name} of the package cannot be read: reinstall telecom-digest") from error


@cache
def yaml(name: str, form: str) -> dict[str, Any]:
    """Return the YAML data file `name` as a mapping, without its `format` line.

    Args:
        form: what `format` must say, such as "telecom-digest/words/1".

    Raises:
        ResourceError: it is missing, or of another form.
    """
    content = of_yaml(name).get()
    found = content.get("format") if isinstance(content, dict) else None
    if not isinstance(content, dict) or found != form:
        raise ResourceError(f"data file {name} has format {found!r}, not {form!r}: reinstall telecom-digest")
    return {key: value for key, value in content.items() if key != "format"}


class Table(NamedTuple, Generic[T]):
    """What is made of data files.

    Attributes:
        name: in data/compiled/.
        sources: the data files.
        make: makes it of them, of what JSON knows; a tuple comes back as a list.
    """

    name: str
    sources: tuple[str, ...]
    make: Callable[[], T]

    @property
    def file(self) -> str:
        """The data file that holds it."""
        return f"{COMPILED}/{self.name}.json"

    def get(self) -> T:
        """Return it, as data/compiled/ holds it, or where a source was edited since, made anew."""
        try:
            made_of, value = json.loads(content(self.file))
        except (ResourceError, ValueError):
            return self.make()  # the data files say the same, only slower
        return cast(T, value) if made_of == self.checksum() else self.make()

    def checksum(self) -> int:
        """Return the CRC-32 of its sources, one after the other."""
        return reduce(lambda found, name: crc32(content(name), found), self.sources, 0)


def of_yaml(name: str) -> Table[Any]:
    """Return the table that is what a YAML data file says."""
    return Table(name, (name,), lambda: parse(text(name)))


def parse(source: str) -> Any:
    """Return what a YAML text says."""
    import yaml as pyyaml

    # libyaml's parser is ten times faster; PyYAML is also installed without it
    loader = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
    return pyyaml.load(source, Loader=loader)  # noqa: S506 - both loaders are the safe ones


@cache
def names(folder: str) -> list[str]:
    """Return the names, without suffix, of the YAML files in a folder of data/."""
    return sorted(path.stem for path in (DATA / folder).glob("*.yaml"))
