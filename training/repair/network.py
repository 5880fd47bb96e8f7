"""The network, as it is trained; telecom_digest/repair/network.py computes the same with NumPy.

Characters are read with gated dilated convolutions (van den Oord et al. 2016, "WaveNet"; Dauphin et al. 2017, "Language
modeling with gated convolutional networks"), words from their first and last character and two rows of a table found by
hashing (Weinberger et al. 2009, "Feature hashing"), then words among words with the same convolutions: there are five
times fewer of them, so wide context costs little. What a word learned goes back to its characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from telecom_digest.arabic import FRAGILE
from telecom_digest.repair.features import SIZE


@dataclass(frozen=True)
class Shape:
    """Sizes of the network. Dilations are one per layer."""

    width: int = 128
    reading: tuple[int, ...] = (1, 2, 4)
    word_width: int = 224
    among_words: tuple[int, ...] = (1, 2, 4, 8, 1, 2, 4, 8)
    writing: tuple[int, ...] = (1, 2, 4, 1)
    table: int = 1 << 15
    """Rows of each half of the table of words."""
    row: int = 64
    classes: tuple[int, ...] = (1 + len(FRAGILE), 1, 1, 2, 3)
    """Number of classes of each of the HEADS of telecom_digest.repair.network."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def norm(x: Tensor) -> Tensor:
    """Root mean square normalisation (Zhang and Sennrich 2019)."""
    return x * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + 1e-6).to(x.dtype)


def neighbours(x: Tensor, dilation: int) -> Tensor:
    """Return [t, 3 * width]: what stands `dilation` before, here and after. A linear layer over it is a convolution."""
    padded = torch.nn.functional.pad(x, (0, 0, dilation, dilation))
    return torch.cat([padded[: -2 * dilation], x, padded[2 * dilation :]], 1)


class Gated(nn.Module):
    """x + a * sigmoid(b), where a and b are convolutions of width 3 of the normalised x."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.linear = nn.Linear(3 * width, 2 * width)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.linear(neighbours(norm(x), self.dilation)).chunk(2, -1)
        return x + a * torch.sigmoid(b)


class Network(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.letters = nn.Embedding(SIZE, shape.width)
        self.reading = nn.Sequential(*(Gated(shape.width, d) for d in shape.reading))
        self.table = nn.Embedding(2 * shape.table + 1, shape.row, padding_idx=2 * shape.table)
        self.to_words = nn.Linear(2 * shape.width + shape.row, shape.word_width)
        self.among_words = nn.Sequential(*(Gated(shape.word_width, d) for d in shape.among_words))
        self.to_letters = nn.Linear(shape.word_width, shape.width)
        self.writing = nn.Sequential(*(Gated(shape.width, d) for d in shape.writing))
        self.heads = nn.Linear(shape.width, sum(shape.classes))
        nn.init.normal_(self.letters.weight, std=1.0)
        with torch.no_grad():
            self.table.weight[:-1].normal_(std=0.1)

    def begin_from(self, weights: Mapping[str, Tensor]) -> None:
        """Take the weights of another network; layers that it lacks change nothing until they have learned something."""
        missing = self.load_state_dict(weights, strict=False).missing_keys
        for name in {name.rpartition(".linear.")[0] for name in missing}:
            layer = self.get_submodule(name)
            if not isinstance(layer, Gated):
                raise TypeError(f"{name} is missing there: only gated layers can be added")
            with torch.no_grad():
                layer.linear.weight[: layer.linear.out_features // 2] = 0
                layer.linear.bias[: layer.linear.out_features // 2] = 0

    def forward(self, codes: Tensor, first: Tensor, last: Tensor, rows: Tensor, of: Tensor) -> list[Tensor]:
        """Return the logits of each of HEADS, [t, classes].

        Args:
            codes: [t], `of` [t] the token of each; `first`, `last` [n] of each token; `rows` [n, 4] of the table.
        """
        x = self.reading(self.letters(codes))
        known = self.table(rows).sum(1).to(x.dtype)
        words = self.among_words(self.to_words(torch.cat([x[first], x[last], known], 1)))
        x = x + self.to_letters(norm(words))[of]
        x = self.writing(x)
        return list(torch.split(self.heads(norm(x)), self.shape.classes, 1))
