"""The options that commands share, as Typer declares them: their types, their help, and those that print and leave."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import typer

from telecom_digest import __version__

Format = Literal["auto", "rich", "plain", "markdown", "html", "json", "jsonl", "ics"]
StageFormat = Literal["auto", "plain", "json", "jsonl"]
Color = Literal["auto", "always", "never"]
RepairChoice = Literal["auto", "always", "never"]

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files (.txt .md .html .pdf .docx .eml .mbox), folders, addresses, or - for standard input.",
        show_default=False,
    ),
]


def _not_a_dash(path: Path | None) -> Path | None:
    """`-o -` is standard output, as elsewhere."""
    return None if path == Path("-") else path


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Write to this file, whole or not at all.",
        show_default=False,
        callback=_not_a_dash,
    ),
]
Lang = Annotated[Literal["auto", "ar", "en"], typer.Option("--lang", help="Language of the sources.")]
Profiled = Annotated[
    str, typer.Option("--profile", "-p", metavar="NAME|FILE", help="default, brief, meeting, or a YAML file.")
]
Repairing = Annotated[
    RepairChoice | None,
    typer.Option(
        "--repair", help="Restore lost letters, spaces, sentence ends; auto: in damaged text.", show_default=False
    ),
]


def read_day(text: str) -> dt.date:
    """Read a date in ISO 8601."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date: write it as 2017-10-09") from None


Published = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        parser=read_day,
        help="Day of publication of the sources, for dates such as yesterday.",
        show_default=False,
    ),
]
Feed = Annotated[bool, typer.Option("--feed", help="The sources are RSS or Atom feeds, whatever their names.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also read from private and loopback addresses of the network.")
]
Names = Annotated[
    Literal["camel"] | None,
    typer.Option(
        "--names", help="Also look for names with the NER of camel-tools, if you have installed it.", show_default=False
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what was found and done.")]


def print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


def print_schema(wanted: bool) -> None:
    if wanted:
        from telecom_digest.render.data import schema

        typer.echo(schema(), nl=False)
        raise typer.Exit
