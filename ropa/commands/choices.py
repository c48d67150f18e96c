"""Words that must name something: one of few (formats, kinds, systems of continuous integration), or what a registry knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ropa.commands.errors import CommandError


def one_of(value: str, allowed: Collection[str], what: str) -> str:
    """The value, where it is allowed; a `CommandError` with the nearest otherwise."""
    if value not in allowed:
        raise no_such(f"There is no {what} {value}.", value, allowed, f"Choose {', '.join(allowed)}.")
    return value


def no_such(said: str, word: str, known: Iterable[str], otherwise: str = "") -> CommandError:
    """The error of a word that names nothing: what is said of it, then the nearest that is known, or else what to do."""
    from ropa.schema.names import nearest

    near = nearest(word, known)
    return CommandError(f"{said} {f'Did you mean {near}?' if near else otherwise}".rstrip())
