"""Names by camel-tools: through a fake everywhere, and where torch is installed through a small model of its own form."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings

from telecom_digest.clean import clean
from telecom_digest.facts import deeper
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.model import Facts, Person, Sentence
from tests.facts.camel import DATA, LABELS, SAID, reading
from tests.strategies import texts

Find = Callable[[Reading], list[tuple[Span, deeper.Kind]]]


def one_sentence(text: str) -> Reading:
    cleaned = clean(text)
    return Reading(cleaned, [Sentence(0, len(text), cleaned.text, 0)])


class Tokenizer:
    """A piece for every four letters, and none for a replacement character, as BERT's."""

    def tokenize(self, word: str) -> list[str]:
        return [word[i : i + 4] for i in range(0, len(word), 4) if word != "\ufffd"]


class Fake:
    """Says of each word what it is told, and remembers what it was asked."""

    def __init__(self, label: Callable[[str], str] = lambda word: SAID.get(word, "O")) -> None:
        self.tokenizer, self.label = Tokenizer(), label
        self.asked: list[list[str]] = []

    def predict(self, sentences: list[list[str]]) -> list[list[str]]:
        self.asked = sentences
        return [[self.label(word) for word in sentence if self.tokenizer.tokenize(word)] for sentence in sentences]


@pytest.fixture(params=["fake", "camel"])
def find(request: pytest.FixtureRequest) -> Find:
    if request.param == "fake":
        return lambda text: deeper.named(text, Fake())
    request.getfixturevalue("camel")
    return deeper.people_and_bodies


# ---------------------------------------------------------------- names
@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["name"])
def test_names_are_found_where_they_stand(case: dict[str, Any], find: Find) -> None:
    text = reading(case["text"])
    assert text.language == "ar"
    assert [[kind, text.text[start:end]] for (start, end), kind in find(text)] == case["want"]


def test_a_name_goes_on_where_a_long_sentence_is_cut(find: Find) -> None:
    before, name = "عملها " * 100, "سليم " + "الراوي " * 300
    found = find(one_sentence(f"قال {before}{name}إن العمل انتهى."))
    assert [end - start for (start, end), _ in found] == [len(name) - 1]


def test_a_word_of_more_pieces_than_the_model_takes_is_left_out(find: Find) -> None:
    text = reading(f"قال سليم {'漢字' * 700} الراوي إن هيئة الاتصالات أنهت عملها في هذا العام.")
    assert text.language == "ar"
    assert [span[1] - span[0] for span, _ in find(text)] == [len("سليم  الراوي") + 1400, len("هيئة الاتصالات")]


def test_the_model_is_given_sentences() -> None:
    fake = Fake()
    deeper.named(reading("قال سليم، وهو خبير (في عمان): «نعم» اليوم. وشكرت هدى الحضور."), fake)
    assert fake.asked == [
        ["قال", "سليم", "،", "وهو", "خبير", "(", "في", "عمان", ")", ":", "«", "نعم", "»", "اليوم", "."],
        ["وشكرت", "هدى", "الحضور", "."],
    ]


def test_a_long_sentence_is_cut_after_its_last_pause_that_fits() -> None:
    fake = Fake()
    deeper.named(one_sentence("قال " * 50 + "، " + "قال " * 100 + "؛ " + "قال - " * 40 + "قال " * 300), fake)
    assert [len(window) for window in fake.asked] == [152, 254, 126]
    assert fake.asked[0][-1] == "؛"


def labelled_by_chance(word: str) -> str:
    return LABELS[crc32(word.encode("utf-8", "surrogatepass")) % len(LABELS)]


def check_spans(text: Reading, found: list[tuple[Span, deeper.Kind]]) -> None:
    bounds = [(sentence.at, sentence.at + len(sentence.text)) for sentence in text.sentences]
    edges = {edge for pair in (*bounds, *text.spans) for edge in pair}
    for (start, end), kind in found:
        assert kind in ("person", "organisation", "place")
        assert any(first <= start < end <= last for first, last in bounds)
        assert {start, end} <= edges
    assert all(one[1] <= other[0] for (one, _), (other, _) in pairwise(found))


@given(texts())
def test_whatever_the_model_says_names_are_words_of_a_sentence(text: str) -> None:
    fake = Fake(labelled_by_chance)
    read = reading(text)
    check_spans(read, deeper.named(read, fake))
    assert all(sum(len(fake.tokenizer.tokenize(word)) for word in window) <= 254 for window in fake.asked)


@settings(max_examples=30)
@given(texts())
def test_whatever_the_text_camel_tools_labels_each_word(camel: Path, text: str) -> None:
    from camel_tools.ner import NERecognizer

    read = reading(text)
    check_spans(read, deeper.named(read, NERecognizer(str(camel / "data/ner/random"), use_gpu=False)))


def test_a_text_in_another_language_asks_for_no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    assert deeper.people_and_bodies(reading("The Council approved the budget of the Union in Geneva on Monday.")) == []


# ---------------------------------------------------------------- what is loaded and printed
@pytest.mark.usefixtures("camel")
def test_loading_prints_nothing_and_leaves_settings(capfd: pytest.CaptureFixture[str]) -> None:
    progress = importlib.import_module("transformers.utils.logging")
    deeper._recognizer.cache_clear()  # noqa: SLF001
    deeper.people_and_bodies(reading("تشارك مصر في المؤتمر"))
    assert capfd.readouterr() == ("", "")
    assert progress.is_progress_bar_enabled()


def test_what_the_model_finds_joins_what_we_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "وقال سالم: عقد مركز الأفق اجتماعا، وحضر طارق وليد."
    read = reading(text)
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("سالم", "مركز الأفق", "طارق وليد", "طارق")]
    kinds = ("person", "organisation", "person", "person")
    monkeypatch.setattr(deeper, "people_and_bodies", lambda _: list(zip(spans, kinds, strict=True)))
    ours = Facts(people=(Person(read.value(spans[0]), None),))
    joined = deeper.added(read, ours)
    assert [person.name.text for person in joined.people] == ["سالم", "طارق وليد"]
    assert [name.value.text for name in joined.participants] == ["مركز الأفق"]
    assert deeper.added(read, joined) == joined
