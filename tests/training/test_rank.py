"""Learning the weights of the ranking, on items made here. scikit-learn is wanted for training alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from telecom_digest import resources
from telecom_digest.features import FEATURES
from telecom_digest.profile import load as load_profile

pytest.importorskip("sklearn", reason="scikit-learn is not installed: see training/README.md")

SENTENCES = [
    "أعلنت هيئة تنظيم الاتصالات {n} رخصة جديدة للخدمات.",
    "وقعت الهيئة اتفاقية رقم {n} بقيمة مليون درهم.",
    "ونحن نفخر بهذه الثقة الغالية في كل عام.",
    "وتعد الهيئة جهة عريقة في هذا المجال الواسع.",
]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    rows: list[dict[str, Any]] = []
    summarized: list[dict[str, Any]] = []
    for n in range(12):
        texts = [text.format(n=n + 2) for text in (SENTENCES if n % 2 else SENTENCES[::-1])]
        text, spans = "", []
        for sentence in texts:
            spans.append([len(text), len(text) + len(sentence)])
            text += sentence + " "
        key = [i for i, sentence in enumerate(texts) if "الهيئة" not in sentence[:12] and "نفخر" not in sentence]
        other = [i for i in range(4) if i not in key]
        rows.append({"text": text, "sentences": spans, "key3": key, "key5": key, "background": other})
        summarized.append({"text": text, **{f"summary_{k}": texts[0] for k in "ABCDE"}})
    paths = [tmp_path / "items.jsonl", tmp_path / "summarized.jsonl"]
    for path, some in zip(paths, (rows, summarized), strict=True):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in some), encoding="utf-8")
    return paths


def test_the_command_writes_what_the_package_reads(files: list[Path], tmp_path: Path) -> None:
    from training.rank.__main__ import main

    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "default.yaml").write_bytes((resources.DATA / "profiles" / "default.yaml").read_bytes())
    before = load_profile()
    (tmp_path / "corpus.txt").write_text("\n".join(" ".join(SENTENCES).format(n=n) for n in range(20)), encoding="utf-8")
    (tmp_path / "further.jsonl").touch()
    further = ["--corpus", str(tmp_path / "corpus.txt"), "--further", str(tmp_path / "further.jsonl")]
    assert main([*map(str, files), *further, "--output", str(tmp_path), "--rounds", "1"]) == 0
    after = resources.parse((tmp_path / "profiles" / "default.yaml").read_text(encoding="utf-8"))
    assert set(after["weights"]) == set(after["general"]) == set(FEATURES)
    assert after["weights"] != dict(before.weights)
    assert after["bullets"] == before.bullets
    words = resources.parse((tmp_path / "rank.yaml").read_text(encoding="utf-8"))["words"]
    assert words["نفخر"] < 0
    assert after["general"]["lead"] > 0  # the summaries have the first sentence


def test_key_sentences_of_summaries_are_those_that_most_have(files: list[Path]) -> None:
    from training.rank.items import load, load_summarized

    profile = load_profile()
    assert [item.key3 for item in load_summarized(files[1], profile)] == [[0]] * 12
    assert all(item.labels == [0, 1, 2, 3] for item in load(files[0], profile))


def test_words_that_are_used_alike_have_alike_vectors() -> None:
    from training.rank.vectors import learn

    texts = [f"وقعت {who} اتفاقية جديدة {n} وقالت إن الخدمة بدأت" for who in ("الهيئة", "الشركة") for n in range(10)]
    place, matrix = learn([*texts, *["ارتفع سعر النفط اليوم قليلا"] * 10])
    body, company, oil = (matrix[place[word]] for word in ("هيئ", "شرك", "نفط"))
    assert body @ company > 0.9 > body @ oil


def test_what_a_sentence_says_is_the_sum_of_its_words_over_the_root_of_their_number() -> None:
    from training.rank.vectors import Vectors

    vectors = Vectors({"a": 0, "b": 1}, np.array([[1.0, 0.0], [0.0, 1.0]]))
    sums = vectors.sums([frozenset("ab"), frozenset("abcd"), frozenset("c")])
    assert np.allclose(sums, [[2**-0.5, 2**-0.5], [0.5, 0.5], [0.0, 0.0]])


def test_further_items_are_learned_from_by_their_weight(files: list[Path]) -> None:
    from training.rank.fit import Settings, fit
    from training.rank.items import load
    from training.rank.vectors import learn

    items = load(files[0], load_profile())
    vectors = learn([" ".join(SENTENCES).format(n=n) for n in range(20)])
    turned = [item._replace(key3=item.background, key5=item.background, background=item.key3) for item in items]
    alone, some, more = (fit(items, turned, vectors, Settings(others=weight)).words["نفخر"] for weight in (0.0, 0.3, 2.0))
    assert alone < 0 < more
    assert alone == fit(items, [], vectors, Settings()).words["نفخر"]
    assert alone != some
