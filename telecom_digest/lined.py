"""YAML files of users, read so that an error can name its line and the nearest thing that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from telecom_digest.errors import DigestError


class Entry(NamedTuple):
    """A value and the line where it stands, from 1; of a value in a mapping that of its key.

    Where the value is a mapping or a sequence, what is in it are entries too.
    """

    value: Any
    line: int


def read(path: Path, error: type[DigestError]) -> dict[str, Entry]:
    """Return the mapping in the YAML file `path`; an empty file is an empty mapping.

    Raises:
        error: the file cannot be read, is not YAML, is no mapping, or has a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise error(f"{path} cannot be read: {problem.strerror}: check the path") from problem
    except UnicodeDecodeError as problem:
        raise error(f"{path} cannot be read: it is not UTF-8: save it as UTF-8") from problem
    return parse(text, str(path), error)


def parse(text: str, label: str, error: type[DigestError]) -> dict[str, Entry]:
    """As `read`, for a text; `label` is what the file is called in messages."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        entry = _entry(loader, node, label, error) if node is not None else Entry({}, 1)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        what = getattr(problem, "problem", None) or "this is not YAML"
        raise error(f"{label}{where}: {what}: mend the YAML") from problem
    finally:
        loader.dispose()
    if not isinstance(entry.value, dict):
        raise error(f"{label}, line {entry.line}: keys and values are wanted, such as `bullets: 3`")
    return entry.value


def _entry(loader: Any, node: Any, label: str, error: type[DigestError]) -> Entry:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return Entry([_entry(loader, item, label, error) for item in node.value], node.start_mark.line + 1)
    if not isinstance(node, yaml.MappingNode):
        return Entry(loader.construct_object(node, deep=True), node.start_mark.line + 1)
    found: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        key, line = str(loader.construct_object(key_node, deep=True)), key_node.start_mark.line + 1
        if key in found:
            raise error(f"{label}, line {line}: {key} stands twice: remove one")
        found[key] = Entry(_entry(loader, value_node, label, error).value, line)
    return Entry(found, node.start_mark.line + 1)


def plain(entry: Entry) -> Any:
    """Return the value of an entry without lines, as YAML has it: for a message that shows it."""
    if isinstance(entry.value, dict):
        return {key: plain(one) for key, one in entry.value.items()}
    return [plain(one) for one in entry.value] if isinstance(entry.value, list) else entry.value


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return that there is no `what` called `name`, which is nearest, and what there is."""
    names = list(known)
    return f"unknown {what} {name!r}{nearest(name, names)}: known are {', '.join(names)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the question whether the nearest of `known` was meant, to stand after a name; "" where none is near."""
    close = get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""
