"""Which activities stand behind a record: those whose data a party gets, that a consent carries, that an assessment is made for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from ropa.context.context import Context
from ropa.source.address import segment

ASSESSED_BY: Final = frozenset({"balancing_test", "dpia", "compatibility", "transfer_assessment", "assessment"})
"""Keys that name an assessment."""

CONSENTED_BY: Final = frozenset({"request", "consent"})
"""Keys that name a consent."""


class Uses:
    """What the activities of a registry use. Each kind of use is looked for once, when it is first asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def activities_behind(self, record: str, named: str | None) -> set[str]:
        """The ids of the activities that a record serves; of a file with several records, that which `named` names."""
        folder, _, name = record.partition("/")
        if folder == "activities":
            return {name} if name in self._context.registry.activities else set()
        if folder == "parties":
            return set(self._context.flows.activities_of(name))
        if folder == "assessments":
            return self._assessed.get(name, set())
        if record == "retention" and named is not None:
            return self._retained.get(f"retention#{segment(named)}", set())
        if record == "consents" and named is not None:
            return self._consented.get(named, set())
        return set()

    @cached_property
    def _assessed(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for record, data in self._context.registry.long.items():
            if record.startswith(("activities/", "parties/")):
                for assessment in set(_held(data, ASSESSED_BY)):
                    found.setdefault(assessment, set()).update(self.activities_behind(record, None))
        return found

    @cached_property
    def _retained(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for placed in self._context.retentions():
            if placed.activity is not None:
                found.setdefault(placed.address, set()).add(placed.activity.id)
        return found

    @cached_property
    def _consented(self) -> dict[str, set[str]]:
        """The activities that ask for each consent, where nothing else does so too: a banner, a transfer."""
        users: dict[str, set[str]] = {}
        for record, data in self._context.registry.long.items():
            for consent in set(_held(data, CONSENTED_BY)):
                users.setdefault(consent, set()).add(record)
        return {
            consent: {record.removeprefix("activities/") for record in records}
            for consent, records in users.items()
            if all(record.startswith("activities/") for record in records)
        }


def _held(value: Any, keys: frozenset[str]) -> Iterator[str]:
    """The names that stand at some keys anywhere in a record's data, alone or in a list."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in keys:
                yield from (name for name in (item if isinstance(item, list) else [item]) if isinstance(name, str))
            yield from _held(item, keys)
    elif isinstance(value, list):
        for item in value:
            yield from _held(item, keys)
