"""`digest daily`, as it is called: parse, call, exit code. What it does is in daily/."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from telecom_digest.options import AllowPrivate, Verbose, read_day


def daily(
    config: Annotated[Path, typer.Argument(metavar="CONFIG.yaml", help="What to read and where to write the page.")],
    init: Annotated[bool, typer.Option("--init", help="Write a commented config there, and stop.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Say whether the config is right, and stop.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,
    since: Annotated[
        dt.date | None,
        typer.Option(metavar="YYYY-MM-DD", parser=read_day, help="All since that day.", show_default=False),
    ] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(metavar="YYYY-MM-DD", parser=read_day, help="The day of the page; today.", show_default=False),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All that the sources have, seen before or not.")] = False,
    allow_private: AllowPrivate = False,
    verbose: Verbose = False,
) -> int:
    """Digest what is new in the sources of a config since the last run, and write one page for the day.

    Made for cron: says nothing unless something failed. Exit code 1: a source failed, which the page says at its foot; 3:
    another run is at work.
    """
    from telecom_digest.batch import say_error
    from telecom_digest.daily import run

    if init:
        run.init(config)
        return 0
    if check:
        for line in run.check(config):
            say_error(line)
        return 0
    return run.main(
        config,
        since=since,
        date=date,
        all_=all_,
        dry_run=dry_run,
        allow_private=allow_private,
        verbose=verbose,
        progress=True,
    )
