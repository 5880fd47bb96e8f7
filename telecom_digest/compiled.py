"""Writes data/compiled/: what the YAML files say and what else is made of data files, for `resources.Table.get`.

`python -m telecom_digest.compiled` after editing a file in data/, or what makes a table of one. To add a table: make it a
`resources.Table` where it is used, and name it here.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

from telecom_digest import arabic, gazetteer, language, resources
from telecom_digest.facts import known
from telecom_digest.resources import COMPILED, DATA, Table


def tables() -> Iterator[Table[Any]]:
    """Yield everything that data/compiled/ holds."""
    for path in sorted(DATA.rglob("*.yaml")):
        yield resources.of_yaml(path.relative_to(DATA).as_posix())
    yield arabic.FOLDING
    for name in resources.names("words"):
        yield language.forms_of(name)
    yield language.GLOSSARY
    yield known.NAMES
    yield gazetteer.PLACES


def compiled() -> dict[str, str]:
    """Return what data/compiled/ must hold: by data file, the checksum of a table's sources and what it is."""
    return {
        table.file: json.dumps([table.checksum(), table.make()], ensure_ascii=False, separators=(",", ":")) + "\n"
        for table in tables()
    }


if __name__ == "__main__":
    shutil.rmtree(DATA / COMPILED, ignore_errors=True)  # or what they say would go into what is made
    for file, text in compiled().items():
        target = DATA / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
