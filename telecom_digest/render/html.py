"""HTML: one file without script or anything from elsewhere, for browsers, printers and mail programs.

What a source says stands in it as text only: escaped, without what acts unseen, each run that reads against its line
isolated (Unicode Bidirectional Algorithm, UAX #9). The only links are those to the sources, made by `address`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape as quoted
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from telecom_digest import resources
from telecom_digest.language import message
from telecom_digest.model import Digest
from telecom_digest.render import Options
from telecom_digest.render.card import rows
from telecom_digest.render.text import printable, reasons

_DROPPED = re.compile(  # what is not seen but acts, and what HTML forbids: controls, direction marks, noncharacters
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # a byte of a file name that is no UTF-8
_BLANK = re.compile(r"[^\S\u00a0\u202f]+")  # a figure stays with its unit

_LEFT = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"  # Latin letters
_RIGHT = "\u0590-\u05f4\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u06ee-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
_STRONG = {"ltr": re.compile(f"[{_LEFT}]"), "rtl": re.compile(f"[{_RIGHT}]")}
_WORD = rf"[{_LEFT}0-9](?:[{_LEFT}0-9.\-/:@&+_'’?#=%~]*[{_LEFT}0-9+])?"
_FIGURE = r"[0-9]{1,9}(?:[.,][0-9]{1,9}){0,3}"
_MARKED = rf"[{_RIGHT}][{_RIGHT}\u064b-\u065f\u200c\u200d]*"
_DAY = r"(?P<day>(?<![\d-])\d{4}-\d\d(?:-\d\d)?(?:/\d{4}-\d\d(?:-\d\d)?)?(?![\d-]))"
_AGAINST = {  # runs that read against a line of that direction, and dates of ours, whose parts would change places or lines
    # a word with a Latin letter, and the Latin words and figures after it
    "rtl": re.compile(rf"{_DAY}|(?<![{_LEFT}0-9])(?:{_FIGURE})?(?=[{_LEFT}]){_WORD}(?:[.,]? {_WORD})*"),
    "ltr": re.compile(rf"{_DAY}|{_MARKED}(?: {_MARKED})*"),
}
_OTHER = {"rtl": "ltr", "ltr": "rtl"}

_HOST = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*\.?|[0-9a-f.]*:[0-9a-f:.]*")
_PATH = "/:@!$&'()*+,;=%~"  # what RFC 3986 allows there beside letters and digits
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def to_html(digests: Sequence[Digest], options: Options) -> str:
    """Return one page: of each document its title, card of facts, bullets, notes and source.

    `options.quiet` leaves the bullets under their titles; `options.explain` adds a table of all sentences.
    """
    language = majority([digest.language for digest in digests])
    title = words(language)["title"]
    if not options.many and digests:
        language, title = digests[0].language, headline(digests[0])
    level = 2 if options.many else 1
    stories = [article(digest, options, level=level, foot=[*origin(digest), _count(digest)]) for digest in digests]
    way = direction(language, "".join(bullet.text for digest in digests for bullet in digest.bullets))
    head = [f'<header class="masthead"><h1>{inline(title, way)}</h1></header>'] if options.many else []
    return document(title, language, way, [*head, *stories])


def document(title: str, language: str, way: str, parts: Sequence[str]) -> str:
    """Return a whole page in `language`, read in the direction `way`, with the elements `parts` as its body.

    Its policy forbids script and whatever is loaded, should a viewer ever find any. It allows styles on elements, where
    mail programs put them.
    """
    base, media = _styles()
    lines = [
        "<!DOCTYPE html>",
        f'<html {_spoken(language)} dir="{way}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">',
        f"<title>{_text(visible(title))}</title>",
        f"<style>\n{base}</style>",
        f"<style>\n{media}</style>",
        "</head>",
        "<body>",
        f'<main class="{way}">',
        *parts,
        "</main>",
        "</body>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def article(digest: Digest, options: Options, *, level: int, foot: Sequence[str], anchor: str = "") -> str:
    """Return one digest as an element, with its own language and direction.

    Args:
        level: of its heading.
        foot: lines in HTML below its notes, not shown where `options.quiet`.
        anchor: its id, where something leads to it.
    """
    way = _way(digest)
    named = f' id="{anchor}"' if anchor else ""
    lines = [
        f'<article{named} class="story {way}" {_spoken(digest.language)} dir="{way}">',
        f"<h{level}>{inline(headline(digest), way)}</h{level}>",
    ]
    if not options.quiet:
        card = [(_cell("th", label, way, ' scope="row"'), _cell("td", said, way)) for label, said in rows(digest)]
        lines += _table("facts", card)
    if digest.bullets:
        lines += ['<ul class="bullets">', *(_cell("li", bullet.text, way) for bullet in digest.bullets), "</ul>"]
    if not options.quiet:
        lines += [f'<p class="note">{inline(note, way)}</p>' for note in digest.notes]
        lines += [f'<p class="source">{line}</p>' for line in foot]
    if options.explain:
        lines += _why(digest, way)
    return "\n".join([*lines, "</article>"])


def headline(digest: Digest) -> str:
    """Return what a digest is called: its title, else the event, else its source, else what kind of text it is."""
    event = digest.facts.event
    source = "" if digest.source == "-" else printable(digest.source)
    named = filter(None, map(visible, (digest.title or "", event.value.text if event else "", source)))
    return next(named, message(f"kind_{digest.facts.kind}", digest.language))


def inline(text: str, way: str) -> str:
    """Return `text` of one line as HTML, to stand in a line of the direction `way`."""
    shown = visible(text)
    parts, at = [], 0
    for run in _AGAINST[way].finditer(shown):
        opening, closing = ('<span class="day" dir="ltr">', "span") if run["day"] else (f'<bdi dir="{_OTHER[way]}">', "bdi")
        parts.append(f"{_text(shown[at : run.start()])}{opening}{_text(run[0])}</{closing}>")
        at = run.end()
    return "".join(parts) + _text(shown[at:])


def apart(text: str, way: str) -> str:
    """As `inline`, for a text of its own language: as a whole it keeps its direction wherever it stands."""
    own = direction("und", text)
    return inline(text, way) if own == way else f'<bdi dir="{own}">{inline(text, own)}</bdi>'


def visible(text: str) -> str:
    """Return `text` on one line, harmless."""
    return _BLANK.sub(" ", harmless(text)).strip()


def harmless(text: str) -> str:
    """Return `text` without what is not seen but acts; what is no character shows as lost."""
    return _SURROGATE.sub("\ufffd", _DROPPED.sub("", text))


def direction(language: str, text: str = "") -> str:
    """Return "rtl" or "ltr": of the language, and where it is unknown that of most letters of `text`."""
    known = {"ar": "rtl", "en": "ltr"}.get(language)
    if known:
        return known
    right, left = (len(_STRONG[way].findall(text)) for way in ("rtl", "ltr"))
    return "rtl" if right > left else "ltr"


def majority(languages: Sequence[str]) -> str:
    """Return "ar" or "en", whichever more documents are in; Arabic where as many are, English where none is."""
    arabic, english = (languages.count(code) for code in ("ar", "en"))
    return "ar" if arabic and arabic >= english else "en"


def address(url: str) -> str | None:
    """Return `url` in ASCII where it is a whole address of the web that may be linked to, else None.

    One with a name or password before its host is none: it shows where it does not lead.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:  # of a host or port that cannot be
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    path, query, fragment = (
        _LONE_PERCENT.sub("%25", quote(part, safe=safe, errors="replace"))
        for part, safe in ((parts.path, _PATH), (parts.query, _PATH + "?"), (parts.fragment, _PATH + "?"))
    )
    place = f"[{host}]" if ":" in host else quote(host)
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path or "/", query, fragment))


def link(label: str, url: str, way: str) -> str:
    """Return a link to a source, or only its label where it does not lead to the web."""
    target = address(url)
    shown = apart(label, way) or apart(url, way)
    return f'<a href="{quoted(target)}" rel="noreferrer noopener">{shown}</a>' if target and shown else shown


def words(language: str) -> dict[str, Any]:
    """Return what the page says itself in a language, of data/page.yaml; English where that is unknown."""
    known: dict[str, Any] = resources.yaml("page.yaml", "telecom-digest/page/1")
    found: dict[str, Any] = known.get(language, known["en"])
    return found


def places(digest: Digest, links: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return label and address of where a digest comes from: `links`, and without any its source, if that has a name."""
    source = printable(digest.source)
    return list(links) or ([(source, digest.source)] if digest.source != "-" else [])


def origin(digest: Digest, links: Sequence[tuple[str, str]] = (), also: int = 0) -> list[str]:
    """Return a line that says where a digest comes from, with links, and in how many places more it was; or none."""
    say, way = words(digest.language), _way(digest)
    found = [link(label, url, way) for label, url in places(digest, links)]
    found += [inline(say["also"].format(also), way)] if also > 0 else []
    return [f"{inline(say['source'], way)} {' · '.join(found)}"] if any(found) else []


def _count(digest: Digest) -> str:
    return inline(message("footer", digest.language, (str(digest.words_in), str(digest.words_out))), _way(digest))


def _way(digest: Digest) -> str:
    return direction(digest.language, "".join(bullet.text for bullet in digest.bullets))


def _why(digest: Digest, way: str) -> list[str]:
    """Return a table of every sentence with its score and what made it, best first."""
    heads = tuple(f'<th scope="col">{name}</th>' for name in ("✓", "score", "why", "sentence"))
    found = [
        (
            _cell("td", "✓" if chosen else "", way),
            f"<td>{score:.4f}</td>",
            f"<td>{apart(', '.join(why), way)}</td>",
            _cell("td", text, way),
        )
        for chosen, score, why, text in reasons(digest)
    ]
    return _table("why", [heads, *found])


def _table(name: str, cells: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"<tr>{' '.join(row)}</tr>" for row in cells]
    return [f'<table class="{name}">', *lines, "</table>"] if lines else []


def _cell(element: str, text: str, way: str, attributes: str = "") -> str:
    return f"<{element}{attributes}>{inline(text, way)}</{element}>"


def _text(text: str) -> str:
    return quoted(text, quote=False)


def _spoken(language: str) -> str:
    """Return the attribute of a language: an empty one says that it is unknown."""
    return f'lang="{language if language in ("ar", "en") else ""}"'


@cache
def _styles() -> tuple[str, str]:
    """Return the style sheet without its comments, and its part for some media."""
    base, at, media = _COMMENT.sub("", resources.text("page.css")).partition("@media")
    return base, at + media
