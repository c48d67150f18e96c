"""From documents to the typed registry: schema first, then records; every fault of every file is returned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ropa.law import LANGUAGES
from ropa.model.activity import Activity
from ropa.model.organisation import Notice, Organisation
from ropa.model.parties import Party
from ropa.model.records import Acceptance, Assessment, Change, Consent, Cookies, SecurityMeasures, System, Vocabulary
from ropa.model.records_common import RetentionRule
from ropa.model.registry import DanglingReference, Registry
from ropa.schema.check import CheckedFile, check_file
from ropa.schema.documents import KIND_OF_FOLDER, kind_of
from ropa.schema.faults import Fault
from ropa.schema.names import Names, collect_names
from ropa.source.address import Addresses, address
from ropa.source.files import Document
from ropa.source.halves import shared

_RECORDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "activity": ("activities", Activity),
    "party": ("parties", Party),
    "system": ("systems", System),
    "cookies": ("cookies", Cookies),
    "assessment": ("assessments", Assessment),
}
_SINGLE: dict[str, tuple[str, Any]] = {
    "organisation": ("organisation", Organisation),
    "notice": ("notice", Notice),
    "consents": ("consents", dict[str, Consent]),
    "retention": ("retention", dict[str, RetentionRule]),
    "security-measures": ("security_measures", SecurityMeasures),
    "vocabulary": ("vocabulary", Vocabulary),
    "accepted": ("accepted", dict[str, Acceptance]),
    "changes": ("changes", dict[str, Change]),
}


@dataclass(slots=True)
class Loaded:
    """The registry, the faults of its files by record, the parties that something refers to, and the names in use."""

    registry: Registry
    faults: list[tuple[str, Fault]]
    used_parties: set[str]
    names: Names
    documents: dict[str, Document] = field(default_factory=dict)


Checker = Callable[[Sequence[Document], Names, str], list[CheckedFile]]
"""What checks files against their schema: readable documents, the registry's names and its default language."""


def check_files(documents: Sequence[Document], names: Names, language: str) -> list[CheckedFile]:
    """Checks every document against its schema."""
    return shared(lambda document: check_file(document, names, language), documents, CheckedFile)


def load(documents: Sequence[Document], checker: Checker = check_files) -> Loaded:
    """Checks every document against its schema and builds the records. Another `checker` may know what it found before."""
    known = [document for document in documents if not _misplaced(document)]
    names = collect_names(known)
    language = default_language(known)
    checked = checker([document for document in known if document.data is not None], names, language)
    registry = _registry(checked, [document.record for document in known if document.data is None], names)
    faults = [(file.record, fault) for file in checked for fault in file.faults]
    used = {name for file in checked for _, name in file.party_uses}
    return Loaded(registry, faults, used, names, {document.record: document for document in documents})


def may_stand(path: tuple[str, ...]) -> str:
    """What may be named where a party's id stands: among recipients and sources a kind of them too."""
    inside = path[2:] if path[:1] == ("data",) else path
    return {"recipients": "party-or-recipient-kind", "source": "party-or-source-kind"}.get(inside[0] if len(inside) <= 2 else "", "party")


def _misplaced(document: Document) -> bool:
    return any(problem.name == "file-unknown" for problem in document.problems)


def default_language(documents: Sequence[Document]) -> str:
    """The first of the organisation's languages as it is written, before anything is checked; Bokmål where there is none."""
    for document in documents:
        if document.record == "organisation" and document.data is not None:
            languages = document.data.get("languages")
            first = languages[0] if isinstance(languages, list) and languages else languages
            if first in LANGUAGES:
                return str(first)
    return "nb"


def _registry(files: Sequence[CheckedFile], unreadable: Sequence[str], names: Names) -> Registry:
    records: dict[str, dict[str, Any]] = {folder: {} for folder in KIND_OF_FOLDER}
    fields: dict[str, Any] = dict(records)
    for file in files:
        kind = kind_of(file.record)
        if kind in _RECORDS:
            folder, record_type = _RECORDS[kind]
            name = file.record.partition("/")[2]
            records[folder][name] = msgspec.convert({**file.data, "id": name}, record_type)
        else:
            field_name, record_type = _SINGLE[kind]
            fields[field_name] = msgspec.convert(file.data, record_type)
    return Registry(
        **fields,
        long={file.record: file.data for file in files},
        unknown={address(file.record, path): words for file in files for path, words in file.unknown.items()},
        broken=Addresses(address(file.record, path) for file in files for path in file.broken),
        unreadable=frozenset(unreadable),
        dangling=tuple(
            DanglingReference(address(file.record, path), name, names.nearest(may_stand(path), name))
            for file in files
            for path, name in file.dangling
        ),
    )
