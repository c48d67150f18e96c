"""The documentation: generated pages are what their sources give, every link leads somewhere, every command shown exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from ropa.commands import register
from ropa.commands.app import app
from scripts.generate_docs import pages, stale
from tests.conftest import CHECKOUT

WRITTEN = [
    path
    for path in sorted([*(CHECKOUT / "docs").glob("*.md"), *CHECKOUT.glob("*.md"), *(CHECKOUT / "templates").rglob("*.md")])
    if path.name != "CHANGELOG.md"
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
SHOWN_COMMAND = re.compile(r"(?:^|`|\s)ropa ([a-z][a-z-]+)\b")


def test_generated_pages_have_not_drifted() -> None:
    """`make docs` writes them again."""
    assert [path.relative_to(CHECKOUT).as_posix() for path in stale(pages())] == []


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken_links(path: Path) -> Iterator[str]:
    for target, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        file = path.parent / target if target else path
        if not file.exists():
            yield target
        elif anchor and file.suffix == ".md" and anchor not in _anchors(file):
            yield f"{target}#{anchor}"


@pytest.mark.parametrize("path", [*WRITTEN, *sorted((CHECKOUT / "docs" / "rules").glob("*.md"))], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert list(_broken_links(path)) == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists(path: Path) -> None:
    if not app.registered_commands:
        register(app)
    group = typer.main.get_command(app)
    code = re.findall(r"```(?:\w*)\n(.*?)```|`([^`\n]+)`", path.read_text(encoding="utf-8"), re.DOTALL)
    shown = {name for block, inline in code for name in SHOWN_COMMAND.findall(block or inline)}

    assert shown <= set(getattr(group, "commands", {}))
