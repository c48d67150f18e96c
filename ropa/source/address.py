"""The stable name of a place in a registry, such as ``activities/newsletter#purposes.send.basis`` (docs/format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

Path = tuple[str, ...]

_PLAIN = re.compile(r"[A-Za-z0-9_-]+\Z")
_SEGMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^.]+)')


def segment(name: str) -> str:
    """One segment as it is written: quoted where it holds other than letters, digits, ``_`` and ``-``."""
    if _PLAIN.match(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def address(record: str, path: Iterable[str] = ()) -> str:
    """The address of ``path`` inside ``record`` (a file's path without its ending)."""
    inside = ".".join(segment(part) for part in path)
    return f"{record}#{inside}" if inside else record


def split(text: str) -> tuple[str, Path]:
    """The record and the path of an address; the inverse of `address`."""
    record, _, inside = text.partition("#")
    parts = []
    for match in _SEGMENT.finditer(inside):
        quoted, plain = match.groups()
        parts.append(re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain)
    return record, tuple(parts)


def covers(beginning: str, whole: str) -> bool:
    """Whether ``beginning`` is ``whole`` or a beginning of it by whole segments."""
    if beginning == whole:
        return True
    if not whole.startswith(beginning):
        return False
    return whole[len(beginning)] in ("#" if "#" not in beginning else ".")


class Addresses(frozenset[str]):
    """Addresses that can be asked for those around another: by record, so that thousands of them stay quick."""

    def at_or_above(self, place: str) -> Iterator[str]:
        """Those that hold a place."""
        return (address for address in self._near(place) if covers(address, place))

    def at_or_below(self, place: str) -> Iterator[str]:
        """Those that a place holds."""
        return (address for address in self._near(place) if covers(place, address))

    def _near(self, place: str) -> list[str]:
        return self._by_record.get(place.partition("#")[0], [])

    @cached_property
    def _by_record(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address in sorted(self):
            found.setdefault(address.partition("#")[0], []).append(address)
        return found
