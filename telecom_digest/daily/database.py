"""The database of the daily run: an SQLite file with a write-ahead log, its tables and their versions, and its lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from telecom_digest.daily.lock import locked
from telecom_digest.errors import DigestError

_PATIENCE = 30.0
"""Seconds to wait for somebody who writes to the file with a program of their own."""

# one step a version; what was released is never edited, a change is a step more
_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE sources (
            location TEXT PRIMARY KEY, etag TEXT, modified TEXT,
            succeeded TEXT, failed TEXT, error TEXT
        ) WITHOUT ROWID""",
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, day TEXT NOT NULL, started TEXT NOT NULL, finished TEXT)",
        "CREATE INDEX unfinished_runs ON runs (id) WHERE finished IS NULL",
        "CREATE TABLE stories (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, day TEXT NOT NULL)",
        "CREATE INDEX stories_of_day ON stories (day)",
        "CREATE INDEX stories_of_run ON stories (run)",
        """CREATE TABLE documents (
            id INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES stories, run INTEGER NOT NULL REFERENCES runs,
            content BLOB NOT NULL UNIQUE, title TEXT, published TEXT, language TEXT, origin TEXT, seen TEXT NOT NULL
        )""",
        "CREATE INDEX documents_of_story ON documents (story)",
        "CREATE INDEX documents_of_run ON documents (run)",
        """CREATE TABLE addresses (
            id INTEGER PRIMARY KEY, address TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents,
            source TEXT NOT NULL, title TEXT, published TEXT, origin TEXT, seen TEXT NOT NULL, UNIQUE (address, document)
        )""",
        "CREATE INDEX addresses_of_document ON addresses (document)",
        # apart from the documents, which are read for every page: long values make a table slow to go through
        "CREATE TABLE digests (document INTEGER PRIMARY KEY REFERENCES documents, digest TEXT NOT NULL)",
        """CREATE TABLE signatures (
            document INTEGER PRIMARY KEY REFERENCES documents, runs BLOB NOT NULL, lead BLOB NOT NULL, figures BLOB NOT NULL
        )""",
        """CREATE TABLE sketches (
            hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents, PRIMARY KEY (hash, document)
        ) WITHOUT ROWID""",
    ),
)
VERSION = len(_STEPS)


class StoreError(DigestError):
    """The state cannot be read or written: damaged, of a newer version, a full disk, no rights."""


class Database:
    """The file, locked while it is open: `with Database(path) as database`.

    Raises, from any method:
        StoreError: the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Take the path of the file, which is made with its folder when it is entered."""
        self.path = path
        self._exits = ExitStack()
        self._base: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Lock the file, open it and bring its tables to the present version.

        Raises:
            RunningError: another process has it.
            StoreError: it cannot be opened, is damaged or of a newer version.
        """
        with ExitStack() as exits:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                exits.enter_context(locked(self.path.with_name(self.path.name + ".lock")))
                base = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            except (OSError, sqlite3.Error) as error:
                raise StoreError(f"state {self.path} cannot be opened ({error}): check who may write there") from error
            exits.callback(base.close)
            self._base = base
            with self._explained():
                # a killed process loses nothing so; with the power may go the last transactions, whole, which a run redoes
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("PRAGMA synchronous = NORMAL")
                base.execute("PRAGMA foreign_keys = ON")
            self._migrate()
            self._exits = exits.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file and give its lock back; what was not committed is undone."""
        self._base = None
        self._exits.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all that is written inside, or nothing where an exception leaves it; inside another, a part of that."""
        base = self._open()
        if base.in_transaction:
            yield
            return
        with self._explained():
            base.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._explained():
                base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:  # SQLite itself rolls back when the disk is full
                base.execute("ROLLBACK")
            raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self._explained():
            return self._open().execute(query, _storable(values)).fetchall()

    def write(self, statement: str, *values: Sequence[Any]) -> int:
        """Carry out a statement once for each of `values` and return the id of the last row that it made."""
        with self._explained():
            base = self._open()
            made = 0
            for one in values:
                made = base.execute(statement, _storable(one)).lastrowid or 0
            return made

    def _open(self) -> sqlite3.Connection:
        if self._base is None:
            raise RuntimeError("the state is used outside its with block")
        return self._base

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say in a line what SQLite could not do."""
        try:
            yield
        except sqlite3.Error as error:
            broken = type(error) is sqlite3.DatabaseError  # its children are a full disk and the like
            advice = "move it away; the next run begins anew" if broken else "check the disk and who may write there"
            raise StoreError(f"state {self.path} cannot be used ({error}): {advice}") from error

    def _migrate(self) -> None:
        """Make the tables, or change those of an older version, a step at a time, each in one transaction."""
        with self.transaction():
            self.write("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied TEXT NOT NULL)", ())
        version = int(self.rows("SELECT COALESCE(MAX(version), 0) FROM migrations")[0][0])
        if version > VERSION:
            raise StoreError(f"state {self.path} was written by a newer telecom-digest: update this one")
        for number, step in enumerate(_STEPS[version:], version + 1):
            with self.transaction():
                for statement in step:
                    self.write(statement, ())
                self.write("INSERT INTO migrations VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))", (number,))


def _storable(values: Sequence[Any]) -> Sequence[Any]:
    """Return `values` as UTF-8 can hold them: bytes of a file name that are none become \\udcXX, as in the output."""
    return [
        one.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(one, str) and not one.isascii() else one
        for one in values
    ]
