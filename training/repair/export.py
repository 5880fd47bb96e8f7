"""A trained network as the file that the package reads: matrices as signed bytes, a scale per row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.network import FORMAT
from training.repair.channel import run_text
from training.repair.corpus import Classes
from training.repair.network import Network


def quantize(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the rows of `matrix` as bytes and what each must be multiplied with."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-12).astype(np.float32) / 127
    return np.round(matrix / scale[:, None]).astype(np.int8), scale


def described(classes: Classes) -> dict[str, list[str]]:
    """Return the letters that the classes of the first three heads stand for."""
    runs = {"after": classes.after.tolist(), "before": classes.before.tolist()}
    return {"letter": ["", *FRAGILE], **{head: [run_text(run) for run in known] for head, known in runs.items()}}


def export(network: Network, classes: Classes, about: Mapping[str, Any], path: Path) -> None:
    """Write the model file: `about` (data, figures) goes into its header. The file is written whole or not at all."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, parameter in network.state_dict().items():
        array = parameter.detach().float().cpu().numpy()
        if array.ndim == 2:
            values, scale = quantize(array)
            arrays[name] = values
            arrays[name.removesuffix("weight") + "scale"] = scale
        else:
            arrays[name] = array
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
