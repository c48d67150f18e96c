"""Where on the side of a box a line begins or ends: one port for each band, so that lines of one kind share a stem and a head."""

from __future__ import annotations

from dataclasses import dataclass

from ropa.graph.boxes import PORT_SPACING
from ropa.graph.picture import BANDS, Band
from ropa.graph.structure import Item, Link

_ORDER: tuple[Band, ...] = ("", *BANDS)


@dataclass(frozen=True, slots=True)
class Ports:
    """How far from the middle of its two boxes each link is fastened."""

    at_left: dict[Link, float]
    """On the link's left box, that is on this box's right side."""
    at_right: dict[Link, float]


def ports_of(columns: list[list[Item]], links: list[Link]) -> Ports:
    """The ports of every link; on each side the ports stand in the order of what they lead to."""
    place = {item: (index + 0.5) / len(column) for column in columns for index, item in enumerate(column)}
    return Ports(
        _fastened([(link, link.left, place[link.right]) for link in links]),
        _fastened([(link, link.right, place[link.left]) for link in links]),
    )


def _fastened(ends: list[tuple[Link, Item, float]]) -> dict[Link, float]:
    sides: dict[Item, dict[tuple[bool, Band], list[tuple[Link, float]]]] = {}
    for link, item, far in ends:
        sides.setdefault(item, {}).setdefault((link.backward, link.edge.band), []).append((link, far))
    offsets: dict[Link, float] = {}
    for groups in sides.values():
        ordered = sorted((_mean(ends), backward, _ORDER.index(band)) for (backward, band), ends in groups.items())
        for index, (_, backward, rank) in enumerate(ordered):
            for link, _ in groups[backward, _ORDER[rank]]:
                offsets[link] = (index - (len(ordered) - 1) / 2) * PORT_SPACING
    return offsets


def _mean(ends: list[tuple[Link, float]]) -> float:
    return sum(sorted(far for _, far in ends)) / len(ends)
