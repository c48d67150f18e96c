"""The style sheets of the pages, as far as a rule of theirs holds for every page."""

import re

import pytest

from tests.conftest import CHECKOUT


@pytest.mark.parametrize("name", ["index.css", "page.css", "record.css"])
def test_layouts_for_a_width_hold_on_screens_alone(name: str) -> None:
    """Paper is narrower than a desktop in CSS pixels: without ``screen`` a printed table becomes a phone's list."""
    queries = re.findall(r"@media[^{]*width[^{]*", (CHECKOUT / "templates" / name).read_text(encoding="utf-8"))

    assert queries
    assert all(query.startswith("@media screen and") for query in queries)
