"""How readers of PDF read Arabic: `python -m benchmarks.pdf [FOLDER]`, in the project's environment.

Our texts (tests/cases/sources/release-*.txt), printed by Chromium and LibreOffice in every layout of layouts.yaml where
they are installed, else the committed files. A table row is a reader: the share of words that are right and in order (the
matching blocks of difflib, as in the original over the number of its words, presentation forms as letters, invisible signs
left out), in Arabic and in English, and the median milliseconds a file. The others, whose versions and licences are in
requirements-pdf.txt, are measured where they can be imported: `pip install -r benchmarks/requirements-pdf.txt`.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

from telecom_digest import arabic
from telecom_digest.sources import pdf
from tests.cases.sources import make

_INVISIBLE = re.compile(r"[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def _ours(path: Path) -> str:
    return "\n".join(document.text for document in pdf.read(str(path)))


def _pypdf(library: Any, path: Path) -> str:
    return "\n".join(page.extract_text() for page in library.PdfReader(path).pages)


def _pdfminer(library: Any, path: Path) -> str:
    return str(library.extract_text(path))


def _pdfplumber(library: Any, path: Path) -> str:
    with library.open(path) as file:
        return "\n".join(page.extract_text() or "" for page in file.pages)


def _playa(library: Any, path: Path) -> str:
    with library.open(path) as file:
        return "\n".join(page.extract_text() for page in file.pages)


def _oxide(library: Any, path: Path) -> str:
    file = library.PdfDocument(str(path))
    return "\n".join(file.extract_text(number) for number in range(file.page_count()))


def _pdfium(library: Any, path: Path) -> str:
    with library.PdfDocument(path) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


PEERS: dict[str, tuple[str, Callable[[Any, Path], str]]] = {
    "pypdf": ("pypdf", _pypdf),
    "pdfminer.six": ("pdfminer.high_level", _pdfminer),
    "pdfplumber": ("pdfplumber", _pdfplumber),
    "playa-pdf": ("playa", _playa),
    "pdf_oxide": ("pdf_oxide", _oxide),
    "PDFium's own order": ("pypdfium2", _pdfium),
}


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the language and the place of each file: printed anew below `folder`, or the committed ones."""
    programs = [program for program, command in make.PROGRAMS.items() if shutil.which(command)]
    if not programs:
        print("neither Chromium nor LibreOffice is here: the committed files are read", file=sys.stderr)
        yield from ((name[:2], make.HERE / f"{name}.pdf") for name in make.FIXTURES)
    for program in programs:
        for layout in make.LAYOUTS:
            language = layout[-2:]
            path = folder / f"{layout}-{program}.pdf"
            make.print_pdf(program, make.paragraphs(f"release-{language}"), layout, path, arabic=language == "ar")
            yield language, path


def right(want: str, got: str) -> float:
    """Return the share of the words of `want` that `got` has in the same order, 0 to 1."""
    original, read = (arabic.letters(_INVISIBLE.sub("", text)).split() for text in (want, got))
    blocks = SequenceMatcher(None, original, read, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(original)


def measure(read: Callable[[Path], str], cases: list[tuple[str, Path]]) -> tuple[float, float, float]:
    """Return the share of words right in Arabic and in English, and the median milliseconds a file."""
    shares: dict[str, list[float]] = {"ar": [], "en": []}
    times = []
    read(cases[0][1])  # imports do not count
    for language, path in cases:
        start = perf_counter()
        got = read(path)
        times.append(1000 * (perf_counter() - start))
        shares[language].append(right("\n".join(make.paragraphs(f"release-{language}")), got))
    return mean(shares["ar"]), mean(shares["en"]), median(times)


def main(folder: Path) -> int:
    """Print the table."""
    cases = list(files(folder))
    print(f"{len(cases)} files\n\n| reader | Arabic words right | English | ms a file |\n| --- | ---: | ---: | ---: |")
    rows: list[tuple[str, Callable[[Path], str]]] = [("**ours, on PDFium**", _ours)]
    for name, (module, reader) in PEERS.items():
        try:
            library = import_module(module)
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)
            continue
        rows.append((name, lambda path, library=library, reader=reader: reader(library, path)))  # type: ignore[misc]
    for name, read in rows:
        arabic_share, english_share, spent = measure(read, cases)
        print(f"| {name} | {arabic_share:.3f} | {english_share:.3f} | {spent:.0f} |")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary)))
