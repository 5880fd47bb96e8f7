"""Arabic letters: what they are written as, and the form in which words are compared.

Nothing made here is shown, except `letters`, which puts letters stored by shape back to letters. The only module that
imports camel-tools: its maps for presentation forms, alef, ya and ta marbuta are the field's usual ones.
"""

from __future__ import annotations

import re
from functools import cache

from telecom_digest import resources
from telecom_digest.memo import remembered

NUNATION = "\u064b"
"""The ending of an indefinite accusative: no name has it."""
MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]+")
"""Vowel marks and the elongation stroke: they carry no letter."""

FRAGILE = "أإآؤئءةى"
"""The letters that a single-byte accident takes away, with all digits and punctuation (the first seed document)."""

_WITHOUT_FRAGILE = str.maketrans("", "", FRAGILE)
_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

# Light10 of Larkey, Ballesteros and Connell (2007), "Light stemming for Arabic information retrieval", with the
# prepositions that fuse with the article added (لل), on folded letters. Long affixes first.
_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def letters(text: str) -> str:
    """Return `text` with presentation forms (ﻣﺮﺣﺒﺎ, ﻻ) as the letters they are shapes of."""
    from camel_tools.utils.normalize import normalize_unicode

    return str(normalize_unicode(text))


def _made() -> list[tuple[str, str]]:
    """Return the letters that camel-tools maps to others, one to one, with theirs, and the digits.

    Replacing the few that a text has is several times faster than mapping each of its characters.
    """
    from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar

    letters = "".join(map(chr, range(0x621, 0x700)))
    folded = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(letters)))
    changed = [(one, other) for one, other in zip(letters, folded, strict=True) if one != other]
    return changed + [(sign, str(i % 10)) for i, sign in enumerate(_DIGITS)]


FOLDING = resources.Table("folding", (), _made)
_folding = cache(FOLDING.get)


def fold(text: str, *, marks: bool = False) -> str:
    """Return `text` with one alef, ya for alef maqsura, ha for ta marbuta and ASCII digits.

    Args:
        marks: keep the marks, and with them the place of every letter; else they go.
    """
    folded = text if marks else MARKS.sub("", text)
    for one, other in _folding():
        if one in folded:
            folded = folded.replace(one, other)
    return folded


def skeleton(text: str) -> str:
    """Return `text` without marks and without the letters of `FRAGILE`: what a stripped text has left of it."""
    return MARKS.sub("", text).translate(_WITHOUT_FRAGILE)


@remembered
def word_skeleton(word: str) -> str:
    """As `skeleton`, of one word, remembered."""
    return skeleton(word)


@remembered
def key(word: str) -> str:
    """Return the matching form of a folded word: no article, conjunction, or inflectional ending."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= (2 if len(prefix) > 1 else 3):
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word
