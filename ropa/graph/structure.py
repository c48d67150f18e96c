"""The columns of the drawing and what stands in them, before order and place.

A lane is one column, or several where it holds a chain (a processor and its sub-processor in the same lane). An edge that
passes a column gets a bend there and keeps a strip of it free; this is why no edge can run through a box. The border of the
EEA is a column of its own, in which every crossing has its gate; onward transfers outside have such a column where they need it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Literal

import networkx as nx

from ropa.graph.boxes import Label, heading_of, label_of
from ropa.graph.picture import BANDS, LANES, Band, Edge, Lane, Node, Picture
from ropa.graph.widths import text_width

Kind = Literal["node", "bend", "gate", "heading"]

GATE_HEIGHT = 26.0
GATE_SIZE = 14.0
LABEL_SIZE = 13.5
_LABEL_ROOM = 190.0
_BEND_HEIGHT = 8.0
_LABELLED_HEIGHT = 40.0
_HEADING_MARGIN = 28.0

HEAD_ROOM = 76.0
"""The height of the lanes' headings, beside which the first band's text begins."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One thing in a column: a box, a bend of an edge that passes, a gate on the border, or the text at the top of a band."""

    key: str
    kind: Kind
    column: int
    height: float
    band: Band = ""
    node: Node | None = None
    edge: Edge | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A piece of an edge between two neighbouring columns. `backward`: the data flow from right to left."""

    left: Item
    right: Item
    edge: Edge
    backward: bool


@dataclass(slots=True)
class Grid:
    """All columns, each sorted by key, and the links between them.

    `border` is the column on the border, or -1; `gates` are this one and those of onward transfers outside.
    """

    lanes: list[Lane] = field(default_factory=list)
    columns: list[list[Item]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    border: int = -1
    gates: set[int] = field(default_factory=set)

    def is_outside(self, column: int) -> bool:
        """Whether the column is the border or lies right of it, so that bands divide it."""
        return 0 <= self.border <= column


def grid_of(picture: Picture) -> Grid:
    """Every node in its column, every edge as a chain of links."""
    grid = Grid()
    column_of = _columns(picture, grid)
    ports = _port_counts(picture)
    items: dict[str, Item] = {}
    grid.columns = [[] for _ in grid.lanes]
    for node in picture.sorted_nodes():
        label = label_of(node, ports[node.id])
        item = Item(f"n:{node.id}", "node", column_of[node.id], label.height, node.band, node, label=label)
        items[node.id] = item
        grid.columns[item.column].append(item)
    for edge in picture.sorted_edges():
        _chain(grid, edge, items[edge.source], items[edge.target])
    _add_headings(picture, grid)
    for column in grid.columns:
        column.sort(key=lambda item: item.key)
    return grid


def _columns(picture: Picture, grid: Grid) -> dict[str, int]:
    """The column of every node. Empty lanes have none; gates stand before what is abroad."""
    column_of: dict[str, int] = {}
    for lane in LANES:
        ids = [node.id for node in picture.sorted_nodes() if node.lane == lane]
        if not ids:
            continue
        depths = _depths(ids, picture)
        gated = {
            max(depths[edge.source], depths[edge.target]) for edge in picture.edges if edge.gate and {edge.source, edge.target} <= set(ids)
        }
        for depth in range(max(depths.values()) + 1):
            if lane == "abroad" and (depth == 0 or depth in gated):
                grid.gates.add(len(grid.lanes))
                grid.lanes.append(lane)
            column_of.update({node: len(grid.lanes) for node in ids if depths[node] == depth})
            grid.lanes.append(lane)
    grid.border = min(grid.gates, default=-1)
    return column_of


def _depths(ids: list[str], picture: Picture) -> dict[str, int]:
    """How deep each node of a lane stands in its chain; an edge that would close a circle does not count."""
    members = set(ids)
    chain: nx.DiGraph[str] = nx.DiGraph()
    chain.add_nodes_from(ids)
    for edge in picture.sorted_edges():
        if {edge.source, edge.target} <= members and not nx.has_path(chain, edge.target, edge.source):
            chain.add_edge(edge.source, edge.target)
    return {node: depth for depth, nodes in enumerate(nx.topological_generations(chain)) for node in nodes}


def _port_counts(picture: Picture) -> dict[str, int]:
    """The most ports that a node may need on one side: one a band and direction."""
    sides: dict[str, set[tuple[str, str]]] = {node.id: set() for node in picture.nodes}
    for edge in picture.sorted_edges():
        sides[edge.source].add(("out", edge.band))
        sides[edge.target].add(("in", edge.band))
    return {node: max([sum(1 for way, _ in used if way == side) for side in ("in", "out")]) for node, used in sides.items()}


def _chain(grid: Grid, edge: Edge, source: Item, target: Item) -> None:
    """The links of one edge, with a bend or a gate in each column between its ends."""
    backward = source.column > target.column
    left, right = (target, source) if backward else (source, target)
    outer = right.band if grid.is_outside(right.column) else ""
    # The gate stands on the border, or directly before the recipient where both are outside.
    gate = grid.border if left.column < grid.border else right.column - 1
    labelled = False
    previous = left
    for column in range(left.column + 1, right.column):
        key = f"e:{edge.source}\0{edge.target}\0{edge.band}"
        if column == gate and column in grid.gates:
            item = Item(key, "gate", column, GATE_HEIGHT if edge.gate else _BEND_HEIGHT, outer, edge=edge)
        else:
            # What passes a column of gates has no room for a label there.
            shows_label = bool(edge.label) and not labelled and column not in grid.gates
            labelled = labelled or shows_label
            height = _LABELLED_HEIGHT if shows_label else _BEND_HEIGHT
            item = Item(key, "bend", column, height, outer, edge=edge)
        grid.columns[column].append(item)
        grid.links.append(Link(previous, item, edge, backward))
        previous = item
    grid.links.append(Link(previous, right, edge, backward))


def _add_headings(picture: Picture, grid: Grid) -> None:
    """The text of each band in the first column abroad, and a mark at the same height in the others, so that bands hold for all."""
    if grid.border < 0:
        return
    used = {item.band for column in grid.columns[grid.border :] for item in column}
    texts = {text.band: text for text in picture.bands}
    present = [band for band in BANDS if band in used]
    boxes = max((item.label.width for item in grid.columns[grid.border + 1] if item.label), default=0.0)
    for band in present:
        label = heading_of(texts[band], boxes) if band in texts else Label((), 0, 0)
        room = HEAD_ROOM if band == present[0] else 0.0
        for column in range(grid.border, len(grid.columns)):
            shown = column == grid.border + 1 and bool(label.lines)
            height = max(label.height + _HEADING_MARGIN - room, _BEND_HEIGHT) if shown else _BEND_HEIGHT
            grid.columns[column].append(Item(f"h:{band}", "heading", column, height, band, label=label if shown else None))


def is_labelled(item: Item) -> bool:
    """Whether this bend is the one that carries its edge's label."""
    return item.kind == "bend" and item.height == _LABELLED_HEIGHT


def label_width(item: Item) -> float:
    """The width that a column must have for the label of a line that passes it."""
    return min(ceil(text_width(item.edge.label, LABEL_SIZE)) + 1, _LABEL_ROOM) if item.edge and is_labelled(item) else 0.0


def gate_width(edge: Edge) -> float:
    """The width of the box with the mechanism's name."""
    return round(text_width(edge.gate, GATE_SIZE, "bold") + 24) if edge.gate else 0.0
