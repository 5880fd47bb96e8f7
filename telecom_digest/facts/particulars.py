"""Cues of where and who: the places, bodies and people of a document."""

from __future__ import annotations

from collections.abc import Sequence

from telecom_digest.facts import names, people, places
from telecom_digest.facts.choose import Candidate
from telecom_digest.facts.context import Context, beside, place_in_order, within
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words, glossary_entries

_EARLY = ("heading", "s0", "s1")
_OF_A_GUEST = ("other_hosts", "first:before:", "before:attending", "before:representing", "head:", "kind:", "in_role")


class Stage:
    """What else a text names, which the cues of its bodies and places are told by.

    Attributes:
        context: the cues of the text.
        named, roles, events: where names of bodies, roles of people and candidates for the event stand.
        chains: what `listed` says of names.
    """

    __slots__ = ("chains", "context", "events", "named", "roles")

    def __init__(
        self,
        context: Context,
        bodies: Sequence[names.Body],
        found: Sequence[places.Found],
        persons: Sequence[people.Found],
        events: Sequence[Span],
    ) -> None:
        reading = context.reading
        mentions = [mention for body in bodies for mention in body.mentions]
        spans = [(mention.first, mention.last) for mention in mentions]
        spans += [(reading.word_at(place.span[0]), reading.word_at(place.span[1])) for place in found]
        self.context = context
        self.named = [mention.span for mention in mentions]
        self.roles = [person.role for person in persons if person.role]
        self.events = events
        self.chains = listed(context, spans)


# ---------------------------------------------------------------- where
def place_candidates(stage: Stage, found: Sequence[places.Found], kind: places.Kind) -> list[Candidate[places.Found]]:
    """Return each city or country once, with the cues of all its mentions, under its first; how often it is named."""
    context = stage.context
    spots = [_Spot(context.reading, place) for place in found]
    held = {spot.place.code for spot in spots if _holds(context, spot)}
    cues: dict[tuple[str, str | None], set[str]] = {}
    firsts: dict[tuple[str, str | None], places.Found] = {}
    counts: dict[tuple[str, str | None], int] = {}
    for i, spot in enumerate(spots):
        place = spot.place
        if place.kind != kind:
            continue
        key = (place.name, place.code)
        city = spots[i - 1] if i and kind == "country" and _beside_own(spots[i - 1], spot) else None
        if city and city.last == spot.first:  # in Buenos Aires, Argentina: what stands before the city is of both
            spot.first, spot.attached = city.first, city.attached
        mine = _place_cues(stage, spot) | (set() if city else stage.chains.get(spot.first, set()))
        if city and "inside" in mine:
            mine.add("stated")
        if city or any(_beside_own(spot, other) for other in (*spots[max(0, i - 1) : i], *spots[i + 1 : i + 2])):
            mine.add("beside_own")
        if key not in firsts:
            cues[key] = {place_in_order(len(firsts))}
            if held:
                cues[key].add("held:here" if place.code in held else "held:elsewhere")
        if key not in firsts or ("alone" in mine and "alone" not in cues[key]):
            firsts[key] = place
        cues[key] |= mine
        counts[key] = counts.get(key, 0) + 1
    number = f"of:{min(len(firsts), 4)}"
    return [
        Candidate(place, frozenset({*cues[key], number, f"times:{min(counts[key], 4)}"})) for key, place in firsts.items()
    ]


def stated_country(countries: list[Candidate[places.Found]]) -> list[Candidate[places.Found]]:
    """Return the candidates for the country: where one stands with its city in the place of something, that one alone."""
    for place, cues in countries:
        if "stated" in cues and not cues.isdisjoint(_EARLY):
            others = {cue for cue in cues if cue.startswith(("of:", "n"))}
            return [Candidate(place, cues - others | {"of:1", place_in_order(0)})]
    return countries


class _Spot:
    """A place with its words, the last exclusive, and the letter attached.

    Before a capital the adjective of its country is one of them.
    """

    __slots__ = ("attached", "first", "last", "place")

    def __init__(self, reading: Reading, place: places.Found) -> None:
        self.place = place
        self.first, self.last = reading.word_at(place.span[0]), reading.word_at(place.span[1])
        start = reading.spans[self.first][0]
        self.attached = reading.text[start] if place.span[0] > start else ""
        words, capitals = reading.words, exact_words(reading.language, ("capitals",))
        if self.first > 1 and words[self.first - 2] in capitals and words[self.first - 1][:2] == "ال":
            self.first -= 1  # بالعاصمة الهندية نيودلهي


def _inside(context: Context, spot: _Spot) -> bool:
    """The place is where something is: after في, a word such as "held in", or with ب."""
    return spot.attached == "ب" or "before:staging" in context.right_before(spot.first)


def _holds(context: Context, spot: _Spot) -> bool:
    """A city in which something early in the text is."""
    return spot.place.kind == "city" and _inside(context, spot) and context.where(spot.first)[0] in _EARLY


def _beside_own(spot: _Spot, other: _Spot) -> bool:
    """A city and its country stand side by side."""
    touching = other.last == spot.first or spot.last == other.first
    return touching and spot.place.kind != other.place.kind and spot.place.code == other.place.code


def _place_cues(stage: Stage, spot: _Spot) -> set[str]:
    context, reading = stage.context, stage.context.reading
    where = context.where(spot.first)[0]
    cues = beside(context, spot.first)
    if spot.first:
        cues.add(f"prev:{reading.words[spot.first - 1]}")
    if spot.attached:
        cues.add(f"attached:{spot.attached}")
    if _inside(context, spot):
        cues |= {"inside", f"inside:{where}"}
    if within(spot.place.span, stage.named):
        cues.add("in_name")
    else:
        cues |= {"alone", f"alone:{where}"}
    if within(spot.place.span, stage.roles):
        cues.add("in_role")
    if spot.first == 0 or reading.gaps[spot.first].count("\n") > 1:
        cues.add("dateline")
    return cues


# ---------------------------------------------------------------- who
def listed(context: Context, spans: Sequence[tuple[int, int]]) -> dict[int, set[str]]:
    """Return, by first word, what stands before the list that a name goes on with: مع مصر والأردن, "with A, B and C".

    Args:
        spans: first and last word of all names, the last exclusive.
    """
    reading = context.reading
    found: dict[int, set[str]] = {}
    opened: tuple[int, int] | None = None
    labels: list[str] = []
    for first, last in sorted(set(spans)):
        joined = opened is not None and first - opened[1] in (0, 1) and _joined(reading, opened[1], first)
        if not joined:
            labels = context.right_before(first)
        else:
            found[first] = {f"listed:{label}" for label in labels} | {"listed"}
            if opened:
                found.setdefault(opened[0], set()).add("listed")
        opened = (first, last)
    return found


def _joined(reading: Reading, last: int, first: int) -> bool:
    """A comma or "and" stands between two names, and nothing else."""
    between = "".join(reading.gaps[last : first + 1]).strip(' "«»“”()')
    if first > last:
        return reading.words[last] in ("و", "and") and between in ("", ",", "،")
    return between in (",", "،") or (between == "" and reading.text[reading.spans[first][0]] == "و")


def body_candidates(stage: Stage, bodies: Sequence[names.Body]) -> list[Candidate[names.Body | places.Found]]:
    """Return the bodies, each with the cues of all its mentions, those of the first apart."""
    found = [_body_cues(stage, body, index) for index, body in enumerate(bodies)]
    hosts = [cues for cues in found if "before:hosting" in cues and not cues.isdisjoint(_EARLY)]
    for cues in found if hosts else ():
        if cues not in hosts:
            cues.add("other_hosts")
            if "first:before:representing" in cues:  # it takes part for someone: its place in the text tells nothing more
                cues &= {cue for cue in cues if cue.startswith(_OF_A_GUEST)}
    return [Candidate(body, frozenset(cues)) for body, cues in zip(bodies, found, strict=True)]


def _body_cues(stage: Stage, body: names.Body, index: int) -> set[str]:
    context, reading = stage.context, stage.context.reading
    cues = {place_in_order(index, 6), f"times:{min(len(body.mentions), 5)}"}
    for number, mention in enumerate(body.mentions):
        mine = beside(context, mention.first) | stage.chains.get(mention.first, set())
        if within(mention.span, stage.roles):
            mine.add("in_role")
        cues |= mine
        if number == 0:
            cues |= {f"first:{cue}" for cue in mine}
        if mention.key:
            cues.add(f"head:{mention.head}")
        if mention.entry:
            cues.add(f"kind:{glossary_entries()[mention.entry]['kind']}")
        if within(mention.span, stage.events):
            cues.add("in_event")
        if mention.first:
            cues.add(f"prev:{reading.words[mention.first - 1]}")
    length = body.best.last - body.best.first
    if length > 1 and not cues.isdisjoint(("s0", "heading")):
        cues.add("s0:long")
    cues.add(f"words:{min(length, 7)}")
    return cues


def person_cues(context: Context, person: people.Found, index: int) -> frozenset[str]:
    """Return the cues of a person; `index`: its place among the people."""
    reading = context.reading
    last = reading.word_at(person.name[1])
    cues = beside(context, person.first)
    cues |= {place_in_order(index, 5), "role" if person.role else "no_role", f"words:{min(last - person.first, 6)}"}
    if person.role:
        cues.add(f"role:{reading.words[reading.word_at(person.role[0])]}")
    if person.first:
        cues.add(f"prev:{reading.words[person.first - 1]}")
    if last < len(reading.words):
        cues.add(f"next:{reading.words[last]}")
    return frozenset(cues)
