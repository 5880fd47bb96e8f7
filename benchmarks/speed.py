"""How fast `digest` is beside its peers: `python benchmarks/speed.py [--runs N] [--write]`, in the project's environment.

Milliseconds of one machine say nothing on another, so everything is measured in one run, in interleaved rounds (ours,
peer, peer, ours, peer, peer, …), and told as ratios: what slows the machine for a while slows a whole round.
Peers live in virtual environments of their own, so that no dependency of theirs changes ours.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).resolve().parent
SEED, DAMAGED = (HERE.parent / "seeds" / name for name in ("ntra-wtdc-2017.txt", "itu-arab-hr-meeting.txt"))
BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"
FLOOR = "`python -c 'import typer, rich.console'`"
TARGET = 1.8  # times FLOOR
COPIES = 200
SECONDS = 0.5  # of work in one measurement of documents a second
_BIN = "Scripts" if os.name == "nt" else "bin"
_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # numpy, in sumy

Series = list[float] | str
"""A value a round, or why there are none."""


class BenchmarkError(Exception):
    """Something could not be measured or written; the message is fit for a table cell."""


@dataclass(frozen=True)
class Contender:
    """A row: its name as Markdown, and one measurement (milliseconds, or documents a second) or BenchmarkError."""

    name: str
    measure: Callable[[], float]


@dataclass(frozen=True)
class Peer:
    """A package in an environment of its own, or the reason why it has none."""

    label: str
    bin: Path
    problem: str = ""

    def tool(self, name: str) -> str:
        """Return the path of a program of this environment."""
        if self.problem:
            raise BenchmarkError(self.problem)
        return str(self.bin / name)


def call(command: Sequence[str], *, timeout: float = 120, env: Mapping[str, str] | None = None) -> str:
    """Run a command and return its standard output; its stderr is shown where it fails, and kept out of the table."""
    settings = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=timeout, check=True, env=settings
        )
    except subprocess.CalledProcessError as error:
        print(error.stderr, file=sys.stderr)
        raise BenchmarkError(f"not measured: {Path(command[0]).name} failed with exit code {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"not measured: took longer than {timeout:g} s") from error
    except OSError as error:
        raise BenchmarkError(f"not measured: {Path(command[0]).name} cannot be run: {error.strerror}") from error
    return done.stdout


def install(package: str, envs: Path) -> Peer:
    """Return the peer; the first time, or when its requirements changed, pip installs it below `envs`."""
    requirements = HERE / f"requirements-{package}.txt"
    home = envs / package
    python, mark = str(home / _BIN / "python"), home / "installed.txt"
    try:
        wanted = requirements.read_text(encoding="utf-8")
        if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
            call([sys.executable, "-m", "venv", "--clear", str(home)], timeout=600)
            call([python, "-m", "pip", "install", "--quiet", "-r", str(requirements)], timeout=600)
            mark.write_text(wanted, encoding="utf-8")
        version = call([python, "-c", f"from importlib.metadata import version; print(version({package!r}))"])
    except (BenchmarkError, OSError) as error:
        print(f"{package}: {error}", file=sys.stderr)
        return Peer(package, home / _BIN, problem="not measured: could not be installed")
    return Peer(f"{package} {version.strip()}", home / _BIN)


def process(name: str, command: Callable[[], Sequence[str]], *, things: int = 0) -> Contender:
    """Return a row for a whole process: its milliseconds or, of several `things` it does, how many a second."""

    def measure() -> float:
        words = command()
        start = perf_counter()
        call(words)
        spent = perf_counter() - start
        return things / spent if things else 1000 * spent

    return Contender(name, measure)


def loop(name: str, python: Callable[[], str], work: str, file: Path = SEED) -> Contender:
    """Return a row for documents a second inside one process on one core, start and imports left out."""
    tail = [str(HERE / "worker.py"), work, str(file), str(SECONDS)]
    return Contender(name, lambda: float(call([python(), *tail], env=_ONE_CORE)))


def interleave(contenders: Sequence[Contender], runs: int) -> dict[str, Series]:
    """Measure every contender once a round, after a round that does not count; one that fails is out.

    Raises:
        BenchmarkError: the first, ours, failed: there is nothing to compare.
    """
    found: dict[str, Series] = {c.name: [] for c in contenders}
    for turn in range(runs + 1):
        for contender in contenders:
            series = found[contender.name]
            if isinstance(series, str):
                continue
            try:
                value = contender.measure()
            except BenchmarkError as error:
                if contender is contenders[0]:
                    raise BenchmarkError(f"{contender.name}: {error}") from error
                found[contender.name] = str(error)
            else:
                series += [value] if turn else []
    return found


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return ours over theirs, round by round: a median over a median would mix slow minutes with fast ones."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Return `median (lowest to highest)`."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def table(heads: tuple[str, str, str], found: Mapping[str, Series]) -> str:
    """Return a Markdown table: name, values of the rounds, and the values of the first row, ours, over them."""
    ours = next(iter(found.values()))
    lines = [f"| {' | '.join(heads)} |", "| --- | ---: | ---: |"]
    for name, series in found.items():
        if isinstance(series, str) or isinstance(ours, str):
            lines.append(f"| {name} | {series} | |")
        else:
            lines.append(f"| {name} | {spread(series)} | {'1' if series is ours else spread(ratios(ours, series), 2)} |")
    return "\n".join(lines)


def verdict(ours: Series, floor: Series) -> str:
    """Return the sentence on the target of the cold start."""
    if isinstance(ours, str) or isinstance(floor, str):
        return "The target of the cold start could not be judged."
    ratio = median(ratios(ours, floor))
    return f"Target: a cold start of at most {TARGET} times the bare imports; it is {ratio:.2f}, {'met' if ratio <= TARGET else 'missed'}."


def replace_between(text: str, body: str) -> str:
    """Return `text` with `body` between its two markers.

    Raises:
        BenchmarkError: they are not there, once each and in order.
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise BenchmarkError(f"needs one {BEGIN} and after it one {END}: add both where the tables should stand")
    return f"{text[: text.index(BEGIN)]}{BEGIN}\n{body.strip()}\n{text[text.index(END) :]}"


def report(runs: int, envs: Path) -> Iterator[str]:
    """Measure everything; yield the paragraphs of the report."""
    sumy, aranorm = install("sumy", envs), install("aranorm", envs)
    digest = shutil.which("digest", path=str(Path(sys.executable).parent)) or "digest"
    python = sys.executable
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield (
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} CPUs ({platform.system()} {platform.machine()}), "
        f"Python {platform.python_version()}, {runs} interleaved rounds after a warm-up: median (lowest to highest)."
    )
    cold = interleave(
        [
            process("`digest FILE`", lambda: [digest, str(SEED)]),
            process(FLOOR, lambda: [python, "-c", "import typer, rich.console"]),
            process(
                f"{sumy.label}: `sumy lex-rank --length=5 --language=arabic --file=FILE`",
                lambda: [sumy.tool("sumy"), "lex-rank", "--length=5", "--language=arabic", f"--file={SEED}"],
            ),
            process(f"{aranorm.label}: `aranorm normalize -f FILE`", lambda: [aranorm.tool("aranorm"), "normalize", "-f", str(SEED)]),
            process(
                f"{aranorm.label}: `aranorm summarize --max-sentences 5 -f FILE`",
                lambda: [aranorm.tool("aranorm"), "summarize", "--max-sentences", "5", "-f", str(SEED)],
            ),
            process("`digest FILE`, damaged text", lambda: [digest, str(DAMAGED)]),
        ],
        runs,
    )
    yield table(("Cold start, whole process", "ms", "`digest` takes … times as long"), cold)
    yield verdict(cold["`digest FILE`"], cold[FLOOR])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COPIES):
            shutil.copy(SEED, Path(folder) / f"{number:03}.txt")
        warm = interleave(
            [
                loop("`render(digest(text))`", lambda: python, "ours"),
                loop(f"{sumy.label}: LexRank", lambda: sumy.tool("python"), "sumy"),
                loop(f"{aranorm.label}: normalizer alone", lambda: aranorm.tool("python"), "aranorm_normalizer"),
                loop(f"{aranorm.label}: summarizer", lambda: aranorm.tool("python"), "aranorm_summarizer"),
                loop("`render(digest(text))`, damaged text", lambda: python, "ours", DAMAGED),
                process(f"`digest FOLDER`, {COPIES} files, whole process", lambda: [digest, folder], things=COPIES),
            ],
            runs,
        )
    yield table(("One process, one core", "documents a second", "`digest` does … times as many"), warm)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the report and, where asked to, put it into the README."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(description="Measure digest beside its peers, as ratios, in one run.")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="rounds that count (default: 15)")
    parser.add_argument("--write", action="store_true", help="put the tables between the markers of the README")
    parser.add_argument("--readme", type=Path, default=HERE.parent / "README.md", help="where --write writes")
    parser.add_argument("--envs", type=Path, default=cache / "telecom-digest-bench", help="folder of the peers' environments")
    wanted = parser.parse_args(argv)
    if wanted.runs < 1:
        parser.error("--runs must be at least 1")
    for seed in (SEED, DAMAGED):
        if not seed.is_file():
            parser.error(f"{seed} is missing: it is what is measured, restore it")
    try:
        if wanted.write:
            replace_between(wanted.readme.read_text(encoding="utf-8"), "")  # fail before the minutes of measuring
        paragraphs = "\n\n".join(report(wanted.runs, wanted.envs))
        print(paragraphs)
        if wanted.write:
            wanted.readme.write_text(replace_between(wanted.readme.read_text(encoding="utf-8"), paragraphs), encoding="utf-8")
    except (BenchmarkError, OSError) as error:
        parser.exit(1, f"speed.py: {error}\n")


if __name__ == "__main__":
    main()
