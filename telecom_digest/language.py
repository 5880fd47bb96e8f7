"""What depends on the language of a text: its detection, its word lists, and how its words are compared.

To add a language: a file data/words/CODE.yaml with the lists that ar.yaml has, the key function of its words here, and
cases in tests/cases/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, chain, compress, repeat
from typing import Any

from telecom_digest import arabic, resources
from telecom_digest.memo import remembered

WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"((?:[^\W_]|[\u064b-\u065f\u0670\u0640])+)")
_TOKEN_WITHOUT_LINES = re.compile(r"([\w\u064b-\u065f\u0670]+)")  # the same, five times as fast, where there is no _
_SAMPLE = 20_000  # code points looked at when a language is detected
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_LATIN = re.compile(r"[A-Za-z]+")
_OTHER_ARABIC_SCRIPT = re.compile(r"[\u0679-\u06d3]")  # پ چ ک ی ے …: Persian, Urdu, Kurdish
_ENGLISH = frozenset(["the", "of", "and", "to", "in", "for", "on", "is", "with", "a"])


def detect(text: str) -> str:
    """Return "ar" or "en" by the letters of the beginning of `text`, or "und" where it is neither.

    English is told from other languages in Latin letters by its commonest words, Arabic from other languages in Arabic
    letters by the letters that only those have.
    """
    sample = text[:_SAMPLE]
    latin = sum(map(len, _LATIN.findall(sample)))
    script = sum(map(len, _ARABIC.findall(sample)))
    foreign = len(_OTHER_ARABIC_SCRIPT.findall(sample))
    if script and script + foreign >= latin / 2:  # Arabic releases quote Latin names, seldom the other way round
        return "ar" if foreign <= script * 0.02 else "und"
    if not latin:
        return "und"
    words = [w.lower() for w in WORD.findall(sample)]
    if len(words) < 12:
        return "en" if all(w.isascii() for w in words) else "und"  # too few to count; accents would tell
    return "en" if sum(w in _ENGLISH for w in words) >= 0.06 * len(words) else "und"


@remembered
def english_key(word: str) -> str:
    """Return the matching form of an English word: lower case, no plural (the S stemmer of Harman 1991)."""
    word = word.lower()
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def keys(text: str, *, stripped: bool = False) -> list[str]:
    """Return the matching forms of the words of `text`, in order; Latin words in their own way whatever the language.

    Args:
        stripped: compare by what a stripped text has left of each word.
    """
    return _keys(arabic.skeleton(text) if stripped else arabic.fold(text))


def keys_of_each(texts: Iterable[str], *, stripped: bool = False) -> list[list[str]]:
    """As `keys`, of many phrases; folding a thousand one by one costs more than digesting a document."""
    joined = "\n".join(texts)
    if not joined:
        return []
    folded = arabic.skeleton(joined) if stripped else arabic.fold(joined)
    return [_keys(line) for line in folded.split("\n")]


def _keys(folded: str) -> list[str]:
    return keys_of_words(WORD.findall(folded))


def keys_of_words(folded: Iterable[str]) -> list[str]:
    """As `keys`, of words that are folded already, such as `Tokens.exact`."""
    return list(map(_key, folded))


@remembered
def _key(word: str) -> str:
    return english_key(word) if word.isascii() else arabic.key(word)


def words(text: str) -> list[str]:
    """Return the words of `text` with marks dropped: what is counted as a word."""
    return WORD.findall(arabic.MARKS.sub("", text))


def _lower(text: str) -> str:
    """Return `text` in lower case where that moves nothing: a few capitals, such as İ, are two characters in lower case."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


class Tokens:
    """The words of a text with their places, folded but nothing cut off.

    Attributes:
        spans: of each word, marks included.
        exact: of each word, the form in which `Phrases` made by `exact_phrases` know it: folded, in lower case.
        gaps: what stands before each word since the one before it, in lower case; one more than words.
    """

    __slots__ = ("exact", "gaps", "spans")

    def __init__(self, text: str, *, stripped: bool = False) -> None:
        token = _TOKEN if "_" in text else _TOKEN_WITHOUT_LINES
        parts = token.split(_lower(arabic.fold(text, marks=True)))  # gap, word, gap …; nothing moves while marks stay
        self.gaps, words = parts[::2], parts[1::2]
        places = list(accumulate(map(len, parts)))
        self.spans = list(zip(places[::2], places[1::2], strict=False))  # after the last gap no word begins
        if stripped:
            self.exact = [arabic.word_skeleton(text[start:end]) for start, end in self.spans]
        elif arabic.MARKS.search(text):
            self.exact = [word if word.isalnum() and "\u0640" not in word else arabic.MARKS.sub("", word) for word in words]
        else:
            self.exact = words
        if "" in self.exact and not stripped:  # a mark that stands alone is no word
            kept = [(span, word) for span, word in zip(self.spans, self.exact, strict=True) if word]
            self.spans, self.exact = [span for span, _ in kept], [word for _, word in kept]
            around = zip([(0, 0), *self.spans], [*self.spans, (len(text), 0)], strict=True)
            self.gaps = [text[before[1] : after[0]] for before, after in around]


PhraseTable = dict[str, dict[str, list[tuple[list[str], str]]]]
"""By first key, then by second or "", the keys after the first and the label, those with the most keys first."""


class Phrases:
    """Labelled phrases, found in a list of keys in one pass: a table from first and second key to what may follow them."""

    def __init__(self, labelled: Iterable[tuple[Sequence[str], str]]) -> None:
        """Take pairs of a phrase, as its keys, and its label."""
        self.table: PhraseTable = {}
        for parts, label in labelled:
            if parts:
                second = parts[1] if len(parts) > 1 else ""
                self.table.setdefault(parts[0], {}).setdefault(second, []).append((list(parts[1:]), label))
        for alike in self.table.values():
            for entries in alike.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    @classmethod
    def of(cls, table: PhraseTable) -> Phrases:
        """Return the phrases of a table that is made already."""
        made = cls(())
        made.table = table
        return made

    def at(self, keyed: list[str], start: int) -> tuple[int, str] | None:
        """Return (after its last key, label) of the longest phrase that begins at `start`, or None."""
        alike = self.table.get(keyed[start])
        if alike is None:
            return None
        if start + 1 < len(keyed) and keyed[start + 1] in alike:
            for rest, label in alike[keyed[start + 1]]:
                end = start + 1 + len(rest)
                if keyed[start + 1 : end] == rest:
                    return end, label
        return (start + 1, alike[""][0][1]) if "" in alike else None

    def find(self, keyed: list[str]) -> list[tuple[int, int, str]]:
        """Return (first key, after last key, label) of the longest phrase at each place, none overlapping."""
        found = []
        after = 0
        for start in compress(range(len(keyed)), map(self.table.__contains__, keyed)):
            if start >= after:
                phrase = self.at(keyed, start)
                if phrase:
                    after, label = phrase
                    found.append((start, after, label))
        return found


class Lexicon:
    """The word lists of one language, as they stand in its file: tuples of words or phrases, parted when asked for."""

    __slots__ = ("_bodies", "_parted", "language")

    def __init__(self, language: str, bodies: dict[str, tuple[str, bool]]) -> None:
        """Take of each list its text, and whether it is of words apart by spaces rather than of a phrase a line."""
        self.language, self._bodies = language, bodies
        self._parted: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self._parted:
            body, of_words = self._bodies[name]
            self._parted[name] = tuple(body.split() if of_words else body.splitlines())
        return self._parted[name]

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """All of them."""
        return {name: self[name] for name in self._bodies}


def _files(language: str) -> tuple[str, str]:
    return f"words/{language}.yaml", f"facts/{language}.yaml"


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of a language, of data/words/ and of data/facts/; those of "und" are empty.

    In the files a list is one text, a phrase a line, or words apart by spaces where its name ends in `_words`.
    """
    names = resources.names("words")
    known = language if language in names else names[0]
    words, facts = (resources.yaml(file, "telecom-digest/words/1") for file in _files(known))
    content = {**words, **facts}
    bodies = {
        name.removesuffix("_words"): (body if known == language else "", name.endswith("_words"))
        for name, body in content.items()
    }
    return Lexicon(language, bodies)


def forms_of(language: str) -> resources.Table[dict[str, str]]:
    """Return the table of the phrases of a language by list, their words as `Tokens.exact` has them, a phrase a line.

    As one text each list is read in a third of the time that lists of lists take.
    """

    def make() -> dict[str, str]:
        lists = lexicon(language).lists
        return {name: "\n".join(" ".join(Tokens(phrase).exact) for phrase in lists[name]) for name in lists}

    return resources.Table(f"forms/{language}", _files(language), make)


@cache
def _forms(language: str) -> dict[str, str]:
    table = forms_of(language)
    return table.get() if language in resources.names("words") else table.make()


def labelled(language: str, names: tuple[str, ...], *, stripped: bool = False) -> Iterator[tuple[list[str], str]]:
    """Yield the phrases of some lists, as `Tokens.exact` has their words, each with the name of its list."""
    for name in names:
        if stripped:
            forms = (Tokens(phrase, stripped=True).exact for phrase in lexicon(language)[name])
            yield from ((form, name) for form in forms if "" not in form)  # a word of which nothing is left is none
        else:
            yield from zip(map(str.split, _forms(language)[name].splitlines()), repeat(name))


@cache
def phrases(language: str, names: tuple[str, ...], *, stripped: bool = False) -> Phrases:
    """Return the phrases of the lists `names` of a language, labelled by list, for `keys`."""
    return Phrases((keys_of_words(form), name) for form, name in labelled(language, names, stripped=stripped))


@cache
def exact_phrases(language: str, names: tuple[str, ...], *, stripped: bool = False) -> Phrases:
    """As `phrases`, for `Tokens.exact`."""
    return Phrases(labelled(language, names, stripped=stripped))


@cache
def exact_words(language: str, names: tuple[str, ...], *, stripped: bool = False) -> frozenset[str]:
    """Return the words of the lists `names`, those of phrases too, as `Tokens.exact` has them."""
    if not stripped:
        return frozenset(chain.from_iterable(_forms(language)[name].split() for name in names))
    return frozenset(chain.from_iterable(form for form, _ in labelled(language, names, stripped=True)))


@cache
def glossary(*, stripped: bool = False) -> Phrases:
    """Return the names and abbreviations of data/glossary.yaml, each labelled with the id of its entry, for `keys`."""
    return Phrases.of(_glossary(stripped=True) if stripped else GLOSSARY.get())


def _glossary(*, stripped: bool) -> PhraseTable:
    entries = glossary_entries()
    named = [(name, id_) for id_, entry in entries.items() for field in ("ar", "en", "abbr") for name in entry[field]]
    keyed = keys_of_each((name for name, _ in named), stripped=stripped)
    return Phrases(zip(keyed, (id_ for _, id_ in named), strict=True)).table


GLOSSARY = resources.Table("glossary/keys", ("glossary.yaml",), partial(_glossary, stripped=False))


@cache
def glossary_entries() -> dict[str, dict[str, Any]]:
    """Return the entries of data/glossary.yaml by id; its head says what they have."""
    return {entry["id"]: entry for entry in resources.yaml("glossary.yaml", "telecom-digest/glossary/1")["entries"]}


def message(code: str, language: str, values: Iterable[str] = ()) -> str:
    """Return the note `code` in `language` (English where the language is unknown) with `values` filled in."""
    versions = resources.yaml("messages.yaml", "telecom-digest/messages/1")[code]
    return str(versions.get(language, versions["en"])).format(*values)
