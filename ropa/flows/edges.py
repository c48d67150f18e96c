"""The edges of the flow graph as plain records. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ropa.model.records_common import Transfer

Via = Literal["recipient", "system", "cookies", "joint", "subprocessor"]
Outcome = Literal["adequate", "agreement", "derogation", "undeclared"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One party (or kind of recipient) gets data of one activity.

    `address` is where that is declared; `chain` the parties on the way, the receiving one last; `role` the role in this flow.
    `purposes` and `groups` are the ones that the flow is narrowed to, None for all. `system` is the system run for us, if any.
    """

    activity: str
    party: str | None
    kind: str | None
    role: str | None
    via: Via
    address: str
    chain: tuple[str, ...] = ()
    entry: str | None = None
    purposes: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    system: str | None = None
    direct_collection: bool = False

    @property
    def above(self) -> str | None:
        """The processor that passes the data on, where the receiving party is a sub-processor."""
        return self.chain[-2] if len(self.chain) > 1 else None


@dataclass(frozen=True, slots=True)
class Hop:
    """A sub-processor below a party: where the entry stands and the way down to it."""

    party: str
    address: str
    chain: tuple[str, ...]
    no_personal_data: bool


@dataclass(frozen=True, slots=True)
class DeclaredTransfer:
    """A transfer as it is declared, with its address."""

    address: str
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Crossing:
    """Data of a party reach a country outside the EEA.

    `how` says whether they are stored there or can be read from there; `place` is the address that says so.
    `declared` are the transfers that carry it; `missing` the address at which one is due where there is none.
    """

    party: str
    country: str
    how: Literal["stored", "accessed"]
    place: str
    declared: tuple[DeclaredTransfer, ...]
    missing: str
    activity: str | None = None
    above: str | None = None
    entry: str | None = None
