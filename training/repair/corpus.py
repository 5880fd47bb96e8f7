"""Clean text as one array of codes, and damaged batches drawn from it."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest.repair.features import DIGIT, LINE_END, WORD, Codes, Integers, code, encode, rows, tokenize
from training.repair.channel import STOP, Damage, Pairs, damage, draw

_SPACE_BEFORE = re.compile(r" +(?=[.،؛:؟!](?:\s|$|[ء-ي]{2}))")
_GLUED = re.compile(r"(?<=[ء-ي]{2}[.؟!،])(?=[ء-ي]{2})")
_RARE = 3e-7
MOST_LOOSE = 0.1
"""Share of words without the hamza they need up to which a text is in full spelling."""
_WORD = re.compile(r"[ء-ي]+")


def documents(path: Path) -> Iterator[str]:
    """Yield the texts of a file, one a line with " ¶ " for its line ends, or of a folder's *.txt, one a file."""
    if path.is_dir():
        for name in sorted(path.rglob("*.txt")):
            yield name.read_text(encoding="utf-8")
        return
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").replace(" ¶ ", "\n")


@cache
def _spellings() -> dict[str, bool]:
    """Return for words that are very often written without their hamza whether they are so."""
    words = (Path(__file__).parent / "hamza.txt").read_text(encoding="utf-8").split()
    return dict.fromkeys((word.translate(_BARE) for word in words), True) | dict.fromkeys(words, False)


_BARE = str.maketrans("أإآ", "ااا")


def loose(text: str) -> float:
    """Return which share of the words that need a hamza, of those in hamza.txt, lacks it in `text`."""
    known = _spellings()
    found = [known[word] for word in _WORD.findall(text) if word in known]
    return sum(found) / max(1, len(found))


class Corpus(NamedTuple):
    """Texts one after another, each closed by a line end; `starts` says where each begins."""

    codes: Codes
    starts: Integers

    def split(self, held_out: int) -> tuple[Corpus, Corpus]:
        """Return all but `held_out` texts, and those: spread evenly over the corpus."""
        number = np.arange(len(self.starts))
        chosen = np.isin(number, np.linspace(0, len(self.starts) - 1, held_out, dtype=int))
        return self._take(~chosen), self._take(chosen)

    def _take(self, chosen: NDArray[np.bool_]) -> Corpus:
        lengths = np.diff(np.append(self.starts, len(self.codes)))
        codes = self.codes[np.repeat(chosen, lengths)]
        return Corpus(codes, np.concatenate([[0], np.cumsum(lengths[chosen])[:-1]]))


def load(path: Path) -> Corpus:
    """Return a corpus as codes. Spaces that some sites put before stops, and forget after them, are mended.

    Texts that leave out the hamza where it is spoken, as one in eight does, teach nothing of it and are not taken.
    """
    parts, starts, at = [], [], 0
    for text in documents(path):
        if loose(text) > MOST_LOOSE:
            continue
        codes, _ = encode(_GLUED.sub(" ", _SPACE_BEFORE.sub("", text.strip())) + "\n")
        if len(codes) > 1:
            parts.append(codes)
            starts.append(at)
            at += len(codes)
    return Corpus(np.concatenate(parts), np.array(starts))


class Classes(NamedTuple):
    """The runs of letters that are learned, as numbers of `Pairs`; the class of each is its place. The first is 0."""

    after: Integers
    before: Integers

    def number(self, pairs: Pairs) -> Pairs:
        """Return `pairs` with classes for runs, and -1 where the run is none of them."""
        return pairs._replace(after=_place(self.after, pairs.after), before=_place(self.before, pairs.before))


def _place(known: Integers, values: Integers) -> Integers:
    order = np.argsort(known)
    found = order[np.minimum(np.searchsorted(known, values, sorter=order), len(known) - 1)]
    return np.where(known[found] == values, found, -1)


def count_classes(corpora: Sequence[Corpus], rng: np.random.Generator) -> Classes:
    """Return the runs that a sample of the corpora has lost, most frequent first."""
    after: Counter[int] = Counter()
    before: Counter[int] = Counter()
    seen = 0
    for corpus in corpora:
        for _ in range(200):
            pairs = damage(piece(corpus, 20_000, rng), draw(rng), rng)
            seen += len(pairs.codes)
            after.update(pairs.after.tolist())
            before.update(pairs.before.tolist())
    least = max(2.0, _RARE * seen)
    return Classes(*(np.array([run for run, n in counted.most_common() if n >= least]) for counted in (after, before)))


def piece(corpus: Corpus, size: int, rng: np.random.Generator) -> Codes:
    """Return at most `size` codes of the corpus: half of the time from where a text begins."""
    if rng.random() < 0.5:
        at = int(corpus.starts[rng.integers(len(corpus.starts))])
    else:
        at = int(rng.integers(max(1, len(corpus.codes) - size)))
    return corpus.codes[at : at + size]


def sections(corpus: Corpus) -> Iterator[Codes]:
    """Yield a corpus some hundred texts at a time: what is made of them takes far more room than they do."""
    edges = [*corpus.starts[::_TEXTS_AT_ONCE].tolist(), len(corpus.codes)]
    for start, stop in pairwise(edges):
        yield corpus.codes[start:stop]


_TEXTS_AT_ONCE = 500
_LONGEST_SENTENCE = 100  # words


def sentence_lengths(corpora: Sequence[Corpus]) -> list[float]:
    """Return the log probability that a sentence has 1, 2, … words, the last for all that are longer."""
    counts = np.ones(_LONGEST_SENTENCE)
    for corpus in corpora:
        codes = corpus.codes
        word = WORD[codes]
        opens = word.copy()
        opens[1:] &= ~word[:-1]
        stop = STOP[codes]
        stop &= ~((codes == code(".")) & np.append(codes[1:] == DIGIT, False))
        words = np.diff(np.cumsum(opens)[np.flatnonzero(stop)], prepend=0)
        counts += np.bincount(np.clip(words[words > 0], 1, _LONGEST_SENTENCE) - 1, minlength=_LONGEST_SENTENCE)
    return [round(float(x), 3) for x in np.log(counts / counts.sum())]


class Batch(NamedTuple):
    """One long text of several damaged pieces, and what was lost, as classes."""

    codes: Codes
    first: Integers
    last: Integers
    rows: Integers
    of: Integers
    targets: tuple[Integers, ...]


def as_batch(pairs: Pairs, table: int) -> Batch:
    tokens = tokenize(pairs.codes)
    targets = (pairs.letter, pairs.after, pairs.before, pairs.glued, pairs.end)
    return Batch(pairs.codes, tokens.first, tokens.last, rows(tokens, table), tokens.of, targets)


def join(parts: Sequence[Pairs]) -> Pairs:
    """Return the pieces as one, each closed by a line end."""
    fields = []
    for i, name in enumerate(Pairs._fields):
        closing = np.array([LINE_END if name == "codes" else 0], parts[0][i].dtype)
        fields.append(np.concatenate([part for pair in parts for part in (pair[i], closing)]))
    return Pairs(*fields)


def batches(
    corpora: Sequence[Corpus], weights: Sequence[float], classes: Classes, size: int, table: int, seed: int
) -> Iterator[Batch]:
    """Yield damaged batches of about `size` codes, for ever."""
    rng = np.random.default_rng(seed)
    while True:
        parts: list[Pairs] = []
        total = 0
        while total < size:
            corpus = corpora[rng.choice(len(corpora), p=weights)]
            what: Damage = draw(rng)
            pairs = damage(piece(corpus, int(rng.integers(300, 3_000)), rng), what, rng)
            if len(pairs.codes):
                parts.append(pairs)
                total += len(pairs.codes) + 1
        yield as_batch(classes.number(join(parts)), table)
