"""Personal data that anyone can read. GDPR Arts 5(1)(f), 25(2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.model.activity import Recipient
from ropa.rules.asked import broken_inside
from ropa.source.address import segment

EVERYONE: Final = "public-in-general"
GROUNDS: Final = frozenset({"data-subject", "consent", "law"})
"""Grounds on which data may be open to anyone: the person's own act or will, or law."""


def published_to_everyone(context: Context) -> Iterator[Breach]:
    """Data reach an unlimited number of people only by the person's own act, by consent or by law."""
    unknown = context.registry.unknown
    for activity in context.controlled:
        start = f"activities/{activity.id}#recipients"
        if f"{start}.{EVERYONE}" in unknown:
            yield Breach("published-to-everyone", f"{start}.{EVERYONE}", "entry")
        for name, entry in (activity.recipients or {}).items():
            if not _is_everyone(context, name, entry) or _has_ground(context, entry):
                continue
            if not broken_inside(context, f"{start}.{segment(name)}.law"):
                variant = "missing" if entry.ground is None else "ground"
                params = {"ground": entry.ground or ""}
                yield Breach("published-to-everyone", f"{start}.{segment(name)}.ground", variant, params)


def _is_everyone(context: Context, name: str, entry: Recipient) -> bool:
    """Whether a recipient is the public: the shipped kind, or a party of that kind."""
    party = context.registry.parties.get(entry.party or name)
    return party.kind == EVERYONE if party is not None else name == EVERYONE


def _has_ground(context: Context, entry: Recipient) -> bool:
    """Whether a ground is named that will do; a law with a section says by itself that law is the ground."""
    return entry.ground in GROUNDS if entry.ground is not None else context.has_section(entry.law)


PUBLICATION = (published_to_everyone,)
