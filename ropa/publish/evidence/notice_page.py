"""The notice as evidence: what its page says, and at which anchor. Nothing is said here that the page does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ropa.context.context import Context
from ropa.flows.edges import Crossing
from ropa.publish.notice.document import is_short, view, writer_for
from ropa.publish.notice.prose import Line
from ropa.publish.notice.public import Told
from ropa.publish.notice.transfers import anchor
from ropa.publish.notice.view import Block, Fact, Page, Section, Transfer
from ropa.publish.notice.writer import Writer
from ropa.publish.output import Stamp


@dataclass(frozen=True, slots=True)
class Statement:
    """What the notice says at an anchor: under which heading, and in which lines."""

    anchor: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class NoticePage:
    """The whole notice in a language: its own, or the default one where it has only a short version."""

    writer: Writer
    page: Page

    @classmethod
    def of(cls, context: Context, language: str, stamp: Stamp) -> NoticePage:
        """The page that a reader of the language is led to for the whole text."""
        whole = context.registry.language if is_short(context, language) else language
        return cls(writer_for(context, whole, stamp), view(context, whole, stamp))

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.page.language

    @property
    def context(self) -> Context:
        """The registry that the page is about."""
        return self.writer.context

    @property
    def purposes(self) -> tuple[Told, ...]:
        """Every purpose that the page tells of, in the page's order."""
        return tuple(self.writer.public.by_id[block] for block in self._blocks)

    @cached_property
    def _blocks(self) -> dict[str, Block]:
        return {block.id: block for section in self.page.sections for group in section.groups for block in group.blocks}

    @cached_property
    def _transfers(self) -> dict[str, Transfer]:
        facts = (fact for block in self._blocks.values() for fact in block.facts)
        return {transfer.id: transfer for fact in facts for transfer in fact.transfers}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.id: section for section in self.page.sections}

    def heading(self, told: Told) -> Statement:
        """The purpose itself, in its words."""
        return Statement(told.id, "", (self._blocks[told.id].heading,))

    def fact(self, told: Told, name: str) -> Iterator[Statement]:
        """The fact of a purpose with the label of a name (``retention``); none where its block has none."""
        label = self.writer.fixed(f"labels.{name}")
        yield from (Statement(told.id, label, fact.lines) for fact in self._blocks[told.id].facts if fact.label == label)

    def section(self, name: str) -> Section | None:
        """A section by its id."""
        return self._sections.get(name)

    def transfer(self, crossing: Crossing) -> Iterator[Statement]:
        """That a crossing happens, to whom and where."""
        found = self._transfers.get(self._anchor(crossing))
        if found is not None:
            yield Statement(found.id, self._way(crossing), (found.heading,))

    def safeguard(self, crossing: Crossing) -> Iterator[Statement]:
        """Why a crossing is lawful, and how to get a copy of what secures it."""
        found = self._transfers.get(self._anchor(crossing))
        for fact in found.facts if found is not None else ():
            yield Statement(self._anchor(crossing), self._way(crossing), fact.lines)

    def _way(self, crossing: Crossing) -> str:
        """What a crossing is called: the recipient and the country."""
        return f"{self.writer.party_name(crossing.party)}, {self.writer.country(crossing.country)}"

    def _anchor(self, crossing: Crossing) -> str:
        return anchor(crossing, self.context.crossings)

    def item(self, section: str, told: Told) -> Iterator[Statement]:
        """What a section's item says that names a purpose: in its name, or in one of its points."""
        found = self._sections.get(section)
        for item in found.items if found is not None else ():
            if leads_to(item.name, told) and found is not None:
                yield Statement(section, found.heading, item.lines)

    def listed(self, section: str, item_id: str, told: Told) -> Iterator[Statement]:
        """What an item says whose points name a purpose, with that point."""
        found = self._sections.get(section)
        for item in found.items if found is not None else ():
            points = tuple(point for point in item.points if leads_to(point, told))
            if item.id == item_id and points and found is not None:
                yield Statement(item_id, found.heading, (item.name, *item.lines, *points))


def leads_to(line: Line, told: Told) -> bool:
    """Whether a line has a link to a purpose."""
    return any(span.href == f"#{told.id}" for span in line)


def section_facts(section: Section, labels: Iterable[str] = ()) -> Iterator[Fact]:
    """The facts of a section with some labels."""
    wanted = set(labels)
    return (fact for fact in section.facts if fact.label in wanted)
