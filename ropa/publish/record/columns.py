"""The columns of the sheets, in the order of Art. 30, each with its letter and whether the article asks for it or practice does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from ropa.publish.record import bodies, data, flows, purposes, screening, upkeep
from ropa.publish.record.cells import Cell, line
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import CustomerRow, GroupRow

Otherwise = Literal["none", "not_stated", "not_applicable"]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. `letter` is that of Art. 30, empty for one of practice; `otherwise` is what an empty cell says.

    `once` tells that the document says it in its head; a CSV, which has none, repeats it in each row.
    """

    key: str
    letter: str
    width: int
    fill: Callable[[Scribe, Row], Cell]
    otherwise: Otherwise = "not_stated"
    once: bool = False

    def cell(self, scribe: Scribe, row: Row) -> Cell:
        """The cell of a row, never empty."""
        return self.fill(scribe, row) or (line(scribe.fixed(self.otherwise), "muted"),)


Controller = Column[GroupRow]
Processor = Column[CustomerRow]

CONTROLLER: Sequence[Controller] = (
    Column("reference", "", 20, lambda _s, r: (line(r.activity.id),)),
    Column("name", "", 24, lambda s, r: upkeep.name(s, r.activity)),
    Column("unit", "", 18, lambda s, r: upkeep.unit(s, r.activity)),
    Column("controller", "a", 28, lambda s, _r: bodies.organisation(s), once=True),
    Column("joint", "a", 26, lambda s, r: flows.joint(s, r.activity), "none"),
    Column("representative", "a", 24, lambda s, _r: bodies.representative(s), "none", once=True),
    Column("dpo", "a", 24, lambda s, _r: bodies.officer(s), "none", once=True),
    Column("purposes", "b", 40, lambda s, r: purposes.purposes(s, r.activity)),
    Column("basis", "", 32, lambda s, r: purposes.legal_bases(s, r.activity)),
    Column("basis_law", "", 24, lambda s, r: purposes.laws(s, r.activity), "not_applicable"),
    Column("interest", "", 30, lambda s, r: purposes.interests(s, r.activity), "not_applicable"),
    Column("balancing_test", "", 20, lambda s, r: purposes.balancing_tests(s, r.activity), "not_applicable"),
    Column("consent", "", 24, lambda s, r: purposes.consent_evidence(s, r.activity), "not_applicable"),
    Column("group", "", 16, lambda _s, r: (line(r.name),) if r.name else ()),
    Column("subjects", "c", 26, lambda s, r: data.subjects(s, r.activity, r.group)),
    Column("categories", "c", 30, lambda s, r: data.categories(s, r.activity, r.name, r.group)),
    Column("article_9", "", 26, lambda s, r: data.article_9(s, r.activity, r.group), "not_applicable"),
    Column("article_9_law", "", 24, lambda s, r: data.article_9_laws(s, r.activity, r.group), "not_applicable"),
    Column("article_10", "", 24, lambda s, r: data.article_10(s, r.group), "not_applicable"),
    Column("source", "", 26, lambda s, r: data.sources(s, r.activity, r.name, r.group)),
    Column("obligation", "", 26, lambda s, r: data.obligation(s, r.activity, r.name, r.group)),
    Column("recipients", "d", 48, lambda s, r: flows.recipients(s, r.activity)),
    Column("outside", "d", 26, lambda s, r: flows.outside(s, r.activity), "none"),
    Column("processors", "", 28, lambda s, r: flows.processors(s, r.activity), "none"),
    Column("agreements", "", 28, lambda s, r: flows.agreements(s, r.activity)),
    Column("access", "", 20, lambda s, r: upkeep.access(s, r.activity)),
    Column("transfers", "e", 30, lambda s, r: flows.transfers(s, r.activity), "none"),
    Column("compelling", "e", 30, lambda s, r: flows.compelling(s, r.activity), "not_applicable"),
    Column("mechanisms", "", 56, lambda s, r: flows.mechanisms(s, r.activity), "not_applicable"),
    Column("transfer_assessments", "", 24, lambda s, r: flows.assessments(s, r.activity), "not_applicable"),
    Column("retention", "f", 30, lambda s, r: data.retention(s, r.activity, r.name, r.group)),
    Column("retention_law", "", 24, lambda s, r: data.retention_grounds(s, r.activity, r.group)),
    Column("security", "g", 60, lambda s, r: upkeep.security(s, r.activity)),
    Column("systems", "", 22, lambda s, r: flows.systems(s, r.activity)),
    Column("locations", "", 26, lambda s, r: flows.locations(s, r.activity)),
    Column("rights", "", 48, lambda s, r: purposes.rights(s, r.activity)),
    Column("decisions", "", 30, lambda s, r: purposes.decisions(s, r.activity)),
    Column("ai", "", 24, lambda s, r: upkeep.intelligence(s, r.activity)),
    Column("dpia_criteria", "", 36, lambda s, r: screening.criteria(s, r.activity), "none"),
    Column("dpia", "", 32, lambda s, r: screening.assessment(s, r.activity)),
    Column("documents", "", 26, lambda s, r: upkeep.documents(s, r.activity)),
    Column("owner", "", 18, lambda s, r: upkeep.owner(s, r.activity)),
    Column("period", "", 22, lambda s, r: upkeep.period(s, r.activity)),
    Column("status", "", 20, lambda s, r: upkeep.status(s, r.activity)),
)
"""The controller's record, Art. 30(1)."""

PROCESSOR: Sequence[Processor] = (
    Column("reference", "", 20, lambda _s, r: (line(r.activity.id),)),
    Column("name", "", 24, lambda s, r: upkeep.name(s, r.activity)),
    Column("unit", "", 18, lambda s, r: upkeep.unit(s, r.activity)),
    Column("processor", "a", 28, lambda s, _r: bodies.organisation(s), once=True),
    Column("subprocessors", "a", 44, lambda s, r: flows.subprocessors(s, r.activity), "none"),
    Column("customer", "a", 28, lambda s, r: bodies.customer(s, r.activity, r.customer)),
    Column("representatives", "a", 24, lambda s, r: bodies.customer_representative(s, r.customer), "none"),
    Column("own_dpo", "a", 24, lambda s, _r: bodies.officer(s), "none", once=True),
    Column("customer_dpo", "a", 24, lambda s, r: bodies.customer_officer(s, r.customer)),
    Column("processing", "b", 30, lambda s, r: upkeep.processing(s, r.activity)),
    Column("transfers", "c", 30, lambda s, r: flows.transfers(s, r.activity, r.customer), "none"),
    Column("compelling", "c", 30, lambda s, r: flows.compelling(s, r.activity, r.customer), "not_applicable"),
    Column("mechanisms", "", 56, lambda s, r: flows.mechanisms(s, r.activity, r.customer), "not_applicable"),
    Column("transfer_assessments", "", 24, lambda s, r: flows.assessments(s, r.activity, r.customer), "not_applicable"),
    Column("security", "d", 60, lambda s, r: upkeep.security(s, r.activity)),
    Column("customer_agreement", "", 24, lambda s, r: flows.agreement(s, r.customer) if r.customer else ()),
    Column("since", "", 18, lambda s, r: upkeep.since(s, r.activity, r.customer)),
    Column("pairs", "", 36, lambda s, r: data.pairs(s, r.activity) if r.activity.data else ()),
    Column("systems", "", 22, lambda s, r: flows.systems(s, r.activity)),
    Column("locations", "", 26, lambda s, r: flows.locations(s, r.activity)),
    Column("owner", "", 18, lambda s, r: upkeep.owner(s, r.activity)),
    Column("period", "", 22, lambda s, r: upkeep.period(s, r.activity)),
    Column("status", "", 20, lambda s, r: upkeep.status(s, r.activity)),
)
"""The processor's record, Art. 30(2)."""
