"""What was lost from a text, decided from its letters and signs alone. The model is not asked, so this costs little."""

from __future__ import annotations

import re
from typing import NamedTuple

from telecom_digest.arabic import FRAGILE
from telecom_digest.language import exact_words, lexicon
from telecom_digest.model import Condition

_LETTERS = re.compile(r"[\u0621-\u064a]+")
_ENDS = re.compile(r"[.!?؟…۔\n]")
_SIGNS = re.compile(r"[.!?؟…۔،؛:,;]")
_DIGITS = re.compile(r"\d")

# Letters that are lost together, and how many of 1,000 letters they are in 31,000 intact news articles.
_GROUPS = (("أإآ", 29.0), ("ؤئء", 8.9), ("ة", 34.0), ("ى", 8.7))
_EXPECTED = 8.0  # of a group, before its absence says anything: one intact article in 1,000 has none even so
_PRESENT = 0.05  # share of the expected number up to which a group counts as absent
_FRAGILE_SHARE = 0.01  # of all letters; intact news has 0.045 to 0.115
_FEW_LETTERS = 80  # below this many the share says little
_FINAL_HA_SHARE = 0.1  # of words: 12 to 20 in 100 where ta marbuta is written ه, at most 7 where it is deleted
_LONGEST_WITHOUT_END = 80  # words; the longest news sentences seen have fewer
_LONGEST_WITHOUT_SIGN = 25


class Diagnosis(NamedTuple):
    """What a text has lost: `letters` of FRAGILE, `replaced` by others or deleted; its sentence ends; its figures."""

    letters: str = ""
    replaced: bool = False
    ends: bool = False
    figures: bool = False

    @property
    def condition(self) -> Condition:
        if not self.letters:
            return "unpunctuated" if self.ends else "intact"
        if self.replaced:
            return "folded"
        return "stripped" if set("أةى") <= set(self.letters) else "partial"


INTACT = Diagnosis()


def diagnose(text: str, language: str) -> Diagnosis:
    """Return what was lost from `text`. Nothing is said of a text too short to tell."""
    ends = _lost_ends(text, language)
    if language != "ar":
        return Diagnosis(ends=ends)
    letters = _lost_letters(text)
    replaced = bool(letters) and _are_replaced(text, letters)
    stripped = not replaced and set("أةى") <= set(letters)
    return Diagnosis(letters, replaced, ends, stripped and not _DIGITS.search(text))


def _lost_letters(text: str) -> str:
    found = _LETTERS.findall(text)
    letters = sum(map(len, found))
    counts = {letter: text.count(letter) for letter in FRAGILE}
    if letters >= _FEW_LETTERS and sum(counts.values()) < _FRAGILE_SHARE * letters:
        return FRAGILE
    lost = ""
    for group, share in _GROUPS:
        expected = share * letters / 1000
        if expected >= _EXPECTED and sum(counts[letter] for letter in group) <= _PRESENT * expected:
            lost += group
    return lost


def _are_replaced(text: str, lost: str) -> bool:
    """Return whether the lost letters were written as others (أن as ان) and not deleted (as ن).

    Told by words that every text has, which are in data/words/ar.yaml: both of their forms are counted.
    """
    words = _LETTERS.findall(text)
    if "ة" in lost and sum(word.endswith("ه") for word in words) > _FINAL_HA_SHARE * len(words):
        return True
    replace = str.maketrans({letter: other for letter, other in REPLACED.items() if letter in lost})
    delete = str.maketrans("", "", lost)
    common = [word for word in lexicon("ar")["common_fragile"] if word.translate(delete) != word]
    counted = {word: 0 for word in words}
    for word in words:
        counted[word] += 1
    replaced = {word.translate(replace) for word in common}
    deleted = {word.translate(delete) for word in common} - replaced
    return sum(counted.get(word, 0) for word in replaced) > sum(counted.get(word, 0) for word in deleted)


REPLACED = {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"}
"""What a letter is written as where letters are folded."""


def _lost_ends(text: str, language: str) -> bool:
    words = text.count(" ") + text.count("\n") + 1
    ends = len(_ENDS.findall(text.rstrip(".!?؟…۔ \n")))
    if words > _LONGEST_WITHOUT_END * (ends + 1):
        return True
    if language != "ar" or words < _LONGEST_WITHOUT_SIGN or _SIGNS.search(text):
        return False
    return any(line.count(" ") >= _LONGEST_WITHOUT_SIGN for line in text.split("\n"))
