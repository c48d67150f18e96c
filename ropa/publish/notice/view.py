"""The notice as plain data: what a template of any format needs, and nothing that it may not show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ropa.publish.notice.prose import Line, target

Outcome = Literal["adequate", "agreement", "derogation", "undeclared"]
Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words, and the language of the page it leads to where that is another."""

    href: str
    text: str
    lang: str = ""

    @property
    def target(self) -> str:
        """The address where it is safe to follow, else nothing."""
        return target(self.href)


@dataclass(frozen=True, slots=True)
class Box:
    """A place that data pass: who, where, and what happens there."""

    name: str
    place: str
    what: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """One way out of the EEA: the whole truth in its heading, the boxes on the way, and why it is lawful."""

    id: str
    outcome: Outcome
    heading: Line
    boxes: tuple[Box, ...]
    facts: tuple[Fact, ...]
    border: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says; `law` is the reference on its own muted line."""

    label: str
    lines: tuple[Line, ...]
    law: Line = ()
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One purpose: for whom, what for, and everything that Arts 13 and 14 want said of it."""

    id: str
    audience: Line
    heading: Line
    lead: tuple[Line, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Purposes that concern the same readers. `also` leads to those that stand elsewhere and concern them too.

    `named` is false where the one block says who it is for.
    """

    id: str
    name: Line
    blocks: tuple[Block, ...]
    also: Line = ()
    named: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under a heading of their own, or under none."""

    rows: tuple[Row, ...]
    name: Line = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes lines of label and value on a phone; `kind` chooses its widths."""

    kind: str
    heads: tuple[str, ...]
    groups: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list with a name: a recipient, a definition, a change; `points` is a list within it."""

    name: Line
    lines: tuple[Line, ...]
    id: str = ""
    points: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice with its heading. What it does not have is empty; `kind` is the look: plain, summary or object."""

    id: str
    heading: str
    kind: str = "plain"
    before: Line = ()
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    groups: tuple[Group, ...] = ()
    items: tuple[Item, ...] = ()
    button: Link | None = None
    links_heading: str = ""
    links: tuple[Link, ...] = ()
    after: Line = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A public page: its frame and its sections in order; a `wide` one has no contents beside it."""

    language: str
    title: Line
    organisation: str
    meta: Line
    draft: Line
    languages: tuple[Link, ...]
    contents_heading: str
    contents: tuple[Link, ...]
    skip: str
    sections: tuple[Section, ...]
    foot: tuple[Line, ...]
    wide: bool = False
