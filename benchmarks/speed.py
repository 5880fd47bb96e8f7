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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
ENVS = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "telecom-digest-bench"
"""Where peers are installed."""
SEED, DAMAGED = (HERE.parent / "seeds" / name for name in ("ntra-wtdc-2017.txt", "itu-arab-hr-meeting.txt"))
OURS, FLOOR = "`digest FILE`", "`python -c 'import typer, rich.console'`"
LOOP, BARE = "`render(digest(text))`", "the same without the facts"
TARGET = 1.8  # times FLOOR
SHARE = 1 / 3  # of the time, which the facts may take
COPIES = 200
SECONDS = 0.5  # of work in one measurement of documents a second
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # numpy, in sumy

Series = list[float] | str
"""A value a round, or why there are none."""


class BenchmarkError(Exception):
    """Something could not be measured or written; the message is fit for a table cell."""


@dataclass(frozen=True)
class Contender:
    """A row: its name as Markdown, and one measurement (milliseconds, or documents a second) or BenchmarkError."""

    name: str
    measure: Callable[[], float]


def call(command: Sequence[str], *, timeout: float = 120, env: Mapping[str, str] | None = None) -> str:
    """Run a command and return its standard output; its stderr is shown where it fails, and kept out of the table.

    It does not see PYTHON… variables of ours: with PYTHONDONTWRITEBYTECODE, for one, it would compile every module anew.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    variables = {**kept, "PYTHONIOENCODING": "utf-8", **(env or {})}
    program, null = Path(command[0]).name, subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, stdin=null, capture_output=True, encoding="utf-8", timeout=timeout, env=variables, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BenchmarkError(f"{program} took longer than {timeout:g} s") from error
    except OSError as error:
        raise BenchmarkError("not installed here") from error
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise BenchmarkError(f"{program} failed with exit code {done.returncode}")
    return done.stdout


def install(package: str, envs: Path) -> tuple[str, Path]:
    """Return a peer's name with its version, and where its programs are.

    The first time, or when its requirements changed, pip installs it below `envs`. Where that fails nothing is left
    there, so that each of its rows says that it is not installed.
    """
    requirements = HERE / f"requirements-{package}.txt"
    home = envs.absolute() / package
    programs, mark = home / ("Scripts" if os.name == "nt" else "bin"), home / "installed.txt"
    python = str(programs / "python")
    try:
        wanted = requirements.read_text(encoding="utf-8")
        if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
            call([sys.executable, "-m", "venv", "--clear", str(home)], timeout=600)
            call([python, "-m", "pip", "install", "--quiet", "-r", str(requirements)], timeout=600)
            mark.write_text(wanted, encoding="utf-8")
        version = call([python, "-c", f"from importlib.metadata import version; print(version({package!r}))"])
    except (BenchmarkError, OSError) as error:
        print(f"{package} could not be installed: {error}", file=sys.stderr)
        shutil.rmtree(home, ignore_errors=True)
        return package, programs
    return f"{package} {version.strip()}", programs


def process(name: str, *command: str | Path, things: int = 0) -> Contender:
    """Return a row for a whole process: its milliseconds or, of several `things` it does, how many a second."""
    words = [str(word) for word in command]

    def measure() -> float:
        start = perf_counter()
        call(words)
        spent = perf_counter() - start
        return things / spent if things else 1000 * spent

    return Contender(name, measure)


def loop(name: str, python: str | Path, work: str, file: Path = SEED) -> Contender:
    """Return a row for documents a second inside one process on one core, start and imports left out."""
    words = [str(word) for word in (python, HERE / "worker.py", work, file, SECONDS)]
    return Contender(name, lambda: float(call(words, env=ONE_CORE)))


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
                found[contender.name] = f"not measured: {error}"
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
    outcome = "met" if ratio <= TARGET else "missed"
    return f"Target: a cold start of at most {TARGET} times the bare imports; it is {ratio:.2f}, {outcome}."


def ratios_of(found: Mapping[str, Series], one: str, other: str) -> list[float]:
    """Return one row over another, round by round; of those that could not be measured none."""
    ours, theirs = found[one], found[other]
    return [] if isinstance(ours, str) or isinstance(theirs, str) else ratios(ours, theirs)


def share(alone: Sequence[float], many: Sequence[float]) -> str:
    """Return the sentence on the share of the facts, by the time without them over that with them."""
    if not alone or not many:
        return "The share of the facts could not be judged."
    one, each = 1 - median(alone), 1 - median(many)
    outcome = [f"{value:.0%} ({'met' if value <= SHARE else 'missed'})" for value in (one, each)]
    return (
        f"Target: the facts take at most a third of the time; they take {outcome[0]} of a process that digests one "
        f"document, and {outcome[1]} of each further document of a long run."
    )


def replace_between(text: str, body: str, name: str = "speed") -> str:
    """Return `text` with `body` between the two markers of this name.

    Raises:
        BenchmarkError: they are not there, once each and in order.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise BenchmarkError(f"needs one {begin} and after it one {end}: add both where the tables should stand")
    return f"{text[: text.index(begin)]}{begin}\n{body.strip()}\n{text[text.index(end) :]}"


def report(runs: int, envs: Path) -> Iterator[str]:
    """Measure everything; yield the paragraphs of the report."""
    digest = shutil.which("digest", path=str(Path(sys.executable).parent)) or "digest"
    (sumy, sumy_bin), (aranorm, aranorm_bin) = install("sumy", envs), install("aranorm", envs)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield (
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} CPUs ({platform.system()} {platform.machine()}), "
        f"Python {platform.python_version()}, {runs} interleaved rounds after a warm-up: median (lowest to highest)."
    )
    lexrank, five = ("lex-rank", "--length=5", "--language=arabic"), ("summarize", "--max-sentences=5")
    cold = interleave(
        [
            process(OURS, digest, SEED),
            process(FLOOR, sys.executable, "-c", "import typer, rich.console"),
            process(f"{sumy}: `sumy {' '.join(lexrank)} --file=FILE`", sumy_bin / "sumy", *lexrank, f"--file={SEED}"),
            process(f"{aranorm}: `aranorm normalize -f FILE`", aranorm_bin / "aranorm", "normalize", "-f", SEED),
            process(f"{aranorm}: `aranorm {' '.join(five)} -f FILE`", aranorm_bin / "aranorm", *five, "-f", SEED),
            process(f"{OURS}, damaged text", digest, DAMAGED),
            process(BARE, sys.executable, HERE / "without_facts.py", SEED),
        ],
        runs,
    )
    yield table(("Cold start, whole process", "ms", "`digest` takes … times as long"), cold)
    yield verdict(cold[OURS], cold[FLOOR])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COPIES):
            shutil.copy(SEED, Path(folder) / f"{number:03}.txt")
        warm = interleave(
            [
                loop(LOOP, sys.executable, "ours"),
                loop(f"{sumy}: LexRank", sumy_bin / "python", "sumy"),
                loop(f"{aranorm}: normalizer alone", aranorm_bin / "python", "aranorm_normalizer"),
                loop(f"{aranorm}: summarizer", aranorm_bin / "python", "aranorm_summarizer"),
                loop(f"{LOOP}, damaged text", sys.executable, "ours", DAMAGED),
                loop(BARE, sys.executable, "ours_without_facts"),
                process(f"`digest FOLDER`, {COPIES} files, whole process", digest, folder, things=COPIES),
            ],
            runs,
        )
    yield table(("One process, one core", "documents a second", "`digest` does … times as many"), warm)
    yield share(ratios_of(cold, BARE, OURS), ratios_of(warm, LOOP, BARE))


def main(argv: Sequence[str] | None = None) -> None:
    """Print the report and, where asked to, put it into the README."""
    parser = argparse.ArgumentParser(description="Measure digest beside its peers, as ratios, in one run.")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="rounds that count (default: 15)")
    parser.add_argument("--write", action="store_true", help="put the tables between the markers of the README")
    parser.add_argument("--readme", type=Path, default=HERE.parent / "README.md", help="where --write writes")
    parser.add_argument("--envs", type=Path, default=ENVS, help="where peers are installed")
    wanted = parser.parse_args(argv)
    if wanted.runs < 1:
        parser.error("--runs must be at least 1")
    for seed in (SEED, DAMAGED):
        if not seed.is_file():
            parser.error(f"{seed} is missing: it is what is measured, restore it")
    try:
        if wanted.write:
            replace_between(wanted.readme.read_text(encoding="utf-8"), "")  # fail before the minutes of measuring
        measured = "\n\n".join(report(wanted.runs, wanted.envs))
        print(measured)
        if wanted.write:
            text = replace_between(wanted.readme.read_text(encoding="utf-8"), measured)
            wanted.readme.write_text(text, encoding="utf-8")
    except (BenchmarkError, OSError) as error:
        parser.exit(1, f"speed.py: {error}\n")


if __name__ == "__main__":
    main()
