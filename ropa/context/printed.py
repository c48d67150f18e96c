"""What of a registry the notice prints: which activities and parties stand in it, and which names and codes those use (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ropa.context.context import Context, groups_of
from ropa.context.public_texts import PublicText
from ropa.model.activity import Activity
from ropa.model.registry import Registry

NAMED = ("retention", "vocabulary")
"""Records whose texts are printed where a public activity uses their name."""


def printed_texts(context: Context) -> Iterator[PublicText]:
    """The texts of the records that the notice prints. Drafts, processor activities and what only they reach stay inside."""
    for record in printed_records(context):
        yield from context.public_texts(record)


def printed_records(context: Context) -> Iterator[str]:
    """The records that the notice prints, in order of file."""
    registry, public = context.registry, public_activities(context)
    cookies = [name for name, record in registry.cookies.items() if record.activity is None or record.activity in public]
    yield from (f"activities/{name}" for name in public)
    yield from (f"cookies/{name}" for name in cookies)
    yield from ("notice", "organisation")
    yield from (f"parties/{name}" for name in _shown_parties(context, public, cookies))


def texts_by_name(context: Context) -> Iterator[PublicText]:
    """The texts of deletion rules and own codes, used or not; `named_in_print` tells which of them the notice prints."""
    for record in NAMED:
        yield from context.public_texts(record)


def name_of_text(text: PublicText) -> str:
    """The deletion rule or the own code that a text of `texts_by_name` belongs to."""
    return text.path[0 if text.record == "retention" else 1]


def named_in_print(context: Context) -> frozenset[str]:
    """The names of deletion rules and the codes of people, data and events that public activities use."""
    registry = context.registry
    used: set[str] = set()
    for name in public_activities(context):
        _collect(registry.long.get(f"activities/{name}", {}), used)
    for rule in used & registry.retention.keys():
        _collect(registry.long.get("retention", {}).get(rule, {}), used)
    return frozenset(used)


def public_activities(context: Context) -> dict[str, Activity]:
    """The activities that stand in the notice, by id: ours, no drafts, and their data not yet deleted."""
    return {activity.id: activity for activity in context.controlled if _is_public(activity, context.today)}


def _is_public(activity: Activity, today: date | None) -> bool:
    return activity.status != "draft" and not is_gone(activity, today)


def is_gone(activity: Activity, today: date | None) -> bool:
    """Whether the data of an activity are deleted by now. Without a day, a date of deletion counts."""
    deleted = activity.data_deleted
    return deleted is not None and (today is None or deleted <= today.isoformat())


def summary_languages(registry: Registry) -> list[str]:
    """Languages with a short version of the notice that links to the full text."""
    return (registry.notice.summary_languages if registry.notice is not None else None) or []


def _shown_parties(context: Context, public: Mapping[str, Activity], cookies: Iterable[str]) -> list[str]:
    """Parties that get data of a public activity, give data to one, or stand behind what is stored on the visitor's device."""
    registry = context.registry
    reached = context.flows.by_party.items()
    found: set[str | None] = {name for name, receipts in reached if any(receipt.activity in public for receipt in receipts)}
    for activity in public.values():
        for source in (activity.source, *(group.source for group in groups_of(activity).values())):
            found.update(entry.party or name for name, entry in (source or {}).items())
    for name in cookies:
        record = registry.cookies[name]
        found.update((record.provider, *(record.read_by or ()), *(record.joint or ())))
    return [name for name in sorted(registry.parties) if name in found]


def _collect(value: object, into: set[str]) -> None:
    """Every word of a record's data that may be a code."""
    if isinstance(value, str):
        into.add(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            _collect(item, into)
    elif isinstance(value, list):
        for item in value:
            _collect(item, into)
