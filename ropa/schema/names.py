"""The ids and codes that a registry may use: shipped ones and its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ropa.law import LANGUAGES, countries, vocabulary
from ropa.law.references import UNION
from ropa.law.vocabulary import Code
from ropa.source.files import Document

OPEN_VOCABULARIES = {"data_subjects": "subjects", "data_categories": "data_categories", "events": "events"}
PLACE_LISTS = ("countries", "places", "jurisdictions")
"""The lists that the law's countries hold: no place for data is the Union, but acts are of it."""

RESERVED_IDS = ("none", "unknown", "us", "each-own")


class _Either(Collection[str]):
    """Two collections as one, without copying either."""

    def __init__(self, first: Collection[str], second: Collection[str]) -> None:
        self._parts = (first, second)

    def __contains__(self, name: object) -> bool:
        return any(name in part for part in self._parts)

    def __iter__(self) -> Iterator[str]:
        return iter(name for part in self._parts for name in part)

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)


@dataclass(frozen=True, slots=True)
class Names:
    """Allowed values by kind of reference or open vocabulary. A kind that is None cannot be judged (its file is unreadable)."""

    kinds: Mapping[str, Collection[str] | None]

    def allows(self, kind: str, name: str) -> bool:
        """Whether a name may stand where ``kind`` is asked for."""
        allowed = self.kinds.get(kind)
        return allowed is None or name in allowed

    def nearest(self, kind: str, name: str) -> str | None:
        """The allowed name that was most likely meant."""
        return nearest(name, self.kinds.get(kind) or ())

    def within(self, activity: Mapping[str, Any]) -> Names:
        """The same names, with the purposes and data groups that an activity's data declare."""
        purposes, groups = _declared(activity.get("purposes")), _declared(activity.get("data"))
        anywhere, own = self.kinds.get("purpose-anywhere"), frozenset(purposes or ())
        reachable = None if anywhere is None or purposes is None else _Either(anywhere, own)
        return Names({**self.kinds, "purpose": purposes, "data-group": groups, "purpose-anywhere": reachable})


def _declared(value: Any) -> tuple[str, ...] | None:
    """The names that a map declares; None, which allows any, where it is missing or something else stands in its place."""
    return tuple(value) if isinstance(value, dict) else None


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name closest to a misspelt one, or None where none is close."""
    lowered = {candidate.lower(): candidate for candidate in sorted(allowed)}
    low = str(name).lower().replace("_", "-") if any("-" in c for c in lowered) else str(name).lower()
    if low in lowered:
        return lowered[low]
    found = get_close_matches(low, lowered, 1, 0.72 if len(low) > 5 else 0.6)  # one slip in a short name is a third of it
    return lowered[found[0]] if found else None


def by_label(list_name: str, written: str) -> Code | None:
    """The shipped code whose label was written in its place (`Kunder` for `customer`), or the only one whose label begins so."""
    low = written.strip().lower()
    codes = vocabulary.codes(list_name).values() if len(low) > 1 and list_name in vocabulary.list_names() else ()
    labels = [(code, code.label(language).lower().split(" (")[0]) for code in codes for language in LANGUAGES]
    same = {code.code: code for code, label in labels if label == low}
    found = same or {code.code: code for code, label in labels if label.startswith(low)}
    return next(iter(found.values())) if len(found) == 1 else None


def collect_names(documents: Iterable[Document]) -> Names:
    """The names of a registry from its files' names and raw data."""
    by_folder: dict[str, list[str]] = {}
    single: dict[str, Document] = {}
    for document in documents:
        folder, slash, record = document.record.partition("/")
        if slash:
            by_folder.setdefault(folder, []).append(record)
        else:
            single[folder] = document
    parties = by_folder.get("parties", [])
    kinds: dict[str, Collection[str] | None] = {
        "party": frozenset(parties),
        "party-or-us": frozenset((*parties, "us")),
        "party-or-us-or-each": frozenset((*parties, "us", "each-own")),
        "party-or-recipient-kind": frozenset((*parties, *vocabulary.codes("recipient_kinds"))),
        "party-or-source-kind": frozenset((*parties, *vocabulary.codes("source_kinds"))),
        "system": frozenset(by_folder.get("systems", ())),
        "activity": frozenset(by_folder.get("activities", ())),
        "cookies": frozenset(by_folder.get("cookies", ())),
        "assessment": frozenset(by_folder.get("assessments", ())),
        "consent": _keys(single.get("consents")),
        "retention": _with(_keys(single.get("retention")), vocabulary.retention_rules()),
        "audience": _keys(single.get("notice"), "audiences"),
        "countries": frozenset(code for code in countries.places() if countries.is_country(code)),
        "places": frozenset(countries.places()),
        "jurisdictions": frozenset((*countries.places(), UNION)),
        "record": frozenset(document.record for document in documents) | frozenset(single),
    }
    own = single.get("vocabulary")
    for vocabulary_name, key in OPEN_VOCABULARIES.items():
        kinds[vocabulary_name] = _with(_keys(own, key), vocabulary.codes(vocabulary_name))
    kinds["security_measures"] = _with(_keys(single.get("security-measures"), "own"), vocabulary.codes("security_measures"))
    kinds["measure"] = kinds["security_measures"]
    kinds["purpose-anywhere"] = _inside_activities(documents, "purposes")
    kinds["data-group-anywhere"] = _inside_activities(documents, "data")
    return Names(kinds)


def _keys(document: Document | None, key: str | None = None) -> frozenset[str] | None:
    """The names that a file declares; none without the file, None (anything goes) where they cannot be read."""
    if document is None:
        return frozenset()
    if document.data is None:
        return None
    data = document.data if key is None else document.data.get(key, {})
    return frozenset(data) if isinstance(data, dict) else None


def _with(own: frozenset[str] | None, shipped: Iterable[str]) -> frozenset[str] | None:
    return None if own is None else own | frozenset(shipped)


def _inside_activities(documents: Iterable[Document], key: str) -> frozenset[str] | None:
    """Purposes or data groups of all activities, as ``activity.name``; None where an activity cannot be read."""
    found: set[str] = set()
    for document in documents:
        folder, slash, record = document.record.partition("/")
        if folder == "activities" and slash:
            inside = document.data.get(key) if document.data is not None else None
            if document.data is None:
                return None
            found.update(f"{record}.{name}" for name in inside) if isinstance(inside, dict) else None
    return frozenset(found)
