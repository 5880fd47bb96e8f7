"""Digests as text, in every format: a table of functions, each loaded when first used.

To add a format: a function `(digests, options) -> str` in a module here, a row in `FORMATS`, and a golden file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from telecom_digest.errors import RenderError
from telecom_digest.model import Digest


class Options(NamedTuple):
    """How to show.

    Attributes:
        explain: also say why each sentence was chosen or not.
        quiet: the bullets alone, no footer and no notes.
        many: several documents are shown, in this call or around it: name each.
        width: columns, for formats that wrap.
        color: use colours, for formats that have them.
        terminal: what reads this is a terminal: direction isolates are welcome.
    """

    explain: bool = False
    quiet: bool = False
    many: bool = False
    width: int = 80
    color: bool = False
    terminal: bool = False


Renderer = Callable[[Sequence[Digest], Options], str]

FORMATS = MappingProxyType(
    {
        "rich": "telecom_digest.render.terminal:to_terminal",
        "plain": "telecom_digest.render.text:to_plain",
        "markdown": "telecom_digest.render.text:to_markdown",
        "json": "telecom_digest.render.data:to_json",
        "jsonl": "telecom_digest.render.data:to_jsonl",
        "html": "telecom_digest.render.html:to_html",
        "ics": "telecom_digest.render.calendar:to_ics",
    }
)
"""Name of a format and the function that makes it."""


def render(
    digest: Digest | Sequence[Digest],
    format: str = "plain",  # noqa: A002 - as on the command line
    options: Options | None = None,
) -> str:
    """Return one digest, or several, in a format of `FORMATS`, with a line end at its end; as ics "" if nothing is dated.

    Raises:
        RenderError: there is no such format.
    """
    if format not in FORMATS:
        raise RenderError(f"no format {format!r}: use one of {', '.join(FORMATS)}")
    module, name = FORMATS[format].split(":")
    renderer: Renderer = getattr(import_module(module), name)
    several = not isinstance(digest, Digest)
    digests = list(digest) if not isinstance(digest, Digest) else [digest]
    return renderer(digests, options or Options(many=several))
