"""The facts of the source of the registry that ships, one by one, in what is built from it (tests/facts/webstep.yaml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import yaml

from tests.conftest import CHECKOUT
from tests.publish.notice.helpers import built, words

FACTS: dict[str, dict[str, Any]] = yaml.safe_load((CHECKOUT / "tests" / "facts" / "webstep.yaml").read_text(encoding="utf-8"))


@cache
def said() -> dict[str, str]:
    every = built("shipped")
    return {name: words(every[f"{name}/{name}.nb.html"]) for name in ("notice", "cookies")}


@pytest.mark.parametrize("fact", FACTS)
def test_the_fact_is_told_or_left_out_as_the_table_says(fact: str) -> None:
    declared = FACTS[fact]
    where = said()[declared.get("in", "notice")]
    assert not [pattern for pattern in declared.get("look_for", ()) if not re.search(pattern, where)]
    assert not [(pattern, name) for pattern in declared.get("absent", ()) for name, text in said().items() if re.search(pattern, text)]
