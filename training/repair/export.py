"""A trained network as the file that the package reads: matrices as signed bytes with a scale per row or column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.network import FORM_BITS, FORMAT, parse
from training.repair.channel import run_text
from training.repair.corpus import Classes

if TYPE_CHECKING:  # what is written does not need PyTorch
    from training.repair.network import Network


def quantize(matrix: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return `matrix` as bytes and what each must be multiplied with: a scale per row (1) or per column (0)."""
    scale = np.maximum(np.abs(matrix).max(axis, keepdims=True), 1e-12).astype(np.float32) / 127
    return np.round(matrix / scale).astype(np.int8), scale.ravel()


_FORM_BYTES = 1 << 17
_TABLES = ("letters.weight", "table.weight")


def described(classes: Classes) -> dict[str, list[str]]:
    """Return the letters that the classes of the first three heads stand for."""
    runs = {"after": classes.after.tolist(), "before": classes.before.tolist()}
    return {"letter": ["", *FRAGILE], **{head: [run_text(run) for run in known] for head, known in runs.items()}}


def weights(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Return the header of a model file and the weights of its network, as they were but for rounding."""
    header, arrays = parse(path.read_bytes())
    found = {}
    for name, array in arrays.items():
        scale = arrays.get(name.removesuffix("weight") + "scale")
        if name in _TABLES and scale is not None:
            found[name] = array * scale[:, None]
        elif name.endswith(".weight") and scale is not None:
            found[name] = np.ascontiguousarray((array * scale).T)
        elif name.endswith(".bias"):
            found[name] = array.copy()
    return header, found


def bloom(hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return the bits of a Bloom filter of these hashes, as telecom_digest.repair.network.Model.knows asks it."""
    bits = np.zeros(8 * _FORM_BYTES, bool)
    low, high = hashes & np.uint64(0xFFFFFFFF), hashes >> np.uint64(32)
    for i in range(FORM_BITS):
        bits[((low + np.uint64(i) * high) % np.uint64(len(bits))).astype(np.int64)] = True
    return np.packbits(bits, bitorder="little")


def export(network: Network, classes: Classes, forms: NDArray[np.uint64], about: Mapping[str, Any], path: Path) -> None:
    """Write the model file: `about` (data, figures) goes into its header. The file is written whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, parameter in network.state_dict().items():
        array = parameter.detach().float().cpu().numpy()
        if array.ndim == 2:
            table = name in _TABLES
            # layers are stored as they are multiplied, [inputs, outputs], so that reading them is one multiplication
            values, scale = quantize(array, 1) if table else quantize(array.T, 0)
            arrays[name] = values
            arrays[name.removesuffix("weight") + "scale"] = scale
        else:
            arrays[name] = array
    arrays["forms"] = bloom(forms)
    header = {
        **about,
        "shape": network.shape.as_dict(),
        "classes": described(classes),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    line = json.dumps(header, ensure_ascii=False).encode()
    part = path.with_suffix(".part")
    part.write_bytes(b"\n".join([FORMAT.encode(), line, b"".join(a.tobytes() for a in arrays.values())]))
    part.replace(path)
