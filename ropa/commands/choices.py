"""A word that must be one of few: formats, kinds, systems of continuous integration."""

from __future__ import annotations

from collections.abc import Collection

from ropa.commands.errors import CommandError


def one_of(value: str, allowed: Collection[str], what: str) -> str:
    """The value, where it is allowed; a `CommandError` with the nearest otherwise."""
    if value not in allowed:
        from ropa.schema.names import nearest

        near = nearest(value, allowed)
        raise CommandError(f"There is no {what} {value}. " + (f"Did you mean {near}?" if near else f"Choose {', '.join(allowed)}."))
    return value
