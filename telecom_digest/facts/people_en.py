"""People in languages that have capitals: runs of capitalised words beside a title, a role or a verb of speech."""

from __future__ import annotations

from telecom_digest.facts import phrase
from telecom_digest.facts.person import Found, Lists, closed, lists_of
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.language import exact_words

_LONGEST = 7  # words of a name
_LONGEST_ROLE = 18
_ROLE_WITHIN = 4  # words after a comma in which a role must be named


def english(reading: Reading) -> list[Found]:
    """Find names by titles, by a role before or after, and by a verb of speech before or after."""
    lists = lists_of("en")
    found = []
    i = 0
    while i < len(reading.words):
        last = _capitals(reading, i, lists)
        person = _in_run(reading, i, last, lists) if last > i else None
        if person:
            found.append(person)
        i = max(last, i + 1)
    return found


def _in_run(reading: Reading, i: int, end: int, lists: Lists) -> Found | None:
    """Return the person named in a run of capitals: roles and titles before the name or after it are cut off."""
    words = reading.words
    ranks = [j for j in range(i, end) if words[j] in lists.roles or words[j] in lists.titles]
    first, last = i, end
    if ranks and ranks[0] - i >= 2:  # Dina Ragheb, Executive President without the comma
        last = ranks[0]
    elif ranks:
        first = ranks[-1] + 1
    titled = words[first - 1] in lists.titles and not reading.gaps[first].strip(". ") if 0 < first < end else False
    if not (1 if titled else 2) <= last - first <= _LONGEST or not phrase.body_heads("en").isdisjoint(words[first:last]):
        return None
    role = _english_role(reading, last, end, lists)
    if role is None and any(word in lists.roles and word not in lists.titles for word in words[i:first]):
        role = (reading.spans[i][0], _before_title(reading, i, first, lists))
    near = (*words[last : last + 1], *words[max(0, i - 1) : i])
    spoken = reading.gaps[last].strip() in ("", ",") and any(word in lists.saying for word in near)
    if not (titled or role or spoken):
        return None
    return Found((reading.spans[first][0], reading.spans[last - 1][1]), role, first)


def _before_title(reading: Reading, i: int, first: int, lists: Lists) -> int:
    """Return where the role before a name ends: "Secretary-General" of "Secretary-General Ms Martin"."""
    last = first
    while last - i > 1 and reading.words[last - 1] in lists.titles and reading.words[last - 1] not in lists.roles:
        last -= 1
    return reading.spans[last - 1][1]


def _capitals(reading: Reading, i: int, lists: Lists) -> int:
    """Return the index after the run of capitalised words from `i`, parts of names (bin, van) among them."""
    j = i
    while j < len(reading.words):
        upper = reading.text[reading.spans[j][0]].isupper()
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


def _english_role(reading: Reading, j: int, end: int, lists: Lists) -> Span | None:
    """Return the role after a name, after a comma or in the same run of capitals (to `end`): up to a comma or verb."""
    if j >= len(reading.words) or (reading.gaps[j].strip() != "," and j >= end):
        return None
    if lists.roles.isdisjoint(reading.words[j : j + _ROLE_WITHIN]):
        return None
    stops = exact_words("en", ("role_stops",))
    k = j + 1
    while k < len(reading.words) and k - j < _LONGEST_ROLE:
        if reading.gaps[k].strip(" -&'’\"()") or reading.words[k] in lists.saying or reading.words[k] in stops:
            break
        k += 1
    return reading.spans[j][0], closed(reading, j, k)
