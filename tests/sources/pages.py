"""Pages for tests: the skeletons of tests/cases/sources/page-*.html with our own releases in them."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from tests.conftest import ROOT

SKELETONS = sorted(path.stem for path in (ROOT / "tests" / "cases" / "sources").glob("page-*.html"))


class Release(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]
    language: str

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.paragraphs))


def _release(path: str, language: str, title: str = "") -> Release:
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return Release(title or lines[0], tuple(lines if title else lines[1:]), language)


COUNCIL = _release("examples/itu-council-en.txt", "en")
ROAMING = _release("examples/ntra-roaming-ar.txt", "ar")
SEED = _release("seeds/ntra-wtdc-2017.txt", "ar", "الجهاز يشارك في المؤتمر العالمي لتنمية الاتصالات")
SHORT = _release("tests/cases/documents/short-ar.txt", "ar", "مذكرة تفاهم جديدة")
RELEASES = (COUNCIL, ROAMING, SEED)


def page(skeleton: str, release: Release) -> bytes:
    """Return the page `skeleton` with a release in it, in the encoding that it declares."""
    title = escape(release.title)
    paragraphs = [escape(paragraph) for paragraph in release.paragraphs]
    source = (ROOT / "tests" / "cases" / "sources" / f"{skeleton}.html").read_text(encoding="utf-8")
    for mark, value in {
        "@LANG@": release.language,
        "@DIR@": "rtl" if release.language == "ar" else "ltr",
        "@TITLE@": title,
        "@BODY@": "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        "@BREAKS@": "<br><br>\n".join(paragraphs),
        "@DIVS@": "\n".join(f'<div class="css-9f"><span>{paragraph}</span></div>' for paragraph in paragraphs),
    }.items():
        source = source.replace(mark, value)
    return source.encode("cp1256" if "charset=windows-1256" in source else "utf-8", "xmlcharrefreplace")
