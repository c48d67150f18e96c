"""Every assessment of a registry with what uses it: those with a file of their own, and those written where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ropa.context.context import Context, purpose_address, purposes_of
from ropa.flows.declared import written
from ropa.flows.edges import DeclaredTransfer
from ropa.model.activity import Activity, Compatibility
from ropa.model.legal_bases import BalancingTest
from ropa.model.records import Assessment
from ropa.model.records_common import TransferAssessment

Body: TypeAlias = Assessment | BalancingTest | TransferAssessment | Compatibility
UseKind = Literal["interest", "transfer", "fallback", "dpia", "compatibility"]

LEGITIMATE_INTEREST: Final = "legitimate-interest"
TRANSFER: Final = "transfer"
DPIA: Final = "dpia"
COMPATIBILITY: Final = "compatibility"
KINDS: Final = (LEGITIMATE_INTEREST, TRANSFER, DPIA, COMPATIBILITY)
OTHER: Final = "other"
OF_USE: Final[dict[UseKind, str]] = {
    "interest": LEGITIMATE_INTEREST,
    "transfer": TRANSFER,
    "fallback": TRANSFER,
    "dpia": DPIA,
    "compatibility": COMPATIBILITY,
}
"""The kind of an assessment that is written where it is used."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that an assessment is used at: an activity (and a purpose of it), or the transfer to a party."""

    kind: UseKind
    address: str
    activity: str = ""
    purpose: str = ""
    party: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An assessment: its id (none for one that is written where it is used), its address, and its uses."""

    id: str
    address: str
    kind: str
    body: Body
    uses: tuple[Use, ...]

    def at(self, key: str) -> str:
        """The address of one of its answers."""
        return f"{self.address}{'#' if self.id else '.'}{key}"


def held(context: Context) -> tuple[Held, ...]:
    """Every assessment: by kind, those with a file first, each in order of id or address."""
    named: dict[str, list[Use]] = {}
    found: list[Held] = []
    for use, body in _uses(context):
        if isinstance(body, str):
            named.setdefault(body, []).append(use)
        else:
            found.append(Held("", use.address, OF_USE[use.kind], body, (use,)))
    for name, record in context.registry.assessments.items():
        kind = record.kind if record.kind in KINDS else OTHER
        found.append(Held(name, f"assessments/{name}", kind, record, tuple(named.get(name, ()))))
    order = {kind: place for place, kind in enumerate((*KINDS, OTHER))}
    return tuple(sorted(found, key=lambda each: (order[each.kind], not each.id, each.address)))


def _uses(context: Context) -> Iterator[tuple[Use, str | Body]]:
    for _, activity in sorted(context.registry.activities.items()):
        yield from _of_activity(activity)
    for party, declared in written(context.flows):
        yield from _of_transfer(party, declared)


def _of_activity(activity: Activity) -> Iterator[tuple[Use, str | Body]]:
    record = f"activities/{activity.id}"
    if isinstance(activity.dpia, str):
        yield Use("dpia", f"{record}#dpia", activity.id), activity.dpia
    for name, purpose in purposes_of(activity).items():
        at = purpose_address(activity, name)
        basis = purpose.basis.legitimate_interest if purpose.basis is not None else None
        if basis is not None and basis.balancing_test is not None:
            yield Use("interest", f"{at}.basis.legitimate-interest.balancing_test", activity.id, name), basis.balancing_test
        further = purpose.further_processing
        if further is not None and further.compatibility is not None:
            yield Use("compatibility", f"{at}.further_processing.compatibility", activity.id, name), further.compatibility


def _of_transfer(party: str, declared: DeclaredTransfer) -> Iterator[tuple[Use, str | Body]]:
    transfer, country = declared.transfer, declared.country
    if transfer.transfer_assessment is not None:
        at = f"{declared.address}.transfer_assessment"
        yield Use("transfer", at, party=party, country=country), transfer.transfer_assessment
    if transfer.fallback is not None and transfer.fallback.transfer_assessment is not None:
        at = f"{declared.address}.fallback.transfer_assessment"
        yield Use("fallback", at, party=party, country=country), transfer.fallback.transfer_assessment
