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

# Of the letters of 160 intact news items 4.5 to 11.5 in 100 are fragile. Text with its letters folded (ا ه ي for أ ة ى)
# has hardly any either, but 12 to 20 in 100 of its words end in ه, and of the words of stripped text at most 7.
_FRAGILE_SHARE = 0.01
_FINAL_HA_SHARE = 0.1
_FEW_LETTERS = 60  # below this many a share says little
_LONGEST_WITHOUT_END = 80  # words; the longest news sentences seen have fewer


def diagnose(text: str, language: str) -> Condition:
    """Return the condition of `text` by its letters and its sentence ends.

    A text is "stripped" when hardly one of its letters is fragile, and "unpunctuated" when it runs on for longer than
    sentences do. Neither is said of a text too short to tell.
    """
    if language == "ar":
        found = _LETTERS.findall(text)
        letters = sum(map(len, found))
        fragile = sum(map(text.count, FRAGILE))
        if letters >= _FEW_LETTERS and fragile < _FRAGILE_SHARE * letters:
            folded = sum(word.endswith("ه") for word in found) > _FINAL_HA_SHARE * len(found)
            if not folded:
                return "stripped"
    words = text.count(" ") + 1
    ends = len(_ENDS.findall(text.rstrip(".!?؟…۔ \n")))
    return "unpunctuated" if words > _LONGEST_WITHOUT_END * (ends + 1) else "intact"
