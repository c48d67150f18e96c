"""Text edits and the fix that they make up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in a file of the registry: lines and columns from 1, in characters, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What puts one finding right: the finding's identity, a title in the language of the messages, and the edits."""

    identity: str
    title: str
    edits: tuple[Edit, ...]
