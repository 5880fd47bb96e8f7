"""The wheel, as built: what is in it, how large it is, and that it works where nothing else of this project is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

# a file that is new or gone has to be written there too: nothing slips into the wheel
EXPECTED = set((ROOT / "tests" / "cases" / "wheel.txt").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the working tree, with the build backend that is installed or can be."""
    folder = tmp_path_factory.mktemp("wheel")
    script = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", script, str(folder)], check=True, cwd=ROOT, capture_output=True)
    return next(folder.glob("*.whl"))


def test_what_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(n for n in names if n.endswith("METADATA"))).decode()
        entry_points = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    info = {name for name in names if ".dist-info/" in name}
    assert names - info == EXPECTED
    assert {Path(name).name for name in info} == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE", "NOTICE"}
    assert "digest = telecom_digest.cli:run" in entry_points
    assert "License-Expression: MIT" in metadata
    for package in ("typer", "rich", "camel-tools", "pyyaml", "numpy", "hijridate", "icalendar"):
        assert f"Requires-Dist: {package}" in metadata
    assert wheel.name.endswith("-py3-none-any.whl")
    assert wheel.stat().st_size < 15_000_000


def test_it_works_unpacked_far_from_here(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-m", "telecom_digest", "-q", "-n", "1", str(ROOT / "seeds" / "ntra-wtdc-2017.txt")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().startswith("• تشارك مصر")
    assert not (tmp_path / ".camel_tools").exists()
