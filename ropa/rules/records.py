"""The record of processing activities: what it must hold, and when it need not be kept. GDPR Art. 30."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, group_address, groups_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity
from ropa.rules.asked import broken_inside, quoted
from ropa.schema.check import acts_for_others
from ropa.screening.dpia import is_over
from ropa.screening.dpo import screen_dpo
from ropa.screening.record_exemption import RecordExemption, is_exempt, screen_record_exemption
from ropa.source.address import covers, segment, split

SHOWN = 8
"""How many activities a claim of the exemption is answered with."""

DPO: Final = "organisation#dpo"
GROUP_DEPTH: Final = 2
"""How deep inside an activity a data group stands."""


def controller_record_incomplete(context: Context) -> Iterator[Breach]:
    """The record says whose data each activity processes, and which, and whether there is a data protection officer.

    Its other parts have rules of their own.
    """
    if DPO in context.registry.unknown and screen_dpo(context).settled and not all(is_exempt(context, each) for each in context.controlled):
        yield Breach("controller-record-incomplete", DPO, "dpo")
    for activity in context.controlled:
        for address, variant in _gaps(context, activity):
            if not (broken_inside(context, address) or is_over(context, activity) or is_exempt(context, activity)):
                yield Breach("controller-record-incomplete", address, variant)


def _gaps(context: Context, activity: Activity) -> Iterator[tuple[str, str]]:
    """What is not said of people and data. Categories that a data group leaves out are key-missing."""
    unanswered = _unanswered_groups(context, activity) if context.registry.unknown else []
    if not activity.subjects:
        yield f"activities/{activity.id}#subjects", "subjects"
    if not activity.data and not unanswered:
        yield f"activities/{activity.id}#data", "data"
    for address in unanswered:
        yield address, "group"
    for name, group in groups_of(activity).items():
        address = f"{group_address(activity, name)}.categories"
        if group.categories == [] or address in context.registry.unknown:
            yield address, "categories"


def _unanswered_groups(context: Context, activity: Activity) -> list[str]:
    """The data groups that are answered unknown as a whole."""
    start = f"activities/{activity.id}#data"
    return [address for address in context.registry.unknown if covers(start, address) and len(split(address)[1]) == GROUP_DEPTH]


def processor_record_missing(context: Context) -> Iterator[Breach]:
    """Who processes for others says so, and keeps a record of it: for each customer who it is, and what is done."""
    acting = [activity for activity in context.registry.activities.values() if acts_for_others(activity.role, activity.on_behalf_of)]
    declared = context.registry.organisation.acts_as_processor
    unreadable = any(record.startswith("activities/") for record in context.registry.unreadable)
    if declared and not acting and not unreadable:
        yield Breach("processor-record-missing", "organisation#acts_as_processor", "no-activities")
    if acting and declared is not True:
        related = tuple(f"activities/{activity.id}" for activity in acting[:SHOWN])
        yield Breach("processor-record-missing", "organisation#acts_as_processor", "not-said", severity="warning", related=related)
    for activity in acting:
        if not (is_over(context, activity) or is_exempt(context, activity)):
            yield from _processing(context, activity)


def _processing(context: Context, activity: Activity) -> Iterator[Breach]:
    at = f"activities/{activity.id}#"
    if not activity.on_behalf_of and not broken_inside(context, f"{at}on_behalf_of"):
        yield Breach("processor-record-missing", f"{at}on_behalf_of", "no-customer")
    if not activity.categories_of_processing and not broken_inside(context, f"{at}categories_of_processing"):
        yield Breach("processor-record-missing", f"{at}categories_of_processing", "no-categories")
    for name in activity.on_behalf_of or ():
        address, related = f"{at}on_behalf_of.{segment(name)}", (f"parties/{name}",)
        party = context.registry.parties.get(name)
        if party is None or party.alias is not None or f"parties/{name}" in context.registry.unreadable:
            continue
        if party.name is None and f"parties/{name}#name" in context.registry.unknown:
            yield Breach("processor-record-missing", address, "no-name", related=related)
        elif party.contact is None and party.address is None and not broken_inside(context, f"parties/{name}"):
            params = {"customer": party.name or name, "customer_id": name}
            yield Breach(
                "processor-record-missing", f"{at}on_behalf_of.{segment(name)}", "no-contact", params, related=(f"parties/{name}",)
            )


def record_exemption_misclaimed(context: Context) -> Iterator[Breach]:
    """The exemption from the record is claimed only by the small, for what is occasional, without risk and without special data."""
    if context.registry.organisation.record_exemption is None:
        return
    screening = screen_record_exemption(context)
    if not screening.can_apply:
        yield _misclaimed(screening)


def _misclaimed(screening: RecordExemption) -> Breach:
    at = "organisation#record_exemption"
    if not screening.small:
        params = {"employees": str(screening.employees)}
        variant = "headcount" if screening.employees is not None else "headcount-unsaid"
        return Breach("record-exemption-misclaimed", at, variant, params, related=("organisation#employees",))
    activities = list(dict.fromkeys(each.activity for each in screening.against))
    regular = {each.activity for each in screening.against if each.trigger == "not-occasional"}
    related = tuple(f"activities/{name}#occasional" if name in regular else f"activities/{name}" for name in activities[:SHOWN])
    named = quoted(activities[:SHOWN])
    params = {"activities": f"{named}, …" if len(activities) > SHOWN else named}
    return Breach("record-exemption-misclaimed", at, "activities", params, related=related)


RECORDS = (controller_record_incomplete, processor_record_missing, record_exemption_misclaimed)
