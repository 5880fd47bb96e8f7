"""Profiles: how a digest is made, as YAML that users extend.

A profile is data/profiles/NAME.yaml or a file of the user's own, extends another (`default` unless it says otherwise),
and says only what it changes. What it says is checked where it stands: an error names the file, the line, and the
nearest thing that would have been right.
"""

from __future__ import annotations

import os
import reprlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from telecom_digest import lined, resources
from telecom_digest.errors import ProfileError
from telecom_digest.lined import Entry
from telecom_digest.model import RepairMode

FORMAT = "telecom-digest/profile/1"
_WEIGHTS = ("weights", "general")
_BUDGETS = ("bullets", "words", "ratio")


@dataclass(frozen=True, slots=True)
class Profile:
    """How a digest is made. Exactly one of `bullets`, `words` and `ratio` is set.

    Attributes:
        bullets: number of bullets.
        words: most words of all bullets together.
        ratio: words of all bullets together as a share of the document's, above 0 and at most 1, as near as sentences come.
        trim: cut what may go from the ends of a sentence.
        max_words: words of a bullet above which trailing clauses are cut.
        longest: words that a bullet exceeds only where a cut would change what it says.
        order: "source" or "rank".
        repetition: share of content words already said above which a sentence is left out.
        beside: what a sentence beside a chosen one is worth more, in standard deviations of the text's scores.
        repair: whether to restore what a text has lost: "auto", "always" or "never".
        repair_threshold: least probability of a restored word; one that is less sure stays as it was.
        weights: of each feature of telecom_digest.features, in texts about telecommunications.
        general: the same, in other texts.
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
    beside: float
    repair: RepairMode
    repair_threshold: float
    weights: Mapping[str, float] = field(hash=False)
    general: Mapping[str, float] = field(hash=False)

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

    def changed(self, settings: Mapping[str, object]) -> Profile:
        """Return the profile with other settings, by name, budgets excepted; no bullet need be shorter than `max_words`.

        Raises:
            ProfileError: a value is out of range.
        """
        said = {key: _checked(key, value) for key, value in settings.items()}
        if "max_words" in said:
            said["longest"] = max(self.longest, said["max_words"])
        return replace(self, **said)


def _whole(low: int) -> tuple[type, str, Any]:
    return int, f"a whole number from {low}", lambda v: v >= low


_SHARE = (float, "a number above 0 and at most 1", lambda v: 0 < v <= 1)
_ZERO_TO_ONE = (float, "a number from 0 to 1", lambda v: 0 <= v <= 1)
_RULES: dict[str, tuple[type, str, Any]] = {
    "extends": (str, "the name of a profile or a path", bool),
    "bullets": _whole(1),
    "words": _whole(1),
    "ratio": _SHARE,
    "trim": (bool, "true or false", lambda _: True),
    "max_words": _whole(5),
    "longest": _whole(10),
    "order": (str, "source or rank", lambda v: v in ("source", "rank")),
    "repetition": _SHARE,
    "beside": _ZERO_TO_ONE,
    "repair": (str, "auto, always or never", lambda v: v in get_args(RepairMode)),
    "repair_threshold": _ZERO_TO_ONE,
}


def _checked(key: str, value: object) -> Any:
    """Return `value` as `key` wants it, or raise ProfileError with what it should have been."""
    kind, wanted, right = _RULES[key]
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind or not right(value):
        raise ProfileError(f"{key} is {reprlib.repr(value)}: it must be {wanted}")
    return value


def load(name: str | os.PathLike[str] = "default") -> Profile:
    """Return the profile `name`: one of the package, or the path of a YAML file.

    Raises:
        ProfileError: there is none, or something in it is wrong; the message says where.
    """
    return _load(str(name), ())


def _load(name: str, seen: tuple[str, ...]) -> Profile:
    if name in seen:
        raise ProfileError(f"{name} extends itself: {' -> '.join((*seen, name))}: break the circle")
    entries = _entries(name)
    base = _base(name, entries, seen)
    settings: dict[str, Any] = {}
    weights: dict[str, dict[str, float]] = {key: {} for key in _WEIGHTS}
    for key, entry in entries.items():
        with _at(name, entry.line):
            if key in _WEIGHTS:
                weights[key] = _weights(name, key, entry, base)
            elif key == "format":
                if entry.value != FORMAT:
                    raise ProfileError(f"format is {lined.plain(entry)!r}: this version reads {FORMAT!r}")
            elif key in _RULES:
                settings[key] = _checked(key, "a mapping" if isinstance(entry.value, dict) else lined.plain(entry))
            else:
                raise ProfileError(lined.unknown("key", key, [*_RULES, *_WEIGHTS, "format"]))
    settings.pop("extends", None)
    budgets = [key for key in _BUDGETS if key in settings]
    if len(budgets) > 1:
        with _at(name, entries[budgets[1]].line):
            raise ProfileError(f"{budgets[1]} beside {budgets[0]}: give one of bullets, words and ratio")
    if budgets:
        settings = dict.fromkeys(_BUDGETS) | settings
    if base is None:
        return Profile(name=name, **settings | {key: MappingProxyType(some) for key, some in weights.items()})
    settings |= {key: MappingProxyType({**getattr(base, key), **some}) for key, some in weights.items()}
    return replace(base, name=name, **settings)


def _entries(name: str) -> dict[str, Entry]:
    known = resources.names("profiles")
    if name in known:
        content = resources.yaml(f"profiles/{name}.yaml", FORMAT)
        return {
            key: Entry({name: Entry(number, 0) for name, number in value.items()} if key in _WEIGHTS else value, 0)
            for key, value in content.items()
        }
    path = Path(name).expanduser()
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        raise ProfileError(lined.unknown("profile", name, known) + ", or the path of a .yaml file")
    return lined.read(path, ProfileError)


def _base(name: str, entries: Mapping[str, Entry], seen: tuple[str, ...]) -> Profile | None:
    """Return the profile that `name` extends; only the first of all, default, extends none."""
    if name == "default":
        return None
    parent = entries.get("extends", Entry("default", 1))
    with _at(name, parent.line):
        target = str(_checked("extends", lined.plain(parent)))
    if target not in resources.names("profiles"):
        target = str(Path(name).expanduser().parent / target)
    try:
        return _load(target, (*seen, name))
    except ProfileError as error:
        if seen:
            raise
        raise ProfileError(f"{name}, line {parent.line}: extends {error}") from error


@contextmanager
def _at(label: str, line: int) -> Iterator[None]:
    """Put file and line before the message of an error."""
    try:
        yield
    except ProfileError as error:
        raise error if str(error).startswith(label) else ProfileError(f"{label}, line {line}: {error}") from error


def _weights(label: str, name: str, entry: Entry, base: Profile | None) -> dict[str, float]:
    if not isinstance(entry.value, dict):
        raise ProfileError(f"{name} must be features and numbers, such as `figures: 0.5`")
    found = {}
    for key, weight in entry.value.items():
        with _at(label, weight.line):
            if base is not None and key not in base.weights:
                raise ProfileError(lined.unknown("feature", key, base.weights))
            if type(weight.value) not in (int, float) or not isfinite(weight.value):
                raise ProfileError(f"{key} is {reprlib.repr(lined.plain(weight))}: it must be a number")
            found[key] = float(weight.value)
    return found
