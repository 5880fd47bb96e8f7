"""Digests on a terminal. The only module that imports rich.

Arabic is wrapped in logical order and each line put in a right-to-left isolate, which terminals that know direction
obey and others ignore. Text of a source is wrapped in `Text`: square brackets in it are never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO

from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from telecom_digest.language import message
from telecom_digest.model import Digest
from telecom_digest.render import Options, card
from telecom_digest.render.text import head, printable, reasons

_NARROWEST, _WIDEST = 20, 120  # columns; longer lines are hard to follow
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_FRAME = 4  # columns of a panel's border and padding
_GUTTER = 2  # columns between the labels of the card and what they say
_BESIDE = 16  # columns of a table beside its last column's text


def to_terminal(digests: Sequence[Digest], options: Options) -> str:
    """Return panels, one a document: title, card of facts, bullets, and under them the source, the words and the notes."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(_NARROWEST, min(options.width, _WIDEST)),
        force_terminal=True,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        highlight=False,
        legacy_windows=False,
    )
    for digest in digests:
        page = _Page(digest, console, options)
        console.print(page.panel())
        if options.explain:
            console.print(page.explanation())
    return out.getvalue()


class _Page:
    """One digest on one console: which way it reads, and how its lines are put."""

    def __init__(self, digest: Digest, console: Console, options: Options) -> None:
        self.digest, self.console, self.options = digest, console, options
        self.rtl = digest.language == "ar"
        self.isolate = options.terminal and self.rtl

    def panel(self) -> Panel:
        inner = self.console.width - _FRAME
        rows: list[RenderableType] = [] if self.options.quiet else self._card(inner)
        for bullet in self.digest.bullets:
            rows += [self._lines(bullet.text, inner, mark="• "), Text("")]
        if self.options.quiet:
            rows.pop()
        else:
            words = (str(self.digest.words_in), str(self.digest.words_out))
            rows.append(Text(printable(head(self.digest)), style="dim", justify="left", overflow="fold"))
            rows.append(self._lines(message("footer", self.digest.language, words), inner, style="dim"))
            rows += [self._lines(note, inner, mark="! ", style="yellow") for note in self.digest.notes]
        title = Text(printable(self.digest.title or self.digest.source), style="bold", no_wrap=True)
        title.truncate(inner - 2, overflow="ellipsis")
        align = "right" if self.rtl else "left"
        return Panel(Group(*rows), title=title, title_align=align, border_style="blue", padding=(0, 1))  # type: ignore[arg-type] # two of rich's three literals

    def _card(self, width: int) -> list[RenderableType]:
        """Return the facts as a table of two columns, the labels where lines of the language begin, and a line below it."""
        facts = card.rows(self.digest)
        if not facts:
            return []
        beside = max(Text(label).cell_len for label, _ in facts)
        justify: JustifyMethod = "right" if self.rtl else "left"
        table = Table.grid(padding=(0, 2, 0, 0))
        for column in ("said", "label") if self.rtl else ("label", "said"):
            said = column == "said"
            table.add_column(justify=justify, width=width - beside - _GUTTER if said else beside, no_wrap=not said)
        for label, text in facts:
            cells = [self._lines(label, beside + 1, style="bold"), self._lines(text, width - beside - _GUTTER)]
            table.add_row(*(reversed(cells) if self.rtl else cells))
        return [table, Text("")]

    def explanation(self) -> Table:
        """Return a row a sentence, best first: chosen or not, score, the sentence, and under it what made the score."""
        table = Table(width=self.console.width, show_lines=True)
        table.add_column("", width=1)
        table.add_column("score", justify="right", width=5)
        table.add_column("sentence, and its features: value×weight", ratio=1)
        for chosen, score, why, text in reasons(self.digest):
            sentence = self._lines(text, self.console.width - _BESIDE)
            table.add_row("✓" if chosen else "", f"{score:.2f}", Group(sentence, Text(", ".join(why), style="dim")))
        return table

    def _lines(self, text: str, width: int, *, mark: str = "", style: str = "") -> RenderableType:
        """Return `text` wrapped, later lines indented under the first, each line aligned and isolated by itself."""
        wrapped = Text(text).wrap(self.console, max(8, width - len(mark)), justify="left", overflow="fold")
        shown = []
        for i, line in enumerate(wrapped):
            plain = (mark if i == 0 else " " * len(mark)) + line.plain.strip()
            plain = f"{_RIGHT_TO_LEFT}{plain}{_POP}" if self.isolate else plain
            shown.append(Text(plain, style=style, justify="right" if self.rtl else "left", no_wrap=True))
        return Group(*shown)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str, bool], None]]:
    """Show on stderr, while the block runs, how many of `total` sources are done and what is being read.

    It gives a function of what is read and of whether that is the next source, not only something in the same one.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
    label = TextColumn("{task.description}", markup=False)
    with Progress(*columns, label, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)
        begun = 0

        def step(location: str, following: bool) -> None:
            nonlocal begun
            begun += following
            shown.update(task, completed=max(0, begun - 1), description=printable(location))

        yield step
