"""Profiles: how a digest is made, as YAML that users extend.

A profile is data/profiles/NAME.yaml or a file of the user's own, extends another (`default` unless it says otherwise),
and says only what it changes. What it says is checked where it stands: an error names the file, the line, and the
nearest thing that would have been right.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from telecom_digest import resources
from telecom_digest.errors import ProfileError

FORMAT = "telecom-digest/profile/1"
_BUDGETS = ("bullets", "words", "ratio")


@dataclass(frozen=True, slots=True)
class Profile:
    """How a digest is made. Exactly one of `bullets`, `words` and `ratio` is set.

    Attributes:
        bullets: number of bullets.
        words: most words of all bullets together.
        ratio: the same as a share of the document's words, above 0 and at most 1.
        trim: cut what may go from the ends of a sentence.
        max_words: words of a bullet above which trailing clauses are cut.
        longest: words that no bullet exceeds.
        order: "source" or "rank".
        repetition: share of content words already said above which a sentence is left out.
        weights: of each feature of telecom_digest.rank.
    """

    name: str
    bullets: int | None
    words: int | None
    ratio: float | None
    trim: bool
    max_words: int
    longest: int
    order: Literal["source", "rank"]
    repetition: float
    weights: Mapping[str, float] = field(hash=False)

    def with_budget(self, *, bullets: int | None = None, words: int | None = None, ratio: float | None = None) -> Profile:
        """Return the profile with another budget: the one argument given.

        Raises:
            ProfileError: not exactly one is given, or its value is out of range.
        """
        given = {k: v for k, v in zip(_BUDGETS, (bullets, words, ratio), strict=True) if v is not None}
        if len(given) != 1:
            raise ProfileError("bullets, words and ratio exclude each other: give one")
        for key, value in given.items():
            _checked(key, value)
        return replace(self, bullets=bullets, words=words, ratio=ratio)


def _whole(low: int) -> tuple[type, str, Any]:
    return int, f"a whole number from {low}", lambda v: v >= low


_SHARE = (float, "a number above 0 and at most 1", lambda v: 0 < v <= 1)
_RULES: dict[str, tuple[type, str, Any]] = {
    "extends": (str, "the name of a profile or a path", lambda v: bool(v)),
    "bullets": _whole(1),
    "words": _whole(1),
    "ratio": _SHARE,
    "trim": (bool, "true or false", lambda v: True),
    "max_words": _whole(5),
    "longest": _whole(10),
    "order": (str, "source or rank", lambda v: v in ("source", "rank")),
    "repetition": _SHARE,
}


def _checked(key: str, value: object) -> Any:
    """Return `value` as `key` wants it, or raise ProfileError with what it should have been."""
    kind, wanted, right = _RULES[key]
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind or not right(value):
        raise ProfileError(f"{key} is {value!r}: it must be {wanted}")
    return value


@dataclass(frozen=True, slots=True)
class _Entry:
    value: object
    line: int


def load(name: str | os.PathLike[str] = "default") -> Profile:
    """Return the profile `name`: one of the package, or the path of a YAML file.

    Raises:
        ProfileError: there is none, or something in it is wrong; the message says where.
    """
    return _load(str(name), ())


@cache
def _load(name: str, seen: tuple[str, ...]) -> Profile:
    label, text, home = _find(name)
    if label in seen:
        raise ProfileError(f"{label}: profiles extend each other in a circle: {' -> '.join((*seen, label))}")
    entries = _parse(text, label)
    settings: dict[str, Any] = {}
    weights: dict[str, float] = {}
    base: Profile | None = None
    if "extends" in entries or name != "default":
        parent = entries.pop("extends", _Entry("default", 1))
        target = str(_at(label, parent, "extends"))
        if not _is_builtin(target) and home is not None:
            target = str(home / target)
        try:
            base = _load(target, (*seen, label))
        except ProfileError as error:
            if label in seen or "circle" in str(error):
                raise
            raise ProfileError(f"{label}, line {parent.line}: extends {error}") from error
    for key, entry in entries.items():
        if key == "format":
            continue
        if key == "weights":
            weights = _weights(label, entry, base)
        elif key in _RULES:
            settings[key] = _at(label, entry, key)
        else:
            raise ProfileError(_unknown(label, entry.line, "key", key, [*_RULES, "weights", "format"]))
    budgets = [key for key in _BUDGETS if key in settings]
    if len(budgets) > 1:
        line = entries[budgets[1]].line
        raise ProfileError(f"{label}, line {line}: {budgets[1]} beside {budgets[0]}: give one of bullets, words and ratio")
    if base is None:
        return Profile(name=name, **{"words": None, "ratio": None, "bullets": None, **settings}, weights=MappingProxyType(weights))
    if budgets:
        settings = dict.fromkeys(_BUDGETS) | settings
    return replace(base, name=name, **settings, weights=MappingProxyType({**base.weights, **weights}))


def _is_builtin(name: str) -> bool:
    return name in resources.names("profiles")


def _find(name: str) -> tuple[str, str, Path | None]:
    """Return what to call the profile in messages, its text, and its folder where it is a user's file."""
    if _is_builtin(name):
        return f"profiles/{name}.yaml", resources.text(f"profiles/{name}.yaml"), None
    path = Path(name).expanduser()
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        known = resources.names("profiles")
        raise ProfileError(f"no profile {name!r}{_nearest(name, known)}: name one of {', '.join(known)} or a .yaml file")
    try:
        return str(path), path.read_text(encoding="utf-8-sig"), path.parent
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ProfileError(f"profile {name} cannot be read: {reason}") from error


def _parse(text: str, label: str) -> dict[str, _Entry]:
    """Return key -> (value, line) of a YAML mapping; values one level down are entries too."""
    import yaml

    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}
        entry = _entry(loader, node, label)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise ProfileError(f"{label}{where}: {problem}: mend the YAML") from error
    finally:
        loader.dispose()
    if not isinstance(entry.value, dict):
        raise ProfileError(f"{label}, line {entry.line}: a profile is keys and values, such as `bullets: 3`")
    form = entry.value.get("format")
    if form is not None and form.value != FORMAT:
        raise ProfileError(f"{label}, line {form.line}: format is {form.value!r}: this version reads {FORMAT!r}")
    return entry.value


def _entry(loader: Any, node: Any, label: str) -> _Entry:
    import yaml

    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        return _Entry(loader.construct_object(node, deep=True), line)
    found: dict[str, _Entry] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise ProfileError(f"{label}, line {key_node.start_mark.line + 1}: {key} stands twice: remove one")
        value = _entry(loader, value_node, label)
        found[key] = _Entry(value.value, key_node.start_mark.line + 1)
    return _Entry(found, line)


def _at(label: str, entry: _Entry, key: str) -> Any:
    try:
        return _checked(key, entry.value if not isinstance(entry.value, dict) else "a mapping")
    except ProfileError as error:
        raise ProfileError(f"{label}, line {entry.line}: {error}") from error


def _weights(label: str, entry: _Entry, base: Profile | None) -> dict[str, float]:
    if not isinstance(entry.value, dict):
        raise ProfileError(f"{label}, line {entry.line}: weights must be features and numbers, such as `figures: 0.5`")
    found = {}
    for key, weight in entry.value.items():
        if base is not None and key not in base.weights:
            raise ProfileError(_unknown(label, weight.line, "feature", key, list(base.weights)))
        if type(weight.value) not in (int, float) or not isfinite(weight.value):
            raise ProfileError(f"{label}, line {weight.line}: {key} is {weight.value!r}: it must be a number")
        found[key] = float(weight.value)
    return found


def _unknown(label: str, line: int, what: str, key: str, known: list[str]) -> str:
    return f"{label}, line {line}: unknown {what} {key!r}{_nearest(key, known)}: known are {', '.join(known)}"


def _nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


SETTINGS = tuple(f.name for f in fields(Profile) if f.name != "name")
"""Names of what a profile sets."""
