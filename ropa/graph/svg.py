"""The drawing as SVG: no script, nothing loaded from elsewhere, light and dark, with a text alternative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ropa.graph.boxes import Line
from ropa.graph.layout import MARGIN, BandArea, Border, Box, Drawing, DrawnNode, Gate, Note, drawing_of
from ropa.graph.picture import BANDS, Band, Edge, Picture
from ropa.graph.routing import HEAD, THICK_HEAD, Head, Piece, Point, Route
from ropa.graph.style import stylesheet
from ropa.graph.widths import clean, text_width

_LEGEND_SIZE = 14.0
_LEGEND_ROW = 34.0
_LEGEND_GAP = 40.0


def svg_of(picture: Picture, prefix: str = "") -> str:
    """The picture as an SVG document. `prefix` keeps ids apart where several stand in one page."""
    return svg_of_drawing(drawing_of(picture), prefix)


def svg_of_drawing(drawing: Drawing, prefix: str = "") -> str:
    """The laid out drawing as an SVG document."""
    picture = drawing.picture
    legend, bottom = _legend(drawing)
    size = f'width="{_n(drawing.width)}" height="{_n(bottom)}" viewBox="0 0 {_n(drawing.width)} {_n(bottom)}"'
    language = f'xml:lang="{_t(picture.lang)}"'
    ids = (f"{prefix}flow-title", f"{prefix}flow-desc")
    named = f'role="img" aria-labelledby="{ids[0]}{" " + ids[1] if picture.description else ""}"'
    titles = {node.id: node.title for node in picture.nodes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ropa-flow" {language} {size} {named}>',
        f'<title id="{ids[0]}">{_t(picture.title)}</title>',
        f'<desc id="{ids[1]}">{_t(picture.description)}</desc>' if picture.description else "",
        f"<style>{stylesheet()}</style>",
        f'<rect class="paper" width="{_n(drawing.width)}" height="{_n(bottom)}"/>',
        *map(_ground, drawing.bands),
        *(_text(note.text, note.x, note.y, "title") for note in drawing.titles),
        *(_text(note.text, note.x, note.y, "subtitle") for note in drawing.subtitles),
        *_headings(drawing),
        *_border(drawing),
        *(_route(route, drawing, titles) for route in drawing.routes),
        *(_head(head) for head in _heads(drawing.routes)),
        *(_over(note) for note in drawing.labels),
        *(_gate(gate) for gate in drawing.gates),
        *(_node(node, prefix) for node in drawing.nodes),
        *legend,
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def element_id(node_id: str) -> str:
    """An XML name made of a node's id, different for different ids: what is not a letter, digit, hyphen or dot becomes its number."""
    return "n-" + re.sub(r"[^A-Za-z0-9.-]", lambda match: f"_{ord(match.group()):x}_", node_id)


def _t(text: str) -> str:
    return escape(clean(text))


def _n(number: float) -> str:
    """With one decimal at most, so that no rounding of a machine shows."""
    return f"{number:.1f}".removesuffix(".0").replace("-0", "0") if abs(number) < 0.05 else f"{number:.1f}".removesuffix(".0")


def _text(text: str, x: float, y: float, classes: str, anchor: str = "") -> str:
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{classes}" x="{_n(x)}" y="{_n(y)}"{anchored}>{_t(text)}</text>'


def _rect(box: Box, classes: str, radius: float = 4) -> str:
    corner = f' rx="{_n(radius)}"' if radius else ""
    at = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    return f'<rect class="{classes.strip()}" {at}{corner}/>'


def _ground(area: BandArea) -> str:
    x, y = area.text_at
    return _rect(area.box, f"ground {area.band}", 0) + "".join(_lines(area.label.lines if area.label else (), Box(x, y, 0, 0)))


def _lines(lines: Iterable[Line], box: Box) -> Iterator[str]:
    for line in lines:
        x = box.x + box.width - line.x if line.end else box.x + line.x
        yield _text(line.text, x, box.y + line.y, _classes(line.role, line.band), "end" if line.end else "")


def _headings(drawing: Drawing) -> Iterator[str]:
    for heading, (x, y) in drawing.headings:
        yield _text(heading.title, x, y, "lane")
        yield _text(heading.subtitle, x, y + 20, "lane-note")


def _border(drawing: Drawing) -> Iterator[str]:
    border = drawing.border
    if border:
        yield _dashed(border.x, border.sign.y + border.sign.height, border.bottom)
        yield from _sign(border, drawing.picture.border)


def _dashed(x: float, top: float, bottom: float) -> str:
    return f'<line class="border" x1="{_n(x)}" y1="{_n(top)}" x2="{_n(x)}" y2="{_n(bottom)}"/>'


def _sign(border: Border, text: str) -> Iterator[str]:
    if clean(text):
        yield _rect(border.sign, "sign", 2)
        yield _text(text, border.x, border.sign.y + 19, "sign-text", "middle")


def _route(route: Route, drawing: Drawing, titles: dict[str, str]) -> str:
    halos = [_line(_polyline(stretch), "halo", _ground_at(stretch, drawing)) for stretch in route.halos]
    band = route.edge.band
    lines = [_line(_path(pieces), "flow", band, weight) for pieces, weight in ((route.thin, ""), (route.thick, "crossing")) if pieces]
    return f"<g><title>{_t(edge_title(route.edge, drawing.picture, titles))}</title>{''.join(halos)}{''.join(lines)}</g>"


def _line(path: str, *classes: str) -> str:
    return f'<path class="{_classes(*classes)}" d="{path}"/>'


def _classes(*classes: str) -> str:
    return " ".join(filter(None, classes))


def edge_title(edge: Edge, picture: Picture, titles: dict[str, str]) -> str:
    """An edge in words: from where to where, what kind of flow it is, by which mechanism."""
    facts = [picture.legend.of(edge.band), edge.label, edge.gate]
    way = f"{titles[edge.source]} → {titles[edge.target]}"
    return ": ".join(filter(None, [way, "; ".join(filter(None, facts))]))


def _ground_at(stretch: tuple[Point, ...], drawing: Drawing) -> str:
    """The band on whose ground a halo lies."""
    x, y = stretch[len(stretch) // 2]
    for area in drawing.bands:
        if area.box.x <= x and area.box.y <= y < area.box.y + area.box.height:
            return area.band
    return ""


def _polyline(points: Iterable[Point]) -> str:
    return "M" + "L".join(_point(point) for point in points)


def _point(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _path(pieces: tuple[Piece, ...]) -> str:
    path = ""
    at: Point | None = None
    for piece in pieces:
        start, *rest = piece.points
        path += "" if start == at else f"M{_point(start)}"
        path += ("L" if len(rest) == 1 else "C") + " ".join(_point(point) for point in rest)
        at = rest[-1]
    return path


def _heads(routes: Iterable[Route]) -> list[Head]:
    """One head a port, as large as its thickest line."""
    heads: dict[tuple[Point, int, Band], Head] = {}
    for route in routes:
        head = route.head
        key = (head.tip, head.direction, head.band)
        if key not in heads or head.thick:
            heads[key] = head
    return list(heads.values())


def _head(head: Head) -> str:
    length = THICK_HEAD if head.thick else HEAD
    half = 8 if head.thick else 5
    x, y = head.tip
    back = x - head.direction * length
    return _line(f"M{_n(x)} {_n(y)}L{_n(back)} {_n(y - half)}L{_n(back)} {_n(y + half)}Z", "head", head.band)


def _over(note: Note) -> str:
    return _text(note.text, note.x, note.y, "over", "middle")


def _gate(gate: Gate) -> str:
    box = gate.box
    middle = box.x + box.width / 2
    band = gate.edge.band
    return _rect(box, _classes("box", "gate", band)) + _text(gate.edge.gate, middle, box.y + 18, _classes("gate-text", band), "middle")


def _node(drawn: DrawnNode, prefix: str) -> str:
    node, box = drawn.node, drawn.box
    shape = node.drawn_as
    abroad = ("abroad", node.band) if node.lane == "abroad" else ()
    classes = _classes("box", "raised" if shape != "box" else "", *abroad)
    radius = min(box.height / 2, 28) if shape == "pill" else 4
    full = "; ".join(filter(None, [node.title, ", ".join(tag.text for tag in node.tags), *node.lines]))
    outline = _rect(box, classes, radius)
    spine = ""
    if shape == "spine":
        spine = f'<line class="spine" x1="{_n(box.x + 6)}" y1="{_n(box.y)}" x2="{_n(box.x + 6)}" y2="{_n(box.y + box.height)}"/>'
    return f'<g id="{prefix}{element_id(node.id)}"><title>{_t(full)}</title>{outline}{spine}{"".join(_lines(drawn.label.lines, box))}</g>'


def _legend(drawing: Drawing) -> tuple[list[str], float]:
    """The legend under the drawing, in as many rows as it needs, and where the whole ends."""
    entries = _entries(drawing)
    y = drawing.foot + 24
    if not entries:
        return [], y
    parts = [f'<line class="rule" x1="{_n(MARGIN)}" y1="{_n(y)}" x2="{_n(drawing.width - MARGIN)}" y2="{_n(y)}"/>']
    x = MARGIN
    y += _LEGEND_ROW
    for sign, sign_width, text in entries:
        width = sign_width + 10 + text_width(clean(text), _LEGEND_SIZE)
        if x > MARGIN and x + width > drawing.width - MARGIN:
            x = MARGIN
            y += _LEGEND_ROW
        parts.append(f'<g transform="translate({_n(x)} {_n(y)})">{sign}{_text(text, sign_width + 10, 5, "legend")}</g>')
        x += width + _LEGEND_GAP
    return parts, y + _LEGEND_ROW


def _entries(drawing: Drawing) -> list[tuple[str, float, str]]:
    """The sign, its width and its words, for what the drawing really shows."""
    legend = drawing.picture.legend
    used = {route.edge.band for route in drawing.routes} | {node.node.band for node in drawing.nodes}
    bands: tuple[Band, ...] = ("", *BANDS)
    entries = [(_line("M0 0L32 0", "flow", band), 32.0, legend.of(band)) for band in bands if band in used]
    if drawing.border:
        entries.append((_dashed(2, -11, 11), 4.0, legend.border))
    if drawing.gates:
        entries.append((_rect(Box(0, -10, 34, 20), "box gate") + _text("§", 17, 5, "gate-text", "middle"), 34.0, legend.gate))
    return [entry for entry in entries if entry[2]]
