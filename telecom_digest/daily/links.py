"""The links of a page, for the sources of a config that name a page and which of its links are read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin


class _Links(HTMLParser):
    """Collects where the links of a page lead, relative ones by its `base` element."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.base = address
        self.found: dict[str, None] = {}  # in order, each once

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if target is None or tag not in ("a", "area", "base"):
            return
        try:
            address = urldefrag(urljoin(self.base, target.strip())).url
        except ValueError:  # [ without ], no host can be so
            return
        if tag == "base":
            self.base = address
        elif re.match(r"https?://", address, re.IGNORECASE):
            self.found[address] = None


def links(page: str, address: str, pattern: re.Pattern[str], most: int) -> list[str]:
    """Return the first `most` addresses that the page at `address` leads to and `pattern` matches, in its order.

    A fragment is no other page, so it goes; the page itself is not among them.
    """
    parser = _Links(address)
    parser.feed(page)
    parser.close()
    own = urldefrag(address).url
    return [found for found in parser.found if found != own and pattern.match(found)][:most]
