"""Who writes the record in one language: the words, what is not clear, and what parties are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ropa.context.context import Context
from ropa.flows.edges import Crossing, Receipt
from ropa.law import vocabulary
from ropa.law.gdpr import cite
from ropa.law.references import resolve
from ropa.model.activity import Activity, Purpose
from ropa.model.organisation import PostalAddress
from ropa.model.text import Text
from ropa.publish.record.cells import Cell, Line, Look, line
from ropa.publish.record.marks import visible
from ropa.publish.words import Said, Words, texts, uncapitalised, words_for
from ropa.source.address import covers


@dataclass(frozen=True)
class Scribe:
    """A registry and its flows, told in one language."""

    context: Context
    words: Words

    @classmethod
    def of(cls, context: Context, language: str) -> Scribe:
        """The scribe of a registry in a language."""
        return cls(context, words_for(context.registry, language))

    def fixed(self, key: str, **named: object) -> str:
        """A fixed text of the record."""
        return self.words.fixed(f"record.{key}", **named)

    def fixed_list(self, key: str) -> list[str]:
        """A list of fixed texts of the record."""
        found: Any = texts(self.words.language)["record"]
        for step in key.split("."):
            found = found[step]
        return list(found)

    def gaps(self, *addresses: str) -> Cell:
        """What is answered `unknown` at, below or above the addresses, in the officer's words; internal keys are never told."""
        found: dict[str, Line] = {}
        for address in addresses:
            for unknown in self._unknown.get(address.partition("#")[0], ()):
                if covers(address, unknown) or covers(unknown, address):
                    found.setdefault(unknown, self.gap(self.context.registry.unknown[unknown]))
        return tuple(dict.fromkeys(found.values()))

    @cached_property
    def _unknown(self) -> dict[str, list[str]]:
        """The addresses of the open questions that the record may tell, by record."""
        found: dict[str, list[str]] = {}
        for address in visible(self.context.registry.unknown):
            found.setdefault(address.partition("#")[0], []).append(address)
        return found

    def gap(self, question: str = "") -> Line:
        """A line that says that something is not clear, with the officer's own words where there are some."""
        own = self.context.registry.language
        said = Said(question, own if own != self.words.language else "") if question else Said("")
        return Line(said, "gap", Said(self.fixed("gap.open")))

    def gap_of(self, key: str, **named: object) -> Line:
        """A line that says in fixed words what is not clear."""
        return line(self.fixed(f"gap.{key}", **named), "gap", self.fixed("gap.open"))

    def missing(self) -> Line:
        """A line that says that something which must be there is not."""
        return line("", "gap", self.fixed("gap.missing"))

    def filled(self, cell: Iterable[Line], *addresses: str) -> Cell:
        """A cell that must not be empty: its lines and its open questions, else that it is missing."""
        lines = (*cell, *self.gaps(*addresses))
        return lines or (self.missing(),)

    def stated(self, cell: Iterable[Line], *addresses: str, otherwise: str = "not_stated") -> Cell:
        """A cell that may be empty and then says so: not stated, or that there is none."""
        return (*cell, *self.gaps(*addresses)) or (line(self.fixed(otherwise), "muted"),)

    def text_line(self, text: Text | None, look: Look = "plain", lead: Said | str = "") -> Cell:
        """A text of the registry as a cell; empty where there is none."""
        said = self.words.text(text)
        return (line(said, look, lead),) if said else ()

    def joined(self, items: Iterable[Said]) -> Said:
        """Several labels in one line. Its language is told only where all of it is in another."""
        found = list(items)
        languages = {said.lang for said in found}
        return Said(", ".join(said.text for said in found), languages.pop() if len(languages) == 1 else "")

    def labels(self, list_name: str, codes: Iterable[str] | None) -> Said:
        """The labels of several codes in one line: a shipped one after the first begins small."""
        shipped = vocabulary.codes(list_name)
        found = list(zip(dict.fromkeys(codes or ()), self.words.labels(list_name, codes), strict=True))
        return self.joined(
            Said(uncapitalised(said.text), said.lang) if place and code in shipped else said for place, (code, said) in enumerate(found)
        )

    def provision(self, provision: str) -> str:
        """A provision of the Regulation without its name: ``artikkel 6 nr. 1 bokstav f``."""
        return ", ".join(
            cite(each, self.words.language, with_name=False) for found in resolve(f"GDPR art. {provision}") for each in found.provisions
        )

    def party(self, name: str) -> str:
        """What a party is called: its alias where it has one, else its name."""
        party = self.context.registry.parties.get(name)
        return (party.alias or party.name or name) if party is not None else name

    def purpose_title(self, activity: Activity, name: str) -> Said:
        """What a purpose is called where an activity has several; nothing where it has one."""
        purposes = activity.purposes or {}
        if len(purposes) < 2:
            return Said("")
        return self.title(purposes.get(name), name)

    def title(self, purpose: Purpose | None, name: str) -> Said:
        """A purpose's title, else its text."""
        if purpose is None:
            return Said(name)
        return self.words.text(purpose.title) or self.words.text(purpose.text) or Said(name)

    def address(self, address: PostalAddress | str | None) -> str:
        """A postal address in one line."""
        if address is None or isinstance(address, str):
            return address or ""
        place = " ".join(part for part in (address.postcode, address.city) if part)
        country = self.words.country(address.country) if address.country else ""
        return ", ".join(part for part in (address.street, place, country) if part)

    @cached_property
    def _crossings(self) -> dict[str, list[Crossing]]:
        """The crossings of each activity's data."""
        found: dict[str, list[Crossing]] = {}
        for crossing in self.context.crossings:
            for activity in crossing.activities:
                found.setdefault(activity, []).append(crossing)
        return found

    def receipts(self, activity: Activity) -> list[Receipt]:
        """Every receipt of an activity's data, sub-processors after the party above them."""
        return self.context.flows.receipts(activity.id)

    def crossings(self, activity: Activity, customer: str | None = None) -> list[Crossing]:
        """Where an activity's data leave the EEA, in order of country and party.

        What is done for a `customer` leaves out the other customers: their data go to them alone.
        """
        others = set(activity.on_behalf_of or ()) - {customer} if customer else set()
        found = [crossing for crossing in self._crossings.get(activity.id, []) if crossing.party not in others]
        return sorted(found, key=lambda crossing: (self.words.country(crossing.country), crossing.party, crossing.missing))
