"""Choosing letters: among those that were lost, and by the forms that words have."""

from __future__ import annotations

import numpy as np
import pytest

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.candidates import Words
from telecom_digest.repair.choose import choose
from telecom_digest.repair.features import encode, hash_of
from telecom_digest.repair.lexicon import LEVELS, Hashes, Lexicon, pair, stem
from telecom_digest.repair.network import Floats, load

WORD = "خدم"


def answers(word: str, **wanted: dict[int, dict[str, float]]) -> dict[str, Floats]:
    """Return the probabilities of each head: certain of nothing being lost, but for what is `wanted` at some letters."""
    found = {}
    for head, runs in load().classes.items():
        part = np.zeros((len(word), len(runs)), np.float32)
        part[:, 0] = 1
        for k, some in wanted.get(head, {}).items():
            part[k] = [some.get(run, 0.0) for run in runs]
        found[head] = part
    return found


def after(words: Words) -> str:
    runs = load().classes["after"]
    return "".join(letter + runs[k] for letter, k in zip(WORD, words.chosen["after"].tolist(), strict=True))


class Known(set[str]):
    """The forms that are known, and the pairs of them, as "left right"."""

    def levels(self, keys: Hashes) -> np.ndarray:
        found = {}
        for entry in self:
            *left, right = (encode(word)[0].tobytes() for word in entry.split())
            form = np.array([hash_of(right)], np.uint64)
            key = pair(np.array([hash_of(stem(left[0]))], np.uint64), form) if left else form
            found[int(key[0])] = LEVELS
        return np.array([found.get(key, 0) for key in keys.tolist()], np.uint16)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    """Return what is known of words: nothing until a test adds some."""
    words = Known()
    monkeypatch.setattr(Lexicon, "levels", lambda _, keys: words.levels(keys))
    return words


def test_the_most_probable_where_no_form_is_known(known: Known) -> None:
    found = choose(encode(WORD)[0], answers(WORD, after={2: {"ة": 0.6, "ى": 0.4}}), FRAGILE, "")
    assert not known
    assert (after(found), found.changed.tolist()) == ("خدمة", [True])
    assert found.sure == pytest.approx([0.6])


def test_a_known_form_before_an_unknown_one(known: Known) -> None:
    known.update({"خدمى", "خدم"})
    doubts = {2: {"ة": 0.5, "ى": 0.3, "": 0.2}}
    found = choose(encode(WORD)[0], answers(WORD, after=doubts), FRAGILE, "")
    assert after(found) == "خدمى"  # only the first and the second choice of a letter are thought of
    assert found.sure == pytest.approx([0.6 / (0.6 + 0.05)])  # 0.05 for the unknown form, see choose


def test_the_less_likely_the_known_form_the_less_sure(known: Known) -> None:
    known.update({"خدمى"})
    doubts = {2: {"ة": 0.9, "ى": 0.09}}
    found = choose(encode(WORD)[0], answers(WORD, after=doubts), FRAGILE, "")
    assert after(found) == "خدمى"
    assert found.sure == pytest.approx([0.1 / 0.15])


def test_nothing_may_come_back_that_was_not_lost(known: Known) -> None:
    known.update({"خدمة"})
    doubts = {2: {"ة": 0.9, "": 0.1}}
    found = choose(encode(WORD)[0], answers(WORD, after=doubts), "أى", "")
    assert (after(found), found.changed.tolist()) == (WORD, [False])


def test_letters_are_replaced_only_by_those_that_are_folded_to_them(known: Known) -> None:
    assert not known
    doubts = {k: {"أ": 0.5, "ة": 0.4, "": 0.1} for k in range(2)}
    found = choose(encode("اه")[0], answers("اه", letter=doubts), "", FRAGILE)
    runs = load().classes["letter"]
    assert [runs[k] for k in found.chosen["letter"].tolist()] == ["أ", "ة"]


def test_an_unlikely_thought_is_none(known: Known) -> None:
    known.update({"خدم"})
    found = choose(encode(WORD)[0], answers(WORD, after={2: {"ة": 0.97, "": 0.03}}), FRAGILE, "")
    assert after(found) == "خدمة"


def test_a_word_is_chosen_by_its_neighbour(known: Known) -> None:
    text = "خدم جديد"
    known.update({"خدم", "خدمة", "جديد", "جديدة", "خدمة جديدة"})
    doubts = {2: {"": 0.6, "ة": 0.4}, 7: {"": 0.7, "ة": 0.3}}
    found = choose(encode(text)[0], answers(text, after=doubts), FRAGILE, "")
    runs = load().classes["after"]
    assert [runs[k] for k in found.chosen["after"][[2, 7]].tolist()] == ["ة", "ة"]
    assert found.changed.all()
    assert (found.sure > 0.9).all()  # each beside the other
    known.remove("خدمة جديدة")
    found = choose(encode(text)[0], answers(text, after=doubts), FRAGILE, "")
    assert found.sure == pytest.approx([0.6, 0.7])
    assert not found.changed.any()


def test_what_stands_between_parts_words(known: Known) -> None:
    text = "خدم. جديد"
    known.update({"خدم", "خدمة", "جديد", "جديدة", "خدمة جديدة"})
    doubts = {2: {"": 0.6, "ة": 0.4}, 8: {"": 0.7, "ة": 0.3}}
    assert not choose(encode(text)[0], answers(text, after=doubts), FRAGILE, "").changed.any()
