"""Which sentences matter: named features, each from 0 to 1, and a weighted sum.

An explanation costs nothing: it is the features and the weights. Features look at the document in hand, its word lists
and the glossary; nothing is kept from one document to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from telecom_digest import language
from telecom_digest.model import CleanText, ScoredSentence, Sentence
from telecom_digest.profile import Profile

_FIGURE = re.compile(r"\d")
_QUOTATION = re.compile(r"[\"«“][^\"»”]{40}")  # a shorter one is a name: "اتصالات" تطلق
_OPENING = {"ar": 6, "en": 12, "und": 6}  # Arabic opens with its verb, English with its subject
_SHORT, _FULL = 5, 12  # words: from nothing said to something said


@dataclass(frozen=True, slots=True)
class View:
    """One sentence as the features see it, beside what they need of the whole document."""

    index: int
    count: int
    text: str
    aside: bool
    amid: bool
    """One of the two sentences before it is background, and two of the three after it: the body's general description."""
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
    centroid: dict[str, float]


def _lead(v: View) -> float:
    """It is the first: news says first what matters most."""
    return float(v.index == 0)


def _position(v: View) -> float:
    """1 for the first sentence, falling with the logarithm of its place."""
    return 1 - log(1 + v.index) / log(1 + v.count)


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
    return float(_FIGURE.search(v.text) is not None)


def _glossary(v: View) -> float:
    """Share of its words that name telecom bodies, conferences and terms; a third is full."""
    return min(1.0, 3 * v.named / max(1, len(v.keys)))


def _speech(v: View) -> float:
    """It opens with a verb of saying."""
    return float(v.cues.get("speech", v.opening) < v.opening)


def _background(v: View) -> float:
    """It opens as background does (`جدير بالذكر`), describes a body in general, stands under such a heading or amid it."""
    if v.aside or v.amid:
        return 1.0
    at = v.cues.get("background")
    return 0.0 if at is None else 1.0 if at < v.opening else 0.5


def _description(v: View) -> float:
    """It opens by saying what something is, is for, or used to be, rather than what was done."""
    return float(v.cues.get("description", 2) < 2)


def _opinion(v: View) -> float:
    """It speaks of us, of vision, importance and gratitude (two such words are full), or quotes without a speaker."""
    return 1.0 if _QUOTATION.match(v.text) else min(1.0, v.counts.get("opinion", 0) / 2)


def _short(v: View) -> float:
    """It is too short to say something: 1 up to 5 words, 0 from 12."""
    return min(1.0, max(0.0, (_FULL - len(v.keys)) / (_FULL - _SHORT)))


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
    "description": _description,
    "opinion": _opinion,
    "short": _short,
}
"""Name of a feature, as in a profile's weights, and what computes it."""

_CUES = ("acts", "speech", "background", "description", "opinion")


@cache
def _stop_keys(lang: str, stripped: bool) -> frozenset[str]:
    return frozenset(language.keys(" ".join(language.lexicon(lang)["stop"]), stripped=stripped))


def _content(keys: Sequence[str], stop: frozenset[str]) -> Counter[str]:
    """Return the keys that say what a text is about, with how often."""
    return Counter(key for key in keys if len(key) > 1 and key not in stop)


def _vectors(contents: Sequence[Counter[str]]) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Return a unit tf·idf vector a sentence, and their centroid scaled so that the nearest sentence has cosine 1."""
    df = Counter(term for counts in contents for term in counts)
    total = len(contents)
    vectors = []
    for counts in contents:
        raw = {t: n * (1 + log(total / df[t])) for t, n in counts.items()}
        norm = sqrt(sum(w * w for w in raw.values())) or 1.0
        vectors.append({t: w / norm for t, w in raw.items()})
    centroid: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            centroid[term] = centroid.get(term, 0.0) + weight
    best = max((sum(w * centroid[t] for t, w in v.items()) for v in vectors), default=0.0) or 1.0
    return vectors, {t: w / best for t, w in centroid.items()}


def rank(
    cleaned: CleanText, sentences: Sequence[Sentence], profile: Profile, title: str | None = None
) -> list[ScoredSentence]:
    """Return the sentences with their features and scores, in the order given.

    Args:
        cleaned: the text they are of, for its language and condition.
        sentences: what may be chosen; headings are left out by the caller.
        profile: the weights.
        title: of the document, where it has one.
    """
    lang, stripped = cleaned.language, cleaned.skeletal
    cue_phrases = language.phrases(lang, _CUES, stripped=stripped)
    names = language.glossary(stripped=stripped)
    stop = _stop_keys(lang, stripped)
    keyed = [language.keys(s.text, stripped=stripped) for s in sentences]
    counted = [_content(keys, stop) for keys in keyed]
    vectors, centroid = _vectors(counted)
    heading = _content(language.keys(title, stripped=stripped), stop) if title else counted[0] if counted else ()
    title_terms = frozenset(heading)
    found_cues = [cue_phrases.find(keys) for keys in keyed]
    describing = [any(name == "background" and at < _OPENING[lang] for at, _, name in found) for found in found_cues]
    scored = []
    said: frozenset[str] = frozenset()
    for i, sentence in enumerate(sentences):
        cues: dict[str, int] = {}
        found = found_cues[i]
        for at, _, name in found:
            cues.setdefault(name, at)
        counts = Counter(name for _, _, name in found)
        named = sum(end - start for start, end, _ in names.find(keyed[i]))
        content = frozenset(counted[i])
        view = View(
            index=i,
            count=len(sentences),
            text=sentence.text,
            aside=sentence.aside,
            amid=any(describing[max(0, i - 2) : i]) and sum(describing[i + 1 : i + 4]) >= 2,
            keys=keyed[i],
            content=content,
            cues=cues,
            counts=counts,
            opening=_OPENING[lang],
            named=named,
            said=said,
            title=title_terms,
            vector=vectors[i],
            centroid=centroid,
        )
        said |= content
        features = {name: feature(view) for name, feature in FEATURES.items()}
        score = sum(profile.weights[name] * value for name, value in features.items())
        scored.append(ScoredSentence(sentence, round(score, 4), features, content))
    return scored
