"""People in languages that have capitals: runs of capitalised words beside a title, a role or a verb of speech."""

from __future__ import annotations

from functools import cache

from telecom_digest.facts import phrase
from telecom_digest.facts.known import known_at
from telecom_digest.facts.person import Found, Lists, closed, lists_of
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words, lexicon

_LONGEST = 7  # words of a name
_LONGEST_ROLE = 18
_ROLE_WITHIN = 4  # words after a comma in which a role must be named
_PLAIN = " -&'’"  # signs inside a role


def english(reading: Reading) -> list[Found]:
    """Find names by titles, by a role before or after, and by a verb of speech before or after."""
    lists = lists_of("en")
    found = []
    i = 0
    while i < len(reading.words):
        if not reading.capital(i):
            i += 1
            continue
        last = _capitals(reading, i, lists)
        person = _in_run(reading, i, last, lists) if last > i else None
        if person:
            found.append(person)
        i = max(last, i + 1)
    return found


@cache
def _saying() -> frozenset[str]:
    """Return the verbs of speech; not the words of phrases such as "according to"."""
    return frozenset(said for said in lexicon("en")["saying"] if " " not in said)


def _in_run(reading: Reading, i: int, end: int, lists: Lists) -> Found | None:
    """Return the person named in a run of capitals: roles and titles before the name or after it are cut off."""
    words = reading.words
    first, last = _name(words, i, end, lists)
    titled = 0 < first < end and words[first - 1] in lists.titles and not reading.gaps[first].strip(". ")
    if not (1 if titled else 2) <= last - first <= _LONGEST or not phrase.body_heads("en").isdisjoint(words[first:last]):
        return None
    if not titled and (_quoted(reading, first) or any(known_at(reading, j) for j in range(first, last))):
        return None
    role = _role_after(reading, last, end, lists)
    inside = any(word in lists.roles and word not in lists.titles for word in words[i:first])
    before = _role_before(reading, i if inside else first, first, lists)
    if not (titled or role or before or _spoken(reading, i, last)):
        return None
    return Found((reading.spans[first][0], reading.spans[last - 1][1]), role or before, first)


def _name(words: list[str], i: int, end: int, lists: Lists) -> tuple[int, int]:
    """Return the words of a run that are the name: those after a title, or the last two or more without role or title."""
    parts: list[tuple[int, int]] = []
    first = i
    for j in range(i, end + 1):
        if j == end or words[j] in lists.roles or words[j] in lists.titles:
            if j > first:
                parts.append((first, j))
            first = j + 1
    titled = [part for part in parts if part[0] > i and words[part[0] - 1] in lists.titles - lists.roles]
    whole = [part for part in parts if part[1] - part[0] >= 2]
    return next(iter(titled or whole[-1:] or parts[-1:]), (end, end))


def _quoted(reading: Reading, first: int) -> bool:
    return reading.gaps[first][-1:] in ('"', "“", "«", "‘")


def _spoken(reading: Reading, i: int, last: int) -> bool:
    """A verb of speech stands beside a run from word `i` to before `last`, which nothing ties to words before it."""
    if i and not reading.gaps[i].strip() and reading.words[i - 1] in exact_words("en", ("body_joining",)):
        return False  # the Board of Technical Affairs said
    after = last < len(reading.words) and reading.words[last] in _saying() and reading.gaps[last].strip() in ("", ",")
    before = i > 0 and reading.words[i - 1] in _saying() and not reading.gaps[i].strip()
    return after or before


def _capitals(reading: Reading, i: int, lists: Lists) -> int:
    """Return the index after the run of capitalised words from `i`, parts of names (bin, van) among them."""
    j = i
    while j < len(reading.words):
        upper = reading.capital(j)
        if j > i and not _runs_on(reading, j, lists):
            break
        if not upper and not (j > i and reading.words[j] in lists.parts):
            break
        if upper and reading.words[j] in lists.never and j == i:
            break
        j += 1
    while j > i and reading.words[j - 1] in lists.parts:
        j -= 1
    return j


def _runs_on(reading: Reading, j: int, lists: Lists) -> bool:
    """Word `j` goes on with the run before it: after a space, a hyphen, or the stop of an initial or a title."""
    gap, before = reading.gaps[j], reading.words[j - 1]
    if "\n" in gap or gap.strip(" -.'’"):
        return False
    return "." not in gap or len(before) == 1 or before in lists.titles


def _role_after(reading: Reading, j: int, end: int, lists: Lists) -> Span | None:
    """Return the role after a name, after a comma or in the same run of capitals (to `end`): up to a comma or verb."""
    if j >= len(reading.words) or (reading.gaps[j].strip() != "," and j >= end):
        return None
    if j + 1 < len(reading.words) and (reading.words[j] == "the" or reading.words[j] in exact_words("en", ("relatives",))):
        j += 1  # the Minister; who chaired the meeting
    k = j + 1
    while k < len(reading.words) and k - j < _LONGEST_ROLE and not _ends_role(reading, k):
        k += 1
    if lists.roles.isdisjoint(reading.words[j : min(k, j + _ROLE_WITHIN)]):
        return None
    return reading.spans[j][0], closed(reading, j, k)


def _ends_role(reading: Reading, k: int) -> bool:
    """A sign, a verb or another phrase stands before or at word `k`."""
    word = reading.words[k]
    return bool(reading.gaps[k].strip(_PLAIN)) or word in _saying() or word in exact_words("en", ("role_stops",))


def _role_before(reading: Reading, i: int, first: int, lists: Lists) -> Span | None:
    """Return the role that ends right before a name and its titles.

    "the Chair of the Council, Ms. Marta Lindqvist", "ITU Secretary-General Henrik Solberg", "its spokesman Ali Omar".

    Args:
        i: where the run of capitals begins in which the role is, or the first word of the name.
        first: the first word of the name.
    """
    words, last = reading.words, first
    while last > 0 and words[last - 1] in lists.titles and words[last - 1] not in lists.roles:
        last -= 1
    gap = reading.gaps[last].strip()
    if last == 0 or gap not in ("", ",") or (not gap and words[last - 1] not in lists.roles):
        return None
    start = _phrase_start(reading, last)
    ranks = [j for j in range(start, last) if words[j] in lists.roles]
    if not ranks or ranks[0] - start > _ROLE_WITHIN or (i < last and ranks[-1] < i):
        return None
    return reading.spans[start][0], reading.spans[last - 1][1]


def _phrase_start(reading: Reading, last: int) -> int:
    """Return where the noun phrase that ends before word `last` begins, without its article."""
    joining, stops = exact_words("en", ("body_joining",)), exact_words("en", ("role_stops",))
    start = last
    while start > 0 and last - start < _LONGEST_ROLE:
        word = reading.words[start - 1]
        if (start < last and reading.gaps[start].strip(_PLAIN)) or word in _saying() or word in stops:
            break
        if word == "the" and (start < 2 or reading.words[start - 2] not in joining or reading.gaps[start - 1].strip()):
            break
        start -= 1
    while start < last and reading.words[start] in joining:
        start += 1
    return start
