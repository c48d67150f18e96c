"""The same registry becomes the same bytes: in any time zone, with any hash seed, from files written in any order."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import TODAY, Run, registries

pytestmark = pytest.mark.slow

# Two machines that disagree about everything that an output must not depend on. 26 hours lie between the time zones.
MACHINES = (
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "COLUMNS": "60", "USER": "one"},
    {"TZ": "Etc/GMT+12", "PYTHONHASHSEED": "2", "LC_ALL": "C", "COLUMNS": "200", "USER": "two"},
)


def copy(registry: Path, target: Path, *, backwards: bool) -> Path:
    """Copy the registry file by file, so that a folder's own order is the order of writing."""
    files = sorted((file for file in registry.rglob("*") if file.is_file()), reverse=backwards)
    for file in files:
        twin = target / file.relative_to(registry)
        twin.parent.mkdir(parents=True, exist_ok=True)
        twin.write_bytes(file.read_bytes())
    return target


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in the folder by its path in it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("name", registries())
def test_two_builds_are_byte_identical(name: str, run_ropa: Run, tmp_path: Path) -> None:
    outputs = []
    for number, machine in enumerate(MACHINES):
        home = tmp_path / f"machine-{number}"
        registry = copy(registries()[name], home / "registry", backwards=bool(number))
        run = run_ropa("build", registry, "--out", home / "out", "--today", TODAY, **machine)
        assert run.returncode == 0, run.stdout + run.stderr
        outputs.append(digests(home / "out"))

    first, second = outputs
    assert first == second
    assert len(first) > 5


@pytest.mark.parametrize("name", registries())
def test_the_manifest_tells_the_truth(name: str, run_ropa: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_ropa("build", registries()[name], "--out", out, "--today", TODAY)

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    found = digests(out)
    del found["manifest.json"]

    assert manifest["files"] == found


@pytest.mark.parametrize("name", registries())
def test_findings_are_the_same_text_everywhere(name: str, run_ropa: Run) -> None:
    texts = [run_ropa("check", registries()[name], "--today", TODAY, **machine).stdout for machine in MACHINES]

    assert texts[0] == texts[1]
