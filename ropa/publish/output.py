"""What the documents share: a file to write, and the stamp that every document bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a build: its path below the output folder and its content."""

    path: str
    content: bytes

    @classmethod
    def text(cls, path: str, content: str) -> Output:
        """A text file: UTF-8, lines ended by a newline, one at the end."""
        return cls(path, (content.rstrip("\n") + "\n").encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document says of itself: the day it is of (None: no date is printed), whether it is a draft, the registry's revision.

    `errors`, `warnings` and `questions` are what is open in the registry; internal documents alone print them.
    """

    as_of: date | None
    draft: bool
    revision: str
    errors: int = 0
    warnings: int = 0
    questions: int = 0
