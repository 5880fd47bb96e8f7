"""From clean text to the repair model of the package, in one command.

    python -m training.repair ../shared/data/news_train.txt.xz ../shared/data/wiki_train.txt.xz --weights 6 4 --minutes 100

A corpus is a file with one text a line (" ¶ " for its line ends; .xz is read too) or a folder of *.txt. Some texts are held
out and the figures on them stand in the model's header. It needs PyTorch (training/requirements.txt); a GPU is used where
there is one, and on a CPU torch.compile where there is a compiler: half as fast again.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from telecom_digest.arabic import FRAGILE
from training.repair import lexicon
from training.repair.channel import run_number
from training.repair.corpus import Classes, Corpus, batches, count_classes, load, sentence_lengths
from training.repair.evaluate import KINDS, evaluate
from training.repair.export import export
from training.repair.export import weights as weights_of
from training.repair.network import Network, Shape
from training.repair.train import train

OUTPUT = Path(__file__).parents[2] / "telecom_digest" / "data" / "repair.model"
_HELD_OUT = 0.005  # share of the texts
_MOST_HELD_OUT = 150


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.repair", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--weights", nargs="+", type=float, help="how often each corpus is drawn from; default: equally")
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--steps", type=int, help="instead of --minutes")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--name", default="", help="names of the data, for the header; default: the file names")
    parser.add_argument("--size", type=int, default=8192, help="characters a step")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--compile", choices=["auto", "never"], default="auto", help="torch.compile on a CPU")
    parser.add_argument("--checkpoint", type=Path, default=Path("repair.checkpoint"), help="default: here")
    parser.add_argument("--start", type=Path, metavar="MODEL", help="begin with the weights of this model file")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    for name, value in Shape().as_dict().items():
        if name != "classes":
            kind = (lambda text: tuple(map(int, text.split(",")))) if isinstance(value, tuple) else int
            parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=value, help=f"default: {value}")
    return parser.parse_args(argv)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(argv: list[str] | None = None) -> int:
    """Train, evaluate and write the model; every part of it is said on stderr."""
    wanted = _arguments(argv)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    whole = [load(path) for path in wanted.corpora]
    weights = wanted.weights or [1.0] * len(whole)
    if len(weights) != len(whole):
        _say(f"{len(weights)} weights for {len(whole)} corpora: give one for each")
        return 2
    kept, held = zip(*(c.split(min(_MOST_HELD_OUT, max(1, int(_HELD_OUT * len(c.starts))))) for c in whole), strict=True)
    for path, corpus in zip(wanted.corpora, whole, strict=True):
        _say(f"{path.name}: {len(corpus.starts):,} texts, {len(corpus.codes):,} characters")
    del whole
    begun = 0
    start = weights_of(wanted.start) if wanted.start else None
    if start:
        runs = start[0]["classes"]
        classes = Classes(*(np.array([run_number(run) for run in runs[head]]) for head in ("after", "before")))
    elif wanted.resume:  # the numbers of the classes must stay what they were, the batches go on
        saved = torch.load(wanted.checkpoint, weights_only=True)
        classes, begun = Classes(*(np.array(run) for run in saved["classes"])), saved["step"]
    else:
        classes = count_classes(kept, np.random.default_rng(0))
    names = [n for n in Shape().as_dict() if n != "classes"]
    shape = Shape(
        **{n: getattr(wanted, n) for n in names}, classes=(1 + len(FRAGILE), len(classes.after), len(classes.before), 2, 3)
    )
    torch.manual_seed(0)
    network = Network(shape)
    if start:
        network.begin_from({name: torch.from_numpy(array) for name, array in start[1].items()})
    _say(f"{sum(p.numel() for p in network.parameters()):,} weights; {device}; {torch.get_num_threads()} threads")
    share = np.array(weights) / sum(weights)
    fast = wanted.compile == "auto" and device == "cpu" and shutil.which("g++") is not None
    steps = train(
        network,
        batches(kept, list(share), classes, wanted.size, shape.table, seed=begun),
        seconds=wanted.minutes * 60,
        steps=wanted.steps,
        rate=wanted.rate,
        device=device,
        compiled=fast,
        checkpoint=wanted.checkpoint,
        resume=wanted.resume,
        keep={"classes": [run.tolist() for run in classes]},
        say=_say,
    )
    about = _about(wanted, network.cpu(), classes, held, steps)
    cells, information = lexicon.learn(kept)
    counted = {"lengths": sentence_lengths(kept), "information": information}
    export(network, classes, cells, about | counted, wanted.output)
    _say(f"{wanted.output}: {wanted.output.stat().st_size / 1e6:.2f} MB, {about['figures']}")
    return 0


def _about(
    wanted: argparse.Namespace, network: Network, classes: Classes, held: tuple[Corpus, ...], steps: int
) -> dict[str, Any]:
    """Return what the header says of data, training and figures on the texts held out."""
    names = wanted.name.split(",") if wanted.name else [path.name for path in wanted.corpora]
    figures = {
        name: {kind: [round(x, 4) for x in evaluate(network, classes, corpus, what)] for kind, what in KINDS.items()}
        for name, corpus in zip(names, held, strict=True)
    }
    return {
        "data": names,
        "training": {
            "steps": steps,
            "characters": wanted.size,
            "rate": wanted.rate,
            "torch": torch.__version__,
            "machine": platform.machine(),
        },
        "figures": figures,
    }


if __name__ == "__main__":
    sys.exit(main())
