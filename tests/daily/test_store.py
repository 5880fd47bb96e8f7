"""The state of the daily run: what it keeps, that it keeps it whole, and that only one run has it."""

from __future__ import annotations

import json
import os
import select
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from telecom_digest.daily import store as store_module
from telecom_digest.daily.database import VERSION, StoreError
from telecom_digest.daily.lock import RunningError
from telecom_digest.daily.store import Link, Mark, Store
from telecom_digest.model import Document
from tests.conftest import ROOT

DAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
TEXT = (ROOT / "examples" / "ntra-roaming-ar.txt").read_text(encoding="utf-8")
OTHER = (ROOT / "examples" / "itu-council-en.txt").read_text(encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "daily.sqlite"


def test_a_release_in_three_newspapers_is_one_story_with_three_links(path: Path) -> None:
    first = Document(TEXT, "http://a.example/1", title="Roaming", published=DAY, language="ar", origin="A")
    copy = Document("عنوان آخر\n" + "\n".join(TEXT.split("\n")[1:-2]), "http://b.example/9", origin="B")
    with Store(path, now=NOW) as store:
        run = store.begin(DAY)
        made = store.add(run, first, "feed a", json.dumps({"bullets": []}))
        near = store.add(run, copy, "feed b")
        equal = store.add(run, Document(TEXT.replace("أ", "ا"), "http://c.example/3"), "feed c", "later")
        other = store.add(run, Document(OTHER, "d.txt"), "folder", "{}")
        assert (made.new, near.new, equal.new, other.new) == (True, True, False, True)
        assert (made.new_story, near.new_story, equal.new_story, other.new_story) == (True, False, False, True)
        assert made.story == near.story == equal.story != other.story
        story, second = store.told(DAY)
        assert [one.id for one in story.documents] == [made.document, near.document]
        told, also = story.documents
        assert (told.title, told.published, told.language, told.origin) == ("Roaming", DAY, "ar", "A")
        assert told.digest == '{"bullets": []}'
        assert told.links == (
            Link("http://a.example/1", "feed a", "Roaming", DAY, "A"),
            Link("http://c.example/3", "feed c", None, None, None),
        )
        assert (also.digest, [link.address for link in also.links]) == (None, ["http://b.example/9"])
        assert [one.digest for one in second.documents] == ["{}"]
        assert store.news(run) == (3, 2)
        assert store.told(date(2026, 1, 6)) == []


def test_what_was_seen_is_not_news_again(path: Path) -> None:
    with Store(path) as store:
        run = store.begin(DAY)
        seen = store.add(run, Document(TEXT, "a.txt"), "folder", "{}")
        store.finish(run)
    with Store(path) as store:
        assert store.knows(TEXT)
        assert not store.knows(OTHER)
        run = store.begin(DAY)
        assert not run.resumed
        again = store.add(run, Document(TEXT, "a.txt"), "folder")
        assert again == seen._replace(new=False, new_story=False)
        later = store.add(run, Document(TEXT + "\nتصحيح: يستمر الاجتماع ثلاثة أيام.", "a.txt"), "folder")
        assert (later.story, later.new_story) == (seen.story, False)
        assert store.at("a.txt") == [seen.document, later.document]
        assert store.news(run) == (1, 0)


def test_a_document_without_its_digest_is_not_known(path: Path) -> None:
    with Store(path) as store:
        run = store.begin(DAY)
        store.add(run, Document(TEXT, "a.txt"), "folder")
        assert not store.knows(TEXT)
        store.add(run, Document(TEXT, "b.txt"), "folder", "{}")
        assert store.knows(TEXT)
        assert store.told(DAY)[0].documents[0].digest == "{}"


def test_a_run_that_was_not_finished_is_taken_up(path: Path) -> None:
    with Store(path, now=NOW) as store:
        killed = store.begin(DAY)
        store.add(killed, Document(TEXT, "a.txt"), "folder")
    with Store(path) as store:
        assert store.unfinished() == [killed._replace(resumed=True)]
        tomorrow = store.begin(date(2026, 1, 6))
        assert not tomorrow.resumed
        again = store.begin(DAY)
        assert again == killed._replace(resumed=True)
        assert store.news(again) == (1, 1)
        store.finish(again)
        store.finish(tomorrow)
        assert store.unfinished() == []
        assert store.begin(DAY).id not in (again.id, tomorrow.id)


def test_a_source_keeps_its_marks_and_its_last_error(path: Path) -> None:
    with Store(path, now=NOW) as store:
        assert store.mark("http://a.example/feed") == Mark()
        store.succeeded("http://a.example/feed", '"1"', "Mon, 05 Jan 2026 06:00:00 GMT")
        store.failed("http://a.example/feed", "is not there (404): check the address")
        when = "2026-01-05T07:00:00+00:00"
        assert store.mark("http://a.example/feed") == Mark(
            '"1"', "Mon, 05 Jan 2026 06:00:00 GMT", when, when, "is not there (404): check the address"
        )
        store.succeeded("http://a.example/feed", '"2"')
        assert store.mark("http://a.example/feed") == Mark('"2"', None, when, when, None)


def test_a_transaction_is_whole_or_nothing(path: Path) -> None:
    with Store(path) as store:
        run = store.begin(DAY)
        with pytest.raises(KeyError), store.transaction():  # noqa: PT012 - what was written before is what is tested
            store.add(run, Document(TEXT, "a.txt"), "feed")
            store.succeeded("feed", '"1"')
            raise KeyError
        assert (store.news(run), store.mark("feed")) == ((0, 0), Mark())
        with store.transaction():
            store.add(run, Document(TEXT, "a.txt"), "feed")
            store.succeeded("feed", '"1"')
        assert (store.news(run), store.mark("feed").etag) == ((1, 1), '"1"')


def test_any_name_and_title_can_be_kept(path: Path) -> None:
    with Store(path) as store:
        run = store.begin(DAY)
        name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
        store.add(run, Document(TEXT + "\ud800", name, title="a\0b\udc80"), name)
        store.failed(name, "x")
        assert store.mark(name).error == "x"
        assert len(store.at(name)) == 1
        assert store.told(DAY)[0].documents[0].links[0].address == "caf\\udce9.txt"


def test_a_second_run_says_that_the_first_is_at_work(path: Path) -> None:
    with Store(path), pytest.raises(RunningError, match="wait until it ends") as caught, Store(path):
        pass
    assert caught.value.exit_code == 3
    with Store(path) as store:
        assert store.unfinished() == []


def test_a_state_of_a_newer_version_is_left_alone(path: Path) -> None:
    with Store(path):
        pass
    base = sqlite3.connect(path)
    assert base.execute("SELECT version FROM migrations").fetchall() == [(v + 1,) for v in range(VERSION)]
    base.execute("INSERT INTO migrations VALUES (?, '')", (VERSION + 1,))
    base.commit()
    base.close()
    with pytest.raises(StoreError, match="update this one"), Store(path):
        pass


@pytest.mark.parametrize("cut", [b"not a database, but long enough to be read as one" * 40, None], ids=["other", "torn"])
def test_a_damaged_state_is_said_to_be_so(path: Path, cut: bytes | None) -> None:
    with Store(path) as store:
        run = store.begin(DAY)
        store.add(run, Document(TEXT, "a.txt"), "folder")
    whole = path.read_bytes()
    path.write_bytes(cut or whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="move it away"), Store(path) as store:
        store.told(DAY)


def test_a_state_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="check who may write there"), Store(tmp_path / "file" / "daily.sqlite"):
        pass


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the XDG folders are those of other systems")
def test_the_folder_is_where_states_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert store_module.folder() == tmp_path / ".local" / "state" / "telecom-digest"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert store_module.folder() == tmp_path / ".local" / "state" / "telecom-digest"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert Store().path == tmp_path / "state" / "telecom-digest" / "daily.sqlite"


SOURCES, EACH = 12, 6
WORKER = f"""
import sys
from datetime import date
from pathlib import Path
from telecom_digest.daily.store import Store
from telecom_digest.model import Document
print("begins", flush=True)
with Store(Path(sys.argv[1])) as store:
    run = store.begin(date(2026, 1, 5))
    for source in range({SOURCES}):
        if store.mark(str(source)).etag:
            continue
        with store.transaction():
            for number in range({EACH}):
                words = " ".join(f"w{{source}}x{{number}}x{{i}}" for i in range(60))
                store.add(run, Document(words, f"{{source}}-{{number}}"), str(source), "{{}}")
                print("added", flush=True)
            store.succeeded(str(source), "marked")
    Path(sys.argv[2]).write_text(str(len(store.told(run.day))))
    store.finish(run)
print("ended", flush=True)
"""


def worker(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(path), str(path.with_suffix(".page"))],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def check(path: Path) -> int:
    """Assert that a state is whole; return its number of documents."""
    base = sqlite3.connect(path)
    try:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = ("documents", "stories", "addresses", "digests", "signatures")
        counts = {base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608
        counts.add(base.execute("SELECT COUNT(DISTINCT document) FROM sketches").fetchone()[0])
        counts.add(base.execute("SELECT COUNT(*) FROM sources").fetchone()[0] * EACH)
        assert len(counts) == 1, "of every document there is all, and of every source that is marked"
        return int(counts.pop())
    finally:
        base.close()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_a_run_killed_at_any_moment_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    random = Random(9)  # noqa: S311 - nothing here is secret
    before = 0
    path = tmp_path / "daily.sqlite"
    kills = 0
    while True:
        process = worker(path)
        assert process.stdout is not None
        lines = random.randint(1, 9)
        for _ in range(lines):
            if not process.stdout.readline():
                break
        time.sleep(random.random() * 0.004)
        killed = process.poll() is None and not _ended(process)
        process.kill()
        process.communicate()
        if path.exists() and path.stat().st_size:
            with Store(path):  # the lock went with the process, and opening makes the tables if that was not done
                pass
            found = check(path)
            assert found >= before
            before = found
        if not killed:
            break
        kills += 1
        assert kills < 200
    assert kills >= 8
    process = worker(path)
    assert process.communicate()[0].endswith(b"ended\n")
    assert check(path) == SOURCES * EACH
    assert path.with_suffix(".page").read_text() == str(SOURCES * EACH)
    with Store(path) as store:
        assert store.unfinished() == []
        assert len(store.told(DAY)) == SOURCES * EACH


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether the last line of a worker waits to be read."""
    assert process.stdout is not None
    return bool(select.select([process.stdout], [], [], 0)[0]) and process.stdout.peek().endswith(b"ended\n")  # type: ignore[attr-defined]
