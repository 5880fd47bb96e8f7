"""What the state keeps of a digest is all that a page shows."""

from __future__ import annotations

from datetime import date

import pytest

from telecom_digest.daily import kept
from telecom_digest.model import Document, Explanation
from telecom_digest.pipeline import digest
from tests.conftest import ROOT
from tests.daily.releases import release

_TEXTS = [path.read_text(encoding="utf-8") for path in sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("examples/*.txt")])]


@pytest.mark.parametrize("text", [*_TEXTS, *map(release, range(12))])
def test_a_digest_comes_back_whole_but_for_its_explanation(text: str) -> None:
    made = digest(Document(text, published=date(2026, 6, 14), origin="الجهاز"))
    assert kept.unpacked(kept.packed(made)) == made._replace(explanation=Explanation({}, (), frozenset()))
