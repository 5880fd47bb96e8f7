"""A daily run that ends before its end, wherever that is: the next one makes up for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from telecom_digest import pipeline
from telecom_digest.daily import pages
from telecom_digest.daily.run import main
from telecom_digest.daily.store import Store
from telecom_digest.errors import OutputError
from telecom_digest.model import Digest, Document
from telecom_digest.profile import Profile
from tests.daily.releases import CONFIG, files, folder, sources, stories

DAY = date(2026, 3, 2)


def interrupted(monkeypatch: pytest.MonkeyPatch, place: object, name: str, times: int) -> Callable[[], None]:
    """Let a function of the run be the last that is called, the `times`-th time; return what undoes that."""
    whole = getattr(place, name)
    left = [times]

    def call(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return whole(*args, **kwargs)

    monkeypatch.setattr(place, name, call)
    return lambda: monkeypatch.setattr(place, name, whole)


@pytest.mark.parametrize(
    ("place", "name", "times"),
    [
        (Store, "add", 0),
        (Store, "add", 3),
        (Store, "succeeded", 2),
        (pages, "_write", 0),
        (pages, "_write", 2),
        (Store, "finish", 0),
    ],
)
def test_wherever_a_run_ends_the_next_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, times: int
) -> None:
    config = folder(tmp_path, 5)
    main(config, date=DAY)
    right = {one: content for one, (content, _) in files(tmp_path).items()}
    for path in [*tmp_path.glob("state.sqlite*"), *(tmp_path / "pages").iterdir()]:
        path.unlink()
    undo = interrupted(monkeypatch, place, name, times)
    with pytest.raises(KeyboardInterrupt):
        main(config, date=DAY)
    undo()
    assert main(config, date=DAY) == 0
    assert {one: content for one, (content, _) in files(tmp_path).items()} == right


def test_a_page_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    config = folder(tmp_path, 2, CONFIG.replace("pages/latest.json", "blocked/latest.json"))
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match=r"latest\.json cannot be written"):
        main(config, date=DAY)
    assert len(files(tmp_path)) == 2  # the others are there
    (tmp_path / "blocked").unlink()
    assert main(config, date=DAY) == 0
    assert (tmp_path / "blocked" / "latest.json").is_file()


def test_what_a_killed_run_left_beside_a_page_goes(tmp_path: Path) -> None:
    config = folder(tmp_path, 1)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / ".latest.json.x1.part").write_text("{", encoding="utf-8")
    assert main(config, date=DAY) == 0
    assert not list((tmp_path / "pages").glob(".*"))


def test_a_defect_of_ours_costs_one_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from telecom_digest.daily import run

    def digest(document: Document, profile: Profile) -> Digest:
        if document.source.endswith("00001.txt"):
            raise IndexError("out of range")
        return pipeline.digest(document, profile)

    monkeypatch.setattr(run, "digest", digest)
    config = folder(tmp_path, 3)
    assert main(config, date=DAY) == 1
    assert sources(tmp_path) == ["00000.txt", "00002.txt"]
    monkeypatch.undo()
    assert main(config, date=DAY) == 0
    assert len(stories(tmp_path)) == 3
