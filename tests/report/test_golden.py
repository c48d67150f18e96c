"""What each format writes of the same report, byte for byte. `UPDATE_GOLDEN=1` writes the files anew, to be reviewed like code."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ropa.law import store
from ropa.report import as_json, concise, github, github_summary, gitlab, junit, review, sarif, text
from ropa.report.report import Report
from tests.conftest import CHECKOUT

GOLDEN = CHECKOUT / "tests" / "golden" / "check"
FORMATS: dict[str, Callable[[Report], str]] = {
    "plain.txt": lambda report: text.render(report, verbose=True),
    "plain.concise.txt": concise.render,
    "plain.json": as_json.render,
    "plain.sarif": sarif.render,
    "plain.github.txt": github.render,
    "plain.github.md": lambda report: github_summary.render(report, "https://host.example/owner/name/blob/0123456789"),
    "plain.gitlab.json": gitlab.render,
    "plain.junit.xml": junit.render,
    "plain.review.json": lambda report: review.render(report, None, "https://host.example/owner/name/blob/0123456789"),
}


@pytest.fixture(autouse=True)
def _law_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "as_of", lambda: date(2026, 11, 24))
    for module in (as_json, sarif):
        monkeypatch.setattr(module, "__version__", "1.2.3")


@pytest.mark.parametrize("file", FORMATS)
def test_a_report_is_the_golden_one(plain: Report, file: str) -> None:
    written = FORMATS[file](replace(plain, checked=replace(plain.checked, rules=133)))
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / file).write_text(written, encoding="utf-8", newline="\n")

    assert written == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FORMATS)
def test_hostile_text_is_the_same_twice(hostile: Report, file: str) -> None:
    assert FORMATS[file](hostile) == FORMATS[file](hostile)
    FORMATS[file](hostile).encode("utf-8")
