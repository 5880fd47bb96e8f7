"""The atoms of a text in a row, what stands between them, and which bare numbers are years."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from telecom_digest.arabic import MARKS, NUNATION
from telecom_digest.facts.dating.words import Atom, atoms, listed
from telecom_digest.facts.reading import Reading

GREGORIAN = range(1900, 2101)
OLD = range(1800, 1900)  # years only where a month or the noun says so: 17 May 1865
HIJRI = range(1300, 1501)
DASHES = frozenset(["-", "–", "—", "−", "‑"])
COMMAS = frozenset([",", "،"])
SPACE = frozenset([""])
_CLAUSE, _NAME = 7, 10  # words back, less one, to where a name with a year begins; where a sign or nothing follows the year
_LONG = 3  # words more where it is no round number
_FAIR = 4  # the same, of the name of a fair
ROUND = 50  # 2000 and 2050 are numbers of things more often than years
_NAMING = range(1990, 2041)  # years that names of events begin with
_OF_ADDRESS = frozenset(".@#/_")  # before a word of an address or a tag: www.gitex2019.com, #MWC2019
_IN_ADDRESS = re.compile(r"@|\.[a-z]")
_LETTERS = frozenset("بل")  # prepositions that a space parts from a number, but in ص.ب 2023
_NEAR = 8  # characters between the atoms of one date, spaces included
_TOUCHING = frozenset("./:+-–,_@#$€£&=%٪٫٬\\'’")


def forms(word: str, attached: str = "وبلف") -> set[str]:
    """Return a word, and it without the letter attached to it, the article put back where it fused (للمعرض)."""
    bare = word[1:] if word[:1] in tuple(attached) else word
    return {word, bare, "ا" + bare if word.startswith("لل") else word}


@cache
def _event_words() -> frozenset[str]:
    """Return the words of which a year may be part of the name: nouns, and names."""
    return listed("event") | listed("event_name")


class Line:
    """The atoms of a reading.

    Attributes:
        reading: whose they are.
        atoms: in order.
        years: index of the last atom that was taken for a bare year.
    """

    __slots__ = ("_text", "atoms", "reading", "years")

    def __init__(self, reading: Reading) -> None:
        self.reading, self._text = reading, reading.text
        self.atoms = atoms(reading)
        self.years = -2

    def gap(self, index: int) -> str:
        """Return what stands before an atom since the one before, without space; "\\n" where a line is empty."""
        between = self._text[self.atoms[index - 1].end if index else 0 : self.atoms[index].begin]
        if between == " ":
            return ""
        return "\n" if between.count("\n") > 1 else between.strip()

    def at(self, index: int, *kinds: str, gaps: frozenset[str] = SPACE, joined: bool = False) -> Atom | None:
        """Return the atom at an index where it is one of these kinds and follows the one before.

        Args:
            gaps: what may stand between them.
            joined: it may carry an "and".
        """
        if not 0 <= index < len(self.atoms):
            return None
        atom = self.atoms[index]
        if atom.kind not in kinds or (atom.joined and not joined) or (index and self.gap(index) not in gaps):
            return None
        return atom

    def any(self, index: int, *kinds: str) -> Atom | None:
        """As `at`, whatever stands before it."""
        return self.atoms[index] if 0 <= index < len(self.atoms) and self.atoms[index].kind in kinds else None

    def alone(self, index: int) -> bool:
        """Return whether an atom is a mere number, of no year, with no other atom after it: no date begins there."""
        atom = self.atoms[index]
        if atom.kind not in ("number", "ordinal", "cardinal") or atom.digits == 4:
            return False
        return index + 1 == len(self.atoms) or self.atoms[index + 1].begin - atom.end > _NEAR

    def separator(self, index: int) -> tuple[str, int] | None:
        """Return what parts the atom at an index from the one before ("to", "dash", "and", "comma") and what follows it."""
        if index >= len(self.atoms):
            return None
        if self.at(index, "to", joined=True):
            return ("to", index + 1) if index + 1 < len(self.atoms) and not self.gap(index + 1) else None
        if self.at(index, "and", gaps=SPACE | COMMAS):
            return ("and", index + 1) if index + 1 < len(self.atoms) and not self.gap(index + 1) else None
        gap = self.gap(index)
        if gap in DASHES:
            return "dash", index
        if self.atoms[index].joined and gap in SPACE | COMMAS:
            return "and", index
        return ("comma", index) if gap in COMMAS else None

    def closed(self, end: int) -> int:
        """Return the offset after the bracket that closes at `end`, or `end` where none does."""
        return end + 1 if self._text[end : end + 1] == ")" else end

    def loose(self, index: int) -> bool:
        """Return whether nothing written together with a number makes it a part of something else: 4.9, +971-4, Y.2060."""
        return self._loose_before(index) and self.loose_after(index)

    def _loose_before(self, index: int) -> bool:
        begin = self.atoms[index].begin
        if index and self.atoms[index - 1].end == begin and self.atoms[index - 1].kind not in ("other", "number"):
            return True  # يوم9أكتوبر
        before = self._text[max(0, begin - 2) : begin]
        if not before or not (before[-1] in _TOUCHING or before[-1].isalnum()):
            return True
        return (before[-1] in "-–" and not before[0].isalnum()) or self._glued(index)

    def _glued(self, index: int) -> bool:
        """Return whether a year is written together with the word before: جيتكس2013, but not CDMA2000, RFC2045, نحو2010."""
        atom = self.atoms[index]
        if atom.prefix or atom.digits != 4 or not self._text[max(0, atom.begin - 3) : atom.begin].isalpha():
            return False
        at = self.reading.word_at(atom.begin)
        start = self.reading.spans[at][0]
        if self._text[max(0, start - 1) : start] in _OF_ADDRESS or _IN_ADDRESS.match(self._text, atom.end):
            return False
        word = self.reading.words[at][:-4]
        return atom.value % ROUND != 0 and forms(word, "و").isdisjoint(listed("numbered") | listed("about"))

    def _glued_to_name(self, index: int) -> bool:
        """Return whether the word that a year is written together with names an event by itself: جيتكس2013, WRC2015."""
        at = self.reading.word_at(self.atoms[index].begin)
        word, written = self.reading.words[at][:-4], self.reading.written(at)[:-4]
        named = not forms(word).isdisjoint(_event_words())
        return named or (written.isascii() and written.isupper()) or self.names_event(index)

    def loose_after(self, index: int) -> bool:
        """Return whether what follows a number does not make it a part of something else: 10:30, 2.5, 24/7, 4G."""
        end = self.atoms[index].end
        after = self._text[end : end + 2]
        if index + 1 < len(self.atoms) and self.atoms[index + 1].begin == end:
            return self.atoms[index + 1].kind != "other"
        if after[:1] == "/" and self.any(index + 1, "number") and self.gap(index + 1) == "/":
            return self.atoms[index].digits == 4 and self.atoms[index + 1].digits in (2, 4)  # the season 2016/17
        if after[:1] in tuple(".:،,؛"):
            return not after[1:].isdigit()  # after a letter it is a sentence end that lost its space
        return not (after[:1] in tuple("%٪@_+") or (after[:1] in _TOUCHING - DASHES and after[1:].isalnum()))

    def word_before(self, index: int, back: int = 1) -> str:
        """Return the word before an atom, or the one `back` words before; "" where a sentence or so ends between."""
        first = self.reading.word_at(self.atoms[index].begin)
        if first < back:
            return ""
        gaps = self.reading.gaps[first - back + 1 : first + 1]
        return "" if any(set(gap) & set(".؟?!:؛;\n") for gap in gaps) else self.reading.words[first - back]

    def word_after(self, index: int) -> str:
        """Return the word after an atom where only space parts them, or nothing (2011في), else ""."""
        end = self.atoms[index].end
        after = self.reading.word_at(end)
        if after >= len(self.reading.words):
            return ""
        start, stop = self.reading.spans[after]
        if start < end:
            return self.reading.words[after][end - stop :]
        return "" if self.reading.gaps[after].strip(" \u00a0") else self.reading.words[after]

    def counts(self, index: int) -> bool:
        """Return whether the number at an index says how many there are of something."""
        before = self.word_before(index)
        before = self.word_before(index, 2) if before == "من" else before  # أكثر من 2013
        return self.word_after(index) in listed("counted") or before in listed("about")

    def year(
        self, index: int, *, hijri: bool | None = False, gaps: frozenset[str] = SPACE, old: bool = False
    ) -> Atom | None:
        """Return the number at an index where it can be a year: 1900 to 2100, or 1300 to 1500 of the Hijri calendar.

        Args:
            hijri: of which calendar; None: Gregorian, or Hijri where an era says so.
            old: from 1800 on.
        """
        atom = self.at(index, "number", gaps=gaps, joined=True)
        if not atom or atom.digits != 4 or not self.loose_after(index):
            return None
        if hijri is None:
            era = self.era(index + 1)
            hijri = bool(era and era.value)
        return atom if atom.value in (HIJRI if hijri else GREGORIAN) or (old and atom.value in OLD) else None

    def era(self, index: int) -> Atom | None:
        """Return the era at an index, which follows a year."""
        return self.at(index, "era")

    def is_bare_year(self, index: int) -> bool:
        """Return whether the number at an index, beside which nothing says that it is a year, clearly is one."""
        atom = self.year(index, hijri=None, gaps=frozenset([self.gap(index)]))
        if not atom or atom.prefix not in ("", "و", "ل", "ب", "ول", "وب"):
            return False
        if self.years == index - 1 and (self.gap(index) in COMMAS or (atom.joined and not self.gap(index))):
            return not self.counts(index)  # another one of a list
        before = self.word_before(index)
        boxed = before in _LETTERS and self.word_before(index, 2) in listed("numbered") | {""}
        if self.counts(index) or before in listed("numbered") or boxed:
            return False
        if self.tamyiz(index) and not self._of_fair(index):
            return False
        if self._text[atom.begin - 1 : atom.begin] == "-" and self._hyphened(index):
            return True
        return self._stands_alone(index) and self._is_led(index)

    def _hyphened(self, index: int) -> bool:
        """Return whether a hyphen may join a year to the word before: mid-2015, WRC-2019."""
        return self.word_before(index) in ("mid", "end") or self._capitals(index)

    def _stands_alone(self, index: int) -> bool:
        """Return whether no sign makes a number a part of a longer one or of a code."""
        atom = self.atoms[index]
        after = self._text[atom.end : atom.end + 2]
        if not self._loose_before(index) or (after[:1] in tuple("-–/") and after[1:].isalnum()):
            return False
        before = self._text[max(0, atom.begin - 4) : atom.begin].rstrip()[-1:]
        return not before or before in "\"'«»“”،,([)" or before.isalnum() or MARKS.match(before) is not None

    def _is_led(self, index: int) -> bool:
        """Return whether what stands around a number makes it a year: brackets, an era, في, the name of an event."""
        atom = self.atoms[index]
        opening = self._text[max(0, atom.begin - 4) : atom.begin].rstrip()[-1:]
        if opening in tuple("([") and self._text[atom.end : atom.end + 4].lstrip()[:1] in tuple(")]"):
            return True
        if self._glued(index):
            return self._glued_to_name(index)
        before = self.word_before(index)
        free = self._free(index) or self._of_fair(index)
        era = self.era(index + 1)
        if era and (era.begin == atom.end or era.end - era.begin > 1):
            return True  # 2017م, but not 2000 م, which may be metres
        if not forms(before, "وبل").isdisjoint(listed("before_year")):
            return True
        if free and not forms(before, "وف").isdisjoint(listed("maybe_before_year")):
            return True
        known = before in listed("event_name") or before in listed("distant")
        clear = free or known or self._capitals(index) or self._begins_name(index)
        return clear and self.names_event(index)

    def names_event(self, index: int) -> bool:
        """Return whether a year ends the name of an event: GITEX 2012, the World Telecom Development Conference 2017."""
        before = self.word_before(index)
        if self._begins_name(index):
            return True
        if before in _event_words() or self._capitals(index):
            return before not in listed("numbered")
        prepositions = listed("maybe_before_year") | listed("before_year")
        alone = not self.word_after(index)
        most = (_NAME if alone else _CLAUSE) + (_LONG if self.atoms[index].value % ROUND else 0)
        for back in range(1, most):
            word = self.word_before(index, back)
            if not word or (back == 1 and word in prepositions):
                return False
            if not forms(word).isdisjoint(_event_words()):
                return True
        return False

    def _begins_name(self, index: int) -> bool:
        """Return whether the name of an event begins with a year: the 2017 conference."""
        led = self.word_before(index) in listed("definite") and self.atoms[index].value in _NAMING
        return led and self.word_after(index) in _event_words()

    def _of_fair(self, index: int) -> bool:
        """Return whether the name of a fair that is held each year ends with a number, and no round one: جيتكس 2013."""
        if not self.atoms[index].value % ROUND:
            return False
        words = takewhile(bool, (self.word_before(index, back) for back in range(1, _FAIR)))
        return any(forms(word) & listed("fair") for word in words)

    def _capitals(self, index: int) -> bool:
        """Return whether the word before is an abbreviation in capital letters."""
        first = self.reading.word_at(self.atoms[index].begin) - 1
        if first < 0 or self.reading.words[first] in listed("numbered"):
            return False
        start, end = self.reading.spans[first]
        return end - start > 2 and self._text[start:end].isascii() and self._text[start:end].isupper()

    def tamyiz(self, index: int) -> bool:
        """Return whether a noun with tanwin follows, as after a number that counts it: 2017 مشتركاً."""
        if self.word_after(index) in listed("after_year"):
            return False
        after = self.reading.word_at(self.atoms[index].end)
        if not self.word_after(index):
            return False
        start, end = self.reading.spans[after]
        return NUNATION in self._text[start : end + 1]

    def _free(self, index: int) -> bool:
        """Return whether the word after a number is none that could be counted by it."""
        after = self.word_after(index)
        if (
            not after
            or after in listed("after_year")
            or after.startswith(("ال", "بال", "وال", "لل", "ب", "و", "ل", "س", "ي"))
        ):
            return True
        return (
            after.isascii() and not after[0].isdigit() and not (after.endswith("s") and after not in ("was", "is", "has"))
        )
