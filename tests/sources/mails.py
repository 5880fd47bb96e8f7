"""A mail as a program would send it."""

from __future__ import annotations

from email.message import EmailMessage


def message(text: str = "The regulator opened a consultation.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    found = {"subject": "Consultation", "from": "Press <press@example.org>", "date": "Mon, 09 Oct 2017 10:20:00 +0200"}
    for name, value in {**found, **{name.rstrip("_"): value for name, value in headers.items()}}.items():
        made[name.rstrip("_").replace("_", "-")] = value
    made.set_content(text)
    return made
