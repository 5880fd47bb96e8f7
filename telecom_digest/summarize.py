"""The few sentences that make a digest: within the budget, none saying the same, in the order asked for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import fsum, sqrt
from typing import NamedTuple

from telecom_digest.language import lexicon, words
from telecom_digest.model import Bullet, CleanText, Note, ScoredSentence
from telecom_digest.profile import Profile
from telecom_digest.trim import trim

_COPY = 0.95  # share of content words above which a sentence is a copy of another


class Summary(NamedTuple):
    """The bullets, which candidates they are of (indices), and what there is to say about the choice."""

    bullets: tuple[Bullet, ...]
    chosen: frozenset[int]
    notes: tuple[Note, ...]


def summarize(cleaned: CleanText, scored: Sequence[ScoredSentence], profile: Profile) -> Summary:
    """Return the best sentences of `scored` as bullets, greedily: best first, what repeats or does not fit passed over.

    This is maximal marginal relevance (Carbonell and Goldstein 1998) with a threshold instead of a trade-off, which an
    explanation can state in one line. What matters stands together: a sentence beside a chosen one is worth a little more.
    """
    limit = None
    fits = len(scored) <= (profile.bullets or 0)
    if profile.bullets is None:
        limit = profile.words or max(1, round((profile.ratio or 1.0) * len(words(cleaned.text))))
        fits = sum(len(words(s.sentence.text)) for s in scored) <= limit
    chosen, note = _all(cleaned, scored, profile) if fits else _best(cleaned, scored, profile, limit)
    order = sorted(chosen) if profile.order == "source" else sorted(chosen, key=lambda i: -scored[i].score)
    return Summary(tuple(chosen[i] for i in order), frozenset(chosen), (note,) if note else ())


def _all(cleaned: CleanText, scored: Sequence[ScoredSentence], profile: Profile) -> tuple[dict[int, Bullet], Note]:
    """Return every sentence but the copies of one before it, and the note that they are all."""
    chosen: dict[int, Bullet] = {}
    whole = True
    for i, candidate in enumerate(scored):
        if any(repeats(candidate.terms, scored[j].terms, _COPY) for j in chosen):
            continue
        text = candidate.sentence.text
        long = len(words(text)) > profile.max_words
        chosen[i] = _shortened(cleaned, candidate, profile) if long else _bullet(cleaned, candidate, 0, len(text))
        whole = whole and len(chosen[i].text) == len(text)
    return chosen, Note("short" if whole else "all")


def _best(
    cleaned: CleanText, scored: Sequence[ScoredSentence], profile: Profile, limit: int | None
) -> tuple[dict[int, Bullet], Note | None]:
    """Return the best sentences that fit, trimmed, and what there is to say if they are not what was asked for.

    A number of words is a ceiling; a share of the text is come as near to as sentences do, from below or above.
    """
    ranked = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    news = [i for i in ranked if not scored[i].features.get("aside")]
    if profile.bullets is not None and news:  # better fewer than what surely is background
        ranked = news
    chosen: dict[int, Bullet] = {}
    spent = 0
    for i in best_first({i: scored[i].score for i in ranked}, chosen, profile.beside):
        if len(chosen) == profile.bullets:
            return chosen, None
        if any(repeats(scored[i].terms, scored[j].terms, profile.repetition) for j in chosen):
            continue
        bullet = _shortened(cleaned, scored[i], profile)
        length = len(words(bullet.text))
        over = spent + length - (limit or 0)
        if limit is None or over <= 0 or (profile.ratio is not None and over < limit - spent):
            chosen[i] = bullet
            spent += length
    if not chosen:  # not even the shortest fits
        shortened = {i: _shortened(cleaned, scored[i], profile) for i in ranked}
        shortest = min(ranked, key=lambda i: len(words(shortened[i].text)))
        return {shortest: shortened[shortest]}, Note("words_exceeded", (str(limit),))
    if profile.bullets is None or len(chosen) == profile.bullets:
        return chosen, None
    return chosen, Note("fewer" if len(ranked) == len(scored) else "fewer_news", (str(len(chosen)),))


def best_first(scores: Mapping[int, float], chosen: Container[int], beside: float) -> Iterator[int]:
    """Yield the keys of `scores` (places in the text), best first, equal ones in order.

    Args:
        chosen: what the caller took of them so far; each raises those beside it.
        beside: by how much, in standard deviations of the scores.
    """
    mean = fsum(scores.values()) / max(1, len(scores))
    bonus = beside * sqrt(fsum((score - mean) ** 2 for score in scores.values()) / max(1, len(scores)))
    waiting = [(-score, i) for i, score in scores.items()]
    heapify(waiting)
    seen = set()
    while waiting:
        _, i = heappop(waiting)
        if i in seen:  # it waited with its score before a neighbour was chosen, too
            continue
        seen.add(i)
        yield i
        for j in (i - 1, i + 1) if i in chosen else ():
            if j in scores and j not in seen:
                sides = (j - 1 in chosen) + (j + 1 in chosen)
                heappush(waiting, (-(scores[j] + sides * bonus), j))


def repeats(terms: frozenset[str], others: frozenset[str], share: float) -> bool:
    """Return whether more than a share of what the shorter of two sentences is about, the other is about too."""
    fewer = min(len(terms), len(others))
    return fewer > 0 and len(terms & others) > share * fewer


def _shortened(cleaned: CleanText, scored: ScoredSentence, profile: Profile) -> Bullet:
    text = scored.sentence.text
    if not profile.trim:
        return _bullet(cleaned, scored, 0, len(text))
    span = trim(
        text,
        lexicon(cleaned.language),
        max_words=profile.max_words,
        longest=profile.longest,
        stripped=cleaned.skeletal,
    )
    return _bullet(cleaned, scored, *span)


def _bullet(cleaned: CleanText, scored: ScoredSentence, start: int, end: int) -> Bullet:
    sentence = scored.sentence
    opens, closes = cleaned.to_source(sentence.at + start, sentence.at + end)
    return Bullet(sentence.text[start:end].replace("\n", " "), opens, closes, scored.score)
