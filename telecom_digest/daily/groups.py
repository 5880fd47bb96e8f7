"""Which group of the page a story belongs to, and the order of the groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from telecom_digest import language, resources
from telecom_digest.daily.config import Config
from telecom_digest.model import Digest, Name

_Any = TypeVar("_Any")


class Groups:
    """The groups of a page in a language, as the config wants them."""

    def __init__(self, config: Config, spoken: str) -> None:
        """Take the config and the language of the page, "ar" or "en"."""
        self._by, self._spoken = config.by, spoken
        self._own = {source.location: source.group for source in config.sources}
        self._terms = list(config.terms)
        labelled = ((language.keys(word), name) for name, words in config.terms.items() for word in words)
        self._phrases = language.Phrases(labelled)
        self._others: str = resources.yaml("daily.yaml", "telecom-digest/daily/1")["others"][spoken]

    def name(self, digest: Digest, sources: Iterable[str]) -> str:
        """Return the name of the group of a story that was seen in these sources of the config."""
        own = next(filter(None, map(self._own.get, sources)), None)
        if own:
            return own
        kind, organisers = digest.facts.kind, digest.facts.organisers
        if self._by == "kind" and kind != "other":
            return language.message(f"kind_{kind}", self._spoken).capitalize()
        if self._by == "organisation" and organisers:
            return self._body(organisers[0])
        return (self._term(digest) if self._by == "terms" else None) or self._others

    def ordered(self, named: Iterable[tuple[str, _Any]]) -> list[tuple[str, Sequence[_Any]]]:
        """Return the groups of stories that come the most important first.

        Groups by terms stand in the order of the config, other groups where their most important story does, and the
        stories that belong to none last; where they are all there is, without a name.
        """
        groups: dict[str, list[_Any]] = {}
        for name, one in named:
            groups.setdefault(name, []).append(one)
        if set(groups) == {self._others}:
            return [("", groups[self._others])]
        place = {name: i for i, name in enumerate(self._terms)}
        return sorted(groups.items(), key=lambda group: (group[0] == self._others, place.get(group[0], len(place))))

    def _body(self, body: Name) -> str:
        """Return the name of a body as the glossary has it in the language of the page, else as it stands."""
        entry = language.glossary_entries().get(body.entry.id, {}) if body.entry else {}
        names = [*(entry.get(self._spoken) or ()), body.entry.name if body.entry else None]
        return next(filter(None, names), " ".join(body.value.text.split()))

    def _term(self, digest: Digest) -> str | None:
        """Return the first group of which a word is in the title, or else in what the digest says."""
        facts = digest.facts
        said = [fact.value.text for fact in (facts.event, *facts.organisers) if fact]
        said += [bullet.text for bullet in digest.bullets]
        for text in (digest.title or "", "\n".join(said)):
            met = {name for _, _, name in self._phrases.find(language.keys(text))}
            if met:
                return next(name for name in self._terms if name in met)
        return None
