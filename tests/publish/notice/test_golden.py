"""The notices of three small registries, word for word. ``UPDATE_GOLDEN=1 pytest tests/publish`` writes them anew."""

from __future__ import annotations

import os

import pytest

from tests.conftest import CHECKOUT, registries
from tests.publish.notice.helpers import built, context, documents

GOLDEN = CHECKOUT / "tests" / "golden" / "notice"
CASES = [
    ("small-company", "notice/notice.nb.html"),
    ("small-company", "notice/notice.nb.txt"),
    ("american-publisher", "notice/notice.en.md"),
    ("british-adviser", "notice/notice.en.md"),
    ("district-court", "notice/notice.nn.md"),
]


@pytest.mark.parametrize(("registry", "file"), CASES)
def test_the_notice_is_the_golden_one(registry: str, file: str) -> None:
    every = built(registry)
    if file not in every:
        pytest.fail(f"{registry} has no {file}, only {sorted(every)}")
    golden = GOLDEN / f"{registry}.{file.removeprefix('notice/notice.')}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(every[file], encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == every[file]


@pytest.mark.parametrize("name", registries())
def test_two_builds_are_the_same(name: str) -> None:
    assert documents(context(registries()[name])) == built(name)
