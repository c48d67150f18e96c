"""The picture in Graphviz' DOT language, for those who want to lay it out themselves.

Language: https://graphviz.org/doc/info/lang.html. Ids are those of the nodes, in quotes. In a quoted string only the quote needs
a backslash, but labels also read escapes such as ``\\N`` and HTML entities, so that backslash and ampersand are escaped too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ropa.graph.picture import LANES, Band, Edge, Lane, Node, Picture, Shape
from ropa.graph.widths import SOFT_HYPHEN, clean

_SHAPES: dict[Shape, str] = {
    "pill": 'shape=box, style="rounded"',
    "box": "shape=box",
    "spine": 'shape=box, style="filled", fillcolor="#f3f6f8"',
}
_COLOURS: dict[Band, str] = {"": "#7d8b98", "adequate": "#00686f", "agreement": "#a93a06", "none": "#a3161f"}
_STYLES: dict[Band, str] = {"": "solid", "adequate": "solid", "agreement": "dashed", "none": "dotted"}


def dot_of(picture: Picture) -> str:
    """The picture as a directed graph with one cluster a lane."""
    lines = [
        "digraph flow {",
        f"  graph [label={_quoted(picture.title)}, labelloc=t, rankdir=LR, newrank=true, fontname=sans];",
        "  node [fontname=sans];",
        "  edge [fontname=sans];",
        *(line for lane in LANES for line in _cluster(picture, lane)),
        *map(_edge, picture.sorted_edges()),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _cluster(picture: Picture, lane: Lane) -> Iterator[str]:
    nodes = [node for node in picture.sorted_nodes() if node.lane == lane]
    if nodes:
        yield f"  subgraph cluster_{lane} {{"
        yield f"    label={_quoted(lane_title(picture, lane))};"
        yield from (f"    {_node(node)};" for node in nodes)
        yield "  }"


def lane_title(picture: Picture, lane: Lane) -> str:
    """The words over a lane; what is abroad has the words of the bands that it holds."""
    if lane == "abroad":
        used = {node.band for node in picture.nodes if node.lane == lane}
        return " / ".join(band.title for band in picture.bands if band.band in used)
    return next((f"{heading.title} {heading.subtitle}" for heading in picture.headings if heading.lane == lane), "")


def node_lines(node: Node) -> tuple[str, ...]:
    """All texts of a box: name, countries, and the rest."""
    return tuple(filter(None, map(_plain, [node.title, ", ".join(tag.text for tag in node.tags), *node.lines])))


def edge_text(edge: Edge) -> str:
    """What stands on a line: its label and its mechanism."""
    return ", ".join(filter(None, map(_plain, [edge.label, edge.gate])))


def _node(node: Node) -> str:
    colour = f', color="{_COLOURS[node.band]}"' if node.band else ""
    return f"{_quoted(node.id)} [label={_quoted(*node_lines(node))}, {_SHAPES[node.drawn_as]}{colour}]"


def _edge(edge: Edge) -> str:
    label = f", label={_quoted(edge_text(edge))}" if edge_text(edge) else ""
    return f'  {_quoted(edge.source)} -> {_quoted(edge.target)} [color="{_COLOURS[edge.band]}", style={_STYLES[edge.band]}{label}];'


def _plain(text: str) -> str:
    return clean(text).replace(SOFT_HYPHEN, "")


def _quoted(*lines: str) -> str:
    r"""The lines as one quoted string, ``\n`` between them."""
    return '"' + "\\n".join(_escaped(_plain(line)) for line in lines) + '"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
