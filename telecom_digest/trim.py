"""Say it shorter without a word of our own: cut what may go from the two ends of a sentence.

From the front go list marks, connectives and attributions that name nobody; from the back, while the sentence is long,
clauses that add to what was said. What is left is always one span, keeps its brackets and quotes whole, and never loses
a figure or a condition.
"""

from __future__ import annotations

import re
from functools import cache

from telecom_digest.language import Lexicon, Tokens, exact_phrases

_FEWEST = 5  # words a trimmed sentence has at least
_MAIN_CLAUSE = 8  # words left at least before a trailing clause is cut
_DANGLING = 2  # words: a clause that short has lost what it was to say
_ITEM_MARK = re.compile(r"\s*(?:[-–—•*·▪●○]|\d{1,2}\s?[.)\-]|[أ-ي][.)\-])\s+")
_AFTER_LEAD = re.compile(r"[\s،:,]*")
_ENDING = re.compile(r"[\s.،؛,;:\-–—]+\Z")
_FIGURE = re.compile(r"\d")
_CONDITION = re.compile(r"شريطة|بشرط|ما لم|إلا إذا|إلا بعد|\bunless\b|\bprovided that\b|\bexcept\b", re.IGNORECASE)
_SURELY_AND = re.compile(r"و(?:ي\w{3,}|س[يتن]\w{2,}|ال\w{4,})")  # an imperfect, a future, the article
_AND_VERB = re.compile(r"و(?:ي|ت|سي|ست)\w{3,}")
_ANY_AND = re.compile(r"و\w{3,}")
_AFTER_AND = ("verbs", "speech", "acts", "nouns", "stop")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))


@cache
def _known(lex: Lexicon, names: tuple[str, ...], stripped: bool) -> frozenset[str]:
    return frozenset(word for name in names for word in Tokens(" ".join(lex[name]), stripped=stripped).exact)


def _whole(text: str) -> bool:
    """Brackets and quotes are closed."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS) and text.count('"') % 2 == 0


class _Sentence:
    """A sentence under the knife: its words, and the span `[start, end)` that is left."""

    def __init__(self, text: str, lex: Lexicon, *, stripped: bool) -> None:
        self.text, self.lex, self.stripped = text, lex, stripped
        self.tokens = Tokens(text, stripped=stripped)
        self.start, self.end = 0, len(text)

    def count(self, start: int, end: int) -> int:
        """Return how many words `text[start:end]` has."""
        return sum(start < last <= end for _, last in self.tokens.spans)

    def trim_front(self) -> None:
        mark = _ITEM_MARK.match(self.text)
        if mark:
            self.start = mark.end()
        leads = exact_phrases(self.lex.language, ("leads",), stripped=self.stripped)
        first = next((i for i, (start, _) in enumerate(self.tokens.spans) if start >= self.start), len(self.tokens.spans))
        while first < len(self.tokens.spans):
            lead = leads.at(self.tokens.exact, first)
            if not lead or len(self.tokens.spans) - lead[0] < _FEWEST:
                break
            first = lead[0]
            after = _AFTER_LEAD.match(self.text, self.tokens.spans[first - 1][1])
            self.start = after.end() if after else self.start
        if first < len(self.tokens.spans) and self._opens_with_and(first):
            self.start = self.tokens.spans[first][0] + 1

    def _opens_with_and(self, i: int) -> bool:
        """A conjunction is stuck to the word: a verb, a noun or a particle known, or of an unmistakable form."""
        word = self.tokens.exact[i]
        if not word.startswith("و") or self.tokens.spans[i][0] != self.start:
            return False
        return word[1:] in _known(self.lex, _AFTER_AND, self.stripped) or bool(_SURELY_AND.fullmatch(word))

    def _clauses(self) -> list[int]:
        """Return where clauses begin that the sentence can end before: at the end of the word before each."""
        openers = exact_phrases(self.lex.language, ("clauses",), stripped=self.stripped)
        verbs = _known(self.lex, ("verbs",), self.stripped)
        found = []
        for i in range(1, len(self.tokens.spans)):
            before = self.tokens.spans[i - 1][1]
            gap = self.text[before : self.tokens.spans[i][0]].strip()
            if gap not in ("", "،", ",", "؛"):
                continue
            word = self.tokens.exact[i]
            verb = word.startswith("و") and (word[1:] in verbs or _AND_VERB.fullmatch(word))
            if gap == "؛" or (gap and verb) or openers.at(self.tokens.exact, i):
                found.append(before)
        return found

    def trim_back(self, max_words: int) -> None:
        for cut in reversed(self._clauses()):
            if cut <= self.start:
                break
            dangling = self.end < len(self.text) and self.count(cut, self.end) <= _DANGLING
            if self.count(self.start, self.end) <= max_words and not dangling:
                break
            kept, rest = self.text[self.start : cut], self.text[cut : self.end]
            if self.count(self.start, cut) < _MAIN_CLAUSE or _FIGURE.search(rest) or _CONDITION.search(rest):
                continue
            if _whole(kept) or not _whole(kept + rest):
                self.end = cut

    def cut_to(self, longest: int) -> None:
        """End within `longest` words: at the last comma, else before a particle or an and; at least half is left."""
        inside = [i for i, (_, last) in enumerate(self.tokens.spans) if self.start < last <= self.end]
        if len(inside) <= longest:
            return
        self.end = self.tokens.spans[inside[longest - 1]][1]
        comma = max(self.text.rfind(sign, self.start, self.end) for sign in "،,؛")
        if comma > self.start and self.count(self.start, comma) >= longest // 2:
            self.end = comma
            return
        particles = _known(self.lex, ("stop",), self.stripped)
        for i in reversed(inside[longest // 2 : longest + 1]):
            word, before = self.tokens.exact[i], self.tokens.exact[i - 1]
            if (word in particles or _ANY_AND.fullmatch(word)) and before not in particles:
                self.end = self.tokens.spans[i - 1][1]
                return


def trim(text: str, lex: Lexicon, *, max_words: int, longest: int, stripped: bool = False) -> tuple[int, int]:
    """Return the span of `text`, a sentence, that says it shorter; the whole of it where nothing may go.

    Args:
        max_words: words above which trailing clauses are cut.
        longest: words that are not exceeded, even if a clause must be broken.
        stripped: the text has lost its fragile letters.
    """
    sentence = _Sentence(text, lex, stripped=stripped)
    sentence.trim_front()
    sentence.trim_back(max_words)
    sentence.cut_to(longest)
    ending = _ENDING.search(text, sentence.start, sentence.end)
    if ending and ending.start() > sentence.start:
        return sentence.start, ending.start()
    return sentence.start, sentence.end
