"""The state of the daily run: what was seen, where, when, in which story, and the digest made of it.

Whatever belongs together is written in one transaction, so a process that is killed at any moment leaves the state as it
was before or after, never between:

- a document, its addresses, its place in a story and what it is found by: `Store.add`;
- all of one source and the marks by which its server knows it next time: `with store.transaction()`. A mark that was kept
  without its documents would lose them, for the server would not send them again;
- the end of a run: `Store.finish`, after the page is written. What is on a page is asked by its day, so a run that was
  killed between page and end writes the same page once more: `Store.begin` gives the unfinished run back, and
  `Store.unfinished` those of other days, whose pages may be missing.

Times are UTC in ISO 8601. Needs nothing but Python: the folder is where the XDG base directory specification and its like
on macOS and Windows have it, six lines that need no platformdirs.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from telecom_digest.daily import stories
from telecom_digest.daily.database import Database
from telecom_digest.daily.stories import Signature
from telecom_digest.model import Document

NAME = "daily.sqlite"
_CANDIDATES = 20
"""Documents compared with a new one, those with the most hashes in common first."""
_BOILERPLATE = 200
"""Documents that have a hash in common from which on it leads to none of them: what a body says of itself each time."""


class Mark(NamedTuple):
    """What is known of a source: how its server knows its last version, and how the last attempts to read it ended."""

    etag: str | None = None
    modified: str | None = None
    succeeded: str | None = None
    failed: str | None = None
    error: str | None = None
    """The last attempt's, None where it succeeded."""


class Run(NamedTuple):
    """A run, for the page of `day`; resumed: it was begun before and never finished."""

    id: int
    day: date
    started: str
    resumed: bool


class Seen(NamedTuple):
    """What became of a document: its id, its story, and whether document and story are new to the state."""

    document: int
    story: int
    new: bool
    new_story: bool


class Link(NamedTuple):
    """Where a document was seen."""

    address: str
    source: str
    title: str | None
    published: date | None
    origin: str | None


class Told(NamedTuple):
    """A document of a story: its digest, None where none was kept, and every place where it was seen, the first first."""

    id: int
    title: str | None
    published: date | None
    language: str | None
    origin: str | None
    digest: str | None
    links: tuple[Link, ...]


class Story(NamedTuple):
    """A story and its documents, in the order they were seen: the first is the one that made it news."""

    id: int
    day: date
    documents: tuple[Told, ...]


def folder() -> Path:
    """Return the user's folder for states: $XDG_STATE_HOME/telecom-digest, by default ~/.local/state/telecom-digest."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        named = os.environ.get("XDG_STATE_HOME", "")  # a relative path is to be ignored, says the specification
        base = Path(named) if named.startswith("/") else Path.home() / ".local" / "state"
    return base / "telecom-digest"


class Store(Database):
    """The state in a file, for one run at a time: `with Store(path) as store`.

    Raises, from any method:
        StoreError: the state cannot be read or written.
    """

    def __init__(self, path: Path | None = None, *, now: datetime | None = None) -> None:
        """Take the path of the database, by default daily.sqlite in `folder()`, and the time to write down, if not now."""
        super().__init__(path or folder() / NAME)
        self._fixed = now

    def _now(self) -> str:
        return (self._fixed or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")

    def begin(self, day: date) -> Run:
        """Return the run for the page of `day`: the one that was not finished, or a new one."""
        with self.transaction():
            for run in self.unfinished():
                if run.day == day:
                    return run
            started = self._now()
            made = self.write("INSERT INTO runs (day, started) VALUES (?, ?)", (day.isoformat(), started))
            return Run(made, day, started, resumed=False)

    def unfinished(self) -> list[Run]:
        """Return the runs that were killed, oldest first: their documents are seen, their pages perhaps not written."""
        rows = self.rows("SELECT id, day, started FROM runs WHERE finished IS NULL ORDER BY id")
        return [Run(id_, date.fromisoformat(day), started, resumed=True) for id_, day, started in rows]

    def finish(self, run: Run) -> None:
        """Write down that the page of a run is written; its documents are not news again."""
        self.write("UPDATE runs SET finished = ? WHERE id = ? AND finished IS NULL", (self._now(), run.id))

    def news(self, run: Run) -> tuple[int, int]:
        """Return how many documents and how many stories a run saw first; (0, 0): its page is as it was."""
        return (
            self.rows("SELECT COUNT(*) FROM documents WHERE run = ?", (run.id,))[0][0],
            self.rows("SELECT COUNT(*) FROM stories WHERE run = ?", (run.id,))[0][0],
        )

    def mark(self, location: str) -> Mark:
        """Return what is known of a source."""
        rows = self.rows("SELECT etag, modified, succeeded, failed, error FROM sources WHERE location = ?", (location,))
        return Mark(*rows[0]) if rows else Mark()

    def succeeded(self, location: str, etag: str | None = None, modified: str | None = None) -> None:
        """Write down that a source was read, and its marks; in one transaction with its documents, or after them."""
        self.write(
            "INSERT INTO sources (location, etag, modified, succeeded) VALUES (?, ?, ?, ?) ON CONFLICT (location) "
            "DO UPDATE SET etag = excluded.etag, modified = excluded.modified, "
            "succeeded = excluded.succeeded, error = NULL",
            (location, etag, modified, self._now()),
        )

    def failed(self, location: str, error: str) -> None:
        """Write down that a source could not be read, and why; its marks stay."""
        self.write(
            "INSERT INTO sources (location, failed, error) VALUES (?, ?, ?) ON CONFLICT (location) DO UPDATE "
            "SET failed = excluded.failed, error = excluded.error",
            (location, self._now(), error),
        )

    def knows(self, text: str) -> bool:
        """Tell whether a document of this text was seen, anywhere, and its digest kept."""
        content = stories.signature(text).content
        return bool(self.rows("SELECT 1 FROM documents JOIN digests ON document = id WHERE content = ?", (content,)))

    def at(self, address: str) -> list[int]:
        """Return the ids of the documents that were seen at an address, first to last: its versions."""
        return [id_ for (id_,) in self.rows("SELECT document FROM addresses WHERE address = ? ORDER BY 1", (address,))]

    def add(self, run: Run, document: Document, source: str, digest: str | None = None) -> Seen:
        """Write down that a run saw a document, at `document.source`, and which story it tells.

        Args:
            run: the run that saw it.
            document: what was read.
            source: the location of the config that led to it.
            digest: what was made of it, as JSON. It is kept with the first of several equal documents that comes with one.
        """
        signature = stories.signature(document.text)
        published = document.published.isoformat() if document.published else None
        about = (document.title, published, document.origin, self._now())
        with self.transaction():
            known = self.rows("SELECT id, story FROM documents WHERE content = ?", (signature.content,))
            seen = (
                Seen(known[0][0], known[0][1], new=False, new_story=False)
                if known
                else self._new(run, document, signature, about)
            )
            if digest is not None:
                self.write("INSERT OR IGNORE INTO digests VALUES (?, ?)", (seen.document, digest))
            self.write(
                "INSERT OR IGNORE INTO addresses (address, document, source, title, published, origin, seen) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (document.source, seen.document, source, *about),
            )
        return seen

    def _new(self, run: Run, document: Document, signature: Signature, about: tuple[str | None, ...]) -> Seen:
        """Write down a document that was never seen."""
        sketch = signature.sketch
        found = self._story(signature, sketch)
        story = found or self.write("INSERT INTO stories (run, day) VALUES (?, ?)", (run.id, run.day.isoformat()))
        made = self.write(
            "INSERT INTO documents (story, run, content, language, title, published, origin, seen) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (story, run.id, signature.content, document.language, *about),
        )
        kept = map(stories.packed, (signature.runs, signature.lead, signature.figures))
        self.write("INSERT INTO signatures (document, runs, lead, figures) VALUES (?, ?, ?, ?)", (made, *kept))
        self.write("INSERT INTO sketches (hash, document) VALUES (?, ?)", *((one, made) for one in sketch))
        return Seen(made, story, new=True, new_story=not found)

    def _story(self, signature: Signature, sketch: list[int]) -> int:
        """Return the story of the document that is most like one of this signature, 0 where none tells the same."""
        common: Counter[int] = Counter()
        for one in sketch:
            having = self.rows("SELECT document FROM sketches WHERE hash = ? LIMIT ?", (one, _BOILERPLATE + 1))
            if len(having) <= _BOILERPLATE:
                common.update(id_ for (id_,) in having)
        least = min(stories.COMMON, len(sketch))
        near = [id_ for id_, count in common.most_common(_CANDIDATES) if count >= least]
        rows = self.rows(
            "SELECT story, content, runs, lead, figures FROM documents JOIN signatures ON document = id "
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(near),),
        )
        best, most = 0, -1.0
        for story, content, *hashes in rows:
            other = Signature(content, *map(stories.unpacked, hashes))
            alike = stories.resemblance(signature, other)
            if alike > most and stories.same(signature, other):
                best, most = story, alike
        return best

    def told(self, day: date) -> list[Story]:
        """Return the stories of the page of a day, in the order they were seen, whichever run of the day saw them."""
        links: dict[int, list[Link]] = {}
        for id_, address, source, title, published, origin in self.rows(
            "SELECT a.document, a.address, a.source, a.title, a.published, a.origin FROM stories s "
            "JOIN documents d ON d.story = s.id JOIN addresses a ON a.document = d.id WHERE s.day = ? "
            "ORDER BY a.id",
            (day.isoformat(),),
        ):
            links.setdefault(id_, []).append(Link(address, source, title, _day(published), origin))
        told: dict[int, list[Told]] = {}
        for story, id_, title, published, language, origin, digest in self.rows(
            "SELECT s.id, d.id, d.title, d.published, d.language, d.origin, g.digest FROM stories s "
            "JOIN documents d ON d.story = s.id LEFT JOIN digests g ON g.document = d.id "
            "WHERE s.day = ? ORDER BY s.id, d.id",
            (day.isoformat(),),
        ):
            one = Told(id_, title, _day(published), language, origin, digest, tuple(links.get(id_, ())))
            told.setdefault(story, []).append(one)
        return [Story(id_, day, tuple(documents)) for id_, documents in told.items()]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
