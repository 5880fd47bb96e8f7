"""Names by camel-tools: through a fake everywhere, and where torch is installed through a small model of its own form."""

from __future__ import annotations

import importlib
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest
import yaml
from hypothesis import given, settings

from telecom_digest.clean import clean
from telecom_digest.errors import CallError
from telecom_digest.facts import deeper
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.model import Facts, Person, Sentence
from telecom_digest.segment import segment
from tests.conftest import ROOT
from tests.strategies import texts

DATA: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/deeper.yaml").read_text(encoding="utf-8"))
SAID: dict[str, str] = DATA["labels"]
LABELS = [f"{at}-{kind}" for at in "BI" for kind in ("LOC", "ORG", "PERS", "MISC")] + ["O"]
LIBRARIES = ["torch", "transformers", "muddler", "pyrsistent", "requests", "tqdm"]
CATALOGUE = {
    "version": "1.6",
    "packages": {},
    "components": {"NamedEntityRecognition": {"default": "tiny", "datasets": {"tiny": {"path": "ner/tiny"}}}},
}
Find = Callable[[Reading], list[tuple[Span, deeper.Kind]]]


def reading(text: str) -> Reading:
    cleaned = clean(text)
    return Reading(cleaned, segment(cleaned))


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


# ---------------------------------------------------------------- a model of camel-tools' own form
def save_model(folder: Path, *, layers: int = 0) -> None:
    """Write a BERT for tokens with a vocabulary of the words of `SAID`, as `camel_data` unpacks one.

    Without a layer its weights say of each word what `SAID` says: word embeddings are the unit vectors and the classifier
    is the table of labels. With layers they are random.
    """
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *SAID, *"،.", "قال", "في", "##ات", "##ا"]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false, "strip_accents": false}', encoding="utf-8")
    torch.manual_seed(1)
    size = len(words) + len(words) % 2
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=size,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=256,
        initializer_range=1.0,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )
    model = transformers.BertForTokenClassification(config)
    if not layers:
        with torch.no_grad():
            for weights in model.parameters():
                weights.zero_()
            model.bert.embeddings.word_embeddings.weight.copy_(torch.eye(len(words), size))
            model.bert.embeddings.LayerNorm.weight.fill_(1)
            for i, word in enumerate(words):
                model.classifier.weight[LABELS.index(SAID.get(word, "O")), i] = 1
    config.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("the network was used")


@pytest.fixture(scope="module")
def camel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder as CAMELTOOLS_DATA names one, with a small model, and no network."""
    for library in LIBRARIES:
        pytest.importorskip(library)
    folder = tmp_path_factory.mktemp("camel")
    save_model(folder / "data/ner/tiny")
    save_model(folder / "data/ner/random", layers=1)
    (folder / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMELTOOLS_DATA", str(folder))
        patch.setenv("HOME", str(folder))  # camel_tools.data makes a folder there
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield folder


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


# ---------------------------------------------------------------- what is missing
@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The libraries as if installed, and an empty folder for CAMELTOOLS_DATA."""
    for name in LIBRARIES:
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    return tmp_path


def said(check: Callable[[], object] = deeper.installed) -> str:
    """Return the message of the error, which must be one line for a user."""
    with pytest.raises(CallError) as raised:
        check()
    assert str(raised.value).isprintable()
    return str(raised.value)


FETCH = f"run {sys.executable} -m camel_tools.cli.camel_data -i ner-arabert"


@pytest.mark.parametrize(
    ("pip", "installer"), [(True, f"{sys.executable} -m pip install"), (False, "uv pip install --no-config")]
)
def test_missing_libraries_are_named_with_the_commands(
    libraries: Path, monkeypatch: pytest.MonkeyPatch, *, pip: bool, installer: str
) -> None:
    monkeypatch.setitem(sys.modules, "pip", sys.modules["tqdm"] if pip else None)
    for name in ("torch", "transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    message = said()
    assert message.startswith(f"names by camel-tools need torch, transformers: run {installer} ")
    assert " torch transformers muddler pyrsistent requests tqdm docopt tabulate and then " in message
    assert message.endswith(FETCH.removeprefix("run "))
    assert said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر"))) == message
    assert not list(libraries.iterdir())


def test_a_missing_catalogue_is_said_and_not_downloaded(libraries: Path) -> None:
    assert said() == (
        f"the model for names by camel-tools is not in {libraries}: {FETCH}, or set CAMELTOOLS_DATA to its folder"
    )
    assert not list(libraries.iterdir())


def test_a_file_is_no_folder_of_data(libraries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = libraries / "data.zip"
    file.touch()
    monkeypatch.setenv("CAMELTOOLS_DATA", str(file))
    assert said().startswith(f"the model for names by camel-tools is not in {file}: ")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"components": {}}', '{"components": null}', "\udcff"])
def test_a_catalogue_without_the_model_is_named(libraries: Path, content: str) -> None:
    path = libraries / "catalogue.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert said() == f"{path} of camel-tools names no model: delete it and {FETCH}"


def test_a_model_that_is_not_there_is_said(libraries: Path) -> None:
    (libraries / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    model = libraries / "data/ner/tiny"
    assert said().startswith(f"the model for names by camel-tools is not in {model}: {FETCH}")
    model.mkdir(parents=True)
    (model / "config.json").touch()
    assert str(model) in said()
    (model / "vocab.txt").touch()
    assert deeper.installed() == model


@pytest.mark.parametrize("named", ["~/there", None])
def test_data_are_looked_for_where_camel_tools_does(
    libraries: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.setenv("HOME", str(libraries))
    if named:
        monkeypatch.setenv("CAMELTOOLS_DATA", named)
    else:
        monkeypatch.delenv("CAMELTOOLS_DATA")
    assert f"is not in {libraries / ('there' if named else '.camel_tools')}: " in said()
    assert not list(libraries.iterdir())


@pytest.mark.usefixtures("libraries")
def test_no_home_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", "~nobody-of-this-name/there")
    assert said() == "no home folder to find camel-tools' model in: set CAMELTOOLS_DATA to its folder"


def test_libraries_that_cannot_be_loaded_are_one_line(libraries: Path) -> None:
    (libraries / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    model = libraries / "data/ner/tiny"
    model.mkdir(parents=True)
    for name in ("config.json", "vocab.txt"):
        (model / name).touch()
    message = said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر")))
    assert message.startswith(f"camel-tools cannot load its model in {model} (")
    assert message.endswith(f"): try {sys.executable} -m camel_tools.cli.camel_data --force -i ner-arabert")


@pytest.mark.parametrize("broken", ["pytorch_model.bin", "config.json"])
def test_a_broken_model_is_one_line(camel: Path, broken: str) -> None:
    model = camel / f"data/ner/broken-{broken}"
    save_model(model)
    (model / broken).write_bytes(b"<html>\n\x00")
    catalogue = camel / "catalogue.json"
    kept = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(kept.replace("ner/tiny", f"ner/{model.name}"), encoding="utf-8")
    try:
        message = said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر")))
    finally:
        catalogue.write_text(kept, encoding="utf-8")
    assert message.startswith(f"camel-tools cannot load its model in {model} (")


# ---------------------------------------------------------------- what is loaded and printed
def test_checking_loads_nothing() -> None:
    script = (
        "import sys\n"
        "from telecom_digest.facts import deeper\n"
        "try:\n"
        "    deeper.installed()\n"
        "except deeper.CallError:\n"
        "    pass\n"
        "print(sorted({'torch', 'transformers', 'numpy', 'requests', 'camel_tools', 'yaml'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.decode().strip() == "[]"


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
