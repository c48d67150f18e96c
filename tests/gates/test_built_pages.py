"""Every page that the registries of the checkout become passes every gate."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.gates.browser import LIGHT, accessibility, privacy, reflow, squeezed
from tests.gates.problem import listed
from tests.gates.w3c import validity

# One worker runs all gates: they share the built registries and the browser.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("gates")]

TRANSLATED = (".nn.html", ".en.html")
EVIDENCE_OF = ("shipped", "small-company")
"""The evidence has one template and hundreds of alike rows: a draft with findings and a clean registry show all that it can look like."""


def pages(built: dict[str, Path], *suffixes: str) -> list[Path]:
    """The built files with these suffixes; there must be some, or a gate would pass on nothing."""
    found = [
        file
        for name, folder in built.items()
        for file in sorted(folder.rglob("*"))
        if file.suffix in suffixes and (file.parent.name != "evidence" or name in EVIDENCE_OF)
    ]
    assert any(file.parent.name == "evidence" for file in found) or ".html" not in suffixes
    assert found, f"nothing built ends in {' or '.join(suffixes)}"
    return found


def test_pages_are_accessible_in_light_dark_and_narrow(built: dict[str, Path], browser: Browser) -> None:
    """The shipped registry in every language and mode; of the others, of the same templates, those in their own language."""
    shipped = pages({"shipped": built["shipped"]}, ".html")
    others = [page for page in pages(built, ".html") if page not in shipped and not page.name.endswith(TRANSLATED)]

    problems = accessibility(browser, shipped) + accessibility(browser, others, [LIGHT])

    assert not problems, listed(problems)


def test_pages_need_no_sideways_scrolling(built: dict[str, Path], browser: Browser) -> None:
    problems = reflow(browser, pages(built, ".html"))

    assert not problems, listed(problems)


def test_headings_of_groups_have_the_width_of_their_table(built: dict[str, Path], browser: Browser) -> None:
    problems = squeezed(browser, pages(built, ".html"))

    assert not problems, listed(problems)


def test_pages_ask_keep_and_run_nothing(built: dict[str, Path], browser: Browser) -> None:
    problems = privacy(browser, pages(built, ".html"))

    assert not problems, listed(problems)


def test_pages_and_drawings_are_valid(built: dict[str, Path], checker: Path) -> None:
    problems = validity(checker, pages(built, ".html", ".svg"))

    assert not problems, listed(problems)
