"""The record as a page: the head, a table in the order of Art. 30 with one row an activity (or customer), then what practice adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ropa.model.activity import Activity
from ropa.publish.output import Stamp
from ropa.publish.record import bodies, data, flows, purposes, tables, upkeep
from ropa.publish.record.accepted import AcceptedFindings, Reason, reasons
from ropa.publish.record.cells import Cell, Line, has_gap, line
from ropa.publish.record.columns import CONTROLLER, PROCESSOR, Controller
from ropa.publish.record.head import Head, Kind, counted, head, selection
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import CustomerRow, GroupRow, customer_rows, customers

_SHOWN_GAPS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column of the page: its words, the letter of Art. 30 in words, and how wide it is (a class of the style sheet)."""

    key: str
    title: str
    letter: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the main table. `anchor` is the activity's id (with the customer's where there are several)."""

    anchor: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its heading; a wide one takes the room of two."""

    title: str
    cell: Cell
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """What practice adds on one activity."""

    anchor: str
    name: Line
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the page or to a file beside it."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One of the two records in one language."""

    language: str
    title: str
    subtitle: str
    lead: str
    head: Head
    facts: tuple[Fact, ...]
    files: tuple[Link, ...]
    gaps_heading: str
    gaps: tuple[Link, ...]
    more_gaps: str
    table_heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    extras: tuple[Extra, ...]
    erased: tuple[tuple[Cell, ...], ...]
    accepted: tuple[Reason, ...]
    words: dict[str, str]


def page(scribe: Scribe, stamp: Stamp, kind: Kind, others: Sequence[Kind], accepted: AcceptedFindings) -> Page:
    """The view of one of the two records; `others` are the records that stand beside it, `accepted` the findings that it lives with."""
    document = head(scribe, stamp, kind)
    columns = _columns(scribe, kind)
    rows = tuple(_controller_rows(scribe) if kind == "controller" else _processor_rows(scribe))
    gaps = _gaps(kind, columns, rows)
    chosen = selection(scribe, kind)
    return Page(
        language=scribe.words.language,
        title=scribe.fixed("title"),
        subtitle=scribe.fixed(f"as_{kind}"),
        lead=scribe.fixed(f"head.lead.{kind}"),
        head=document,
        facts=_facts(scribe, kind, document),
        files=_files(scribe, kind, others),
        gaps_heading=counted(scribe, "gaps", len(gaps)) if gaps else "",
        gaps=tuple(gaps[:_SHOWN_GAPS]),
        more_gaps=scribe.fixed("head.more", count=len(gaps) - _SHOWN_GAPS) if len(gaps) > _SHOWN_GAPS else "",
        table_heading=scribe.fixed(f"table.{kind}"),
        columns=columns,
        rows=rows,
        empty=scribe.fixed("table.empty" if kind == "controller" else "table.processor_empty"),
        extras=tuple(_extra(scribe, activity, kind) for activity in chosen.current),
        erased=tuple(tables.deleted_cells(scribe, activity)[1:] for activity in chosen.deleted),
        accepted=reasons(scribe, accepted),
        words=_words(scribe),
    )


def _words(scribe: Scribe) -> dict[str, str]:
    """The fixed words of the template, by key with an underscore for the dot."""
    keys = [f"marks.{look}" for look in ("border", "adequate", "agreement", "derogation", "undeclared")]
    keys += [f"appendix.{part}" for part in ("heading", "lead", "name", "purposes", "ended", "deleted")]
    keys += ["head.files", "head.draft", "extras.heading", "extras.lead", "accepted.heading", "accepted.lead"]
    return {key.replace(".", "_"): scribe.fixed(key) for key in keys}


def _facts(scribe: Scribe, kind: Kind, document: Head) -> tuple[Fact, ...]:
    """The head's facts: who, the officer, the representative, as of when, how much."""
    as_of = [
        line(document.as_of or scribe.fixed("head.no_date"), "strong"),
        *([line(document.revision, "muted")] if document.revision else []),
    ]
    first, *rest = document.extent
    own_officer = "dpo" if kind == "controller" else "own_dpo"
    facts = [
        Fact(scribe.fixed(f"columns.{kind}"), bodies.organisation(scribe)),
        Fact(scribe.fixed(f"columns.{own_officer}"), bodies.officer(scribe)),
        Fact(scribe.fixed("columns.representative"), bodies.representative(scribe) if kind == "controller" else ()),
        Fact(scribe.fixed("head.as_of"), tuple(as_of)),
        Fact(scribe.fixed("head.extent"), (line(first, "strong"), *map(line, rest))),
        Fact(scribe.fixed("head.everywhere", letter="g" if kind == "controller" else "d"), upkeep.everywhere(scribe), wide=True),
        Fact(scribe.fixed("head.exemption"), document.exemption),
        Fact(scribe.fixed("head.acts_as_processor"), document.acts_as_processor),
    ]
    return tuple(fact for fact in facts if fact.cell)


def _files(scribe: Scribe, kind: Kind, others: Sequence[Kind]) -> tuple[Link, ...]:
    language = scribe.words.language
    links = [Link("record.xlsx", "XLSX"), Link(f"{kind}.csv", "CSV"), Link("record.json", "JSON")]
    return (*links, *(Link(f"{other}.{language}.html", scribe.fixed(f"head.other_record.{other}")) for other in others))


def _columns(scribe: Scribe, kind: Kind) -> tuple[Column, ...]:
    keys = (
        (("activity", "b"), ("pairs", "c"), ("recipients", "d"), ("outside", "e"), ("retention", "f"), ("security", "g"))
        if kind == "controller"
        else (("customer", "a"), ("processing", "b"), ("subprocessors", "a"), ("outside", "c"), ("security", "d"))
    )
    return tuple(Column(key, scribe.fixed(f"table.{key}"), scribe.fixed("table.letter", letter=letter)) for key, letter in keys)


def _controller_rows(scribe: Scribe) -> list[Row]:
    return [
        Row(
            activity.id,
            (
                _what_and_why(scribe, activity),
                data.pairs(scribe, activity),
                flows.recipients(scribe, activity),
                flows.outside_with_safeguards(scribe, activity),
                data.limits(scribe, activity),
                upkeep.security_beside(scribe, activity),
            ),
        )
        for activity in selection(scribe, "controller").current
    ]


def _what_and_why(scribe: Scribe, activity: Activity) -> Cell:
    """The name, the purposes, the bases (an addition, so muted), and the joint controllers."""
    names = [scribe.party(name) for name in activity.joint or {}]
    joint = (line(scribe.words.join(names), lead=scribe.fixed("columns.joint")),) if names else ()
    return (*upkeep.name(scribe, activity), *purposes.purposes(scribe, activity), *purposes.legal_bases(scribe, activity), *joint)


def _processor_rows(scribe: Scribe) -> list[Row]:
    rows = []
    for row in customer_rows(selection(scribe, "processor")):
        several = len(row.activity.on_behalf_of or ()) > 1
        rows.append(
            Row(
                f"{row.activity.id}.{row.customer}" if several else row.activity.id,
                (
                    _customer(scribe, row),
                    (*upkeep.name(scribe, row.activity), *upkeep.processing(scribe, row.activity)),
                    flows.subprocessors(scribe, row.activity) or (line(scribe.fixed("none"), "muted"),),
                    flows.outside_with_safeguards(scribe, row.activity, row.customer),
                    upkeep.security_beside(scribe, row.activity),
                ),
            )
        )
    return rows


def _customer(scribe: Scribe, row: CustomerRow) -> Cell:
    """The customer, its officer and the representatives, as far as there are any."""
    cell = list(bodies.customer(scribe, row.activity, row.customer))
    others = {
        "own_dpo": bodies.customer_officer(scribe, row.customer),
        "representatives": bodies.customer_representative(scribe, row.customer),
    }
    for key, found in others.items():
        if found:
            cell.append(line(scribe.fixed(f"columns.{key}"), "muted"))
            cell += [replace(each, look="plain") if each.look == "strong" else each for each in found]
    return tuple(cell)


def _gaps(kind: Kind, columns: Sequence[Column], rows: Sequence[Row]) -> list[Link]:
    """What is not clear in the main table: which activity, which column."""
    name_at = 0 if kind == "controller" else 1
    found: list[Link] = []
    for row in rows:
        name = str(row.cells[name_at][0])
        found += [
            Link(f"#{row.anchor}", f"{name}: {column.title}") for column, cell in zip(columns, row.cells, strict=True) if has_gap(cell)
        ]
    return found


def _extra(scribe: Scribe, activity: Activity, kind: Kind) -> Extra:
    facts = _controller_extras(scribe, activity) if kind == "controller" else _processor_extras(scribe, activity)
    return Extra(f"more.{activity.id}", upkeep.name(scribe, activity)[0], tuple(fact for fact in facts if fact.cell))


# What the main table says already.
_SHOWN = frozenset({"name", "basis", "group", "processors", "mechanisms"})


def _controller_extras(scribe: Scribe, activity: Activity) -> list[Fact]:
    """The columns of practice that are filled; joint controllers stand here in full."""
    columns = [column for column in CONTROLLER if not column.letter and column.key not in _SHOWN]
    return [
        Fact(scribe.fixed("columns.joint"), flows.joint(scribe, activity)),
        *(Fact(scribe.fixed(f"columns.{column.key}"), _of_all_groups(scribe, activity, column)) for column in columns),
    ]


def _of_all_groups(scribe: Scribe, activity: Activity, column: Controller) -> Cell:
    return data.by_group(scribe, activity, lambda name, group: column.fill(scribe, GroupRow(activity, name, group)))


def _processor_extras(scribe: Scribe, activity: Activity) -> list[Fact]:
    facts: list[Fact] = []
    for column in PROCESSOR:
        if column.letter or column.key in _SHOWN:
            continue
        rows = customers(activity)
        found = [column.fill(scribe, row) for row in rows]
        if len(set(found)) == 1:
            facts.append(Fact(scribe.fixed(f"columns.{column.key}"), found[0]))
            continue
        lines: list[Line] = []
        for row, cell in zip(rows, found, strict=True):
            if cell:
                lines += [line(scribe.party(row.customer or ""), "muted"), *cell]
        facts.append(Fact(scribe.fixed(f"columns.{column.key}"), tuple(lines)))
    return facts
