"""The first and the last day that there are: a registry that names them, and a check at them, are judged as any other."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from ropa.checking import check
from tests.conftest import CHECKOUT

DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")


@pytest.mark.parametrize("today", [date(2026, 11, 24), date.max, date.min, None])
@pytest.mark.parametrize("written", ["2026-02-01", "9999-12-31", "9996-02-29", "0001-01-01"])
def test_no_day_is_too_far(tmp_path: Path, written: str, today: date | None) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(CHECKOUT / "tests" / "registries" / "municipal-health" / "registry", folder)
    for file in folder.rglob("*.yaml"):
        file.write_text(DAY.sub(written, file.read_text(encoding="utf-8")), encoding="utf-8")
    acceptance = {"rule": "processor-without-agreement", "address": "parties/x", "because": "x", "by": "x", "until": written}
    lines = "".join(f"  {key}: {value}\n" for key, value in acceptance.items())
    (folder / "accepted.yaml").write_text(f"far:\n{lines}", encoding="utf-8")

    assert check(folder, today).files
