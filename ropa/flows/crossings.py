"""Where data leave the EEA, and by which declared transfer: for every party, every place outside where it stores or has access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ropa.flows.chains import are_known
from ropa.flows.declared import DERIVED, carried, carries, declared_transfers, exceptions, flows_to, groups_in, own_transfers
from ropa.flows.edges import Crossing, DeclaredTransfer, How, Outcome, Receipt
from ropa.flows.reach import Reach
from ropa.law import countries, vocabulary
from ropa.model.parties import Party
from ropa.model.records import System
from ropa.model.registry import Registry
from ropa.source.address import segment

__all__ = ["carried", "crossings", "declared_transfers", "explained_below", "is_article_46", "is_outside", "outcome", "stored_in"]

ROLES_AT_HOME = frozenset({"authority", "independent-controller"})
"""Roles whose place of storage is their own country where none is said."""

Place = tuple[How, str]
"""How data are in a country, and the address that says so."""


def stored_in(party: Party) -> tuple[str, ...]:
    """Where a party stores, as declared or by default; empty where it must say so and does not."""
    if party.stored_in is not None:
        return tuple(party.stored_in)
    if party.country is not None and keeps_at_home(party):
        return (party.country,)
    return ()


def keeps_at_home(party: Party) -> bool:
    """Whether a party stores in its own country where it says no other: authorities and independent controllers."""
    return bool(party.role) and set(party.role or ()) <= ROLES_AT_HOME


def is_outside(country: str | None) -> bool:
    """Whether a place is a country outside the EEA or an international organisation."""
    return country is not None and countries.is_place(country) and not countries.is_eea(country)


def crossings(flows: Reach) -> tuple[Crossing, ...]:
    """Every crossing of the EEA's border; parties in order of id, the countries of each as they are declared.

    One for each party, country and set of transfers that carries some of its flows, and one for the flows that nothing carries.
    """
    found: list[Crossing] = []
    beside = _serving_without_activity(flows)
    for name in sorted(flows.registry.parties):
        party = flows.registry.parties[name]
        if party.no_personal_data is None and party.own_branch is None:
            found.extend(_of_party(flows, name, party, beside))
    return tuple(found)


def _serving_without_activity(flows: Reach) -> dict[str, str | None]:
    """Parties that data reach though no activity says so, with the sub-processor entry by which they do (None: directly)."""
    found: dict[str, str | None] = {name: None for name in sorted(flows.serving) if name not in flows.by_party}
    for name in list(found):
        for hop in flows.hops_of(name):
            if not hop.no_personal_data and hop.party not in flows.by_party:
                found.setdefault(hop.party, hop.address)
    return found


def _of_party(flows: Reach, name: str, party: Party, beside: dict[str, str | None]) -> Iterator[Crossing]:
    registry = flows.registry
    receipts = [flow for flow in flows_to(flows, name) if not _collects_directly(registry, flow)]
    if receipts:
        for country, (place, crossing) in _countries(flows, party, _without_echoes(receipts)).items():
            yield from _by_transfer(registry, name, country, place, crossing)
    elif name in beside and not flows.by_party.get(name):
        own = own_transfers(registry, name)
        entry = beside[name]
        for country, (how, address) in _places(name, party).items():
            if is_outside(country) and not explained_below(flows, party, country):
                declared = tuple(way for way in own if way.country == country)
                above = entry.partition("#")[0].removeprefix("parties/") if entry else None
                yield Crossing(name, country, how, address, declared, _due(registry, name, country), (), None, above, entry)


def _collects_directly(registry: Registry, flow: Receipt) -> bool:
    """Whether people give the data straight to the party, so that nobody exports them (EDPB Guidelines 05/2021)."""
    if flow.direct_collection:
        return True
    entries = registry.activities[flow.activity].recipients
    if not entries or flow.via not in DERIVED:
        return False
    own = [entry for key, entry in entries.items() if (entry.party or key) == flow.party and entry.role in (None, flow.role)]
    return any(entry.direct_collection is True for entry in own)


def _without_echoes(receipts: list[Receipt]) -> list[Receipt]:
    """Without the recipient entries that only repeat that a party runs a system of the activity: the system says where."""
    run = {(flow.activity, flow.role) for flow in receipts if flow.via == "system"}
    return [flow for flow in receipts if not (flow.via == "recipient" and (flow.activity, flow.role) in run)] if run else receipts


def _countries(flows: Reach, party: Party, receipts: Iterable[Receipt]) -> dict[str, tuple[Place, list[Receipt]]]:
    """The countries outside the EEA that some flows reach, each with the place that says so and those flows."""
    found: dict[str, tuple[Place, list[Receipt]]] = {}
    known: dict[tuple[str | None, bool, bool], dict[str, Place]] = {}
    for flow in receipts:
        by_processor = flow.role in ("processor", None)
        key = (flow.system, flow.via == "subprocessor", by_processor)
        if key not in known:
            known[key] = _outside_for(flows, party, flow, by_processor)
        for country, place in known[key].items():
            found.setdefault(country, (place, []))[1].append(flow)
    return found


def _outside_for(flows: Reach, party: Party, flow: Receipt, by_processor: bool) -> dict[str, Place]:
    system = flows.registry.systems.get(flow.system or "")
    if system is None:
        places = _places(party.id, party)
    elif flow.via == "subprocessor":
        places = {country: place for country, place in _places(party.id, party).items() if _allows(system, country)}
    else:
        places = _places(party.id, party, system)
    return {
        country: place
        for country, place in places.items()
        if is_outside(country) and not (by_processor and explained_below(flows, party, country))
    }


def _places(name: str, party: Party, system: System | None = None) -> dict[str, Place]:
    """Each country where a party stores or has access, storage first; what a system run by it says stands in place of the party's own."""
    found: dict[str, Place] = {}
    stored: tuple[How, str, Iterable[str]] = ("stored", "stored_in", stored_in(party))
    accessed: tuple[How, str, Iterable[str]] = ("accessed", "accessed_from", party.accessed_from or ())
    for how, key, of_party in (stored, accessed):
        narrowed: list[str] | None = getattr(system, key) if system is not None else None
        record = f"parties/{name}" if narrowed is None or system is None else f"systems/{system.id}"
        for country in of_party if narrowed is None else narrowed:
            found.setdefault(country, (how, f"{record}#{key}.{segment(country)}"))
    return found


def _allows(system: System, country: str) -> bool:
    """Whether what a system says of its places leaves room for a sub-processor in a country."""
    if system.stored_in is None or system.accessed_from is None:
        return True
    return country in system.stored_in or country in system.accessed_from


def explained_below(flows: Reach, party: Party, country: str) -> bool:
    """Whether a sub-processor of the party's own is in the country, so that the crossing is that one's.

    A party established in the country itself is always a crossing of its own. A sub-processor that cannot be read may be anywhere.
    """
    if party.country == country:
        return False
    if not are_known(flows.registry, party.id):
        return True
    for hop in flows.hops_of(party.id) if party.subprocessors else ():
        if hop.no_personal_data:
            continue
        below = flows.registry.parties.get(hop.party)
        if below is None or not are_known(flows.registry, hop.party):
            return True
        if country in {below.country, *stored_in(below), *(below.accessed_from or ())}:
            return True
    return False


def _by_transfer(registry: Registry, name: str, country: str, place: Place, receipts: list[Receipt]) -> Iterator[Crossing]:
    """The flows to one country, by what carries them."""
    own = tuple(way for way in own_transfers(registry, name) if way.country == country)
    buckets: dict[tuple[str, ...], tuple[tuple[DeclaredTransfer, ...], list[Receipt]]] = {}
    for flow in receipts:
        special = tuple(way for way in exceptions(registry, flow) if way.country == country)
        for ways in _ways(registry, flow, special, own):
            flows = buckets.setdefault(tuple(way.address for way in ways), (ways, []))[1]
            flows.append(flow)
    how, address = place
    for ways, flows in sorted(buckets.values(), key=lambda bucket: (not bucket[0], bucket[0] and bucket[0][0].flow is not None)):
        activity = flows[0].activity if ways and (ways[0].flow or "").startswith("activities/") else None
        passed_on = all(flow.via == "subprocessor" for flow in flows)
        above, entry = (flows[0].above, flows[0].address) if passed_on else (None, None)
        yield Crossing(name, country, how, address, ways, _due(registry, name, country), tuple(flows), activity, above, entry)


def _ways(
    registry: Registry, flow: Receipt, special: tuple[DeclaredTransfer, ...], own: tuple[DeclaredTransfer, ...]
) -> Iterator[tuple[DeclaredTransfer, ...]]:
    """What carries a flow: its own exceptions, else the party's transfers; each different answer that its data groups get, once."""
    narrowed = any(way.transfer.data is not None for way in (*special, *own))
    seen: set[tuple[str, ...]] = set()
    for group in groups_in(registry, flow) if narrowed else groups_in(registry, flow)[:1]:
        ways = tuple(way for way in special if carries(way, flow, group)) or tuple(way for way in own if carries(way, flow, group))
        key = tuple(way.address for way in ways)
        if key not in seen:
            seen.add(key)
            yield ways


def _due(registry: Registry, name: str, country: str) -> str:
    """Where a transfer is due that is not declared; where `transfers` itself is unknown, there."""
    transfers = f"parties/{name}#transfers"
    return transfers if transfers in registry.unknown else f"{transfers}.{segment(country)}"


def outcome(crossing: Crossing) -> Outcome:
    """How the crossing is secured: by an adequacy decision, an agreement (Art. 46), a derogation (Art. 49), or not at all."""
    mechanisms = [code for way in crossing.declared for code in way.transfer.mechanism or ()]
    if not mechanisms:
        return "undeclared"
    if all(code.startswith("adequacy") for code in mechanisms):
        return "adequate"
    return "derogation" if all(code.startswith("49-") for code in mechanisms) else "agreement"


def is_article_46(mechanism: str) -> bool:
    """Whether a mechanism is an appropriate safeguard of Art. 46 (or binding corporate rules, Arts 46(2)(b), 47)."""
    code = vocabulary.codes("transfer_mechanisms").get(mechanism)
    return code is not None and str(code.article or "").startswith("46")
