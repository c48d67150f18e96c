"""The lines: from port to port, level through every column and curved only in the gaps between them.

Because a line bends only where no box can stand, and passes a column only on a strip that placement kept free,
it cannot run through a box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from ropa.graph.picture import BANDS, Band, Edge
from ropa.graph.ports import Ports
from ropa.graph.structure import Grid, Item, Link

Point = tuple[float, float]

STEM = 26.0
HEAD = 10.0
THICK_HEAD = 14.0
_LEAD = 6.0
_SAMPLES = 40
_HALO = 9.0
_ORDER: tuple[Band, ...] = ("", *BANDS)


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight line (two points) or a cubic Bézier curve (four)."""

    points: tuple[Point, ...]

    def at(self, part: float) -> Point:
        """The point after this part (0 to 1) of the piece."""
        rest = 1 - part
        if len(self.points) == 2:
            weights: tuple[float, ...] = (rest, part)
        else:
            weights = (rest * rest * rest, 3 * rest * rest * part, 3 * rest * part * part, part * part * part)
        return (
            sum(weight * point[0] for weight, point in zip(weights, self.points, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, self.points, strict=True)),
        )

    def turned(self) -> Piece:
        return Piece(self.points[::-1])


@dataclass(frozen=True, slots=True)
class Head:
    """An arrowhead: its tip, and 1 where it points right, -1 where it points left."""

    tip: Point
    direction: int
    band: Band
    thick: bool


@dataclass(frozen=True, slots=True)
class Route:
    """The whole way of an edge from source to target. `thick` are the pieces that cross the border of the EEA."""

    edge: Edge
    thin: tuple[Piece, ...]
    thick: tuple[Piece, ...]
    head: Head
    halos: tuple[tuple[Point, ...], ...] = ()

    def points(self, samples: int = _SAMPLES) -> Iterator[Point]:
        """Points along the way, so many a piece."""
        for piece in (*self.thin, *self.thick):
            for step in range(samples + 1):
                yield piece.at(step / samples)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the columns stand: the left and right edge of each."""

    edges: tuple[tuple[float, float], ...]


def gap_widths(grid: Grid, y: dict[Item, float], ports: Ports) -> list[float]:
    """The air between each column and the next: more where lines climb far or are many, least where all are level."""
    climbs: list[list[float]] = [[] for _ in grid.columns]
    for link in grid.links:
        start, end = _heights(link, y, ports)
        climbs[link.left.column].append(abs(end - start))
    widths = []
    for column, listed in enumerate(climbs):
        beside_gate = 16 if column in grid.gates or column + 1 in grid.gates else 0
        if max(listed, default=0.0) < 1:
            widths.append(50.0)
        else:
            widths.append(float(round(min(190.0, 70 + beside_gate + 0.05 * max(listed) + 0.8 * len(listed)))))
    return widths


def _heights(link: Link, y: dict[Item, float], ports: Ports) -> Point:
    return y[link.left] + ports.at_left[link], y[link.right] + ports.at_right[link]


def routes_of(grid: Grid, y: dict[Item, float], ports: Ports, frame: Frame) -> list[Route]:
    """The route of every edge, in the order of drawing: what stays in the EEA first, then band by band."""
    chains: dict[tuple[str, str, Band], list[Link]] = {}
    for link in grid.links:
        chains.setdefault((link.edge.source, link.edge.target, link.edge.band), []).append(link)
    keys = sorted(chains, key=lambda key: (_ORDER.index(key[2]), key))
    routes = [_route(grid, chains[key], y, ports, frame) for key in keys]
    halos = _halos([chains[key] for key in keys], y, ports, frame)
    return [Route(route.edge, route.thin, route.thick, route.head, tuple(halos[index])) for index, route in enumerate(routes)]


def _route(grid: Grid, links: list[Link], y: dict[Item, float], ports: Ports, frame: Frame) -> Route:
    thin: list[Piece] = []
    thick: list[Piece] = []
    for link in links:
        into = thick if _crosses(grid, link, links[0]) else thin
        if link is not links[0]:
            left, right = frame.edges[link.left.column]
            into.append(Piece(((left, y[link.left]), (right, y[link.left]))))
        into.extend(_pieces(link, y, ports, frame))
    backward = links[0].backward
    end = links[0] if backward else links[-1]
    start_y, end_y = _heights(end, y, ports)
    tip = (frame.edges[end.left.column][1], start_y) if backward else (frame.edges[end.right.column][0], end_y)
    ends_thick = bool(thick)
    head = Head(tip, -1 if backward else 1, end.edge.band, ends_thick)
    _shorten(thick if ends_thick else thin, head)
    if backward:
        thin, thick = [piece.turned() for piece in reversed(thin)], [piece.turned() for piece in reversed(thick)]
    return Route(end.edge, tuple(thin), tuple(thick), head)


def _crosses(grid: Grid, link: Link, first: Link) -> bool:
    """Whether this link belongs to the part of an edge that leaves the EEA: from the party inside, or else from the gate, to its end."""
    leaves = first.left.column < grid.border and not link.backward
    return leaves and link.left.column >= grid.border - (link.left.kind == "node")


def _shorten(pieces: list[Piece], head: Head) -> None:
    """Let the line end inside its head, so that its blunt end does not show beside the tip."""
    length = (THICK_HEAD if head.thick else HEAD) - 1
    index = -1 if head.direction == 1 else 0
    points = list(pieces[index].points)
    points[index] = (head.tip[0] - head.direction * length, head.tip[1])
    pieces[index] = Piece(tuple(points))


def _pieces(link: Link, y: dict[Item, float], ports: Ports, frame: Frame) -> list[Piece]:
    """The line through the gap between two columns."""
    left, right = frame.edges[link.left.column][1], frame.edges[link.right.column][0]
    start, end = _heights(link, y, ports)
    if start == end:
        return [Piece(((left, start), (right, end)))]
    bend_from = left + _level(link.left, arrives=link.backward)
    bend_to = right - _level(link.right, arrives=not link.backward)
    middle = (bend_from + bend_to) / 2
    pieces = [Piece(((bend_from, start), (middle, start), (middle, end), (bend_to, end)))]
    if bend_from > left:
        pieces.insert(0, Piece(((left, start), (bend_from, start))))
    if bend_to < right:
        pieces.append(Piece(((bend_to, end), (right, end))))
    return pieces


def _level(item: Item, *, arrives: bool) -> float:
    """How far a line runs level beside an item: the shared stem before a target, a short lead elsewhere."""
    if item.kind == "node":
        return STEM if arrives else _LEAD
    return _LEAD if item.kind == "gate" else 0.0


def _halos(chains: list[list[Link]], y: dict[Item, float], ports: Ports, frame: Frame) -> list[list[tuple[Point, ...]]]:
    """For each route, the short stretches around the points where it crosses one drawn before it."""
    gaps: dict[int, list[tuple[int, Link]]] = {}
    for index, links in enumerate(chains):
        for link in links:
            gaps.setdefault(link.left.column, []).append((index, link))
    result: list[list[tuple[Point, ...]]] = [[] for _ in chains]
    for column in sorted(gaps):
        lines = [(index, link, _heights(link, y, ports), _sampled(_pieces(link, y, ports, frame))) for index, link in gaps[column]]
        for (_, one, ends, line), (later, other, other_ends, other_line) in combinations(lines, 2):
            if not _share_port(one, other, ends, other_ends) and (ends[0] - other_ends[0]) * (ends[1] - other_ends[1]) < 0:
                result[later].append(_around(other_line, _nearest(line, other_line)))
    return result


def _share_port(one: Link, other: Link, ends: Point, other_ends: Point) -> bool:
    return (one.left is other.left and ends[0] == other_ends[0]) or (one.right is other.right and ends[1] == other_ends[1])


def _sampled(pieces: list[Piece]) -> list[Point]:
    return [piece.at(step / _SAMPLES) for piece in pieces for step in range(_SAMPLES + 1)]


def _nearest(line: list[Point], other: list[Point]) -> int:
    """Where on `other` the two lines cross: both run rightwards, so that the first change of what lies higher is the place."""
    apart = [_height_at(line, x) - height for x, height in other]
    return next((index for index, distance in enumerate(apart) if distance * apart[0] <= 0), len(other) - 1)


def _height_at(line: list[Point], x: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(line):
        if x0 <= x <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def _around(line: list[Point], index: int) -> tuple[Point, ...]:
    """The stretch of the line no further than the halo's reach from this point on it."""
    x, y = line[index]
    first = last = index
    while first > 0 and _distance(line[first], (x, y)) < _HALO:
        first -= 1
    while last < len(line) - 1 and _distance(line[last], (x, y)) < _HALO:
        last += 1
    return tuple(line[first : last + 1])


def _distance(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))
