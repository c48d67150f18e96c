"""What a gate says: problems as values, so that a test can ask for none and another test can ask for some."""

from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with one page: the gate that found it, the page, how it was shown, and what is wrong."""

    gate: str
    page: Path
    shown: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.gate} ({self.shown}): {self.text}"


def listed(problems: list[Problem]) -> str:
    """The problems as lines, for the message of a failing test."""
    return "\n" + "\n".join(map(str, problems))
