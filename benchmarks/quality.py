"""How well damaged text is read, sentences chosen and facts found: `python -m benchmarks.quality`, in our environment.

It needs the reference data and the scorer beside the checkout (../shared, or --shared); the project itself does not. Peers
are measured in the same run where they can be: text left as it is, and every word spelled as its skeleton most often is in
30,789 news articles, which is what a frequency list can do. Figures of systems that cannot be run here are marked so.
The second table, on choosing and shortening, is choice.py's, the third facts.py's. `--only` measures one, `--write` puts it
into the README.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from statistics import median
from types import ModuleType

from benchmarks import choice, facts
from benchmarks.speed import (
    DAMAGED,
    ENVS,
    HERE,
    ONE_CORE,
    SEED,
    BenchmarkError,
    interleave,
    process,
    ratios,
    replace_between,
)
from telecom_digest.arabic import skeleton
from telecom_digest.clean import clean
from telecom_digest.model import RepairMode
from telecom_digest.segment import segment
from training.repair.channel import FOLDED
from training.repair.corpus import MOST_LOOSE, loose

RIGHT = HERE.parent / "tests" / "cases" / "itu-arab-hr-meeting.right.txt"
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_SIGNS = re.compile(r"[.!?؟…\n،؛;:,«»\"()\[\]-]")
_END_OR_LETTER = re.compile(r"\w|[.!?؟…\n]")
_FOLDED = str.maketrans(dict(FOLDED.folded))
Row = tuple[str, str, str, str]
"""What, ours, peers, what is asked."""


def scorer(shared: Path) -> ModuleType:
    """Return ../shared/eval/score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    if spec is None or spec.loader is None or not (shared / "eval" / "score.py").is_file():
        raise BenchmarkError(f"{shared} has no eval/score.py: --shared names the folder of the reference data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(path: Path) -> list[str]:
    """Return the texts of a reference file."""
    try:
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise BenchmarkError(f"{path} cannot be read: --shared names the folder of the reference data") from error


def spellings(corpus: Path, form: Callable[[str], str]) -> dict[str, str]:
    """Return for each form of a word its most frequent spelling in a corpus."""
    counts: Counter[str] = Counter()
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(_ARABIC.findall(line))
    best: dict[str, str] = {}
    for word, _ in reversed(counts.most_common()):
        best[form(word)] = word
    return best


_PHRASE = 8  # words that two texts do not share by chance


def unseen(articles: Sequence[str], corpora: Iterable[Path]) -> list[str]:
    """Return the articles of which no phrase stands in the texts that the model learned from."""
    phrases: dict[str, set[int]] = {}
    for number, article in enumerate(articles):
        words = _ARABIC.findall(article)
        for i in range(len(words) - _PHRASE + 1):
            phrases.setdefault(" ".join(words[i : i + _PHRASE]), set()).add(number)
    beginnings = {phrase.partition(" ")[0] for phrase in phrases}
    seen: set[int] = set()
    for corpus in corpora:
        with lzma.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = _ARABIC.findall(line)
                for i, word in enumerate(words):
                    if word in beginnings:
                        seen |= phrases.get(" ".join(words[i : i + _PHRASE]), set())
    return [article for number, article in enumerate(articles) if number not in seen]


def right_words(wanted: Sequence[str], got: Sequence[str], form: Callable[[str], str]) -> int:
    """Return how many words of `wanted` stand in `got`, aligned by what damage leaves of both, as the scorer does."""
    matcher = SequenceMatcher(None, [form(w) for w in wanted], [form(w) for w in got], autojunk=False)
    return sum(
        wanted[block.a + k] == got[block.b + k] for block in matcher.get_matching_blocks() for k in range(block.size)
    )


def restored(score: ModuleType, sources: Sequence[str], spelling: dict[str, str]) -> tuple[float, float, float, float]:
    """Damage texts as the scorer does; return the shares of words right: ours, untouched, by spelling; and ends F1."""
    hit = ours = untouched = spelled = total = found = true = 0
    for number, source in enumerate(sources):
        text, gold, ends = score.damage(source, seed=number)
        cleaned = clean(text)
        ours += right_words(gold, _ARABIC.findall(cleaned.text), skeleton)
        untouched += right_words(gold, _ARABIC.findall(text), skeleton)
        spelled += right_words(gold, [spelling.get(w, w) for w in _ARABIC.findall(text)], skeleton)
        total += len(gold)
        places = list(accumulate(len(skeleton(word)) for word in gold))
        truth = {at for at, end in zip(places, ends, strict=True) if end} - {places[-1]}
        guess = {len("".join(text[: s.end].split())) for s in segment(cleaned)} - {places[-1]}
        hit, found, true = hit + len(truth & guess), found + len(guess), true + len(truth)
    return ours / total, untouched / total, spelled / total, 2 * hit / max(1, found + true)


def unpunctuated(sources: Iterable[str], repair: RepairMode) -> float:
    """Take the signs from intact texts; return F1 of the sentence ends, as counts of letters and digits before them."""
    hit = found = true = 0
    for source in sources:
        truth, count = set(), 0
        for sign in _END_OR_LETTER.findall(unicodedata.normalize("NFC", source)):
            count += sign.isalnum() or sign == "_"
            if not (sign.isalnum() or sign == "_"):
                truth.add(count)
        text = " ".join(_SIGNS.sub(" ", unicodedata.normalize("NFC", source)).split())
        cleaned = clean(text, repair=repair)
        guess = {len(re.findall(r"\w", text[: s.end])) for s in segment(cleaned)}
        truth, guess = truth - {0, count}, guess - {0, count}
        hit, found, true = hit + len(truth & guess), found + len(guess), true + len(truth)
    return 2 * hit / max(1, found + true)


def folded(sources: Iterable[str], spelling: dict[str, str]) -> tuple[float, float, float]:
    """Fold the letters of intact texts; return the shares of words right: ours, untouched, by most frequent spelling."""
    ours = untouched = spelled = total = 0
    for source in sources:
        intact = clean(source, repair="never").text
        wanted = _ARABIC.findall(intact)
        plain = clean(intact.translate(_FOLDED), repair="never").text
        total += len(wanted)
        ours += right_words(wanted, _ARABIC.findall(clean(plain).text), _fold)
        untouched += right_words(wanted, _ARABIC.findall(plain), _fold)
        spelled += right_words(wanted, [spelling.get(w, w) for w in _ARABIC.findall(plain)], _fold)
    return ours / total, untouched / total, spelled / total


def _fold(word: str) -> str:
    return word.translate(_FOLDED)


def changed(sources: Iterable[str]) -> tuple[int, int]:
    """Return how many words of intact texts the repair changes, and how many there are."""
    number = words = 0
    for source in sources:
        cleaned = clean(source)
        words += len(cleaned.text.split())
        number += len(cleaned.repair.restorations) if cleaned.repair else 0
    return number, words


def seed_words(got: Sequence[str]) -> float:
    """Return the share of the words of the first seed document that are right in `got`, by the text made by hand."""
    wanted = [word.split("|") for word in RIGHT.read_text(encoding="utf-8").split()]
    matcher = SequenceMatcher(None, [skeleton(forms[0]) for forms in wanted], [skeleton(w) for w in got], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return sum(got[b.b + k] in wanted[b.a + k] for b in blocks for k in range(b.size)) / len(wanted)


def run(script: str) -> float:
    """Run a few lines of Python on the first seed document, on one core, and return the number they print last."""
    command = [sys.executable, "-c", script, str(DAMAGED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **ONE_CORE})
    return float(done.stdout.split()[-1])


THROUGHPUT = """
import sys, time
from telecom_digest.clean import clean
text = open(sys.argv[1], encoding="utf-8").read()
times = []
for _ in range(21):
    start = time.perf_counter()
    clean(text)
    times.append(time.perf_counter() - start)
print(len(text) / sorted(times)[10])
"""
# the peak of this process alone: ru_maxrss would begin with that of the process it was forked from
MEMORY = """
import atexit, re, sys
from telecom_digest.cli import run
status = lambda: open("/proc/self/status").read()
atexit.register(lambda: print(int(re.search("VmHWM:[^0-9]*([0-9]+)", status())[1]) / 1024))
run(["-q", sys.argv[1]])
"""


def _share(value: float) -> str:
    return f"{value:.3f}"


def rows(shared: Path) -> Iterator[Row]:
    """Measure everything; yield the rows of the table."""
    score = scorer(shared)
    news = shared / "data" / "news_train.txt.xz"
    telecom, general = (texts(shared / "data" / name) for name in ("telecom_gold.jsonl", "easc_dev.jsonl"))
    by_skeleton, by_fold = spellings(news, skeleton), spellings(news, _fold)
    peers = "as it is {:.3f}; most frequent spelling {:.3f}"

    damaged_words = DAMAGED.read_text(encoding="utf-8").split()
    ours = seed_words(clean(" ".join(damaged_words)).text.split())
    untouched, spelled = (seed_words(w) for w in (damaged_words, [by_skeleton.get(w, w) for w in damaged_words]))
    yield "first seed document, words right", _share(ours), peers.format(untouched, spelled), "0.99"

    ours, untouched, spelled, ends = restored(score, telecom, by_skeleton)
    yield "telecom news damaged so, words right", _share(ours), peers.format(untouched, spelled), "0.978"
    yield "the same, sentence ends, F1", _share(ends), "17 segmenters find none", "0.70"
    rules = unpunctuated(telecom, "never")
    models = "SaT, 300 M weights, 0.51 to 0.79 on other corpora (published)"
    yield (
        "punctuation gone, sentence ends, F1",
        _share(unpunctuated(telecom, "auto")),
        f"openings {rules:.3f}; {models}",
        "0.74",
    )
    ours, untouched, spelled = folded(telecom, by_fold)
    yield "letters folded, words right", _share(ours), peers.format(untouched, spelled), "0.985"
    new = unseen(general, (shared / "data" / name for name in ("news_train.txt.xz", "wiki_train.txt.xz")))
    full = [text for text in new if loose(text) <= MOST_LOOSE]
    ours, untouched, spelled, _ = restored(score, full, by_skeleton)
    name = f"general text damaged so ({len(full)} articles of EASC, fully spelled, not learned from), words right"
    yield name, _share(ours), peers.format(untouched, spelled), "0.945"
    ours, untouched, spelled, _ = restored(score, new, by_skeleton)
    name = f"the same with those that leave out the hamza, which then counts as right ({len(new)} articles)"
    yield name, _share(ours), peers.format(untouched, spelled), ""
    number, total = changed([SEED.read_text(encoding="utf-8")])
    yield "second seed document, intact, words changed", f"{number} of {total}", "", "0"
    number, total = changed(general)
    yield "EASC articles, intact, words changed", f"{number} of {total:,}", "", "1 in 5,000"

    digest = Path(sys.executable).parent / "digest"
    timed = interleave([process("damaged", digest, DAMAGED), process("intact", digest, SEED)], 11)
    damaged, intact = timed["damaged"], timed["intact"]
    if isinstance(damaged, str) or isinstance(intact, str):
        raise BenchmarkError("digest could not be timed")
    yield "first seed document, whole process, times the second's", f"{median(ratios(damaged, intact)):.2f}", "", "3"
    yield "characters a second, one core", f"{run(THROUGHPUT):,.0f}", "", "25,000"
    yield "memory, MB", f"{run(MEMORY):.0f}", "", "200"


def reading(shared: Path) -> Iterator[str]:
    """Measure how damaged text is read; yield the lines of the table."""
    yield from ("| what | ours | peers | asked |", "| --- | ---: | --- | ---: |")
    for row in rows(shared):
        yield f"| {' | '.join(row)} |"


def main(argv: Sequence[str] | None = None) -> None:
    """Print the tables and, where asked to, put them into the README."""
    parser = argparse.ArgumentParser(description="Measure how well damaged text is read, sentences chosen, facts found.")
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared", help="folder of the reference data")
    parser.add_argument("--only", choices=["reading", "choice", "facts"], help="measure one table alone")
    parser.add_argument("--write", action="store_true", help="put the tables between the markers of the README")
    parser.add_argument("--readme", type=Path, default=HERE.parent / "README.md", help="where --write writes")
    parser.add_argument("--envs", type=Path, default=ENVS, help="where peers are installed")
    wanted = parser.parse_args(argv)
    try:
        tables = {
            "reading": reading(wanted.shared),
            "choice": choice.report(scorer(wanted.shared), wanted.shared, wanted.envs),
            "facts": facts.report(scorer(wanted.shared), wanted.shared / "data"),
        }
        if wanted.only:
            tables = {wanted.only: tables[wanted.only]}
        for marker in tables if wanted.write else ():
            replace_between(wanted.readme.read_text(encoding="utf-8"), "", marker)  # fail before the minutes of measuring
        for marker, measured in tables.items():
            lines = []
            for line in measured:
                lines.append(line)
                print(line, flush=True)
            print()
            if wanted.write:
                text = replace_between(wanted.readme.read_text(encoding="utf-8"), "\n".join(lines), marker)
                wanted.readme.write_text(text, encoding="utf-8")
    except (BenchmarkError, OSError) as error:
        parser.exit(1, f"quality.py: {error}\n")


if __name__ == "__main__":
    main()
