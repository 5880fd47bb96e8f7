"""Where a bullet begins: after what a sentence opens with and a headline does not need.

List marks and connectives go, the setting before the verb, and the attribution of what the speaker may state as a fact: a
claim, a forecast or a denial stays with the one who made it, and so does what nobody in particular said.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from telecom_digest.language import Lexicon, Phrases, Tokens, exact_phrases, exact_words

FEWEST = 5  # words a trimmed sentence has at least
_REACH = 32  # words in which an attribution or a setting ends
_STATED = 25  # words of what was said that are searched for claims: more are seldom shown
_ITEM_MARK = re.compile(r"\s*(?:[-–—•*·▪●○]|\d{1,2}\s?[.)\-]|[أ-ي][.)\-]|\([a-zأ-ي\d]{1,2}\))\s+")
_AFTER_LEAD = re.compile(r"[\s،:,]*")
_PAIRED = re.compile(r"[()«»“”\[\]\"]")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))
_FIGURE = re.compile(r"\d")
# an imperfect, a future, the article, with ب too, the eighth and seventh verb forms: no root begins so with a و of its own
_SURELY_AND = re.compile(r"و(?:[يت]\w{3,}|س[يتن]\w{2,}|ال\w{3,}|ب(?:ال|م)\w{3,}|ا(?:.ت|ن\w|طل|زد|صط|ضط)\w{2,})")
_VERB = re.compile(r"(?:ي|سي|ست|سن)\w{3,}|\w{2,}[^\Wا]ت|[a-z]{3,}ed")  # يشارك, ستشارك, شاركت, launched
_SUBJUNCTIVE = re.compile(r"[ين]\w{2,}")  # `أكد أن يكون` says what should be, not what is
_OURS = re.compile(r"\w{2,}[تئي]نا")  # شركتنا, عملائنا, لدينا
_HIS = re.compile(r"(?!ال|هذه)\w{3,}(?:ه|ها|هم)")  # شركته: whose, only the attribution says
THAT = frozenset(["ان", "انه", "انها", "بان", "بانه", "بانها", "ن", "that"])
_PLAIN_THAT, _THAT_IT = frozenset(["ان", "بان", "ن", "that"]), frozenset(["انه", "بانه"])
_HAS = frozenset(["فقد", "قد"])  # فقد is also a verb: he lost
_COMMAS = frozenset(["،", ",", "؛"])


class Material:
    """A sentence to be cut: its words and their places, its quotes and brackets, and the word lists of its language."""

    def __init__(self, text: str, lex: Lexicon, *, stripped: bool) -> None:
        self.text, self.lex, self.stripped = text, lex, stripped
        tokens = Tokens(text, stripped=stripped)
        self.exact, self.spans = tokens.exact, tokens.spans
        self._paired = [match.start() for match in _PAIRED.finditer(text)]

    def words_of(self, *names: str) -> frozenset[str]:
        return exact_words(self.lex.language, names, stripped=self.stripped)

    def phrases_of(self, *names: str) -> Phrases:
        return exact_phrases(self.lex.language, names, stripped=self.stripped)

    def gap(self, i: int) -> str:
        """Return what stands before the word `i` (not the first)."""
        return self.text[self.spans[i - 1][1] : self.spans[i][0]]

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether brackets and quotes in `text[start:end]` are closed."""
        signs = "".join(
            self.text[at] for at in self._paired[bisect_left(self._paired, start) : bisect_left(self._paired, end)]
        )
        return all(signs.count(opens) == signs.count(closes) for opens, closes in _PAIRS) and signs.count('"') % 2 == 0

    def is_verb(self, i: int) -> bool:
        """Return whether the word `i` is a verb known, or of the form of one."""
        word = self.exact[i].removeprefix("و")
        return word in self.words_of("verbs", "speech", "acts", "past") or _VERB.fullmatch(word) is not None


class Opening:
    """How far into a sentence its bullet begins: at the word `first`, at the offset `start`."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.first, self.start = 0, 0

    def find(self) -> tuple[int, int]:
        """Return (first word, offset) where the bullet begins."""
        m = self.material
        mark = _ITEM_MARK.match(m.text)
        if mark:
            self.start = mark.end()
            self.first = bisect_left(m.spans, (self.start, 0))
        while self.first < len(m.spans) and (self._drop_lead() or self._drop_attribution() or self._drop_setting()):
            pass
        if self.first < len(m.spans) and self._opens_with_and():
            self.start += 1
        return self.first, self.start

    def _begin_at(self, word: int) -> bool:
        m = self.material
        if len(m.spans) - word < FEWEST:
            return False
        after = _AFTER_LEAD.match(m.text, m.spans[word - 1][1])
        self.first, self.start = word, after.end() if after else m.spans[word][0]
        return True

    def _drop_lead(self) -> bool:
        lead = self.material.phrases_of("leads").at(self.material.exact, self.first)
        return lead is not None and not self._says_that_again(lead[0]) and self._begin_at(lead[0])

    def _says_that_again(self, after: int) -> bool:
        """After `وأضاف أن` comes `مدير الهيئة أكد أن`: without the first the second hangs in the air."""
        exact = self.material.exact
        return exact[after - 1] in THAT and not THAT.isdisjoint(exact[after : after + 6])

    # ---- who said it
    def _drop_attribution(self) -> bool:
        m = self.material
        said = self._said()
        if said is None or self._says_that_again(said):
            return False
        speaker, statement = m.exact[self.first : said], m.exact[said : said + _STATED]
        also = m.phrases_of("remarks").find(statement)
        if not m.words_of("hearsay").isdisjoint(speaker) or self._is_claim(statement[: also[0][0]] if also else statement):
            return False
        subject = m.text[slice(*m.spans[said])]
        return m.is_whole(self.start, m.spans[said][0]) and not _HIS.fullmatch(subject) and self._begin_at(said)

    def _is_claim(self, statement: list[str]) -> bool:
        return bool(self.material.phrases_of("claims").find(statement)) or any(map(_OURS.fullmatch, statement))

    def _said(self) -> int | None:
        """Return the first word of a statement attributed by a verb of saying: after its `أن`, or a colon and no quote."""
        m, first = self.material, self.first
        exact, said = m.exact, m.words_of("assertions")
        if exact[first] in m.words_of("pronouns") and exact[first + 1 : first + 2] and exact[first + 1] in said:
            return first + 3 if exact[first + 2 : first + 3] == ["that"] else None
        if m.lex.language != "ar" or exact[first].removeprefix("و") not in said:
            return None
        for i in range(first + 1, min(first + _REACH, len(exact) - FEWEST)):
            if exact[i] in THAT:
                return self._after_that(i)
            if m.gap(i).strip() == ":":
                return i
        return None

    def _after_that(self, i: int) -> int | None:
        m = self.material
        following, before, after = m.exact[i + 1], m.exact[i - 1], m.gap(i + 1)
        if before in m.words_of("unclaimed") or after.strip(" ،,:"):
            return None
        if m.exact[i] in _THAT_IT:
            return i + 1 if following in m.words_of("impersonal") else None
        surely = m.text[m.spans[i][0]] == "إ" or not _SUBJUNCTIVE.fullmatch(following)
        return i + 1 if m.exact[i] in _PLAIN_THAT and surely else None

    # ---- what it stands in
    def _drop_setting(self) -> bool:
        """`في إطار كذا، أعلنت …`: what stands before the comma and the verb goes if it has no figure or condition."""
        m, first = self.material, self.first
        setting = m.phrases_of("settings").at(m.exact, first)
        for i in range(setting[0], min(first + _REACH, len(m.exact) - 1)) if setting else ():
            gap = m.gap(i).strip()
            if gap in _COMMAS and self._has_verb(i):
                after = i + (m.exact[i] in _HAS and m.is_verb(i + 1))
                return self._may_go(first, i) and self._begin_at(after)
            if gap and gap[0] in ":.":
                break
        return False

    def _has_verb(self, i: int) -> bool:
        """A verb opens what begins at the word `i`; in English one stands in it, before the next comma."""
        m = self.material
        if m.lex.language == "ar":
            return m.is_verb(i) or (m.exact[i] in _HAS and m.is_verb(i + 1))
        for k in range(i, min(i + _REACH, len(m.exact))):
            if k > i and "," in m.gap(k):
                return False
            if m.is_verb(k):
                return True
        return False

    def _may_go(self, first: int, after: int) -> bool:
        m = self.material
        start, end = m.spans[first][0], m.spans[after][0]
        conditions = m.phrases_of("conditions").find(m.exact[first:after])
        return not _FIGURE.search(m.text, start, end) and m.is_whole(start, end) and not conditions

    def _opens_with_and(self) -> bool:
        """A conjunction is stuck to the word: a verb, a noun or a particle known, or of an unmistakable form."""
        m = self.material
        word = m.exact[self.first]
        if not word.startswith("و") or m.spans[self.first][0] != self.start or word in m.words_of("waw"):
            return False
        if m.text[self.start + 1 : self.start + 2] in ("أ", "إ", "آ"):  # no root begins so
            return True
        known = m.words_of("verbs", "past", "speech", "acts", "nouns", "stop")
        return word[1:] in known or _SURELY_AND.fullmatch(word) is not None
