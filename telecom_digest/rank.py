"""Which sentences matter: a weighted sum of named features.

An explanation costs nothing: it is the features and the weights.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from math import fsum, log, sqrt
from typing import NamedTuple

from telecom_digest import language, resources
from telecom_digest.features import FEATURES, OPENING, View
from telecom_digest.model import CleanText, ScoredSentence, Sentence
from telecom_digest.profile import Profile

_FIGURE = re.compile(r"\d[\d.,]*")
_ABOUT = 0.08  # share of sentences with a name or term of the glossary from which a text is about telecommunications
_CUES = (
    "acts",
    "speech",
    "background",
    "description",
    "opinion",
    "adding",
    "future",
    "titles",
    "turns",
    "units",
    "inviting",
    "inviting_openings",
)


@cache
def _stop_keys(lang: str, stripped: bool) -> frozenset[str]:
    return frozenset(language.keys(" ".join(language.lexicon(lang)["stop"]), stripped=stripped))


def _content(keys: Sequence[str], stop: frozenset[str]) -> Counter[str]:
    """Return the keys that say what a text is about, with how often."""
    return Counter(key for key in keys if len(key) > 1 and key not in stop)


@cache
def _learned() -> dict[str, float]:
    """Return what each word is worth, by its key, as training/rank learned it."""
    found: dict[str, float] = resources.yaml("rank.yaml", "telecom-digest/rank/1")["words"]
    return found


def worth(keys: AbstractSet[str], learned: Mapping[str, float]) -> float:
    """Return the sum of what the different words of a sentence are worth, over the root of their number; -1 to 1."""
    known = [learned[key] for key in keys if key in learned]
    return max(-1.0, min(1.0, fsum(known) / sqrt(len(keys)))) if known else 0.0


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


def _amid(describing: Sequence[bool], i: int) -> bool:
    """Return whether sentence i is in a run of background: three such around it, not all before or all after it."""
    around = describing[max(0, i - 3) : i + 5]
    return sum(around) >= 3 and any(describing[max(0, i - 2) : i + 1]) and any(describing[i : i + 4])


def _invites(first: Mapping[str, int], figures: int) -> bool:
    """Return whether a sentence sends its readers elsewhere, for more information, and says no act and no figure itself."""
    invites = "inviting" in first or first.get("inviting_openings") == 0
    return invites and not figures and "acts" not in first


class Ranking(NamedTuple):
    """Sentences with their features and scores, in the order given, and the weights that were used."""

    scored: list[ScoredSentence]
    weights: Mapping[str, float]


def rank(cleaned: CleanText, sentences: Sequence[Sentence], profile: Profile, title: str | None = None) -> Ranking:
    """Score the sentences of a text.

    Args:
        cleaned: the text they are of, for its language and condition.
        sentences: what may be chosen; headings are left out by the caller.
        profile: the weights: for texts about telecommunications, and for those that hardly name anything of it.
        title: of the document, where it has one.
    """
    views = _views(cleaned, sentences, title)
    about = sum(view.named > 0 for view in views) >= _ABOUT * len(views)
    weights = profile.weights if about else profile.general
    scored = []
    for view, sentence in zip(views, sentences, strict=True):
        features = {name: feature(view) for name, feature in FEATURES.items()}
        score = sum(weights[name] * value for name, value in features.items())
        scored.append(ScoredSentence(sentence, round(score, 4), features, view.content))
    return Ranking(scored, weights)


def _views(cleaned: CleanText, sentences: Sequence[Sentence], title: str | None) -> list[View]:
    """Return what the features look at, of each sentence."""
    lang, stripped = cleaned.language, cleaned.skeletal
    phrases = language.phrases(lang, _CUES, stripped=stripped)
    names = language.glossary(stripped=stripped)
    stop = _stop_keys(lang, stripped)
    keyed = [language.keys(s.text, stripped=stripped) for s in sentences]
    counted = [_content(keys, stop) for keys in keyed]
    vectors, centroid = _vectors(counted)
    heading = _content(language.keys(title, stripped=stripped), stop) if title else counted[0] if counted else ()
    title_terms, learned, future = frozenset(heading), _learned(), _future(lang)
    cues = [_cues(keys, phrases, future) for keys in keyed]
    describing = [found.first.get("background", len(keys)) < OPENING[lang] for found, keys in zip(cues, keyed, strict=True)]
    figures = [len(_FIGURE.findall(sentence.text)) for sentence in sentences]
    fewer = sorted(figures)
    views = []
    said: frozenset[str] = frozenset()
    for i, sentence in enumerate(sentences):
        content = frozenset(counted[i])
        view = View(
            number=i,
            total=len(sentences),
            text=sentence.text,
            aside=sentence.aside or _invites(cues[i].first, figures[i]),
            amid=_amid(describing, i),
            keys=keyed[i],
            content=content,
            cues=cues[i].first,
            counts=cues[i].counts,
            opening=OPENING[lang],
            named=sum(end - start for start, end, _ in names.find(keyed[i])),
            said=said,
            title=title_terms,
            vector=vectors[i],
            before=vectors[i - 1] if i else {},
            centroid=centroid,
            figures=figures[i],
            more_figures=bisect_left(fewer, figures[i]) / max(1, len(sentences) - 1),
            learned=worth(set(keyed[i]), learned),
        )
        said |= content
        views.append(view)
    return views


@cache
def _future(lang: str) -> re.Pattern[str]:
    """Return the form of words that say what will be done; where a language has none it matches no word."""
    return re.compile("|".join(language.lexicon(lang)["future_form"]))


class _Cues(NamedTuple):
    """Of each word list, the place of its first phrase in a sentence and how many there are."""

    first: dict[str, int]
    counts: Counter[str]


def _cues(keys: list[str], phrases: language.Phrases, future: re.Pattern[str]) -> _Cues:
    found = phrases.find(keys)
    first: dict[str, int] = {}
    for at, _, name in found:
        first.setdefault(name, at)
    formed = next((at for at, key in enumerate(keys) if future.fullmatch(key)), None)
    if formed is not None:
        first["future"] = min(formed, first.get("future", formed))
    return _Cues(first, Counter(name for _, _, name in found))
