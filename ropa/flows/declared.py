"""The transfers that are written anywhere in a registry, and which flows each of them carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ropa.flows.edges import DeclaredTransfer, Receipt
from ropa.flows.reach import Reach
from ropa.model.records_common import Transfer
from ropa.model.registry import Registry
from ropa.source.address import segment

DERIVED = frozenset({"system", "cookies", "joint"})
"""Ways to a party that follow from other records; an entry for the party under `recipients` speaks for them too."""


def declared_transfers(registry: Registry) -> Iterator[tuple[str, DeclaredTransfer]]:
    """Every transfer that is written anywhere, with the id of the party that it goes to; in order of address."""
    for name, party in sorted(registry.parties.items()):
        for declared in _all(f"parties/{name}#", party.transfers, None):
            yield name, declared
        for below, entry in (party.subprocessors or {}).items():
            address = f"parties/{name}#subprocessors.{segment(below)}"
            for declared in _all(f"{address}.", entry.transfers, address):
                yield below, declared
    for name, activity in sorted(registry.activities.items()):
        for key, recipient in (activity.recipients or {}).items():
            if recipient.transfers:
                address = f"activities/{name}#recipients.{segment(key)}"
                for declared in _all(f"{address}.", recipient.transfers, address):
                    yield recipient.party or key, declared


def written(flows: Reach) -> tuple[tuple[str, DeclaredTransfer], ...]:
    """The declared transfers of a registry, looked for once."""
    if flows.written is None:
        flows.written = tuple(declared_transfers(flows.registry))
    return flows.written


def _all(start: str, transfers: Mapping[str, Transfer] | None, flow: str | None) -> Iterator[DeclaredTransfer]:
    for key, transfer in (transfers or {}).items():
        yield DeclaredTransfer(f"{start}transfers.{segment(key)}", transfer, flow)


def own_transfers(registry: Registry, party: str) -> tuple[DeclaredTransfer, ...]:
    """The transfers of a party's own file."""
    return tuple(_all(f"parties/{party}#", registry.parties[party].transfers, None))


def exceptions(registry: Registry, flow: Receipt) -> tuple[DeclaredTransfer, ...]:
    """The transfers of a flow's own entry, exceptions to the party's; a flow that is derived takes those of the party's entries."""
    if flow.via == "subprocessor":
        above = registry.parties.get(flow.above or "")
        entry = (above.subprocessors or {}).get(flow.party or "") if above is not None else None
        return tuple(_all(f"{flow.address}.", entry.transfers, flow.address)) if entry is not None else ()
    found: list[DeclaredTransfer] = []
    activity = registry.activities[flow.activity]
    for key, recipient in (activity.recipients or {}).items():
        of_flow = key == flow.entry or (flow.via in DERIVED and (recipient.party or key) == flow.party)
        if of_flow and recipient.transfers:
            address = f"activities/{flow.activity}#recipients.{segment(key)}"
            found.extend(_all(f"{address}.", recipient.transfers, address))
    return tuple(found)


def carries(declared: DeclaredTransfer, flow: Receipt, group: str | None) -> bool:
    """Whether `from`, `activities` and `data` let a transfer carry a flow of a data group (None: the activity has none to narrow to)."""
    transfer = declared.transfer
    if transfer.from_ and flow.exporter not in transfer.from_:
        return False
    if transfer.activities and flow.activity not in transfer.activities:
        return False
    return not transfer.data or group is None or group in transfer.data or f"{flow.activity}.{group}" in transfer.data


def carried(flows: Reach, party: str, declared: DeclaredTransfer) -> list[Receipt]:
    """The flows to a party that a declared transfer carries; none for a party that no activity reaches."""
    found = []
    for flow in flows_to(flows, party):
        if declared.flow is not None:
            if not any(declared.address == own.address for own in exceptions(flows.registry, flow)):
                continue
        elif any(own.country == declared.country for own in exceptions(flows.registry, flow)):
            continue
        if any(carries(declared, flow, group) for group in groups_in(flows.registry, flow)):
            found.append(flow)
    return found


def flows_to(flows: Reach, party: str) -> list[Receipt]:
    """Every flow to a party, those to a customer that we process for included."""
    return [*flows.by_party.get(party, ()), *flows.customers.get(party, ())]


def groups_in(registry: Registry, flow: Receipt) -> tuple[str | None, ...]:
    """The data groups of a flow; one that is None where the activity has none."""
    if flow.groups:
        return flow.groups
    return tuple(registry.activities[flow.activity].data or ()) or (None,)
