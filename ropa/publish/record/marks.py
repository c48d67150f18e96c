"""Which facts may stand in the record: those that the schemas mark public or record, never the internal ones (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from ropa.schema.documents import kind_of
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path, split

INTERNAL: Final = "internal"


def is_internal(address: str) -> bool:
    """Whether what stands at an address is internal: by its own mark, or by that of what it stands in."""
    record, path = split(address)
    return _is_internal(kind_of(record), path)


@cache
def _is_internal(kind: str, path: Path) -> bool:
    shape: Shape | None = shape_of(kind)
    marks = [shape.mark if shape is not None else ""]
    for depth in range(len(path)):
        below = shape_of(kind).at(path[: depth + 1])
        marks.append(below.mark if below is not None else "")
    return INTERNAL in marks


def without_internal(record: str, data: Any, path: Path = ()) -> Any:
    """A record's long form without its internal keys, at any depth."""
    if isinstance(data, dict):
        return {
            key: without_internal(record, value, (*path, key))
            for key, value in data.items()
            if not _is_internal(kind_of(record), (*path, key))
        }
    return data


def visible(addresses: Iterable[str]) -> list[str]:
    """The addresses that are not internal, sorted."""
    return sorted(address for address in addresses if not is_internal(address))
