"""Many sources in one call: read each, make something of it, write it; a source that fails stops none of the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from telecom_digest import output, sources
from telecom_digest.errors import CallError, DigestError
from telecom_digest.model import Document
from telecom_digest.render.text import printable

Made = TypeVar("Made")


def say_error(message: str) -> None:
    """Print one line on stderr."""
    if sys.stderr is not None:  # a daemon may have closed it
        sys.stderr.write(f"digest: {printable(message)}\n")


def say(source: str, message: str) -> None:
    """Print one line about a source on stderr."""
    say_error(f"{source}: {message}")


class Batch:
    """The sources of one call.

    Attributes:
        many: more than one is named, a folder, or one that has several: output is an array, or says whose it is.
        verbose: tell of each source what was done.
    """

    def __init__(
        self,
        locations: Sequence[str],
        target: Path | None,
        *,
        verbose: bool = False,
        allow_private: bool = False,
        feed: bool = False,
    ) -> None:
        """Expand folders and look at the target.

        Raises:
            CallError: the target cannot be written, or is one of the sources.
        """
        self.verbose = verbose
        self.failed = False
        self._read = partial(sources.read, allow_private=allow_private, feed=feed)
        self._target = target
        self._locations: list[str] = []
        for location in locations:
            try:
                self._locations += sources.expand(location)
            except DigestError as error:
                self._fail(location, str(error))
        self.many = len(locations) > 1 or any(Path(location).is_dir() for location in locations)  # see _documents
        if target is not None:
            output.check(target)
            if any(location != "-" and _same(target, location) for location in self._locations):
                raise CallError(f"{target} is one of the sources: name another file")

    def run(
        self,
        make: Callable[[Document], Made],
        show: Callable[[Sequence[Made]], str],
        *,
        together: bool = False,
        between: str = "",
    ) -> int:
        """Make and show every document; return the exit code: 1 if a source failed, else 0.

        Args:
            make: what is made of one document.
            show: what is printed of things made.
            together: show all at the end at once (a JSON array), not each as soon as it is made.
            between: printed between things shown one by one.

        Raises:
            OutputError: the target could not be written.
        """
        made: list[Made] = []
        kept: list[str] = []  # for the target, which is written at the end
        emit = output.to_stdout if self._target is None else kept.append
        count = 0
        try:
            for thing in self._made(make):
                if together:
                    made.append(thing)
                else:
                    emit((between if count else "") + show([thing]))
                count += 1
            if together and (made or self.many):
                emit(show(made))
        except BrokenPipeError:  # the reader has seen enough: `| head -1`
            output.discard_stdout()
            return int(self.failed)
        text = "".join(kept)
        if self._target is not None and count and text:  # a calendar without entries is no calendar
            output.to_file(self._target, text)
        return int(self.failed)

    def _made(self, make: Callable[[Document], Made]) -> Iterator[Made]:
        for location in self._locations:
            try:
                for document in self._documents(location):
                    started = perf_counter()
                    thing = make(document)
                    if self.verbose:
                        say(location, f"done in {1000 * (perf_counter() - started):.1f} ms")
                    yield thing
            except DigestError as error:
                self._fail(location, str(error))
            except BrokenPipeError:  # of stderr: nobody is left to tell
                raise
            except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the user the other sources
                self._fail(location, f"could not be digested ({type(error).__name__}: {error}): please report this text")

    def _documents(self, location: str) -> Iterator[Document]:
        """Yield the documents of a location; if there are several (a feed, a mailbox), they are named from the first on."""
        documents = self._read(location)
        first = next(documents, None)
        if first is None:
            return
        try:
            second = next(documents, None)
        except DigestError:  # the first is digested all the same
            self.many = True
            yield first
            raise
        self.many = self.many or second is not None
        yield first
        if second is not None:
            yield second
            yield from documents

    def _fail(self, location: str, message: str) -> None:
        self.failed = True
        say(location, message)


def _same(target: Path, location: str) -> bool:
    try:
        return target.samefile(location)
    except OSError:
        return False
