"""Writes data/compiled.json: what the YAML files say and what else is made of data files, for `resources.Table.get`.

`python -m telecom_digest.compiled` after editing a file in data/, or what makes a table of one. To add a table: make it a
`resources.Table` where it is used, and name it here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from telecom_digest import arabic, language, resources
from telecom_digest.facts import gazetteer, known
from telecom_digest.resources import COMPILED, DATA, Table


def tables() -> Iterator[Table[Any]]:
    """Yield everything that data/compiled.json holds."""
    for path in sorted(DATA.rglob("*.yaml")):
        yield resources.of_yaml(path.relative_to(DATA).as_posix())
    yield arabic.FOLDING
    for name in resources.names("words"):
        yield language.forms_of(name)
    yield language.GLOSSARY
    yield known.NAMES
    yield gazetteer.PLACES


def compiled() -> str:
    """Return what data/compiled.json must hold: of each table the checksum of its sources and what it is, a line each."""
    lines = []
    for table in tables():
        value = json.dumps(table.make(), ensure_ascii=False, separators=(",", ":"))
        lines.append(f"{json.dumps(table.name)}:[{table.checksum()},{value}]")
    return "{" + ",\n".join(lines) + "}\n"


if __name__ == "__main__":
    target = DATA / COMPILED
    target.unlink(missing_ok=True)  # or what it says would go into what is made
    part = target.with_suffix(".part")
    part.write_text(compiled(), encoding="utf-8", newline="\n")
    part.replace(target)
