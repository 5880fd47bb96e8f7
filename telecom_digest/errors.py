"""What can go wrong, in words a user can act on.

Every message is one line and ends with what to do next. The command prints it after the name of the input; nothing else
of an error ever reaches the screen.
"""

from __future__ import annotations


class DigestError(Exception):
    """Base of every error this package raises on purpose; `str(error)` is one printable line.

    `exit_code` is what the command ends with: 1 where an input or output failed, 2 where the call was wrong.
    """

    exit_code = 1


class SourceError(DigestError):
    """An input could not be read: missing, unreadable, not text, or empty."""


class CallError(DigestError):
    """What was asked for cannot be done whatever the input."""

    exit_code = 2


class ProfileError(CallError):
    """A profile could not be used: not found, not YAML, an unknown key, a wrong type or a bad value."""


class ResourceError(DigestError):
    """A data file of the package is missing or of another format version: the installation is damaged."""


class RenderError(CallError):
    """An output format is unknown or cannot show what was asked for."""


class OutputError(DigestError):
    """The output file could not be written; what stood there before is untouched."""
