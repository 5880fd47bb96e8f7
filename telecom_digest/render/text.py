"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from telecom_digest.model import Digest
from telecom_digest.render import Options
from telecom_digest.render.card import rows

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~]|^[#+\-](?= )|^\d+(?=[.)] ))")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """Return `text`, a name from outside such as a path, without what a terminal would obey."""
    return _UNPRINTABLE.sub("�", text)


def head(digest: Digest) -> str:
    """Return where a digest is from: the source, who published it and when, as far as that is known."""
    day = digest.published.isoformat() if digest.published else None
    return " · ".join(part for part in (digest.source, digest.origin, day) if part)


def reasons(digest: Digest) -> Iterator[tuple[bool, float, list[str], str]]:
    """Yield (chosen, score, why, sentence) of every candidate, best first; why is `feature value×weight`, largest first."""
    explanation = digest.explanation
    order = sorted(range(len(explanation.candidates)), key=lambda i: -explanation.candidates[i].score)
    for i in order:
        candidate = explanation.candidates[i]
        parts = [(value * explanation.weights[name], name, value) for name, value in candidate.features.items() if value]
        parts.sort(key=lambda part: -abs(part[0]))
        why = [f"{name} {value:.2f}×{explanation.weights[name]:g}" for _, name, value in parts]
        yield i in explanation.chosen, candidate.score, why, candidate.sentence.text.replace("\n", " ")


def to_plain(digests: Sequence[Digest], options: Options) -> str:
    """Return the card of facts and a bullet a line; of several documents each under `==> its name <==`, as head(1) does."""
    blocks = []
    for digest in digests:
        lines = [f"==> {printable(digest.source)} <=="] if options.many and not options.quiet else []
        card = [] if options.quiet else [f"{label}: {said}" for label, said in rows(digest)]
        lines += [*card, ""] if card else []
        lines += [f"• {bullet.text}" for bullet in digest.bullets]
        if options.explain:
            lines.append("")
            lines += [
                f"{'*' if chosen else ' '} {score:7.4f}\t{', '.join(why)}\t{text}"
                for chosen, score, why, text in reasons(digest)
            ]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def to_markdown(digests: Sequence[Digest], options: Options) -> str:
    """Return a heading, the card of facts as a table, a list and the notes as a quotation for each document."""
    blocks = []
    for digest in digests:
        lines = [f"# {escaped(printable(digest.title or digest.source))}", ""]
        card = [] if options.quiet else rows(digest)
        if card:
            lines += ["| | |", "| --- | --- |", *(f"| **{label}** | {escaped(said)} |" for label, said in card), ""]
        lines += [f"- {escaped(bullet.text)}" for bullet in digest.bullets]
        if digest.notes and not options.quiet:
            lines.append("")
            lines += [f"> {escaped(note)}  " for note in digest.notes]
        if digest.title and (digest.origin or digest.published) and not options.quiet:
            lines += ["", escaped(printable(head(digest)))]
        if options.explain:
            lines += ["", "| | score | why | sentence |", "| --- | ---: | --- | --- |"]
            lines += [
                f"| {'✓' if chosen else ''} | {score:.4f} | {', '.join(why)} | {escaped(text)} |"
                for chosen, score, why, text in reasons(digest)
            ]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)
