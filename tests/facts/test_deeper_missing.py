"""Names by camel-tools where libraries, data or a whole model are missing: one line, nothing loaded, nothing fetched."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from telecom_digest.errors import CallError
from telecom_digest.facts import deeper
from tests.conftest import ROOT
from tests.facts.camel import CATALOGUE, LIBRARIES, reading, save_model


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The libraries as if installed, and an empty folder for CAMELTOOLS_DATA."""
    for name in LIBRARIES:
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    return tmp_path


def said(check: Callable[[], object] = deeper.installed) -> str:
    """Return the message of the error, which must be one line for a user."""
    with pytest.raises(CallError) as raised:
        check()
    assert str(raised.value).isprintable()
    return str(raised.value)


FETCH = f"run {sys.executable} -m camel_tools.cli.camel_data -i ner-arabert"


@pytest.mark.parametrize(
    ("pip", "installer"), [(True, f"{sys.executable} -m pip install"), (False, "uv pip install --no-config")]
)
def test_missing_libraries_are_named_with_the_commands(
    libraries: Path, monkeypatch: pytest.MonkeyPatch, *, pip: bool, installer: str
) -> None:
    monkeypatch.setitem(sys.modules, "pip", sys.modules["tqdm"] if pip else None)
    for name in ("torch", "transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    message = said()
    assert message.startswith(f"names by camel-tools need torch, transformers: run {installer} ")
    assert " torch transformers muddler pyrsistent requests tqdm docopt tabulate and then " in message
    assert message.endswith(FETCH.removeprefix("run "))
    assert said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر"))) == message
    assert not list(libraries.iterdir())


def test_a_missing_catalogue_is_said_and_not_downloaded(libraries: Path) -> None:
    assert said() == (
        f"the model for names by camel-tools is not in {libraries}: {FETCH}, or set CAMELTOOLS_DATA to its folder"
    )
    assert not list(libraries.iterdir())


def test_a_file_is_no_folder_of_data(libraries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = libraries / "data.zip"
    file.touch()
    monkeypatch.setenv("CAMELTOOLS_DATA", str(file))
    assert said().startswith(f"the model for names by camel-tools is not in {file}: ")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"components": {}}', '{"components": null}', "\udcff"])
def test_a_catalogue_without_the_model_is_named(libraries: Path, content: str) -> None:
    path = libraries / "catalogue.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert said() == f"{path} of camel-tools names no model: delete it and {FETCH}"


def test_a_model_that_is_not_there_is_said(libraries: Path) -> None:
    (libraries / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    model = libraries / "data/ner/tiny"
    assert said().startswith(f"the model for names by camel-tools is not in {model}: {FETCH}")
    model.mkdir(parents=True)
    (model / "config.json").touch()
    assert str(model) in said()
    (model / "vocab.txt").touch()
    assert deeper.installed() == model


@pytest.mark.parametrize("named", ["~/there", None])
def test_data_are_looked_for_where_camel_tools_does(
    libraries: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.setenv("HOME", str(libraries))
    if named:
        monkeypatch.setenv("CAMELTOOLS_DATA", named)
    else:
        monkeypatch.delenv("CAMELTOOLS_DATA")
    assert f"is not in {libraries / ('there' if named else '.camel_tools')}: " in said()
    assert not list(libraries.iterdir())


@pytest.mark.usefixtures("libraries")
def test_no_home_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", "~nobody-of-this-name/there")
    assert said() == "no home folder to find camel-tools' model in: set CAMELTOOLS_DATA to its folder"


def test_libraries_that_cannot_be_loaded_are_one_line(libraries: Path) -> None:
    (libraries / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    model = libraries / "data/ner/tiny"
    model.mkdir(parents=True)
    for name in ("config.json", "vocab.txt"):
        (model / name).touch()
    message = said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر")))
    assert message.startswith(f"camel-tools cannot load its model in {model} (")
    assert message.endswith(f"): try {sys.executable} -m camel_tools.cli.camel_data --force -i ner-arabert")


@pytest.mark.parametrize("broken", ["pytorch_model.bin", "config.json"])
def test_a_broken_model_is_one_line(camel: Path, broken: str) -> None:
    model = camel / f"data/ner/broken-{broken}"
    save_model(model)
    (model / broken).write_bytes(b"<html>\n\x00")
    catalogue = camel / "catalogue.json"
    kept = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(kept.replace("ner/tiny", f"ner/{model.name}"), encoding="utf-8")
    try:
        message = said(lambda: deeper.people_and_bodies(reading("تشارك مصر في المؤتمر")))
    finally:
        catalogue.write_text(kept, encoding="utf-8")
    assert message.startswith(f"camel-tools cannot load its model in {model} (")


def test_checking_loads_nothing() -> None:
    script = (
        "import sys\n"
        "from telecom_digest.facts import deeper\n"
        "try:\n"
        "    deeper.installed()\n"
        "except deeper.CallError:\n"
        "    pass\n"
        "print(sorted({'torch', 'transformers', 'numpy', 'requests', 'camel_tools', 'yaml'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.decode().strip() == "[]"
