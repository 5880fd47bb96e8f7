"""Names of bodies in languages that have capitals: runs of capitalised words joined by small ones."""

from __future__ import annotations

from telecom_digest.facts.mention import Mention, mention_at
from telecom_digest.facts.reading import Reading
from telecom_digest.language import exact_words


def english_at(reading: Reading, i: int) -> Mention | None:
    """Return a run of capitalised words, joined by small ones, that has a head (Authority, Ministry, Inc).

    A head alone after "the" stands for a body named before. A run with a role in it is of a person.
    """
    heads, roles = exact_words("en", ("body_heads",)), exact_words("en", ("roles",))
    if not _capital(reading, i) or reading.words[i] in exact_words(
        "en", ("body_joining", "no_names", "roles", "titles_before")
    ):
        return None
    last = _run_end(reading, i)
    run = reading.words[i:last]
    named = [word for word in run if word in heads]
    if not named or not roles.isdisjoint(run):
        return None
    if last - i == 1:
        alone = i > 0 and reading.words[i - 1] == "the"
        return mention_at(reading, (i, last), "head", 0, named[0])._replace(key="", clean=False) if alone else None
    return mention_at(reading, (i, last), "head", 0, named[0] if named[0] == run[0] else named[-1])


def _run_end(reading: Reading, i: int) -> int:
    """Return the index after the run of capitals that begins at word `i`; a whole name does not go on after "and"."""
    heads, small = exact_words("en", ("body_heads",)), exact_words("en", ("body_joining",))
    last = j = i + 1
    while j < len(reading.words) and not reading.gaps[j].strip(" -&") and "\n" not in reading.gaps[j]:
        if _capital(reading, j):
            last = j = j + 1
        elif reading.words[j] in small and j - last < 2 and not _parts(reading.words[j - 1 : j + 2], heads):
            j += 1
        else:
            break
    return last


def _parts(words: list[str], heads: frozenset[str]) -> bool:
    """Of the words around an "and": another name follows."""
    return words[1] == "and" and (words[0] in heads or words[2:] == ["the"])


def _capital(reading: Reading, i: int) -> bool:
    return "A" <= reading.text[reading.spans[i][0]] <= "Z"
