"""The config of the daily run: a YAML file that is checked where it stands, before anything is read.

An error names the file, the line, and the nearest thing that would have been right.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from telecom_digest import lined, resources
from telecom_digest.daily.checked import Checked, ConfigError
from telecom_digest.daily.store import folder
from telecom_digest.lined import Entry
from telecom_digest.profile import Profile, load

FORMAT = "telecom-digest/daily-config/1"
Kind = Literal["path", "feed", "page", "maildir"]
Grouping = Literal["none", "organisation", "kind", "terms"]
NEWEST = 20
"""Entries of a feed, or links of a page, that are read where the config does not say how many."""

_KEYS = ("sources", "outputs", "groups", "profile", "bullets", "language", "max_age", "days_ahead", "state", "format")
_SOURCE_KEYS = {
    "path": ("name", "group"),
    "feed": ("name", "group", "newest"),
    "page": ("name", "group", "links", "newest"),
    "maildir": ("name", "group"),
}
_SUFFIXES = (".html", ".md", ".json", ".ics")
_DATE = "{date}"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Source(NamedTuple):
    """What is read.

    Attributes:
        kind: path: a file, a folder, or a pattern of them; page: an address, whatever is there.
        location: an absolute path or an address.
        name: shown beside its stories.
        group: of its stories on the page, whatever the others are grouped by.
        links: which links of the page are read, instead of it.
        newest: most entries or links.
        line: where it stands in the config.
    """

    kind: Kind
    location: str
    name: str | None = None
    group: str | None = None
    links: re.Pattern[str] | None = None
    newest: int = NEWEST
    line: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """What to read, and what to make of it.

    Attributes:
        path: of the file.
        outputs: absolute paths, with {date} where the day stands.
        by, terms: how stories are grouped; by terms: the words of each group.
        language: "ar" or "en", of the page; None: that of most stories.
        max_age: days since its publication after which a text is no news.
        days_ahead: days within which an event begins that is listed as ahead; 0: none is.
        state: the database of what was seen.
    """

    path: Path
    sources: tuple[Source, ...]
    outputs: tuple[Path, ...]
    profile: Profile
    by: Grouping = "none"
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str | None = None
    max_age: int = 30
    days_ahead: int = 60
    state: Path = Path()

    def is_output(self, path: str) -> bool:
        """Tell whether `path` is a page of this config, of any day: a pattern of sources may meet it."""
        return any(_dated(output).fullmatch(path) for output in self.outputs)


def template() -> str:
    """Return a config with a comment on everything it may say."""
    return resources.text("daily.template")


def read(path: Path) -> Config:
    """Return the config in the file `path`.

    Raises:
        ConfigError: it cannot be read, or something in it is wrong; the message says where.
    """
    return _Reader(path).config()


class _Reader(Checked):
    """One config, while it is read."""

    def config(self) -> Config:
        for key, entry in self.entries.items():
            if key not in _KEYS:
                raise self.wrong(entry.line, lined.unknown("key", key, _KEYS))
        form = self.entries.get("format")
        if form and form.value != FORMAT:
            raise self.wrong(form.line, f"format is {lined.plain(form)!r}: this version reads {FORMAT!r}")
        by, terms = self._groups()
        language = self.one_of(self.entries, "language", ("ar", "en", "auto"), "auto")
        return Config(
            self.path,
            self._sources(),
            self._outputs(),
            self._profile(),
            by,
            terms,
            None if language == "auto" else language,
            self.whole(self.entries, "max_age", 1, 30),
            self.whole(self.entries, "days_ahead", 0, 60),
            self._state(),
        )

    def _sources(self) -> tuple[Source, ...]:
        found: dict[str, Source] = {}
        for entry in self.listed("sources", "releases/*.txt"):
            source = self._source(entry)
            if source.location in found:
                before = found[source.location].line
                raise self.wrong(source.line, f"{source.location} stands in line {before} already: remove one")
            found[source.location] = source
        return tuple(found.values())

    def _source(self, entry: Entry) -> Source:
        if isinstance(entry.value, str) and entry.value.strip():
            kind: Kind = "page" if _ADDRESS.match(entry.value.strip()) else "path"
            return self._located(kind, entry.value.strip(), {}, entry.line)
        given = entry.value
        if not isinstance(given, dict):
            shown = reprlib.repr(lined.plain(entry))
            raise self.wrong(entry.line, f"a source is {shown}: it must be a path or an address, or have a key")
        kinds = [kind for kind in get_args(Kind) if kind in given]
        if len(kinds) != 1:
            line = given[kinds[1]].line if kinds else entry.line
            wanted = f"give one of {', '.join(get_args(Kind))}"
            raise self.wrong(line, f"a source has {' and '.join(kinds) or 'no location'}: {wanted}")
        known = (kinds[0], *_SOURCE_KEYS[kinds[0]])
        for key, value in given.items():
            if key not in known:
                raise self.wrong(value.line, lined.unknown(f"key of a {kinds[0]}", key, known))
        said = self.text(given, kinds[0]) or ""
        return self._located(kinds[0], said, given, given[kinds[0]].line)

    def _located(self, kind: Kind, said: str, given: Mapping[str, Entry], line: int) -> Source:
        address = _ADDRESS.match(said) is not None
        if kind == "page" and not address:
            raise self.wrong(line, f"page is {said!r}: it must be an address that begins with https:// or http://")
        if kind in ("path", "maildir") and address:
            raise self.wrong(line, f"{kind} is an address: use page or feed")
        return Source(
            kind,
            said if address else self.absolute(said),
            self.text(given, "name"),
            self.text(given, "group"),
            self._links(given),
            self.whole(given, "newest", 1, NEWEST),
            line,
        )

    def _links(self, given: Mapping[str, Entry]) -> re.Pattern[str] | None:
        """Return what a link must match: its whole address, or its path where the pattern begins with a slash."""
        said = self.text(given, "links")
        if said is None:
            return None
        if not said.startswith("^"):
            return re.compile(("(?:https?://[^/]*)" if said.startswith("/") else "") + translate(said))
        try:
            return re.compile(said)
        except re.error as error:
            raise self.wrong(given["links"].line, f"links is no regular expression ({error}): mend it") from error

    def _outputs(self) -> tuple[Path, ...]:
        found: list[Path] = []
        for entry in self.listed("outputs", "pages/{date}.html"):
            said = self.text({"an output": entry}, "an output") or ""
            path = Path(self.absolute(said))
            with self.at(entry.line):
                if path.suffix.lower() not in _SUFFIXES:
                    raise ConfigError(f"{said} ends in none of {', '.join(_SUFFIXES)}: name a file that does")
                if unknown := re.search(r"\{(?!date\})[^}]*\}", said):
                    raise ConfigError(f"{unknown[0]} in {said} is unknown: {_DATE} is the day of the page")
                if path in found:
                    raise ConfigError(f"{said} stands twice: remove one")
                if path.is_dir():
                    raise ConfigError(f"{said} is a folder: name a file")
            found.append(path)
        return tuple(found)

    def _groups(self) -> tuple[Grouping, dict[str, tuple[str, ...]]]:
        entry = self.entries.get("groups")
        if entry is None:
            return "none", {}
        given = entry.value if isinstance(entry.value, dict) else {"by": entry}
        for key, value in given.items():
            if key not in ("by", "terms"):
                raise self.wrong(value.line, lined.unknown("key of groups", key, ("by", "terms")))
        by: Any = self.one_of(given, "by", get_args(Grouping), "terms" if "terms" in given else "none")
        if (by == "terms") != ("terms" in given):
            wanted = (
                "no terms: give the words of each group" if by == "terms" else "terms: say `by: terms` or leave them out"
            )
            raise self.wrong(entry.line, f"groups are by {by} and have {wanted}")
        return by, self._terms(given["terms"]) if by == "terms" else {}

    def _terms(self, entry: Entry) -> dict[str, tuple[str, ...]]:
        if not isinstance(entry.value, dict) or not entry.value:
            raise self.wrong(entry.line, "terms must be names of groups with words, such as `Spectrum: [spectrum, 5G]`")
        found = {}
        for name, words in entry.value.items():
            said = words.value if isinstance(words.value, list) else [words]
            if not said or not all(isinstance(word.value, (str, int)) and str(word.value).strip() for word in said):
                raise self.wrong(words.line, f"{name} has {reprlib.repr(lined.plain(words))}: it must have words")
            found[name] = tuple(str(word.value) for word in said)
        return found

    def _profile(self) -> Profile:
        name = self.text(self.entries, "profile") or "default"
        if name not in resources.names("profiles"):
            beside = self.absolute(name)
            name = beside if Path(beside).suffix in (".yaml", ".yml") or Path(beside).exists() else name
        with self.at(self.entries.get("profile", Entry(None, 1)).line):
            profile = load(name)
        bullets = self.entries.get("bullets")
        if bullets is None:
            return profile
        return profile.with_budget(bullets=self.whole(self.entries, "bullets", 1, 1))

    def _state(self) -> Path:
        said = self.text(self.entries, "state")
        if said is not None:
            path = Path(self.absolute(said))
            if path.is_dir():
                raise self.wrong(self.entries["state"].line, f"state {said} is a folder: name a file in it")
            return path
        # what one config has seen is still news for another
        mark = sha256(str(self.path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return folder() / f"{self.path.stem}-{mark}.sqlite"


def _dated(output: Path) -> re.Pattern[str]:
    return re.compile(re.escape(str(output)).replace(re.escape(_DATE), r"\d{4}-\d\d-\d\d"))
