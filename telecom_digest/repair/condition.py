"""What was lost from a text, decided from its letters and signs alone. The model is not asked, so this costs little."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from telecom_digest.language import lexicon
from telecom_digest.model import Condition

_LETTERS = re.compile(r"[\u0621-\u064a]+")
_ENDS = re.compile(r"[.!?؟…۔\n]")
_SIGNS = re.compile(r"[.!?؟…۔،؛:,;]")
_DIGITS = re.compile(r"\d")

# Letters that are lost together, and how many of 1,000 letters they are in 31,000 intact news articles.
_GROUPS = (("أإآ", 29.4), ("ؤئ", 5.7), ("ء", 3.2), ("ة", 34.2), ("ى", 8.7))
_EXPECTED = 6.0  # of the absent groups together, before absence says anything: one intact article in 1,000 has as many
_PRESENT = 0.05  # share of the expected number up to which a group counts as absent
_FINAL_HA_SHARE = 0.1  # of words: 12 to 20 in 100 end in ه where ta marbuta is written so, else at most 7
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
    letters = _lost_letters(text) if language == "ar" else ""
    replaced, deleted = _witnesses(text, letters) if letters else (0, 0)
    if replaced > deleted:
        # alef without its hamza alone, or one form of final ya, is how many write: nothing is lost
        return Diagnosis(letters, True, ends) if "ة" in letters else Diagnosis(ends=ends)
    if not deleted and not set("أة") <= set(letters):
        return Diagnosis(ends=ends)  # a rare letter that the text had no need of
    figures = set("أةى") <= set(letters) and not _DIGITS.search(text)
    return Diagnosis(letters, ends=ends, figures=figures)


def _lost_letters(text: str) -> str:
    """Return the letters of the groups that are absent, if so many were to be expected that this is no chance."""
    letters = sum(map(len, _LETTERS.findall(text)))
    absent = [
        (group, share * letters / 1000)
        for group, share in _GROUPS
        if sum(map(text.count, group)) <= _PRESENT * share * letters / 1000
    ]
    enough = sum(expected for _, expected in absent) >= _EXPECTED
    return "".join(group for group, _ in absent) if enough else ""


def _witnesses(text: str, lost: str) -> tuple[int, int]:
    """Return how many words tell that the lost letters were written as others (أن as ان), and that they were deleted (ن).

    They are words that every text has, listed in data/words/ar.yaml, and final ه, which few words end in otherwise.
    """
    words = Counter(_LETTERS.findall(text))
    replace = str.maketrans({letter: other for letter, other in REPLACED.items() if letter in lost})
    delete = str.maketrans("", "", lost)
    common = [word for word in lexicon("ar").lists["common_fragile"] if word.translate(delete) != word]
    replaced = {word.translate(replace) for word in common}
    deleted = {word.translate(delete) for word in common} - replaced
    final = sum(count for word, count in words.items() if word.endswith("ه")) - _FINAL_HA_SHARE * words.total()
    more = round(max(0.0, final)) if "ة" in lost else 0
    return sum(words[word] for word in replaced) + more, sum(words[word] for word in deleted)


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
