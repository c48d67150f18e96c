"""A registry as typed records with short forms made long; what was answered ``unknown`` or is of a wrong shape stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ropa.model.activity import Activity
from ropa.model.organisation import Notice, Organisation
from ropa.model.parties import Party
from ropa.model.records import Acceptance, Assessment, Change, Consent, Cookies, SecurityMeasures, System, Vocabulary
from ropa.model.records_common import RetentionRule
from ropa.model.text import Text
from ropa.source.address import Addresses, Path, split


@dataclass(frozen=True, slots=True)
class DanglingReference:
    """A party's id that names no party: where it stands and the nearest party that exists."""

    address: str
    id: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Registry:
    """One legal entity's declarations.

    `long` holds each record's data in long form, by the record's address; `unknown` the officer's words by address;
    `broken` the addresses at which no rule may speak; `unreadable` the records whose file cannot be read.
    """

    organisation: Organisation = field(default_factory=Organisation)
    notice: Notice | None = None
    activities: Mapping[str, Activity] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    systems: Mapping[str, System] = field(default_factory=dict)
    cookies: Mapping[str, Cookies] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    retention: Mapping[str, RetentionRule] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    security_measures: SecurityMeasures = field(default_factory=SecurityMeasures)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    accepted: Mapping[str, Acceptance] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    long: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    broken: Addresses = field(default_factory=Addresses)
    unreadable: frozenset[str] = frozenset()
    dangling: tuple[DanglingReference, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The registry's languages; the first is the default. Bokmål where none is declared."""
        return tuple(self.organisation.languages or ("nb",))

    @property
    def language(self) -> str:
        """The default language, in which plain strings stand."""
        return self.languages[0]

    def text(self, text: Text | None, otherwise: str = "") -> str:
        """A text in the default language, else in the first language that it has."""
        if not text:
            return otherwise
        return text.get(self.language) or next(iter(text.values()))

    def value(self, address: str) -> Any:
        """What stands at an address, in long form; None where nothing does."""
        record, path = split(address)
        return value_at(self.long.get(record), path)

    def is_draft(self) -> bool:
        """Whether every output is stamped as a draft."""
        return self.organisation.status == "draft"


def value_at(data: Any, path: Path) -> Any:
    """What stands at a long-form path in plain data; None where nothing does. A list's element is named by its code."""
    for name in path:
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list):
            data = next((item for item in data if str(item) == name), None)
        else:
            return None
    return data
