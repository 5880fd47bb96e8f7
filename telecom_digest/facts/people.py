"""People: a title or a verb of speech and a name, a role and a name, and the role that stands beside it."""

from __future__ import annotations

import re

from telecom_digest.arabic import NUNATION
from telecom_digest.facts.person import Found, Lists, lists_of, says, tells
from telecom_digest.facts.reading import Reading
from telecom_digest.facts.role import heads_role, role_after, role_before, titled
from telecom_digest.language import exact_words
from telecom_digest.memo import remembered

__all__ = ["Found", "people"]

_LONGEST = 7  # words of a name
_SPEECH = 2  # what `_evidence` says of a verb of speech
_KNOWN_WORDS = 2  # of a name that may be any; later ones are given names, or the last
_CLITICS = frozenset("وفبلك")
_OTHERWISE = frozenset(["على", "الآن", "الان"])  # folded they are names: علي, آلان
_NAME_GAP = re.compile(r"[ \u00a0\n]*\Z|-\Z")
_LETTER_GAP = re.compile(r"[ \u00a0\n]*\Z|-\Z|\. ?\Z")  # after a letter: د. منى
_NO_NAME = ("لل", "بال", "كال", "فال", "وال", "لت", "لك", "لاست", "بته", "بمع")  # a letter joined to a word, no name
_SUFFIXES = ("ها", "هم", "هما", "ته")


def people(reading: Reading) -> list[Found]:
    """Return the people of a text in the order of their first mention, each once, under the fullest name."""
    found = _arabic(reading) if reading.language == "ar" else _english(reading)
    kept: list[Found] = []
    for person in found:
        words = _words(reading, person)
        same = next((i for i, other in enumerate(kept) if _same(words, _words(reading, other))), None)
        if same is None:
            kept.append(person)
        elif len(words) > len(_words(reading, kept[same])):
            kept[same] = person._replace(role=person.role or kept[same].role)
        elif kept[same].role is None:
            kept[same] = kept[same]._replace(role=person.role)
    return kept


def _words(reading: Reading, person: Found) -> list[str]:
    """Return the words of a name, without a letter joined to the first."""
    words = reading.words[person.first : reading.word_at(person.name[1])]
    return [words[0][person.name[0] - reading.spans[person.first][0] :], *words[1:]]


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
    taken = 0  # where the last person and role end: no second one has it
    introduced = {i + 1 for i in reading.where(_introduces) if i + 1 < len(reading.words)}
    for i in sorted(introduced.union(reading.where(_is_given))):
        starts = _name_starts(reading, i, lists) if i >= after else None
        if starts is None:
            continue
        cut, certain = starts
        last = _name_end(reading, i, lists, certain)
        if last - i >= 2:
            name = reading.spans[i][0] + cut, reading.spans[last - 1][1]
            role = role_after(reading, last) or role_before(reading, i, taken)
            if certain or role or _likely(reading.words[i:last], cut, lists, _evidence(reading, i, taken)):
                found.append(Found(name, role, i))
                after, taken = last, max(name[1], role[1] if role else 0)
    return found


@remembered
def _introduces(word: str) -> bool:
    """A title or a verb of speech: a name may follow."""
    return titled(word) or says(word)


def _evidence(reading: Reading, i: int, taken: int) -> int:
    """Say how sure a person is at word `i` by what stands before: 2 after a verb of speech, 1 after another, or none.

    "And" joins one to the person or role that ends at `taken`: حضر ماجد سالم وعمر كامل.
    """
    before = reading.words[i - 1] if i and _joins(reading, i) else ""
    joined = i > 0 and reading.spans[i - 1][1] == taken and reading.words[i][0] == "و"
    return _SPEECH if tells(before) else int(joined or says(before))


def _joins(reading: Reading, j: int) -> bool:
    """What stands before word `j` may stand in a name: a full stop only after a letter."""
    if reading.gaps[j] == " ":
        return True
    letter = j > 0 and len(reading.words[j - 1].removeprefix("و")) == 1
    return (_LETTER_GAP if letter else _NAME_GAP).fullmatch(reading.gaps[j]) is not None


@remembered
def _is_given(word: str) -> bool:
    """A given name, with or without a letter attached."""
    given = lists_of("ar").given
    if word in given or word == "عبد":
        return True
    return word[:1] in _CLITICS and word[1:] in given and not heads_role(word)  # ولي عهد


def _name_starts(reading: Reading, i: int, lists: Lists) -> tuple[int, bool] | None:
    """Return (attached letters, certain) if a name may begin at word `i`.

    It is a given name, or any word after a title, or after a verb of speech where a role follows.
    """
    word, written = reading.words[i], reading.written(i)
    if not word.isalpha() or word.isascii() or word in lists.titles or NUNATION in written:
        return None
    close = i > 0 and _joins(reading, i)
    before = _before(reading, i)
    after_title = close and titled(before)
    plain = before.removeprefix("و") in exact_words("ar", ("plain_titles",))  # الوزير, الرئيس: their object may follow
    if written.removeprefix("و").removeprefix("ف") in _OTHERWISE and (plain or not after_title):
        return None
    if _is_given(word):
        sure = _named(word, lists) and not (after_title and written in _OTHERWISE)
        if not sure and not _goes_on(reading, i + 1, lists, after_title=after_title):
            return None
        return int(word not in lists.given and word != "عبد"), after_title
    named = close and _may_be_name(word, written, lists)
    role = (after_title or tells(before)) and _comma_role(reading, i, lists)
    return (0, True) if named and ((after_title and not plain) or role) else None


def _before(reading: Reading, i: int) -> str:
    """Return the word before word `i`; a letter is one, a title, only with its stop: د."""
    before = reading.words[i - 1] if i else ""
    return "" if len(before) == 1 and reading.gaps[i][:1] != "." else before


def _named(word: str, lists: Lists) -> bool:
    """A given name, with or without a letter attached, that is not also a brand's: زين."""
    return (word if word in lists.given else word[1:]) not in exact_words("ar", ("brands",))


def _goes_on(reading: Reading, j: int, lists: Lists, *, after_title: bool) -> bool:
    """Word `j` makes a given name of the one before, which may be another thing: زين الدين, and الدكتور زين محمد."""
    word = reading.words[j] if j < len(reading.words) else ""
    return _closes_given(word) or (after_title and _family_follows(word, lists))


def _may_be_name(word: str, written: str, lists: Lists) -> bool:
    """A word that is no given name, but may begin a name where something says so."""
    if word in lists.stops or word in lists.never or heads_role(word):
        return False
    if written.startswith("ال"):  # not إلهام, which is the same folded
        return word in exact_words("ar", ("given_with_article",))
    return not word.startswith(_NO_NAME) and not (word[:1] in ("و", "ل") and len(word) > 5)  # وينظم, لجائزة


def _likely(words: list[str], cut: int, lists: Lists, told: int) -> bool:
    """Words that may be a name without title or role: each known, but for a family name with the article.

    A first word that is also an ordinary one (عمر, كامل, على) must be followed by another given name, one of two that is
    none, or a verb of speech or attendance must stand before them.

    Args:
        told: as `_evidence` has it.
    """
    known, ordinary = lists.given | lists.parts, exact_words("ar", ("given_ordinary",))
    if words[0][cut:] == "عبد" and words[1].startswith("ال"):
        return len(words) > 2 and all(word in known or word.startswith("ال") for word in words[2:])
    plain = words[0][cut:] in ordinary and told < _SPEECH
    family = not plain and words[1].startswith("ال") and words[1][-1] != "ه"  # no adjective: زايد العليا
    if len(words) > 2:
        family = (_closes_given(words[1]) and words[2] in known) or (family and _patronymic(words[1]))
    following = words[1] in known or family
    phrase = len(words) == 2 and plain and not told and words[1] in ordinary  # عمر كامل, a whole life
    return following and not phrase and all(word in known or word.startswith("ال") for word in words[1:])


def _comma_role(reading: Reading, i: int, lists: Lists) -> bool:
    """Two to four plain words from `i`, then a comma and a role."""
    for j in range(i + 1, min(i + 5, len(reading.words))):
        gap, word = reading.gaps[j], reading.words[j]
        if j - i >= 2 and heads_role(word) and gap.strip() in ("،", ","):
            return True
        if not _joins(reading, j) or word in lists.stops or word in lists.never or heads_role(word):
            return False
    return False


def _name_end(reading: Reading, i: int, lists: Lists, certain: bool) -> int:
    """Return the index after the last word of the name that begins at `i`."""
    j = i + 1
    family = False  # a word with the article closes a name, unless آل or بن goes on
    most = i + _KNOWN_WORDS + (reading.words[i][-3:] == "عبد") - ("الملك" in reading.words[max(0, i - 1) : i])
    while j < min(len(reading.words), i + _LONGEST):
        word, before = reading.words[j], reading.words[j - 1]
        if not _joins(reading, j) or not word.isalpha() or word.isascii():
            break
        if word in lists.parts or before in lists.parts or (j == i + 1 and before[1:] == "عبد"):
            if word in lists.stops and word not in lists.parts:
                break
            family = before == "ال"
        elif family:
            gulf = _patronymic(before) and _patronymic(word) and not _ends_name(reading, j, lists)
            if not gulf and not _second_family(reading, j, lists):
                break
        elif _is_part(reading, j, lists, known=j < most, certain=certain):
            family = word.startswith("ال") and not _closes_given(word)
        else:
            break
        j += 1
    while j - i > 1 and reading.words[j - 1] in lists.parts:
        j -= 1
    return j


def _closes_given(word: str) -> bool:
    """Of سيف الإسلام, بهاء الدين: another name may follow."""
    return word in exact_words("ar", ("name_closing",))


@remembered
def _patronymic(word: str) -> bool:
    """A given name with the article, a father's: مشعل الأحمد الجابر الصباح."""
    return word.startswith("ال") and word[2:] in lists_of("ar").given


def _is_part(reading: Reading, j: int, lists: Lists, *, known: bool, certain: bool) -> bool:
    """Word `j` is of the name before it, which has no family name yet.

    Args:
        known: so near its beginning that any word may be of it.
        certain: a title stands before it.
    """
    word = reading.words[j]
    if _closes_given(word):
        return True
    if _ends_name(reading, j, lists):
        return False
    if word in lists.given or known or word.startswith("ال") or reading.gaps[j] == "-":
        return True
    return _name_closes(reading, j + 1, lists) or (certain and _family_follows(reading.words[j + 1], lists))


def _second_family(reading: Reading, j: int, lists: Lists) -> bool:
    """Word `j`, after a family name, is one more, with which the name ends for certain: بدر الفهد الصقعبي،"""
    word = reading.words[j]
    named = word in lists.given or (word.startswith("ال") and word.endswith("ي"))
    return named and not _ends_name(reading, j, lists) and _name_closes(reading, j + 1, lists)


def _name_closes(reading: Reading, j: int, lists: Lists) -> bool:
    """What stands before word `j` or there ends a name for certain."""
    if j >= len(reading.words) or reading.gaps[j].strip() or "\n" in reading.gaps[j]:
        return True
    word = reading.words[j]
    return word in lists.stops or _introduces(word) or heads_role(word) or word.isdigit()


def _family_follows(word: str, lists: Lists) -> bool:
    return word in lists.parts or word in lists.given or (word.startswith("ال") and word.endswith("ي"))


def _ends_name(reading: Reading, j: int, lists: Lists) -> bool:
    """Word `j` is no part of a name: a particle, verb, role or title, or joined to the name by a letter."""
    word, written = reading.words[j], reading.written(j)
    if word in lists.titles or heads_role(word):  # they are names as well: محمد أمين، داليا حسام النقيب،
        name = word in lists.given or word in exact_words("ar", ("title_names",))
        return not (name and _part_or_sign(reading, j + 1, lists))
    if word in lists.given and written not in _OTHERWISE:
        return False
    if word in lists.stops or word in lists.never or word.startswith(_NO_NAME) or word.endswith(_SUFFIXES):
        return True
    if written in _OTHERWISE or NUNATION in written or (written.startswith(("الإ", "الاست")) and word[-1] != "ي"):
        return True
    if word[:1] != "و" or word[:2] == "وو" or len(word) < 4:
        return False
    return not (j + 1 < len(reading.words) and reading.gaps[j + 1].strip() and heads_role(reading.words[j + 1]))


def _part_or_sign(reading: Reading, j: int, lists: Lists) -> bool:
    return j >= len(reading.words) or reading.words[j] in lists.parts or bool(reading.gaps[j].strip())
