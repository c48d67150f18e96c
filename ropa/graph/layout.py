"""From a picture to a drawing: every box, line, gate and text with its place in px. Nothing here knows SVG.

The layout is our own on NetworkX graphs. The layouts that NetworkX brings place points by force or in circles and know no boxes;
those of Graphviz and Mermaid were tried: the one depends on the machine's fonts, the other runs lines through boxes. Lanes
read as the law does: who, why, where, to whom, and out of the EEA.
"""

from __future__ import annotations

from dataclasses import dataclass

from ropa.graph.boxes import Label
from ropa.graph.ordering import ordered
from ropa.graph.picture import Band, Edge, Heading, Lane, Node, Picture
from ropa.graph.placement import placed
from ropa.graph.ports import ports_of
from ropa.graph.routing import Frame, Point, Route, gap_widths, routes_of
from ropa.graph.structure import GATE_HEIGHT, HEAD_ROOM, LABEL_SIZE, Grid, Item, gate_width, grid_of, is_labelled, label_width
from ropa.graph.widths import fit, text_width, wrap

MARGIN = 24.0
TITLE_SIZE = 22.0
SIGN_SIZE = 14.0
_BAND_PADDING = 24.0
_TITLE_LEADING = 28.0
_SUBTITLE_LEADING = 24.0
_SIGN_HEIGHT = 28.0
_MIN_WIDTH = 640.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node's box, or a gate on the border."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnNode:
    node: Node
    box: Box
    label: Label


@dataclass(frozen=True, slots=True)
class Gate:
    """The mechanism of a crossing, on the border."""

    edge: Edge
    box: Box


@dataclass(frozen=True, slots=True)
class Note:
    """A text over a line that skips a lane, or one of the title's lines. `x` is its middle or its left edge."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BandArea:
    """The tinted ground of a band; `label` is placed with its corner at `text_at`."""

    band: Band
    box: Box
    label: Label | None
    text_at: Point


@dataclass(frozen=True, slots=True)
class Border:
    """The dashed line where the EEA ends, and the sign on top of it."""

    x: float
    top: float
    bottom: float
    sign: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything with its place, the legend excepted, which starts at `foot`."""

    picture: Picture
    width: float
    foot: float
    titles: tuple[Note, ...]
    subtitles: tuple[Note, ...]
    headings: tuple[tuple[Heading, Point], ...]
    nodes: tuple[DrawnNode, ...]
    routes: tuple[Route, ...]
    gates: tuple[Gate, ...]
    labels: tuple[Note, ...]
    bands: tuple[BandArea, ...]
    border: Border | None


def drawing_of(picture: Picture) -> Drawing:
    """Lay the picture out. The same picture gives the same drawing, in whatever order its nodes and edges came."""
    grid = grid_of(picture)
    columns = ordered(grid)
    ports = ports_of(columns, grid.links)
    body = placed(grid, columns, ports)
    frame = _frame(grid, gap_widths(grid, body, ports))
    width = max(_MIN_WIDTH, frame.edges[-1][1] + (_BAND_PADDING if grid.border >= 0 else MARGIN)) if frame.edges else _MIN_WIDTH
    titles, subtitles, top = _title(picture, width)
    y = {item: middle + top + HEAD_ROOM for item, middle in body.items()}
    bottom = max((y[item] + item.height / 2 for item in y), default=top) + 28
    border = _border(grid, picture, frame, top, bottom)
    items = [item for column in columns for item in column]
    return Drawing(
        picture,
        width,
        bottom,
        titles,
        subtitles,
        _headings(grid, picture, frame, top),
        tuple(_drawn(item, y, frame) for item in items if item.kind == "node"),
        tuple(routes_of(grid, y, ports, frame)),
        tuple(_gate(item, item.edge, y, frame) for item in items if item.kind == "gate" and item.edge and item.edge.gate),
        tuple(_note(item, item.edge, y, frame) for item in items if item.edge and is_labelled(item)),
        _bands(grid, border, y, frame, width, bottom) if border else (),
        border,
    )


def _frame(grid: Grid, gaps: list[float]) -> Frame:
    """The left and right edge of every column."""
    edges: list[Point] = []
    left = MARGIN
    for index, column in enumerate(grid.columns):
        widest = max([0.0, *(item.label.width for item in column if item.label), *map(label_width, column)])
        if index in grid.gates:
            widest = max([40.0, *(gate_width(item.edge) for item in column if item.edge and item.kind == "gate")])
        elif not widest:
            widest = 120.0
        edges.append((left, left + widest))
        left += widest + gaps[index]
    return Frame(tuple(edges))


def _title(picture: Picture, width: float) -> tuple[tuple[Note, ...], tuple[Note, ...], float]:
    """The title's lines, the subtitle's lines, and where the drawing's head begins under them."""
    room = width - 2 * MARGIN
    y = 14.0
    titles = []
    for line in wrap(picture.title, room, TITLE_SIZE, "bold", 3):
        y += _TITLE_LEADING
        titles.append(Note(line, MARGIN, y))
    subtitles = []
    for line in wrap(picture.subtitle, room, 15, "regular", 3) if picture.subtitle else ():
        y += _SUBTITLE_LEADING
        subtitles.append(Note(line, MARGIN, y))
    return tuple(titles), tuple(subtitles), y + 32


def _headings(grid: Grid, picture: Picture, frame: Frame, top: float) -> tuple[tuple[Heading, Point], ...]:
    first: dict[Lane, int] = {}
    for index, lane in enumerate(grid.lanes):
        first.setdefault(lane, index)
    shown = [heading for heading in picture.headings if heading.lane in first and heading.lane != "abroad"]
    return tuple((heading, (frame.edges[first[heading.lane]][0], top + 24)) for heading in shown)


def _drawn(item: Item, y: dict[Item, float], frame: Frame) -> DrawnNode:
    if item.node is None or item.label is None:
        raise TypeError("a box stands for a node")
    left, right = frame.edges[item.column]
    return DrawnNode(item.node, Box(left, y[item] - item.height / 2, right - left, item.height), item.label)


def _gate(item: Item, edge: Edge, y: dict[Item, float], frame: Frame) -> Gate:
    left, right = frame.edges[item.column]
    width = gate_width(edge)
    return Gate(edge, Box((left + right - width) / 2, y[item] - GATE_HEIGHT / 2, width, GATE_HEIGHT))


def _note(item: Item, edge: Edge, y: dict[Item, float], frame: Frame) -> Note:
    left, right = frame.edges[item.column]
    return Note(fit(edge.label, right - left, LABEL_SIZE), (left + right) / 2, y[item] - 6)


def _border(grid: Grid, picture: Picture, frame: Frame, top: float, bottom: float) -> Border | None:
    if grid.border < 0:
        return None
    left, right = frame.edges[grid.border]
    x = (left + right) / 2
    width = round(text_width(picture.border, SIGN_SIZE, "bold") + 28)
    return Border(x, top, bottom, Box(x - width / 2, top - _SIGN_HEIGHT / 2 - 6, width, _SIGN_HEIGHT))


def _bands(grid: Grid, border: Border, y: dict[Item, float], frame: Frame, width: float, bottom: float) -> tuple[BandArea, ...]:
    """Each band from its heading to the next one's; the first begins at the top."""
    heads = sorted((item for item in y if item.kind == "heading" and item.column == grid.border + 1), key=lambda item: y[item])
    tops = [border.top if index == 0 else y[item] - item.height / 2 - 4 for index, item in enumerate(heads)]
    areas = []
    for item, start, end in zip(heads, tops, [*tops[1:], bottom], strict=True):
        text_at = (frame.edges[item.column][0], start + 14)
        areas.append(BandArea(item.band, Box(border.x, start, width - border.x, end - start), item.label, text_at))
    return tuple(areas)
