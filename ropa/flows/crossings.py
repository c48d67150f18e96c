"""Where data leave the EEA, and by which declared transfer: for every party, every place outside where it stores or has access."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ropa.flows.edges import Crossing, DeclaredTransfer, Outcome, Receipt
from ropa.flows.reach import Reach
from ropa.law import countries, vocabulary
from ropa.model.records import Party, System
from ropa.model.records_common import Transfer
from ropa.model.registry import Registry
from ropa.source.address import segment

ROLES_AT_HOME = frozenset({"authority", "independent-controller"})
"""Roles whose place of storage is their own country where none is said."""


def stored_in(party: Party) -> tuple[str, ...]:
    """Where a party stores, as declared or by default; empty where it must say so and does not."""
    if party.stored_in is not None:
        return tuple(party.stored_in)
    if party.country is not None and party.role and set(party.role) <= ROLES_AT_HOME:
        return (party.country,)
    return ()


def crossings(flows: Reach) -> tuple[Crossing, ...]:
    """Every crossing of the EEA's border, once for each party, country, and transfer that narrows it; parties in order of id."""
    found: dict[tuple[str, str, str, str | None], Crossing] = {}
    registry = flows.registry
    for name in sorted(registry.parties):
        party = registry.parties[name]
        if party.no_personal_data is not None:
            continue
        receipts = flows.by_party.get(name, [])
        for crossing in _of_party(registry, flows, name, party, receipts):
            found.setdefault((crossing.party, crossing.country, crossing.missing, crossing.above), crossing)
    return tuple(found.values())


def _of_party(registry: Registry, flows: Reach, name: str, party: Party, receipts: list[Receipt]) -> Iterator[Crossing]:
    if receipts and all(receipt.direct_collection for receipt in receipts):
        return
    for how, country, place in _places(registry, name, party, receipts):
        if countries.is_eea(country):
            continue
        if party.own_branch is not None or explained_below(registry, party, country):
            continue
        ways = _exceptions(registry, name, receipts, country)
        own = _matching(f"parties/{name}", party.transfers, country)
        plain = [r for r in receipts if not r.direct_collection and r.address not in {way.address.rpartition(".transfers.")[0] for way in ways}]
        for way in ways:
            yield Crossing(name, country, how, place, (way,), way.address, way.address.partition("#")[0].removeprefix("activities/") if way.address.startswith("activities/") else None, None, None)
        if plain or not ways:
            above = next((receipt.above for receipt in plain if receipt.above), None)
            entry = next((receipt.address for receipt in plain if receipt.via == "subprocessor"), None)
            yield Crossing(name, country, how, place, own, f"parties/{name}#transfers.{segment(country)}", None, above, entry)


def _places(registry: Registry, name: str, party: Party, receipts: list[Receipt]) -> Iterator[tuple[Literal["stored", "accessed"], str, str]]:
    """Each place of a party once: its own, or what its systems narrow them to where every flow goes through a system that says so."""
    systems = [registry.systems[receipt.system] for receipt in receipts if receipt.system in registry.systems and receipt.via == "system"]
    narrowed = bool(systems) and all(receipt.via == "system" for receipt in receipts)
    seen: set[str] = set()
    for how, own, key in (("stored", stored_in(party), "stored_in"), ("accessed", tuple(party.accessed_from or ()), "accessed_from")):
        places = [(country, f"parties/{name}#{key}.{country}") for country in own]
        if narrowed and all(getattr(system, key) is not None for system in systems):
            places = []
        for system in sorted(systems, key=lambda s: s.id):
            places.extend(_system_places(system, key))
        for country, place in places:
            if country not in seen:
                seen.add(country)
                yield ("stored" if how == "stored" else "accessed"), country, place


def _system_places(system: System, key: str) -> Iterator[tuple[str, str]]:
    for country in getattr(system, key) or ():
        yield country, f"systems/{system.id}#{key}.{country}"


def explained_below(registry: Registry, party: Party, country: str) -> bool:
    """Whether a sub-processor of the party's own is in the country, so that the crossing is that one's."""
    if party.country is not None and not countries.is_eea(party.country):
        return _direct_below(registry, party, country) and country != party.country and country not in (party.stored_in or ())
    return _direct_below(registry, party, country)


def _direct_below(registry: Registry, party: Party, country: str) -> bool:
    for name, entry in (party.subprocessors or {}).items():
        if entry.no_personal_data is not None:
            continue
        below = registry.parties.get(name)
        if below is not None and country in {below.country, *(below.stored_in or ()), *(below.accessed_from or ())}:
            return True
    return False


def _matching(record: str, transfers: dict[str, Transfer] | None, country: str) -> tuple[DeclaredTransfer, ...]:
    return tuple(
        DeclaredTransfer(f"{record}{'.' if '#' in record else '#'}transfers.{segment(key)}", transfer)
        for key, transfer in (transfers or {}).items()
        if (transfer.country or key) == country
    )


def _exceptions(registry: Registry, name: str, receipts: list[Receipt], country: str) -> list[DeclaredTransfer]:
    """Transfers declared on a flow or on a sub-processor entry, as an exception to the party's own."""
    found: dict[str, DeclaredTransfer] = {}
    for receipt in receipts:
        if receipt.via == "recipient" and receipt.entry is not None:
            entry = (registry.activities[receipt.activity].recipients or {}).get(receipt.entry)
            declared = _matching(receipt.address, entry.transfers if entry is not None else None, country)
        elif receipt.via == "subprocessor" and receipt.above is not None:
            above = registry.parties.get(receipt.above)
            sub = (above.subprocessors or {}).get(name) if above is not None else None
            declared = _matching(receipt.address, sub.transfers if sub is not None else None, country)
        else:
            continue
        for transfer in declared:
            found.setdefault(transfer.address, transfer)
    return list(found.values())


def declared_transfers(registry: Registry) -> Iterator[tuple[str, DeclaredTransfer]]:
    """Every transfer that is written anywhere, with the id of the party that it goes to; in order of address."""
    for name, party in sorted(registry.parties.items()):
        for key, transfer in (party.transfers or {}).items():
            yield name, DeclaredTransfer(f"parties/{name}#transfers.{segment(key)}", transfer)
        for below, entry in (party.subprocessors or {}).items():
            for key, transfer in (entry.transfers or {}).items():
                yield below, DeclaredTransfer(f"parties/{name}#subprocessors.{segment(below)}.transfers.{segment(key)}", transfer)
    for name, activity in sorted(registry.activities.items()):
        for key, recipient in (activity.recipients or {}).items():
            for country, transfer in (recipient.transfers or {}).items():
                yield recipient.party or key, DeclaredTransfer(f"activities/{name}#recipients.{segment(key)}.transfers.{segment(country)}", transfer)


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
