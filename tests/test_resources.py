"""The data files: one door, one form, and a compiled copy that says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telecom_digest import resources
from telecom_digest.compiled import compiled, tables
from telecom_digest.errors import ResourceError


def test_compiled_data_is_current() -> None:
    folder = resources.DATA / resources.COMPILED
    files = [path for path in folder.rglob("*") if path.is_file()]
    current = {path.relative_to(resources.DATA).as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert current == compiled(), "run python -m telecom_digest.compiled"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for data/."""
    monkeypatch.setattr(resources, "DATA", tmp_path)
    (tmp_path / resources.COMPILED).mkdir()
    return tmp_path


def test_an_edited_file_is_read_from_its_yaml(data: Path) -> None:
    source, table = data / "one.yaml", resources.of_yaml("one.yaml")
    source.write_text("format: x/1\na: [1, 2]\n", encoding="utf-8")
    held = json.dumps([table.checksum(), {"format": "x/1", "a": ["as compiled"]}])
    (data / table.file).write_text(held, encoding="utf-8")
    assert resources.yaml.__wrapped__("one.yaml", "x/1") == {"a": ["as compiled"]}
    source.write_text("format: x/1\na: [3]\n", encoding="utf-8")
    assert resources.yaml.__wrapped__("one.yaml", "x/1") == {"a": [3]}


def test_a_compiled_file_that_was_cut_is_not_asked(data: Path) -> None:
    (data / "one.yaml").write_text("format: x/1\na: [1, 2]\n", encoding="utf-8")
    (data / resources.of_yaml("one.yaml").file).write_text('[12,{"format":"x/1","a":["as comp', encoding="utf-8")
    assert resources.yaml.__wrapped__("one.yaml", "x/1") == {"a": [1, 2]}


def test_without_compiled_data_everything_is_made_of_the_files(data: Path) -> None:
    (data / "two.txt").write_text("b a", encoding="utf-8")
    table = resources.Table("two", ("two.txt",), lambda: sorted(resources.text("two.txt").split()))
    assert table.get() == ["a", "b"]


def test_what_is_compiled_is_what_is_made() -> None:
    """A table comes back from JSON as it is made, tuples as lists."""
    for table in tables():
        assert json.dumps(table.get()) == json.dumps(table.make()), table.name


def test_a_missing_file_and_a_wrong_form_are_errors() -> None:
    with pytest.raises(ResourceError, match=r"nothing\.yaml of the package cannot be read: reinstall"):
        resources.yaml("nothing.yaml", "x/1")
    with pytest.raises(ResourceError, match="has format 'telecom-digest/messages/1', not 'telecom-digest/messages/2'"):
        resources.yaml("messages.yaml", "telecom-digest/messages/2")
