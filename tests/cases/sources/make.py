"""Make the PDF fixtures of this folder from texts of our own: `python tests/cases/sources/make.py`.

It needs Chromium and LibreOffice. The tests import it too, to make fresh files where those programs are installed. A text
is a title, a blank line, and paragraphs, one a line; what stands in the margins of its pages is in layouts.yaml.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PROGRAMS = {"chromium": "chromium", "libreoffice": "soffice"}
_PLAN = yaml.safe_load((HERE / "layouts.yaml").read_text(encoding="utf-8"))
LAYOUTS: Mapping[str, Mapping[str, Any]] = _PLAN["layouts"]
FIXTURES: Mapping[str, Mapping[str, str]] = _PLAN["fixtures"]
TIMEOUT = 120  # seconds
_CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--disable-pdf-tagging",  # half the size; the text is drawn the same
]
_LOCKED = (
    ':{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"open sesame"}}'
)


def paragraphs(name: str) -> list[str]:
    """Return the title and the paragraphs of the text `name` of this folder."""
    return [line for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line]


def page_html(lines: list[str], layout: Mapping[str, Any], *, arabic: bool) -> str:
    """Return an HTML page whose first line is its title, with margins and columns as `layout` says."""
    title, *rest = (escape(line) for line in lines)
    header, footer = (str(layout.get(place, "")) for place in ("header", "footer"))
    margins = (f'@top-center {{content: "{header}"}}' if header else "") + (
        f'@bottom-center {{content: "{footer} " counter(page)}}' if footer else ""
    )
    body = "".join(f"<p>{line}</p>" for line in rest)
    face = f'"{layout["font"]}", "Noto Sans"'
    return f"""<!doctype html><html lang="{"ar" if arabic else "en"}" dir="{"rtl" if arabic else "ltr"}">
<meta charset="utf-8"><title>{title}</title>
<style>@page {{size: {layout["paper"]}; margin: 22mm; font: 9pt {face}; {margins}}}
body {{font: {layout["points"]}pt/1.5 {face}; text-align: {layout.get("align", "justify")}; hyphens: auto}}
h1 {{font-weight: normal}} div {{columns: {layout.get("columns", 1)}; column-gap: 8mm}} p {{margin: 0 0 .7em}}</style>
<h1>{title}</h1><div>{body}</div></html>"""


def page_odt(lines: list[str], layout: Mapping[str, Any], *, arabic: bool) -> str:
    """Return the same as a flat OpenDocument text."""
    title, *rest = (escape(line) for line in lines)
    width, height = {"A4": ("210mm", "297mm"), "A5": ("148mm", "210mm")}[layout["paper"]]
    mode, columns = ("rl-tb" if arabic else "lr-tb"), layout.get("columns", 1)
    header, footer = (escape(str(layout.get(place, ""))) for place in ("header", "footer"))
    tops = f"<style:header><text:p>{header}</text:p></style:header>" if header else ""
    tops += f"<style:footer><text:p>{footer} <text:page-number/></text:p></style:footer>" if footer else ""
    start = "right" if arabic else "left"
    align = start if layout.get("align") == "start" else "justify"
    face = f'style:font-name="F" style:font-name-complex="F" fo:font-size="{layout["points"]}pt"'
    text = f'{face} style:font-size-complex="{layout["points"]}pt" fo:language="en" fo:country="US" fo:hyphenate="true"'
    body = "".join(f'<text:p text:style-name="P">{line}</text:p>' for line in rest)
    names = ("office", "style", "text", "fo", "svg")
    spaces = {"fo": "xsl-fo-compatible", "svg": "svg-compatible"}
    xmlns = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{spaces.get(n, n)}:1.0"' for n in names)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {xmlns} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{title}</dc:title></office:meta>
<office:font-face-decls><style:font-face style:name="F" svg:font-family="{layout["font"]}"/></office:font-face-decls>
<office:styles><style:style style:name="Standard" style:family="paragraph">
<style:paragraph-properties style:writing-mode="{mode}"/><style:text-properties {text}/></style:style></office:styles>
<office:automatic-styles>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="{align}" fo:margin-bottom="3mm" fo:line-height="140%"/></style:style>
<style:style style:name="H" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:text-align="{start}" fo:margin-bottom="5mm"/>
<style:text-properties fo:font-size="18pt" style:font-size-complex="18pt"/></style:style>
<style:style style:name="S" style:family="section"><style:section-properties text:dont-balance-text-columns="false"
 style:writing-mode="{mode}"><style:columns fo:column-count="{columns}" fo:column-gap="8mm"/>
</style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}"
 fo:margin="18mm" style:writing-mode="{mode}"/>
<style:header-style><style:header-footer-properties fo:min-height="6mm" fo:margin-bottom="4mm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="6mm" fo:margin-top="4mm"/></style:footer-style>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{tops}</style:master-page>
</office:master-styles>
<office:body><office:text><text:h text:style-name="H" text:outline-level="1">{title}</text:h>
<text:section text:style-name="S" text:name="body">{body}</text:section></office:text></office:body></office:document>"""


def print_pdf(program: str, lines: list[str], layout: str, target: Path, *, arabic: bool, options: str = "") -> None:
    """Write `lines` as the PDF `target` with one of `PROGRAMS`, in one of `LAYOUTS`; options: of LibreOffice's filter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if program == "chromium":
            page = folder / "page.html"
            page.write_text(page_html(lines, LAYOUTS[layout], arabic=arabic), encoding="utf-8")
            command = [PROGRAMS[program], *_CHROMIUM, f"--user-data-dir={folder / 'profile'}"]
            command += [f"--print-to-pdf={folder / 'page.pdf'}", page.as_uri()]
        else:
            page = folder / "page.fodt"
            page.write_text(page_odt(lines, LAYOUTS[layout], arabic=arabic), encoding="utf-8")
            command = [PROGRAMS[program], f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", f"pdf:writer_pdf_Export{options}", "--outdir", name, str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
        shutil.move(folder / "page.pdf", target)


def main() -> int:
    """Write every fixture of layouts.yaml anew."""
    for name, fixture in FIXTURES.items():
        target = HERE / f"{name}.pdf"
        lines = paragraphs(fixture["text"])
        print_pdf(fixture["program"], lines, fixture["layout"], target, arabic=fixture["text"].endswith("ar"))
        sys.stdout.write(f"{target.name}\t{target.stat().st_size} bytes\n")
    print_pdf("libreoffice", ["Secret"], "plain-en", HERE / "secret.pdf", arabic=False, options=_LOCKED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
