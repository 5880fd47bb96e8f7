"""Say it shorter without a word of our own: cut what may go from the two ends of a sentence.

Where it begins, lead.py says. It ends at one of its joints: before a statement of its own, a remark, a relative clause and
so on. Each is scored by what would go and how long the rest is, with the weights of data/trim.yaml, and the best is taken,
as sentence compression does with deletions (Knight and Marcu 2002), but at the end alone: what is left is always one span.
No joint is a place to end where a condition, a figure of the same statement, half of a quotation or what somebody is said
to have said would be lost. Only a sentence longer than any bullet may be is cut where it must be, and stays whole rather
than lose a condition.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from telecom_digest import resources
from telecom_digest.language import Lexicon
from telecom_digest.lead import FEWEST, THAT, Material, Opening

_ASIDE = ("frames", "purposes", "qualities")  # in doubt what says when, how, what for or which stays
KINDS = ("statements", "remarks", "results", "relatives", "purposes", "frames", "additions", "qualities")
_MAIN_CLAUSE = 8  # words of an English main clause at least, whose verb is not always seen
_VERB_WITHIN = 3  # words in which the verb of an Arabic sentence stands
_PART = 0.4  # of `max_words`
_INSERTED = 12  # words of a remark inside its sentence
_TIED_WITHIN = 6  # words in which a word before ties what follows to itself
_ENOUGH = 0.6  # of `max_words`: a sentence that short stays as it is
_ENDING = frozenset(".،؛,;:-–—")
_GAP = re.compile(r"([%٪)»”\"\]]*)(?:\s*([،,؛;])|\.(?=\s))?[\s\"(\[«“]*")  # what closes, a comma, what opens
_AND_VERB = re.compile(r"و(?:ي|سي|ست)\w{2,}(?<!يا)")  # not ويدويا; with ت as many are names: وتونس, وتكنولوجيا
_OPENING_VERB = re.compile(r"و?[يت]\w{2,}")  # تمنح: at the beginning, and after أن, no name
_AND_SHE_DID = re.compile(r"و\w{2,}[^\Wا]ت")  # وعكست, after a comma
_TANWIN = re.compile(r"م\w+(?:اً|ًا)")  # متوقعاً, after a comma: what the speaker did besides
_AND_NOUN = re.compile(r"و(?:ال|لل)\w{3,}")
_ANY_AND = re.compile(r"و\w{3,}")
_NEXT_SIGN = re.compile(r"\s*(\S?)")
# a year alone (1980 to 1999, 2010 to 2039) says when, and is no figure that a bullet must keep
_FIGURE = re.compile(r"(?<!\d)(?!(?:19[89]|20[1-3])\d(?!\d|\s*[%٪]))\d+")
_CLOSING = '%٪)»”"]'
_SAID = THAT | {"عن", "الي"}


class Joint(NamedTuple):
    """A place to end.

    Attributes:
        at: the offset where the bullet would end.
        word: the first word that would go.
        kind: of what would go: a name of `KINDS`, `ands`, `pauses` (after a comma, nothing known) or `whole`.
        comma: one stands there.
    """

    at: int
    word: int
    kind: str
    comma: bool


class Cutting:
    """A sentence whose beginning is settled, and the places where it can end within `longest` words."""

    def __init__(self, material: Material, *, max_words: int, longest: int) -> None:
        self.m, self.max_words, self.longest = material, max_words, longest
        self.first, self.start = Opening(material).find()
        self.total = len(material.spans)
        self.joints = self._joints()
        apart = ("statements", "remarks", "results") if self.too_long else ("statements", "remarks")
        self._statements = [joint.word for joint in self.joints if joint.kind in apart]
        self._conditions = [start for start, _, _ in material.phrases_of("conditions").find(material.exact)]
        self._figures = [match.start() for match in _FIGURE.finditer(material.text)]
        self._floor = self._least()

    @property
    def too_long(self) -> bool:
        return self.total - self.first > self.longest

    def _joints(self) -> list[Joint]:
        """Return where the sentence has joints, in order."""
        m = self.m
        particles = m.words_of("stop")
        found = []
        for i in range(self.first + 1, self.total):
            gap = _GAP.fullmatch(m.text, m.spans[i - 1][1], m.spans[i][0])
            if not gap or not any(map(str.isspace, gap[0])):
                continue  # 130،000, and what a dash divides
            stop = not gap[2] and "." in gap[0]
            if not (gap[2] or stop) and (m.lex.language != "ar" or m.exact[i - 1] in particles):
                continue  # `من حيث`, and English clauses without a comma, belong to what stands before
            kind = self._kind(i, gap[2] or "")
            if kind and (kind != "ands" or not stop) and not self._belongs(i, kind, comma=bool(gap[2])):
                found.append(Joint(gap.end(1), i, kind, bool(gap[2])))
        return found

    def _kind(self, i: int, comma: str) -> str:
        """Return of what kind it is that the word `i` opens, or nothing."""
        m, word = self.m, self.m.exact[i]
        opener = m.phrases_of(*KINDS, "ties").at(m.exact, i)
        sign = _NEXT_SIGN.match(m.text, m.spans[opener[0] - 1 if opener else i][1])
        if sign and sign[1] == ":":
            return ""  # what was said is what the sentence is for
        if comma in ("؛", ";") or self._is_and_verb(word, comma=bool(comma)):
            return "statements"
        if opener:
            return "" if opener[1] == "ties" else opener[1]
        if comma:
            return "remarks" if _TANWIN.fullmatch(m.text, *m.spans[i]) else "pauses"
        return "ands" if _AND_NOUN.fullmatch(word) else ""

    def _belongs(self, i: int, kind: str, *, comma: bool) -> bool:
        """The word `i` is part of a name, a list or a definition, or what the words before it are nothing without."""
        m = self.m
        before = m.exact[max(0, i - _TIED_WITHIN) : i]
        definite = before[-1].startswith("ال")
        if kind in ("pauses", "ands"):  # وألف شركة، وجامعة: a list, all counted by its figure
            return not self.too_long or any(map(str.isdigit, before))
        if comma:
            return self._is_inserted(i)
        opened = any(sign in m.gap(j) for j in (i - 1, i - 2) if j > self.first for sign in "،,")
        if kind == "additions" or opened:  # 91% منها، اثنان منها: what the comma opened has said nothing yet
            return opened or before[-1].isdigit()
        if kind == "statements":  # كل عميل اشترك وأجرى مكالمة
            return not m.words_of("every").isdisjoint(before)
        if kind == "relatives":  # المشتركين الذين لم يحدثوا بياناتهم: without them it holds for all
            return not m.words_of("restricting").isdisjoint(m.exact[i : i + _VERB_WITHIN])
        short = kind in _ASIDE and self.total - self.first <= self.max_words  # خلال يوم: there is room for it
        aim = kind == "purposes" and not m.words_of("aims").isdisjoint(before)  # تهدف الهيئة لتطوير
        name = definite and kind == "purposes" and m.exact[i].startswith("ل")  # الهيئة العامة لتنظيم
        return short or aim or name or (definite and kind == "qualities")  # الخدمة تهدف

    def _is_inserted(self, i: int) -> bool:
        """The sentence goes on after what the word `i` opens: أنهت اللجنة، وهي المعنية بالأمن، اجتماعها بالموافقة على …"""
        m = self.m
        if m.exact[i] not in m.words_of("inserting"):
            return False
        signs = ((j, m.gap(j).strip()) for j in range(i + 1, min(self.total, i + _INSERTED)))
        after = next((j for j, sign in signs if sign), None)
        if after is None or m.gap(after).strip() not in ("،", ","):
            return False
        opener = m.phrases_of(*KINDS, "ties").at(m.exact, after)
        return opener is None and not m.exact[after].startswith("و") and not _TANWIN.fullmatch(m.text, *m.spans[after])

    def _is_and_verb(self, word: str, *, comma: bool) -> bool:
        if not word.startswith("و") or word in self.m.words_of("waw"):
            return False
        form = _AND_VERB.fullmatch(word) or (comma and _AND_SHE_DID.fullmatch(word))
        return word[1:] in self.m.words_of("verbs", "speech", "past") or bool(form)

    def _least(self) -> int:
        """Return the word before which the sentence cannot end: it has its verb, and some of what it is said to say."""
        m, first = self.m, self.first
        shortest = FEWEST if m.lex.language == "ar" else _MAIN_CLAUSE
        verb = self._after_verb(first)
        opening = {word.removeprefix("و") for word in m.exact[first : first + _VERB_WITHIN]}
        if not opening.isdisjoint(m.words_of("speech", "reports")):
            for i in range(first + 1, self.total):
                if m.exact[i] in _SAID or ":" in m.gap(i):
                    verb = max(self._after_verb(i + 1), i + FEWEST)
                    break
        if self.total - first <= self.max_words:  # short enough: only a cut that leaves a good part is worth it
            shortest = max(shortest, round(_PART * self.max_words))
        return max(first + shortest, verb)

    def _after_verb(self, first: int) -> int:
        """Return the word after the first verb from `first` on, or `first` where none is seen."""
        if first < self.total and _OPENING_VERB.fullmatch(self.m.exact[first]):
            return first + 1
        return next((i + 1 for i in range(first, self.total) if self.m.is_verb(i)), first)

    def _own_end(self, word: int) -> int:
        """Return the word that begins the next statement, at `word` or after: what stands before belongs to this one."""
        i = bisect_left(self._statements, word)
        return self._statements[i] if i < len(self._statements) else self.total

    def _loses_condition(self, word: int) -> bool:
        """What goes says when or for whom the sentence holds; of another statement only where the sentence is too long."""
        i = bisect_left(self._conditions, word)
        if i == len(self._conditions):
            return False
        return not self.too_long or self._conditions[i] < max(self._own_end(word), word + _VERB_WITHIN)

    def _has_figure(self, start: int, end: int) -> bool:
        return bisect_left(self._figures, start) < bisect_left(self._figures, end)

    def _at(self, word: int) -> int:
        """Return where the word `word` begins, or the end of the sentence."""
        return self.m.spans[word][0] if word < self.total else len(self.m.text)

    def _loses_figure(self, joint: Joint) -> bool:
        """A figure of the same statement goes that there was room for."""
        return self._has_figure(joint.at, self._at(min(self._own_end(joint.word), self.first + self.longest)))

    def features(self, joint: Joint) -> dict[str, float]:
        """Return what the weights of data/trim.yaml, which says what each means, are multiplied with."""
        share = (joint.word - self.first) / self.max_words
        whole = joint.kind == "whole"
        return {
            joint.kind: 1.0,
            "comma": float(joint.comma),
            "comma_relative": float(joint.comma and joint.kind == "relatives"),
            "figure_kept": float(not whole and self._has_figure(self.start, joint.at)),
            "short": max(0.0, 0.5 - share),
            "long": max(0.0, share - 0.75),
            "over": max(0.0, share - 1),
        }

    def candidates(self) -> list[tuple[Joint, dict[str, float]]]:
        """Return the joints where the sentence may end, its own end among them if it is not too long, with features."""
        found = []
        for joint in self.joints if self.total - self.first > _ENOUGH * self.max_words else ():
            if joint.word - self.first > self.longest:
                break
            if (
                joint.word < max(self._floor, self.first + (_MAIN_CLAUSE if joint.kind == "relatives" else 0))
                or self._loses_condition(joint.word)
                or not self.m.is_whole(self.start, joint.at)
            ):
                continue
            if not self._loses_figure(joint):
                found.append((joint, self.features(joint)))
        if not self.too_long:
            whole = Joint(len(self.m.text), self.total, "whole", comma=False)
            found.append((whole, self.features(whole)))
        return found

    def end(self, weights: dict[str, float]) -> int:
        """Return the offset where the bullet ends."""
        scored = [(sum(weights[name] * value for name, value in of.items()), joint.at) for joint, of in self.candidates()]
        return max(scored)[1] if scored else self._break()

    def _break(self) -> int:
        """End within `longest` words at a comma, before a particle or an and, or anywhere; at least half is left.

        Where every such place would lose a condition, or what was said, the sentence stays as long as it is.
        """
        m, first = self.m, self.first
        particles, breaks = m.words_of("stop", "danglers"), m.words_of("breaks")
        least = first + self.longest // 2
        least = self._floor if least < self._floor <= first + self.longest else least
        whole = range(first + self.longest, least - 1, -1)
        bare = (i for i in whole if not (m.exact[i - 1].isdigit() and m.gap(i).isspace()))  # a figure and not of what
        nearest = [i for i in bare if m.exact[i - 1] not in particles]
        commas = [i for i in nearest if m.gap(i).strip() in ("،", ",", "؛", ";")]
        joints = [i for i in nearest if m.exact[i] in breaks or _ANY_AND.fullmatch(m.exact[i])]
        cuts = [i for i in (*commas, *joints, *nearest) if not self._loses_condition(i)]
        ends = [self._after(i - 1) for i in cuts]
        return next((end for end in ends if m.is_whole(self.start, end)), ends[0] if ends else len(m.text))

    def _after(self, i: int) -> int:
        """Return where the word `i` ends with the signs that belong to it."""
        end = self.m.spans[i][1]
        while self.m.text[end : end + 1] and self.m.text[end] in _CLOSING:
            end += 1
        return end

    def tidy(self, end: int) -> int:
        """Return `end` moved before words that only opened what was cut, and before the full stop with its company."""
        m, danglers = self.m, self.m.words_of("danglers")
        if end < len(m.text):
            i = bisect_left(m.spans, (end, 0)) - 1
            while i > self.first and m.exact[i] in danglers and not m.text[m.spans[i][1] : end].strip():
                end = min(m.spans[i][0], self._after(i - 1))
                i -= 1
        bare = end
        while bare > self.start and (m.text[bare - 1].isspace() or m.text[bare - 1] in _ENDING):
            bare -= 1
        return bare if bare > self.start else end


def trim(text: str, lex: Lexicon, *, max_words: int, longest: int, stripped: bool = False) -> tuple[int, int]:
    """Return the span of `text`, a sentence, that says it shorter; the whole of it where nothing may go.

    Args:
        max_words: words that a bullet should not exceed.
        longest: words that are not exceeded, even if a clause must be broken, unless a condition would be lost.
        stripped: the text has lost its fragile letters.
    """
    cutting = Cutting(Material(text, lex, stripped=stripped), max_words=max_words, longest=longest)
    weights = resources.yaml("trim.yaml", "telecom-digest/trim/1")["weights"]
    return cutting.start, cutting.tidy(cutting.end(weights))
