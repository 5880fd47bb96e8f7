"""The house keeps its order: which room may know which, and what a call may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "telecom_digest"
# from the ground up: a room knows only what stands before it
ORDER = [
    "errors",
    "memo",
    "edits",
    "model",
    "resources",
    "lined",
    "profile",
    "arabic",
    "language",
    "repair",
    "gazetteer",
    "furniture",
    "dateline",
    "clean",
    "boundary",
    "segment",
    "features",
    "rank",
    "lead",
    "trim",
    "summarize",
    "facts",
    "pipeline",
]
LOW = {"errors", "memo", "edits", "model", "resources", "language", "arabic"}
SOURCES, RENDER = LOW, LOW | {"render"}
ONLY = {
    "camel_tools": {"arabic", "facts.deeper"},
    "hijridate": {"facts.dates"},
    "icalendar": {"render.calendar"},
    "httpx": {"sources.connect"},
    "httpcore": {"sources.connect", "sources.fetch"},
    "rich": {"render.terminal"},
    "typer": {"cli", "daily_command", "default_command", "options"},
    "charset_normalizer": {"sources.encoding"},
    "numpy": {f"repair.{room}" for room in ("candidates", "choose", "features", "lexicon", "network", "restore", "settle")},
}
HEAVY = {
    "numpy",
    "pandas",
    "torch",
    "onnxruntime",
    "pydantic",
    "charset_normalizer",
    "camel_tools.data",
    "camel_tools.utils.charsets",
}


def rooms() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append((".".join(part for part in parts if part != "__init__"), path))
    return found


def imports(path: Path) -> set[str]:
    """Return what a module imports anywhere in it, at run time or for types, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: absolute imports only"
            module = node.module or ""
            found |= {
                f"{module}.{alias.name}" if module in ("telecom_digest", "telecom_digest.render") else module
                for alias in node.names
            }
    return found


def ours(path: Path) -> set[str]:
    return {name.removeprefix("telecom_digest.") for name in imports(path) if name.startswith("telecom_digest.")}


@pytest.mark.parametrize(("room", "path"), rooms(), ids=[name or "package" for name, _ in rooms()])
def test_a_room_knows_only_what_stands_before_it(room: str, path: Path) -> None:
    top = room.partition(".")[0]
    known = {name.partition(".")[0] for name in ours(path)}
    if room in ("", "__main__", "compiled"):
        return
    assert "cli" not in known
    if top in ORDER:
        folder = "." in room or path.name == "__init__.py"
        assert known <= set(ORDER[: ORDER.index(top)]) | ({top} if folder else set()), room
    elif top == "sources":
        assert known <= SOURCES | {"sources"}
    elif top == "render":
        assert known <= RENDER
    elif top == "daily":
        assert known <= {*ORDER, "sources", "render", "batch", "output", "daily"}
    else:
        assert top in ("batch", "output", "cli", "daily_command", "default_command", "options"), (
            f"{room}: a new room needs its place in the order"
        )


@pytest.mark.parametrize(("library", "allowed"), ONLY.items())
def test_a_library_has_one_importer(library: str, allowed: set[str]) -> None:
    users = {room for room, path in rooms() if any(name.partition(".")[0] == library for name in imports(path))}
    assert users == allowed


def test_the_facts_about_order_are_about_rooms_that_stand() -> None:
    assert {name.partition(".")[0] for name, _ in rooms()} >= set(ORDER)


def loaded(*args: str) -> set[str]:
    """Return the modules that a fresh process has loaded when the command ends."""
    script = (
        "import atexit, os, sys\n"
        "atexit.register(lambda: os.write(2, '\\n'.join(sys.modules).encode()))\n"
        f"sys.argv = ['digest', *{list(args)!r}]\n"
        "from telecom_digest.cli import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT, stdin=subprocess.DEVNULL
    )
    return set(done.stderr.decode().split("\n"))


def test_version_loads_no_stage() -> None:
    modules = loaded("--version")
    mine = {name for name in modules if name.startswith("telecom_digest")}
    assert mine == {
        "telecom_digest",
        "telecom_digest.cli",
        "telecom_digest.daily_command",
        "telecom_digest.default_command",
        "telecom_digest.errors",
        "telecom_digest.options",
        "telecom_digest.output",
    }
    assert not modules & (HEAVY | {"rich", "yaml", "json", "dataclasses.dataclass"})


def test_a_digest_loads_what_it_uses_and_no_more() -> None:
    modules = loaded("seeds/ntra-wtdc-2017.txt")
    mine = {name.removeprefix("telecom_digest.") for name in modules if name.startswith("telecom_digest.")}
    assert {name for name in mine if not name.startswith(("facts.", "render.text", "render.card"))} == {
        *ORDER,
        "repair.condition",
        "cli",
        "daily_command",
        "default_command",
        "options",
        "batch",
        "output",
        "render",
        "sources",
        "sources.file",
        "sources.encoding",
    }
    assert "facts.deeper" not in mine
    assert not modules & (HEAVY | {"rich", "yaml", "html", "statistics", "email", "asyncio", "http", "ssl"})


def test_a_damaged_text_loads_the_model_and_its_runtime() -> None:
    modules = loaded("seeds/itu-arab-hr-meeting.txt")
    assert {"numpy", "telecom_digest.repair.restore", "telecom_digest.repair.network"} <= modules
    assert not modules & ((HEAVY - {"numpy"}) | {"rich", "yaml"})
    assert "numpy" not in loaded("seeds/itu-arab-hr-meeting.txt", "--repair", "never")


def test_rich_is_loaded_where_it_is_shown_and_yaml_where_a_file_is_read() -> None:
    assert "rich" in loaded("seeds/ntra-wtdc-2017.txt", "-f", "rich")
    assert "yaml" in loaded("seeds/ntra-wtdc-2017.txt", "-p", "examples/ministers.yaml")


def test_the_library_gives_its_names_and_loads_nothing_until_they_are_used() -> None:
    script = (
        "import sys, telecom_digest as t\n"
        "assert not [m for m in sys.modules if m.startswith('telecom_digest.')]\n"
        "from telecom_digest.clean import clean\n"
        "import telecom_digest.segment, telecom_digest.render\n"
        "assert callable(t.clean) and callable(t.segment) and callable(t.render) and t.clean is clean\n"
        "assert set(dir(t)) == set(t.__all__)\n"
        "assert all(getattr(t, name) is not None for name in t.__all__)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=ROOT)


def test_an_unknown_name_is_an_attribute_error() -> None:
    import telecom_digest

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = telecom_digest.nothing
