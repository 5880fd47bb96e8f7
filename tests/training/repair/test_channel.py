"""The channel: what it loses is what it says it lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.features import LETTER, LETTERS, SIGNS, SPACE, encode
from tests.strategies import texts
from training.repair.channel import (
    BASE,
    FOLDED,
    INTACT,
    LONGEST_RUN,
    STRIPPED,
    UNPUNCTUATED,
    Damage,
    Pairs,
    damage,
    run_number,
    run_text,
)

SHOWN = {5 + i: sign for i, sign in enumerate(SIGNS + LETTERS)} | {1: " ", 2: "\n", 3: "0", 4: "a", 0: "#"}


def cut(pairs: Pairs, size: int) -> Pairs:
    return Pairs(pairs.codes[:size], *(field[:size] for field in pairs[1:]))


TEXT = "أعلنت الهيئة، أمس، إطلاق خدمة جديدة. وقال رئيسها إن القراءة 12.5 ميجابت؛ د. أحمد أكد ذلك في 2018."


def sent(text: str, what: Damage, seed: int = 0) -> Pairs:
    return damage(encode(text)[0], what, np.random.default_rng(seed))


def shown(pairs: Pairs) -> str:
    return "".join(SHOWN.get(code, "?") for code in pairs.codes.tolist())


def undone(pairs: Pairs) -> str:
    """Put back everything that `pairs` says was lost, but figures and signs."""
    parts = []
    for i, code in enumerate(pairs.codes.tolist()):
        letter = FRAGILE[pairs.letter[i] - 1] if pairs.letter[i] else SHOWN.get(code, "?")
        space = " " if pairs.glued[i] else ""
        parts += [run_text(int(pairs.before[i])), letter, run_text(int(pairs.after[i])), space]
    return "".join(parts)


def test_the_first_seed_documents_accident() -> None:
    pairs = sent(TEXT, STRIPPED._replace(glue=0.0))
    assert shown(pairs) == "علنت الهي مس طلاق خدم جديد وقال ريسها ن القرا ميجابت د حمد كد ذلك في"
    assert undone(pairs) == "أعلنت الهيئة أمس إطلاق خدمة جديدة وقال رئيسها إن القراءة ميجابت د أحمد أكد ذلك في"
    ends = [undone(cut(pairs, int(i) + 1)).split()[-1] for i in np.flatnonzero(pairs.end == 2)]
    assert ends == ["جديدة", "في"]  # not at the decimal point, not after the doctor


def test_glued_words_come_apart_again() -> None:
    pairs = sent(TEXT, STRIPPED._replace(glue=1.0))
    assert "الهيمس" in shown(pairs)
    assert undone(pairs) == undone(sent(TEXT, STRIPPED._replace(glue=0.0)))


def test_folded_letters_keep_their_places() -> None:
    pairs = sent(TEXT, FOLDED)
    assert shown(pairs).startswith("اعلنت الهيئه، امس، اطلاق خدمه جديده.")
    assert undone(pairs) == shown(sent(TEXT, INTACT))


def test_nothing_lost_nothing_said() -> None:
    pairs = sent(TEXT, INTACT)
    assert not any(field.any() for field in pairs[1:5])


@given(texts(), st.sampled_from([STRIPPED, UNPUNCTUATED, FOLDED, INTACT]), st.integers(0, 9))
def test_what_it_lost_is_what_it_says(text: str, what: Damage, seed: int) -> None:
    pairs = sent(text, what, seed)
    assert len({len(field) for field in pairs}) == 1
    clean = "".join(SHOWN.get(code, "?") if LETTER[code] else " " for code in encode(text)[0].tolist())
    wanted = [word for word in clean.split() if what.letters == "" or set(word) - set(FRAGILE)]
    long = any(
        set(word[i : i + LONGEST_RUN + 1]) <= set(FRAGILE) for word in wanted for i in range(len(word) - LONGEST_RUN)
    )
    if not long:  # runs longer than are learned are cut
        got = "".join(c if c in LETTERS or c == "?" else " " for c in undone(pairs)).split()
        assert got == wanted
    assert not (pairs.codes == SPACE)[:1].any()


@pytest.mark.parametrize("letters", ["أ", "ئة", "إأء"])
def test_a_run_is_its_number(letters: str) -> None:
    assert run_text(run_number(letters)) == letters
    assert 0 < run_number(letters) < BASE ** len(letters)
