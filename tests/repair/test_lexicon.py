"""What is remembered of words: every key that was put in, and hardly any other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from telecom_digest.repair.features import encode
from telecom_digest.repair.lexicon import LEVELS, Lexicon, pair, stem
from training.repair.lexicon import fill

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "stems.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("size", [0, 1, 2, 40, 20_000])
def test_every_key_has_its_number(size: int) -> None:
    rng = np.random.default_rng(size)
    keys, others = np.split(rng.permutation(np.unique(rng.integers(0, 1 << 64, 2 * size, np.uint64))), 2)
    values = rng.integers(1, LEVELS + 1, size)
    lexicon = Lexicon(fill(keys, values))
    assert lexicon.levels(keys).tolist() == values.tolist()
    assert (lexicon.levels(others) > 0).sum() <= 1 + size // 1_000


def test_keys_that_are_the_same_cannot_be_put_in() -> None:
    with pytest.raises(ValueError, match="2 keys"):
        fill(np.array([7, 7], np.uint64), np.array([1, 2]))


def test_the_order_of_a_pair_counts() -> None:
    one, other = np.array([[3], [5]], np.uint64)
    assert pair(one, other).tolist() != pair(other, one).tolist()


@pytest.mark.parametrize(("word", "wanted"), CASES.items())
def test_stems(word: str, wanted: str) -> None:
    assert stem(encode(word)[0].tobytes()) == encode(wanted)[0].tobytes()
