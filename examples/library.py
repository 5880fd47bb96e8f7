"""The same as a library: read files, digest them, use the parts."""

from __future__ import annotations

import sys

from telecom_digest import digest, read, render


def main(paths: list[str]) -> None:
    """Print the best bullet of each file with its place in the source, then the whole digest as Markdown."""
    for path in paths:
        for document in read(path):
            made = digest(document, "brief")
            best = max(made.bullets, key=lambda bullet: bullet.score)
            print(f"{document.source}[{best.start}:{best.end}] {document.text[best.start : best.end]}")
            print(render(made, "markdown"))


if __name__ == "__main__":
    main(sys.argv[1:])
