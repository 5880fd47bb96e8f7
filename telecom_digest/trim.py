"""Say it shorter without a word of our own: cut what may go from the two ends of a sentence.

From the front go list marks, connectives and attributions that name nobody; from the back, while the sentence is long,
clauses that add to what was said. What is left is always one span, keeps its brackets and quotes whole, and never loses
a figure or a condition.
"""

from __future__ import annotations

import re
from functools import cache

from telecom_digest import arabic
from telecom_digest.language import Lexicon, words

_FEWEST = 5  # words a trimmed sentence has at least
_DANGLING = 2  # words: a clause that short lost what it was to say
_ITEM_MARK = re.compile(r"\s*(?:[-–—•*·▪●○]|\d{1,2}\s?[.)\-]|[أ-ي][.)\-])\s+")
_ENDING = re.compile(r"[\s.،؛,;:\-–—]+\Z")
_SAFE_TO_CUT = re.compile(r"\A[^\d٠-٩]*\Z")
_CONDITION = re.compile(r"شريطة|بشرط|ما لم|إلا إذا|إلا بعد|\bunless\b|\bprovided that\b|\bexcept\b", re.IGNORECASE)
_AND_VERB = r"و(?:ي|ت|سي|ست)\w{3,}"
_LETTER_CLASS = {**dict.fromkeys("اأإآ", "[اأإآ]"), **dict.fromkeys("يى", "[يى]"), **dict.fromkeys("هة", "[هة]")}


def _loosely(phrase: str, stripped: bool) -> str:
    """Return a pattern for `phrase` however its alefs, ya and ta marbuta are written, vowel marks allowed."""
    parts = []
    for char in phrase:
        if char == " ":
            parts.append(r"\s+")
        elif not (stripped and char in arabic.FRAGILE):
            parts.append(_LETTER_CLASS.get(char, re.escape(char)) + "[\u064b-\u0652]*")
    return "".join(parts)


def _any_of(phrases: tuple[str, ...], stripped: bool) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(_loosely(p, stripped) for p in ordered) or r"(?!)"


@cache
def _lead(lex: Lexicon, stripped: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(lex['leads'], stripped)})(?!\w)[\s،:,]*", re.IGNORECASE)


@cache
def _and_verb(lex: Lexicon, stripped: bool) -> re.Pattern[str]:
    """A conjunction stuck to what opens the sentence: a verb, a word with the article, a preposition."""
    known = _any_of(lex["verbs"] + lex["nouns"] + lex["stop"], stripped)
    return re.compile(rf"و(?=(?:{known}|ي\w{{3,}}|س[يتن]\w{{2,}}|ال\w{{4,}})(?!\w))")


@cache
def _clause(lex: Lexicon, stripped: bool) -> re.Pattern[str]:
    """Where a clause begins that a sentence can end before."""
    opener = _any_of(lex["clauses"], stripped)
    verb = _any_of(tuple(f"و{v}" for v in lex["verbs"]), stripped)
    return re.compile(rf"؛\s+|[،,]?\s+(?=(?:{opener})(?!\w))|[،,]\s+(?=(?:{verb}|{_AND_VERB})(?!\w))", re.IGNORECASE)


def _whole(text: str) -> bool:
    """Brackets and quotes are closed."""
    return (
        text.count("(") == text.count(")")
        and text.count("«") == text.count("»")
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
    )


def _front(text: str, lex: Lexicon, stripped: bool) -> int:
    start = 0
    mark = _ITEM_MARK.match(text)
    if mark:
        start = mark.end()
    for _ in range(3):  # هذا وقد, then ومن جهة أخرى, then وأضاف أن: seldom more
        lead = _lead(lex, stripped).match(text, start)
        if not lead or len(words(text[lead.end() :])) < _FEWEST:
            break
        start = lead.end()
    conjunction = _and_verb(lex, stripped).match(text, start)
    return conjunction.end() if conjunction else start


def _back(text: str, lex: Lexicon, stripped: bool, max_words: int) -> int:
    end = len(text)
    cuts = [m.start() for m in _clause(lex, stripped).finditer(text)]
    for cut in reversed(cuts):
        if len(words(text[:end])) <= max_words and (end == len(text) or len(words(text[cut:end])) > _DANGLING):
            break
        rest = text[cut:end]
        kept = text[:cut]
        if len(words(kept)) < _FEWEST + 3 or not _SAFE_TO_CUT.match(rest) or _CONDITION.search(rest):
            continue
        if _whole(kept) or not _whole(text[:end]):
            end = cut
    return end


def _within(text: str, limit: int) -> int:
    """Return where `text` must end to have at most `limit` words: at the last comma if one is near, else at a word."""
    found = list(re.finditer(r"\S+", text))
    count = 0
    for i, token in enumerate(found):
        count += len(words(token[0]))
        if count > limit:
            end = found[i - 1].end() if i else token.end()
            comma = max(text.rfind("،", 0, end), text.rfind(",", 0, end), text.rfind("؛", 0, end))
            return comma if len(words(text[: max(comma, 0)])) >= limit // 2 else end
    return len(text)


def trim(text: str, lex: Lexicon, *, max_words: int, longest: int, stripped: bool = False) -> tuple[int, int]:
    """Return the span of `text`, a sentence, that says it shorter; the whole of it where nothing may go.

    Args:
        max_words: words above which trailing clauses are cut.
        longest: words that are not exceeded, even if a clause must be broken.
        stripped: the text has lost its fragile letters.
    """
    start = _front(text, lex, stripped)
    end = start + _back(text[start:], lex, stripped, max_words)
    end = start + _within(text[start:end], longest)
    ending = _ENDING.search(text, start, end)
    return (start, ending.start()) if ending and ending.start() > start else (start, end)
