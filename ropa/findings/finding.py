"""A breach (what a rule says: symbolic) and a finding (a breach with words, a place and an identity)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import msgspec

Severity = Literal["error", "warning", "info"]
RANK: Final[Mapping[str, int]] = {"info": 0, "warning": 1, "error": 2}
NOTHING: Final = msgspec.UNSET
"""The offending value of what is missing; msgspec leaves it out where a breach goes from one process to another."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach of a rule at one address.

    `variant` names the wording in the catalogue; `params` fill its named parts; `severity` differs from the rule's own
    where the catalogue of rules says so for this variant. `value` is the offending value where it is not simply what
    stands at the address (one address can hold several breaches); it makes the identity.
    """

    rule: str
    address: str
    variant: str
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    related: tuple[str, ...] = ()
    value: Any = NOTHING
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, by address and by line and column (from 1). `file` is relative to the registry."""

    address: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """By which acceptance a finding is accepted."""

    id: str
    because: str
    by: str
    until: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach with its words, its place and its identity. `fix` is YAML to paste, in the right indent, or None."""

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    law: tuple[str, ...]
    fix: str | None
    related: tuple[Place, ...]
    identity: str
    accepted: Accepted | None = None

    @property
    def address(self) -> str:
        """The address of the finding."""
        return self.place.address

    def counts(self) -> bool:
        """Whether the finding counts: accepted ones do not."""
        return self.accepted is None


def identity(code: str, address: str, value: Any) -> str:
    """The name of a finding over time: no message text and no line in it (docs/architecture.md).

    The first 16 hexadecimal digits of the SHA-256 of code, address and offending value (canonical JSON; empty for
    what is missing or unknown), joined by newlines.
    """
    text = "" if value is NOTHING or value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{code}\n{address}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
