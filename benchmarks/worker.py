"""Documents a second in one process: `python worker.py NAME FILE SECONDS`, run by speed.py in each environment.

A script apart, because each peer can only be imported where it is installed. The text is the same every time, so all
caches are warm, those of the peers and ours: this is the speed of a long run, not of a first document.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

Work = Callable[[str], object]


def ours() -> Work:
    """Everything from text to rendered plain, as `digest` does it."""
    from telecom_digest import digest, render

    return lambda text: render(digest(text), "plain")


def ours_without_facts() -> Work:
    """The same without the card of facts."""
    from without_facts import leave_out  # type: ignore[import-not-found]  # beside this script, run by its path

    leave_out()
    return ours()


def sumy() -> Work:
    """Text to five sentences, as `sumy lex-rank` does it; its Arabic tokenizer is PyArabic's and needs no NLTK data."""
    from sumy.nlp.stemmers import Stemmer  # type: ignore[import-not-found]
    from sumy.nlp.tokenizers import Tokenizer  # type: ignore[import-not-found]
    from sumy.parsers.plaintext import PlaintextParser  # type: ignore[import-not-found]
    from sumy.summarizers.lex_rank import LexRankSummarizer  # type: ignore[import-not-found]
    from sumy.utils import get_stop_words  # type: ignore[import-not-found]

    tokenizer, lexrank = Tokenizer("arabic"), LexRankSummarizer(Stemmer("arabic"))
    lexrank.stop_words = get_stop_words("arabic")
    return lambda text: [str(s) for s in lexrank(PlaintextParser.from_string(text, tokenizer).document, 5)]


def aranorm_normalizer() -> Work:
    """Text to normalized text, nothing chosen: less work than ours."""
    from aranorm import ArabicNormalizationPipeline, PipelineConfig  # type: ignore[import-not-found]

    pipeline = ArabicNormalizationPipeline(PipelineConfig(preset="standard"))
    return lambda text: pipeline.process(text).normalized_text


def aranorm_summarizer() -> Work:
    """Text to five sentences by tf-idf and position."""
    from aranorm.analysis.summarizer import ArabicTextSummarizer  # type: ignore[import-not-found]

    summarizer = ArabicTextSummarizer(max_sentences=5)
    return lambda text: summarizer.summarize(text).summary_text


WORK: dict[str, Callable[[], Work]] = {
    f.__name__: f for f in (ours, ours_without_facts, sumy, aranorm_normalizer, aranorm_summarizer)
}


def rate(work: Work, text: str, seconds: float) -> float:
    """Return how many times a second `work` is done, over at least `seconds`, after one time that does not count."""
    work(text)
    done, spent, start = 0, 0.0, perf_counter()
    while not done or spent < seconds:
        work(text)
        done += 1
        spent = perf_counter() - start
    return done / spent


if __name__ == "__main__":
    name, file, limit = sys.argv[1:]
    print(rate(WORK[name](), Path(file).read_text(encoding="utf-8-sig"), float(limit)))
