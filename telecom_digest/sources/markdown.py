"""Markdown files: what a reader of the page would read, without its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from telecom_digest.model import Document
from telecom_digest.sources import file

_SHOWN = ("text", "code_inline", "image")
_BREAKS = ("softbreak", "hardbreak")


def read(location: str) -> Iterator[Document]:
    """Yield the document of a Markdown file: a line for each paragraph, heading, item or cell of it.

    It is parsed by markdown-it-py, which rich brings. HTML in it and code are left as they stand; its first heading of the
    highest level is not taken for its title, as the digest finds titles itself.

    Raises:
        SourceError: as for text files.
    """
    document = file.read(location)
    yield replace(document, text=plain(document.text))


def plain(text: str) -> str:
    """Return the text of a Markdown source, paragraphs a blank line apart."""
    from markdown_it import MarkdownIt

    lines = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        if token.type == "inline":
            parts = [
                "\n" if part.type in _BREAKS else part.content
                for part in token.children or ()
                if part.type in (*_SHOWN, *_BREAKS)
            ]
            lines.append("".join(parts))
        elif token.type in ("code_block", "fence"):
            lines.append(token.content.rstrip("\n"))
    return "\n\n".join(line for line in lines if line.strip()) + "\n"
