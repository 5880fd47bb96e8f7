"""What a person is in an Arabic text: the role that stands after the name or before it, and where it ends."""

from __future__ import annotations

import re
from functools import cache

from telecom_digest.arabic import NUNATION
from telecom_digest.facts import phrase
from telecom_digest.facts.person import closed, lists_of
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

_LONGEST = 18
_LONGEST_BEFORE = 9  # words of a role that stands before the name
_QUOTED = 6  # words: what opens and does not close within them is speech
_GAP = re.compile(r"\s*[،,(–-]?\s*[\"«]?\Z")
_OPENS = re.compile(r"\s+[\"«“»]\s*\Z")
_CLOSES = re.compile(r"[\"«»”]")
_INSIDE = "\"«»“”()-–' \u00a0"  # signs that a role goes on past
_DEFINITE = ("ال", "لل", "وال", "ولل", "بال")
_ABOUT = frozenset(["علي", "الي", "عن", "مع"])  # folded: what follows the object of a verb
_JOINED = ("و", "ل", "ب", "ف", "ك")


@remembered
def heads_role(word: str) -> bool:
    """A role may begin with the word: as listed, or the listed one with the article, feminine or as a predicate (مديرا)."""
    lists = lists_of("ar")
    if word in lists.roles:
        return True
    core = word.removeprefix("ال")
    if word in lists.titles or core in phrase.body_heads("ar"):  # مؤسسة is no feminine of مؤسس
        return False
    heads = _heads()
    return core in heads or (core[-1:] in ("ه", "ا") and core[-2:] not in ("يه", "ها") and core[:-1] in heads)


@cache
def _heads() -> frozenset[str]:
    """Return what begins a role in any form."""
    return exact_words("ar", ("roles", "role_heads")) - exact_words("ar", ("role_unchanged",))


@remembered
def titled(word: str) -> bool:
    """A title, with or without "and" or "to"."""
    titles = lists_of("ar").titles
    return word in titles or word.lstrip("و") in titles or (word.startswith("لل") and f"ال{word[2:]}" in titles)


@cache
def _ends() -> frozenset[str]:
    """Return what no role goes on past: verbs, and what begins another part of the sentence."""
    return exact_words("ar", ("role_stops", "verbs", "speech", "past", "assertions", "reports", "saying", "announcing"))


def role_after(reading: Reading, j: int) -> Span | None:
    """Return the role that begins at word `j`, right after a name, with or without a comma, or after where one is from."""
    words = reading.words
    if j + 2 < len(words) and words[j] == "من" and (reading.gaps[j + 2].strip() or _nunated(reading, j + 2)):
        j += 2  # من الكويت نائبا للرئيسة; من لبنان، مديرة
    if j >= len(words) or not _GAP.match(reading.gaps[j]) or not heads_role(words[j]):
        return None
    if words[j] == "كبيره" and not reading.gaps[j].strip():  # an adjective: أهمية كبيرة
        return None
    if not reading.gaps[j].strip() and _is_object(reading, j):
        return None
    return reading.spans[j][0], closed(reading, j, _role_end(reading, j))


def _is_object(reading: Reading, j: int) -> bool:
    """The title at word `j` is no role of the name before it: شكر زياد الوزير على دعمه."""
    if reading.words[j] not in lists_of("ar").titles:
        return False
    following = reading.words[j + 1] if j + 1 < len(reading.words) and not reading.gaps[j + 1].strip() else ""
    plain = reading.words[j] in exact_words("ar", ("plain_titles",))
    return (plain and following in _ABOUT) or _titles_name(reading, j)


def _titles_name(reading: Reading, j: int) -> bool:
    """A given name follows the title at word `j`, at once or after an adjective: السفير الأمريكي جيمس."""
    words, gaps, given = reading.words, reading.gaps, lists_of("ar").given
    for k in range(j + 1, min(j + 3, len(words))):
        if gaps[k].strip():
            return False
        if words[k] in given:
            return True
        if not _has_article(words[k]):
            return False
    return False


def _nunated(reading: Reading, k: int) -> bool:
    return NUNATION in reading.written(k)


def _role_end(reading: Reading, j: int) -> int:
    """Return the index after the last word of a role, no preposition left at its end."""
    k = j + 1
    while k < len(reading.words) and k - j < _LONGEST and not _sign_ends(reading, k) and not _word_ends(reading, j, k):
        k += 1
    while k - 1 > j and reading.words[k - 1] in exact_words("ar", ("role_prepositions",)):
        k -= 1
    return k


def _sign_ends(reading: Reading, k: int) -> bool:
    """A sign before word `k` ends a role, but for a comma before "and" and another role, and quotation marks of a name."""
    gap = reading.gaps[k]
    if "\n" in gap:
        return True
    signs = gap.strip().strip(_INSIDE)
    if signs:
        word = reading.words[k]
        return not (signs in ("،", ",") and word[:1] == "و" and heads_role(word[1:]))
    return bool(_OPENS.match(gap)) and not any(map(_CLOSES.search, reading.gaps[k + 1 : k + 1 + _QUOTED]))


def _word_ends(reading: Reading, j: int, k: int) -> bool:
    """Word `k` is no more of the role that begins at `j`."""
    words, word, ends = reading.words, reading.words[k], _ends()
    lists = lists_of("ar")
    core = word[1:] if word[:1] in ("و", "ف") else ""
    if word == "علي" and heads_role(words[k - 1].removeprefix("و")):  # المشرفة على التقرير
        return False
    if word in ends or core in ends or core in lists.titles or core in lists.given:
        return not heads_role(word)
    following = words[k + 1] if k + 1 < len(words) else ""
    if word == "في" and _begins_event(following):
        return True
    if word.startswith("بال") and not _place_of_office(word[3:]):  # بالحضور, بافتتاح; not بالهيئة
        return True
    if _nunated(reading, k):  # its object; رئيسا تنفيذيا has it throughout
        return not (_nunated(reading, j) and k - j < 3) and word not in exact_words("ar", ("role_adverbs",))
    another = _begins_phrase(word) or (word in lists.titles and _titles_name(reading, k))
    return another and not reading.gaps[k].strip() and _has_article(words[k - 1])


def _has_article(word: str) -> bool:
    return word.startswith(_DEFINITE) and len(word) > 3


@remembered
def _begins_event(word: str) -> bool:
    """After "in": where the person speaks or acts, not an office. كلمته and دورته as well, by their suffix."""
    return word in exact_words("ar", ("role_breaks",)) or word.endswith(("ته", "تها", "هم"))


@remembered
def _place_of_office(word: str) -> bool:
    """After بال: a body, a place, or the manner of holding an office (بالنيابة)."""
    heads = phrase.body_heads("ar") | exact_words("ar", ("role_manners",))
    return word in heads or word in phrase.places() or f"ال{word}" in phrase.places()


@remembered
def _begins_phrase(word: str) -> bool:
    """After a word with the article: one without it that continues no role begins something else, the object mostly."""
    if word.startswith((*_DEFINITE, *_JOINED)) or word.isascii() or not word.isalpha() or heads_role(word):
        return False
    through = exact_words("ar", ("role_prepositions", "role_through", "brands"))
    return word not in through and word not in phrase.places() and word not in phrase.body_heads("ar")


def role_before(reading: Reading, i: int, least: int) -> Span | None:
    """Return the role that ends right before the name at word `i`, titles between them passed over.

    A comma may part them: وقالت رئيسة اللجنة، الدكتورة منى سالم.

    Args:
        least: where in the text it begins at the earliest.
    """
    words, gaps = reading.words, reading.gaps
    last = i
    while last > 0 and titled(words[last - 1]) and words[last - 1] not in lists_of("ar").roles:
        last -= 1
        if gaps[last].strip(_INSIDE):
            break
    comma = gaps[last].strip(_INSIDE)
    if comma and (comma not in ("،", ",") or words[last][:1] == "و" or "\n" in gaps[last]):
        return None
    first = None
    for j in range(last - 1, max(-1, last - 1 - _LONGEST_BEFORE), -1):
        word = words[j]
        if reading.spans[j][0] < least:
            break
        if j < last - 1 and (gaps[j + 1].strip(_INSIDE) or gaps[j + 1].count("\n") > 1):
            break
        described = j == last - 2 and word in lists_of("ar").titles and word[2:] in _heads()  # السفير الأمريكي
        if heads_role(word) or described or (word[:1] == "و" and heads_role(word[1:])):
            first = j
        elif word in _ends() or (word[:1] in ("و", "ف") and word[1:] in _ends()):
            break
    if first is None:
        return None
    cut = int(words[first][:1] == "و" and heads_role(words[first][1:]) and not heads_role(words[first]))
    return reading.spans[first][0] + cut, reading.spans[last - 1][1]
