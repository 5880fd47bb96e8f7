"""The one door to the data files of the package.

Files are read when first asked for and kept: they never change while the program runs. Each YAML file begins with
`format: telecom-digest/NAME/VERSION`, checked here, so that a file of another version is an error and not a surprise.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from telecom_digest.errors import ResourceError

DATA = Path(__file__).parent / "data"


def text(name: str) -> str:
    """Return the data file `name` (a path below data/) as text.

    Raises:
        ResourceError: it is missing or unreadable.
    """
    try:
        return (DATA / name).read_text(encoding="utf-8")
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
    import yaml as pyyaml

    # libyaml's parser is ten times faster; PyYAML is also installed without it
    loader = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
    content = pyyaml.load(text(name), Loader=loader)  # noqa: S506 - both loaders are the safe ones
    found = content.pop("format", None) if isinstance(content, dict) else None
    if found != form:
        raise ResourceError(f"data file {name} has format {found!r}, not {form!r}: reinstall telecom-digest")
    return dict(content)


def names(folder: str) -> list[str]:
    """Return the names, without suffix, of the YAML files in a folder of data/."""
    return sorted(path.stem for path in (DATA / folder).glob("*.yaml"))
