"""Say it shorter without a word of our own: cut what may go from the two ends of a sentence.

From the front go list marks, connectives and attributions that name nobody; from the back, while the sentence is long,
clauses that add to what was said, but none with a figure or a condition, and never half of a quotation. What is left is
always one span. Only a sentence longer than any bullet may be is cut where it must be, and stays whole rather than lose
a condition.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from telecom_digest.language import Lexicon, Phrases, Tokens, exact_phrases, exact_words

_FEWEST = 5  # words a trimmed sentence has at least
_MAIN_CLAUSE = 8  # words left at least before a trailing clause is cut
_DANGLING = 2  # words: a clause that short has lost what it was to say
_ITEM_MARK = re.compile(r"\s*(?:[-–—•*·▪●○]|\d{1,2}\s?[.)\-]|[أ-ي][.)\-]|\([a-zأ-ي\d]{1,2}\))\s+")
_AFTER_LEAD = re.compile(r"[\s،:,]*")
_ENDING = frozenset(".،؛,;:-–—")
_NEXT_SIGN = re.compile(r"\s*(\S?)")
_PAIRED = re.compile(r"[()«»“”\[\]\"]")
_FIGURE = re.compile(r"\d")
_SURELY_AND = re.compile(r"و(?:ي\w{3,}|س[يتن]\w{2,}|ال\w{4,})")  # an imperfect, a future, the article
_AND_VERB = re.compile(r"و(?:ي|سي|ست)\w{3,}")  # with ت as many are names: وتونس, وتكنولوجيا
_ANY_AND = re.compile(r"و\w{3,}")
_CLOSING = '%٪)»”"]'
_AFTER_AND = ("verbs", "speech", "acts", "nouns", "stop")
_THAT = frozenset(["ان", "انه", "انها", "بان", "ن", "that"])
_SAID = _THAT | {"عن", "بانه", "بانها", "الي"}
_VERB_WITHIN = 3  # words in which the verb of an Arabic sentence stands
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))


def _whole(text: str) -> bool:
    """Brackets and quotes are closed."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS) and text.count('"') % 2 == 0


class _Sentence:
    """A sentence under the knife: its words, and the span `[start, end)` that is left."""

    def __init__(self, text: str, lex: Lexicon, *, stripped: bool) -> None:
        self.text, self.lex, self.stripped = text, lex, stripped
        self.tokens = Tokens(text, stripped=stripped)
        self.ends = [end for _, end in self.tokens.spans]
        self.paired = [match.start() for match in _PAIRED.finditer(text)]
        self.start, self.end = 0, len(text)

    def words_of(self, *names: str) -> frozenset[str]:
        return exact_words(self.lex.language, names, stripped=self.stripped)

    def phrases_of(self, name: str) -> Phrases:
        return exact_phrases(self.lex.language, (name,), stripped=self.stripped)

    def inside(self, start: int, end: int) -> range:
        """Return which words end in `text[start:end]`; a sentence can have no end, so none is looked at here."""
        return range(bisect_right(self.ends, start), bisect_right(self.ends, end))

    def count(self, start: int, end: int) -> int:
        """Return how many words `text[start:end]` has."""
        return len(self.inside(start, end))

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether brackets and quotes in `text[start:end]` are closed."""
        signs = self.paired[bisect_left(self.paired, start) : bisect_left(self.paired, end)]
        return _whole("".join(self.text[at] for at in signs))

    def trim_front(self) -> None:
        mark = _ITEM_MARK.match(self.text)
        if mark:
            self.start = mark.end()
        leads = self.phrases_of("leads")
        first = next((i for i, (start, _) in enumerate(self.tokens.spans) if start >= self.start), len(self.tokens.spans))
        while first < len(self.tokens.spans):
            lead = leads.at(self.tokens.exact, first)
            if not lead or len(self.tokens.spans) - lead[0] < _FEWEST or self._says_that_again(lead[0]):
                break
            first = lead[0]
            after = _AFTER_LEAD.match(self.text, self.tokens.spans[first - 1][1])
            self.start = after.end() if after else self.start
        if first < len(self.tokens.spans) and self._opens_with_and(first):
            self.start = self.tokens.spans[first][0] + 1

    def _says_that_again(self, after: int) -> bool:
        """After `وأضاف أن` comes `مدير الهيئة أكد أن`: without the first the second hangs in the air."""
        return self.tokens.exact[after - 1] in _THAT and not _THAT.isdisjoint(self.tokens.exact[after : after + 6])

    def _opens_with_and(self, i: int) -> bool:
        """A conjunction is stuck to the word: a verb, a noun or a particle known, or of an unmistakable form."""
        word = self.tokens.exact[i]
        if not word.startswith("و") or self.tokens.spans[i][0] != self.start:
            return False
        if word in self.words_of("waw"):
            return False
        return word[1:] in self.words_of(*_AFTER_AND) or bool(_SURELY_AND.fullmatch(word))

    def _clauses(self) -> list[int]:
        """Return where clauses begin that the sentence can end before: at the end of the word before each."""
        openers = self.phrases_of("clauses")
        verbs = self.words_of("verbs")
        particles = self.words_of("stop")
        spans, exact = self.tokens.spans, self.tokens.exact
        found = []
        for i in range(1, len(spans)):
            before = spans[i - 1][1]
            gap = self.text[before : spans[i][0]].strip()
            if gap not in ("", "،", ",", "؛") or (not gap and (self.lex.language != "ar" or exact[i - 1] in particles)):
                continue  # `من حيث`, and English clauses without a comma, belong to what stands before
            opener = openers.at(exact, i)
            verb = exact[i].startswith("و") and (exact[i][1:] in verbs or _AND_VERB.fullmatch(exact[i]))
            after = opener[0] if opener else i + 1
            sign = _NEXT_SIGN.match(self.text, spans[after - 1][1])
            if sign and sign[1] == ":":
                continue  # what was said is what the sentence is for
            if gap == "؛" or (gap and verb) or opener:
                found.append(before)
        return found

    def _loses_the_point(self, cut: int) -> bool:
        """What follows `cut` says when or for whom the sentence holds, or is what somebody is said to have said."""
        exact = self.tokens.exact
        kept, after = self.inside(self.start, cut), self.inside(cut, self.end)
        tail = exact[after.start : after.stop]
        if self.phrases_of("conditions").find(tail):
            return True
        opening = {word.removeprefix("و") for word in exact[kept.start : kept.stop][:_VERB_WITHIN]}
        if opening.isdisjoint(self.words_of("speech", "reports")) or _SAID.isdisjoint(tail):
            return False
        return _SAID.isdisjoint(exact[kept.start : kept.stop]) and ":" not in self.text[self.start : cut]

    def _is_safe(self, cut: int) -> bool:
        """Up to `cut` the sentence says what it said, and leaves no bracket or quote open."""
        return self.is_whole(self.start, cut) and not self._loses_the_point(cut)

    def trim_back(self, max_words: int) -> None:
        for cut in reversed(self._clauses()):
            if cut <= self.start:
                break
            dangling = self.end < len(self.text) and self.count(cut, self.end) <= _DANGLING
            if self.count(self.start, self.end) <= max_words and not dangling:
                break
            if self.count(self.start, cut) < _MAIN_CLAUSE or _FIGURE.search(self.text, cut, self.end):
                break  # for every cut before this one too
            if self._is_safe(cut):
                self.end = cut

    def cut_to(self, longest: int) -> None:
        """End within `longest` words: before a clause, at a comma, before a particle or an and; at least half is left.

        Where every such place would lose a condition, or what was said, the sentence stays as long as it is.
        """
        spans, exact = self.tokens.spans, self.tokens.exact
        inside = self.inside(self.start, self.end)
        if len(inside) <= longest:
            return
        particles = self.words_of("stop", "danglers")
        nearest = [i for i in reversed(inside[longest // 2 : longest + 1]) if exact[i - 1] not in particles]
        commas = [i for i in nearest if self.text[spans[i - 1][1] : spans[i][0]].strip() in ("،", ",", "؛", ";")]
        joints = [i for i in nearest if exact[i] in particles or _ANY_AND.fullmatch(exact[i])]
        opening, furthest = spans[inside[longest // 2]][0], spans[inside[longest]][0]
        clauses = [cut for cut in reversed(self._clauses()) if opening <= cut < furthest]
        cuts = [*clauses, *(self._after(i - 1) for i in (*commas, *joints, *nearest))]
        whole = next((cut for cut in cuts if self._is_safe(cut)), None)
        self.end = whole or next((cut for cut in cuts if not self._loses_the_point(cut)), self.end)

    def _after(self, i: int) -> int:
        """Return where the word `i` ends with the signs that belong to it."""
        end = self.tokens.spans[i][1]
        while self.text[end : end + 1] and self.text[end] in _CLOSING:
            end += 1
        return end

    def drop_danglers(self) -> None:
        """End before words that only opened what was cut."""
        danglers = self.words_of("danglers")
        if self.end == len(self.text):
            return
        for i in reversed(self.inside(self.start, self.end)):
            start, end = self.tokens.spans[i]
            if i == 0 or self.tokens.exact[i] not in danglers or self.text[end : self.end].strip():
                return
            self.end = min(start, self._after(i - 1))

    def drop_stop(self) -> None:
        """End before the full stop and what stands with it."""
        end = self.end
        while end > self.start and (self.text[end - 1].isspace() or self.text[end - 1] in _ENDING):
            end -= 1
        self.end = end if end > self.start else self.end


def trim(text: str, lex: Lexicon, *, max_words: int, longest: int, stripped: bool = False) -> tuple[int, int]:
    """Return the span of `text`, a sentence, that says it shorter; the whole of it where nothing may go.

    Args:
        max_words: words above which trailing clauses are cut.
        longest: words that are not exceeded, even if a clause must be broken, unless a condition would be lost.
        stripped: the text has lost its fragile letters.
    """
    sentence = _Sentence(text, lex, stripped=stripped)
    sentence.trim_front()
    sentence.trim_back(max_words)
    sentence.cut_to(longest)
    sentence.drop_danglers()
    sentence.drop_stop()
    return sentence.start, sentence.end
