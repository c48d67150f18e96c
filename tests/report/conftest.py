"""The reports that the tests of the formats share."""

from pathlib import Path

import pytest

from ropa.report.report import Report
from tests.report import samples


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report as it comes in real life, asked for from the repository's root."""
    samples.registry(tmp_path)
    monkeypatch.chdir(tmp_path)
    return samples.report(Path("registry"))


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report of a registry that tries to break out."""
    samples.hostile_registry(tmp_path)
    monkeypatch.chdir(tmp_path)
    return samples.report(Path("registry"))
