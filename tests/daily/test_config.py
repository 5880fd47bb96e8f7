"""The config: what it may say, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from telecom_digest import lined, resources
from telecom_digest.daily import config as configs
from telecom_digest.daily import run
from telecom_digest.daily.checked import ConfigError
from telecom_digest.daily.config import Config
from telecom_digest.errors import CallError
from telecom_digest.profile import load
from tests.conftest import ROOT

_LEAST = "sources: a.txt\noutputs: out.html\n"
_WRONG = yaml.safe_load((ROOT / "tests" / "cases" / "daily-config.yaml").read_text(encoding="utf-8"))["wrong"]


def read(folder: Path, text: str) -> Config:
    path = folder / "press.yaml"
    path.write_text(text, encoding="utf-8")
    return configs.read(path)


def test_the_least_it_may_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "states"))
    config = read(tmp_path, _LEAST)
    (source,) = config.sources
    assert (source.kind, source.location, source.line) == ("path", str(tmp_path / "a.txt"), 1)
    assert config.outputs == (tmp_path / "out.html",)
    assert config.profile == load("default")
    assert (config.by, config.language, config.max_age, config.days_ahead) == ("none", None, 30, 60)
    assert config.state.parent == tmp_path / "states" / "telecom-digest"
    assert config.state.name.startswith("press-")


def test_two_configs_have_two_states(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert read(tmp_path, _LEAST).state != read(tmp_path / "other", _LEAST).state


def test_all_it_may_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "mine.yaml").write_text("extends: brief\n", encoding="utf-8")
    config = read(
        tmp_path,
        """
sources:
  - ~/press/**/*.pdf
  - https://example.org/today
  - path: releases
    name: Press office
    group: Ours
  - feed: https://example.org/rss
    newest: 5
  - page: https://example.org/news
    links: /news/*/release
  - page: https://example.org/more
    links: ^https://example\\.org/\\d+$
  - maildir: mail
outputs: ["{date}/page.html", latest.json]
profile: mine.yaml
bullets: 2
groups: {terms: {Spectrum: [spectrum, 5G], الأمن: الأمن السيبراني}}
language: ar
max_age: 3
days_ahead: 0
state: state.sqlite
format: telecom-digest/daily-config/1
""",
    )
    shown = [(one.kind, one.location, one.name, one.group, one.newest) for one in config.sources]
    assert shown == [
        ("path", str(tmp_path / "home/press/**/*.pdf"), None, None, 20),
        ("page", "https://example.org/today", None, None, 20),
        ("path", str(tmp_path / "releases"), "Press office", "Ours", 20),
        ("feed", "https://example.org/rss", None, None, 5),
        ("page", "https://example.org/news", None, None, 20),
        ("page", "https://example.org/more", None, None, 20),
        ("maildir", str(tmp_path / "mail"), None, None, 20),
    ]
    star, expression = (one.links for one in config.sources[4:6])
    assert star
    assert expression
    assert star.match("https://example.org/news/2026/release")
    assert not star.match("https://example.org/x/news/2026/release")
    assert not star.match("https://example.org/news/2026/release/2")
    assert expression.match("https://example.org/17")
    assert not expression.match("https://example.org/17/2")
    assert config.profile.bullets == 2
    assert config.profile.max_words == load("brief").max_words
    assert (config.by, config.terms) == ("terms", {"Spectrum": ("spectrum", "5G"), "الأمن": ("الأمن السيبراني",)})
    assert (config.language, config.max_age, config.days_ahead) == ("ar", 3, 0)
    assert config.state == tmp_path / "state.sqlite"


@pytest.mark.parametrize("case", _WRONG, ids=[case["says"] for case in _WRONG])
def test_errors_name_the_file_the_line_and_what_would_be_right(tmp_path: Path, case: dict[str, Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, case["text"])
    assert case["says"] in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "press.yaml"))
    assert "\n" not in str(caught.value)


def test_a_page_of_any_day_is_no_source(tmp_path: Path) -> None:
    config = read(tmp_path, 'sources: "*.html"\noutputs: ["{date}.html", last.html]\n')
    assert config.is_output(str(tmp_path / "2020-01-31.html"))
    assert config.is_output(str(tmp_path / "last.html"))
    assert not config.is_output(str(tmp_path / "release.html"))


def test_the_template_is_a_config_and_so_is_all_that_stands_in_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "press.yaml"
    run.init(path)
    assert configs.read(path).by == "none"
    opened = resources.text("daily.template").replace("  by: none\n", "")
    keys = ("# - ", "#   ", "# by", "# terms", "# bullets:", "# state:")
    lines = [line.replace("# ", "", 1) if line.lstrip().startswith(keys) else line for line in opened.splitlines()]
    config = read(tmp_path, "\n".join(lines))
    assert {one.kind for one in config.sources} == {"path", "feed", "page", "maildir"}
    assert {path.suffix for path in config.outputs} == {".html", ".md", ".json", ".ics"}
    assert list(config.terms) == ["Spectrum", "Cybersecurity"]
    assert (config.profile.bullets, config.state.name) == (3, "press.sqlite")


def test_the_template_is_written_over_nothing(tmp_path: Path) -> None:
    path = tmp_path / "press.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CallError, match="is there already"):
        run.init(path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_check_says_what_may_be_wrong_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text("text", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    path = tmp_path / "press.yaml"
    path.write_text(
        "outputs: out/{date}.html\nstate: state.sqlite\nsources:\n- there.txt\n- '*.pdf'\n- maildir: empty\n"
        "- feed: nowhere.xml\n- https://example.org/\n",
        encoding="utf-8",
    )
    found = [line.removeprefix(f"{path}, line ").replace(f"{tmp_path}/", "") for line in run.check(path)]
    assert found == [
        "5: *.pdf has no file now: check the path, unless they are to come",
        "6: empty is no Maildir, a folder that has the folders cur and new: check the path",
        "7: nowhere.xml is no file: check the path",
    ]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty", "press.yaml", "there.txt"]


def test_a_sequence_has_its_lines() -> None:
    entries = lined.parse("a:\n- 1\n- b: [2,\n  3]\n", "x", ConfigError)
    first, second = entries["a"].value
    assert (first.value, first.line, second.line) == (1, 2, 3)
    assert [(one.value, one.line) for one in second.value["b"].value] == [(2, 3), (3, 4)]
    assert lined.plain(entries["a"]) == [1, {"b": [2, 3]}]
