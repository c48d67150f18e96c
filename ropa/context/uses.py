"""Which activities stand behind a record: those whose data a party gets, that a consent carries, that an assessment is made for."""

from __future__ import annotations

from typing import Any, Final

from ropa.context.context import Context
from ropa.source.address import segment

ASSESSED_BY: Final = frozenset({"balancing_test", "dpia", "compatibility", "transfer_assessment", "assessment"})
"""Keys that name an assessment."""

CONSENTED_BY: Final = frozenset({"request", "consent"})
"""Keys that name a consent."""


def activities_behind(context: Context, record: str, named: str | None) -> set[str]:
    """The ids of the activities that a record serves; of a file with several records, that which `named` names. Empty: nothing uses it."""
    folder, _, name = record.partition("/")
    if folder == "activities":
        return {name} & set(context.registry.activities)
    if folder == "parties":
        return set(context.flows.activities_of(name))
    if folder == "assessments":
        return _assessed(context, name)
    if record == "retention" and named is not None:
        at = f"retention#{segment(named)}"
        return {placed.activity.id for placed in context.retentions() if placed.address == at and placed.activity is not None}
    if record == "consents" and named is not None:
        return _consented(context, named)
    return set()


def _consented(context: Context, consent: str) -> set[str]:
    """The activities that ask for a consent; none where something else does so too: a banner, a transfer."""
    users = {record for record, data in context.registry.long.items() if any(_names(data, key, consent) for key in CONSENTED_BY)}
    inside = {record.removeprefix("activities/") for record in users if record.startswith("activities/")}
    return inside if len(inside) == len(users) else set()


def _assessed(context: Context, assessment: str) -> set[str]:
    found: set[str] = set()
    for record, data in context.registry.long.items():
        if record.startswith(("activities/", "parties/")) and any(_names(data, key, assessment) for key in ASSESSED_BY):
            found |= activities_behind(context, record, None)
    return found


def _names(value: Any, key: str, wanted: str) -> bool:
    """Whether a key somewhere in a record's data holds a value, alone or in a list."""
    if isinstance(value, dict):
        held = value.get(key)
        return held == wanted or (isinstance(held, list) and wanted in held) or any(_names(item, key, wanted) for item in value.values())
    return isinstance(value, list) and any(_names(item, key, wanted) for item in value)
