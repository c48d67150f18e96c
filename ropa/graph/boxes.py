"""A node's box: which lines of text stand in it, where, and how large it has to be for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ropa.graph.picture import Band, BandText, Lane, Node, Tag
from ropa.graph.widths import Weight, clean, text_width, wrap

Role = Literal["name", "line", "tag", "band", "strong"]

SIZES: dict[Role, float] = {"name": 15, "line": 13.5, "tag": 14, "band": 15, "strong": 14}
WEIGHTS: dict[Role, Weight] = {"name": "bold", "line": "regular", "tag": "bold", "band": "bold", "strong": "bold"}
_LEADING: dict[Role, float] = {"name": 19, "line": 18, "tag": 18, "band": 20, "strong": 24}
_ASCENT = 14

PADDING = 12
_PADDING_TOP = 8
_PILL_PADDING = 16
_SPINE = 8
_TAG_GAP = 12
PORT_SPACING = 14
_MIN_WIDTH = 120
_MIN_HEADING = 190

# The widest that text may run in a lane before it wraps.
_ROOM: dict[Lane, float] = {"who": 190, "why": 230, "where": 180, "recipient": 200, "abroad": 210}
_TAG_ROOM = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: `y` is its baseline, `x` counts from the left edge, or from the right edge where `end` is set."""

    text: str
    role: Role
    x: float
    y: float
    band: Band = ""
    end: bool = False

    @property
    def width(self) -> float:
        return text_width(self.text, SIZES[self.role], WEIGHTS[self.role])


@dataclass(frozen=True, slots=True)
class Label:
    """All lines of a box and the room they take."""

    lines: tuple[Line, ...]
    width: float
    height: float


def label_of(node: Node, ports: int = 1) -> Label:
    """The box of a node on which at most so many ports stand above each other on one side."""
    tagged_aside = node.lane == "why" and bool(node.tags)
    aside = _stack([(tag.text, "tag", tag.band) for tag in node.tags], 0, _tag_room(node.tags)) if tagged_aside else ()
    aside_width = max((line.width for line in aside), default=0) + _TAG_GAP if aside else 0
    left = {"pill": _PILL_PADDING, "box": PADDING, "spine": PADDING + _SPINE}[node.drawn_as]
    right = _PILL_PADDING if node.drawn_as == "pill" else PADDING
    main = _stack(_texts(node, with_tags=not tagged_aside), left, _ROOM[node.lane] - (min(aside_width, 40) if aside else 0))
    width = max(max(line.width for line in main) + left + aside_width + right, _MIN_WIDTH)
    inner = max(_height(main), _height(aside), ports * PORT_SPACING)
    lines = (*_centred(main, inner, 0, end=False), *_centred(aside, inner, right, end=True))
    return Label(lines, round(width), round(inner + 2 * _PADDING_TOP))


def _tag_room(tags: tuple[Tag, ...]) -> float:
    """The room for countries beside a name: wide enough for the longest word, unless it is longer than any country's."""
    words = [word for tag in tags for word in clean(tag.text).split(" ")]
    return min(max([_TAG_ROOM, *(text_width(word, SIZES["tag"], WEIGHTS["tag"]) + 0.1 for word in words)]), 2 * _TAG_ROOM)


def heading_of(band: BandText, width: float) -> Label:
    """The block of text at the top of a band, over boxes of this width."""
    texts: list[tuple[str, Role, Band]] = [(band.title, "band", band.band), (band.explanation, "line", ""), (band.count, "strong", "")]
    lines = _stack([text for text in texts if text[0]], 0, max(width, _MIN_HEADING), most=4)
    return Label(lines, round(max((line.width for line in lines), default=0)), round(_height(lines)))


def _texts(node: Node, *, with_tags: bool) -> list[tuple[str, Role, Band]]:
    tags: list[tuple[str, Role, Band]] = []
    if with_tags:
        tags = [(_names(group), "tag", band) for band, group in groupby(node.tags, key=lambda tag: tag.band)]
    return [(node.title, "name", ""), *tags, *((line, "line", "") for line in node.lines)]


def _names(tags: Iterable[Tag]) -> str:
    return ", ".join(tag.text for tag in tags)


def _stack(texts: list[tuple[str, Role, Band]], x: float, room: float, most: int = 2) -> tuple[Line, ...]:
    """The texts below each other, each wrapped to the room."""
    lines: list[Line] = []
    y = 0.0
    for text, role, band in texts:
        # A country must never be hidden behind an ellipsis.
        for part in wrap(text, room, SIZES[role], WEIGHTS[role], 99 if role == "tag" else most):
            lines.append(Line(part, role, x, y + _LEADING[role] - (_LEADING["name"] - _ASCENT), band))
            y += _LEADING[role]
    return tuple(lines)


def _height(lines: tuple[Line, ...]) -> float:
    return sum(_LEADING[line.role] for line in lines)


def _centred(lines: tuple[Line, ...], inner: float, x: float, *, end: bool) -> list[Line]:
    """Moved to the middle of a box of this inner height; to its right side where `end` is set."""
    down = _PADDING_TOP + (inner - _height(lines)) / 2
    return [Line(line.text, line.role, line.x + x, line.y + down, line.band, end) for line in lines]
