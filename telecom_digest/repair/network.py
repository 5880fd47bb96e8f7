"""The repair model, run with NumPy: the only module that reads it.

The file data/repair.model is a line that names its format, a line of JSON (sizes, classes, what it was trained on and how
well it did, where each array lies) and the arrays: layers [inputs, outputs] with a scale per output, six bits a weight; the
table of words with a scale per row, four bits; the rest as it is.
training/repair makes it, and its network.py says what is computed here and where the method is from.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from telecom_digest import resources
from telecom_digest.errors import ResourceError
from telecom_digest.repair.features import LINE_END, SPACE, Codes, rows, tokenize
from telecom_digest.repair.lexicon import Lexicon

Floats = NDArray[np.float32]

FORMAT = "telecom-digest/repair/2"
MODEL = "repair.model"
HEADS = ("letter", "after", "before", "glued", "end")

_ROWS = 1024
_BLOCK, _CONTEXT = 4096, 256  # codes read at once, and of them on each side only for context


class Layer(NamedTuple):
    """A gated convolution of width 3: weights [3 * width + 1, 2 * width], the last those of a constant input of 1 and the
    right half, of the gates, negated; and how far apart the three inputs stand."""

    weight: Floats
    dilation: int


class Model(NamedTuple):
    """The arrays of the file, ready to multiply, and what its header says."""

    header: dict[str, Any]
    letters: Floats
    table: NDArray[np.uint8]
    """[rows, width / 2], as `four_bits` takes it."""
    table_scale: Floats
    reading: tuple[Layer, ...]
    to_words: tuple[Floats, Floats]
    among_words: tuple[Layer, ...]
    to_letters: tuple[Floats, Floats]
    writing: tuple[Layer, ...]
    heads: tuple[Floats, Floats]
    lexicon: Lexicon

    @property
    def information(self) -> NDArray[np.float64]:
        """Return [LEVELS + 1], of two words known to stand together their mutual information by level, in natural units."""
        return np.array(self.header["information"], float)

    @property
    def classes(self) -> dict[str, list[str]]:
        """Of each head with letters, the letters that each class stands for."""
        found: dict[str, list[str]] = self.header["classes"]
        return found


def parse(raw: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the header of a model file and its arrays, by name.

    Raises:
        ResourceError: it is of another format.
    """
    head, _, rest = raw.partition(b"\n")
    described, _, body = rest.partition(b"\n")
    if head.decode("ascii", "replace") != FORMAT:
        raise ResourceError(f"data file {MODEL} has another format than {FORMAT}: reinstall telecom-digest")
    header: dict[str, Any] = json.loads(described)
    arrays: dict[str, NDArray[Any]] = {}
    at = 0
    for name, kind, shape in header["arrays"]:
        array = np.frombuffer(body, kind, prod(shape), at).reshape(shape)
        at += array.nbytes
        arrays[name] = array
    return header, arrays


@cache
def load() -> Model:
    """Return the model of the package, read once.

    Raises:
        ResourceError: it is missing, or of another format.
    """
    header, arrays = parse(resources.content(MODEL))

    def linear(name: str) -> tuple[Floats, Floats]:
        """Return a matrix [inputs, outputs] and a bias."""
        scale = arrays[f"{name}.scale"]
        return np.multiply(six_bits(arrays[f"{name}.weight"], len(scale)), scale, dtype=np.float32), arrays[f"{name}.bias"]

    def layers(name: str) -> tuple[Layer, ...]:
        return tuple(gated(*linear(f"{name}.{i}.linear"), d) for i, d in enumerate(header["shape"][name]))

    def gated(weight: Floats, bias: Floats, dilation: int) -> Layer:
        whole = np.concatenate([weight, bias[None]])
        np.negative(whole[:, len(bias) // 2 :], out=whole[:, len(bias) // 2 :])
        return Layer(whole, dilation)

    return Model(
        header,
        arrays["letters.weight"],
        arrays["table.weight"],
        arrays["table.scale"],
        layers("reading"),
        linear("to_words"),
        layers("among_words"),
        linear("to_letters"),
        layers("writing"),
        linear("heads"),
        Lexicon(arrays["lexicon"]),
    )


def four_bits(packed: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return [..., 2 * n], the numbers from -7 to 7 of which two lie in each of [..., n] bytes, the lower half first."""
    halves = np.stack([packed & 15, packed >> 4], -1).astype(np.int8)
    return halves.reshape(*packed.shape[:-1], -1) - np.int8(8)


def six_bits(packed: NDArray[np.uint8], columns: int) -> NDArray[np.int8]:
    """Return [rows, columns], numbers from -31 to 31, of [3, n] bytes: four numbers, each n apart, in three bytes."""
    a, b, c = packed
    found = np.stack([a & 63, a >> 6 | (b & 15) << 2, b >> 4 | (c & 3) << 4, c >> 2]).view(np.int8)
    found -= np.int8(32)
    return found.reshape(-1, columns)


def _scale(x: Floats) -> Floats:
    """Return [n, 1], what each row is multiplied with so that its root mean square is 1."""
    mean: Floats = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    scale: Floats = (1 / np.sqrt(mean + np.float32(1e-6)))[:, None]
    return scale


def _gated(x: Floats, layers: tuple[Layer, ...]) -> Floats:
    """Add to x, layer by layer, a * sigmoid(b), where a and b are convolutions of the normalised x.

    A few rows at a time, so that what is computed of them stays in the cache of the processor.
    """
    count, width = x.shape
    x = x.copy()
    inputs = np.ones((_ROWS, 3 * width + 1), np.float32)
    both = np.empty((_ROWS, 2 * width), np.float32)
    margin = max(dilation for _, dilation in layers)
    normed = np.zeros((count + 2 * margin, width), np.float32)
    for weight, dilation in layers:
        np.multiply(x, _scale(x), out=normed[margin : count + margin])
        for start in range(0, count, _ROWS):
            rows = min(_ROWS, count - start)
            for i in range(3):
                inputs[:rows, i * width : (i + 1) * width] = normed[margin + start + (i - 1) * dilation :][:rows]
            out = np.matmul(inputs[:rows], weight, out=both[:rows])
            value, gate = out[:, :width], out[:, width:]
            np.exp(gate, out=gate)
            gate += 1
            value /= gate
            x[start : start + rows] += value
    return x


def _linear(x: Floats, layer: tuple[Floats, Floats]) -> Floats:
    weight, bias = layer
    product: Floats = x @ weight
    product += bias
    return product


def _read(codes: Codes) -> Floats:
    """Return the logits of all heads, [n, classes], of n codes."""
    model = load()
    x = _gated(model.letters[codes], model.reading)
    tokens = tokenize(codes)
    found = rows(tokens, len(model.table) // 2)
    known = (four_bits(model.table[found]) * model.table_scale[found][:, :, None]).sum(1)
    words = _linear(np.concatenate([x[tokens.first], x[tokens.last], known], 1), model.to_words)
    words = _gated(words, model.among_words)
    x += _linear(words * _scale(words), model.to_letters)[tokens.of]
    x = _gated(x, model.writing)
    return _linear(x * _scale(x), model.heads)


def probabilities(codes: Codes) -> dict[str, Floats]:
    """Return for each of HEADS the probabilities [n, classes] at n codes.

    Many codes are read in blocks that overlap, which stay in the cache. A line end stands at both ends, as the pieces had
    that the model learned from.
    """
    model = load()
    closed = np.concatenate([[LINE_END], codes, [LINE_END]]).astype(np.uint8)
    logits = np.concatenate([_read(closed[a:b])[start - a : stop - a] for a, start, stop, b in blocks(closed)])[1:-1]
    found = {}
    at = 0
    for head, count in zip(HEADS, model.header["shape"]["classes"], strict=True):
        part = logits[:, at : at + count]
        part = np.exp(part - part.max(1, keepdims=True))
        found[head] = part / part.sum(1, keepdims=True)
        at += count
    return found


def blocks(codes: Codes) -> list[tuple[int, int, int, int]]:
    """Return spans (from, start, stop, to): `start` to `stop` cover all codes once, the rest of each is context.

    They are cut at spaces where there are any near, so that no word is answered for in two parts.
    """
    if len(codes) <= _BLOCK:
        return [(0, 0, len(codes), len(codes))]
    spaces = np.flatnonzero((codes == SPACE) | (codes == LINE_END))

    def near(at: int) -> int:
        i = int(np.searchsorted(spaces, at))
        found = int(spaces[i - 1]) + 1 if i else 0
        return found if 0 < at - found < _CONTEXT else at

    cuts = [0]
    while len(codes) - cuts[-1] > _BLOCK - _CONTEXT:
        cuts.append(near(cuts[-1] + _BLOCK - 2 * _CONTEXT))
    cuts.append(len(codes))
    return [(near(max(0, a - _CONTEXT)), a, b, min(len(codes), b + _CONTEXT)) for a, b in pairwise(cuts)]
