"""Registries for the tests of flows, from plain data as an officer would write it."""

from __future__ import annotations

from typing import Any

from ropa.flows.crossings import crossings
from ropa.flows.edges import Crossing
from ropa.flows.reach import Reach, reach
from ropa.model.load import load
from ropa.source.files import Document

CLAUSES = {"mechanism": "scc-2", "annexes": ["I", "II"], "transfer_assessment": {"date": "2026-01-10"}}


def activity(**keys: Any) -> dict[str, Any]:
    """An activity of ours with one purpose and one data group, with what a test adds."""
    return {
        "name": "Kunder",
        "role": "controller",
        "subjects": ["customer-contact"],
        "purposes": {"manage": {"text": "Følge opp kunder"}},
        "data": {"contact": ["name", "work-email"]},
        "recipients": "none",
        **keys,
    }


def party(role: str | list[str] = "processor", country: str = "NO", **keys: Any) -> dict[str, Any]:
    """A party that stores in its own country unless a test says otherwise."""
    return {"name": "Leverandør AS", "kind": "saas", "role": role, "country": country, "stored_in": [country], **keys}


def flows(**records: dict[str, Any]) -> Reach:
    """The flows of a registry. `activities`, `parties`, `systems` and `cookies` hold records by id; "" is a single file."""
    documents = [Document("organisation", "organisation.yaml", data={"legal_name": "Eksempel AS", "country": "NO", "languages": ["nb"]})]
    for folder, named in records.items():
        for name, data in named.items():
            record = f"{folder}/{name}" if name else folder
            documents.append(Document(record, f"{record}.yaml", data=data))
    loaded = load(documents)
    wrong = [(record, fault) for record, fault in loaded.faults if fault.name != "key-missing"]
    assert not wrong, wrong
    return reach(loaded.registry)


def crossed(**records: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The crossings of a registry: party, country and the addresses of the transfers that carry it."""
    return [_short(crossing) for crossing in crossings(flows(**records))]


def _short(crossing: Crossing) -> tuple[str, str, tuple[str, ...]]:
    return crossing.party, crossing.country, tuple(way.address for way in crossing.declared)
