"""Who the parties are and what binds them: references to parties, agreements with processors, disclosure to others. GDPR Arts 5, 28, 30."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import (
    Context,
    category_flag,
    condition_for,
    group_address,
    groups_of,
    purpose_address,
    purposes_of,
    served_purposes,
)
from ropa.findings.finding import Breach
from ropa.flows.chains import are_known
from ropa.flows.declared import DERIVED
from ropa.flows.edges import Receipt
from ropa.model.activity import Activity, Recipient
from ropa.model.parties import Agreement, Party
from ropa.rules.asked import broken_inside, party_name, quoted
from ropa.rules.special_categories import only_without_section
from ropa.rules.transfers import SHOWN
from ropa.source.address import segment

INDEPENDENT = "independent-controller"


def processor_without_agreement(context: Context) -> Iterator[Breach]:
    """Every processor of ours is bound by an agreement with reference and date, or by a legal act."""
    for name, party, flows in own_processors(context):
        related = tuple(dict.fromkeys(flow.address for flow in flows if flow.via == "recipient"))[:SHOWN]
        yield from _agreement(context, f"parties/{name}#agreement", party, related)


def own_processors(context: Context) -> Iterator[tuple[str, Party, list[Receipt]]]:
    """The parties that process for us and not only for a processor above them, each with the flows that say so."""
    by_cookies = _processors_by_cookies(context)
    named = context.flows.subprocessors if _all_chains_known(context) else context.registry.parties.keys()
    for name, party in context.registry.parties.items():
        if party.no_personal_data is not None:
            continue
        flows = [flow for flow in context.flows.by_party.get(name, ()) if flow.role == "processor" and flow.via != "subprocessor"]
        # A sub-processor's role is that. Where it is ours too, a flow or what it runs says so.
        by_role = "processor" in (party.role or ()) and (name not in named or name in context.flows.serving)
        if flows or by_role or name in by_cookies:
            yield name, party, flows


def _all_chains_known(context: Context) -> bool:
    """Whether every party's sub-processors are known. Where not, each party may be one, so that its role is that."""
    registry = context.registry
    files_read = not any(record.startswith("parties/") for record in registry.unreadable)
    return files_read and (not registry.broken or all(are_known(registry, name) for name in registry.parties))


def _processors_by_cookies(context: Context) -> set[str]:
    """Providers that a cookies record makes processors, whether or not an activity is linked to it."""
    return {cookies.provider for cookies in context.registry.cookies.values() if cookies.role == "processor" and cookies.provider}


def _agreement(context: Context, address: str, party: Party, related: tuple[str, ...]) -> Iterator[Breach]:
    agreement = party.agreement
    if agreement is None:
        yield Breach("processor-without-agreement", address, "missing", related=related)
        return
    if agreement.legal_act and not only_without_section(context, agreement.legal_act):
        return
    lacking = [key for key in ("ref", "date") if getattr(agreement, key) is None and not broken_inside(context, f"{address}.{key}")]
    if lacking == ["ref", "date"]:
        yield _nothing_to_find_it_by(address, agreement, related)
    elif lacking:
        yield Breach("processor-without-agreement", f"{address}.{lacking[0]}", lacking[0], severity="warning", related=related)


def _nothing_to_find_it_by(address: str, agreement: Agreement, related: tuple[str, ...]) -> Breach:
    if agreement.legal_act:
        params = {"law": ", ".join(agreement.legal_act)}
        return Breach("processor-without-agreement", f"{address}.legal_act", "section", params, related=related)
    return Breach("processor-without-agreement", address, "unidentified", related=related)


def recipient_reference_unknown(context: Context) -> Iterator[Breach]:
    """Every party's id names a party."""
    for reference in context.registry.dangling:
        variant = "near" if reference.nearest else "far"
        params = {"value": reference.id, "nearest": reference.nearest or ""}
        yield Breach("recipient-reference-unknown", reference.address, variant, params, value=reference.id)


def disclosure_without_purpose(context: Context) -> Iterator[Breach]:
    """Who gets data to decide over them gets them for a purpose of ours that is named."""
    for activity in context.controlled:
        told = {flow.party for flow in context.flows.direct[activity.id] if flow.via == "recipient"}
        for flow in context.flows.direct[activity.id]:
            if flow.role != INDEPENDENT:
                continue
            if flow.via == "recipient":
                entry = (activity.recipients or {})[flow.entry or ""]
                yield from _disclosed(context, activity, flow, entry)
            elif flow.via in DERIVED and flow.party not in told and len(purposes_of(activity)) > 1:
                told.add(flow.party)
                address = f"activities/{activity.id}#recipients.{segment(flow.party or '')}"
                yield _without_purpose(context, activity, address, "derived", flow.party or "", (flow.address,))


def _disclosed(context: Context, activity: Activity, flow: Receipt, entry: Recipient) -> Iterator[Breach]:
    if flow.direct_collection or (entry.law and not only_without_section(context, entry.law)):
        return
    address = f"{flow.address}.purposes"
    if broken_inside(context, address):
        return
    if not entry.purposes:
        if len(purposes_of(activity)) > 1:
            yield _without_purpose(context, activity, address, "missing", flow.party or flow.kind or "", ())
        return
    for name in entry.data or ():
        yield from _without_condition(context, activity, flow, name, entry.purposes)


def _without_purpose(context: Context, activity: Activity, address: str, variant: str, recipient: str, related: tuple[str, ...]) -> Breach:
    purposes = list(purposes_of(activity))
    params = {
        "recipient": party_name(context, recipient),
        "recipient_id": recipient,
        "purposes": quoted(purposes),
    }
    return Breach(
        "disclosure-without-purpose",
        address,
        variant,
        params,
        related=(*related, *(purpose_address(activity, p) for p in purposes[:SHOWN])),
    )


def _without_condition(context: Context, activity: Activity, flow: Receipt, name: str, purposes: list[str]) -> Iterator[Breach]:
    """Special categories that are handed over for a purpose which they do not serve and no condition takes."""
    group = groups_of(activity).get(name)
    if group is None or not any(category_flag(context.registry, category) == "art9" for category in group.categories or ()):
        return
    loose = [purpose for purpose in purposes if purpose not in served_purposes(activity, group) and condition_for(group, purpose) is None]
    if loose:
        params = {
            "recipient": party_name(context, flow.party or flow.kind or ""),
            "data": name,
            "purposes": quoted(loose),
        }
        related = (f"{group_address(activity, name)}.article_9",)
        yield Breach("disclosure-without-purpose", f"{flow.address}.purposes", "condition", params, related=related, value=[name, *loose])


ROLES = (processor_without_agreement, recipient_reference_unknown, disclosure_without_purpose)
