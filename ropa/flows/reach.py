"""Which parties the data of each activity reach: declared recipients, and those that follow from systems, cookies, joint control and sub-processing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ropa.flows.edges import Hop, Receipt
from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.model.records import Party
from ropa.model.registry import Registry
from ropa.source.address import segment

OWN_DEVICE = "own-device"


@dataclass(slots=True)
class Reach:
    """Receipts of each activity, and the parties by how they are reached.

    `direct` are the receipts before sub-processors; `cycles` the addresses of entries that return to a party on the path.
    """

    registry: Registry
    direct: dict[str, list[Receipt]] = field(default_factory=dict)
    hops: dict[str, tuple[Hop, ...]] = field(default_factory=dict)
    cycles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_party: dict[str, list[Receipt]] = field(default_factory=dict)

    def receipts(self, activity: str) -> list[Receipt]:
        """Every receipt of an activity, sub-processors after the party above them; each party once by each way."""
        found: dict[tuple[str | None, str | None, str | None, str], Receipt] = {}
        for receipt in self.direct.get(activity, ()):
            for flow in (receipt, *self.below(receipt)):
                found.setdefault((flow.party, flow.kind, flow.role, flow.address), flow)
        return list(found.values())

    def below(self, receipt: Receipt) -> Iterator[Receipt]:
        """The receipts of the sub-processors of a processor in a flow. Those that never get personal data are none."""
        if receipt.party is None or receipt.role not in ("processor", None):
            return
        for hop in self.hops.get(receipt.party, ()):
            if hop.no_personal_data:
                continue
            yield Receipt(
                receipt.activity, hop.party, None, "processor", "subprocessor", hop.address, hop.chain, None, receipt.purposes, receipt.groups, receipt.system
            )

    def activities_of(self, party: str) -> list[str]:
        """The activities whose data reach a party, directly or through processors."""
        return sorted({receipt.activity for receipt in self.by_party.get(party, ())})

    def only_subprocessor(self, party: str) -> bool:
        """Whether a party is reached, and only as someone's sub-processor."""
        receipts = self.by_party.get(party, ())
        named = any(hop.party == party for hops in self.hops.values() for hop in hops)
        return named and all(receipt.via == "subprocessor" for receipt in receipts)


def reach(registry: Registry) -> Reach:
    """The receipts of every activity of a registry."""
    result = Reach(registry)
    cookies = _cookies_by_activity(registry)
    for activity in registry.activities.values():
        result.direct[activity.id] = list(_direct(registry, activity, cookies.get(activity.id, ())))
    _walk_chains(result)
    for name in registry.activities:
        for receipt in result.receipts(name):
            if receipt.party is not None:
                result.by_party.setdefault(receipt.party, []).append(receipt)
    return result


def _direct(registry: Registry, activity: Activity, cookies: Iterable[str]) -> Iterator[Receipt]:
    record = f"activities/{activity.id}"
    yield from _declared(registry, activity, record)
    declared = {entry.party or name for name, entry in (activity.recipients or {}).items()}
    for name in _system_ids(activity):
        system = registry.systems.get(name)
        if system is not None and system.run_by is not None and system.kind != OWN_DEVICE:
            role = party_role(registry.parties.get(system.run_by))
            yield Receipt(activity.id, system.run_by, None, role, "system", f"systems/{name}#run_by", (system.run_by,), None, None, _groups_in(activity, name), name)
    for name in cookies:
        yield from _from_cookies(registry, activity, name)
    for party in activity.joint or {}:
        if party not in declared:
            yield Receipt(activity.id, party, None, "joint-controller", "joint", f"{record}#joint.{segment(party)}", (party,))


def _declared(registry: Registry, activity: Activity, record: str) -> Iterator[Receipt]:
    for name, entry in (activity.recipients or {}).items():
        party = entry.party if entry.party in registry.parties else (name if name in registry.parties else None)
        kind = None if party else name
        joint = party in (activity.joint or {})
        role = entry.role or ("joint-controller" if joint else party_role(registry.parties.get(party or "")) if party else kind_role(name))
        yield Receipt(
            activity.id, party, kind, role, "recipient", f"{record}#recipients.{segment(name)}", (party,) if party else (), name,
            tuple(entry.purposes) if entry.purposes is not None else None, tuple(entry.data) if entry.data is not None else None, None, entry.direct_collection is True,
        )


def _from_cookies(registry: Registry, activity: Activity, name: str) -> Iterator[Receipt]:
    cookies = registry.cookies[name]
    seen = set()
    if cookies.provider not in (None, "us"):
        seen.add(cookies.provider)
        yield Receipt(activity.id, cookies.provider, None, cookies.role or party_role(registry.parties.get(cookies.provider or "")), "cookies", f"cookies/{name}#provider", (str(cookies.provider),))
    for reader in cookies.read_by or ():
        if reader not in seen and reader != "us":
            yield Receipt(activity.id, reader, None, party_role(registry.parties.get(reader)), "cookies", f"cookies/{name}#read_by.{segment(reader)}", (reader,))


def _system_ids(activity: Activity) -> list[str]:
    named = list(activity.systems or ())
    for group in (activity.data or {}).values():
        named.extend(group.systems or ())
    return list(dict.fromkeys(named))


def _groups_in(activity: Activity, system: str) -> tuple[str, ...] | None:
    """The data groups kept in a system, where groups narrow their systems; None for all."""
    groups = activity.data or {}
    if not any(group.systems is not None for group in groups.values()):
        return None
    return tuple(name for name, group in groups.items() if group.systems is None or system in group.systems)


def _cookies_by_activity(registry: Registry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, cookies in registry.cookies.items():
        if cookies.activity is not None:
            found.setdefault(cookies.activity, []).append(name)
    return found


def party_role(party: Party | None) -> str | None:
    """The role that a party has where the flow says none: its only one, or processor where that is one of several."""
    roles = (party.role if party is not None else None) or []
    if len(roles) == 1:
        return roles[0]
    return "processor" if "processor" in roles else (roles[0] if roles else None)


def kind_role(kind: str) -> str | None:
    """The role that goes without saying for a kind of recipient that stands in place of a name."""
    return "authority" if kind in AUTHORITY_KINDS and kind in vocabulary.codes("recipient_kinds") else None


AUTHORITY_KINDS = frozenset({"tax-authority", "nav", "statistics-norway", "police", "supervisory-body", "court", "municipality"})


def _walk_chains(result: Reach) -> None:
    """The sub-processors below each party, walking from what activities reach, ids in order; a circle ends the walk."""
    parties = result.registry.parties
    reached = sorted({r.party for receipts in result.direct.values() for r in receipts if r.party in parties})
    for name in [*reached, *sorted(set(parties) - set(reached))]:
        if name is not None:
            result.hops[name] = tuple(_below(result, name, (name,), False))


def _below(result: Reach, party: str, path: tuple[str, ...], dry: bool) -> Iterator[Hop]:
    record = result.registry.parties.get(party)
    entries = (record.subprocessors if record is not None else None) or {}
    for name, entry in sorted(entries.items()):
        address = f"parties/{party}#subprocessors.{segment(name)}"
        if name in path:
            result.cycles.setdefault(address, (*path, name))
            continue
        without = dry or entry.no_personal_data is not None
        yield Hop(name, address, (*path, name), without)
        yield from _below(result, name, (*path, name), without)
