"""A folder of camel-tools' data for the tests of names by it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.facts.camel import CATALOGUE, LIBRARIES, save_model


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("the network was used")


@pytest.fixture(scope="module")
def camel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder as CAMELTOOLS_DATA names one, with a small model, and no network."""
    for library in LIBRARIES:
        pytest.importorskip(library)
    folder = tmp_path_factory.mktemp("camel")
    save_model(folder / "data/ner/tiny")
    save_model(folder / "data/ner/random", layers=1)
    (folder / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMELTOOLS_DATA", str(folder))
        patch.setenv("HOME", str(folder))  # camel_tools.data makes a folder there
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield folder
