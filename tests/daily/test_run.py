"""A daily run over files: what is new stands on the page of its day, and nothing stands there twice."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from telecom_digest.daily.lock import locked
from telecom_digest.daily.run import main
from telecom_digest.errors import CallError
from tests.conftest import ROOT
from tests.daily.releases import CONFIG, files, folder, release, sources, stories

DAY = date(2026, 3, 2)
TEXT = "The Authority adopted new rules for emergency calls on Monday. Operators have 90 days to apply them."


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    config = folder(tmp_path, 6)
    assert main(config, date=DAY) == 0
    first = files(tmp_path)
    assert list(first) == ["2026-03-02.html", "2026-03-02.md", "latest.json"]
    assert sources(tmp_path) == [f"{i:05}.txt" for i in range(6)]
    assert main(config, date=DAY) == 0
    assert files(tmp_path) == first
    assert main(config, date=DAY + timedelta(days=1)) == 0
    assert files(tmp_path) == first


def test_files_that_were_only_touched_are_not_new(tmp_path: Path) -> None:
    config = folder(tmp_path, 3)
    main(config, date=DAY)
    first = files(tmp_path)
    for path in (tmp_path / "releases").iterdir():
        os.utime(path, (1, 1))
    assert main(config, date=DAY) == 0
    assert files(tmp_path) == first


def test_the_second_run_of_a_day_adds_to_its_page(tmp_path: Path) -> None:
    config = folder(tmp_path, 3)
    main(config, date=DAY)
    folder(tmp_path, 5, first=3)
    assert main(config, date=DAY) == 0
    assert len(stories(tmp_path)) == 5
    folder(tmp_path, 6, first=5)
    assert main(config, date=DAY + timedelta(days=1)) == 0
    assert sources(tmp_path) == ["00005.txt"]
    assert (tmp_path / "pages" / "2026-03-02.html").read_text(encoding="utf-8").count("<article") == 5


def test_one_release_in_three_papers_is_one_story_with_three_links(tmp_path: Path) -> None:
    config = folder(tmp_path, 4)
    for name, head in (("b", "Herald - "), ("c", "")):
        text = f"{head}{release(1)}" + ("The paper adds a sentence of its own." if not head else "")
        (tmp_path / "releases" / f"1{name}.txt").write_text(text, encoding="utf-8")
    assert main(config, date=DAY) == 0
    places = [[link["label"] for link in story["links"]] for story in stories(tmp_path)]
    assert sorted(map(len, places)) == [1, 1, 1, 3]
    assert len(places[0]) == 3  # the most important first
    copy = tmp_path / "releases" / "1d.txt"
    copy.write_text(release(1), encoding="utf-8")  # not a word is new, but a place is
    assert main(config, date=DAY) == 0
    assert max(len(story["links"]) for story in stories(tmp_path)) == 4


def test_a_copy_on_another_day_is_no_news(tmp_path: Path) -> None:
    config = folder(tmp_path, 3)
    main(config, date=DAY)
    first = files(tmp_path)
    (tmp_path / "releases" / "copy.txt").write_text("Herald - " + release(1), encoding="utf-8")
    assert main(config, date=DAY + timedelta(days=1)) == 0
    assert files(tmp_path) == first


def test_one_bad_source_never_stops_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder(tmp_path, 2, CONFIG.replace("releases/*.txt", "[missing.txt, releases/*.txt, 'none/*.txt']"))
    bad = tmp_path / "releases" / "bad.txt"
    bad.write_bytes(b"%PDF-1.4 this is none")
    assert main(config, date=DAY) == 1
    page = json.loads((tmp_path / "pages" / "latest.json").read_text(encoding="utf-8"))
    assert len(stories(tmp_path)) == 2
    assert [Path(one["source"]).name for one in page["failed"]] == ["missing.txt", "bad.txt"]
    assert "no such file" in page["failed"][0]["error"]
    assert "missing.txt" in (tmp_path / "pages" / "2026-03-02.html").read_text(encoding="utf-8")
    assert capsys.readouterr().err.count("\n") == 2
    first = files(tmp_path)
    assert main(config, date=DAY) == 1  # tried again; but nothing is new, so no page is rewritten
    assert files(tmp_path) == first
    bad.write_text(release(7), encoding="utf-8")
    (tmp_path / "missing.txt").write_text(release(8), encoding="utf-8")
    assert main(config, date=DAY) == 0
    assert len(stories(tmp_path)) == 4
    assert json.loads((tmp_path / "pages" / "latest.json").read_text(encoding="utf-8"))["failed"] == []


def test_nothing_at_all_makes_no_page(tmp_path: Path) -> None:
    assert main(folder(tmp_path, 0), date=DAY) == 0
    assert not (tmp_path / "pages").exists()


def test_two_at_once_the_second_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder(tmp_path, 2)
    with locked(tmp_path / "state.sqlite.lock"):
        assert main(config, date=DAY) == 3
        assert main(config, date=DAY, dry_run=True) == 0  # there is no state to copy yet
        (tmp_path / "state.sqlite").write_bytes(b"")
        assert main(config, date=DAY, dry_run=True) == 3
    assert "another run is at work" in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder(tmp_path, 2)
    before = sorted(tmp_path.rglob("*"))
    assert main(config, date=DAY, dry_run=True) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("a new story: ") for line in lines] == [1, 1, 0, 0, 0]
    assert all("would be written, stories: 2" in line for line in lines[2:])
    assert sorted(tmp_path.rglob("*")) == before
    main(config, date=DAY)
    state = (tmp_path / "state.sqlite").read_bytes()
    folder(tmp_path, 3, first=2)
    capsys.readouterr()
    assert main(config, date=DAY, dry_run=True) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "00002.txt: a new story" in lines[0]
    assert "stories: 3" in lines[1]
    assert (tmp_path / "state.sqlite").read_bytes() == state
    assert len(stories(tmp_path)) == 2


def test_since_gives_the_stories_of_several_days(tmp_path: Path) -> None:
    for i in range(3):
        main(folder(tmp_path, i + 1, first=i), date=DAY + timedelta(days=i))
    last = DAY + timedelta(days=2)
    assert main(tmp_path / "press.yaml", date=last, since=DAY + timedelta(days=1)) == 0
    assert sources(tmp_path) == ["00001.txt", "00002.txt"]
    with pytest.raises(CallError, match="is after"):
        main(tmp_path / "press.yaml", date=DAY, since=last)
    with pytest.raises(CallError, match="exclude each other"):
        main(tmp_path / "press.yaml", since=DAY, all_=True)


def test_all_gives_what_the_sources_have_now(tmp_path: Path) -> None:
    for i in range(3):
        main(folder(tmp_path, i + 1, first=i), date=DAY + timedelta(days=i))
    (tmp_path / "releases" / "00000.txt").unlink()
    assert main(tmp_path / "press.yaml", date=DAY + timedelta(days=9), all_=True) == 0
    assert sources(tmp_path) == ["00001.txt", "00002.txt"]


def mail(path: Path, number: int, published: str) -> None:
    message = EmailMessage()
    message["From"], message["Date"], message["Subject"] = "Press <press@example.org>", published, f"Release {number}"
    message.set_content(release(number))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(message))


def test_old_mails_are_no_news_unless_they_are_asked_for(tmp_path: Path) -> None:
    config = folder(
        tmp_path, 0, CONFIG.replace("sources: releases/*.txt", "max_age: 5\nsources: [{maildir: mail, name: Post}]")
    )
    (tmp_path / "mail" / "new").mkdir(parents=True)
    mail(tmp_path / "mail" / "cur" / "1.a:2,S", 1, "Sun, 01 Mar 2026 09:00:00 +0200")
    mail(tmp_path / "mail" / "cur" / "2.a:2,S", 2, "Sun, 01 Feb 2026 09:00:00 +0200")
    assert main(config, date=DAY) == 0
    (story,) = stories(tmp_path)
    assert [link["label"] for link in story["links"]] == ["Post"]
    first = files(tmp_path)
    (tmp_path / "mail" / "cur" / "1.a:2,S").rename(tmp_path / "mail" / "cur" / "1.a:2,RS")
    assert main(config, date=DAY) == 0
    assert files(tmp_path) == first
    assert main(config, date=DAY, since=date(2026, 2, 1)) == 0
    assert len(stories(tmp_path)) == 2


def test_pages_are_no_sources(tmp_path: Path) -> None:
    config = folder(tmp_path, 2, CONFIG.replace("releases/*.txt", "['**/*.txt', '**/*.md']"))
    assert main(config, date=DAY) == 0
    assert main(config, date=DAY + timedelta(days=1)) == 0
    assert [one.name for one in (tmp_path / "pages").glob("*.md")] == ["2026-03-02.md"]


def test_an_output_that_is_new_in_the_config_is_written(tmp_path: Path) -> None:
    main(folder(tmp_path, 2), date=DAY)
    first = files(tmp_path)
    config = folder(tmp_path, 2, CONFIG.replace("  - pages/latest.json", "  - more/{date}/all.json\n  - more/{date}.ics"))
    assert main(config, date=DAY) == 0
    assert {name: first[name] for name in ("2026-03-02.html", "2026-03-02.md")}.items() <= files(tmp_path).items()
    assert (tmp_path / "more" / "2026-03-02" / "all.json").is_file()
    assert (tmp_path / "more" / "2026-03-02.ics").read_bytes().count(b"BEGIN:VEVENT") >= 1


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        ("none", [""]),
        ("{by: terms, terms: {الطوارئ: [emergency calls], Rules: [rules]}}", ["الطوارئ", "أخبار أخرى"]),
    ],
)
def test_groups(tmp_path: Path, groups: str, names: list[str]) -> None:
    config = folder(tmp_path, 1, CONFIG + f"groups: {groups}\nlanguage: ar\n")
    (tmp_path / "releases" / "x.txt").write_text(TEXT, encoding="utf-8")
    assert main(config, date=DAY) == 0
    page = json.loads((tmp_path / "pages" / "latest.json").read_text(encoding="utf-8"))
    assert [group["name"] for group in page["groups"]] == names


def test_a_source_may_have_a_group_of_its_own(tmp_path: Path) -> None:
    config = folder(
        tmp_path, 2, CONFIG.replace("releases/*.txt", "[releases/00000.txt, {path: releases/00001.txt, group: Ours}]")
    )
    assert main(config, date=DAY) == 0
    page = json.loads((tmp_path / "pages" / "latest.json").read_text(encoding="utf-8"))
    assert {group["name"] for group in page["groups"]} == {"Ours", "أخبار أخرى"}


def test_events_ahead_of_earlier_days_are_listed(tmp_path: Path) -> None:
    config = folder(tmp_path, 0, CONFIG + "days_ahead: 20\n")
    say = "The {} takes place in Cairo on {} March 2026. It is hosted by the Ministry of Communications and has experts."
    for name, day in (("Spectrum Forum", 20), ("Cable Forum", 30), ("Satellite Conference", 1)):
        (tmp_path / "releases" / f"{name}.txt").write_text(say.format(name, day), encoding="utf-8")
    main(config, date=DAY)
    folder(tmp_path, 1, CONFIG + "days_ahead: 20\n")
    assert main(config, date=DAY + timedelta(days=1)) == 0
    page = json.loads((tmp_path / "pages" / "latest.json").read_text(encoding="utf-8"))
    assert [one["date"] for one in page["calendar"]] == ["2026-03-20"]
    assert "Spectrum Forum" in page["calendar"][0]["text"]


def test_cron_hears_nothing_and_who_asks_hears_what_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder(tmp_path, 2)
    assert main(config, date=DAY, progress=True) == 0  # no terminal
    assert capsys.readouterr() == ("", "")
    folder(tmp_path, 3, first=2)
    main(config, date=DAY, verbose=True)
    main(config, date=DAY, verbose=True)
    shown, said = capsys.readouterr()
    assert shown == ""
    lines = said.replace(f"{tmp_path}/", "").splitlines()
    assert lines[0].startswith("digest: releases/00002.txt: a new story: ")
    assert lines[1] == "digest: pages/2026-03-02.html: written, stories: 3"
    assert lines[-1] == "digest: press.yaml: nothing new"


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    config = folder(tmp_path, 2)
    run = "import sys, pathlib; from telecom_digest.daily.run import main; main(pathlib.Path(sys.argv[1]), progress=True)"
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-c", run, str(config)], stdout=subprocess.PIPE, stderr=theirs, env=env, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode("utf-8", "replace")
    os.close(ours)
    assert "0/1" in shown
    assert done.stdout == b""
