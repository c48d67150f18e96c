"""A rule as a page: how bad its findings are is said once."""

from __future__ import annotations

import pytest

from ropa.findings.catalogue import entries
from ropa.report.rules import explained, severity_told


@pytest.mark.parametrize(
    ("rule", "language", "word", "told"),
    [
        ("open-ended-list", "nb", "advarsel", "Advarsel, fordi"),
        ("open-ended-list", "en", "warning", "A warning, because"),
        ("consent-evidence-missing", "nb", "feil", "Feil når"),
        ("terminal-storage-without-consent", "nb", "feil", "En feil, for"),
        ("dpo-conflict-of-interest", "nb", "feil", "Feil. Rapporteringslinjen"),
        ("dpo-conflict-of-interest", "en", "error", "Error. The law requires the reporting line"),
    ],
)
def test_the_severity_stands_once(rule: str, language: str, word: str, told: str) -> None:
    assert severity_told(explained(entries()[rule], language), word).startswith(told)
