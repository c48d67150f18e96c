"""Transfers on an adequacy decision: GDPR Art. 45 and the decisions in the law data, the EU-US Data Privacy Framework among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ropa.context.context import Context, purpose_subjects, purposes_of
from ropa.findings.finding import Breach, Severity
from ropa.flows.edges import Receipt
from ropa.law import countries
from ropa.law.countries import Adequacy
from ropa.model.records_common import Dpf
from ropa.rules.asked import broken_inside, quoted
from ropa.rules.empty import says_nothing
from ropa.rules.transfers import SHOWN, Outgoing, module_for, outgoing
from ropa.source.address import split

CERTIFIED: Final = "dpf-recipient-not-certified"
ADEQUACY: Final = "adequacy"
FRAMEWORK: Final = "adequacy-us-dpf"
LISTED: Final = "dpf-listed"
"""What the decision on the United States requires of the importer: that it is on the list."""

IN_FORCE: Final = frozenset({"in-force", "in-force-contested"})
WARN_DAYS: Final = 180
CHECKED_DAYS: Final = 365
HR: Final = frozenset({"employee", "former-employee", "hired-worker", "job-applicant"})
"""People whose data are HR data: those employed, before and after."""


def adequacy_not_listed(context: Context) -> Iterator[Breach]:
    """Adequacy is claimed only for a country, territory or organisation with a decision, and the Framework only for the United States."""
    for sent in outgoing(context):
        if ADEQUACY in sent.mechanisms and countries.adequacy(sent.declared.country) is None:
            yield sent.breach("adequacy-not-listed", "mechanism", "no-decision")
        elif FRAMEWORK in sent.mechanisms and sent.declared.country != "US":
            yield sent.breach("adequacy-not-listed", "mechanism", "framework-elsewhere")


def adequacy_scope_mismatch(context: Context) -> Iterator[Breach]:
    """An importer that relies on a partial decision is one that the decision covers. Told once a party."""
    seen: set[tuple[str, str]] = set()
    for sent in outgoing(context):
        decision = countries.adequacy(sent.declared.country)
        if decision is None or ADEQUACY not in sent.mechanisms:
            continue
        for scope in decision.requires:
            address = f"parties/{sent.name}#importer"
            if scope == LISTED:
                yield sent.breach("adequacy-scope-mismatch", "mechanism", "framework")
            elif scope not in (sent.party.importer or ()) and (sent.name, scope) not in seen and not broken_inside(context, address):
                seen.add((sent.name, scope))
                params = {"country": sent.declared.country, "scope": scope}
                yield Breach("adequacy-scope-mismatch", address, "importer", params, related=(sent.at("mechanism"),), value=scope)


def adequacy_expired(context: Context) -> Iterator[Breach]:
    """A decision that is relied on is in force today, and for some time yet."""
    for sent in outgoing(context):
        decision = countries.adequacy(sent.declared.country)
        if decision is not None and {ADEQUACY, FRAMEWORK} & set(sent.mechanisms):
            for variant, params, severity in _end_of(decision, context.today):
                yield sent.breach("adequacy-expired", "mechanism", variant, params, severity)


def _end_of(decision: Adequacy, today: date | None) -> Iterator[tuple[str, dict[str, str], Severity | None]]:
    """What is to be said of a decision that is not in force, has ended or soon ends: wording, parameters and severity."""
    if decision.status not in IN_FORCE:
        yield "not-in-force", {}, None
    elif decision.expires is not None and today is not None:
        left, params = (decision.expires - today).days, {"expires": decision.expires.isoformat()}
        if left < 0:
            yield "expired", params, None
        elif left <= WARN_DAYS:
            yield "soon", params, "warning"


def _by_framework(context: Context) -> Iterator[Outgoing]:
    """The transfers to the United States that rely on the Framework."""
    return (sent for sent in outgoing(context) if FRAMEWORK in sent.mechanisms and sent.declared.country == "US")


def dpf_recipient_not_certified(context: Context) -> Iterator[Breach]:
    """An importer that relies on the Framework is on its list: as an active entity, for the kind of data, and looked up within a year."""
    for sent in _by_framework(context):
        dpf = sent.declared.transfer.dpf
        if dpf is None or says_nothing(context, sent.at("dpf"), dpf):
            yield sent.breach(CERTIFIED, "dpf", "missing")
            continue
        yield from _listing(context, sent, dpf)
        if dpf.covers and not broken_inside(context, sent.at("dpf.covers")):
            yield from _kind_of_data(context, sent, dpf.covers)


def _listing(context: Context, sent: Outgoing, dpf: Dpf) -> Iterator[Breach]:
    if dpf.entity is None:
        yield sent.breach(CERTIFIED, "dpf.entity", "entity")
    if dpf.status != "active":
        yield sent.breach(CERTIFIED, "dpf.status", "status" if dpf.status is None else "inactive")
    if not dpf.covers:
        yield sent.breach(CERTIFIED, "dpf.covers", "covers")
    if dpf.checked is None:
        yield sent.breach(CERTIFIED, "dpf.checked", "checked")
    elif context.today is not None and (context.today - date.fromisoformat(dpf.checked)).days > CHECKED_DAYS:
        yield sent.breach(CERTIFIED, "dpf.checked", "old", {"checked": dpf.checked}, "warning")


def _kind_of_data(context: Context, sent: Outgoing, covers: list[str]) -> Iterator[Breach]:
    """HR data need an entry for HR, and other data one for other data; each is told once, with the activities that send it.

    What a consent banner or cookies without an activity bring are data of the visitors.
    """
    if "non-hr" not in covers and sent.name in context.flows.on_sites and sent.name not in context.flows.by_party:
        yield sent.breach(CERTIFIED, "dpf.covers", "visitors", value="non-hr")
    for kind in ("hr", "non-hr"):
        related = [] if kind in covers else _sending(context, sent.flows(context), kind == "hr")
        if related:
            activities = dict.fromkeys(split(place)[0].removeprefix("activities/") for place in related)
            params = {"activities": quoted(activities)}
            yield sent.breach(CERTIFIED, "dpf.covers", kind, params, related=tuple(related[:SHOWN]), value=kind)


def _sending(context: Context, flows: list[Receipt], hr: bool) -> list[str]:
    """Where the people stand whose data are (or are not) HR data, in the activities of some flows."""
    return sorted({place for flow in flows for subject, place in _people(context, flow) if (subject in HR) == hr})


def _people(context: Context, flow: Receipt) -> Iterator[tuple[str, str]]:
    """Whose data a flow carries, as its data groups and purposes narrow it: the code and where it stands."""
    activity = context.registry.activities[flow.activity]
    purposes = purposes_of(activity)
    concerned = {s for key in flow.purposes or () if key in purposes for s in purpose_subjects(activity, purposes[key])}
    groups = [group for name, group in (activity.data or {}).items() if flow.groups is None or name in flow.groups]
    people = {s for group in groups for s in (group.subjects if group.subjects is not None else activity.subjects or ())}
    for subject in sorted(people if groups else activity.subjects or ()):
        if not concerned or subject in concerned:
            yield subject, f"activities/{flow.activity}#subjects.{subject}"


def dpf_without_fallback(context: Context) -> Iterator[Breach]:
    """A transfer on the Framework has standard clauses in reserve, with their assessment."""
    for sent in _by_framework(context):
        fallback, flows = sent.declared.transfer.fallback, sent.flows(context)
        passed_on = all(flow.above for flow in flows) if flows else context.flows.only_subprocessor(sent.name)
        params = {"module": module_for(context, sent.party, flows[0] if flows else None, passed_on)}
        if fallback is None:
            yield sent.breach("dpf-without-fallback", "fallback", "missing", params)
            continue
        clauses = [code for code in fallback.mechanism or () if code.startswith("scc-")]
        if not clauses and not broken_inside(context, sent.at("fallback.mechanism")):
            yield sent.breach("dpf-without-fallback", "fallback.mechanism", "mechanism", params)
        if fallback.transfer_assessment is None and clauses != ["scc-4"]:
            yield sent.breach("dpf-without-fallback", "fallback.transfer_assessment", "assessment")


ADEQUACY_RULES = (
    adequacy_not_listed,
    adequacy_scope_mismatch,
    adequacy_expired,
    dpf_recipient_not_certified,
    dpf_without_fallback,
)
