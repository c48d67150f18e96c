"""No key that the notice needs falls between two rules, and none is told twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ropa.checking import check
from ropa.rules.case_files import Case, documents_of


def _told(change: dict[str, object], folder: Path) -> list[tuple[str, str]]:
    """What counts as wrong, by name and address, after a change to the base registry."""
    for document in documents_of(Case("base", "base", "wrong", {}, change, (), date(2026, 11, 24))):
        path = folder / document.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")
    return [(finding.name, finding.address) for finding in check(folder, date(2026, 11, 24), "nb").counting()]


@pytest.mark.parametrize(
    ("change", "name", "address"),
    [
        ({"activities/orders": {"source": None}}, "key-missing", "activities/orders#source"),
        ({"activities/orders": {"source": "unknown"}}, "notice-source-missing", "activities/orders#source"),
        ({"activities/orders": {"source": []}}, "notice-source-missing", "activities/orders#source"),
        (
            {"activities/orders": {"source": None, "data": {"order": {"replace": {"categories": ["name"], "source": "unknown"}}}}},
            "notice-source-missing",
            "activities/orders#data.order.source",
        ),
        ({"activities/orders": {"recipients": None}}, "notice-recipients-missing", "activities/orders#recipients"),
        (
            {"activities/orders": {"obligation_to_provide": None, "provision": "voluntary"}},
            "mandatory-provision-undeclared",
            "activities/orders#provision",
        ),
        ({"organisation": {"legal_name": None}}, "notice-controller-identity-missing", "organisation#legal_name"),
        ({"organisation": {"rights": None}}, "rights-deadline-wrong", "organisation#rights"),
        ({"organisation": {"languages": None}}, "key-missing", "organisation#languages"),
    ],
)
def test_one_finding(change: dict[str, object], name: str, address: str, tmp_path: Path) -> None:
    assert _told(change, tmp_path / "registry") == [(name, address)]
