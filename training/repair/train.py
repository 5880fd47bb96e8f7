"""Training: batches through the network until the time is up."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from training.repair.corpus import Batch
from training.repair.network import Network

# of the heads: sentence ends are never certain, and would otherwise be most of what is learned from
_WEIGHTS = (2.0, 4.0, 4.0, 1.0, 1.5)
_WARM_UP = 200  # steps
_SAY_EVERY, _KEEP_EVERY = 30, 300  # seconds


def tensors(batch: Batch, device: str) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Return what the network is given, and what it should answer."""
    given = [torch.from_numpy(part).to(device) for part in (batch.codes.astype("int32"), *batch[1:5])]
    return given, [torch.from_numpy(target).to(device) for target in batch.targets]


def ahead(source: Iterator[Batch], depth: int = 4) -> Iterator[Batch]:
    """Yield from `source`, which another thread keeps a few batches ahead."""
    waiting: queue.Queue[Batch | BaseException] = queue.Queue(depth)

    def fill() -> None:
        try:
            for batch in source:
                waiting.put(batch)
        except BaseException as error:  # noqa: BLE001 - raised below, where it ends the training
            waiting.put(error)

    threading.Thread(target=fill, daemon=True).start()
    while True:
        found = waiting.get()
        if isinstance(found, BaseException):
            raise found
        yield found


def loss_of(logits: list[torch.Tensor], targets: list[torch.Tensor]) -> torch.Tensor:
    """Return the weighted sum over heads of the mean cross-entropy; runs that are not learned (-1) do not count."""
    losses = [functional.cross_entropy(a.float(), b, ignore_index=-1) for a, b in zip(logits, targets, strict=True)]
    return (torch.stack(losses) * torch.tensor(_WEIGHTS, device=losses[0].device)).sum()


def train(
    network: Network,
    source: Iterator[Batch],
    *,
    seconds: float,
    steps: int | None = None,
    rate: float = 3e-3,
    device: str = "cpu",
    compiled: bool = False,
    checkpoint: Path | None = None,
    resume: bool = False,
    keep: Mapping[str, Any] | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Train `network` for `seconds`, or `steps` where that is given, and return the number of steps.

    The rate rises for a moment, then falls to nothing as the time runs out, so the end is always annealed. Every few
    minutes, and at the end, all that is needed to go on is written to `checkpoint`, with what else is to be kept.
    """
    network.to(device).train()
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
    begun, spent = 0, 0.0
    if resume and checkpoint and checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        begun, spent = saved["step"], saved["seconds"]
        say(f"from step {begun}")

    def save(step: int, seconds: float) -> None:
        if checkpoint:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            part = checkpoint.with_suffix(".part")
            torch.save({**(keep or {}), **state, "step": step, "seconds": seconds}, part)
            part.replace(checkpoint)

    warm_up = max(1, min(_WARM_UP, steps // 10)) if steps else _WARM_UP
    forward = torch.compile(network, dynamic=True) if compiled else network
    started = said = kept = time.monotonic()
    average, seen, step = 0.0, 0, begun
    for step, batch in enumerate(ahead(source), begun):
        now = time.monotonic()
        done = step / steps if steps else (now - started + spent) / seconds
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / warm_up) * (0.5 + 0.5 * math.cos(math.pi * done))
        given, targets = tensors(batch, device)
        with torch.autocast(device, torch.bfloat16):
            logits = forward(*given)
        loss = loss_of(logits, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        seen += len(batch.codes)
        average = loss.item() if step == begun else 0.99 * average + 0.01 * loss.item()
        if now - said > _SAY_EVERY:
            say(f"{done:4.0%}  step {step}  {seen / (now - started):,.0f} characters/s  loss {average:.4f}")
            said = now
        if now - kept > _KEEP_EVERY:
            save(step + 1, now - started + spent)
            kept = now
    save(step, time.monotonic() - started + spent)
    return step
