"""What a drawing of data flows says, before anything has a place: the input of layout, SVG, DOT and Mermaid.

All texts arrive in the reader's language and may be hostile; the writers of each format escape them. Nothing
here knows the registry, so that any selection of flows (one activity, transfers only) can be drawn the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Lane = Literal["who", "why", "where", "recipient", "abroad"]
Band = Literal["", "adequate", "agreement", "none"]
Shape = Literal["pill", "box", "spine"]

LANES: tuple[Lane, ...] = get_args(Lane)
"""Left to right. The border of the EEA runs between the last two."""

BANDS: tuple[Band, ...] = ("adequate", "agreement", "none")
"""Top to bottom, right of the border: Art. 45, Art. 46, and neither of them (Art. 49 or nothing at all)."""

_SHAPES: dict[Lane, Shape] = {"who": "pill", "where": "spine"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A country that the data reach, and how they are protected there."""

    text: str
    band: Band = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `shape` is left empty unless it differs from the lane's own: a system abroad keeps its spine."""

    id: str
    lane: Lane
    title: str
    lines: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    band: Band = ""
    shape: Shape | Literal[""] = ""

    @property
    def drawn_as(self) -> Shape:
        return self.shape or _SHAPES.get(self.lane, "box")


@dataclass(frozen=True, slots=True)
class Edge:
    """One flow. `band` colours it; `label` is shown where it skips a lane; `gate` is the mechanism in two words, shown on the border."""

    source: str
    target: str
    band: Band = ""
    label: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The two lines over a lane, such as "Hvem" and "det gjelder"."""

    lane: Lane
    title: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class BandText:
    """What stands at the top of a band: its name, what it means, and how many recipients are in it."""

    band: Band
    title: str
    explanation: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The words at the foot. An empty text leaves its sign out."""

    stays: str = ""
    adequate: str = ""
    agreement: str = ""
    none: str = ""
    border: str = ""
    gate: str = ""

    def of(self, band: Band) -> str:
        """The words for a line of this band."""
        return {"": self.stays, "adequate": self.adequate, "agreement": self.agreement, "none": self.none}[band]


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole drawing. `border` is the sign on the EEA's border, `description` the text alternative, `lang` its BCP 47 tag."""

    title: str
    subtitle: str = ""
    description: str = ""
    lang: str = "nb"
    border: str = ""
    headings: tuple[Heading, ...] = ()
    bands: tuple[BandText, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    legend: Legend = Legend()

    def __post_init__(self) -> None:
        """A picture that could not be drawn truthfully is a programming error."""
        ids = {node.id for node in self.nodes}
        if len(ids) != len(self.nodes):
            raise ValueError("two nodes share an id")
        for edge in self.edges:
            if not {edge.source, edge.target} <= ids:
                raise ValueError(f"edge without a node: {edge.source} to {edge.target}")
        for node in self.nodes:
            if node.lane == "abroad" and not node.band:
                raise ValueError(f"{node.id} is abroad and in no band")

    def sorted_nodes(self) -> tuple[Node, ...]:
        """Lane by lane, then by id: the order of ids and of everything that breaks a tie."""
        return tuple(sorted(self.nodes, key=lambda node: (LANES.index(node.lane), node.id)))

    def sorted_edges(self) -> tuple[Edge, ...]:
        """One edge for each pair and band, texts of equal ones joined, sorted; an edge from a node to itself is not drawn."""
        groups: dict[tuple[str, str, Band], list[Edge]] = {}
        for edge in sorted(self.edges, key=lambda edge: (edge.source, edge.target, edge.band, edge.label, edge.gate)):
            if edge.source != edge.target:
                groups.setdefault((edge.source, edge.target, edge.band), []).append(edge)
        return tuple(_joined(edges) for edges in groups.values())


def _joined(edges: list[Edge]) -> Edge:
    first = edges[0]
    labels = dict.fromkeys(edge.label for edge in edges if edge.label)
    gates = dict.fromkeys(edge.gate for edge in edges if edge.gate)
    return Edge(first.source, first.target, first.band, ", ".join(labels), ", ".join(gates))
