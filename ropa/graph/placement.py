"""How high each thing stands: lines as level as possible, nothing on top of anything, a crossing of the border straight.

Three steps. Each column in turn is moved towards what it is linked with (isotonic regression keeps order and distance). Then
links that should be exactly level (a party, its gate, its sub-processor outside) are tied into rigid rows. At last the rows
are pushed apart where they are too close and drawn together where there is room.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from ropa.graph.ports import Ports
from ropa.graph.structure import Grid, Item, Link

_SWEEPS = 40
_RELAXATIONS = 30
_BEND_GAP = 8.0

# How much a link wants to be level, and how far from level it may be and still be tied.
_CROSSING = 30.0
_PASSING = 8.0
_ALONE = 3.0
_TIED_WITHIN = {_CROSSING: 400.0, _PASSING: 60.0, _ALONE: 30.0, 1.0: 9.0}


@dataclass(frozen=True, slots=True)
class _Pull:
    """A link as placement sees it: the middle of `right` wants to be `drop` below the middle of `left`."""

    left: Item
    right: Item
    drop: float
    weight: float


def placed(grid: Grid, columns: list[list[Item]], ports: Ports) -> dict[Item, float]:
    """The middle of every item, in whole px from the top of the drawing's body."""
    degrees = _degrees(grid)
    pulls = [_pull(link, ports, degrees) for link in grid.links]
    node_gap = _node_gap(columns)
    y = _swept(columns, pulls, node_gap)
    rows = _Rows(columns, y, node_gap)
    rows.tie(pulls)
    return rows.settled(pulls)


def _node_gap(columns: list[list[Item]]) -> float:
    """The air between boxes: a small picture has room for more."""
    most = max((sum(1 for item in column if item.kind == "node") for column in columns), default=0)
    return 34.0 if most <= 5 else 20.0 if most <= 9 else 12.0


def _degrees(grid: Grid) -> tuple[dict[Item, int], dict[Item, int]]:
    leaving: dict[Item, int] = {}
    arriving: dict[Item, int] = {}
    for link in grid.links:
        leaving[link.left] = leaving.get(link.left, 0) + 1
        arriving[link.right] = arriving.get(link.right, 0) + 1
    return leaving, arriving


def _pull(link: Link, ports: Ports, degrees: tuple[dict[Item, int], dict[Item, int]]) -> _Pull:
    drop = ports.at_left[link] - ports.at_right[link]
    leaving, arriving = degrees
    if link.right.kind == "gate" or link.left.kind == "gate":
        weight = _CROSSING
    elif "bend" in {link.left.kind, link.right.kind}:
        weight = _PASSING
    else:
        weight = _ALONE if leaving[link.left] == arriving[link.right] == 1 else 1.0
    return _Pull(link.left, link.right, drop, weight)


def _apart(upper: Item, lower: Item, node_gap: float) -> float:
    """The least distance between the middles of two that stand above each other."""
    gap = _BEND_GAP if "bend" in {upper.kind, lower.kind} or {upper.kind, lower.kind} & {"gate", "heading"} else node_gap
    return (upper.height + lower.height) / 2 + gap


def _swept(columns: list[list[Item]], pulls: list[_Pull], node_gap: float) -> dict[Item, float]:
    """Column after column, rightwards and back, moved towards its neighbours."""
    near: dict[Item, list[tuple[Item, float, float]]] = {item: [] for column in columns for item in column}
    for pull in pulls:
        near[pull.left].append((pull.right, -pull.drop, pull.weight))
        near[pull.right].append((pull.left, pull.drop, pull.weight))
    y: dict[Item, float] = {}
    for column in columns:
        top = 0.0
        for upper, item in zip([None, *column], column, strict=False):
            top = top + _apart(upper, item, node_gap) if upper else 0.0
            y[item] = top
        y.update({item: y[item] - top / 2 for item in column})
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _regress(column, near, y, node_gap)
    return y


def _regress(column: list[Item], near: dict[Item, list[tuple[Item, float, float]]], y: dict[Item, float], node_gap: float) -> None:
    """Least squares under order and distance, by pooling adjacent violators."""
    pools: list[tuple[float, float, int]] = []
    depth = 0.0
    depths: list[float] = []
    for index, item in enumerate(column):
        depth += _apart(column[index - 1], item, node_gap) if index else 0.0
        depths.append(depth)
        weight = sum(part for _, _, part in near[item])
        wanted = sum((y[other] + drop) * part for other, drop, part in near[item]) / weight if weight else y[item]
        pool = (wanted - depth, weight or 0.01, 1)
        while pools and pools[-1][0] >= pool[0]:
            mean, heavy, count = pools.pop()
            total = heavy + pool[1]
            pool = ((mean * heavy + pool[0] * pool[1]) / total, total, count + pool[2])
        pools.append(pool)
    items = iter(zip(column, depths, strict=True))
    for mean, _, count in pools:
        for _ in range(count):
            item, depth = next(items)
            y[item] = mean + depth


class _Rows:
    """Items tied at a fixed height to each other. Each row is named by one of its items; `shift` is an item's distance from its row."""

    def __init__(self, columns: list[list[Item]], y: dict[Item, float], node_gap: float) -> None:
        self.columns = columns
        self.y = y
        self.node_gap = node_gap
        self.row = {item: item for column in columns for item in column}
        self.shift = dict.fromkeys(self.row, 0.0)
        self.members = {item: [item] for item in self.row}
        # Which row stands over which, in any column. NetworkX answers whether a tie would turn that into a circle.
        self.over: nx.DiGraph[Item] = nx.DiGraph()
        self.over.add_nodes_from(self.row)
        for column in columns:
            self.over.add_edges_from(pairwise(column))

    def tie(self, pulls: list[_Pull]) -> None:
        """Bands at the same height in all columns, then links, the most important and the most level first."""
        first: dict[str, Item] = {}
        for column in self.columns:
            for item in column:
                if item.kind == "heading":
                    other = first.setdefault(item.band, item)
                    if other is not item:
                        self._join(other, item, (item.height - other.height) / 2)
        for _, off, _, pull in sorted((-pull.weight, self._off_level(pull), index, pull) for index, pull in enumerate(pulls)):
            if off <= _TIED_WITHIN[pull.weight]:
                self._join(pull.left, pull.right, pull.drop)

    def _off_level(self, pull: _Pull) -> float:
        return abs(round(self.y[pull.right] - self.y[pull.left] - pull.drop, 3))

    def _join(self, left: Item, right: Item, drop: float) -> None:
        keeper, gone = self.row[left], self.row[right]
        if keeper is gone or nx.has_path(self.over, keeper, gone) or nx.has_path(self.over, gone, keeper):
            return
        moved = self.shift[left] + drop - self.shift[right]
        for item in self.members.pop(gone):
            self.row[item] = keeper
            self.shift[item] += moved
            self.members[keeper].append(item)
        self.over.add_edges_from((keeper, below) for below in list(self.over.successors(gone)))
        self.over.add_edges_from((above, keeper) for above in list(self.over.predecessors(gone)))
        self.over.remove_node(gone)

    def settled(self, pulls: list[_Pull]) -> dict[Item, float]:
        """Every row at a whole px, far enough from its neighbours, as near to what it is linked with as they allow."""
        floor, apart = self._limits()
        order = list(nx.lexicographical_topological_sort(self.over, key=lambda item: (item.column, self.columns[item.column].index(item))))
        at = self._start()
        _push(order, at, floor, apart)
        self._relax(order, at, floor, apart, pulls)
        at = {row: float(round(y)) for row, y in at.items()}
        _push(order, at, floor, apart)
        return {item: at[row] + self.shift[item] for item, row in self.row.items()}

    def _limits(self) -> tuple[dict[Item, float], dict[Item, dict[Item, float]]]:
        """The highest that each row may stand, and how far it must stay below each row over it."""
        floor = {row: max(item.height / 2 - self.shift[item] for item in items) for row, items in self.members.items()}
        apart: dict[Item, dict[Item, float]] = {row: {} for row in self.members}
        for column in self.columns:
            for upper, lower in pairwise(column):
                need = self.shift[upper] + _apart(upper, lower, self.node_gap) - self.shift[lower]
                above = apart[self.row[lower]]
                above[self.row[upper]] = max(need, above.get(self.row[upper], need))
        return floor, apart

    def _start(self) -> dict[Item, float]:
        """Each row at the mean of what its items wanted, the topmost box at the top."""
        at = {row: sum(self.y[item] - self.shift[item] for item in items) / len(items) for row, items in self.members.items()}
        tops = [at[row] + self.shift[item] - item.height / 2 for item, row in self.row.items() if item.kind != "heading"]
        highest = min(tops, default=0.0)
        return {row: y - highest for row, y in at.items()}

    def _relax(
        self, order: list[Item], at: dict[Item, float], floor: dict[Item, float], apart: dict[Item, dict[Item, float]], pulls: list[_Pull]
    ) -> None:
        """Each row in turn to the mean of its neighbours, no further than the rows over and under it."""
        below: dict[Item, dict[Item, float]] = {row: {} for row in order}
        for row, above in apart.items():
            for other, need in above.items():
                below[other][row] = need
        near: dict[Item, list[tuple[Item, float, float]]] = {row: [] for row in order}
        for pull in pulls:
            left, right = self.row[pull.left], self.row[pull.right]
            if left is not right:
                drop = self.shift[pull.left] + pull.drop - self.shift[pull.right]
                near[left].append((right, -drop, pull.weight))
                near[right].append((left, drop, pull.weight))
        for turn in range(_RELAXATIONS):
            for row in order if turn % 2 == 0 else reversed(order):
                lowest = max([floor[row], *(at[other] + need for other, need in apart[row].items())])
                highest = min((at[other] - need for other, need in below[row].items()), default=None)
                wanted = self._wanted(row, at, near, highest)
                at[row] = max(lowest, wanted if highest is None else min(wanted, highest))

    def _wanted(self, row: Item, at: dict[Item, float], near: dict[Item, list[tuple[Item, float, float]]], highest: float | None) -> float:
        if near[row]:
            weight = sum(part for _, _, part in near[row])
            return sum((at[other] + drop) * part for other, drop, part in near[row]) / weight
        # A band's heading stands directly over what is in the band; the first one stays at the top.
        if row.kind == "heading" and highest is not None and next(iter(self.over.predecessors(row)), None) is not None:
            return highest
        return at[row] if row.kind != "heading" else 0.0


def _push(order: list[Item], at: dict[Item, float], floor: dict[Item, float], apart: dict[Item, dict[Item, float]]) -> None:
    """Downwards from the top, each row as far as it must."""
    for row in order:
        at[row] = max([at[row], floor[row], *(at[other] + need for other, need in apart[row].items())])
