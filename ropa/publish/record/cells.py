"""What a cell of the record holds: lines with a look, which HTML draws and the sheets write as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ropa.publish.words import Said

Look = Literal["plain", "strong", "muted", "gap", "adequate", "agreement", "derogation", "undeclared"]


NOTHING: Final = Said("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell. `lead` comes first, set apart by a colon; `look` is how HTML shows it, and what it is."""

    said: Said
    look: Look = "plain"
    lead: Said = NOTHING

    def __str__(self) -> str:
        return ": ".join(text for text in (self.lead.text, self.said.text) if text)


Cell: TypeAlias = tuple[Line, ...]


def line(said: Said | str, look: Look = "plain", lead: Said | str = "") -> Line:
    """A line of a text."""
    return Line(_said(said), look, _said(lead))


def _said(text: Said | str) -> Said:
    return text if isinstance(text, Said) else Said(text)


def text(cell: Cell) -> str:
    """A cell as plain text, one line a line."""
    return "\n".join(str(each) for each in cell)


def once(lines: Iterable[Line]) -> Cell:
    """The lines, each once, in the order given."""
    return tuple(dict.fromkeys(lines))


def has_gap(cell: Cell) -> bool:
    """Whether something in a cell is not clear."""
    return any(each.look in ("gap", "undeclared") for each in cell)
