"""Transfers to countries outside the EEA: places, mechanisms, derogations and what the notice must say. GDPR Arts 13(1)(f), 44, 46, 49."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ropa.context.context import Context
from ropa.findings.finding import NOTHING, Breach, Severity
from ropa.flows.crossings import is_article_46, is_outside, keeps_at_home, stored_in
from ropa.flows.declared import carried, written
from ropa.flows.edges import Crossing, DeclaredTransfer, Receipt
from ropa.model.parties import Party
from ropa.rules.asked import broken_inside, called, quoted
from ropa.rules.special_categories import only_without_section
from ropa.source.address import covers, split

MUST_BE_OCCASIONAL: Final = frozenset({"49-1-b", "49-1-c", "49-1-e"})
"""Derogations that recital 111 ties to occasional transfers; for the others regular use is a question for a person."""

NOT_FOR_PUBLIC_POWERS: Final = frozenset({"49-1-a", "49-1-b", "49-1-c"})
"""Derogations that do not apply to what public authorities do in the exercise of their public powers, GDPR 49(3)."""

DEROGATIONS: Final = frozenset({"49-1-a", "49-1-b", "49-1-c", "49-1-d", "49-1-e", "49-1-f", "49-1-g"})
COMPELLING: Final = "49-1-ii"
DEROGATION: Final = "derogation-used-systematically"
SHOWN: Final = 5
"""How many related places a finding shows at most."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A transfer that is written for a party that gets personal data outside the EEA."""

    name: str
    party: Party
    declared: DeclaredTransfer

    @property
    def mechanisms(self) -> list[str]:
        """The codes under `mechanism`; none where it is left out."""
        return self.declared.transfer.mechanism or []

    def at(self, key: str) -> str:
        """The address of a key of the transfer."""
        return f"{self.declared.address}.{key}"

    def breach(
        self,
        rule: str,
        key: str,
        variant: str,
        params: Mapping[str, str] | None = None,
        severity: Severity | None = None,
        related: tuple[str, ...] = (),
        value: Any = NOTHING,
    ) -> Breach:
        """A breach at a key of the transfer, told of the party by name wherever the transfer is written."""
        said = {"record": called(self.party), "country": self.declared.country, **(params or {})}
        return Breach(rule, self.at(key), variant, said, severity, related, value)

    def flows(self, context: Context) -> list[Receipt]:
        """The flows that the transfer carries; none where no activity reaches the party."""
        return carried(context.flows, self.name, self.declared)


def outgoing(context: Context) -> Iterator[Outgoing]:
    """Every transfer that is written for a party that gets personal data outside the EEA."""
    for name, declared in written(context.flows):
        party = context.registry.parties.get(name)
        if party is not None and party.no_personal_data is None and is_outside(declared.country):
            yield Outgoing(name, party, declared)


def transfer_country_missing(context: Context) -> Iterator[Breach]:
    """Every party says where it stores, and neither it nor a system leaves open from where there is access."""
    unknown = context.registry.unknown
    for name, party in context.registry.parties.items():
        if party.no_personal_data is not None:
            continue
        address = f"parties/{name}#stored_in"
        left_out = not stored_in(party) and party.role is not None and not keeps_at_home(party)
        broken = broken_inside(context, address) or broken_inside(context, f"parties/{name}#role")
        if address in unknown or (left_out and not broken):
            yield Breach("transfer-country-missing", address, "stored")
        if f"parties/{name}#accessed_from" in unknown:
            yield Breach("transfer-country-missing", f"parties/{name}#accessed_from", "accessed")
    for name in context.registry.systems:
        for key, variant in (("stored_in", "system-stored"), ("accessed_from", "system-accessed")):
            if f"systems/{name}#{key}" in unknown:
                yield Breach("transfer-country-missing", f"systems/{name}#{key}", variant)


def transfer_without_mechanism(context: Context) -> Iterator[Breach]:
    """Every crossing of the EEA's border has a transfer with a mechanism."""
    return _without_mechanism(context, "transfer-without-mechanism", passed_on=False)


def onward_transfer_undeclared(context: Context) -> Iterator[Breach]:
    """Every sub-processor outside the EEA has a transfer with a mechanism, its own or its entry's."""
    return _without_mechanism(context, "onward-transfer-undeclared", passed_on=True)


def _without_mechanism(context: Context, rule: str, *, passed_on: bool) -> Iterator[Breach]:
    """Crossings that nothing carries, and transfers that do not say by what: those to sub-processors (`passed_on`), or the others."""
    for crossing in context.crossings:
        if not crossing.declared and (crossing.above is not None) == passed_on and not _may_be_unreadable(context, crossing.party):
            yield _undeclared(context, rule, crossing)
    for sent in outgoing(context):
        if sent.mechanisms or sent.party.own_branch is not None:
            continue
        if _is_passed_on(context, sent) == passed_on:
            yield sent.breach(rule, "mechanism", "mechanism")


def _may_be_unreadable(context: Context, party: str) -> bool:
    """Whether a transfer of a party names its country wrongly, so that the one which seems missing may be that one."""
    start = f"parties/{party}#transfers"
    for address in context.registry.broken:
        if covers(start, address):
            path = split(address)[1]
            if len(path) <= 2 or path[2] == "country":
                return True
    return False


def _is_passed_on(context: Context, sent: Outgoing) -> bool:
    """Whether a transfer is one between a processor and its sub-processor."""
    if sent.declared.flow is not None:
        return sent.declared.flow.startswith("parties/")
    return context.flows.only_subprocessor(sent.name)


def _undeclared(context: Context, rule: str, crossing: Crossing) -> Breach:
    """What is said of flows that nothing carries: that the party has no transfer at all, none to this country, or none for these flows."""
    party = context.registry.parties[crossing.party]
    above = context.registry.parties.get(crossing.above or "")
    first = crossing.flows[0] if crossing.flows else None
    params = {
        "country": crossing.country,
        "way": _clauses(module_for(context, party, first, crossing.above is not None)),
        "activities": quoted(crossing.activities),
        "above": called(above) if above is not None else "",
    }
    ways = dict.fromkeys(flow.address for flow in crossing.flows if flow.via in ("subprocessor", "recipient"))
    related = (crossing.place, *(list(ways)[:SHOWN] or ([crossing.entry] if crossing.entry else [])))
    if any(declared.country == crossing.country for declared in (party.transfers or {}).values()):
        return Breach(rule, crossing.missing, "narrowed", params, related=related, value=list(crossing.activities))
    return Breach(rule, crossing.missing, "another-country" if party.transfers else "missing", params, related=related)


def module_for(context: Context, party: Party, flow: Receipt | None, passed_on: bool) -> str:
    """The module of the standard clauses that fits a flow, to be offered as a fix. `passed_on`: a processor hands the data on."""
    role = flow.role if flow is not None else (party.role or ["processor"])[0]
    for_others = flow is not None and context.registry.activities[flow.activity].is_for_others
    if role == "processor":
        return "scc-3" if passed_on or for_others else "scc-2"
    return "scc-4" if passed_on or for_others else "scc-1"


def _clauses(module: str) -> str:
    """A transfer on a module as it is written; the fourth needs annex I alone and no assessment (clause 14, heading)."""
    if module == "scc-4":
        return "{mechanism: scc-4, annexes: [I]}"
    return f"{{mechanism: {module}, annexes: [I, II], transfer_assessment: …}}"


def derogation_used_systematically(context: Context) -> Iterator[Breach]:
    """Derogations are narrow exceptions, each with conditions of its own."""
    for sent in outgoing(context):
        used = [code for code in sent.mechanisms if code in DEROGATIONS]
        if used:
            yield from _frequency(sent, used)
            yield from _by_whom(context, sent, used)
            for code in used:
                yield from _own_condition(context, sent, code)


def _frequency(sent: Outgoing, used: list[str]) -> Iterator[Breach]:
    frequency = sent.declared.transfer.frequency
    if frequency == "occasional":
        return
    tied = [code for code in used if code in MUST_BE_OCCASIONAL]
    variant = ("" if tied else "other-") + ("frequency" if frequency is None else "repeated")
    yield sent.breach(DEROGATION, "frequency", variant, {"mechanism": (tied or used)[0]}, None if tied else "warning")


def _by_whom(context: Context, sent: Outgoing, used: list[str]) -> Iterator[Breach]:
    """Not in a processor relationship, and not in the exercise of public powers: a person must decide both."""
    roles = {flow.role for flow in sent.flows(context)} or set(sent.party.role or ())
    if "processor" in roles:
        params, related = {"mechanism": used[0]}, (f"parties/{sent.name}#role",)
        yield sent.breach(DEROGATION, "mechanism", "processor", params, "warning", related, "processor")
    public = [code for code in used if code in NOT_FOR_PUBLIC_POWERS]
    if public and context.is_public_body():
        yield sent.breach(
            DEROGATION, "mechanism", "public-powers", {"mechanism": public[0]}, "warning", ("organisation#kind",), "public-powers"
        )


def _own_condition(context: Context, sent: Outgoing, code: str) -> Iterator[Breach]:
    """What a derogation asks for besides: consent after being told of the risks, a law, inability to consent, a register."""
    transfer = sent.declared.transfer
    if code == "49-1-a":
        yield from _consent(context, sent)
    elif code == "49-1-d" and (not transfer.law or only_without_section(context, transfer.law)):
        yield sent.breach(DEROGATION, "law", "law")
    elif code == "49-1-f" and not transfer.inability:
        yield sent.breach(DEROGATION, "inability", "inability")
    elif code == "49-1-g" and not transfer.register:
        yield sent.breach(DEROGATION, "register", "register")


def _consent(context: Context, sent: Outgoing) -> Iterator[Breach]:
    """Consent to a transfer is explicit and given after being told of its risks, also where it is a cookie consent."""
    request = sent.declared.transfer.consent
    if request is None:
        yield sent.breach(DEROGATION, "consent", "consent")
        return
    consent = context.registry.consents.get(request)
    lacking = [key for key in ("explicit", "risks_informed") if consent is not None and getattr(consent, key) is not True]
    if lacking:
        variant = "not-explicit" if lacking[0] == "explicit" else "risks"
        yield sent.breach(DEROGATION, "consent", variant, {"consent": request}, related=(f"consents#{request}",), value=lacking)


def transfer_copy_means_missing(context: Context) -> Iterator[Breach]:
    """The notice says how to get a copy of each appropriate safeguard."""
    organisation = context.registry.organisation
    if organisation.transfer_copy or "organisation" not in context.registry.long or broken_inside(context, "organisation#transfer_copy"):
        return
    for sent in outgoing(context):
        named = any(code == COMPELLING or is_article_46(code) for code in sent.mechanisms)
        if named and not sent.declared.transfer.copy and _is_in_the_notice(context, sent):
            yield sent.breach("transfer-copy-means-missing", "copy", "missing", related=("organisation",))


def _is_in_the_notice(context: Context, sent: Outgoing) -> bool:
    """Whether a published activity of ours has the transfer; drafts and what we do for others are no part of the notice."""
    if sent.party.own_branch is not None:
        return False
    carrying = {flow.activity for flow in sent.flows(context)}
    return any(activity.id in carrying and activity.status != "draft" for activity in context.controlled)


TRANSFERS = (
    transfer_country_missing,
    transfer_without_mechanism,
    derogation_used_systematically,
    onward_transfer_undeclared,
    transfer_copy_means_missing,
)
