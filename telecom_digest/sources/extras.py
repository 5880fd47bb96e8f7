"""Libraries that only some sources need: installed as extras, imported when such a source is read."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from telecom_digest.errors import SourceError


def needs(module: str, extra: str) -> ModuleType:
    """Return the imported `module`, which comes with the extra `extra` of this package.

    Raises:
        SourceError: it is not installed; the message is the command that does it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise  # a library of the library is missing or broken: another command would be needed
        raise SourceError(f"needs {module}, which is not installed: pip install 'telecom-digest[{extra}]'") from error
