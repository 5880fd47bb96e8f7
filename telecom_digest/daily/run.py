"""`digest daily`: read what is new, digest it, write the page of the day.

What makes it safe to kill at any moment: a document is in the state, with its digest and its story, or is not; what it was
read from is marked after it; pages are written from the state, each whole; and the run is finished after the pages. So the
next run reads again what was not marked, finds in the state what was taken, and writes the pages of runs that never
finished.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from telecom_digest import output
from telecom_digest.batch import say, say_error
from telecom_digest.daily import config as configs
from telecom_digest.daily import day as days
from telecom_digest.daily import kept, pages
from telecom_digest.daily.config import Config, Source
from telecom_digest.daily.gather import Gatherer, files
from telecom_digest.daily.lock import RunningError, locked
from telecom_digest.daily.store import Run, Store, Story
from telecom_digest.errors import CallError, SourceError
from telecom_digest.model import Digest, Document
from telecom_digest.pipeline import digest
from telecom_digest.render.html import headline
from telecom_digest.render.text import printable
from telecom_digest.sources import is_address
from telecom_digest.sources.extras import needs
from telecom_digest.sources.fetch import Fetcher


def main(  # noqa: PLR0913 - an option is an argument
    config: Path,
    *,
    since: dt.date | None = None,
    date: dt.date | None = None,
    all_: bool = False,
    dry_run: bool = False,
    allow_private: bool = False,
    verbose: bool = False,
    progress: bool = False,
) -> int:
    """Run a config; return the exit code: 0, 1 where a source failed, 3 where another run is at work.

    Args:
        config: path of the config.
        since: the page has all that was published or first seen since that day, not only what is new.
        date: the page is that of another day than today.
        all_: the page has all that the sources have, however old, whether or not it was seen before.
        dry_run: say what would be done, and write nothing: the run works on a copy of the state.
        allow_private: read from private addresses, too.
        verbose: say on stderr what is done.
        progress: show it there, where that is a terminal.

    Raises:
        ConfigError: the config cannot be used.
        CallError: `since` is after the day of the page, or stands beside `all_`.
        StoreError: the state cannot be read or written.
        OutputError: a page cannot be written; the next run tries again.
    """
    read = configs.read(config)
    day = date or dt.date.today()
    if since and since > day:
        raise CallError(f"--since {since} is after {day}, the day of the page: give an earlier one")
    if since and all_:
        raise CallError("--since and --all exclude each other: give one")
    oldest = dt.date.min if all_ else since or day - dt.timedelta(days=read.max_age)
    wish = _Wish(day, oldest, since, all_, dry_run, verbose)
    shown = _progress(len(read.sources)) if progress and sys.stderr and sys.stderr.isatty() else nullcontext(_unseen)
    try:
        with (_copied if dry_run else Store)(read.state) as store, closing(Fetcher(allow_private=allow_private)) as fetcher:
            run = _Daily(read, store, wish)
            with shown as step:
                run.gather(fetcher, step)
            run.write()
    except RunningError as error:
        say_error(str(error))
        return error.exit_code
    return 1 if run.failed else 0


def init(path: Path) -> None:
    """Write a commented config to `path`.

    Raises:
        CallError: there is a file, or no folder for it.
        OutputError: it cannot be written.
    """
    if path.exists():
        raise CallError(f"{path} is there already: name another file")
    output.check(path)
    output.to_file(path, configs.template())


def check(path: Path) -> list[str]:
    """Return what may be wrong with the config in `path`, a line each; nothing is fetched and nothing written.

    Raises:
        ConfigError: it cannot be used.
    """
    config = configs.read(path)
    wrong = ((source, _missing(source)) for source in config.sources)
    return [f"{path}, line {source.line}: {source.location} {what}" for source, what in wrong if what]


def _missing(source: Source) -> str:
    """Return what a source lacks on this machine, "" where that is nothing."""
    try:
        if is_address(source.location):
            needs("httpx", "web")
            needs("feedparser", "web")
            return ""
        if source.kind == "feed":
            return "" if Path(source.location).is_file() else "is no file: check the path"
        return "" if files(source) else "has no file now: check the path, unless they are to come"
    except SourceError as error:
        return str(error)


class _Wish(NamedTuple):
    """What was asked for: see `main`; oldest: the day before which a text was published that is no news."""

    day: dt.date
    oldest: dt.date
    since: dt.date | None
    all: bool
    dry: bool
    verbose: bool


class _Daily:
    """One run, while it is at work. `failed`: location and error of each source that could not be read."""

    def __init__(self, config: Config, store: Store, wish: _Wish) -> None:
        """Begin the run, or take up the one that was killed; write the pages of earlier days that were."""
        self.failed: list[tuple[str, str]] = []
        self._config, self._store, self._wish = config, store, wish
        self._met: set[int] = set()
        self._changed: set[int] = set()
        self._wide = wish.all or wish.since is not None
        self._step: Callable[[str, bool], None] = _unseen
        for earlier in store.unfinished():
            if earlier.day != wish.day:
                self._finish(earlier, [story for story in store.told(earlier.day) if days.shown(story)])
        self._run = store.begin(wish.day)

    def gather(self, fetcher: Fetcher, step: Callable[[str, bool], None]) -> None:
        """Read all sources; `step` is told what is read, and whether it is the next of the config."""
        gatherer = Gatherer(self._config, self._store, fetcher, self, everything=self._wide)
        self._step = step
        for source in self._config.sources:
            step(source.location, True)
            gatherer.read(source)

    def take(self, document: Document, source: Source) -> None:
        """Digest a document if it is new, and write it down."""
        self._step(document.source, False)
        made = self._digest(document)
        before = self._store.at(document.source)
        seen = self._store.add(self._run, document, source.location, kept.packed(made) if made else None)
        self._met.add(seen.story)
        if made or seen.new or seen.document not in before:
            self._changed.add(seen.story)
        if made and (self._wish.verbose or self._wish.dry):
            what = "a new story" if seen.new_story else "a story that is known"
            self._say(document.source, f"{what}: {printable(headline(made))}")

    def _digest(self, document: Document) -> Digest | None:
        if document.published and document.published < self._wish.oldest:
            if self._wish.verbose:
                say(document.source, f"published on {document.published}: too old")
            return None
        return None if self._store.knows(document.text) else digest(document, self._config.profile)

    def fail(self, location: str, error: str) -> None:
        """Note what could not be read."""
        self.failed.append((location, error))
        self._store.failed(location, error)
        say(location, error)

    def write(self) -> None:
        """Write the page if there is something new on it, and finish the run."""
        stories = [story for story in self._stories() if days.shown(story)]
        targets = pages.paths(self._config.outputs, self._wish.day)
        new = self._run.resumed or self._wide or any(story.id in self._changed for story in stories)
        self._finish(self._run, stories if new or pages.missing(targets) else [])

    def _finish(self, run: Run, stories: Sequence[Story]) -> None:
        """Write the page of a run where it has stories; then the run is finished."""
        written: list[Path] = []
        if stories:
            failed = self.failed if run.day == self._wish.day else []
            page = days.page(self._store, self._config, run.day, stories, failed)
            written = pages.write(page, pages.paths(self._config.outputs, run.day), dry=self._wish.dry)
        if self._wish.dry or self._wish.verbose:
            for path in written:
                self._say(str(path), f"{'would be ' if self._wish.dry else ''}written, stories: {len(stories)}")
            if not written and run.day == self._wish.day:
                self._say(str(self._config.path), "nothing new")
        self._store.finish(run)

    def _stories(self) -> list[Story]:
        first = dt.date.min if self._wish.all else self._wish.since or self._wish.day
        last = dt.date.max if self._wish.all else self._wish.day
        rows = self._store.rows(
            "SELECT DISTINCT day FROM stories WHERE day BETWEEN ? AND ? ORDER BY day", (first.isoformat(), last.isoformat())
        )
        found = [story for (day,) in rows for story in self._store.told(dt.date.fromisoformat(day))]
        return [story for story in found if story.id in self._met] if self._wish.all else found

    def _say(self, what: str, message: str) -> None:
        if self._wish.dry:
            output.to_stdout(f"{printable(what)}: {message}\n")
        else:
            say(what, message)


@contextmanager
def _copied(path: Path) -> Iterator[Store]:
    """Give a copy of the state, to be thrown away."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if path.exists():
            with locked(path.with_name(path.name + ".lock")):
                for end in ("", "-wal"):
                    if Path(f"{path}{end}").exists():
                        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        with Store(copy) as store:
            yield store


def _progress(total: int) -> AbstractContextManager[Callable[[str, bool], None]]:
    from telecom_digest.render.terminal import progress

    return progress(total)


def _unseen(_location: str, _next: bool) -> None:
    """Show no progress."""
