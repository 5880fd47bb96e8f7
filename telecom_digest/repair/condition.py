"""What was lost from a text, decided from its letters and signs alone. The model is not asked, so this costs little."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from telecom_digest.arabic import FRAGILE, MARKS
from telecom_digest.language import lexicon
from telecom_digest.model import Condition

_WORD = re.compile(r"[\u0621-\u065f\u0670]+")  # with its marks
_ENDS = re.compile(r"[.!?؟…۔\n]")
_SIGNS = re.compile(r"[.!?؟…۔،؛:,;]")
_FRAGILE = re.compile(f"[{FRAGILE}]")
_DIGITS = re.compile(r"\d")

# Letters that are lost together, and how many of 1,000 letters they are in 31,000 intact news articles.
_GROUPS = (("أإآ", 29.4), ("ؤئ", 5.7), ("ء", 3.2), ("ة", 34.2), ("ى", 8.7))
_EXPECTED = 6.0  # of the absent groups together, before absence says anything: one intact article in 1,000 has as many
_PRESENT = 0.05  # share of the expected number up to which a group counts as absent
_STRETCH = 40  # words in a row without a fragile letter; in intact text one word in three has one
_DECISIVE = 3  # times as many witnesses for as against
_FINAL_HA_SHARE = 0.1  # of words: 12 to 20 in 100 end in ه where ta marbuta is written so, else at most 7
_LONGEST_WITHOUT_END = 80  # words; the longest news sentences seen have fewer
_LONGEST_WITHOUT_SIGN = 25

REPLACED = {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"}
"""What a letter is written as where letters are folded."""


class Diagnosis(NamedTuple):
    """What a text has lost.

    Attributes:
        deleted, replaced: of FRAGILE, the letters that are gone, and those that are written as others (REPLACED).
        ends: sentence ends are gone.
        figures: all digits are gone.
        stretches: spans of the text that have lost them, or none where the whole text has.
    """

    deleted: str = ""
    replaced: str = ""
    ends: bool = False
    figures: bool = False
    stretches: tuple[tuple[int, int], ...] = ()

    @property
    def condition(self) -> Condition:
        if not self.deleted:
            return "folded" if self.replaced else "unpunctuated" if self.ends else "intact"
        whole = not self.replaced and not self.stretches
        return "stripped" if whole and set("أةى") <= set(self.deleted) else "partial"


INTACT = Diagnosis()


def diagnose(text: str, language: str) -> Diagnosis:
    """Return what was lost from `text`. Nothing is said of a text too short to tell."""
    ends = _lost_ends(text, language)
    if language != "ar":
        return Diagnosis(ends=ends)
    deleted, replaced = _lost_letters(text)
    if not deleted and not replaced:
        stretches = tuple(_bare_stretches(text))
        if stretches:
            signs = any(_SIGNS.search(text, start, end) for start, end in stretches)
            return Diagnosis(FRAGILE, "", ends or not signs, False, stretches)
    figures = set("أةى") <= set(deleted) and ends and not _DIGITS.search(text)
    return Diagnosis(deleted, replaced, ends, figures)


def _lost_letters(text: str) -> tuple[str, str]:
    """Return the letters that were deleted, and those that were replaced.

    A group is lost if it is absent and so many of the absent ones were to be expected that this is no chance.
    """
    counted = [(group, share, sum(map(text.count, group))) for group, share in _GROUPS]
    if not any(count <= _PRESENT * share * len(text) / 1000 for _, share, count in counted):
        return "", ""  # as nearly always; no more letters than characters
    words = Counter(_WORD.findall(MARKS.sub("", text)))
    letters = sum(len(word) * count for word, count in words.items())
    absent = [
        (group, share * letters / 1000) for group, share, count in counted if count <= _PRESENT * share * letters / 1000
    ]
    if sum(expected for _, expected in absent) < _EXPECTED:
        return "", ""
    lost = "".join(group for group, _ in absent)
    as_whole = _witnesses(words, lost, lost)
    deleted = replaced = ""
    for group, _ in absent:
        votes = _witnesses(words, lost, group)
        # where all are lost one accident took them all; a writer's alef without hamza (ان) does not speak against it
        decisive = len(absent) < len(_GROUPS) and max(votes) >= _DECISIVE * (min(votes) + 1)
        told = votes if decisive else as_whole
        if told[0] > told[1]:
            replaced += group
        else:
            deleted += group
    # alef without its hamza, or one form of final ya, is how many write: nothing is lost. Nor need a rare letter be lost
    # that no word seems to lack
    if "ة" not in replaced:
        replaced = ""
    if not as_whole[1] and not set("أة") <= set(deleted):
        deleted = ""
    return deleted, replaced


def _witnesses(words: Counter[str], lost: str, group: str) -> tuple[int, int]:
    """Return how many words tell that the letters of `group` were written as others (أن as ان), or deleted (as ن).

    They are words that every text has, listed in data/words/ar.yaml, and final ه, which few words end in otherwise.
    """
    replace = str.maketrans({letter: other for letter, other in REPLACED.items() if letter in lost})
    delete = str.maketrans("", "", lost)
    common = [word for word in lexicon("ar")["common_fragile"] if set(word) & set(group)]
    if group != lost:  # of a group alone only words without the others tell
        common = [word for word in common if not set(word) & (set(lost) - set(group))]
    replaced = {word.translate(replace) for word in common}
    deleted = {word.translate(delete) for word in common} - replaced
    final = sum(count for word, count in words.items() if word.endswith("ه")) - _FINAL_HA_SHARE * words.total()
    more = round(max(0.0, final)) if "ة" in group else 0
    return sum(words[word] for word in replaced) + more, sum(words[word] for word in deleted)


def _bare_stretches(text: str) -> list[tuple[int, int]]:
    """Return the spans of many words in a row without a fragile letter: part of the text was stripped."""
    if max(map(len, _FRAGILE.split(text))) < 2 * _STRETCH:  # as nearly always; a word and its space are two at least
        return []
    found = []
    fragile = set(FRAGILE)
    for bare, group in groupby(_WORD.finditer(text), key=lambda match: fragile.isdisjoint(match[0])):
        if bare:
            words = list(group)
            if len(words) >= _STRETCH:
                replaced, deleted = _witnesses(Counter(MARKS.sub("", match[0]) for match in words), FRAGILE, FRAGILE)
                if deleted >= _DECISIVE * (replaced + 1):
                    found.append((words[0].start(), words[-1].end()))
    return found


def _lost_ends(text: str, language: str) -> bool:
    words = text.count(" ") + text.count("\n") + 1
    ends = len(_ENDS.findall(text.rstrip(".!?؟…۔ \n")))
    if words > _LONGEST_WITHOUT_END * (ends + 1):
        return True
    if language != "ar" or words < _LONGEST_WITHOUT_SIGN or _SIGNS.search(text):
        return False
    return any(line.count(" ") >= _LONGEST_WITHOUT_SIGN for line in text.split("\n"))
