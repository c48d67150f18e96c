"""The snapshot of what is found in every registry of the tests is the one that was reviewed (``make snapshot`` writes it anew)."""

from scripts.snapshot import SNAPSHOT, snapshots


def test_snapshot_is_the_reviewed_one() -> None:
    for name, found in snapshots().items():
        assert found == (SNAPSHOT / name).read_text(encoding="utf-8"), "a change shows in `make snapshot && git diff tests/snapshot`"
