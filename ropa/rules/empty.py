"""A part of a record that is there and says nothing."""

from __future__ import annotations

from ropa.context.context import Context
from ropa.model.records_common import Record


def says_nothing(context: Context, address: str, part: Record) -> bool:
    """Whether a part is empty, which counts as missing. One in which something is answered unknown is not: that is told at its key."""
    return part == type(part)() and not any(unknown.startswith(f"{address}.") for unknown in context.registry.unknown)
