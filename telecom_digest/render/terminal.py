"""Digests on a terminal. The only module that imports rich.

Arabic is wrapped in logical order and each line put in a right-to-left isolate, which terminals that know direction
obey and others ignore. Text of a source is wrapped in `Text`: square brackets in it are never markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from telecom_digest.language import message
from telecom_digest.model import Digest
from telecom_digest.render import Options
from telecom_digest.render.text import printable, reasons

_WIDEST = 120  # columns; longer lines are hard to follow
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"


def to_terminal(digests: Sequence[Digest], options: Options) -> str:
    """Return panels, one a document: the title, the bullets, and under them the source, the words and the notes."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(20, min(options.width, _WIDEST)),
        force_terminal=True,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        highlight=False,
        legacy_windows=False,
    )
    for digest in digests:
        console.print(_panel(digest, console, options))
        if options.explain:
            console.print(_explanation(digest, console, options))
    return out.getvalue()


def _panel(digest: Digest, console: Console, options: Options) -> Panel:
    rtl = digest.language == "ar"
    inner = console.width - 4  # border and padding
    isolate = options.terminal and rtl
    rows: list[RenderableType] = []
    for i, bullet in enumerate(digest.bullets):
        if i:
            rows.append(Text(""))
        rows.append(_lines(bullet.text, console, inner, mark="• ", rtl=rtl, isolate=isolate))
    if not options.quiet:
        rows.append(Text(""))
        words = message("footer", digest.language, (str(digest.words_in), str(digest.words_out)))
        rows.append(Text(printable(digest.source), style="dim", justify="left", overflow="fold"))
        rows.append(_lines(words, console, inner, style="dim", rtl=rtl, isolate=isolate))
        rows += [_lines(note, console, inner, mark="! ", style="yellow", rtl=rtl, isolate=isolate) for note in digest.notes]
    title = Text(printable(digest.title or digest.source), style="bold", overflow="ellipsis", no_wrap=True)
    title.truncate(inner - 2, overflow="ellipsis")
    return Panel(Group(*rows), title=title, title_align="right" if rtl else "left", border_style="blue", padding=(0, 1))


def _lines(
    text: str, console: Console, width: int, *, rtl: bool, isolate: bool, mark: str = "", style: str = ""
) -> RenderableType:
    """Return `text` wrapped, later lines indented under the first, each line aligned and isolated by itself."""
    justify = "right" if rtl else "left"
    wrapped = Text(text).wrap(console, max(8, width - len(mark)), justify="left", overflow="fold")
    shown = []
    for i, line in enumerate(wrapped):
        plain = (mark if i == 0 else " " * len(mark)) + line.plain.strip()
        shown.append(Text(f"{_RIGHT_TO_LEFT}{plain}{_POP}" if isolate else plain, style=style, justify=justify, no_wrap=True))  # type: ignore[arg-type]  # two literals of rich's four
    return Group(*shown)


def _explanation(digest: Digest, console: Console, options: Options) -> Table:
    """Return a row a sentence, best first: chosen or not, score, the sentence, and under it what made the score."""
    rtl = digest.language == "ar"
    table = Table(width=console.width, show_lines=True)
    table.add_column("", width=1)
    table.add_column("score", justify="right", width=5)
    table.add_column("sentence, and its features: value×weight", ratio=1)
    inner = console.width - 16  # two narrow columns, borders and padding
    for chosen, score, why, text in reasons(digest):
        sentence = _lines(text, console, inner, rtl=rtl, isolate=options.terminal and rtl)
        table.add_row("✓" if chosen else "", f"{score:.2f}", Group(sentence, Text(", ".join(why), style="dim")))
    return table
