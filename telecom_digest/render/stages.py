"""What the stages show on their own: repaired text and its changes, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from telecom_digest.model import CleanText, Sentence

_GAP = re.compile(r"[.!?؟…،؛:,;»\"”)\]]*(?P<blank>[^\S\n]+)")  # signs that are left after a word belong to its sentence


def clean_text(cleaned: CleanText) -> str:
    """Return the display text, a line end where a sentence lost its stop: no sign is invented."""
    parts, at = [], 0
    for end, _ in cleaned.repair.ends if cleaned.repair else ():
        gap = _GAP.match(cleaned.text, end)
        if gap:
            parts.append(cleaned.text[at : gap.start("blank")] + "\n")
            at = gap.end()
    return "".join(parts) + cleaned.text[at:] + "\n"


def changes(cleaned: CleanText) -> str:
    """Return every change, a line each: source offsets, kind, probability (of what the model restored), from and to."""
    lines = sorted(_changes(cleaned), key=lambda line: line[:2])
    return "".join(
        f"{start}\t{end}\t{kind}\t{probability}\t{_shown(before)}\t{_shown(after)}\n"
        for start, end, kind, probability, before, after in lines
    )


def _changes(cleaned: CleanText) -> Iterator[tuple[int, int, str, str, str, str]]:
    for edit in cleaned.edits:
        if not edit.kind.startswith("lost-") and "+lost-" not in edit.kind:  # those are told as whole words below
            yield edit.start, edit.end, edit.kind, "-", cleaned.source_text[edit.start : edit.end], edit.text
    if cleaned.repair:
        for start, end, before, after, probability in cleaned.repair.restorations:
            yield start, end, "word" if before else "space", f"{probability:.4f}", before, after
        for at, probability in cleaned.repair.ends:
            place = cleaned.to_source(at, at)[1]
            yield place, place, "end", f"{probability:.4f}", "", "\n"


def _shown(text: str) -> str:
    """Return `text` on one line, controls as escapes."""
    return "".join(c if c.isprintable() and c != "\\" else c.encode("unicode_escape", "replace").decode() for c in text)


def segment_text(sentences: Sequence[Sentence]) -> str:
    """Return one sentence a line."""
    return "".join(s.text.replace("\n", " ") + "\n" for s in sentences)


def clean_object(source: str, cleaned: CleanText) -> dict[str, Any]:
    """Return what `digest clean -f jsonl` prints of one source. Offsets of ends are into its text, others the source."""
    repair = None
    if cleaned.repair:
        restored = [r._asdict() | {"probability": round(r.probability, 4)} for r in cleaned.repair.restorations]
        ends = [{"at": at, "probability": round(probability, 4)} for at, probability in cleaned.repair.ends]
        repair = cleaned.repair._asdict() | {"restorations": restored, "ends": ends}
    edits = [edit._asdict() for edit in cleaned.edits]
    return {
        "source": source,
        "text": cleaned.text,
        "condition": cleaned.condition,
        "edits": edits,
        "repair": repair,
    }


def segment_object(source: str, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Return what `digest segment -f jsonl` prints of one source."""
    return {"source": source, "sentences": [{"start": s.start, "end": s.end, "text": s.text} for s in sentences]}
