"""A registry as the language server has it, without a server around it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lsprotocol import types

from ropa.lsp.completion import complete
from ropa.lsp.hover import hover
from ropa.lsp.preferences import Preferences
from ropa.lsp.registry import OpenRegistry
from tests.conftest import TODAY

PREFERENCES = Preferences(date.fromisoformat(TODAY))


def opened(folder: Path, encoding: str = "utf-16") -> OpenRegistry:
    """A registry that was read and checked."""
    registry = OpenRegistry(folder, encoding)
    registry.settle(registry.check(PREFERENCES))
    return registry


def unchecked(folder: Path) -> OpenRegistry:
    """A registry that was read, and not checked: all that navigation and completion need."""
    registry = OpenRegistry(folder)
    registry.refresh()
    return registry


def position(registry: OpenRegistry, name: str, mark: str, after: int = 0) -> types.Position:
    """Where a mark stands in a file."""
    positions = registry.positions(name)
    return positions.position(positions.read.index(mark) + after)


def completed(registry: OpenRegistry, name: str, text: str) -> dict[str, types.CompletionItem]:
    """What is offered where ``|`` stands in a text that a file has in the editor."""
    place = text.index("|")
    registry.write(name, text.replace("|", "", 1), 1)
    return {item.label: item for item in complete(registry, name, registry.positions(name).position(place))}


def written(item: types.CompletionItem) -> str:
    """What an item puts in."""
    assert isinstance(item.text_edit, types.TextEdit)
    return item.text_edit.new_text


def hovered(registry: OpenRegistry, name: str, mark: str, after: int = 0) -> str:
    """What is told of the place of a mark; empty for nothing."""
    found = hover(registry, name, position(registry, name, mark, after))
    return found.contents.value if found is not None and isinstance(found.contents, types.MarkupContent) else ""
