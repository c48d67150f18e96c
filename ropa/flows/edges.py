"""The edges of the flow graph as plain records. Nothing is computed here."""

from __future__ import annotations

from typing import Literal

import msgspec

from ropa.model.records_common import Transfer

Via = Literal["recipient", "system", "cookies", "joint", "subprocessor", "customer"]
How = Literal["stored", "accessed"]
Outcome = Literal["adequate", "agreement", "derogation", "undeclared"]

US = "us"
"""The exporter of a transfer that is no party: ourselves (docs/format.md, `from`)."""


class Edge(msgspec.Struct, frozen=True):
    """A frozen record that can be compared, hashed and made by the ten thousand."""


class Receipt(Edge, frozen=True):
    """One party (or kind of recipient) gets data of one activity.

    `address` is where that is declared; `chain` the parties on the way, the receiving one last; `role` the role in this flow.
    `purposes` and `groups` are the ones that the flow is narrowed to, None for all. `system` is the system run for us, if any;
    `entry` the key under `recipients`, where the flow is declared there. A customer that we process for is no recipient:
    its receipts (`via` customer) are among the crossings alone.
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

    @property
    def exporter(self) -> str:
        """Who sends the data to the receiving party: the processor above it, else ourselves."""
        return self.above or US


class Hop(Edge, frozen=True):
    """A sub-processor below a party: where the entry stands and one way down to it."""

    party: str
    address: str
    chain: tuple[str, ...]
    no_personal_data: bool


class DeclaredTransfer(Edge, frozen=True):
    """A transfer as it is declared, with its address.

    `flow` is the address of the recipient entry or sub-processor entry to which it is an exception; None for the party's own.
    """

    address: str
    transfer: Transfer
    flow: str | None = None

    @property
    def country(self) -> str:
        """Where the data go: the country named inside, for which the key is the default."""
        return self.transfer.country or ""


class Crossing(Edge, frozen=True):
    """Data of a party reach a country outside the EEA: the flows that cross by the same declared transfers.

    `how` says whether they are stored there or can be read from there; `place` is the address that says so.
    `declared` are the transfers that carry the flows, none where nothing does; `missing` is the address at which one is due.
    `flows` are the receipts, none for a party that serves us outside every activity (a consent banner). Where all of them come
    through a processor, `above` is it and `entry` its entry for the party. `activity` is set where an activity has an exception.
    """

    party: str
    country: str
    how: How
    place: str
    declared: tuple[DeclaredTransfer, ...]
    missing: str
    flows: tuple[Receipt, ...] = ()
    activity: str | None = None
    above: str | None = None
    entry: str | None = None

    @property
    def activities(self) -> tuple[str, ...]:
        """The activities whose data cross."""
        return tuple(sorted({flow.activity for flow in self.flows}))
