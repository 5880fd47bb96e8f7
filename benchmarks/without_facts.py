"""`digest` without its facts, their modules not even loaded: `python without_facts.py FILE`. What it saves is their share.

Nothing of this is in the package: who digests wants the card, and the measurement is the only one who does not.
"""

from __future__ import annotations

import sys
from types import ModuleType

from telecom_digest.model import Facts


def leave_out() -> None:
    """Put empty modules where those of the facts would be; before anything of the pipeline is imported."""
    package, dates = ModuleType("telecom_digest.facts"), ModuleType("telecom_digest.facts.dates")
    vars(package).update(__path__=[], extract=lambda *_args, **_settings: Facts())
    vars(dates).update(written_on=lambda _cleaned: None)
    sys.modules |= {module.__name__: module for module in (package, dates)}


if __name__ == "__main__":
    leave_out()
    from telecom_digest.cli import run

    run()
