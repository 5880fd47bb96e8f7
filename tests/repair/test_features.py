"""What the model sees: codes, their places, tokens."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.repair import features
from telecom_digest.repair.features import encode, rows, tokenize
from tests.strategies import texts


def decoded(text: str) -> list[int]:
    return list(encode(text)[0])


@given(texts())
def test_every_code_has_its_place(text: str) -> None:
    codes, at = encode(text)
    assert len(codes) == len(at)
    assert (np.diff(at) > 0).all()
    for place, code in zip(at.tolist(), codes.tolist(), strict=True):
        char = text[place]
        assert code < features.SIZE
        if char in features.LETTERS:
            assert code == features.code(char)
        assert (code == features.DIGIT) <= (char.isdigit() or unicodedata.category(char) == "Nd")
    skipped = set(range(len(text))) - set(at.tolist())
    assert not any(text[i].isalnum() and text[i] != "\u0640" for i in skipped)


@given(texts())
def test_tokens_cover_everything_once(text: str) -> None:
    codes, _ = encode(text)
    tokens = tokenize(codes)
    assert len(tokens.of) == len(codes)
    assert len(tokens.first) == len(tokens.last) == len(tokens.hashes)
    if len(codes):
        assert tokens.first[0] == 0
        assert tokens.of[-1] == len(tokens.first) - 1
        assert (tokens.first <= tokens.last).all()
        assert (tokens.last[:-1] < tokens.first[1:]).all()


def test_marks_do_not_change_what_is_seen() -> None:
    assert decoded("الاتِّصَالاتُ") == decoded("الاتصالات") == decoded("الاتصـــالات")


def test_signs_that_mean_the_same_are_the_same() -> None:
    assert decoded("«قال»، وأضاف؛ لماذا؟") == decoded('"قال", وأضاف; لماذا?')
    assert decoded("٢٠١٧") == decoded("2017")


@pytest.mark.parametrize("word", ["الاتصالات", "د", "وورقة", "لـ"])
def test_a_word_is_the_same_wherever_it_stands(word: str) -> None:
    alone = tokenize(encode(word)[0]).hashes[0]
    between = tokenize(encode(f"في {word}، ثم")[0]).hashes[1]
    assert alone == between


@given(st.lists(st.text(features.LETTERS, min_size=1, max_size=12), min_size=2, max_size=40, unique=True))
def test_different_words_have_different_hashes(words: list[str]) -> None:
    hashes = tokenize(encode(" ".join(words))[0]).hashes
    assert len(set(hashes.tolist())) == len(words)


@given(st.text(features.LETTERS, min_size=1, max_size=90))
def test_the_hash_of_a_word_is_that_of_its_token(word: str) -> None:
    codes = encode(word)[0]
    assert features.hash_of(codes.tolist()) == int(tokenize(codes).hashes[0])


@given(st.text(features.LETTERS, min_size=3, max_size=12))
def test_a_joined_word_is_known_by_the_word_it_joins(word: str) -> None:
    joined, alone = (tokenize(encode(text)[0]) for text in ("و" + word, word))
    assert joined.rests[0] == alone.hashes[0]
    assert rows(joined, 100)[0, 2:].tolist() == rows(alone, 100)[0, :2].tolist()
    assert alone.joined[0] == (word[0] == "و" and len(word) > 3)
    assert not alone.joined[0] or rows(alone, 100)[0, 2:].max() < 200


def test_a_space_belongs_to_what_it_follows() -> None:
    tokens = tokenize(encode("قال  12.")[0])
    assert tokens.of.tolist() == [0, 0, 0, 0, 0, 1, 2, 3]
    assert tokens.last.tolist() == [2, 5, 6, 7]
