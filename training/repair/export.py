"""A trained network as the file that the package reads: matrices in few bits, with a scale per row or column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair import network as runtime
from telecom_digest.repair.network import FORMAT, parse
from training.repair.channel import run_text
from training.repair.corpus import Classes

if TYPE_CHECKING:  # what is written does not need PyTorch
    from training.repair.network import Network


def quantize(matrix: NDArray[np.float32], axis: int, most: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return `matrix` as numbers up to `most` and what each is multiplied with: a scale per row (1) or per column (0)."""
    scale = np.maximum(np.abs(matrix).max(axis, keepdims=True), 1e-12).astype(np.float32) / most
    return np.round(matrix / scale).astype(np.int8), scale.ravel()


def four_bits(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return numbers from -7 to 7 as telecom_digest.repair.network.four_bits takes them."""
    raised = (values + 8).astype(np.uint8)
    return raised[:, ::2] | np.left_shift(raised[:, 1::2], 4, dtype=np.uint8)


def six_bits(values: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return numbers from -31 to 31, as many as a multiple of 4, as telecom_digest.repair.network.six_bits takes them."""
    a, b, c, d = (values + 32).astype(np.uint8).reshape(4, -1)
    return np.stack([a | (b & 3) << 6, b >> 2 | (c & 15) << 4, c >> 4 | d << 2])


_LETTERS, _TABLE = "letters.weight", "table.weight"


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
        if scale is None:
            found[name] = array.copy()
        elif name == _TABLE:
            found[name] = runtime.four_bits(array) * scale[:, None]
        else:
            found[name] = np.ascontiguousarray((runtime.six_bits(array, len(scale)) * scale).T)
    return header, {name: array for name, array in found.items() if name.endswith((".weight", ".bias"))}


def export(network: Network, classes: Classes, lexicon: NDArray[np.uint16], about: Mapping[str, Any], path: Path) -> None:
    """Write the model file: `about` (data, figures) goes into its header. The file is written whole or not at all.

    Fewer bits change no figure in its third place: table of words and layers, as bytes and as they are stored.
    """
    arrays: dict[str, NDArray[Any]] = {}
    for name, parameter in network.state_dict().items():
        array = parameter.detach().float().cpu().numpy()
        scale_name = name.removesuffix("weight") + "scale"
        if name == _TABLE:
            values, arrays[scale_name] = quantize(array, 1, 7)
            arrays[name] = four_bits(values)
        elif array.ndim == 2 and name != _LETTERS:  # as it is multiplied, [inputs, outputs]: reading is one multiplication
            values, arrays[scale_name] = quantize(array.T, 0, 31)
            arrays[name] = six_bits(values)
        else:
            arrays[name] = array
    arrays["lexicon"] = lexicon
    arrays = dict(sorted(arrays.items(), key=lambda one: -one[1].itemsize))  # bytes last: the others stay aligned
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
