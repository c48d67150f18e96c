"""The order of things in each column: barycentre sweeps and swaps of neighbours, keeping the order with the fewest crossings.

The method is that of Sugiyama, Tagawa and Toda (1981) with the transposition of Gansner et al. (1993). NetworkX has no layered
layout that minimises crossings, keeps bands apart and stands still from run to run, so this is our own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from ropa.graph.picture import BANDS
from ropa.graph.structure import Grid, Item

_SWEEPS = 14
_PASSES = 6

Columns = list[list[Item]]
Neighbours = dict[Item, list[Item]]


def ordered(grid: Grid) -> Columns:
    """The columns in their final order; ties go to the key."""
    sides = _neighbours(grid)
    best = grid.columns
    fewest = None
    for start in (_by_key(grid), _by_walk(grid, sides, from_right=True), _by_walk(grid, sides, from_right=False)):
        columns = [_sorted(grid, column, start) for column in grid.columns]
        for sweep in range(_SWEEPS):
            _sweep(grid, columns, sides, rightward=sweep % 2 == 0)
            _swap_neighbours(grid, columns, sides)
            crossings = _crossings(grid, columns)
            if fewest is None or crossings < fewest:
                best, fewest = [list(column) for column in columns], crossings
    return best


def _neighbours(grid: Grid) -> tuple[Neighbours, Neighbours]:
    """What each item is linked with on its left and on its right."""
    left: Neighbours = {item: [] for column in grid.columns for item in column}
    right: Neighbours = {item: [] for column in grid.columns for item in column}
    for link in grid.links:
        left[link.right].append(link.left)
        right[link.left].append(link.right)
    return left, right


def _band_key(grid: Grid, item: Item) -> tuple[int, bool]:
    """Bands win over crossings: right of the border adequate stands over agreement over none, each under its heading."""
    if not grid.is_outside(item.column):
        return 0, True
    return BANDS.index(item.band), item.kind != "heading"


def _sorted(grid: Grid, column: list[Item], value: dict[Item, float]) -> list[Item]:
    """The column by band, then by value; equal ones stay as they stand."""
    return sorted(column, key=lambda item: (_band_key(grid, item), value[item]))


def _by_key(grid: Grid) -> dict[Item, float]:
    return {item: index for column in grid.columns for index, item in enumerate(column)}


def _by_walk(grid: Grid, sides: tuple[Neighbours, Neighbours], *, from_right: bool) -> dict[Item, float]:
    """The order in which a walk from one side meets the items: what hangs together stands together."""
    columns = reversed(grid.columns) if from_right else grid.columns
    place: dict[Item, float] = {}
    for column in columns:
        for first in sorted(column, key=lambda item: (_band_key(grid, item), item.key)):
            stack = [first]
            while stack:
                item = stack.pop()
                if item not in place:
                    place[item] = len(place)
                    near = {other.key: other for other in (*sides[0][item], *sides[1][item])}
                    stack.extend(near[key] for key in sorted(near, reverse=True))
    return place


def _sweep(grid: Grid, columns: Columns, sides: tuple[Neighbours, Neighbours], *, rightward: bool) -> None:
    """Sort each column by the mean place of its neighbours in the column just sorted."""
    near = sides[0 if rightward else 1]
    order = range(1, len(columns)) if rightward else range(len(columns) - 2, -1, -1)
    for index in order:
        place = _places(columns)
        mean = {item: _mean((place[other] for other in near[item]), place[item]) for item in columns[index]}
        columns[index] = _sorted(grid, columns[index], mean)


def _places(columns: Columns) -> dict[Item, float]:
    """Each item's place in its column, as a part of the column, so that places in different columns compare."""
    return {item: (index + 0.5) / len(column) for column in columns for index, item in enumerate(column)}


def _mean(values: Iterable[float], otherwise: float) -> float:
    listed = sorted(values)
    return sum(listed) / len(listed) if listed else otherwise


def _swap_neighbours(grid: Grid, columns: Columns, sides: tuple[Neighbours, Neighbours]) -> None:
    """Swap two that stand next to each other as long as that saves crossings."""
    place = {item: index for column in columns for index, item in enumerate(column)}
    for _ in range(_PASSES):
        swapped = False
        for column in columns:
            for index in range(len(column) - 1):
                upper, lower = column[index], column[index + 1]
                if _band_key(grid, upper) == _band_key(grid, lower) and _saved(grid, upper, lower, place, sides) > 0:
                    column[index], column[index + 1] = lower, upper
                    place[upper], place[lower] = index + 1, index
                    swapped = True
        if not swapped:
            return


def _saved(grid: Grid, upper: Item, lower: Item, place: dict[Item, int], sides: tuple[Neighbours, Neighbours]) -> int:
    """How many crossings fewer there are with the two swapped."""
    saved = 0
    for side in sides:
        above = sorted(place[other] for other in side[upper])
        below = sorted(place[other] for other in side[lower])
        weight = _weight(grid, upper.column if side is sides[1] else upper.column - 1)
        for one in below:
            saved += weight * (len(above) - bisect_right(above, one) - bisect_left(above, one))
    return saved


def _weight(grid: Grid, gap: int) -> int:
    """What a crossing costs: most beside the border, which must be crossed straight; then between subjects and purposes."""
    if grid.is_outside(gap + 1):
        return 6
    return 2 if gap == 0 else 1


def _crossings(grid: Grid, columns: Columns) -> int:
    """All pairs of links that cross, by counting inversions gap by gap."""
    place = {item: index for column in columns for index, item in enumerate(column)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for link in grid.links:
        gaps.setdefault(link.left.column, []).append((place[link.left], place[link.right]))
    return sum(_weight(grid, gap) * _inversions(sorted(pairs)) for gap, pairs in gaps.items())


def _inversions(pairs: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    count = 0
    for _, right in pairs:
        count += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return count
