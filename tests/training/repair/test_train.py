"""The training command, end to end, on a toy corpus. PyTorch is wanted for training alone: without it these are skipped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from telecom_digest import resources
from telecom_digest.repair import network
from telecom_digest.repair.features import encode, rows, tokenize
from tests.conftest import ROOT

torch = pytest.importorskip("torch", reason="PyTorch is not installed: see training/README.md")

TEXT = "أعلنت الهيئة إطلاق خدمة جديدة في المدينة. وأكدت الشركة أن الشبكة أصبحت جاهزة. وقال رئيسها إنها الأولى."
SMALL = {"width": 16, "word-width": 16, "table": 64, "row": 8, "among-words": "1,2", "size": 512, "rate": 0.01}


def training(folder: Path, steps: int, *more: str) -> tuple[dict[str, Any], str]:
    """Train in `folder`; return the header of the model and what was said."""
    command = [sys.executable, "-m", "training.repair", folder / "toy.txt", "--steps", steps, *more, "--compile", "never"]
    command += [word for name, value in SMALL.items() for word in (f"--{name}", value)]
    command += ["--output", folder / "toy.model", "--checkpoint", folder / "toy.checkpoint"]
    done = subprocess.run(list(map(str, command)), check=True, cwd=ROOT, capture_output=True, text=True)
    head, described, _ = (folder / "toy.model").read_bytes().split(b"\n", 2)
    assert head.decode() == network.FORMAT
    header: dict[str, Any] = json.loads(described)
    return header, done.stderr


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Train on a few sentences until they are known by heart."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "toy.txt").write_text("\n".join([TEXT] * 60), encoding="utf-8")
    return folder, training(folder, 200)[0]


def test_it_learns_and_says_so(trained: tuple[Path, dict[str, Any]]) -> None:
    _, header = trained
    assert header["data"] == ["toy.txt"]
    assert header["figures"]["toy.txt"]["stripped"][0] > 0.9


def test_numpy_computes_what_torch_computes(trained: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    from training.repair.network import Network, Shape

    folder, header = trained
    monkeypatch.setattr(resources, "content", lambda _: (folder / "toy.model").read_bytes())
    network.load.cache_clear()
    try:
        sizes: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in header["shape"].items()}
        shape = Shape(**sizes)
        wanted = Network(shape)
        wanted.load_state_dict(torch.load(folder / "toy.checkpoint", weights_only=True)["network"])
        codes = encode("\nعلنت الهي طلاق خدم جديد في المدين\n")[0]
        tokens = tokenize(codes)
        given = (codes.astype("int32"), tokens.first, tokens.last, rows(tokens, shape.table), tokens.of)
        with torch.no_grad():
            answers = wanted(*(torch.from_numpy(part) for part in given))
        got = network.probabilities(codes[1:-1])
        for head, logits in zip(network.HEADS, answers, strict=True):
            assert np.abs(torch.softmax(logits, -1).numpy()[1:-1] - got[head]).max() < 0.05
    finally:
        network.load.cache_clear()


def test_a_model_is_begun_with_and_may_grow(trained: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = trained
    (folder / "more").mkdir()
    (folder / "more" / "toy.txt").write_bytes((folder / "toy.txt").read_bytes())
    header, _ = training(folder / "more", 1, "--start", str(folder / "toy.model"), "--writing", "1,2,4,1,2,4")
    assert header["figures"]["toy.txt"]["stripped"][0] > 0.9


def test_a_checkpoint_is_gone_on_from(trained: tuple[Path, dict[str, Any]]) -> None:
    """One more step: from the beginning it would have learned nothing."""
    folder, _ = trained
    for name in ("toy.txt", "toy.checkpoint"):
        (folder / "again").mkdir(exist_ok=True)
        (folder / "again" / name).write_bytes((folder / name).read_bytes())
    header, said = training(folder / "again", 201, "--resume")
    assert "from step 200" in said
    assert header["figures"]["toy.txt"]["stripped"][0] > 0.9
