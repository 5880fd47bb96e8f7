"""A text as the readers of facts see it: its words once, with their places, and a way back to the source.

Offsets are of the display text; `Reading.value` ties what was found to the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress

from telecom_digest.language import Tokens, keys_of_words
from telecom_digest.model import CleanText, ScoredSentence, Sentence, Value

Span = tuple[int, int]


def before_asides(
    cleaned: CleanText, sentences: Sequence[Sentence], scored: Sequence[ScoredSentence]
) -> tuple[CleanText, Sequence[Sentence], Sequence[ScoredSentence]]:
    """Return a text, its sentences and those that are scored without the background that closes it: About ITU, نبذة عن …

    What is said there is said of a body, not of the event. A text that is nothing else stays whole.
    """
    last = max((i for i, sentence in enumerate(sentences) if not sentence.aside), default=-1)
    if last < 0 or last + 1 == len(sentences):
        return cleaned, sentences, scored
    end = sentences[last + 1].at
    kept = [one for one in scored if one.sentence.at < end]
    return replace(cleaned, text=cleaned.text[:end]), sentences[: last + 1], kept


class Reading:
    """One document.

    Attributes:
        cleaned: the text and how it came about.
        text: its display text.
        language: "ar", "en" or "und".
        sentences: in order, headings among them.
        words: folded, in lower case, nothing cut off (`Tokens.exact`).
        keys: of each word, its matching form (`language.keys`).
        spans: of each word.
        gaps: what stands before each word since the one before it; one more than words.
    """

    __slots__ = ("_ends", "_firsts", "cleaned", "gaps", "keys", "language", "sentences", "spans", "text", "words")

    def __init__(self, cleaned: CleanText, sentences: Sequence[Sentence]) -> None:
        self.cleaned, self.text, self.language = cleaned, cleaned.text, cleaned.language
        self.sentences = sentences
        tokens = Tokens(self.text)
        self.words, self.spans, self.gaps = tokens.exact, tokens.spans, tokens.gaps
        self.keys = keys_of_words(self.words)
        self._ends = [end for _, end in self.spans]
        self._firsts = [sentence.at for sentence in sentences]

    def sentence_of(self, offset: int) -> int:
        """Return the index of the sentence that `offset` of the display text stands in."""
        return max(0, bisect_right(self._firsts, offset) - 1)

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that ends after `offset`."""
        return bisect_right(self._ends, offset)

    def bounds(self, sentence: Sentence) -> tuple[int, int]:
        """Return the indices of the first word of a sentence and of the one after its last."""
        return self.word_at(sentence.at), self.word_at(sentence.at + len(sentence.text))

    def written(self, i: int) -> str:
        """Return word `i` as it stands in the text."""
        return self.text[slice(*self.spans[i])]

    def capital(self, i: int) -> bool:
        """Return whether word `i` begins with a capital."""
        return self.text[self.spans[i][0]].isupper()

    def where(self, is_one: Callable[[str], object]) -> list[int]:
        """Return the indices of the words of which something is true."""
        return list(compress(range(len(self.words)), map(is_one, self.words)))

    def value(self, span: Span) -> Value:
        """Return what stands at a span of the display text, as the source has it.

        Only where cleaning changed letters or digits (restored ones, presentation forms, entities) is it the display form.
        """
        shown = self.text[span[0] : span[1]]
        start, end = self.cleaned.to_source(*span)
        written = self.cleaned.source_text[start:end]
        same = shown == written or [c for c in shown if c.isalnum()] == [c for c in written if c.isalnum()]
        return Value(written if same else shown, start, end)
