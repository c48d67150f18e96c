"""Markdown that says what it is given: tables, and YAML in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_CONSTANTS = ("true", "false", "null")
_NUMBER = re.compile(r"[+0-9][0-9 .]*")
_PLAIN = re.compile(r"[^\s\[\]{},:#&*!|>'\"%@`?-][^\[\]{},\"#]*")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(cell(text) for text in row)} |"


def cell(text: str) -> str:
    """A text as it stands in a table: one line, and no bar that would end the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """A text as code."""
    return f"`{text}`" if text else ""


def escaped(text: str) -> str:
    """A text in which angle brackets are no HTML, outside code."""
    parts = text.split("`")
    return "`".join(part if number % 2 else part.replace("<", "&lt;") for number, part in enumerate(parts))


def block(language: str, text: str) -> Iterator[str]:
    """The lines of a block of code."""
    yield f"```{language}"
    yield text.rstrip("\n")
    yield "```"


def flow(value: Any) -> str:
    """Data as YAML in flow style, in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (not _PLAIN.fullmatch(value) or _NUMBER.fullmatch(value) or ": " in value or value in _CONSTANTS):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
