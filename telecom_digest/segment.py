"""Sentences of a display text: by its punctuation and, where that is gone, by what the repair found.

Without the repair (English, or on request) unpunctuated text is cut where sentences are seen to open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from telecom_digest.boundary import breaks
from telecom_digest.clean import clean
from telecom_digest.language import WORD, Lexicon, Tokens, exact_phrases, exact_words, lexicon
from telecom_digest.model import CleanText, Sentence

_TITLE_WORDS = 20
_HEADING_WORDS = 7
_ASIDE_REACH = 48  # code points in which a heading such as "Notes to editors:" ends
_SIGN = re.compile(r"[^\w\s\"«»]")
_CLOSING = re.compile(r"[.!?؟…،؛:,;»\"”)\]]*\s*")  # signs that close what they follow, and the white space after
_HEADING_REACH = 160  # code points in which a heading that lost its line end ends


# ---------------------------------------------------------------- without punctuation
_SHORTEST, _LONG, _LONGEST = 8, 40, 58  # words: none shorter; any و may open after; cut whatever stands there
_VERB_OPENING = re.compile(r"و(?:ي|سي|ست)\w{3,}")  # ويعمل, وسيتم: a conjunction and an imperfect verb
_ANY_OPENING = re.compile(r"و\w{3,}")


def _by_openings(text: str, lex: Lexicon, *, stripped: bool) -> Iterator[int]:
    """Yield offsets of `text` (one paragraph) where a sentence opens, by what opens one."""
    tokens = Tokens(text, stripped=stripped)
    openings = exact_phrases(lex.language, ("openings",), stripped=stripped)
    opening = {start for start, _, _ in openings.find(tokens.exact)}
    since = 0
    for i, word in enumerate(tokens.exact):
        run = i - since
        verb = run >= 2 * _SHORTEST and _VERB_OPENING.fullmatch(word) is not None
        any_ = run >= _LONG and _ANY_OPENING.fullmatch(word) is not None
        if (run >= _SHORTEST and (i in opening or verb or any_)) or run >= _LONGEST:
            since = i
            yield tokens.spans[i][0]


# ---------------------------------------------------------------- headings
def _glued_heading(text: str, lex: Lexicon) -> int:
    """Return where the sentence begins after a heading that lost its line end (`خفض الأسعار وأكدت الهيئة …`), or 0.

    A heading is a few words without a particle; what follows opens as sentences do, or with a verb of saying or doing.
    Arabic only: its sentences open with their verb.
    """
    if lex.language != "ar" or text.lstrip()[:1] in ("و", "ف", ""):
        return 0
    tokens = Tokens(text[:_HEADING_REACH])
    folded = tokens.exact[:9]
    verbs, stops = exact_words(lex.language, ("speech", "verbs")), exact_words(lex.language, ("stop",))
    openings = {start for start, _, _ in exact_phrases(lex.language, ("openings",)).find(folded)}
    if not folded or folded[0] in verbs or folded[0] in stops or 0 in openings:
        return 0
    for i in range(1, min(len(folded), _HEADING_WORDS)):
        word = folded[i]
        if _SIGN.search(text[tokens.spans[i - 1][1] : tokens.spans[i][0]]):
            break
        verb = word.removeprefix("و") in verbs or _VERB_OPENING.fullmatch(word) is not None
        if i in openings or (verb and (i >= 2 or word[0] == "و")):
            return tokens.spans[i][0]
        if word in stops:
            break
    return 0


def _by_ends(text: str, ends: Sequence[int], start: int, end: int) -> list[int]:
    """Return where to cut text[start:end], counted from `start`: at the restored ends, after the signs that stand there."""
    inside = ends[bisect_right(ends, start) : bisect_left(ends, end)]
    found = (_CLOSING.match(text, offset, end) for offset in inside)
    return [match.end() - start for match in found if match and match.end() < end]


def _is_heading(text: str, following: bool, most: int) -> bool:
    """A line of at most `most` words without a stop, with something below it to stand over."""
    return following and len(WORD.findall(text)) <= most and not re.search(r"[.!?؟…،,؛]\W*\Z", text)


def _pieces(text: str, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the spans between the breaks of `text`, edges included, each with a letter or digit in it."""
    start = 0
    for b, answer, _ in breaks(text, lex):
        if answer and any(c.isalnum() for c in text[start : b.end]):
            yield start, b.end
            start = b.end
    if text[start:].strip():
        yield start, len(text)


def body(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return what may be chosen for a digest: all but the headings, or them where there is nothing else."""
    return [sentence for sentence in sentences if not sentence.heading] or sentences


def segment(text: CleanText | str) -> list[Sentence]:
    """Return the sentences of a display text (a string is cleaned first), in order and apart from each other.

    Together they cover all of it but the white space between them.
    """
    cleaned = clean(text) if isinstance(text, str) else text
    shown, lex = cleaned.text, lexicon(cleaned.language)
    ends = [offset for offset, _ in cleaned.repair.ends] if cleaned.repair else []
    punctuated = not ends and (cleaned.repair is not None or cleaned.condition not in ("unpunctuated", "stripped"))
    title_words = _TITLE_WORDS if punctuated else _HEADING_WORDS  # where no line has a stop, lacking one says little
    sentences: list[Sentence] = []
    paragraph, aside = 0, False
    for start, end in _pieces(shown, lex):
        piece = shown[start:end]
        closes_line = end == len(shown) or "\n" in piece[len(piece.rstrip()) :]
        titled = closes_line and _is_heading(piece.strip(), end < len(shown), title_words)  # الهيئة تختتم أعمالها
        glued = _glued_heading(piece, lex) if punctuated and start and not titled else 0
        if punctuated:
            cuts = [glued] if glued else []
        elif ends:
            cuts = _by_ends(shown, ends, start, end)
        else:
            cuts = list(_by_openings(piece, lex, stripped=cleaned.skeletal))
        title = titled and not cuts
        for at, until in pairwise([0, *cuts, len(piece)]):
            heading = title or until == glued
            said = piece[at:until].strip()
            aside = _announces_background(said, lex, heading=heading) or (aside and not heading)
            if said:
                first = start + at + len(piece[at:until]) - len(piece[at:until].lstrip())
                span = cleaned.to_source(first, first + len(said))
                sentences.append(Sentence(*span, said, first, paragraph, heading, aside))
        paragraph += closes_line
    return sentences


def _announces_background(text: str, lex: Lexicon, *, heading: bool) -> bool:
    """It is, or begins with, a heading of what is not news: `About ITU`, `Notes to editors: …`."""
    if not heading and ":" not in text[:_ASIDE_REACH]:
        return False
    tokens = Tokens(text[:_ASIDE_REACH])
    found = exact_phrases(lex.language, ("asides",)).at(tokens.exact, 0) if tokens.exact else None
    if found is None or heading:
        return found is not None
    named = tokens.exact[found[0] - 1] == "عن"  # نبذة عن الاتحاد: …, but not: About 400 delegates: …
    return named or text[tokens.spans[found[0] - 1][1] :].lstrip()[:1] == ":"
