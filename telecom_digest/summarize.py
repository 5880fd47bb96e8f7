"""The few sentences that make a digest: within the budget, none saying the same, in the order asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telecom_digest.language import lexicon, words
from telecom_digest.model import Bullet, CleanText, Note, ScoredSentence
from telecom_digest.profile import Profile
from telecom_digest.trim import trim


@dataclass(frozen=True, slots=True)
class Summary:
    """The bullets, which candidates they are of (indices), and what there is to say about the choice."""

    bullets: tuple[Bullet, ...]
    chosen: frozenset[int]
    notes: tuple[Note, ...]


def summarize(cleaned: CleanText, scored: Sequence[ScoredSentence], profile: Profile) -> Summary:
    """Return the best sentences of `scored` as bullets, greedily: best first, what repeats or does not fit passed over.

    This is maximal marginal relevance (Carbonell and Goldstein 1998) with a threshold instead of a trade-off, which an
    explanation can state in one line.
    """
    total = sum(len(words(s.sentence.text)) for s in scored)
    limit = profile.words or (max(1, round(profile.ratio * total)) if profile.ratio else None)
    if len(scored) <= profile.bullets if profile.bullets else limit is not None and total <= limit:
        all_ = tuple(_entire(cleaned, s, profile) for s in scored)
        whole = all(len(b.text) == len(s.sentence.text) for b, s in zip(all_, scored, strict=True))
        return Summary(all_, frozenset(range(len(scored))), (Note("short" if whole else "all"),))
    ranked = sorted(range(len(scored)), key=lambda i: -scored[i].score)
    chosen: dict[int, Bullet] = {}
    spent = 0
    for i in ranked:
        if profile.bullets is not None and len(chosen) == profile.bullets:
            break
        if any(_repeats(scored[i], scored[j], profile.repetition) for j in chosen):
            continue
        bullet = _shortened(cleaned, scored[i], profile)
        length = len(words(bullet.text))
        if limit is not None and spent + length > limit:
            continue
        chosen[i] = bullet
        spent += length
    notes: tuple[Note, ...] = ()
    if not chosen:  # not even the shortest fits
        i = min(ranked, key=lambda i: len(words(_shortened(cleaned, scored[i], profile).text)))
        chosen[i] = _shortened(cleaned, scored[i], profile)
        notes = (Note("words_exceeded", (str(limit),)),)
    elif profile.bullets is not None and len(chosen) < profile.bullets:
        notes = (Note("fewer", (str(len(chosen)),)),)
    order = sorted(chosen) if profile.order == "source" else list(chosen)
    return Summary(tuple(chosen[i] for i in order), frozenset(chosen), notes)


def _repeats(candidate: ScoredSentence, other: ScoredSentence, share: float) -> bool:
    """Most of what the shorter of the two is about, the other is about too."""
    fewer = min(len(candidate.terms), len(other.terms))
    return fewer > 0 and len(candidate.terms & other.terms) > share * fewer


def _entire(cleaned: CleanText, scored: ScoredSentence, profile: Profile) -> Bullet:
    """The sentence as it stands, unless it is a long one."""
    text = scored.sentence.text
    long = len(words(text)) > profile.max_words
    return _shortened(cleaned, scored, profile) if long else _bullet(cleaned, scored, 0, len(text))


def _shortened(cleaned: CleanText, scored: ScoredSentence, profile: Profile) -> Bullet:
    text = scored.sentence.text
    if not profile.trim:
        return _bullet(cleaned, scored, 0, len(text))
    span = trim(
        text,
        lexicon(cleaned.language),
        max_words=profile.max_words,
        longest=profile.longest,
        stripped=cleaned.condition == "stripped",
    )
    return _bullet(cleaned, scored, *span)


def _bullet(cleaned: CleanText, scored: ScoredSentence, start: int, end: int) -> Bullet:
    sentence = scored.sentence
    opens, closes = cleaned.to_source(sentence.at + start, sentence.at + end)
    return Bullet(sentence.text[start:end].replace("\n", " "), opens, closes, scored.score)
