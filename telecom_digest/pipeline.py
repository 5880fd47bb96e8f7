"""The stages, chained: a document in, a digest out."""

from __future__ import annotations

import re
from typing import Literal

from telecom_digest.clean import clean
from telecom_digest.errors import SourceError
from telecom_digest.facts import extract
from telecom_digest.facts.dates import written_on
from telecom_digest.language import Tokens, exact_phrases, message, words
from telecom_digest.model import Bullet, CleanText, Digest, Document, Explanation, Note, Repair, Sentence
from telecom_digest.profile import Profile, load
from telecom_digest.rank import rank
from telecom_digest.segment import body, segment
from telecom_digest.summarize import summarize

_SWAPPED = re.compile(r"(?<!\d)\d{1,3} \.\d+")


def digest(
    document: Document | str,
    profile: Profile | str = "default",
    *,
    language: str = "auto",
    names: Literal["camel"] | None = None,
) -> Digest:
    """Return the digest of a document, or of a text as it stands.

    Args:
        document: what to digest; offsets of the bullets are into its `text`.
        profile: how, or the name or path of a profile.
        language: "ar", "en", or "auto" to find out.
        names: "camel" to look for names with the named-entity recognition of camel-tools, too.

    Raises:
        CallError: that is asked for and not installed; the message says how to get it.
        SourceError: there is nothing to digest in it.
        ProfileError: the profile cannot be used.
    """
    document = Document(document) if isinstance(document, str) else document
    profile = load(profile) if isinstance(profile, str) else profile
    cleaned = clean(document.text, language=language, repair=profile.repair, threshold=profile.repair_threshold)
    if not any(c.isalnum() for c in cleaned.text):
        raise SourceError("has no words, so there is nothing to digest: check that it is the right file")
    sentences = segment(cleaned)
    title = document.title or first_heading(sentences, cleaned.language)
    scored, weights = rank(cleaned, body(sentences), profile, title)
    summary = summarize(cleaned, scored, profile)
    published = document.published or written_on(cleaned)
    notes = [*document.notes, *_text_notes(cleaned), *summary.notes, *_figure_notes(summary.bullets)]
    return Digest(
        source=document.source,
        title=title,
        language=cleaned.language,
        condition=cleaned.condition,
        bullets=summary.bullets,
        facts=extract(cleaned, sentences, scored, published=published, names=names),
        notes=tuple(message(note.code, cleaned.language, note.values) for note in notes),
        words_in=len(words(cleaned.text)),
        words_out=sum(len(words(bullet.text)) for bullet in summary.bullets),
        explanation=Explanation(weights, tuple(scored), summary.chosen),
        published=published,
        origin=document.origin,
    )


def first_heading(sentences: list[Sentence], lang: str) -> str | None:
    """Return the heading that the text begins with, past labels such as "Press release"."""
    labels = exact_phrases(lang, ("labels",))
    for sentence in sentences:
        tokens = Tokens(sentence.text).exact
        label = labels.at(tokens, 0) if tokens else None
        if not (label and label[0] == len(tokens)):
            return sentence.text if sentence.heading else None
    return None


def _text_notes(cleaned: CleanText) -> list[Note]:
    notes = _repair_notes(cleaned.repair) if cleaned.repair else []
    if not notes and cleaned.condition != "intact":
        notes.append(Note(cleaned.condition))
    return notes if cleaned.language != "und" else [*notes, Note("unknown_language")]


def _repair_notes(repair: Repair) -> list[Note]:
    words = sum(restoration.before != "" for restoration in repair.restorations)
    counts = {"restored": words, "parted": len(repair.restorations) - words, "left": repair.left}
    notes = [Note(code, (str(count),)) for code, count in counts.items() if count]
    if repair.ends:
        notes.append(Note("ends_restored", (str(len(repair.ends)),)))
    if repair.figures_at:
        notes.append(Note("figures_lost_at", ("»، «".join(repair.figures_at),)))
    elif repair.figures_lost:
        notes.append(Note("figures_lost"))
    return notes


def _figure_notes(bullets: tuple[Bullet, ...]) -> list[Note]:
    """Warn of figures such as `5 .28`: some sites swap the parts of 28.5, others only misplace the space."""
    swapped = next((match for bullet in bullets for match in _SWAPPED.findall(bullet.text)), None)
    return [Note("swapped_decimals", (swapped,))] if swapped else []
