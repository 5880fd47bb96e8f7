"""The cities and countries that a text names, by a gazetteer.

The names are those of CLDR and GeoNames (data/places.tsv, made by training/places.py, which says where each comes from).
Looking them up is easy; most of this is about what else their words mean. Gazetteer look-up alone is known to be poor for
just that reason (Mikheev, Moens and Grover 1999, "Named entity recognition without gazetteers"), and in Arabic, which has
no capitals and attaches و ف ب ل ك to the word, more so: العين is a town of 850,000 and "the eye", الخبر one of 165,000 and
"the news", كان is Cannes and "was". So each name that stands in a corpus of news more often than so small a town would is
marked in the table, and taken only beside a cue (`مدينة العين`, `in Nice`), or beside a place of its own country
(`أبوظبي والعين`). A name of several places is the one whose country the text names; where that does not tell, the code is
None.

An organisation named after a place (`بنك القاهرة`) has the place in its name, and it is found there; what is a place of an
event and what is part of a name is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, cast

from telecom_digest import arabic, resources
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.gazetteer import Gazetteer, Place, gazetteer, openings, starts

Kind = Literal["city", "country"]

_JOINTS = frozenset(["", "-", "‐", "–", "'", "’", "‘", "`"])
_LATIN_JOINTS = _JOINTS | {".", ",", ".,"}  # U.S., St. Petersburg, Washington, D.C.


class Found(NamedTuple):
    """A place named in a text.

    Attributes:
        span: in the display text, without clitics; with them where they are fused with the article (للإمارات).
        kind: what the name means there.
        code: of its country, ISO 3166-1 alpha-2, or None where the name alone does not tell.
        name: in English; where the code is None, of the likeliest.
    """

    span: Span
    kind: Kind
    code: str | None
    name: str


@dataclass(slots=True)
class _Hit:
    """A name at words[first:after], without `cut` letters of its first word."""

    name: str
    first: int
    after: int
    cut: int
    place: Place
    code: str | None


def find(reading: Reading) -> list[Found]:
    """Return the places named in a text, in order, not overlapping; of names at one place the longest."""
    tables = gazetteer()
    hits = [hit for hit in _hits(reading, tables) if _written(reading, tables, hit)]
    kept: list[_Hit] = []
    for i, hit in enumerate(hits):
        if _is_place(reading, tables, hit) or _beside_own(kept[-1:], hit) or _beside_own(hits[i + 1 : i + 2], hit):
            kept.append(hit)
    contested = [i for i, hit in enumerate(kept) if _decide_alone(reading, tables, hit)]
    if contested:
        _decide(reading, tables, kept, contested)
    found = []
    for hit in kept:
        if hit.place.kind != "none":
            start = reading.spans[hit.first][0] + hit.cut
            if hit.place.kind == "country":
                start = _with_prefix(reading, hit.first, start)
            end = reading.spans[hit.after - 1][1]
            if reading.gaps[hit.after][:1] == "." and "." in reading.text[start:end] and hit.after - hit.first > 1:
                end += reading.text[end - 2] == "."  # the last stop of U.S. and D.C. is theirs
            found.append(Found((start, end), cast(Kind, hit.place.kind), hit.code, hit.place.name))
    return found


def _hits(reading: Reading, tables: Gazetteer) -> Iterator[_Hit]:
    words, longest, places = reading.words, tables.longest, tables.places
    after = 0
    for first in reading.where(starts):
        if first < after:
            continue
        for cut, form in starts(words[first]):
            for length in range(longest.get(form, 1), 0, -1):
                name = form if length == 1 else " ".join((form, *words[first + 1 : first + length]))
                if name in places and (length == 1 or _one_name(reading, first, first + length)):
                    after = first + length
                    place = tables.place(places[name])
                    yield _Hit(name, first, after, cut, place, place.code)
                    break
            if first < after:
                break


def _one_name(reading: Reading, first: int, after: int) -> bool:
    """Nothing stands between these words that parts a name."""
    if after > len(reading.words):
        return False
    joints = _LATIN_JOINTS if reading.words[first].isascii() else _JOINTS
    return all(gap.strip() in joints and "\n\n" not in gap for gap in reading.gaps[first + 1 : after])


def _written(reading: Reading, tables: Gazetteer, hit: _Hit) -> bool:
    """The name has the case that it must have, and the letters."""
    start, end = reading.spans[hit.first][0] + hit.cut, reading.spans[hit.after - 1][1]
    written = reading.text[start:end]
    if arabic.NUNATION in written:
        return False
    if hit.name in tables.exact:
        same = arabic.MARKS.sub("", written) == tables.exact[hit.name]
        return same or reading.cleaned.condition == "folded"
    if "^" in tables.signs.get(hit.name, ""):
        return written.isupper()
    return written[0].isupper() or hit.name[0] >= "ء"


def _is_place(reading: Reading, tables: Gazetteer, hit: _Hit) -> bool:
    """The words mean a place: by themselves, or by what stands before them."""
    signs, words, first = tables.signs.get(hit.name, ""), reading.words, hit.first
    if first and not hit.cut and hit.place.kind != "none" and _spaced(reading, first):
        before = words[first - 1]
        adjective = hit.name in _words("adjectives") and openings(before)[-1][1].startswith("ال")
        if adjective or before in _words("name_words"):
            return False
    doubtful = "?" in signs or "+" in signs
    latin = hit.name[0] < "ء"
    if latin and (doubtful or "~" in signs) and _beside_name(reading, hit):
        return False
    if not doubtful or (not hit.cut and _cued(reading, first, "city_cues")):
        return True
    inside = first > 0 and not hit.cut and words[first - 1] in _words("in_words")
    if latin:
        return inside
    return "+" in signs and (inside or (hit.cut > 0 and words[first][hit.cut - 1] == "ب"))


def _spaced(reading: Reading, index: int) -> bool:
    """Nothing but space stands before the word."""
    gap = reading.gaps[index]
    return gap.isspace() and "\n" not in gap


def _cued(reading: Reading, first: int, cues: str) -> bool:
    """A word of the list `cues` stands before: مدينة العين, العاصمة الأردنية عمان, the city of Nice."""
    words = reading.words
    if not first or not _spaced(reading, first):
        return False
    before, known = words[first - 1], _words(cues)
    if any(form in known for _, form in openings(before)):
        return True
    if first < 2:
        return False
    through = before == "of" or (before.startswith("ال") and before.endswith("يه"))
    return through and any(form in known for _, form in openings(words[first - 2]))


def _beside_name(reading: Reading, hit: _Hit) -> bool:
    """Another word with a capital stands beside the name: it is part of a longer one."""
    text, spans = reading.text, reading.spans
    if hit.after < len(spans) and reading.gaps[hit.after] in (" ", "-", " & ") and text[spans[hit.after][0]].isupper():
        return True
    if not hit.first or reading.gaps[hit.first] not in (" ", "-", ". ", " & "):
        return False
    before = reading.words[hit.first - 1]
    if reading.gaps[hit.first] == ". ":
        return len(before) == 1  # an initial
    return text[spans[hit.first - 1][0]].isupper() and before not in _words("function_words")


def _beside_own(near: list[_Hit], hit: _Hit) -> bool:
    """A place of the same country stands right beside a name that has no cue of its own."""
    return any(
        other.code == hit.code and other.name != hit.name and (other.after == hit.first or hit.after == other.first)
        for other in near
    )


def _decide_alone(reading: Reading, tables: Gazetteer, hit: _Hit) -> bool:
    """Take a capital where a cue says so, or what the vowels say; return whether other names must tell what is meant."""
    if hit.name in tables.capitals:
        capital = tables.place(tables.capitals[hit.name])
        cues = _words("capital_cues")
        follows = hit.after < len(reading.words) and reading.words[hit.after] in cues and _spaced(reading, hit.after)
        if follows or (not hit.cut and _cued(reading, hit.first, "capital_cues")):
            hit.place, hit.code = capital, capital.code
            return False
    told = _lists()["vowels"].get(reading.text[reading.spans[hit.first][0] + hit.cut : reading.spans[hit.after - 1][1]])
    for place in (hit.place, *map(tables.place, tables.others.get(hit.name, ()))):
        if place.code == told:
            hit.place, hit.code = place, place.code
            return False
    return hit.name in tables.others or "*" in tables.signs.get(hit.name, "")


def _decide(reading: Reading, tables: Gazetteer, hits: list[_Hit], contested: list[int]) -> None:
    """Choose among places of one name by the countries that the text names."""
    open_names = {hits[i].name for i in contested}
    named = {hit.code for hit in hits if hit.name not in open_names}
    of = _lists()["nationals"]
    for i in contested:
        hit = hits[i]
        among = [hit.place, *map(tables.place, tables.others.get(hit.name, ()))]
        before, after = hits[i - 1] if i else None, hits[i + 1] if i + 1 < len(hits) else None
        before = before if before and before.after == hit.first else None
        after = after if after and after.first == hit.after else None
        listed = (before and before.place.kind == "country") or (after and after.place.kind == "country" and after.cut)
        countries = [place for place in among if place.kind == "country"]
        ruled = not hit.cut and _cued(reading, hit.first, "country_cues")
        if len(countries) < len(among) and countries and (listed or ruled):
            told = countries[:1]  # in a list of countries it is one, as where a king reigns
        else:
            told = [place for place in among if after and after.place.kind == "country" and place.code == after.code]
            told = told or [p for p in among if p.code in named or _mentions(reading, of.get(p.code, ""))]
        clear = len(told) == 1 if len(among) > 1 else False
        if clear:
            hit.place, hit.code = told[0], told[0].code
        elif told or "*" in tables.signs.get(hit.name, ""):
            hit.code = None


def _mentions(reading: Reading, stems: str) -> bool:
    """A word of the text has one of these beginnings, after its clitics and article or without them."""
    return any(stem in word for stem in stems.split() for word in reading.words)


def _with_prefix(reading: Reading, first: int, start: int) -> int:
    """Return where a country begins with what belongs to its name: جمهورية, Republic of."""
    if not first or start != reading.spans[first][0] or not _spaced(reading, first):
        return start
    known = _words("country_prefixes")
    index = first - 1
    if reading.words[index] == "of" and first > 1:
        index = first - 2
        at = reading.spans[index][0]
        return at if reading.words[index] in known and reading.text[at].isupper() else start
    for cut, form in openings(reading.words[index]):
        if form in known and form[0] >= "ء":
            return reading.spans[index][0] + cut
    return start


def _lists() -> dict[str, Any]:
    return resources.yaml("places.yaml", "telecom-digest/places/1")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(arabic.fold(_lists()[name]).split())
