"""The snapshot of what is found in every registry of the tests is the one that was reviewed (``make snapshot`` writes it anew)."""

import pytest

from scripts.snapshot import SNAPSHOT, snapshots


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return snapshots()


@pytest.mark.parametrize("name", ["registries.txt", "rules.txt"])
def test_snapshot_is_the_reviewed_one(name: str, found: dict[str, str]) -> None:
    assert found[name] == (SNAPSHOT / name).read_text(encoding="utf-8"), "a change shows in `make snapshot && git diff tests/snapshot`"
