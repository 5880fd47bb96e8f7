"""Sentences of a display text: by its punctuation, and where that is gone by how sentences open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise

from telecom_digest import arabic
from telecom_digest.boundary import TOKEN, breaks
from telecom_digest.clean import clean
from telecom_digest.language import WORD, Lexicon, Phrases, folded_words, lexicon
from telecom_digest.model import CleanText, Sentence

_TITLE_WORDS = 20


# ---------------------------------------------------------------- without punctuation
_SHORTEST, _LONG, _LONGEST = 8, 40, 58  # words: none shorter; any و may open after; cut whatever stands there
_VERB_OPENING = re.compile(r"و(?:ي|سي|ست)\w{3,}")  # ويعمل, وسيتم: a conjunction and an imperfect verb
_ANY_OPENING = re.compile(r"و\w{3,}")


@cache
def _openings(lex: Lexicon, stripped: bool) -> Phrases:
    make = arabic.skeleton if stripped else arabic.fold
    return Phrases(((p, "opening") for p in lex["openings"]), lambda p: WORD.findall(make(p)))


def _by_openings(text: str, lex: Lexicon, *, stripped: bool) -> Iterator[int]:
    """Yield offsets of `text` (one paragraph) where a sentence opens, by what opens one."""
    found = list(TOKEN.finditer(text))
    fold = arabic.skeleton if stripped else arabic.fold
    tokens = [fold(m[0]) or m[0] for m in found]
    opening = {start for start, _, _ in _openings(lex, stripped).find(tokens)}
    since = 0
    for i, match in enumerate(found):
        run = i - since
        verb = run >= 2 * _SHORTEST and _VERB_OPENING.fullmatch(tokens[i]) is not None
        any_ = run >= _LONG and _ANY_OPENING.fullmatch(tokens[i]) is not None
        if run >= _SHORTEST and (i in opening or verb or any_) or run >= _LONGEST:
            since = i
            yield match.start()


# ---------------------------------------------------------------- headings
@cache
def _verbs(lex: Lexicon) -> frozenset[str]:
    return frozenset(w for name in ("speech", "verbs") for p in lex[name] if " " not in p for w in folded_words(p))


@cache
def _stop_words(lex: Lexicon) -> frozenset[str]:
    return frozenset(folded_words(" ".join(lex["stop"])))


def _glued_heading(text: str, lex: Lexicon) -> int:
    """Return where the sentence begins after a heading that lost its line end (`خفض الأسعار وأكدت الهيئة …`), or 0.

    A heading is a few words without a particle; what follows opens as sentences do, or with a verb of saying or doing.
    Arabic only: its sentences open with their verb.
    """
    if lex.language != "ar":
        return 0
    tokens = list(islice(TOKEN.finditer(text), 9))
    folded = [arabic.fold(m[0]) for m in tokens]
    verbs, stops = _verbs(lex), _stop_words(lex)
    if not folded or folded[0][:1] in "وف" or folded[0] in verbs or folded[0] in stops:
        return 0
    openings = {start for start, _, _ in _openings(lex, False).find(folded)}
    if 0 in openings:
        return 0
    for i in range(1, min(len(folded), 7)):
        if re.search(r"[^\w\s\"«»]", text[tokens[i - 1].end() : tokens[i].start()]):
            return 0
        word = folded[i]
        verb = word.removeprefix("و") in verbs or _VERB_OPENING.fullmatch(word) is not None
        if i in openings or (verb and (i >= 2 or word[0] == "و")):
            return tokens[i].start()
        if word in stops:
            return 0
    return 0


def _is_heading(text: str, following: bool) -> bool:
    """A short line without a stop, with something below it to stand over."""
    return following and len(WORD.findall(text)) <= _TITLE_WORDS and not re.search(r"[.!?؟…،,؛]\W*\Z", text)


def _pieces(text: str, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the spans between the breaks of `text`, edges included, each with a letter or digit in it."""
    start = 0
    for b, answer, _ in breaks(text, lex):
        if answer and any(c.isalnum() for c in text[start : b.end]):
            yield start, b.end
            start = b.end
    if text[start:].strip():
        yield start, len(text)


def segment(text: CleanText | str) -> list[Sentence]:
    """Return the sentences of a display text (a string is cleaned first), in order and apart from each other.

    Together they cover all of it but the white space between them.
    """
    cleaned = clean(text) if isinstance(text, str) else text
    shown, lex, intact = cleaned.text, lexicon(cleaned.language), cleaned.condition == "intact"
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end in _pieces(shown, lex):
        piece = shown[start:end]
        glued = _glued_heading(piece, lex) if intact and start else 0
        if intact:
            cuts = [glued] if glued else []
        else:
            cuts = list(_by_openings(piece, lex, stripped=cleaned.condition == "stripped"))
        closes_line = end == len(shown) or "\n" in piece[len(piece.rstrip()) :]
        for at, until in pairwise([0, *cuts, len(piece)]):
            title = closes_line and not cuts and _is_heading(piece.strip(), following=end < len(shown))
            sentences += _sentence(cleaned, start + at, start + until, paragraph, heading=title or until == glued)
        paragraph += closes_line
    return sentences


def _sentence(cleaned: CleanText, start: int, end: int, paragraph: int, *, heading: bool) -> list[Sentence]:
    """Return the sentence at `[start, end)` of the display text, edges cut, or none if nothing is left."""
    piece = cleaned.text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    span = cleaned.to_source(start, start + len(piece))
    return [Sentence(*span, piece, start, paragraph, heading)] if piece else []
