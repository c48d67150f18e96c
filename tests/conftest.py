"""What tests of several rooms share: the registries of the checkout, and how the tool is run from outside."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent

# What the tests of a registry are judged at, so that they mean the same every day.
TODAY = "2026-12-01"

Run = Callable[..., subprocess.CompletedProcess[str]]


def registries() -> dict[str, Path]:
    """Every complete registry of the checkout by name: the one that ships, and those of ``tests/registries/``."""
    roots = [CHECKOUT, *sorted((CHECKOUT / "tests" / "registries").glob("*"))]
    found = {}
    for root in roots:
        for folder in (root / "registry", root):
            if (folder / "organisation.yaml").is_file():
                found["shipped" if root == CHECKOUT else root.name] = folder
                break
    return found


@pytest.fixture(scope="session")
def run_ropa() -> Run:
    """Run the tool as a user does, in a process of its own; gives the finished process, whatever its exit code."""

    def run(*arguments: str | Path, cwd: Path = CHECKOUT, **environment: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
        return subprocess.run(
            [sys.executable, "-m", "ropa", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": path, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run
