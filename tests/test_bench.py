"""The generated registry is what the measurements say it is: clean, of the size asked for, and always the same."""

import json
from pathlib import Path

import pytest

from bench.generate import registry, write
from bench.keystroke import typed
from tests.conftest import TODAY, Run


@pytest.mark.parametrize("size", [20, 400])
def test_it_has_the_size_asked_for(size: int) -> None:
    assert sum(path.startswith("activities/") for path, _ in registry(size)) == size


def test_it_is_the_same_every_time() -> None:
    assert list(registry(50)) == list(registry(50))


def test_no_word_is_left_to_fill_in() -> None:
    texts = "".join(path + text for path, text in registry(400))

    assert not [word for word in ("BLOCK", "NUMBER", "PLACE") if word in texts]


def test_it_is_clean(run_ropa: Run, tmp_path: Path) -> None:
    files = write(tmp_path / "registry", 400)

    run = run_ropa("check", tmp_path / "registry", "--today", TODAY, "--format", "json", "--fail-on", "info")

    assert run.returncode == 0, run.stdout[:4000] + run.stderr
    assert json.loads(run.stdout)["summary"]["files"] == files


def test_a_keystroke_is_answered_in_an_editor(tmp_path: Path) -> None:
    """The measurement itself works; how long things take is for a machine that does nothing else."""
    write(tmp_path / "registry", 60)

    waited = typed(tmp_path / "registry", keys=10, rules=1)

    assert [one.times for one in waited] == [10, 10, 10, 1]
    assert all(0 < one.median <= one.worst for one in waited)
