"""The head of the record: who keeps it, as of when, how much is in it, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ropa.flows.crossings import is_outside
from ropa.model.activity import Activity
from ropa.publish.output import Stamp
from ropa.publish.record.cells import Cell
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import Selection, as_controller, as_processor
from ropa.publish.templating import plain

Kind = Literal["controller", "processor"]


@dataclass(frozen=True, slots=True)
class Head:
    """What a record says of itself, in words. `state` tells what is open, `alarm` that errors or warnings are."""

    organisation: str
    as_of: str
    revision: str
    draft: str
    extent: tuple[str, ...]
    state: str
    alarm: bool
    exemption: Cell
    acts_as_processor: Cell

    @property
    def lines(self) -> tuple[str, ...]:
        """The head as lines of text."""
        return tuple(each for each in (self.as_of, self.revision, self.draft, *self.extent, self.state) if each)


def selection(scribe: Scribe, kind: Kind) -> Selection:
    """The activities of one of the two records."""
    return as_controller(scribe.context) if kind == "controller" else as_processor(scribe.context)


def head(scribe: Scribe, stamp: Stamp, kind: Kind) -> Head:
    """The head of one of the two records."""
    own = scribe.context.registry.organisation
    chosen = selection(scribe, kind)
    extent = [counted(scribe, "activities", len(chosen.current)), counted(scribe, "outside", len(_outside(scribe, chosen.current)))]
    extent += [counted(scribe, key, len(found)) for key, found in (("deleted", chosen.deleted), ("drafts", chosen.drafts)) if found]
    counts = (("errors", stamp.errors), ("warnings", stamp.warnings), ("questions", stamp.questions))
    said = [counted(scribe, key, number) for key, number in counts if number]
    exemption = (*scribe.text_line(own.record_exemption), *scribe.gaps("organisation#record_exemption"))
    return Head(
        organisation=plain(own.legal_name or scribe.fixed("gap.missing")),
        as_of=scribe.words.date(stamp.as_of) if stamp.as_of else "",
        revision=scribe.fixed("head.revision", revision=stamp.revision[:12]) if stamp.revision else "",
        draft=scribe.fixed("head.draft") if stamp.draft else "",
        extent=tuple(extent),
        state=scribe.fixed("head.open", list=scribe.words.join(said)) if said else scribe.fixed("head.all_clear"),
        alarm=bool(stamp.errors or stamp.warnings),
        exemption=exemption if kind == "controller" else (),
        acts_as_processor=scribe.gaps("organisation#acts_as_processor"),
    )


def counted(scribe: Scribe, key: str, number: int) -> str:
    """A number with its word, in the singular or the plural."""
    return scribe.fixed(f"head.{key}.{'one' if number == 1 else 'many'}", count=number)


def _outside(scribe: Scribe, activities: tuple[Activity, ...]) -> set[str]:
    """The parties outside the EEA that the data of the activities reach: established, storing or with access there."""
    found = {crossing.party for activity in activities for crossing in scribe.crossings(activity)}
    parties = scribe.context.registry.parties
    for activity in activities:
        for receipt in scribe.receipts(activity):
            party = parties.get(receipt.party or "")
            if party is not None and party.no_personal_data is None and is_outside(party.country):
                found.add(party.id)
    return found
