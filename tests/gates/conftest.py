"""What the gates stand on: the browser, the checker, and every output of every registry of the checkout."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import TODAY, Run, registries
from tests.gates.browser import find_chromium, launch
from tests.gates.w3c import fetch_checker, missing_tools


def lacking(what: str) -> NoReturn:
    """Skip the gate on a machine that cannot run it; fail where the gates are required, as in CI."""
    if os.environ.get("ROPA_GATES") == "required":
        pytest.fail(f"{what} is missing, and ROPA_GATES=required forbids to skip this gate")
    pytest.skip(f"{what} is missing on this machine")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    executable = find_chromium()
    if executable is None:
        lacking("Chromium")
    with sync_playwright() as playwright:
        started = launch(playwright, executable)
        yield started
        started.close()


@pytest.fixture(scope="session")
def checker() -> Path:
    """The W3C checker's jar."""
    if missing := missing_tools():
        lacking(" and ".join(missing))
    return fetch_checker()


@pytest.fixture(scope="session")
def built(run_ropa: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output folder of each registry by the registry's name, built by the command line."""
    outputs = {}
    for name, registry in registries().items():
        outputs[name] = tmp_path_factory.mktemp(name) / "out"
        run = run_ropa("build", registry, "--out", outputs[name], "--today", TODAY)
        assert run.returncode == 0, f"{name} does not build:\n{run.stdout}{run.stderr}"
    assert outputs, "the checkout holds no registry"
    return outputs
