"""The one door to the data files of the package.

Files are read when first asked for and kept: they never change while the program runs. Each YAML file begins with
`format: telecom-digest/NAME/VERSION`, checked here, so that a file of another version is an error and not a surprise.

Importing PyYAML and parsing the lists takes longer than digesting a text, so data/compiled.json holds what they say as
JSON, each beside the checksum of its YAML, as Python keeps .pyc files beside .py. A file that was edited since is read
from its YAML; `python -m telecom_digest.resources` compiles anew, and a test fails until that is done.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from telecom_digest.errors import ResourceError

DATA = Path(__file__).parent / "data"
COMPILED = "compiled.json"


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
    source = text(name)
    checksum, content = _compiled().get(name, (None, None))
    if checksum != crc32(source.encode()):
        content = parse(source)
    found = content.get("format") if isinstance(content, dict) else None
    if not isinstance(content, dict) or found != form:
        raise ResourceError(f"data file {name} has format {found!r}, not {form!r}: reinstall telecom-digest")
    return {key: value for key, value in content.items() if key != "format"}


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


@cache
def _compiled() -> dict[str, tuple[int, Any]]:
    try:
        loaded: dict[str, tuple[int, Any]] = json.loads((DATA / COMPILED).read_bytes())
    except (OSError, ValueError):
        return {}  # the YAML files say the same, only slower
    return loaded


def compiled() -> str:
    """Return what data/compiled.json must hold: of each YAML file its checksum and what it says, a line each."""
    lines = []
    for path in sorted(DATA.rglob("*.yaml")):
        source = path.read_text(encoding="utf-8")
        entry = [crc32(source.encode()), parse(source)]
        name = json.dumps(path.relative_to(DATA).as_posix())
        lines.append(f"{name}:{json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}")
    return "{" + ",\n".join(lines) + "}\n"


if __name__ == "__main__":
    (DATA / COMPILED).write_text(compiled(), encoding="utf-8", newline="\n")
