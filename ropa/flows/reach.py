"""Which parties the data of each activity reach: recipients as declared, and as they follow from systems, cookies and joint control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ropa.flows.chains import below, cycles_in
from ropa.flows.edges import US, DeclaredTransfer, Hop, Receipt
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup, Recipient
from ropa.model.parties import Party
from ropa.model.registry import Registry
from ropa.source.address import segment

OWN_DEVICE = "own-device"
AUTHORITY_KINDS = frozenset({"tax-authority", "nav", "statistics-norway", "police", "supervisory-body", "court", "municipality"})
NAMED_FLAGS = frozenset({"art9", "art10", "national-id", "sensitive"})
"""Data that, of several recipients, reach those alone that name them (docs/format.md, data groups)."""


@dataclass(slots=True)
class Reach:
    """Receipts of each activity, and the parties by how they are reached.

    `direct` are the receipts before sub-processors; `hops` the sub-processors below the parties asked for so far (see `hops_of`);
    `cycles` the addresses of entries that return to a party on the path, with that path; `by_party` all receipts of each party;
    `customers` the flows back to those that we process for, who are no recipients but can be outside the EEA.
    `on_sites` are the parties that provide a consent banner, or provide or read cookies, for us as controller, whether or not an
    activity is linked to it; `serving` are these and those that run a system; `subprocessors` those that some party names as such.
    `written` keeps the declared transfers once they were looked for.
    """

    registry: Registry
    direct: dict[str, list[Receipt]] = field(default_factory=dict)
    hops: dict[str, tuple[Hop, ...]] = field(default_factory=dict)
    cycles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_party: dict[str, list[Receipt]] = field(default_factory=dict)
    customers: dict[str, list[Receipt]] = field(default_factory=dict)
    serving: frozenset[str] = frozenset()
    on_sites: frozenset[str] = frozenset()
    subprocessors: frozenset[str] = frozenset()
    written: tuple[tuple[str, DeclaredTransfer], ...] | None = None

    def receipts(self, activity: str) -> list[Receipt]:
        """Every receipt of an activity, sub-processors after the party above them; each flow once."""
        found: dict[tuple[object, ...], Receipt] = {}
        for receipt in self.direct.get(activity, ()):
            for flow in (receipt, *self.below(receipt)):
                found.setdefault((flow.party, flow.role, flow.address, flow.system, flow.groups, flow.purposes), flow)
        return list(found.values())

    def below(self, receipt: Receipt) -> Iterator[Receipt]:
        """The receipts of the sub-processors of a processor in a flow. Those that never get personal data are none."""
        if receipt.party is None or receipt.role not in ("processor", None):
            return
        for hop in self.hops_of(receipt.party):
            if hop.no_personal_data:
                continue
            yield Receipt(
                activity=receipt.activity,
                party=hop.party,
                kind=None,
                role="processor",
                via="subprocessor",
                address=hop.address,
                chain=hop.chain,
                purposes=receipt.purposes,
                groups=receipt.groups,
                system=receipt.system,
            )

    def hops_of(self, party: str) -> tuple[Hop, ...]:
        """The sub-processors below a party, at any depth."""
        if party not in self.hops:
            self.hops[party] = below(self.registry, party)
        return self.hops[party]

    def activities_of(self, party: str) -> list[str]:
        """The activities whose data reach a party, directly or through processors."""
        return sorted({receipt.activity for receipt in self.by_party.get(party, ())})

    def only_subprocessor(self, party: str) -> bool:
        """Whether a party is named as someone's sub-processor, and reached in no other way."""
        if party not in self.subprocessors or party in self.serving:
            return False
        return all(receipt.via == "subprocessor" for receipt in self.by_party.get(party, ()))


def reach(registry: Registry) -> Reach:
    """The receipts of every activity of a registry."""
    result = Reach(registry)
    cookies = _cookies_by_activity(registry)
    for activity in registry.activities.values():
        result.direct[activity.id] = list(_direct(registry, activity, cookies.get(activity.id, ())))
    reached = sorted({flow.party for flows in result.direct.values() for flow in flows if flow.party is not None} & set(registry.parties))
    result.cycles = cycles_in(registry, [*reached, *sorted(set(registry.parties) - set(reached))])
    result.subprocessors = frozenset(name for party in registry.parties.values() for name in party.subprocessors or ())
    for name in registry.activities:
        for receipt in result.receipts(name):
            if receipt.party is not None:
                result.by_party.setdefault(receipt.party, []).append(receipt)
    for receipt in _to_customers(registry):
        result.customers.setdefault(receipt.chain[0], []).append(receipt)
    result.on_sites = frozenset(_on_sites(registry))
    result.serving = result.on_sites | {s.run_by for s in registry.systems.values() if s.run_by is not None and s.kind != OWN_DEVICE}
    return result


def _direct(registry: Registry, activity: Activity, cookies: Iterable[str]) -> Iterator[Receipt]:
    declared = list(_declared(registry, activity)) if activity.recipients else []
    yield from declared
    for name in _system_ids(activity):
        system = registry.systems.get(name)
        if system is not None and system.run_by is not None and system.kind != OWN_DEVICE:
            role = party_role(registry.parties.get(system.run_by))
            yield Receipt(
                activity=activity.id,
                party=system.run_by,
                kind=None,
                role=role,
                via="system",
                address=f"systems/{name}#run_by",
                chain=(system.run_by,),
                groups=_groups_kept_in(activity, name),
                system=name,
            )
    for name in cookies:
        yield from _from_cookies(registry, activity, name)
    joint = {receipt.party for receipt in declared if receipt.role == "joint-controller"}
    for party in activity.joint or {}:
        if party not in joint:
            address = f"activities/{activity.id}#joint.{segment(party)}"
            yield Receipt(activity.id, party, None, "joint-controller", "joint", address, (party,))


def _declared(registry: Registry, activity: Activity) -> Iterator[Receipt]:
    entries = activity.recipients or {}
    unnamed = _groups_without_a_name(registry, activity) if len(entries) > 1 else None
    for name, entry in entries.items():
        party = entry.party or (None if name in vocabulary.codes("recipient_kinds") else name)
        yield Receipt(
            activity=activity.id,
            party=party,
            kind=name if party is None else None,
            role=_role_of_entry(registry, activity, name, entry, party),
            via="recipient",
            address=f"activities/{activity.id}#recipients.{segment(name)}",
            chain=(party,) if party else (),
            entry=name,
            purposes=tuple(entry.purposes) if entry.purposes is not None else None,
            groups=tuple(entry.data) if entry.data is not None else unnamed,
            direct_collection=entry.direct_collection is True,
        )


def _role_of_entry(registry: Registry, activity: Activity, name: str, entry: Recipient, party: str | None) -> str | None:
    if entry.role is not None:
        return entry.role
    if party is None:
        return kind_role(name)
    if party in (activity.joint or {}):
        return "joint-controller"
    return party_role(registry.parties.get(party))


def _groups_without_a_name(registry: Registry, activity: Activity) -> tuple[str, ...] | None:
    """The groups that one of several recipients gets without naming them: all but those with data of a protected kind.

    None (all) where that is every group or none of them: an activity of protected data alone leaves no recipient with nothing.
    """
    groups = activity.data or {}
    plain = tuple(name for name, group in groups.items() if not _must_be_named(registry, group))
    return None if len(plain) in (0, len(groups)) else plain


def _must_be_named(registry: Registry, group: DataGroup) -> bool:
    shipped = vocabulary.codes("data_categories")
    own = registry.vocabulary.data_categories or {}
    for category in group.categories or ():
        like = own[category].like if category in own else None
        code = shipped.get(category) or shipped.get(like or "")
        if code is not None and code.flag in NAMED_FLAGS:
            return True
    return False


def _from_cookies(registry: Registry, activity: Activity, name: str) -> Iterator[Receipt]:
    cookies = registry.cookies[name]
    seen: set[str] = {US}
    if cookies.provider is not None and cookies.provider != US:
        seen.add(cookies.provider)
        in_common = "joint-controller" if cookies.provider in (cookies.joint or {}) else None
        role = cookies.role or in_common or party_role(registry.parties.get(cookies.provider))
        yield Receipt(activity.id, cookies.provider, None, role, "cookies", f"cookies/{name}#provider", (cookies.provider,))
    for party in cookies.joint or {}:
        if party not in seen:
            seen.add(party)
            yield Receipt(activity.id, party, None, "joint-controller", "cookies", f"cookies/{name}#joint.{segment(party)}", (party,))
    for reader in cookies.read_by or ():
        if reader not in seen:
            seen.add(reader)
            role = party_role(registry.parties.get(reader))
            yield Receipt(activity.id, reader, None, role, "cookies", f"cookies/{name}#read_by.{segment(reader)}", (reader,))


def _system_ids(activity: Activity) -> list[str]:
    named = list(activity.systems or ())
    for group in (activity.data or {}).values():
        named.extend(group.systems or ())
    return list(dict.fromkeys(named))


def _groups_kept_in(activity: Activity, system: str) -> tuple[str, ...] | None:
    """The data groups kept in a system, where groups narrow their systems; None for all."""
    groups = activity.data or {}
    if all(group.systems is None for group in groups.values()):
        return None
    return tuple(name for name, group in groups.items() if group.systems is None or system in group.systems) or None


def _cookies_by_activity(registry: Registry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, cookies in sorted(registry.cookies.items()):
        if cookies.activity is not None:
            found.setdefault(cookies.activity, []).append(name)
    return found


def _on_sites(registry: Registry) -> Iterator[str]:
    """Parties that provide a consent banner, or provide or read cookies, whether or not an activity is linked to it."""
    for system in registry.systems.values():
        if system.consent_banner is not None and system.consent_banner.provider is not None:
            yield system.consent_banner.provider
    for cookies in registry.cookies.values():
        yield from (party for party in (cookies.provider, *(cookies.joint or ()), *(cookies.read_by or ())) if party is not None)


def _to_customers(registry: Registry) -> Iterator[Receipt]:
    for activity in registry.activities.values():
        for party in activity.on_behalf_of or {}:
            address = f"activities/{activity.id}#on_behalf_of.{segment(party)}"
            yield Receipt(activity.id, party, None, "controller", "customer", address, (party,))


def party_role(party: Party | None) -> str | None:
    """The role that a party has where the flow says none: its only one, or processor where that is one of several."""
    roles = (party.role if party is not None else None) or []
    if len(roles) == 1:
        return roles[0]
    return "processor" if "processor" in roles else (roles[0] if roles else None)


def kind_role(kind: str) -> str | None:
    """The role that goes without saying for a kind of recipient that stands in place of a name."""
    return "authority" if kind in AUTHORITY_KINDS else None
