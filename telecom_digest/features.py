"""What a sentence is like: named features, each from 0 to 1.

They look at the document in hand, its word lists, the glossary and what training/rank learned of words; nothing is kept
from one document to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import log
from typing import NamedTuple

_QUOTATION = re.compile(r"[\"«“][^\"»”]{40}")  # a shorter one is a name: "اتصالات" تطلق
_SHARE = re.compile(r"[%٪]")
OPENING = {"ar": 6, "en": 12, "und": 6}  # Arabic opens with its verb, English with its subject
_SHORT, _FULL = 5, 12  # words: from nothing said to something said


class View(NamedTuple):
    """One sentence as the features see it, beside what they need of the whole document."""

    number: int
    """Its place among the sentences, from 0."""
    total: int
    """How many sentences there are."""
    text: str
    aside: bool
    """It stands under a heading of what is not news, or sends its readers elsewhere."""
    amid: bool
    """It is part of a run of sentences that are background: the general description of a body."""
    keys: list[str]
    content: frozenset[str]
    cues: dict[str, int]
    """First position of a phrase of each word list in the sentence, in words."""
    counts: dict[str, int]
    """How many phrases of each word list it has."""
    opening: int
    """How far into a sentence of its language the main verb is looked for, in words."""
    named: int
    """Words that belong to names and terms of the glossary."""
    said: frozenset[str]
    """Content words of the sentences before it."""
    title: frozenset[str]
    vector: dict[str, float]
    before: dict[str, float]
    """Vector of the sentence before it."""
    centroid: dict[str, float]
    figures: int
    more_figures: float
    """Share of the other sentences that have fewer figures."""
    learned: float
    """Sum of what its words are worth, -1 to 1."""


def _lead(v: View) -> float:
    """It is the first: news says first what matters most."""
    return float(v.number == 0)


def _position(v: View) -> float:
    """1 for the first sentence, falling with the logarithm of its place."""
    return 1 - log(1 + v.number) / log(1 + v.total)


def _centrality(v: View) -> float:
    """Cosine with the centroid of all sentences, tf weighted by in-document rarity (Radev et al. 2004, MEAD)."""
    return min(1.0, sum(weight * v.centroid[term] for term, weight in v.vector.items()))


def _title(v: View) -> float:
    """Share of the title's content words (where there is none, of the first sentence's) that it has."""
    return len(v.content & v.title) / len(v.title) if v.title else 0.0


def _novelty(v: View) -> float:
    """Share of its content words that no sentence before it has."""
    return len(v.content - v.said) / len(v.content) if v.content else 0.0


def _acts(v: View) -> float:
    """It opens by doing something: decides, signs, launches, holds."""
    return float(v.cues.get("acts", v.opening) < v.opening)


def _figures(v: View) -> float:
    """It has a figure."""
    return float(v.figures > 0)


def _glossary(v: View) -> float:
    """Share of its words that name telecom bodies, conferences and terms; a third is full."""
    return min(1.0, 3 * v.named / max(1, len(v.keys)))


def _speech(v: View) -> float:
    """It opens with a verb of saying."""
    return float(v.cues.get("speech", v.opening) < v.opening)


def _background(v: View) -> float:
    """It opens as background does (`جدير بالذكر`), or describes a body in general."""
    at = v.cues.get("background")
    return 0.0 if at is None else 1.0 if at < v.opening else 0.5


def _aside(v: View) -> float:
    """It stands under a heading such as `نبذة عن`, amid the general description of a body, or sends readers elsewhere."""
    return float(v.aside or v.amid)


def _description(v: View) -> float:
    """It opens by saying what something is, is for, or used to be, rather than what was done."""
    return float(v.cues.get("description", 2) < 2)


def _opinion(v: View) -> float:
    """It speaks of us, of vision, importance and gratitude (two such words are full), or quotes without a speaker."""
    return 1.0 if _QUOTATION.match(v.text) else min(1.0, v.counts.get("opinion", 0) / 2)


def _short(v: View) -> float:
    """It is too short to say something: 1 up to 5 words, 0 from 12."""
    return min(1.0, max(0.0, (_FULL - len(v.keys)) / (_FULL - _SHORT)))


def _words(v: View) -> float:
    """Its words are those of key sentences (1) or of background (0), as training/rank learned them; 0.5 knows nothing."""
    return (1 + v.learned) / 2


def _adds(v: View) -> float:
    """It opens by adding to what came before: `كما`, also."""
    return float(v.cues.get("adding") == 0)


def _plans(v: View) -> float:
    """It says what will be done."""
    return float("future" in v.cues)


def _plans_first(v: View) -> float:
    """It opens with what will be done."""
    return float(v.cues.get("future") == 0)


def _turns(v: View) -> float:
    """It gives the word to another: `من جانبه`, for her part."""
    return float(v.cues.get("turns") == 0)


def _noun_first(v: View) -> float:
    """It opens with a noun, where its language opens with the verb: `ال` is before it."""
    return float(v.text.startswith("ال"))


def _continues(v: View) -> float:
    """Cosine with the sentence before it."""
    return min(1.0, sum(weight * v.before.get(term, 0.0) for term, weight in v.vector.items()))


def _people(v: View) -> float:
    """It names people by their titles; three are full."""
    return min(1.0, v.counts.get("titles", 0) / 3)


def _measures(v: View) -> float:
    """It has amounts: units, money, shares; three are full."""
    return min(1.0, (v.counts.get("units", 0) + len(_SHARE.findall(v.text))) / 3)


def _most_figures(v: View) -> float:
    """Share of the other sentences that have fewer figures."""
    return v.more_figures


FEATURES: dict[str, Callable[[View], float]] = {
    "lead": _lead,
    "position": _position,
    "centrality": _centrality,
    "title": _title,
    "novelty": _novelty,
    "acts": _acts,
    "figures": _figures,
    "glossary": _glossary,
    "speech": _speech,
    "background": _background,
    "aside": _aside,
    "description": _description,
    "opinion": _opinion,
    "short": _short,
    "words": _words,
    "adds": _adds,
    "plans": _plans,
    "plans_first": _plans_first,
    "turns": _turns,
    "noun_first": _noun_first,
    "continues": _continues,
    "people": _people,
    "measures": _measures,
    "most_figures": _most_figures,
}
"""Name of a feature, as in a profile's weights, and what computes it."""
