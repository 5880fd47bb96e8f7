"""The pure parts of the benchmark on choosing, with a toy scorer and toy peers; nothing is installed or measured."""

from __future__ import annotations

import json
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from benchmarks import choice, choose, quality
from benchmarks.speed import BenchmarkError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SCORER = """
import json, re, statistics
MARKS = re.compile("[\\u064b-\\u0652\\u0640]")

def words(text):
    return text.split()

def read(path, limit):
    return [json.loads(line) for line in open(path, encoding="utf-8")]

def run(command, args, texts):
    return [{"bullets": [{"text": text.split(".")[0], "start": 0, "end": text.index("."), "score": 1}]} for text in texts]

def digest(args):
    rows = read(args.gold, args.limit)
    got = run(args.digest, [], [row["text"] for row in rows])
    found = [b for out in got for b in out["bullets"] if b["end"]]
    key3 = statistics.mean(any(b["start"] == 0 and b["end"] for b in out["bullets"]) for out in got)
    lengths = [len(words(b["text"])) for b in found]
    return {"key3_recall": key3, "in_key5": 1, "background": 0, "median_bullet_words": statistics.median(lengths),
            "longest_bullet_words": max(lengths), "bullets_not_in_source": 0, "trim_f1": None}

def easc(args):
    rows = read(args.gold, args.limit)
    got = run(args.digest, [], [row["text"] for row in rows])
    return {"rouge1": sum(len(words(b["text"])) for out in got for b in out["bullets"]), "rouge2": 0.25}
"""
TEXT = "قرّرت الهيئة ذلك. شكر المدير الحضور. تبدأ الخدمة غداً."
ENGLISH = "It was decided. Thanks were given."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of reference data with two Arabic items."""
    for folder in ("eval", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "eval" / "score.py").write_text(SCORER, encoding="utf-8")
    for name in ("telecom_gold", "easc_dev"):
        row = {"text": TEXT, "key3": [0, 1]}
        (tmp_path / "data" / f"{name}.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(row)}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def score(shared: Path) -> ModuleType:
    return quality.scorer(shared)


def stand(sentences: Sequence[str], source: str, score: ModuleType) -> list[str | None]:
    spans = choice.located(sentences, source, score)
    return [source[slice(*span)] if span else None for span in spans]


class TestLocated:
    def test_white_space_signs_and_marks_do_not_matter(self, score: ModuleType) -> None:
        found = stand(["قررت الهيئة ذلك", "شكر\nالمدير  الحضور.", "تبدأ الخدمة غدا ."], TEXT, score)
        assert found == ["قرّرت الهيئة ذلك", "شكر المدير الحضور", "تبدأ الخدمة غدا"]

    def test_what_recurs_is_found_where_its_turn_is(self, score: ModuleType) -> None:
        assert choice.located(["rose 2.", "1%", "fell 2.", "1%"], "rose 2.1% fell 2.1%", score) == [
            (0, 6),
            (7, 8),
            (10, 16),
            (17, 18),
        ]

    def test_out_of_turn_is_found_too(self, score: ModuleType) -> None:
        assert stand(["two", "one"], "one two", score) == ["two", "one"]

    def test_rewritten_or_empty_is_not_found(self, score: ModuleType) -> None:
        assert stand(["قررت الهيأة", "…", "تبدأ الخدمة"], TEXT, score) == [None, None, "تبدأ الخدمة"]


RANKED = choice.Ranked(["a b c", "d e", "f"], [(0, 5), None, (9, 10)], [1, 2, 0])


def test_best_are_in_the_order_they_would_be_chosen() -> None:
    bullets = choice.best(RANKED, 2)["bullets"]
    assert [(b["text"], b["start"], b["end"]) for b in bullets] == [("d e", 0, 0), ("f", 9, 10)]
    assert bullets[0]["score"] > bullets[1]["score"]


def test_a_third_is_reached_by_the_best_and_shown_in_the_order_of_the_text(score: ModuleType) -> None:
    texts = [b["text"] for b in choice.third(RANKED._replace(order=[2, 0, 1]), "a b c d e f", score)["bullets"]]
    assert texts == ["a b c", "f"]


def test_lead_has_places_in_the_source() -> None:
    ranked = choice.lead(TEXT)
    assert list(ranked.order) == [0, 1, 2]
    assert TEXT[slice(*(ranked.spans[1] or (0, 0)))] == "شكر المدير الحضور."


def test_the_scorer_gets_its_own_run_back(score: ModuleType, shared: Path) -> None:
    gold = shared / "data" / "telecom_gold.jsonl"
    run = score.run
    assert (
        choice.figures(score, "digest", gold, "", [choice.best(RANKED, 1)] * 2 + [choice.best(RANKED, 2)])["key3_recall"]
        == 0
    )
    assert score.run is run
    with pytest.raises(BenchmarkError, match="in the source"):
        choice.figures(score, "digest", gold, "", [choice.best(RANKED, 1)])


def fake(failing: str) -> Callable[..., list[choice.Ranked | str]]:
    """Return peers that choose the second sentence; one is not there, SumBasic prints what is not in the source."""

    def asked_of(method: str, _: object, rows: Sequence[choice.Row], score: ModuleType) -> list[choice.Ranked | str]:
        if method == failing:
            raise BenchmarkError("not installed here")
        found: list[choice.Ranked | str] = []
        for row in rows:
            sentences = [s for s in row["text"].split(".") if s]
            sentences[0] = "rewritten" if method == "SumBasic" else sentences[0]
            spans = choice.located(sentences, row["text"], score)
            english = row.get("language") == "en"
            found.append("needs NLTK data" if english else choice.Ranked(sentences, spans, [1, 0]))
        return found

    return asked_of


def test_table(monkeypatch: pytest.MonkeyPatch, score: ModuleType, shared: Path) -> None:
    texts = {"ar": TEXT, "en": ENGLISH}
    monkeypatch.setattr(choice, "release_rows", lambda lang: [{"language": lang, "text": texts[lang], "key3": [0]}])
    monkeypatch.setattr(choice, "install", lambda name, envs: (f"{name} 1.0", envs))
    monkeypatch.setattr(choice, "asked_of", fake("KL"))
    monkeypatch.setattr(choice, "find_spec", lambda name: None)  # noqa: ARG005
    lines = list(choice.report(score, shared, shared))
    cells = {cell[1].strip(): [c.strip() for c in cell[2:-1]] for cell in (one.split("|") for one in lines if "|" in one)}
    assert {len(cell) for cell in cells.values()} == {len(choice.COLUMNS)}
    assert list(cells)[2:5] == ["`digest`", "`digest`, cross-validated", "lead"]
    assert list(cells)[-2:] == ["aranorm 1.0: summarizer", "asked"]
    assert cells["`digest`"][0] == "1.000"
    assert "training/requirements.txt" in cells["`digest`, cross-validated"][0]
    assert cells["lead"][8:] == ["1.000", "0.000", "1.000", "0.000"]
    assert cells["sumy 1.0: LexRank"][0] == "1.000"
    assert cells["sumy 1.0: LexRank"][8:] == ["0.000", "0.000", "needs NLTK data", choice.DASH]
    assert cells["sumy 1.0: KL"] == ["not measured: not installed here", *[choice.DASH] * 11]
    assert cells["sumy 1.0: SumBasic"][0] == "0.000"
    assert "sumy 1.0: SumBasic: 2 of the 5 sentences it chose are a sign alone, or not in the source" in lines[-1]


@pytest.mark.parametrize("language", choice.LANGUAGES)
def test_releases_are_items_of_the_same_form(language: str) -> None:
    rows = choice.release_rows(language)
    assert len(rows) >= 14
    for row in rows:
        spans = row["sentences"]
        assert all(0 <= start < end <= len(row["text"]) for start, end in spans)
        assert set(row["key3"]) <= set(row["key5"]) <= set(range(len(spans)))
        assert all(bullet["text"] in row["text"][slice(*spans[bullet["s"]])] for bullet in row["bullets"])


class TestPeers:
    def test_what_is_printed_of_a_text(self) -> None:
        printed = choose.line(lambda _, text: choose.Choice([text], [0]), "ar", "نص")
        assert json.loads(printed) == {"sentences": ["نص"], "order": [0]}

    def test_what_cannot_be_done_is_said(self) -> None:
        def cannot(language: str, text: str) -> choose.Choice:
            raise choose.NotDoneError(f"no {language} for {text}")

        assert json.loads(choose.line(cannot, "en", "x")) == {"error": "no en for x"}

    def test_one_that_is_not_installed_is_no_crash(self, score: ModuleType, tmp_path: Path) -> None:
        with pytest.raises(BenchmarkError, match="not installed here"):
            choice.asked_of("LexRank", tmp_path / "python", [{"text": TEXT}], score)


@pytest.mark.parametrize("only", [(), ("--only", "choice"), ("--only", "reading")])
def test_without_the_reference_data_it_says_so_and_stops(
    only: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        quality.main(["--shared", str(tmp_path / "none"), *only])
    assert stopped.value.code == 1
    assert "--shared names the folder of the reference data" in capsys.readouterr().err


def test_missing_items_are_named(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shared / "data" / "easc_dev.jsonl").unlink()
    with pytest.raises(SystemExit):
        quality.main(["--shared", str(shared), "--only", "choice"])
    assert "easc_dev.jsonl cannot be read" in capsys.readouterr().err


def test_write_puts_only_the_table_asked_for(
    monkeypatch: pytest.MonkeyPatch, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = shared / "README.md"
    readme.write_text("<!-- quality:begin -->\nkept\n<!-- quality:end --><!-- choice:begin --><!-- choice:end -->", "utf-8")
    monkeypatch.setattr(choice, "report", lambda *_: iter(["| a |", "| b |"]))
    quality.main(["--shared", str(shared), "--readme", str(readme), "--only", "choice", "--write"])
    assert readme.read_text("utf-8") == (
        "<!-- quality:begin -->\nkept\n<!-- quality:end --><!-- choice:begin -->\n| a |\n| b |\n<!-- choice:end -->"
    )
    assert "| b |" in capsys.readouterr().out
