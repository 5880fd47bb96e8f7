"""What was lost from a text: its condition, decided from the text itself.

Restoring what was lost is the work of a learned model that this room will hold; until it does, a damaged text is shown
as it came and said to be damaged.
"""

from __future__ import annotations

import re

from telecom_digest.arabic import FRAGILE
from telecom_digest.model import Condition

_LETTERS = re.compile(r"[\u0621-\u064a]+")
_ENDS = re.compile(r"[.!?؟…۔\n]")

# Of the letters of intact news, 9 to 12 in 100 are fragile, also in short items; alef-folded text still has ة and ى.
_FRAGILE_SHARE = 0.01
_FEW_LETTERS = 60  # below this many a share says little
_LONGEST_WITHOUT_END = 80  # words; the longest news sentences seen have fewer


def diagnose(text: str, language: str) -> Condition:
    """Return the condition of `text` by its letters and its sentence ends.

    A text is "stripped" when hardly one of its letters is fragile, and "unpunctuated" when it runs on for longer than
    sentences do. Neither is said of a text too short to tell.
    """
    if language == "ar":
        letters = sum(map(len, _LETTERS.findall(text)))
        fragile = sum(map(text.count, FRAGILE))
        if letters >= _FEW_LETTERS and fragile < _FRAGILE_SHARE * letters:
            return "stripped"
    words = text.count(" ") + 1
    ends = len(_ENDS.findall(text.rstrip(".!?؟…۔ \n")))
    return "unpunctuated" if words > _LONGEST_WITHOUT_END * (ends + 1) else "intact"
