"""The record as JSON: what is declared, under the format's own names and without internal keys; what follows; the words of its codes.

The shape is ``schemas/output/record.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ropa.context.context import bases, conditions, groups_of, purposes_of
from ropa.context.entitlements import activity_rights
from ropa.flows.crossings import outcome
from ropa.flows.edges import Crossing, Receipt
from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.publish.output import Stamp
from ropa.publish.placing import unnamed_suppliers, unplaced
from ropa.publish.record import data, screening, upkeep
from ropa.publish.record.accepted import AcceptedFindings, as_data
from ropa.publish.record.cells import text
from ropa.publish.record.flows import system_ids
from ropa.publish.record.marks import visible, without_internal
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import as_controller, as_processor
from ropa.schema.check import acts_for_others
from ropa.source.write import json_text

VERSION: Final = 1
_ORGANISATION: Final = (
    "legal_name", "organisation_number", "country", "address", "email", "phone", "website", "kind", "dpo", "representative",
    "acts_as_processor", "employees", "record_exemption",
)  # fmt: skip
_PARTY: Final = (
    "name", "alias", "kind", "role", "country", "address", "contact", "website", "service", "stored_in", "accessed_from", "agreement",
    "subprocessors", "transfers", "representative", "dpo", "importer",
)  # fmt: skip
_SYSTEM: Final = ("name", "kind", "run_by", "stored_in", "accessed_from", "security_measures")
_CONSENT: Final = ("given", "where", "withdrawn", "evidence", "evidence_kept", "explicit")
# DPV 2.3, the prefixes of the vocabulary's `dpv` values.
_DPV: Final = {"dpv": "https://w3id.org/dpv#", "pd": "https://w3id.org/dpv/pd#", "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#"}


def as_json(scribe: Scribe, stamp: Stamp, accepted: AcceptedFindings) -> str:
    """The whole record, keys in a fixed order, activities by id."""
    held = _Held(scribe)
    own, others = as_controller(scribe.context), as_processor(scribe.context)
    current = sorted([*own.current, *others.current], key=lambda activity: activity.id)
    deleted = sorted([*own.deleted, *others.deleted], key=lambda activity: activity.id)
    document = {
        "version": VERSION,
        "as_of": stamp.as_of.isoformat() if stamp.as_of else None,
        "draft": stamp.draft,
        "revision": stamp.revision,
        "language": scribe.words.language,
        "open": {"errors": stamp.errors, "warnings": stamp.warnings, "questions": stamp.questions},
        "organisation": _declared(scribe, "organisation", _ORGANISATION),
        "activities": {activity.id: _activity(scribe, activity, held) for activity in current},
        "deleted": {activity.id: _activity(scribe, activity, held) for activity in deleted},
        "parties": {name: _party(scribe, name, held) for name in sorted(held.parties)},
        "systems": {name: _system(scribe, name, held) for name in sorted(held.systems)},
        "consents": {name: _named(scribe, "consents", name, _CONSENT) for name in sorted(held.consents)},
        "retention": {name: _named(scribe, "retention", name, None) for name in sorted(held.retention)},
        "security_measures": _measures(scribe, held),
        "codes": held.codes(),
        "open_questions": _questions(scribe, ["organisation", *(f"activities/{activity.id}" for activity in (*current, *deleted))]),
        "accepted": as_data(accepted),
    }
    return json_text(document)


class _Held:
    """What the activities refer to, gathered while they are written."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self.parties: set[str] = set()
        self.systems: set[str] = set()
        self.consents: set[str] = set()
        self.retention: set[str] = set()
        self._codes: dict[str, set[str]] = {}

    def use(self, list_name: str, codes: Iterable[str | None] | None) -> None:
        """Notes codes whose words are to be told."""
        self._codes.setdefault(list_name, set()).update(code for code in codes or () if code)

    def codes(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The words of every code in use, by list, with the term of the Data Privacy Vocabulary where there is one."""
        used = {name: sorted(codes) for name, codes in sorted(self._codes.items()) if codes}
        return {name: {code: self._code(name, code) for code in codes} for name, codes in used.items()}

    def _code(self, list_name: str, code: str) -> dict[str, Any]:
        shipped = vocabulary.codes(list_name).get(code)
        found: dict[str, Any] = {"label": self.scribe.words.label(list_name, code).text}
        if shipped is not None and shipped.article:
            found["article"] = shipped.article
        if shipped is not None and shipped.dpv:
            found["dpv"] = dpv_iri(shipped.dpv)
        return found


def dpv_iri(term: str) -> str:
    """The IRI of a term of the Data Privacy Vocabulary: ``pd:Name`` → ``https://w3id.org/dpv/pd#Name``."""
    prefix, _, name = term.partition(":")
    return f"{_DPV[prefix]}{name}"


def _declared(scribe: Scribe, record: str, keys: Iterable[str]) -> dict[str, Any]:
    """The chosen keys of a record as declared, without internal ones."""
    found = without_internal(record, scribe.context.registry.long.get(record, {}))
    return {key: found[key] for key in keys if key in found}


def _named(scribe: Scribe, record: str, name: str, keys: Iterable[str] | None) -> dict[str, Any]:
    """One entry of a file of named things, without internal keys."""
    found = without_internal(record, scribe.context.registry.long.get(record, {})).get(name, {})
    return {key: value for key, value in found.items() if keys is None or key in keys}


def _activity(scribe: Scribe, activity: Activity, held: _Held) -> dict[str, Any]:
    record = f"activities/{activity.id}"
    receipts, crossings = scribe.receipts(activity), scribe.crossings(activity)
    _use(activity, receipts, held)
    declared = without_internal(record, scribe.context.registry.long.get(record, {}))
    return {
        **declared,
        "derived": {
            "recipients": [_recipient(receipt) for receipt in receipts],
            "transfers": [_transfer(crossing, held) for crossing in crossings],
            "not_placed": {"parties": unplaced(scribe.context.registry, receipts), "kinds": unnamed_suppliers(receipts)},
            "erasure": {name: text(data.retention(scribe, activity, name, group)) for name, group in groups_of(activity).items()},
            "rights": [right.code for right in activity_rights(scribe.context, activity)],
            "security_measures": _used_measures(scribe, activity, held),
            **_screened(scribe, activity, held),
        },
    }


def _screened(scribe: Scribe, activity: Activity, held: _Held) -> dict[str, Any]:
    """The screening for an impact assessment. A processor's is the controller's to make."""
    if acts_for_others(activity.role, activity.on_behalf_of):
        return {}
    found = screening.as_data(scribe, activity)
    held.use("dpia_criteria", [*found["met"], *found["open"], *(activity.dpia_criteria or ())])
    return {"dpia": found}


def _recipient(receipt: Receipt) -> dict[str, Any]:
    found = {key: getattr(receipt, key) for key in ("party", "kind", "role", "via", "above", "address")}
    return {key: value for key, value in found.items() if value is not None}


def _transfer(crossing: Crossing, held: _Held) -> dict[str, Any]:
    mechanisms = list(dict.fromkeys(code for way in crossing.declared for code in way.transfer.mechanism or ()))
    held.use("transfer_mechanisms", mechanisms)
    return {
        "party": crossing.party,
        "country": crossing.country,
        "how": crossing.how,
        "protection": outcome(crossing),
        "mechanisms": mechanisms,
        "declared_at": [way.address for way in crossing.declared],
    }


def _used_measures(scribe: Scribe, activity: Activity, held: _Held) -> list[str]:
    codes = upkeep.measures(scribe, activity)
    held.use("security_measures", codes)
    return codes


def _use(activity: Activity, receipts: Iterable[Receipt], held: _Held) -> None:
    """Notes what an activity refers to."""
    held.systems.update(system_ids(activity))
    held.parties.update(receipt.party for receipt in receipts if receipt.party)
    held.parties.update(activity.on_behalf_of or ())
    held.use("recipient_kinds", (receipt.kind for receipt in receipts))
    held.use("party_roles", [activity.role, *(receipt.role for receipt in receipts)])
    held.use("data_subjects", activity.subjects)
    held.use("source_kinds", _source_kinds(activity.source))
    held.use("processing_categories", activity.categories_of_processing)
    held.retention.update([activity.retention] if isinstance(activity.retention, str) else ())
    for purpose in purposes_of(activity).values():
        held.use("purpose_kinds", [purpose.kind])
        held.use("data_subjects", purpose.subjects)
        for key, basis in bases(purpose.basis):
            held.use("legal_bases", [key])
            held.consents.update([request] if isinstance(request := getattr(basis, "request", None), str) else ())
    for group in groups_of(activity).values():
        held.use("data_categories", group.categories)
        held.use("data_subjects", group.subjects)
        held.use("source_kinds", _source_kinds(group.source))
        held.retention.update([group.retention] if isinstance(group.retention, str) else ())
        for key, condition in conditions(group.article_9):
            held.use("article_9_conditions", [key])
            held.consents.update([request] if isinstance(request := getattr(condition, "request", None), str) else ())


def _source_kinds(source: Iterable[str] | None) -> list[str]:
    return [code for code in source or () if code in vocabulary.codes("source_kinds")]


def _party(scribe: Scribe, name: str, held: _Held) -> dict[str, Any]:
    found = _declared(scribe, f"parties/{name}", _PARTY)
    # An alias stands in place of the name of a customer who is not to be named.
    if "alias" in found:
        found.pop("name", None)
    held.use("recipient_kinds", [found.get("kind")])
    held.use("party_roles", found.get("role"))
    return found


def _system(scribe: Scribe, name: str, held: _Held) -> dict[str, Any]:
    found = _declared(scribe, f"systems/{name}", _SYSTEM)
    held.use("system_kinds", [found.get("kind")])
    return found


def _measures(scribe: Scribe, held: _Held) -> dict[str, Any]:
    found: dict[str, Any] = without_internal("security-measures", scribe.context.registry.long.get("security-measures", {}))
    held.use("security_measures", found.get("everywhere"))
    return found


def _questions(scribe: Scribe, records: Iterable[str]) -> list[dict[str, str]]:
    chosen = set(records)
    unknown = scribe.context.registry.unknown
    return [{"address": address, "words": unknown[address]} for address in visible(unknown) if address.partition("#")[0] in chosen]
