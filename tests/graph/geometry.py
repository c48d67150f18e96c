"""What must never happen in a drawing, found by sampling its lines at fine steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ropa.graph.layout import Box, Drawing
from ropa.graph.routing import Route

_STEPS = 120
_TOUCH = 1.0


def lines_through_boxes(drawing: Drawing) -> list[str]:
    """Every edge of which a point lies in the box of a node that is not its own, in another's gate, or in a text."""
    return sorted(
        {f"{route.edge.source} -> {route.edge.target} through {name}" for route in drawing.routes for name in _hit(route, drawing)}
    )


def _hit(route: Route, drawing: Drawing) -> Iterator[str]:
    obstacles = list(_obstacles(route, drawing))
    for piece in (*route.thin, *route.thick):
        points = [piece.at(step / _STEPS) for step in range(_STEPS + 1)]
        (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
        around = Box(left, top, right - left, bottom - top)
        for name, box in obstacles:
            near = _overlap(around, Box(box.x - _TOUCH, box.y - _TOUCH, box.width + 2 * _TOUCH, box.height + 2 * _TOUCH))
            if near and any(_inside(point, box) for point in points):
                yield name


def _inside(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    return box.x - _TOUCH < x < box.x + box.width + _TOUCH and box.y - _TOUCH < y < box.y + box.height + _TOUCH


def _obstacles(route: Route, drawing: Drawing) -> Iterator[tuple[str, Box]]:
    for drawn in drawing.nodes:
        if drawn.node.id not in {route.edge.source, route.edge.target}:
            yield drawn.node.id, drawn.box
    for gate in drawing.gates:
        if gate.edge != route.edge:
            yield f"the gate of {gate.edge.source}", gate.box
    yield from _text_boxes(drawing)


def _text_boxes(drawing: Drawing) -> Iterator[tuple[str, Box]]:
    for area in drawing.bands:
        if area.label:
            yield f"the heading of {area.band}", Box(*area.text_at, area.label.width, area.label.height)


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    """Boxes, gates and headings that lie on each other."""
    boxes = [(drawn.node.id, drawn.box) for drawn in drawing.nodes]
    boxes += [(f"gate {gate.edge.source} {gate.edge.target} {gate.edge.band}", gate.box) for gate in drawing.gates]
    boxes += _text_boxes(drawing)
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if _overlap(a, b)]


def _overlap(a: Box, b: Box) -> bool:
    # A level line has no height of its own.
    return a.x < b.x + b.width and b.x < a.x + max(a.width, 0.1) and a.y < b.y + b.height and b.y < a.y + max(a.height, 0.1)


def misplaced(drawing: Drawing) -> list[str]:
    """Nodes outside the EEA that do not stand in their band, and nodes inside it that stand right of the border."""
    grounds = {area.band: area.box for area in drawing.bands}
    wrong = []
    for drawn in drawing.nodes:
        box = drawn.box
        if drawn.node.lane == "abroad":
            ground = grounds[drawn.node.band]
            inside = ground.x < box.x and ground.y <= box.y and box.y + box.height <= ground.y + ground.height
        else:
            inside = drawing.border is None or box.x + box.width < drawing.border.x
        if not inside:
            wrong.append(drawn.node.id)
    return wrong


def texts_outside(drawing: Drawing) -> list[str]:
    """Lines of text that are wider than their box, by the table of widths."""
    return [
        line.text
        for drawn in drawing.nodes
        for line in drawn.label.lines
        if line.x + line.width > drawn.box.width or line.y > drawn.box.height or line.x < 0
    ]
