"""The data files: one door, one form, and a compiled copy that says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from telecom_digest import resources
from telecom_digest.errors import ResourceError


def test_compiled_data_is_current() -> None:
    current = (resources.DATA / resources.COMPILED).read_text(encoding="utf-8")
    assert current == resources.compiled(), "run python -m telecom_digest.resources"


def test_an_edited_file_is_read_from_its_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.yaml").write_text("format: x/1\na: [1, 2]\n", encoding="utf-8")
    monkeypatch.setattr(resources, "DATA", tmp_path)
    resources._compiled.cache_clear()  # noqa: SLF001 - the cache is what is tested
    try:
        (tmp_path / resources.COMPILED).write_text(resources.compiled(), encoding="utf-8")
        (tmp_path / "one.yaml").write_text("format: x/1\na: [3]\n", encoding="utf-8")
        assert resources.yaml.__wrapped__("one.yaml", "x/1") == {"a": [3]}
    finally:
        resources._compiled.cache_clear()  # noqa: SLF001


def test_a_missing_file_and_a_wrong_form_are_errors() -> None:
    with pytest.raises(ResourceError, match=r"nothing\.yaml of the package cannot be read: reinstall"):
        resources.yaml("nothing.yaml", "x/1")
    with pytest.raises(ResourceError, match="has format 'telecom-digest/messages/1', not 'telecom-digest/messages/2'"):
        resources.yaml("messages.yaml", "telecom-digest/messages/2")
