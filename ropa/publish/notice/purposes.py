"""The purposes: in which group of readers each stands, the overview's row and the block of facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.context.context import purpose_subjects
from ropa.model.activity import AutomatedDecision
from ropa.publish.notice.bases import basis_fact, short_basis
from ropa.publish.notice.facts import (
    children_fact,
    data_fact,
    decision_facts,
    joint_fact,
    obligation_fact,
    retention_fact,
    short_retention,
    source_fact,
)
from ropa.publish.notice.prose import Line, changed, line, link, sentences, styled, words_of
from ropa.publish.notice.public import Told
from ropa.publish.notice.recipients import recipients_fact
from ropa.publish.notice.rights import rights_of
from ropa.publish.notice.transfers import outside_fact, short_outside
from ropa.publish.notice.view import Block, Fact, Group, Row, Rows, Table
from ropa.publish.notice.writer import Writer

OTHERS = "others"
EVERYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Readers:
    """A group of readers: its anchor, its name, the purposes that stand there, and those that concern them and stand elsewhere."""

    id: str
    name: Line
    purposes: tuple[Told, ...]
    also: tuple[Told, ...] = ()
    is_audience: bool = True


def readers(writer: Writer) -> tuple[Readers, ...]:
    """Who reads: the audiences of the notice where it has some, else the activities. Every purpose stands in exactly one group."""
    notice = writer.context.registry.notice
    audiences = (notice.audiences if notice is not None else None) or {}
    if not audiences:
        named = ((activity, writer.public.told([activity.id])) for activity in writer.public.activities)
        return tuple(
            Readers(f"activity.{activity.id}", writer.text(activity.name) or line(activity.id), told, (), False)
            for activity, told in named
            if told
        )
    subjects = {name: frozenset(audience.subjects or ()) for name, audience in audiences.items()}
    concerned = {told.id: [name for name, own in subjects.items() if own & set(people(told))] for told in writer.public.purposes}
    home = {told.id: next(iter(concerned[told.id]), OTHERS) for told in writer.public.purposes}
    found = []
    for name in (*audiences, OTHERS):
        here = tuple(told for told in writer.public.purposes if home[told.id] == name)
        also = tuple(told for told in writer.public.purposes if home[told.id] != name and name in concerned[told.id])
        label = writer.text(audiences[name].name) if name in audiences else ()
        if here or also:
            found.append(Readers(f"audience.{name}", label or line(writer.fixed("others") if name == OTHERS else name), here, also))
    return tuple(found)


def people(told: Told) -> tuple[str, ...]:
    """The groups of people that a purpose concerns."""
    return purpose_subjects(told.activity, told.purpose)


def overview(writer: Writer, groups: tuple[Readers, ...]) -> Table:
    """All purposes in one table: what, why we may, until when, and whether anything leaves the EEA."""
    heads = tuple(writer.fixed(f"overview.heads.{head}") for head in ("what", "why", "until", "outside"))
    rows = tuple(Rows(tuple(_row(writer, told, group) for told in group.purposes), group.name) for group in groups if group.purposes)
    if not any(group.is_audience for group in groups):
        # Activities are no readers: one list, in which each purpose says which activity it is of.
        rows = (Rows(tuple(row for each in rows for row in each.rows)),)
    return Table("overview", heads, rows)


def _row(writer: Writer, told: Told, group: Readers) -> Row:
    title = link(f"#{told.id}", changed(writer.title(told), "upper"))
    of = () if group.is_audience or words_of(group.name) == words_of(title) else (styled("muted", group.name),)
    return Row(((title, *of), short_basis(writer, told), short_retention(writer, told), short_outside(writer, told)))


def purpose_groups(writer: Writer, groups: tuple[Readers, ...], first: dict[str, Told]) -> tuple[Group, ...]:
    """The blocks by readers. `first` is filled with the purpose at which each crossing is explained."""
    return tuple(
        Group(
            id=group.id,
            name=group.name,
            blocks=tuple(_block(writer, told, group, first) for told in group.purposes),
            named=group.is_audience or len(group.purposes) > 1,
            also=writer.say("purposes.also", purposes=writer.purposes(group.also)) if group.also else (),
        )
        for group in groups
    )


def _block(writer: Writer, told: Told, group: Readers, first: dict[str, Told]) -> Block:
    text = writer.text(told.purpose.text) or writer.gap(f"{told.address}.text")
    return Block(
        id=told.id,
        audience=_audience(writer, told, group),
        heading=changed(text, "upper"),
        lead=tuple(_lead(writer, told)),
        facts=tuple(_facts(writer, told, first)),
    )


def _audience(writer: Writer, told: Told, group: Readers) -> Line:
    """Every audience that the purpose concerns, its own first, and the activity where its name says more."""
    notice = writer.context.registry.notice
    audiences = (notice.audiences if notice is not None else None) or {}
    concerned = [writer.text(audience.name) for audience in audiences.values() if set(audience.subjects or ()) & set(people(told))]
    names = dict.fromkeys((group.name, *concerned))
    people_named = writer.join(name if not place else changed(name, "lower") for place, name in enumerate(names))
    activity = writer.text(told.activity.name)
    known = {words_of(group.name), words_of(writer.title(told))}
    return line(people_named, " · ", activity) if activity and words_of(activity) not in known else people_named


def _lead(writer: Writer, told: Told) -> Iterator[Line]:
    subjects = people(told)
    if subjects and subjects != (EVERYONE,):
        yield sentences(writer.say("purposes.concerns", people=writer.labels("data_subjects", subjects)))
    elif not subjects:
        yield writer.gap(f"activities/{told.activity.id}#subjects")
    if told.activity.summary:
        yield writer.told(told.activity.summary)
    if told.activity.collection_ended:
        yield writer.say("purposes.ended")
    if told.activity.may_surprise:
        yield line(styled("strong", writer.fixed("purposes.may-surprise")), " ", writer.told(told.activity.may_surprise))


def _facts(writer: Writer, told: Told, first: dict[str, Told]) -> Iterator[Fact]:
    yield data_fact(writer, told)
    yield source_fact(writer, told)
    yield basis_fact(writer, told)
    yield obligation_fact(writer, told)
    yield retention_fact(writer, told)
    yield recipients_fact(writer, told)
    yield from joint_fact(writer, told)
    yield outside_fact(writer, told, first)
    yield from decision_facts(writer, told)
    yield from children_fact(writer, told)
    yield Fact(writer.fixed("labels.rights"), (rights_of(writer, told),))


def may_surprise(told: Told) -> bool:
    """Whether a purpose belongs in the first layer: it was named as surprising, or a machine decides alone (WP260, 36)."""
    return told.activity.may_surprise is not None or isinstance(told.activity.automated_decision, AutomatedDecision)
