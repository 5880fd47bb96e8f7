"""The sentences a peer would choose: `python choose.py METHOD FILE`, run by choice.py in each peer's environment.

A script apart, because each peer can only be imported where it is installed. FILE has a JSON object a line, `language` and
`text`; for each a line is printed: `sentences` as the peer cuts and prints them, and `order`, the best first, as numbers of
them; or `error`, why it cannot do this language (nothing where it is not made for it).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SUMY = {
    "LexRank": "lex_rank.LexRankSummarizer",
    "TextRank": "text_rank.TextRankSummarizer",
    "LSA": "lsa.LsaSummarizer",
    "Luhn": "luhn.LuhnSummarizer",
    "SumBasic": "sum_basic.SumBasicSummarizer",
    "KL": "kl.KLSummarizer",
}
"""Module and class of sumy's methods that need nothing but the text."""

_NAMES = {"ar": "arabic", "en": "english"}


class Choice(NamedTuple):
    """Sentences in the order of the text, and numbers of them, the best first."""

    sentences: list[str]
    order: list[int]


class NotDoneError(Exception):
    """The peer cannot do this language here; the message, fit for a table cell, says why, where it is not plain."""


Chooser = Callable[[str, str], Choice]
"""Language and text to a choice."""


def sumy(method: str) -> Chooser:
    """Return one of sumy's methods, with its stemmer, tokenizer and stop words, as its command line has them.

    NLTK's Arabic stemmer remembers the words before, and gives a word that comes again another stem, at which SumBasic
    fails. So the first stem of a word is kept throughout a text, for all methods.
    """
    from importlib import import_module

    from sumy.nlp.stemmers import Stemmer  # type: ignore[import-not-found]
    from sumy.nlp.tokenizers import Tokenizer  # type: ignore[import-not-found]
    from sumy.parsers.plaintext import PlaintextParser  # type: ignore[import-not-found]
    from sumy.utils import get_stop_words  # type: ignore[import-not-found]

    module, _, name = SUMY[method].partition(".")
    made = getattr(import_module(f"sumy.summarizers.{module}"), name)

    def choose(language: str, text: str) -> Choice:
        try:
            tokenizer = Tokenizer(_NAMES[language])
        except LookupError as error:
            raise NotDoneError("needs NLTK data") from error
        summarizer = made(cache(Stemmer(_NAMES[language])))
        if hasattr(summarizer, "stop_words"):
            summarizer.stop_words = get_stop_words(_NAMES[language])
        document = PlaintextParser.from_string(text, tokenizer).document
        order: list[int] = []

        def count(ranked: list[Any]) -> list[Any]:
            """See all sentences, the best first: what sumy asks where the number of sentences is a function."""
            order.extend(info.order for info in ranked)
            return ranked

        summarizer(document, count)
        return Choice([str(sentence) for sentence in document.sentences], order)

    return choose


def aranorm() -> Chooser:
    """Return aranorm's summarizer: tf-idf and position."""
    from aranorm.analysis.summarizer import ArabicTextSummarizer  # type: ignore[import-not-found]

    def choose(language: str, text: str) -> Choice:
        if language != "ar":
            raise NotDoneError  # it is for Arabic alone
        made = ArabicTextSummarizer(max_sentences=len(text)).summarize(text)  # all of them, with their scores
        sentences, scores = list(made.summary_sentences), made.sentence_scores
        first = [i for i, sentence in enumerate(sentences) if sentence not in sentences[:i]]
        return Choice(sentences, sorted(first, key=lambda i: -scores.get(sentences[i], 0.0)))

    return choose


def chooser(method: str) -> Chooser:
    """Return a method by its name."""
    return aranorm() if method == "aranorm" else sumy(method)


def line(choose: Chooser, language: str, text: str) -> str:
    """Return the line to print for a text."""
    try:
        return json.dumps(choose(language, text)._asdict())
    except NotDoneError as error:
        return json.dumps({"error": str(error)})


if __name__ == "__main__":
    made = chooser(sys.argv[1])
    for row in map(json.loads, Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()):
        print(line(made, row["language"], row["text"]))
