"""The command: parse, call, print, exit code. Nothing here knows how a digest is made."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from telecom_digest import __version__
from telecom_digest.errors import DigestError

if TYPE_CHECKING:
    from telecom_digest.model import Digest, Document
    from telecom_digest.profile import Profile

DEFAULT = "digest"
_OWN_OPTIONS = ("--install-completion", "--show-completion")
_CONTEXT = {"help_option_names": ["-h", "--help"]}


Format = Literal["auto", "rich", "plain", "markdown", "json", "jsonl"]
StageFormat = Literal["plain", "json", "jsonl"]
Color = Literal["auto", "always", "never"]


class Commands(TyperGroup):
    """A group whose first word may be left out: `digest article.txt` is `digest digest article.txt`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0].partition("=")[0] in _OWN_OPTIONS)
        if not named and not ctx.resilient_parsing:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return (None if name == DEFAULT else name), command, rest

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        default = self.commands[DEFAULT]
        with default.make_context(None, [], parent=ctx, resilient_parsing=True) as inner:
            return [*super().shell_complete(ctx, incomplete), *default.shell_complete(inner, incomplete)]


class Plain(TyperCommand):
    """A command called by the name of its group: no second word in the usage line."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)
        return usage.replace("  ", " ")


app = typer.Typer(cls=Commands, context_settings=_CONTEXT, pretty_exceptions_enable=False, add_completion=True)

Sources = Annotated[
    list[str] | None,
    typer.Argument(help="Files, folders (their *.txt, sorted), or - for standard input.", show_default=False),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to this file, whole or not at all.", show_default=False),
]
Lang = Annotated[Literal["auto", "ar", "en"], typer.Option("--lang", help="Language of the sources.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what was assumed and done.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


def _print_schema(wanted: bool) -> None:
    if wanted:
        from telecom_digest.render.data import schema

        typer.echo(schema(), nl=False)
        raise typer.Exit


@app.command(
    DEFAULT,
    cls=Plain,
    hidden=True,
    help=(
        "Turn a telecom press release, Arabic or English, into a few true bullets, each a span of its source.\n\n"
        "With several sources, one that fails is named on stderr, the others are digested, and the exit code is 1."
    ),
    epilog="Also: digest clean (the repaired text) and digest segment (its sentences), each with -h.",
)
def _digest(
    ctx: typer.Context,
    sources: Sources = None,
    bullets: Annotated[
        int | None, typer.Option("--bullets", "-n", metavar="N", help="Number of bullets; the default profile has 5.")
    ] = None,
    words: Annotated[
        int | None, typer.Option("--words", metavar="N", help="Or: most words of all bullets together.")
    ] = None,
    ratio: Annotated[
        float | None, typer.Option("--ratio", metavar="R", help="Or: as a share of the words, 0 to 1.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="auto: rich on a terminal, by the name of -o, else plain.")
    ] = "auto",
    output: Output = None,
    profile: Annotated[
        str, typer.Option("--profile", "-p", metavar="NAME|FILE", help="default, brief, meeting, or a YAML file.")
    ] = "default",
    lang: Lang = "auto",
    order: Annotated[
        Literal["source", "rank"] | None,
        typer.Option("--order", help="As in the source, or best first.", show_default=False),
    ] = None,
    trim: Annotated[
        bool | None,
        typer.Option("--trim/--no-trim", help="Cut what may go from the ends of a sentence.", show_default=False),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each sentence was chosen or not.")] = False,
    color: Annotated[Color, typer.Option("--color", help="Colours; NO_COLOR is heeded.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The bullets alone: no names, footer or notes.")] = False,
    verbose: Verbose = False,
    _schema: Annotated[
        bool, typer.Option("--schema", is_eager=True, callback=_print_schema, help="Print the JSON Schema and exit.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", "-V", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
) -> int:
    locations = _sources(ctx, sources)
    from telecom_digest.batch import Batch, say
    from telecom_digest.pipeline import digest
    from telecom_digest.render import Options, render

    chosen = _profile(profile, bullets, words, ratio, order, trim)
    batch = Batch(locations, output, verbose=verbose)
    name = _format(form, output)
    options = Options(explain, quiet, batch.many, *_terminal(color, name, output))

    def make(document: Document) -> Digest:
        made = digest(document, chosen, language=lang)
        if verbose:
            say(document.source, f"{made.language}, {made.condition}, {made.words_in} words in, {made.words_out} out")
            for note in made.notes:
                say(document.source, note)
        return made

    between = "\n" if batch.many and name in ("plain", "markdown") else ""
    return batch.run(make, lambda made: render(made, name, options), together=name == "json", between=between)


@app.command("clean")
def _clean(
    ctx: typer.Context,
    sources: Sources = None,
    form: Annotated[StageFormat, typer.Option("--format", "-f", help="plain: the text.")] = "plain",
    output: Output = None,
    lang: Lang = "auto",
    verbose: Verbose = False,
) -> int:
    """Print the repaired text, or with -f jsonl every edit that made it."""
    locations = _sources(ctx, sources)
    from telecom_digest.clean import clean
    from telecom_digest.render.data import clean_object

    def make(document: Document) -> Any:
        cleaned = clean(document.text, language=lang)
        return cleaned.text + "\n" if form == "plain" else clean_object(document.source, cleaned)

    return _stage(make, form, locations, output, verbose)


@app.command("segment")
def _segment(
    ctx: typer.Context,
    sources: Sources = None,
    form: Annotated[StageFormat, typer.Option("--format", "-f", help="plain: a sentence a line.")] = "plain",
    output: Output = None,
    lang: Lang = "auto",
    verbose: Verbose = False,
) -> int:
    """Print the sentences of the repaired text, or with -f jsonl where each stands."""
    locations = _sources(ctx, sources)
    from telecom_digest.clean import clean
    from telecom_digest.render.data import segment_object
    from telecom_digest.segment import segment

    def make(document: Document) -> Any:
        sentences = segment(clean(document.text, language=lang))
        if form == "plain":
            return "".join(s.text.replace("\n", " ") + "\n" for s in sentences)
        return segment_object(document.source, sentences)

    return _stage(make, form, locations, output, verbose)


def _stage(
    make: Callable[[Document], Any], form: StageFormat, locations: list[str], target: Path | None, verbose: bool
) -> int:
    from telecom_digest.batch import Batch
    from telecom_digest.render.data import dump

    batch = Batch(locations, target, verbose=verbose)

    def show(made: Sequence[Any]) -> str:
        if form == "plain":
            return "".join(made)
        if form == "jsonl":
            return "".join(dump(thing) + "\n" for thing in made)
        return dump(list(made) if batch.many else made[0], indent=2) + "\n"

    return batch.run(make, show, together=form == "json")


def _sources(ctx: typer.Context, named: list[str] | None) -> list[str]:
    """Return the sources named, or standard input where something is piped in; on a terminal show the help and leave."""
    if named:
        return named
    if sys.stdin is None or sys.stdin.isatty():
        typer.echo(ctx.get_help())
        raise typer.Exit
    return ["-"]


def _profile(
    name: str,
    bullets: int | None,
    words: int | None,
    ratio: float | None,
    order: Literal["source", "rank"] | None,
    trim: bool | None,
) -> Profile:
    from dataclasses import replace

    from telecom_digest.profile import load

    profile = load(name)
    if (bullets, words, ratio) != (None, None, None):
        profile = profile.with_budget(bullets=bullets, words=words, ratio=ratio)
    if order is not None:
        profile = replace(profile, order=order)
    return profile if trim is None else replace(profile, trim=trim)


def _format(form: Format, target: Path | None) -> str:
    """Return the format `auto` stands for: by the name of the output file, or by what standard output is."""
    if form != "auto":
        return form
    if target is not None:
        return {".json": "json", ".jsonl": "jsonl", ".md": "markdown"}.get(target.suffix.lower(), "plain")
    return "rich" if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else "plain"


def _terminal(color: Color, name: str, target: Path | None) -> tuple[int, bool, bool]:
    """Return the width, whether to use colours, and whether a terminal reads along."""
    if name != "rich":
        return 80, False, False
    terminal = target is None and sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") if color == "auto" else color == "always"
    return get_terminal_size((80, 24)).columns, wanted, terminal


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit: 0, 1 if a source failed, 2 for a wrong call. Every error is one line on stderr."""
    from telecom_digest import output

    output.prepare()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwind, so that no half-written file is left
    sys.exit(_main(argv))


def _main(argv: Sequence[str] | None) -> int:
    try:
        code = app(args=argv, prog_name="digest", standalone_mode=False)
        return int(code or 0)
    except typer.TyperException as error:
        return _wrong(error.format_message().rstrip("."), "see digest --help", 2)
    except DigestError as error:
        return _wrong(str(error), "", error.exit_code)
    except typer.Abort:
        return 130
    except Exception as error:  # noqa: BLE001 - a defect of ours is one line too
        return _wrong(f"failed ({type(error).__name__}: {error})", "please report it", 1)


def _wrong(message: str, advice: str, code: int) -> int:
    from telecom_digest.batch import say_error

    say_error(message + (f": {advice}" if advice else ""))
    return code
