"""Names of bodies in languages that have capitals: runs of capitalised words joined by small ones."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from telecom_digest.facts.known import known_at
from telecom_digest.facts.mention import Mention, mention_at
from telecom_digest.facts.reading import Reading
from telecom_digest.language import exact_words


def english_at(reading: Reading, i: int) -> Mention | None:
    """Return a run of capitalised words, joined by small ones, that has a head (Authority, Ministry, Inc).

    The head stands before the first "of" or "for", a weak one (Mobile, Telecommunication) right before it. A head alone
    after "the" stands for a body named before. A run with a role in it is of a person; of a board, the body it is of is
    meant.
    """
    lists = _lists()
    word = reading.words[i]
    if not reading.capital(i) or word in lists.starts_none:
        return None
    last = _run_end(reading, i)
    run = reading.words[i:last]
    if word in lists.boards and (last - i == 1 or run[1] in lists.joining):
        return None
    known = known_at(reading, i)
    if known and reading.words[known.last : known.last + 1] == ["and"]:
        return None  # Telecom Egypt and Horn Cable
    own = run[: next((j for j, one in enumerate(run) if j and one in lists.joining and one != "and"), len(run))]
    named = [one for j, one in enumerate(own) if one in lists.heads and (one not in lists.weak or j == len(own) - 1)]
    if not named or not lists.roles.isdisjoint(run) or (named[-1] in lists.weak and "and" in run):
        return None  # Secretary for Information and Communications
    if last - i == 1:
        alone = i > 0 and reading.words[i - 1] == "the"
        return mention_at(reading, (i, last), "head", 0, named[0])._replace(key="", clean=False) if alone else None
    return mention_at(reading, (i, last), "head", 0, named[0] if named[0] == run[0] else named[-1])


class _Lists(NamedTuple):
    heads: frozenset[str]
    weak: frozenset[str]
    roles: frozenset[str]
    boards: frozenset[str]
    joining: frozenset[str]
    starts_none: frozenset[str]


@cache
def _lists() -> _Lists:
    heads, weak, roles, boards, joining = (
        exact_words("en", (name,)) for name in ("body_heads", "weak_heads", "roles", "boards", "body_joining")
    )
    starts_none = exact_words("en", ("body_joining", "no_names", "no_body_heads", "roles", "titles_before"))
    return _Lists(heads, weak, roles, boards, joining, starts_none)


def _run_end(reading: Reading, i: int) -> int:
    """Return the index after the run of capitals that begins at word `i`; a whole name does not go on after "and"."""
    lists = _lists()
    last = j = i + 1
    while j < len(reading.words) and not reading.gaps[j].strip(" -&") and "\n" not in reading.gaps[j]:
        if reading.capital(j):
            last = j = j + 1
        elif reading.words[j] in lists.joining and j - last < 2 and not _parts(reading, i, j):
            j += 1
        else:
            break
    return last


def _parts(reading: Reading, i: int, j: int) -> bool:
    """At an "and", word `j`: another name follows the one from word `i`, which is whole and "of" nothing."""
    if reading.words[j] != "and":
        return False
    lists, run = _lists(), reading.words[i:j]
    if reading.words[j + 1 : j + 2] == ["the"]:
        return True
    return run[-1] in lists.heads - lists.weak and lists.joining.isdisjoint(run)
