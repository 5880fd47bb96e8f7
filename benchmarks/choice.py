"""How well sentences are chosen and shortened, beside peers: the second table of `python -m benchmarks.quality`.

Every figure is computed by the functions of ../shared/eval/score.py, for peers too: what they would choose is handed to it
in place of what `digest` prints. Peers run in their own environments (choose.py), which speed.py installs, and give
sentences as text, which are found again in the source.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import StatisticsError
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.choose import SUMY
from benchmarks.speed import HERE, ONE_CORE, BenchmarkError, call, install
from telecom_digest.clean import clean
from telecom_digest.segment import body, segment

DASH = "–"
COLUMNS = {
    "key3": "key3 found",
    "key5": "in key5",
    "background": "background",
    "trim": "trim, F1",
    "median": "words, median",
    "longest": "longest",
    "rouge1": "ROUGE-1",
    "rouge2": "ROUGE-2",
    "ar": "Arabic releases: key3 found",
    "ar_background": "background",
    "en": "English releases: key3 found",
    "en_background": "background",
}
ASKED = {
    "key3": "0.70",
    "key5": "0.84",
    "background": "0.05",
    "trim": "0.72",
    "median": "22",
    "longest": "40",
    "rouge1": "0.525",
    "rouge2": "0.45",
    "ar": "not below lead",
    "en": "not below lead",
}
CAPTION = """\
As many sentences are chosen as the annotator has in key3 (3; 2 of short items), from 160 Arabic news items: the share of
key3 that is among them, of them in key5, and of them background; token F1 of those in key3 against the annotator's own
shortening; words of a bullet. ROUGE against five human summaries of 77 articles on other subjects (EASC), at a third of
the words, all cut at 0.36 of them, which lead and peers fill. The last four columns are the first and third on 24 Arabic
and 14 English releases. Peers cut sentences themselves; lead takes the first of ours, headings left out."""
_ENVIRONMENT = ONE_CORE | {"PYTHONHASHSEED": "0"}
"""One core, and sums over sets in the same order every time."""
LANGUAGES = ("ar", "en")
_RATIO = 0.333  # of the words of an article, as the scorer asks of ours

Row = dict[str, Any]
"""An item of the reference data."""
Cells = Mapping[str, str]
"""What stands in which of COLUMNS."""
Span = tuple[int, int]


class Corpora(NamedTuple):
    """The files that the scorer reads."""

    telecom: Path
    general: Path
    ar: Path
    en: Path


class Ranked(NamedTuple):
    """The sentences of a text in their order, where each stands in it, if anywhere, and numbers of them, the best first."""

    sentences: Sequence[str]
    spans: Sequence[Span | None]
    order: Sequence[int]


# ---------------------------------------------------------------- where a peer's sentence stands
def _squeezed(text: str, score: ModuleType) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, and where each stands: no white space, no sign, no mark above a letter."""
    kept = [(c, at) for at, c in enumerate(text) if c.isalnum() and not score.MARKS.match(c)]
    return "".join(c for c, _ in kept), [at for _, at in kept]


def located(sentences: Sequence[str], source: str, score: ModuleType) -> list[Span | None]:
    """Return where sentences, given in the order of the source, stand in it; None for one that does not."""
    letters, places = _squeezed(source, score)
    spans: list[Span | None] = []
    since = 0
    for sentence in sentences:
        wanted, _ = _squeezed(sentence, score)
        at = letters.find(wanted, since)
        at = letters.find(wanted) if at < 0 else at
        if not wanted or at < 0:
            spans.append(None)
            continue
        since = at + len(wanted)
        spans.append((places[at], places[since - 1] + 1))
    return spans


# ---------------------------------------------------------------- answers, as `digest` would print them
def best(ranked: Ranked, count: int) -> Row:
    """Return the best sentences; one that is not in the source has no span, which to the scorer is no sentence of it."""
    bullets = []
    for place, i in enumerate(ranked.order[:count]):
        start, end = ranked.spans[i] or (0, 0)
        bullets.append({"text": ranked.sentences[i], "start": start, "end": end, "score": -place})
    return {"bullets": bullets}


def third(ranked: Ranked, text: str, score: ModuleType) -> Row:
    """Return the best sentences until a third of the words is reached, in the order of the text; the scorer cuts them."""
    chosen: list[int] = []
    left = _RATIO * len(score.words(text))
    for i in ranked.order:
        if left <= 0:
            break
        chosen.append(i)
        left -= len(score.words(ranked.sentences[i]))
    return {"bullets": [{"text": ranked.sentences[i]} for i in sorted(chosen)]}


def lead(text: str) -> Ranked:
    """Return the first sentences of our own segmentation, headings left out."""
    found = body(segment(clean(text)))
    return Ranked([s.text for s in found], [(s.start, s.end) for s in found], range(len(found)))


def asked_of(method: str, python: Path, rows: Sequence[Row], score: ModuleType) -> list[Ranked | str]:
    """Return what a peer chooses of each row's text, or why it cannot.

    Raises:
        BenchmarkError: the peer is not installed or failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.jsonl"
        lines = [json.dumps({"language": row.get("language", "ar"), "text": row["text"]}) for row in rows]
        file.write_text("\n".join(lines), encoding="utf-8")
        printed = call([str(python), str(HERE / "choose.py"), method, str(file)], timeout=600, env=_ENVIRONMENT)
    found: list[Ranked | str] = []
    for row, made in zip(rows, map(json.loads, printed.splitlines()), strict=True):
        spans = located(made.get("sentences", []), row["text"], score)
        found.append(made["error"] if "error" in made else Ranked(made["sentences"], spans, made["order"]))
    return found


# ---------------------------------------------------------------- figures
def figures(score: ModuleType, what: str, gold: Path, command: str, answers: Sequence[Row] | None = None) -> Row:
    """Return what the scorer's `what` prints, of a command or of answers in place of its output."""
    wanted = argparse.Namespace(gold=str(gold), limit=0, digest=command)
    try:
        if answers is None:
            found: Row = getattr(score, what)(wanted)
        else:
            with patch.object(score, "run", lambda *_: answers):
                found = getattr(score, what)(wanted)
    except StatisticsError as error:
        raise BenchmarkError("none of its sentences is in the source") from error
    return found


def cells(telecom: Row, general: Row, releases: Mapping[str, Row | str]) -> Cells:
    """Return the figures of the scorer as they stand in a row; `releases` has those of each language, or why none."""
    found = {"key3": telecom["key3_recall"], "key5": telecom["in_key5"], "background": telecom["background"]}
    found |= {"trim": telecom["trim_f1"], "rouge1": general["rouge1"], "rouge2": general["rouge2"]}
    lacking = {language: row for language, row in releases.items() if isinstance(row, str) and row}
    for language, row in releases.items():
        if not isinstance(row, str):
            found |= {language: row["key3_recall"], f"{language}_background": row["background"]}
    return {
        **{column: f"{value:.3f}" for column, value in found.items() if value is not None},
        "median": f"{telecom['median_bullet_words']:g}",
        "longest": str(telecom["longest_bullet_words"]),
        **lacking,
    }


def of_ranked(score: ModuleType, corpora: Corpora, ranked: Sequence[Ranked | str]) -> tuple[Cells, int, int]:
    """Return the row of a peer from what it ranked of all texts, corpus after corpus.

    With it come the numbers of sentences it chose that are not in the source, and of all it chose.
    """
    left = iter(ranked)
    found: list[Row | str] = []
    lost = total = 0
    for gold in corpora:
        what = "easc" if gold == corpora.general else "digest"
        rows = score.read(gold, 0)
        mine = [next(left) for _ in rows]
        cannot = [one for one in mine if isinstance(one, str)]
        can = [one for one in mine if isinstance(one, Ranked)]
        if cannot:
            found.append(cannot[0])
        elif what == "easc":
            answers = [third(r, row["text"], score) for row, r in zip(rows, can, strict=True)]
            found.append(figures(score, what, gold, "", answers))
        else:
            answers = [best(r, len(row["key3"])) for row, r in zip(rows, can, strict=True)]
            lost += sum(not bullet["end"] for answer in answers for bullet in answer["bullets"])
            total += sum(len(answer["bullets"]) for answer in answers)
            found.append(figures(score, what, gold, "", answers))
    telecom, general, *releases = found
    if isinstance(telecom, str) or isinstance(general, str):
        raise BenchmarkError("does no Arabic")
    return cells(telecom, general, dict(zip(LANGUAGES, releases, strict=True))), lost, total


def validated(gold: Path) -> Cells:
    """Return the figures of our choice on items it was not learned from, as `python -m training.rank` prints them."""
    if find_spec("sklearn") is None:
        return {"key3": "not measured: `pip install -r training/requirements.txt`"}
    from telecom_digest.profile import load as load_profile
    from training import annotated
    from training.rank.fit import Settings, validate
    from training.rank.items import load, load_rows
    from training.rank.vectors import learn

    corpus, profile = gold.with_name("news_train.txt.xz"), load_profile()
    if not corpus.is_file():
        return {"key3": f"not measured: {corpus} cannot be read"}
    others = load_rows(annotated.of_corpus(annotated.NEWS, corpus), profile)
    found = validate(load(gold, profile), others, learn(annotated.texts(corpus)), Settings())
    return {"key3": f"{found.key3:.3f}", "key5": f"{found.in_key5:.3f}", "background": f"{found.background:.3f}"}


# ---------------------------------------------------------------- the reference data
def release_rows(language: str) -> list[Row]:
    """Return the releases of tests/cases in a language as items of the reference data."""
    try:
        from tests import test_release_cases as cases
    except ImportError as error:
        raise BenchmarkError(f"the releases cannot be read: {error.name} is not installed") from error
    found = []
    for path in cases.FILES[language]:
        case = cases.release(path)
        spans = cases.spans(case.text)
        at = {start: number for number, (start, _) in enumerate(spans)}
        key3, key5, background = (
            [at[case.text.index(opening)] for opening in openings] for openings in (case.key3, case.key5, case.background)
        )
        bullets = [{"s": s, "text": text} for s, text in zip(key3, case.bullets, strict=True)]
        lists = {"key3": key3, "key5": key5, "background": background, "bullets": bullets, "facts": case.facts}
        found.append({"language": language, "text": case.text, "sentences": spans, **lists})
    return found


def reference(shared: Path, folder: Path) -> Corpora:
    """Return the files to measure on; those of the releases are written into `folder`."""
    data = shared / "data"
    releases = [folder / f"{language}.jsonl" for language in LANGUAGES]
    found = Corpora(data / "telecom_gold.jsonl", data / "easc_dev.jsonl", *releases)
    for path in (found.telecom, found.general):
        if not path.is_file():
            raise BenchmarkError(f"{path} cannot be read: --shared names the folder of the reference data")
    for language, path in zip(LANGUAGES, releases, strict=True):
        path.write_text("\n".join(map(json.dumps, release_rows(language))), encoding="utf-8")
    return found


# ---------------------------------------------------------------- the table
def line(name: str, found: Cells) -> str:
    """Return a row of the table, with a dash where there is nothing."""
    return f"| {' | '.join([name, *(found.get(column, DASH) for column in COLUMNS)])} |"


def report(score: ModuleType, shared: Path, envs: Path) -> Iterator[str]:
    """Measure everything; yield the lines of the caption, the table and the notes."""
    with tempfile.TemporaryDirectory() as folder:
        corpora = reference(shared, Path(folder))
        yield from (*CAPTION.splitlines(), "")
        yield f"| | {' | '.join(COLUMNS.values())} |"
        yield f"| --- |{' ---: |' * len(COLUMNS)}"
        command = shlex.quote(str(Path(sys.executable).parent / "digest"))
        telecom, *releases = (figures(score, "digest", gold, command) for gold in (corpora.telecom, corpora.ar, corpora.en))
        found_in = dict(zip(LANGUAGES, releases, strict=True))
        yield line("`digest`", cells(telecom, figures(score, "easc", corpora.general, command), found_in))
        notes = [f"{telecom['bullets_not_in_source']} bullets of `digest` have a word that is not in their span."]
        yield line("`digest`, cross-validated", validated(corpora.telecom))
        rows = [row for gold in corpora for row in score.read(gold, 0)]
        found, _, _ = of_ranked(score, corpora, [lead(row["text"]) for row in rows])
        yield line("lead", found)
        notes.append(
            "NLTK's Arabic stemmer gives a word that recurs another stem; sumy's methods here keep to its first one."
        )
        (sumy, sumy_bin), (aranorm, aranorm_bin) = install("sumy", envs), install("aranorm", envs)
        peers = [(f"{sumy}: {method}", method, sumy_bin) for method in SUMY]
        for name, method, programs in [*peers, (f"{aranorm}: summarizer", "aranorm", aranorm_bin)]:
            try:
                ranked = asked_of(method, programs / "python", rows, score)
                found, lost, total = of_ranked(score, corpora, ranked)
            except BenchmarkError as error:
                yield line(name, {"key3": f"not measured: {error}"})
                continue
            if lost:
                notes.append(f"{name}: {lost} of the {total} sentences it chose are a sign alone, or not in the source.")
            yield line(name, found)
        yield line("asked", ASKED)
    yield from ("", *notes)
