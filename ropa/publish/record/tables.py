"""The sheets' tables as plain text: headings with their letters, and rows. What CSV and XLSX share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ropa.flows.crossings import is_outside, stored_in
from ropa.model.activity import Activity
from ropa.model.parties import Party
from ropa.publish.record import bodies, flows, purposes, upkeep
from ropa.publish.record.cells import Cell, has_gap, line, text
from ropa.publish.record.columns import CONTROLLER, PROCESSOR, Column
from ropa.publish.record.head import Kind
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import as_controller, as_processor, customer_rows, group_rows
from ropa.publish.templating import plain

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its words, the letter of Art. 30 in words (empty for one of practice), its width in characters."""

    title: str
    letter: str
    width: int


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a table as text, and whether something in it is not clear."""

    text: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Field, ...], ...]


def field(cell: Cell) -> Field:
    """A cell as text: its lines joined by line breaks, without characters that steer a program or turn text around."""
    return Field("\n".join(plain(part).strip() for part in text(cell).split("\n")), has_gap(cell))


def controller(scribe: Scribe, with_head: bool) -> Table:
    """Art. 30(1): one row an activity and data group. `with_head` leaves out what the document's head says once."""
    return _table(scribe, CONTROLLER, group_rows(as_controller(scribe.context)), 1, with_head)


def processor(scribe: Scribe, with_head: bool) -> Table:
    """Art. 30(2): one row an activity and customer."""
    return _table(scribe, PROCESSOR, customer_rows(as_processor(scribe.context)), 2, with_head)


def _table(scribe: Scribe, columns: Sequence[Column[Row]], rows: Iterable[Row], paragraph: int, with_head: bool) -> Table:
    shown = [column for column in columns if not (with_head and column.once)]
    heads = tuple(
        Head(
            scribe.fixed(f"columns.{column.key}"),
            scribe.fixed("sheet.letter", paragraph=paragraph, letter=column.letter) if column.letter else "",
            column.width,
        )
        for column in shown
    )
    return Table(heads, tuple(tuple(field(column.cell(scribe, row)) for column in shown) for row in rows))


def _current(scribe: Scribe) -> list[Activity]:
    return [*as_controller(scribe.context).current, *as_processor(scribe.context).current]


def recipients(scribe: Scribe) -> Table:
    """Every named party that data of the record reach: what it is, where it is, what carries a transfer, which activities."""
    users: dict[str, list[Activity]] = {}
    for activity in _current(scribe):
        for receipt in scribe.receipts(activity):
            if receipt.party in scribe.context.registry.parties and receipt.party is not None:
                held = users.setdefault(receipt.party, [])
                if activity not in held:
                    held.append(activity)
    heads = _heads(scribe, (("party", 30), ("kind", 28), ("role", 26), ("country", 18), ("stored_in", 22), ("accessed_from", 22)))
    heads += _heads(scribe, (("transfer_countries", 44),))
    heads += (Head(scribe.fixed("columns.agreements"), "", 28), *_heads(scribe, (("used_by", 40),)))
    names = sorted(users, key=lambda name: (scribe.party(name).casefold(), name))
    return Table(heads, tuple(_recipient(scribe, name, users[name]) for name in names))


def _recipient(scribe: Scribe, name: str, activities: list[Activity]) -> tuple[Field, ...]:
    party = scribe.context.registry.parties[name]
    roles = {receipt.role for activity in activities for receipt in scribe.receipts(activity) if receipt.party == name and receipt.role}
    cells: tuple[Cell, ...] = (
        (line(scribe.party(name)),),
        _labels(scribe, "recipient_kinds", [party.kind] if party.kind else []),
        _labels(scribe, "party_roles", sorted(roles)),
        scribe.stated(_countries(scribe, [party.country] if party.country else []), f"parties/{name}#country"),
        scribe.stated(_countries(scribe, stored_in(party)), f"parties/{name}#stored_in"),
        scribe.stated(_countries(scribe, party.accessed_from or ()), f"parties/{name}#accessed_from", otherwise="none"),
        _carried(scribe, name, party, activities) or (line(scribe.fixed("none"), "muted"),),
        flows.agreement(scribe, name) or (line(scribe.fixed("not_applicable"), "muted"),),
        tuple(line(scribe.words.text(activity.name) or activity.id) for activity in activities),
    )
    return tuple(field(cell) for cell in cells)


def _labels(scribe: Scribe, list_name: str, codes: Iterable[str]) -> Cell:
    return tuple(line(said) for said in scribe.words.labels(list_name, codes))


def _countries(scribe: Scribe, codes: Iterable[str]) -> Cell:
    return tuple(line(scribe.words.country(code)) for code in codes)


def _carried(scribe: Scribe, name: str, party: Party, activities: list[Activity]) -> Cell:
    """The countries outside the EEA that a party brings data to, each with what carries the transfer."""
    cell: dict[Cell, None] = {}
    for activity in activities:
        for crossing in scribe.crossings(activity):
            if crossing.party == name:
                cell.setdefault(flows.mechanism(scribe, crossing, scribe.words.country(crossing.country)))
    found = tuple(each for lines in cell for each in lines)
    if not found and party.country is not None and is_outside(party.country):
        return (line(scribe.words.country(party.country)),)
    return found


def systems(scribe: Scribe) -> Table:
    """Every system that data of the record are in."""
    users: dict[str, list[Activity]] = {}
    for activity in _current(scribe):
        for name in flows.system_ids(activity):
            if name in scribe.context.registry.systems:
                users.setdefault(name, []).append(activity)
    heads = _heads(scribe, (("system", 28), ("system_kind", 22), ("run_by", 28), ("stored_in", 22), ("accessed_from", 22)))
    heads += (Head(scribe.fixed("columns.security"), "", 44), *_heads(scribe, (("used_by", 40),)))
    return Table(heads, tuple(_system(scribe, name, users[name]) for name in sorted(users)))


def _system(scribe: Scribe, name: str, activities: list[Activity]) -> tuple[Field, ...]:
    system = scribe.context.registry.systems[name]
    runner = scribe.context.registry.parties.get(system.run_by or "")
    stored = system.stored_in if system.stored_in is not None else stored_in(runner) if runner is not None else ()
    accessed = system.accessed_from if system.accessed_from is not None else runner.accessed_from if runner is not None else ()
    run_by = scribe.party(system.run_by) if system.run_by else scribe.fixed("sheet.ourselves")
    at = f"systems/{name}"
    cells: tuple[Cell, ...] = (
        scribe.text_line(system.name) or (line(name),),
        _labels(scribe, "system_kinds", [system.kind] if system.kind else []),
        scribe.gaps(f"{at}#run_by") or (line(run_by),),
        scribe.stated(_countries(scribe, stored), f"{at}#stored_in"),
        scribe.stated(_countries(scribe, accessed or ()), f"{at}#accessed_from", otherwise="none"),
        scribe.stated(_labels(scribe, "security_measures", system.security_measures or ()), f"{at}#security_measures"),
        tuple(line(scribe.words.text(activity.name) or activity.id) for activity in activities),
    )
    return tuple(field(cell) for cell in cells)


def deleted(scribe: Scribe) -> Table:
    """The appendix: activities whose data are erased, with the day."""
    widths = {"name": 30, "purposes": 44, "ended": 22, "deleted": 22}
    heads = (Head(scribe.fixed("columns.reference"), "", 20), *(Head(scribe.fixed(f"appendix.{key}"), "", widths[key]) for key in widths))
    activities = [*as_controller(scribe.context).deleted, *as_processor(scribe.context).deleted]
    return Table(heads, tuple(tuple(field(cell) for cell in deleted_cells(scribe, activity)) for activity in activities))


def deleted_cells(scribe: Scribe, activity: Activity) -> tuple[Cell, ...]:
    """What the appendix says of one activity: reference, name, purposes, the end of the collection, the day of erasure."""
    why = upkeep.processing(scribe, activity) if activity.is_for_others else purposes.purposes(scribe, activity)
    days = [scribe.words.date(day) if day else scribe.fixed("not_stated") for day in (activity.collection_ended, activity.data_deleted)]
    return ((line(activity.id),), upkeep.name(scribe, activity), why, *((line(day),) for day in days))


def head_lines(scribe: Scribe, kind: Kind) -> list[Field]:
    """What a sheet's head says of the body that keeps it: its names and contact details in one line each."""
    found = [field(bodies.organisation(scribe)), field(bodies.officer(scribe)), field(bodies.representative(scribe))]
    titles = (kind, "dpo", "representative")
    return [
        Field(f"{scribe.fixed(f'columns.{title}')}: {', '.join(each.text.split(chr(10)))}", each.gap)
        for title, each in zip(titles, found, strict=True)
        if each.text
    ]


def _heads(scribe: Scribe, keys: Iterable[tuple[str, int]]) -> tuple[Head, ...]:
    return tuple(Head(scribe.fixed(f"sheet.{key}"), "", width) for key, width in keys)
