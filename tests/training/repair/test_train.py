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

SMALL = ["--width", "16", "--word-width", "16", "--table", "64", "--row", "8", "--among-words", "1,2", "--size", "512"]
SMALL += ["--rate", "0.01", "--compile", "never"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train on a few sentences until they are known by heart."""
    folder = tmp_path_factory.mktemp("toy")
    words = "أعلنت الهيئة إطلاق خدمة جديدة في المدينة. وأكدت الشركة أن الشبكة أصبحت جاهزة. وقال رئيسها إنها الأولى."
    (folder / "toy.txt").write_text("\n".join([words] * 60), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "training.repair",
        str(folder / "toy.txt"),
        "--steps",
        "200",
        "--rate",
        "0.01",
        "--compile",
        "never",
    ]
    output = folder / "toy.model"
    subprocess.run([*command, *SMALL, "--output", str(output)], check=True, cwd=ROOT, capture_output=True)
    return output


def test_it_learns_and_says_so(trained: Path) -> None:
    head, described, _ = trained.read_bytes().split(b"\n", 2)
    assert head.decode() == network.FORMAT
    header = json.loads(described)
    assert header["data"] == ["toy.txt"]
    assert header["figures"]["toy.txt"]["stripped"][0] > 0.9


def test_numpy_computes_what_torch_computes(trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from training.repair.network import Network, Shape

    monkeypatch.setattr(resources, "content", lambda _: trained.read_bytes())
    network.load.cache_clear()
    try:
        header = network.load().header
        saved = torch.load(trained.with_suffix(".checkpoint"), weights_only=True)
        sizes: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in header["shape"].items()}
        shape = Shape(**sizes)
        torch_network = Network(shape)
        torch_network.load_state_dict(saved["network"])
        codes = encode("\nعلنت الهي طلاق خدم جديد في المدين\n")[0]
        tokens = tokenize(codes)
        given = (codes.astype("int32"), tokens.first, tokens.last, rows(tokens.hashes, shape.table), tokens.of)
        with torch.no_grad():
            wanted = torch_network(*(torch.from_numpy(part) for part in given))
        got = network.probabilities(codes[1:-1])
        for head, logits in zip(network.HEADS, wanted, strict=True):
            assert np.abs(torch.softmax(logits, -1).numpy()[1:-1] - got[head]).max() < 0.05
    finally:
        network.load.cache_clear()


def test_a_checkpoint_is_gone_on_from(trained: Path) -> None:
    command = [sys.executable, "-m", "training.repair", str(trained.with_name("toy.txt")), "--steps", "201"]
    done = subprocess.run(
        [*command, *SMALL, "--resume", "--output", str(trained)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "from step 200" in done.stderr
