"""The stages, chained: a document in, a digest out."""

from __future__ import annotations

import re

from telecom_digest import language, profile
from telecom_digest.clean import clean
from telecom_digest.errors import SourceError
from telecom_digest.model import Bullet, CleanText, Digest, Document, Explanation, Facts, Note, Sentence
from telecom_digest.rank import rank
from telecom_digest.segment import segment
from telecom_digest.summarize import summarize

_SWAPPED = re.compile(r"(?<!\d)\d{1,3} \.\d+")


def digest(document: Document | str, profile: profile.Profile | str = "default", *, language: str = "auto") -> Digest:
    """Return the digest of a document, or of a text as it stands.

    Args:
        document: what to digest; offsets of the bullets are into its `text`.
        profile: how, or the name or path of a profile.
        language: "ar", "en", or "auto" to find out.

    Raises:
        SourceError: there is nothing to digest in it.
        ProfileError: the profile cannot be used.
    """
    return _digest(Document(document) if isinstance(document, str) else document, profile, language)


def _digest(document: Document, chosen: profile.Profile | str, lang: str) -> Digest:
    profile_ = profile.load(chosen) if isinstance(chosen, str) else chosen
    cleaned = clean(document.text, language=lang)
    sentences = segment(cleaned)
    body = [s for s in sentences if not s.heading] or sentences
    if not any(c.isalnum() for c in cleaned.text):
        raise SourceError("has no words, so there is nothing to digest: check that it is the right file")
    title = document.title or _first_heading(sentences, cleaned.language)
    scored = rank(cleaned, body, profile_, title)
    summary = summarize(cleaned, scored, profile_)
    notes = [*document.notes, *_text_notes(cleaned), *summary.notes, *_figure_notes(summary.bullets)]
    return Digest(
        source=document.source,
        title=title,
        language=cleaned.language,
        condition=cleaned.condition,
        bullets=summary.bullets,
        facts=Facts(),
        notes=tuple(language.message(n.code, cleaned.language, n.values) for n in notes),
        words_in=len(language.words(cleaned.text)),
        words_out=sum(len(language.words(b.text)) for b in summary.bullets),
        explanation=Explanation(profile_.weights, tuple(scored), summary.chosen),
    )


def _first_heading(sentences: list[Sentence], lang: str) -> str | None:
    """Return the heading that the text begins with, past labels such as "Press release"."""
    labels = language.exact_phrases(lang, ("labels",))
    for sentence in sentences:
        words = language.Tokens(sentence.text).exact
        label = labels.at(words, 0) if words else None
        if not (label and label[0] == len(words)):
            return sentence.text if sentence.heading else None
    return None


def _text_notes(cleaned: CleanText) -> list[Note]:
    notes = [] if cleaned.condition == "intact" else [Note(cleaned.condition)]
    return notes if cleaned.language != "und" else [*notes, Note("unknown_language")]


def _figure_notes(bullets: tuple[Bullet, ...]) -> list[Note]:
    """Warn of figures such as `5 .28`: some sites swap the parts of 28.5, others only misplace the space."""
    swapped = next((match for bullet in bullets for match in _SWAPPED.findall(bullet.text)), None)
    return [Note("swapped_decimals", (swapped,))] if swapped else []
