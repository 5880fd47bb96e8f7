"""Names of people, bodies and places in Arabic text by camel-tools' model (`--names camel`), for whoever has installed it.

AraBERT tuned for named entities on ANERcorp: Obeid et al. (2020), "CAMeL Tools: an open source Python toolkit for Arabic
natural language processing". Beside arabic.py the one module that imports camel-tools; nothing of it, of torch or of
transformers is loaded until names are asked for, nothing is ever downloaded, and what is missing is said with the commands
that bring it.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from telecom_digest.arabic import MARKS
from telecom_digest.errors import CallError
from telecom_digest.facts.reading import Reading, Span
from telecom_digest.model import Facts, Name, Person

Kind = Literal["person", "organisation", "place"]

# names of modules and of packages alike
_LIBRARIES = ("torch", "transformers", "muddler", "pyrsistent", "requests", "tqdm")  # what camel_tools.ner imports
_OF_THE_COMMAND = ("docopt", "tabulate")  # and what its command imports that fetches the model
_KINDS: dict[str, Kind] = {"PERS": "person", "ORG": "organisation", "LOC": "place"}
_MOST_PIECES = 254  # camel-tools runs its model on 256 word pieces, of which two open and close the sentence
_PAUSES = frozenset("،,؛;:.؟?!")  # no name goes on after one


class Recognizer(Protocol):
    """What is used of `camel_tools.ner.NERecognizer`."""

    tokenizer: Any  # tokenize(word) -> its word pieces

    def predict(self, sentences: list[list[str]]) -> list[list[str]]:
        """Return the labels of the words of each sentence: O, or B or I with PERS, ORG, LOC or MISC (B-PERS)."""


class _Token(NamedTuple):
    """A word or a sign: its span of the display text, how the model reads it, and in how many pieces."""

    start: int
    end: int
    text: str
    pieces: int
    word: bool
    sentence: int


def people_and_bodies(reading: Reading) -> list[tuple[Span, Kind]]:
    """Return the spans (display text) of people, organisations and places in order; of an Arabic text, else none.

    A span begins and ends with a word as written, so with the و or ل that Arabic writes as part of it.

    Raises:
        CallError: as `installed`, or the model cannot be loaded.
    """
    return named(reading, _recognizer(installed())) if reading.language == "ar" else []


def added(reading: Reading, facts: Facts) -> Facts:
    """Return the facts with the people, and among the participants the bodies, that the model finds and we did not.

    A name that is part of one on the card, or has it as a part, is not another.

    Raises:
        CallError: as `installed`, or the model cannot be loaded.
    """
    people, bodies = list(facts.people), list(facts.participants)
    known = [person.name for person in people] + [name.value for name in (*facts.organisers, *bodies)]
    for span, kind in people_and_bodies(reading):
        value = reading.value(span)
        if kind == "place" or any(value.text in one.text or one.text in value.text for one in known):
            continue
        known.append(value)
        if kind == "person":
            people.append(Person(value, None))
        else:
            bodies.append(Name(value))
    return facts._replace(people=tuple(people), participants=tuple(bodies))


def named(reading: Reading, recognizer: Recognizer) -> list[tuple[Span, Kind]]:
    """As `people_and_bodies`, by a given model and whatever the language."""
    tokens = list(_tokens(reading, recognizer))
    windows = [[token.text for token in window] for window in _windows(tokens)]
    labels = [label for labelled in recognizer.predict(windows) for label in labelled]
    return list(_entities(tokens, labels))


def installed() -> Path:
    """Return the folder of the model after checking that all it needs is there; it loads nothing and takes under 1 ms.

    Raises:
        CallError: something is missing; says how to get it.
    """
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise CallError(f"names by camel-tools need {', '.join(missing)}: run {_install()} and then {_fetch()}")
    # camel_tools.data would download the catalogue where there is none, so it is looked for before that is imported
    folder = _data()
    catalogue = folder / "catalogue.json"
    try:
        component = json.loads(catalogue.read_bytes())["components"]["NamedEntityRecognition"]
        model = Path(folder, "data", component["datasets"][component["default"]]["path"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CallError(_no_model(folder)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CallError(f"{catalogue} of camel-tools names no model: delete it and run {_fetch()}") from error
    if not all((model / name).is_file() for name in ("config.json", "vocab.txt")):  # transformers would look on the web
        raise CallError(_no_model(model))
    return model


def _data() -> Path:
    """Return the folder in which `camel_tools.data` will look."""
    named = os.environ.get("CAMELTOOLS_DATA")
    try:
        if named is not None:
            return Path(named).expanduser().absolute()
        return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")
    except RuntimeError as error:
        raise CallError("no home folder to find camel-tools' model in: set CAMELTOOLS_DATA to its folder") from error


def _no_model(folder: Path) -> str:
    return f"the model for names by camel-tools is not in {folder}: run {_fetch()}, or set CAMELTOOLS_DATA to its folder"


def _install() -> str:
    """Return the command that installs the libraries beside the Python that runs.

    uv's environments have no pip; in a folder whose pyproject.toml excludes dependencies, as ours does, `uv pip install`
    leaves those out in silence, unless told to read no configuration.
    """
    python = _python()
    installer = f"{python} -m pip install" if find_spec("pip") else f"uv pip install --no-config --python {python}"
    return f"{installer} {' '.join(_LIBRARIES + _OF_THE_COMMAND)}"


def _fetch(*options: str) -> str:
    return " ".join([_python(), "-m camel_tools.cli.camel_data", *options, "-i ner-arabert"])


def _python() -> str:
    return shlex.quote(sys.executable or "python")


@cache
def _recognizer(model: Path) -> Recognizer:
    try:
        progress = import_module("transformers.utils.logging")
        shown = progress.is_progress_bar_enabled()
        progress.disable_progress_bar()  # loading draws one on stderr
        try:
            from camel_tools.ner import NERecognizer

            recognizer: Recognizer = NERecognizer(str(model))
        finally:
            if shown:
                progress.enable_progress_bar()
    except Exception as error:  # three libraries and a pickle: no list of what they raise is complete
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise CallError(f"camel-tools cannot load its model in {model} ({reason}): try {_fetch('--force')}") from error
    return recognizer


def _tokens(reading: Reading, recognizer: Recognizer) -> Iterator[_Token]:
    """Yield the words and signs of each sentence apart, as camel-tools' `simple_word_tokenize` would, without vowel marks.

    Left out are those that the model has no piece for, such as control characters, and would give no label, and words of
    more pieces than it takes, which it fails on.
    """
    for number, sentence in enumerate(reading.sentences):
        for start, end, word in _parts(reading, sentence.at, sentence.at + len(sentence.text)):
            text = MARKS.sub("", reading.text[start:end])
            pieces = len(recognizer.tokenizer.tokenize(text))
            if 0 < pieces <= _MOST_PIECES:
                yield _Token(start, end, text, pieces, word, number)


def _parts(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans of the words in text[start:end], and of the signs between them (False)."""
    at = start
    for span in reading.spans[reading.word_at(start) : reading.word_at(end - 1) + 1]:
        first, last = (min(max(edge, start), end) for edge in span)  # sentences may part two words that lost their space
        yield from ((i, i + 1, False) for i in range(at, first) if not reading.text[i].isspace())
        if first < last:
            yield first, last, True
        at = last
    yield from ((i, i + 1, False) for i in range(at, end) if not reading.text[i].isspace())


def _windows(tokens: Iterable[_Token]) -> Iterator[Sequence[_Token]]:
    """Yield the sentences, those longer than the model takes in parts: cut after the last pause in their second half."""
    window: list[_Token] = []
    filled = cut = 0
    for token in tokens:
        if window and token.sentence != window[-1].sentence:
            yield window
            window, filled, cut = [], 0, 0
        while window and filled + token.pieces > _MOST_PIECES:
            cut = cut or len(window)
            yield window[:cut]
            window, cut = window[cut:], 0
            filled = sum(kept.pieces for kept in window)
        window.append(token)
        filled += token.pieces
        if token.text in _PAUSES and filled > _MOST_PIECES // 2:
            cut = len(window)
    if window:
        yield window


def _entities(tokens: Iterable[_Token], labels: Iterable[str]) -> Iterator[tuple[Span, Kind]]:
    """Yield the spans of what is labelled, from word to word; an I that follows nothing of its kind begins a name."""
    runs: list[tuple[str, list[_Token]]] = []
    before = ("", -1)
    for token, label in zip(tokens, labels, strict=True):
        prefix, _, name = label.partition("-")
        if prefix == "I" and before == (name, token.sentence):
            runs[-1][1].append(token)
        elif name:
            runs.append((name, [token]))
        before = (name, token.sentence)
    for name, run in runs:
        words = [token for token in run if token.word]
        if words and name in _KINDS:
            yield (words[0].start, words[-1].end), _KINDS[name]
