"""The names of places: data/places.tsv as tables, and what an Arabic word may begin with before a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from telecom_digest import arabic, resources
from telecom_digest.memo import remembered

CLITICS = frozenset("وفبلك")
_SIGNS = "?+~*!=^"  # data/places.tsv says what they mean


class Place(NamedTuple):
    """A line of the table; kind "none" is what looks like a place."""

    code: str
    kind: str
    name: str


class Gazetteer(NamedTuple):
    """The table: names as `Reading.words` has them, the words of one apart by spaces; places by their number."""

    lines: list[list[str]]
    """Code, kind and name of each place."""
    longest: dict[str, int]
    """How many words the longest name has that begins with this one, where any has more than one."""
    places: dict[str, int]
    others: dict[str, list[int]]
    """Of a name of several, those that are not meant by default."""
    capitals: dict[str, int]
    """Capitals by the names that they have from their countries."""
    signs: dict[str, str]
    exact: dict[str, str]
    """Names that count only in these letters."""

    def place(self, number: int) -> Place:
        """Return the place of a number."""
        return Place(*self.lines[number])


def _made() -> Gazetteer:
    made = Gazetteer([], {}, {}, {}, {}, {}, {})
    places, longest = made.places, made.longest
    for line in resources.text("places.tsv").split("\n"):
        if not line or line[0] == "#":
            continue
        *place, names = line.split("\t")
        number = len(made.lines)
        made.lines.append(place)
        for name in names.split("|"):
            if name[0] in _SIGNS:
                name = _signed(made, number, name)  # noqa: PLW2901
            if name in places:
                if places[name] != number:
                    made.others.setdefault(name, []).append(number)
            elif name:
                places[name] = number
                if " " in name:
                    first, length = name[: name.index(" ")], name.count(" ") + 1
                    if longest.get(first, 1) < length:
                        longest[first] = length
    return made


def _signed(made: Gazetteer, place: int, written: str) -> str:
    """Remember what is said of a name; return the name, or nothing where it is not to be looked up as such."""
    name = written.lstrip(_SIGNS)
    signs = written[: len(written) - len(name)]
    if "!" in signs:
        made.capitals[name] = place
        return ""
    if "=" in signs:
        written = name
        name = arabic.fold(written)
        made.exact[name] = written
    made.signs.setdefault(name, signs)
    return name


PLACES = resources.Table("places", ("places.tsv",), _made)


@cache
def gazetteer() -> Gazetteer:
    """Return the tables."""
    return Gazetteer(*PLACES.get())


@remembered
def starts(word: str) -> tuple[tuple[int, str], ...]:
    """Return those of the openings of a word that a name begins with; few words have any."""
    known = gazetteer()
    return tuple((cut, form) for cut, form in openings(word) if form in known.places or form in known.longest)


def openings(word: str) -> tuple[tuple[int, str], ...]:
    """Return the forms of a word without the clitics that it may begin with, and how many letters they are.

    A conjunction, then a preposition; of `لل` the first letter is a preposition and the second what is left of the article.
    """
    forms = [(0, word)]
    if len(word) > 3 and word[0] in "وف":
        forms.append((1, word[1:]))
    for cut, form in tuple(forms):
        if len(form) > 3 and form[0] in "بلك":
            forms.append((cut + 1, form[1:]))
            if form.startswith("لل"):
                forms.append((cut, "ا" + form[1:]))
    return tuple(forms)
