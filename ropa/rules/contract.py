"""Contract as a legal basis: whose contract it is, what it needs, and when steps before it count. GDPR Art. 6(1)(b)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ropa.context.context import Context, basis_subjects, purpose_address, purposes_of
from ropa.findings.finding import Breach, Severity
from ropa.model.activity import Activity, Purpose
from ropa.model.legal_bases import ContractBasis
from ropa.rules.asked import broken_inside, quoted
from ropa.source.address import segment

DATA_SUBJECT: Final = "data-subject"
PRE_CONTRACT: Final = "pre-contract"

SELDOM_PARTY: Final = frozenset({"customer-contact", "supplier-contact", "partner-contact", "customer-employee", "next-of-kin"})
"""Groups whom the contract concerns through someone else: an employer, a relative."""

PERHAPS_PARTY: Final = frozenset({"event-participant", "website-visitor"})
"""Groups who may have made the agreement themselves; a person must say so."""

MARKETING: Final = frozenset({"direct-marketing", "electronic-marketing", "phone-marketing", "online-advertising"})


class ContractUse(NamedTuple):
    """A purpose that rests on contract, with its activity and the address of the basis."""

    activity: Activity
    name: str
    purpose: Purpose
    basis: ContractBasis
    address: str


def _contracts(context: Context) -> Iterator[ContractUse]:
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is not None and purpose.basis.contract is not None:
                address = f"{purpose_address(activity, name)}.basis.contract"
                yield ContractUse(activity, name, purpose, purpose.basis.contract, address)


def contract_not_with_data_subject(context: Context) -> Iterator[Breach]:
    """A contract to which the people concerned are not, or may not be, party."""
    rule = "contract-not-with-data-subject"
    for use in _contracts(context):
        party = use.basis.with_
        if party == DATA_SUBJECT:
            continue
        if party is not None:
            yield Breach(rule, f"{use.address}.with", "other-party", {"with": party})
            continue
        if use.basis.stage == PRE_CONTRACT and use.basis.asked_by == DATA_SUBJECT:
            continue
        subjects = basis_subjects(use.activity, use.purpose, use.basis)
        seldom = [subject for subject in subjects if subject in SELDOM_PARTY]
        found = seldom or [subject for subject in subjects if subject in PERHAPS_PARTY]
        if found:
            variant = "left-out" if seldom else "confirm"
            severity: Severity | None = None if seldom else "warning"
            params = {"groups": quoted(found)}
            yield Breach(rule, f"{use.address}.with", variant, params, severity, tuple(_where_named(use, subject) for subject in found))


def _where_named(use: ContractUse, subject: str) -> str:
    """The address at which a group of people is said to be covered."""
    if use.basis.subjects is not None:
        return f"{use.address}.subjects.{segment(subject)}"
    if use.purpose.subjects is not None:
        return f"{purpose_address(use.activity, use.name)}.subjects.{segment(subject)}"
    return f"activities/{use.activity.id}#subjects.{segment(subject)}"


def contract_necessity_unexplained(context: Context) -> Iterator[Breach]:
    """A contract that is not named, or for which nobody says why the data are necessary."""
    for use in _contracts(context):
        for key, value in (("name", use.basis.name), ("necessary_because", use.basis.necessary_because)):
            if not value and not broken_inside(context, f"{use.address}.{key}"):
                yield Breach("contract-necessity-unexplained", f"{use.address}.{key}", key.replace("_", "-"))


def contract_for_marketing_or_analytics(context: Context) -> Iterator[Breach]:
    """Marketing, analytics, profiling or product improvement said to be necessary for a contract."""
    for use in _contracts(context):
        wanted = _beside_the_contract(use.purpose)
        if wanted is None or use.basis.is_the_service or broken_inside(context, f"{use.address}.is_the_service"):
            continue
        variant, key = wanted
        related = (f"{purpose_address(use.activity, use.name)}.{key}",)
        severity: Severity | None = None if variant == "marketing" else "warning"
        yield Breach("contract-for-marketing-or-analytics", use.address, variant, {}, severity, related)


def _beside_the_contract(purpose: Purpose) -> tuple[str, str] | None:
    """What a purpose does that people seldom buy: the wording, and the key that says it."""
    if purpose.kind in MARKETING:
        return "marketing", "kind"
    if purpose.kind == "web-analytics":
        return "analytics", "kind"
    if purpose.profiling is True:
        return "profiling", "profiling"
    if purpose.product_improvement is True:
        return "product-improvement", "product_improvement"
    return None


def precontract_without_request(context: Context) -> Iterator[Breach]:
    """Steps before a contract that the person did not ask for."""
    for use in _contracts(context):
        if use.basis.stage == PRE_CONTRACT and use.basis.asked_by != DATA_SUBJECT:
            variant = "missing" if use.basis.asked_by is None else "asked-by-us"
            yield Breach("precontract-without-request", f"{use.address}.asked_by", variant)


CONTRACT = (
    contract_not_with_data_subject,
    contract_necessity_unexplained,
    contract_for_marketing_or_analytics,
    precontract_without_request,
)
