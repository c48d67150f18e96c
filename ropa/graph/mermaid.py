"""The picture as a Mermaid flowchart, which code hosts draw in a pull request.

Language: https://mermaid.js.org/syntax/flowchart.html. Labels stand in quotes, and every character that is not a letter, a
digit or harmless is written as Mermaid's entity ``#number;``, so that no text can end its label or be read as markup.
Nodes are numbered n1, n2 … in the order of lane and id. Mermaid itself stops at 500 edges and 50,000 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ropa.graph.dot import edge_text, lane_title, node_lines
from ropa.graph.picture import BANDS, LANES, Band, Edge, Lane, Node, Picture
from ropa.graph.widths import clean

# Light enough for dark pages and dark enough for light ones: a Mermaid text cannot ask which it stands on.
_COLOURS: dict[Band, str] = {"adequate": "#00868f", "agreement": "#c8500f", "none": "#c8323b"}
_DASHES: dict[Band, str] = {"agreement": ",stroke-dasharray:7 3", "none": ",stroke-dasharray:2 3"}

# All else is written as an entity, the dot and the hyphen too: "1." or "-" at the start of a label would be read as a list.
_HARMLESS = re.compile(r"[^\W_]|[ ,/§–]")


def mermaid_of(picture: Picture) -> str:
    """The picture as a flowchart from left to right, one subgraph a lane."""
    number = {node.id: f"n{index}" for index, node in enumerate(picture.sorted_nodes(), 1)}
    edges = picture.sorted_edges()
    lines = [
        "flowchart LR",
        *(f"  {key}: {_words(text)}" for key, text in (("accTitle", picture.title), ("accDescr", picture.description)) if _words(text)),
        *(line for lane in LANES for line in _lane(picture, lane, number)),
        *(_edge(edge, number) for edge in edges),
        *_styles(picture, number),
        *_link_styles(edges),
    ]
    return "\n".join(lines) + "\n"


def _lane(picture: Picture, lane: Lane, number: dict[str, str]) -> Iterator[str]:
    nodes = [node for node in picture.sorted_nodes() if node.lane == lane]
    if nodes:
        yield f'  subgraph lane_{lane}["{_escaped(lane_title(picture, lane)) or " "}"]'
        yield from (f"    {number[node.id]}{_node(node)}" for node in nodes)
        yield "  end"


def _node(node: Node) -> str:
    label = "<br/>".join(map(_escaped, node_lines(node))) or " "
    start, end = {"pill": ("([", "])"), "box": ("[", "]"), "spine": ("[[", "]]")}[node.drawn_as]
    return f'{start}"{label}"{end}'


def _edge(edge: Edge, number: dict[str, str]) -> str:
    text = edge_text(edge)
    label = f'|"{_escaped(text)}"|' if text else ""
    return f"  {number[edge.source]} -->{label} {number[edge.target]}"


def _styles(picture: Picture, number: dict[str, str]) -> Iterator[str]:
    for band in BANDS:
        members = [number[node.id] for node in picture.sorted_nodes() if node.band == band]
        if members:
            yield f"  classDef {_class(band)} stroke:{_COLOURS[band]},stroke-width:2px"
            yield f"  class {','.join(members)} {_class(band)}"


def _class(band: Band) -> str:
    return f"band_{band}"


def _link_styles(edges: tuple[Edge, ...]) -> Iterator[str]:
    for band in BANDS:
        numbers = [str(index) for index, edge in enumerate(edges) if edge.band == band]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} stroke:{_COLOURS[band]},stroke-width:2px{_DASHES.get(band, '')}"


def _escaped(text: str) -> str:
    return "".join(char if _HARMLESS.fullmatch(char) else f"#{ord(char)};" for char in clean(text))


def _words(text: str) -> str:
    """The text for an accessible title, which knows no entities: letters, digits and the plainest marks only."""
    return re.sub(r"[^\w ,.()–-]", " ", clean(text)).strip()
