"""Counting words and what stands together, and which of it is worth remembering."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from telecom_digest.repair.features import encode, hash_of
from telecom_digest.repair.lexicon import Hashes, Lexicon, pair, stem
from training.repair import lexicon
from training.repair.corpus import Corpus, load

TEXTS = [
    *["تعمل الهيئة. وهي خدمة جديدة للسوق المحلية"] * 6,
    *["الهيئة هنا. سوق جديد"] * 6,
    *["عن السوق المحلي"] * 3,
    *["الخبر المحلي"] * 6,
    "مرة",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    path = tmp_path / "toy.txt"
    path.write_text("\n".join(TEXTS), encoding="utf-8")
    return load(path)


def of(*words: str) -> Hashes:
    return np.array([hash_of(encode(word)[0].tobytes()) for word in words], np.uint64)


def beside(left: str, right: str) -> Hashes:
    return pair(np.array([hash_of(stem(encode(left)[0].tobytes()))], np.uint64), of(right))


def test_counts(corpus: Corpus) -> None:
    counts = lexicon.count([corpus])
    often = dict(zip(counts.forms.hashes.tolist(), counts.forms.often.tolist(), strict=True))
    assert [often[h] for h in of("الهيئة", "جديدة", "مرة").tolist()] == [12, 6, 1]
    one, other = (int(np.flatnonzero(counts.forms.hashes == h)[0]) for h in of("المحلية", "المحلي"))
    assert counts.forms.skeletons[one] == counts.forms.skeletons[other]
    market = int(np.flatnonzero(counts.stems.hashes == of("السوق")[0])[0])
    assert counts.together[(counts.left == market) & (counts.right == one)].tolist() == [6]  # of للسوق


def test_what_is_remembered(corpus: Corpus) -> None:
    cells, information = lexicon.learn([corpus], forms=12, pairs=100)
    known = Lexicon(cells)
    assert information[0] == 0
    assert known.levels(of("الهيئة", "جديدة")).tolist() == [1, 1]
    assert not known.levels(of("مرة", "مجهولة")).any()


def test_pairs_are_those_that_tell_forms_apart(corpus: Corpus) -> None:
    counts = lexicon.count([corpus])
    useful = dict(
        zip(zip(counts.left.tolist(), counts.right.tolist(), strict=True), lexicon.usefulness(counts), strict=True)
    )
    place = {h: i for i, h in enumerate(counts.forms.hashes.tolist())}
    stems = {h: i for i, h in enumerate(counts.stems.hashes.tolist())}

    def worth(left: str, right: str) -> float:
        return float(useful[stems[int(of(left)[0])], place[int(of(right)[0])]])

    assert worth("السوق", "المحلية") > 0
    assert worth("الهيئة", "هنا") == 0  # there is no other word with these letters left
