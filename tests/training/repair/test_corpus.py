"""Corpora as codes, batches drawn from them."""

from __future__ import annotations

import lzma
from itertools import islice
from pathlib import Path

import numpy as np

from telecom_digest.repair.features import LINE_END, encode
from training.repair.channel import STRIPPED, damage, run_text
from training.repair.corpus import batches, count_classes, load, loose, sentence_lengths

TEXTS = ["أعلنت الهيئة إطلاق خدمة جديدة. وقال الوزير إنها الأولى .وأكد ذلك.", "عقد المؤتمر في جنيف. ¶ وانتهى أمس."] * 20


def corpus(folder: Path) -> Path:
    path = folder / "toy.txt.xz"
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(TEXTS))
    return path


def test_files_and_folders_are_read_alike(tmp_path: Path) -> None:
    packed = load(corpus(tmp_path))
    folder = tmp_path / "texts"
    folder.mkdir()
    for i, text in enumerate(TEXTS):
        (folder / f"{i:02}.txt").write_text(text.replace(" ¶ ", "\n"), encoding="utf-8")
    loose = load(folder)
    assert packed.codes.tolist() == loose.codes.tolist()
    assert len(packed.starts) == len(TEXTS)
    assert packed.codes[packed.starts[1:] - 1].tolist() == [LINE_END] * (len(TEXTS) - 1)
    assert encode("الأولى. وأكد")[0].tobytes() in packed.codes.tobytes()  # the stop is put where it belongs


def test_what_is_held_out_is_not_trained_on(tmp_path: Path) -> None:
    path = tmp_path / "distinct.txt"
    path.write_text("\n".join(f"{'نص' * (i + 1)} آخر" for i in range(40)), encoding="utf-8")
    whole = load(path)
    parts = [{text.tobytes() for text in np.split(c.codes, c.starts[1:])} for c in (whole, *whole.split(5))]
    everything, kept, held = parts
    assert (len(kept), len(held)) == (35, 5)
    assert kept | held == everything


def test_classes_are_the_runs_seen(tmp_path: Path) -> None:
    classes = count_classes([load(corpus(tmp_path))], np.random.default_rng(0))
    assert {run_text(run) for run in classes.after.tolist()} >= {"", "ة", "ئة", "ى"}
    assert {run_text(run) for run in classes.before.tolist()} >= {"", "أ", "إ"}
    assert classes.after[0] == classes.before[0] == 0
    pairs = classes.number(damage(encode("قراءة وسؤال آخر")[0], STRIPPED, np.random.default_rng(0)))
    assert (pairs.after == -1).any()  # never seen: not learned, not counted


def test_batches_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    texts = load(corpus(tmp_path))
    classes = count_classes([texts], np.random.default_rng(0))
    first, again = (next(batches([texts], [1.0], classes, 500, 64, seed=3)) for _ in range(2))
    assert all(getattr(first, field).tolist() == getattr(again, field).tolist() for field in ("codes", "rows", "of"))
    for batch in islice(batches([texts], [1.0], classes, 500, 64, seed=4), 5):
        assert len(batch.codes) >= 500
        assert batch.rows.max() <= 128  # the row of zeros
        assert all(len(target) == len(batch.codes) for target in batch.targets)


def test_texts_without_hamza_teach_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_text("أعلنت الهيئة أن أول خدمة إلى السوق\nاعلنت الهيئة ان اول خدمة الى السوق\nعقد المؤتمر", encoding="utf-8")
    assert [loose(text) for text in path.read_text(encoding="utf-8").splitlines()] == [0.0, 1.0, 0.0]
    assert len(load(path).starts) == 2


def test_sentence_lengths_are_probabilities(tmp_path: Path) -> None:
    lengths = sentence_lengths([load(corpus(tmp_path))])
    assert abs(sum(np.exp(lengths)) - 1) < 0.05
    assert max(range(len(lengths)), key=lengths.__getitem__) + 1 in (2, 4, 5)
