"""Names of bodies: those of the glossary, those that begin with وزارة, هيئة, شركة …, brands, what stands for them later.

A body is named many times in a release: whole, short, by a brand or abbreviation that its full name is followed by
(مؤسسة الإمارات للاتصالات "اتصالات"), and by its first word alone (الهيئة). All are mentions of one, and the fullest that
stands without attached letters is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from telecom_digest.facts import phrase
from telecom_digest.facts.known import Known, known_at, starts
from telecom_digest.facts.mention import Mention, Opening, first_words, mention_at
from telecom_digest.facts.reading import Reading
from telecom_digest.language import exact_words, glossary_entries
from telecom_digest.memo import remembered

_LONGEST = 12  # words of a name
_QUOTED_LONGEST = 3  # words of a brand in quotes
_SHOWN = 4  # words from which on a longer form of a name says no more
_CLOSES = re.compile(r"\A\s*[\"»”)']")
_ALIAS = re.compile(r"\s*[\"«“(\-–]\s*[\"«“]?\Z")  # between a name and the brand or abbreviation it is also called by
_CLITICS = frozenset("وفبلك")
_MARKS = frozenset("\"«“('")
_BODIES = frozenset(["organisation", "regulator", "ministry", "operator", "group", "company"])
_SHARED = "-shared"  # end of the id of a name that bodies of several countries have


class Body(NamedTuple):
    """A body and where it is named; `best` is the mention to show."""

    mentions: tuple[Mention, ...]
    best: Mention


def bodies(reading: Reading) -> list[Body]:
    """Return the bodies named in a text, in the order of their first mention."""
    found = list(_mentions(reading))
    groups = _Groups(reading)
    for mention in found:
        groups.add(mention)
    return [Body(tuple(group), _best(group)) for group in groups.named]


def _best(group: list[Mention]) -> Mention:
    """Return the mention to show: clean, then in the first form that names it whole."""
    clean = [mention for mention in group if mention.clean] or group
    return max(clean, key=lambda mention: (min(mention.last - mention.first, _SHOWN), -mention.first))


class _Groups:
    """Mentions put together, each with the body that it is of."""

    def __init__(self, reading: Reading) -> None:
        self.named: list[list[Mention]] = []
        self._reading = reading
        self._by_key: dict[str, list[Mention]] = {}
        self._long: dict[str, list[Mention]] = {}  # by key as well, of more than one word
        self._by_noun: dict[str, list[Mention]] = {}
        self._last: Mention | None = None

    def add(self, mention: Mention) -> None:
        """Put a mention to its body; what stands for a name that was not given is left out."""
        if not mention.key:  # الهيئة: the last one that begins so
            if mention.noun in self._by_noun:
                self._by_noun[mention.noun].append(mention)
            return
        group = self._group(mention)
        if group is None:
            group = []
            self.named.append(group)
        group.append(mention)
        for name in (mention.key, mention.entry, mention.alias):
            if name:
                self._by_key.setdefault(name, group)
                if " " in name:
                    self._long.setdefault(name, group)
        if mention.noun:
            self._by_noun[mention.noun] = group
        self._last = mention

    def _group(self, mention: Mention) -> list[Mention] | None:
        group = self._by_key.get(mention.entry or mention.key) or self._by_key.get(mention.key)
        if group is None and self._last is not None and _is_alias(self._reading, self._last, mention):
            return self._by_key[self._last.key]
        if group is None and mention.entry.endswith(_SHARED):
            return self._own(mention.entry)
        if group is None and not mention.entry and " " in mention.key:
            key = f"{mention.key} "
            return next((g for name, g in self._long.items() if key.startswith(f"{name} ") or name.startswith(key)), None)
        return group

    def _own(self, shared: str) -> list[Mention] | None:
        """Return the body of its kind that the text names by a name of its own: a regulator, a ministry."""
        kind = glossary_entries()[shared]["kind"]
        if kind == "group":
            return None
        own = [g for g in self.named if g[0].entry and glossary_entries()[g[0].entry]["kind"] == kind]
        return own[0] if len(own) == 1 else None


def _is_alias(reading: Reading, full: Mention, brand: Mention) -> bool:
    """A brand or abbreviation follows a full name, in quotes, in parentheses or after a dash."""
    if brand.first != full.last or not full.noun or brand.noun:
        return False
    return _ALIAS.fullmatch(reading.gaps[brand.first]) is not None and bool(reading.gaps[brand.last].strip())


def _mentions(reading: Reading) -> Iterator[Mention]:
    """Yield what names bodies, in order, none overlapping; of names that begin together the longest."""
    entries, language = glossary_entries(), reading.language
    english_at = None if language == "ar" else _english()
    quoted: dict[str, list[str]] = {}
    after = 0
    places = {i for i, gap in enumerate(reading.gaps) if gap != " " and gap[-1:] in _MARKS}
    places.update(reading.where(_begins(language)))
    if language != "ar":
        places.update(i for i, (start, _) in enumerate(reading.spans) if reading.text[start].isupper())
    for i, word in enumerate(reading.words):
        if i < after or not (i in places or (quoted and (word in quoted or word[1:] in quoted))):
            continue
        one = known_at(reading, i)
        mention = english_at(reading, i) if english_at else _arabic(reading, i, quoted)
        if one and (mention is None or mention.last <= one.last):
            if entries[one.entry]["kind"] in _BODIES:
                mention = _of_glossary(reading, one)
            elif language == "ar" or mention is None:  # a Universal Service Fund is a body, if its name is also a term
                mention, after = None, one.last
        if mention is not None:
            yield mention
            after = mention.last


def _english() -> Callable[[Reading, int], Mention | None]:
    from telecom_digest.facts.names_en import english_at  # only where a text is English

    return english_at


@cache
def _begins(language: str) -> Callable[[str], object]:
    """Return whether a name may begin with a word, by the lists, as a function of the word: with most none does."""
    if language != "ar":
        return starts

    opening = first_words(language)

    @remembered
    def begins(word: str) -> bool:
        return bool(starts(word) or opening(word)) or _before_brand(word) is not None

    return begins


def _of_glossary(reading: Reading, one: Known) -> Mention:
    word = reading.words[one.last - 1 if reading.language == "en" else one.first]
    opening = first_words(reading.language)(word)
    noun = opening.head if opening else ""
    mention = mention_at(reading, (one.first, one.last), noun or "known", one.cut, noun)
    return mention._replace(entry=one.entry, clean=not one.fused)


# ---------------------------------------------------------------- Arabic
class _Lists(NamedTuple):
    adjectives: frozenset[str]
    weak: frozenset[str]
    never: frozenset[str]
    brand_heads: frozenset[str]
    brands: frozenset[str]
    unbranded: frozenset[str]
    boards: frozenset[str]
    common: frozenset[str]
    describing: frozenset[str]


@cache
def _lists() -> _Lists:
    names = (
        "body_adjectives",
        "weak_heads",
        "no_body_heads",
        "brand_heads",
        "brands",
        "unbranded_after",
        "boards",
        "common_heads",
        "describing",
    )
    return _Lists(*(exact_words("ar", (name,)) for name in names))


def _arabic(reading: Reading, i: int, quoted: dict[str, list[str]]) -> Mention | None:
    """Return the body named from word `i` on, by a head of names, a brand, or a name in quotes."""
    opening = first_words("ar")(reading.words[i])
    if opening and opening.head not in _lists().never:
        found = _headed(reading, i, opening, quoted)
        if found:
            return found
    return _brand(reading, i, quoted)


def _headed(reading: Reading, i: int, opening: Opening, quoted: dict[str, list[str]]) -> Mention | None:
    """Return what begins with a head: without article and with what it is of, or with it and an adjective of bodies.

    A head with the article alone stands for a body named before.
    """
    lists = _lists()
    cut, head, definite = opening
    following = reading.words[i + 1] if i + 1 < len(reading.words) and not reading.gaps[i + 1].strip() else ""
    if definite and following not in lists.adjectives:
        alone = mention_at(reading, (i, i + 1), head, cut, head)
        return alone._replace(key="", clean=False)
    before = reading.words[i - 1] if i else ""
    if following in lists.boards or (reading.words[i] in lists.boards and before.endswith("مجلس")):
        return None  # مجلس إدارة شركة …: the company is meant
    if not definite and (head in lists.common or (before in lists.describing and not reading.gaps[i].strip())):
        return None
    brand = head in lists.brand_heads and not definite
    last = phrase.end_of_body(reading, i, most=_LONGEST, brand=brand)
    short = last - i < 3 and not definite and reading.gaps[i + 1][-1:] not in _MARKS
    if last - i < 2 or (head in lists.weak and short):
        return None
    found = mention_at(reading, (i, last), head, cut, head)
    inner = next((j for j in range(i + 1, last) if reading.gaps[j][-1:] in _MARKS), last)
    if inner == last:
        return found
    quoted[reading.words[inner]] = reading.words[inner:last]
    return found._replace(alias=" ".join(reading.words[inner:last]))


def _brand(reading: Reading, i: int, quoted: dict[str, list[str]]) -> Mention | None:
    """Return a brand that is an ordinary word, a name in quotes, or such a name where it stands again without them."""
    word = reading.words[i]
    marked = reading.gaps[i][-1:] in _MARKS
    cut = _before_brand(word)
    if cut is not None:
        before = reading.words[i - 1] if i else ""
        if marked or phrase.bare(before)[1] not in _lists().unbranded:
            return mention_at(reading, (i, i + 1), "brand", cut)
        return None
    if marked and word not in phrase.limits("ar").stops:
        for last in range(i + 1, min(i + _QUOTED_LONGEST, len(reading.words)) + 1):
            if reading.gaps[last].strip():
                if not _CLOSES.search(reading.gaps[last]):
                    return None
                quoted[word] = reading.words[i:last]
                return mention_at(reading, (i, last), "quoted")
    return _again(reading, i, quoted) if quoted else None


@remembered
def _before_brand(word: str) -> int | None:
    """Return how many letters are attached to a brand, or None where the word is none."""
    brands = _lists().brands
    if word in brands:
        return 0
    return 1 if word[:1] in _CLITICS and word[1:] in brands else None


def _again(reading: Reading, i: int, quoted: dict[str, list[str]]) -> Mention | None:
    """Return a name that stood in quotes before, where it stands without them."""
    word = reading.words[i]
    for cut in (0, 1) if word[:1] in _CLITICS else (0,):
        name = quoted.get(word[cut:])
        if name and reading.words[i + 1 : i + len(name)] == name[1:]:
            return mention_at(reading, (i, i + len(name)), "quoted", cut)
    return None
