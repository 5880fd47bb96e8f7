"""The command: parse, call, print, exit code. Nothing here knows how a digest is made."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from telecom_digest.daily_command import daily
from telecom_digest.default_command import DEFAULT, Commands, Plain
from telecom_digest.errors import DigestError
from telecom_digest.options import (
    AllowPrivate,
    Color,
    Feed,
    Format,
    Lang,
    Names,
    Output,
    Profiled,
    Published,
    RepairChoice,
    Repairing,
    Sources,
    StageFormat,
    Verbose,
    print_schema,
    print_version,
)

if TYPE_CHECKING:
    from telecom_digest.model import CleanText, Digest, Document
    from telecom_digest.profile import Profile

_GARBAGE = 50_000  # new objects after which Python looks for garbage
_CONTEXT = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(cls=Commands, context_settings=_CONTEXT, pretty_exceptions_enable=False, add_completion=True)


@app.command(
    DEFAULT,
    cls=Plain,
    hidden=True,
    help=(
        "Turn a telecom press release, Arabic or English, into a few true bullets, each a span of its source.\n\n"
        "With several sources, one that fails is named on stderr, the others are digested, and the exit code is 1."
    ),
    epilog="Also: digest daily (a page of what is new), digest clean, digest segment, digest --install-completion.",
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
    profile: Profiled = "default",
    lang: Lang = "auto",
    order: Annotated[
        Literal["source", "rank"] | None,
        typer.Option("--order", help="As in the source, or best first.", show_default=False),
    ] = None,
    max_words: Annotated[
        int | None,
        typer.Option(
            "--max-words", metavar="N", help="Words above which a bullet is cut where it may be.", show_default=False
        ),
    ] = None,
    trim: Annotated[
        bool | None,
        typer.Option("--trim/--no-trim", help="Cut what may go from the ends of a sentence.", show_default=False),
    ] = None,
    repair: Repairing = None,
    date: Published = None,
    names: Names = None,
    feed: Feed = False,
    allow_private: AllowPrivate = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each sentence was chosen or not.")] = False,
    color: Annotated[Color, typer.Option("--color", help="Colours; NO_COLOR is heeded.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The bullets alone: no names, footer or notes.")] = False,
    verbose: Verbose = False,
    _schema: Annotated[
        bool, typer.Option("--schema", is_eager=True, callback=print_schema, help="Print the JSON Schema and exit.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", "-V", is_eager=True, callback=print_version, help="Print the version and exit.")
    ] = False,
) -> int:
    locations = _sources(ctx, sources)
    from telecom_digest.batch import Batch, say
    from telecom_digest.output import format_of, terminal
    from telecom_digest.pipeline import digest
    from telecom_digest.render import Options, render

    if names:
        from telecom_digest.facts.deeper import installed

        installed()  # said once, not of each source
    said = {"order": order, "trim": trim, "repair": repair, "max_words": max_words}
    chosen = _profile(profile, bullets=bullets, words=words, ratio=ratio, **said)
    batch = Batch(locations, output, verbose=verbose, allow_private=allow_private, feed=feed)
    name = format_of(form, output)
    options = Options(explain, quiet, batch.many, *terminal(color, name, output))

    def make(document: Document) -> Digest:
        made = digest(replace(document, published=date or document.published), chosen, language=lang, names=names)
        if verbose:
            say(document.source, f"{made.language}, {made.condition}, {made.words_in} words in, {made.words_out} out")
        if verbose or (name == "plain" and not batch.many and not quiet):  # the other formats have a place for them
            for note in made.notes:
                say(document.source, note)
        if name == "ics":
            _say_undated(made)
        return made

    between = "\n" if name in ("plain", "markdown") else ""
    return batch.run(
        make,
        lambda made: render(made, name, options._replace(many=batch.many)),
        together=name in ("json", "html", "ics"),
        between=between,
    )


def _say_undated(made: Digest) -> None:
    """Say on stderr that a digest has no entry in a calendar."""
    from telecom_digest.batch import say
    from telecom_digest.language import message
    from telecom_digest.render.calendar import dated

    if dated(made) is None:
        say(made.source, message("no_date", made.language))


@app.command("clean")
def _clean(
    ctx: typer.Context,
    sources: Sources = None,
    form: Annotated[
        StageFormat, typer.Option("--format", "-f", help="auto: by the name of -o, else plain, the text.")
    ] = "auto",
    output: Output = None,
    profile: Profiled = "default",
    lang: Lang = "auto",
    repair: Repairing = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Instead of the text, list each change and how probable it is.")
    ] = False,
    verbose: Verbose = False,
) -> int:
    """Print the repaired text, or with -f jsonl every edit that made it. A sentence that lost its stop gets a line."""
    locations = _sources(ctx, sources)
    from telecom_digest.render.stages import changes, clean_object, clean_text

    made = _cleaner(profile, lang, repair)
    return _stage(
        lambda document: (changes if explain else clean_text)(made(document)),
        lambda document: clean_object(document.source, made(document)),
        form,
        locations,
        output,
        verbose,
    )


@app.command("segment")
def _segment(
    ctx: typer.Context,
    sources: Sources = None,
    form: Annotated[
        StageFormat, typer.Option("--format", "-f", help="auto: by the name of -o, else plain, a sentence a line.")
    ] = "auto",
    output: Output = None,
    profile: Profiled = "default",
    lang: Lang = "auto",
    repair: Repairing = None,
    verbose: Verbose = False,
) -> int:
    """Print the sentences of the repaired text, or with -f jsonl where each stands."""
    locations = _sources(ctx, sources)
    from telecom_digest.render.stages import segment_object, segment_text
    from telecom_digest.segment import segment

    made = _cleaner(profile, lang, repair)
    return _stage(
        lambda document: segment_text(segment(made(document))),
        lambda document: segment_object(document.source, segment(made(document))),
        form,
        locations,
        output,
        verbose,
    )


app.command("daily")(daily)


def _cleaner(name: str, language: str, repair: RepairChoice | None) -> Callable[[Document], CleanText]:
    """Return what cleans a document as the profile and the options say."""
    from telecom_digest.clean import clean

    profile = _profile(name, repair=repair)
    return lambda document: clean(
        document.text, language=language, repair=profile.repair, threshold=profile.repair_threshold
    )


def _stage(
    plain: Callable[[Document], str],
    data: Callable[[Document], dict[str, Any]],
    form: StageFormat,
    locations: list[str],
    target: Path | None,
    verbose: bool,
) -> int:
    """Run a stage as a filter: its text, or what JSON says of each source."""
    from telecom_digest.batch import Batch
    from telecom_digest.output import by_name
    from telecom_digest.render.data import dump

    batch = Batch(locations, target, verbose=verbose)
    name = by_name(target, ("json", "jsonl")) if form == "auto" else form
    if name == "plain":
        return batch.run(plain, "".join)

    def show(made: Sequence[dict[str, Any]]) -> str:
        if name == "jsonl":
            return "".join(dump(thing) + "\n" for thing in made)
        return dump(list(made) if batch.many else made[0], indent=2) + "\n"

    return batch.run(data, show, together=name == "json")


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
    *,
    bullets: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    **others: str | int | None,
) -> Profile:
    """Return the profile `name` with what the options say instead of it; None where one says nothing."""
    from telecom_digest.profile import load

    profile = load(name)
    if (bullets, words, ratio) != (None, None, None):
        profile = profile.with_budget(bullets=bullets, words=words, ratio=ratio)
    return profile.changed({key: value for key, value in others.items() if value is not None})


def run(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command and exit: 0, 1 if a source failed, 2 for a wrong call. Every error is one line on stderr."""
    from telecom_digest import output

    output.prepare()
    gc.set_threshold(_GARBAGE)  # our tables are hundreds of thousands of objects, none of them garbage
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwind, so that no half-written file is left
    code = _main(argv)
    gc.freeze()  # at its end Python looks for garbage in all our tables: a sixth of the time of one short document
    sys.exit(code)


def _main(argv: Sequence[str] | None) -> int:
    try:
        code = app(args=argv, prog_name="digest", standalone_mode=False)
        return int(code or 0)
    except typer.TyperException as error:
        return _wrong(f"{error.format_message().rstrip('.')}: see digest --help", 2)
    except DigestError as error:
        return _wrong(str(error), error.exit_code)
    except typer.Abort:
        return 130
    except Exception as error:  # noqa: BLE001 - a defect of ours is one line too
        return _wrong(f"failed ({type(error).__name__}: {error}): please report it", 1)


def _wrong(message: str, code: int) -> int:
    from telecom_digest.batch import say_error

    say_error(message)
    return code
