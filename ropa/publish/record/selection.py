"""Which activities stand where: in the main table, in the appendix of deleted data, or not at all (drafts)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ropa.context.context import Context, groups_of
from ropa.model.activity import Activity, DataGroup
from ropa.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Selection:
    """The activities of one record, each list in order of id."""

    current: tuple[Activity, ...]
    deleted: tuple[Activity, ...]
    drafts: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row of the controller's sheet: an activity and one of its data groups (None where none is declared)."""

    activity: Activity
    name: str | None
    group: DataGroup | None


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A row of the processor's sheet: an activity and one customer on whose behalf it is done (None where none is declared)."""

    activity: Activity
    customer: str | None


def as_controller(context: Context) -> Selection:
    """The activities that the organisation controls, alone or jointly (Art. 30(1))."""
    return _select([activity for activity in context.registry.activities.values() if not activity.is_for_others], context.today)


def as_processor(context: Context) -> Selection:
    """The activities carried out for customers (Art. 30(2))."""
    return _select([activity for activity in context.registry.activities.values() if activity.is_for_others], context.today)


def is_processor(registry: Registry) -> bool:
    """Whether the organisation keeps a record under Art. 30(2)."""
    return registry.organisation.acts_as_processor is True or any(activity.is_for_others for activity in registry.activities.values())


def _select(activities: list[Activity], today: date | None) -> Selection:
    found: dict[str, list[Activity]] = {"current": [], "deleted": [], "drafts": []}
    for activity in sorted(activities, key=lambda each: each.id):
        found[_place(activity, today)].append(activity)
    return Selection(tuple(found["current"]), tuple(found["deleted"]), tuple(found["drafts"]))


def _place(activity: Activity, today: date | None) -> str:
    if activity.status == "draft":
        return "drafts"
    deleted = activity.data_deleted
    # A day of deletion that is still to come leaves the data where they are; ISO dates compare as text.
    return "deleted" if deleted and (today is None or deleted <= today.isoformat()) else "current"


def group_rows(selection: Selection) -> Iterator[GroupRow]:
    """One row an activity and data group; one for an activity without groups."""
    for activity in selection.current:
        groups = groups_of(activity)
        if not groups:
            yield GroupRow(activity, None, None)
        for name, group in groups.items():
            yield GroupRow(activity, name, group)


def customer_rows(selection: Selection) -> Iterator[CustomerRow]:
    """One row an activity and customer; one for an activity without customers."""
    for activity in selection.current:
        yield from customers(activity)


def customers(activity: Activity) -> list[CustomerRow]:
    """The rows of one activity."""
    named = [CustomerRow(activity, customer) for customer in activity.on_behalf_of or ()]
    return named or [CustomerRow(activity, None)]
