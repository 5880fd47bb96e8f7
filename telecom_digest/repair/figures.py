"""Where a number clearly stood in a text that lost its digits. None is ever guessed."""

from __future__ import annotations

from collections.abc import Iterator

from telecom_digest.language import Phrases, Tokens, exact_phrases, exact_words

_MOST = 3  # places named in a note


def missing(text: str, language: str) -> list[str]:
    """Return the first few places, each as the words round it, such as `عدد أعضائها دولة`.

    The word lists of the language say after what a number stands, before what, and which phrases have a hole.
    """
    tokens = Tokens(text)
    places: list[tuple[int, int]] = []
    for start, stop in sorted(set(_places(tokens.exact, language))):
        if not places or start >= places[-1][1]:
            places.append((start, stop))
    return [text[tokens.spans[a][0] : tokens.spans[b - 1][1]] for a, b in places[:_MOST]]


def _places(words: list[str], language: str) -> Iterator[tuple[int, int]]:
    """Yield (first word, after the last word) of each place, in no order."""

    def phrases(name: str) -> Phrases:
        return exact_phrases(language, (name,))

    own = exact_words(language, ("waw",))
    joined = [word.startswith("و") and word not in own for word in words]  # و is written to the word it joins
    bare = [word[1:] if joins else word for word, joins in zip(words, joined, strict=True)]
    for start, stop, _ in phrases("number_between").find(words):
        yield start, stop
    following, particles = phrases("number_after"), exact_words(language, ("stop",))
    for form in (words, bare):
        for start, stop, _ in phrases("number_before").find(form):
            unit = following.at(words, stop) if stop < len(words) else None
            if unit:
                yield start, unit[0]
        for start, stop, _ in phrases("year_before").find(form):
            if stop == len(words) or words[stop] in particles or joined[stop]:
                yield start, min(stop + 1, len(words))
