"""People: a title or a verb of speech and a name, a role and a name, and the role that stands beside it."""

from __future__ import annotations

import re

from telecom_digest.facts.person import Found, Lists, closed, lists_of
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

__all__ = ["Found", "people"]

_LONGEST = 7  # words of a name
_LONGEST_ROLE = 18
_KNOWN_WORDS = 3  # words from which on a name goes on only with given names, where no title is before it
_CLITICS = frozenset("وفبلك")
_NUNATION = "\u064b"  # no name has it
_ROLE_GAP = re.compile(r"\s*[،,(–-]?\s*[\"«]?\Z")
_NAME_GAP = re.compile(r"[ \u00a0\n]+\Z|\.? ?\Z|-\Z")


def people(reading: Reading) -> list[Found]:
    """Return the people of a text in the order of their first mention, each once, under the fullest name."""
    found = _arabic(reading) if reading.language == "ar" else _english(reading)
    kept: list[Found] = []
    for person in found:
        words = _words(reading, person.name)
        same = next((i for i, other in enumerate(kept) if _same(words, _words(reading, other.name))), None)
        if same is None:
            kept.append(person)
        elif kept[same].role is None and person.role is not None:
            kept[same] = kept[same]._replace(role=person.role)
    return kept


def _words(reading: Reading, span: Span) -> list[str]:
    return reading.words[reading.word_at(span[0]) : reading.word_at(span[1])]


def _same(one: list[str], other: list[str]) -> bool:
    """One is the other without some of its words, the last of it at least: الغانم, محمد الغانم, محمد ناصر الغانم."""
    fewer, more = sorted((one, other), key=len)
    return bool(fewer) and set(fewer) <= set(more)


def _english(reading: Reading) -> list[Found]:
    from telecom_digest.facts.people_en import english  # only where a text is English

    return english(reading)


def _arabic(reading: Reading) -> list[Found]:
    lists = lists_of("ar")
    found: list[Found] = []
    after = 0
    introduced = {i + 1 for i in reading.where(_introduces) if i + 1 < len(reading.words)}
    for i in sorted(introduced.union(reading.where(_is_given))):
        starts = _name_starts(reading, i, lists) if i >= after else None
        if starts is None:
            continue
        cut, certain = starts
        last = _name_end(reading, i, lists, certain)
        if last - i >= 2:
            start, end = reading.spans[i][0] + cut, reading.spans[last - 1][1]
            role = _role_after(reading, last, lists) or _role_before(reading, i, lists)
            if certain or role or _likely(reading.words[i:last], cut, lists):
                found.append(Found((start, end), role, i))
                after = last
    return found


@remembered
def _introduces(word: str) -> bool:
    """A title or a verb of speech: a name may follow."""
    lists = lists_of("ar")
    return _titled(word, lists.titles) or word in lists.saying or word.removeprefix("و") in lists.saying


@remembered
def _is_given(word: str) -> bool:
    """A given name, with or without a letter attached."""
    given = lists_of("ar").given
    return word in given or word == "عبد" or (word[:1] in _CLITICS and word[1:] in given)


def _name_starts(reading: Reading, i: int, lists: Lists) -> tuple[int, bool] | None:
    """Return (attached letters, certain) if a name may begin at word `i`.

    It is a given name, or any word after a title, or after a verb of speech where a role follows.
    """
    word = reading.words[i]
    written = reading.text[slice(*reading.spans[i])]
    if not word.isalpha() or word.isascii() or word in lists.titles or _NUNATION in written:
        return None
    if written == "على" and not _followed_by_name(reading, i, lists):  # folded it is علي
        return None
    before = reading.words[i - 1] if i else ""
    close = i > 0 and _NAME_GAP.fullmatch(reading.gaps[i]) is not None
    if len(before) == 1 and reading.gaps[i][:1] != ".":  # a letter is a title only with its stop: د.
        before = ""
    if _is_given(word):
        return int(word not in lists.given and word != "عبد"), close and _titled(before, lists.titles)
    if not close or not _may_be_name(word, lists):
        return None
    said = before in lists.saying or before.removeprefix("و") in lists.saying
    return (0, True) if _titled(before, lists.titles) or (said and _comma_role(reading, i, lists)) else None


def _may_be_name(word: str, lists: Lists) -> bool:
    """A word that is no given name, but may begin a name where something says so."""
    if word in lists.stops or word in lists.never or word in lists.roles:
        return False
    return not word.startswith(("ال", "لل")) and not (word[:1] in ("و", "ل") and len(word) > 5)  # وينظم, لجائزة


def _followed_by_name(reading: Reading, i: int, lists: Lists) -> bool:
    return i + 1 < len(reading.words) and (reading.words[i + 1] in lists.given or reading.words[i + 1] in lists.parts)


def _likely(words: list[str], cut: int, lists: Lists) -> bool:
    """Words that may be a name without title or role: each known, but for a family name with the article.

    A first word that is also an ordinary one (عمر, كامل, على) must be followed by another given name.
    """
    known = lists.given | lists.parts
    plain = words[0][cut:] in exact_words("ar", ("given_ordinary",))
    following = words[1] in known or (words[1].startswith("ال") and not plain and len(words) == 2)
    return following and all(word in known or word.startswith("ال") for word in words[1:])


def _titled(word: str, titles: frozenset[str]) -> bool:
    return word in titles or word.lstrip("و") in titles or (word.startswith("لل") and f"ال{word[2:]}" in titles)


def _comma_role(reading: Reading, i: int, lists: Lists) -> bool:
    """Two to four plain words from `i`, then a role, with or without a comma."""
    for j in range(i + 1, min(i + 5, len(reading.words))):
        if reading.words[j] in lists.roles and _ROLE_GAP.match(reading.gaps[j]) and j - i >= 2:
            return True
        if reading.gaps[j].strip() or reading.words[j] in lists.stops or reading.words[j] in lists.never:
            return False
    return False


def _name_end(reading: Reading, i: int, lists: Lists, certain: bool) -> int:
    """Return the index after the last word of the name that begins at `i`."""
    j = i + 1
    family = False  # a word with the article closes a name, unless آل or بن goes on
    while j < len(reading.words) and j - i < _LONGEST:
        word = reading.words[j]
        if not _NAME_GAP.fullmatch(reading.gaps[j]) or not word.isalpha() or word.isascii():
            break
        if word in lists.parts or reading.words[j - 1] in lists.parts:
            if word in lists.stops and word not in lists.parts:
                break
            family = False
        elif family or _ends_name(reading, j, lists):
            break
        elif word.startswith("ال"):
            family = True
        elif not certain and word not in lists.given and j - i >= _KNOWN_WORDS:
            break
        j += 1
    while j - i > 1 and reading.words[j - 1] in lists.parts:
        j -= 1
    return j


def _ends_name(reading: Reading, j: int, lists: Lists) -> bool:
    """Word `j` is no part of a name: a particle, verb, role or title, or joined to the name by a letter."""
    word = reading.words[j]
    if word in lists.stops or word in lists.never or word in lists.roles or word in lists.titles:
        return True
    if word.startswith(("لل", "بال")) or reading.text[slice(*reading.spans[j])] == "على":
        return True
    core = word[1:] if word[:1] == "و" else ""
    return core in lists.given or core in lists.titles or core.startswith("ال")


def _role_after(reading: Reading, j: int, lists: Lists) -> Span | None:
    """Return the span of the role that begins at word `j`, right after a name, with or without a comma."""
    if j >= len(reading.words) or not _ROLE_GAP.match(reading.gaps[j]) or reading.words[j] not in lists.roles:
        return None
    last = _role_end(reading, j, lists)
    return reading.spans[j][0], closed(reading, j, last)


def _role_end(reading: Reading, j: int, lists: Lists) -> int:
    """Return the index after the last word of a role: at a sign, a verb, or what a role does not go on past."""
    ends = exact_words(reading.language, ("role_stops",)) | lists.saying
    k = j + 1
    while k < len(reading.words) and k - j < _LONGEST_ROLE:
        gap, word = reading.gaps[k], reading.words[k]
        signs = gap.strip()
        if signs and (signs.strip("\"«»()-– '") or "\n" in gap):
            joined = signs.strip('"«»() ') in ("،", ",") and (word.removeprefix("و") in lists.roles and word[:1] == "و")
            if not joined:
                break
        if word in ends or (word[:1] == "و" and (word[1:] in ends or word[1:] in lists.titles or word[1:] in lists.given)):
            break
        k += 1
    return k


def _role_before(reading: Reading, i: int, lists: Lists) -> Span | None:
    """Return the role that ends right before the name at word `i`, titles between them passed over."""
    last = i
    while last > 0 and _titled(reading.words[last - 1], lists.titles) and reading.words[last - 1] not in lists.roles:
        last -= 1
    first = None
    for j in range(last - 1, max(-1, last - 9), -1):
        word = reading.words[j]
        if reading.gaps[j + 1].strip(" \"«»()'"):
            break
        if word in lists.roles or word.removeprefix("و") in lists.roles:
            first = j
        elif word in lists.saying or word in exact_words("ar", ("role_stops",)):
            break
    if first is None:
        return None
    cut = 1 if reading.words[first][:1] == "و" and reading.words[first] not in lists.roles else 0
    return reading.spans[first][0] + cut, reading.spans[last - 1][1]
