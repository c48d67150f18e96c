"""The parts of a format's shape that lead to something looked for, so that a record is walked only where it can stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from ropa.source.address import Path

T = TypeVar("T")


@dataclass(slots=True)
class Branch(Generic[T]):
    """What is looked for here, if it is, and the branches below: by key, and `rest` for a map's own keys."""

    sought: T | None = None
    keys: dict[str, Branch[T]] = field(default_factory=dict)
    rest: Branch[T] | None = None

    def leads_somewhere(self) -> bool:
        """Whether anything that is looked for can stand here or below."""
        return self.sought is not None or bool(self.keys) or self.rest is not None


class Place(NamedTuple, Generic[T]):
    """A place in a record: its path, what was looked for there, and what stands there."""

    path: Path
    sought: T
    value: Any


def places(branch: Branch[T], data: dict[str, Any]) -> list[Place[T]]:
    """The places of a record where something that is looked for stands, in the order in which they are written. `data` is its long form."""
    found: list[Place[T]] = []
    _walk(branch, data, (), found)
    return found


def _walk(branch: Branch[T], data: dict[str, Any], path: Path, found: list[Place[T]]) -> None:
    keys, rest = branch.keys, branch.rest
    for name, value in data.items():
        child = keys.get(name, rest)
        if child is None:
            continue
        here = (*path, name)
        if child.sought is not None:
            found.append(Place(here, child.sought, value))
        if type(value) is dict and (child.keys or child.rest is not None):
            _walk(child, value, here, found)
