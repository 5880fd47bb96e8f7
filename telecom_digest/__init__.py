"""Digests of telecom press releases, Arabic and English.

    >>> from telecom_digest import digest, render
    >>> print(render(digest("نص الخبر …"), "plain"))

Names are loaded when first used, so that `import telecom_digest` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telecom_digest.clean import clean as clean
    from telecom_digest.errors import CallError as CallError
    from telecom_digest.errors import DigestError as DigestError
    from telecom_digest.errors import OutputError as OutputError
    from telecom_digest.errors import ProfileError as ProfileError
    from telecom_digest.errors import RenderError as RenderError
    from telecom_digest.errors import ResourceError as ResourceError
    from telecom_digest.errors import SourceError as SourceError
    from telecom_digest.model import Bullet as Bullet
    from telecom_digest.model import CleanText as CleanText
    from telecom_digest.model import Digest as Digest
    from telecom_digest.model import Document as Document
    from telecom_digest.model import Facts as Facts
    from telecom_digest.model import ScoredSentence as ScoredSentence
    from telecom_digest.model import Sentence as Sentence
    from telecom_digest.pipeline import digest as digest
    from telecom_digest.profile import Profile as Profile
    from telecom_digest.render import render as render
    from telecom_digest.segment import segment as segment
    from telecom_digest.sources import read as read

__version__ = "0.1.0"

_HOME = {
    "clean": "clean",
    "segment": "segment",
    "digest": "pipeline",
    "read": "sources",
    "render": "render",
    "Profile": "profile",
    **dict.fromkeys(("Bullet", "CleanText", "Digest", "Document", "Facts", "ScoredSentence", "Sentence"), "model"),
    **dict.fromkeys(
        ("CallError", "DigestError", "OutputError", "ProfileError", "RenderError", "ResourceError", "SourceError"), "errors"
    ),
}
__all__ = [*_HOME, "__version__"]  # noqa: PLE0604 - the names of _HOME are strings


class _Package(ModuleType):
    """Keeps the functions `clean`, `segment` and `render` in front of the submodules they live in.

    Importing a submodule binds its name in the package, which would hide the function of the same name from then on.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


sys.modules[__name__].__class__ = _Package
