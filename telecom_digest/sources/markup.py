"""The tree of a web page: what is round its text taken away, and its lines as a reader sees them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from telecom_digest import resources
from telecom_digest.sources.extras import needs

Element = Any  # lxml.html.HtmlElement; lxml is there only with the extra "web"

_CELLS = frozenset(["td", "th", "cell"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "head"])
_LINKS = frozenset(["a", "ref"])
_LAYOUT = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LINKED = 0.8
"""Share of a block's letters that are links from which on it is a menu and no text."""
_CELL_OF_TEXT = 200  # letters: longer cells hold text that is laid out, not figures


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(resources.yaml("web.yaml", "telecom-digest/web/1")[name].split())


@cache
def _openings() -> tuple[str, ...]:
    return tuple(resources.yaml("web.yaml", "telecom-digest/web/1")["openings"].splitlines())


def prune(root: Element) -> None:
    """Take from a page what is not its text: code, what is hidden, navigation, blocks of links.

    Tables that only lay out become divisions. What is taken by its tag, role or name holds less than half of the text: the
    whole of a page may be called "print".
    """
    for element in list(root.iter()):
        code = not isinstance(element.tag, str) or element.tag in _words("code_words") or _hidden(element)
        if code and _attached(element, root):
            element.drop_tree()
    most = _letters(root.text_content()) / 2
    for element in list(root.iter()):
        outside = element.tag in _words("round_words") or _named(element)
        if outside and _attached(element, root) and _letters(element.text_content()) < most:
            element.drop_tree()
    _unlay(root)
    _drop_links(root)


def _attached(element: Element, root: Element) -> bool:
    return element is not root and element.getparent() is not None


def _hidden(element: Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(element.get("style", "")))


def _named(element: Element) -> bool:
    """Tell whether the role or a name of an element says that it is not the text."""
    if element.get("role", "") in _words("roles_words"):
        return True
    return element.tag not in ("body", "html") and not _names(element).isdisjoint(_words("names_words"))


def dated(element: Element) -> bool:
    """Tell whether the names of an element say that it holds a date of publication."""
    return not _names(element).isdisjoint(_words("dates_words"))


def _names(element: Element) -> set[str]:
    """Return the words of the class and the id of an element: those of "newsDate top-bar" are news, date, top and bar."""
    return {word.lower() for word in _NAME.findall(f"{element.get('class', '')} {element.get('id', '')}")}


def _unlay(root: Element) -> None:
    """Make divisions of the tables that hold paragraphs, tables or long cells."""
    for table in list(root.iter("table")):
        texts = [cell for cell in table.iter("td", "th") if any(child.tag in _words("blocks_words") for child in cell)]
        if texts or any(_letters(cell.text_content()) > _CELL_OF_TEXT for cell in table.iter("td")):
            for element in [table, *table.iter(*_LAYOUT)]:
                if next(element.iterancestors("table"), table) is table:
                    element.tag = "div"


def _drop_links(root: Element) -> None:
    """Remove blocks that are mostly links, the innermost first; headings stay."""
    counts: dict[Element, tuple[int, int]] = {}
    for element in reversed(list(root.iter())):
        total = _letters(element.text)
        linked = total if element.tag == "a" else 0
        for child in element:
            own, links = counts.pop(child, (0, 0))
            total += own + _letters(child.tail)
            linked += links if element.tag != "a" else own + _letters(child.tail)
        if element.tag in _HEADINGS:
            linked = 0
        if linked and linked >= _LINKED * total and element.tag in _words("blocks_words") and element is not root:
            element.drop_tree()
        else:
            counts[element] = (total, linked)


def _letters(text: str | None) -> int:
    return sum(map(str.isalnum, text)) if text else 0


def lines(root: Element) -> list[str]:
    """Return the text below `root`: a line for each paragraph, heading, item and row of a table, cells apart by " | ".

    Lines that are nothing but a link, have no letter, or open as a notice does (data/web.yaml) are left out.
    """
    found: list[str] = []
    pieces: list[str] = []
    linked = links = headings = 0

    def close() -> None:
        nonlocal linked
        line = " ".join("".join(pieces).split()).strip("| ")
        pieces.clear()
        only_links = linked and linked >= _letters(line) and not headings
        linked = 0
        if any(map(str.isalpha, line)) and not only_links and not line.lower().startswith(_openings()):
            found.append(line)

    for event, element in needs("lxml.etree", "web").iterwalk(root, events=("start", "end", "comment", "pi")):
        tag, start = element.tag, event == "start"
        if tag in _CELLS:
            if start and pieces:
                pieces.append(" | ")
        elif tag in _words("blocks_words"):
            close()
        if tag in _LINKS:
            links += 1 if start else -1 if event == "end" else 0
        elif tag in _HEADINGS:
            headings += 1 if start else -1 if event == "end" else 0
        text = (element.text if start else element.tail if element is not root else "") or ""
        pieces.append(text)
        linked += _letters(text) if links else 0
    close()
    return found
