"""The record as a workbook, in the form of Datatilsynet's own templates: orange columns must be there, green ones are extra."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from ropa.publish.output import Stamp
from ropa.publish.record import tables
from ropa.publish.record.accepted import AcceptedFindings
from ropa.publish.record.accepted import table as acceptance_table
from ropa.publish.record.head import Head as DocumentHead
from ropa.publish.record.head import head
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.selection import is_processor
from ropa.publish.record.tables import Field, Table

MUST, MUST_LETTER = "#F8CFA8", "#FCE8D5"
EXTRA, EXTRA_LETTER = "#CDE8C9", "#E8F5E5"
GAP: Final = "#FFF6E0"
_LONGEST: Final = 32767
"""The most characters that a cell of a workbook holds."""
_NO_DAY: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook's day of creation has no zone
_A4: Final = 9
_A3: Final = 8
"""Papers. A table is printed on A3: on A4 its letters would be under six points, or its rows lie over seven pages."""
_LINE: Final = 13.0
_TALLEST: Final = 409.0
_FILL: Final = 1.1
"""The height of a line and of the tallest row that there may be, in points; how many letters stand in one unit of width."""
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, what stands above its table, the table, and how many columns stay when one scrolls sideways or prints."""

    name: str
    above: tuple[str, ...]
    table: Table
    kept: int
    pages_wide: int
    letters: bool = False


def workbook(scribe: Scribe, stamp: Stamp, accepted: AcceptedFindings) -> bytes:
    """The whole workbook. Equal registries give equal bytes: the day of creation is the record's."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    document = head(scribe, stamp, "controller")
    created = datetime(stamp.as_of.year, stamp.as_of.month, stamp.as_of.day) if stamp.as_of else _NO_DAY  # noqa: DTZ001 - a workbook knows no time zone
    book.set_properties({"title": scribe.fixed("title"), "author": document.organisation, "created": created})
    formats = _Formats(book)
    for sheet in _sheets(scribe, stamp, document, accepted):
        _write(book, formats, scribe, document, sheet)
    _read_me(book, formats, scribe, document)
    book.close()
    return out.getvalue()


def _sheets(scribe: Scribe, stamp: Stamp, document: DocumentHead, accepted: AcceptedFindings) -> list[Sheet]:
    title = ", ".join(part for part in (document.organisation, document.as_of, document.revision, document.draft) if part)
    above = (f"{scribe.fixed('title')}, {title}", *(each.text for each in tables.head_lines(scribe, "controller")), document.state)
    sheets = [Sheet(scribe.fixed("sheet.controller"), above, tables.controller(scribe, with_head=True), 2, 5, letters=True)]
    if is_processor(scribe.context.registry):
        own = head(scribe, stamp, "processor")
        lines = (above[0], *(each.text for each in tables.head_lines(scribe, "processor")), own.state)
        sheets.append(Sheet(scribe.fixed("sheet.processor"), lines, tables.processor(scribe, with_head=True), 2, 3, letters=True))
    sheets.append(Sheet(scribe.fixed("sheet.recipients"), above[:1], tables.recipients(scribe), 1, 1))
    sheets.append(Sheet(scribe.fixed("sheet.systems"), above[:1], tables.systems(scribe), 1, 1))
    erased = tables.deleted(scribe)
    if erased.rows:
        sheets.append(Sheet(scribe.fixed("sheet.deleted"), above[:1], erased, 2, 1))
    if accepted.findings:
        sheets.append(Sheet(scribe.fixed("sheet.accepted"), above[:1], acceptance_table(scribe, accepted), 1, 1))
    return sheets


class _Formats:
    """The looks of cells."""

    def __init__(self, book: Any) -> None:
        body = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CDD5DC", "font_name": "Calibri", "font_size": 10}
        top = {**body, "bold": True, "valign": "bottom", "bottom": 2, "bottom_color": "#15202B"}
        letter = {**body, "font_color": "#495866", "font_size": 9}
        self.title = book.add_format({"bold": True, "font_size": 13, "font_name": "Calibri"})
        self.note = book.add_format({"font_size": 10, "font_name": "Calibri"})
        self.prose = book.add_format({"font_size": 11, "font_name": "Calibri", "text_wrap": True, "valign": "top"})
        self.body = book.add_format(body)
        self.first = book.add_format({**body, "bold": True})
        self.gap = book.add_format({**body, "bg_color": GAP, "left": 5, "left_color": "#805000"})
        self.must, self.extra = (book.add_format({**top, "bg_color": colour}) for colour in (MUST, EXTRA))
        self.must_letter, self.extra_letter = (book.add_format({**letter, "bg_color": colour}) for colour in (MUST_LETTER, EXTRA_LETTER))


def _write(book: Any, formats: _Formats, scribe: Scribe, document: DocumentHead, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:31])
    for row, words in enumerate(sheet.above):
        _string(page, row, 0, words, formats.title if row == 0 else formats.note)
    top = len(sheet.above)
    if sheet.letters:
        _letters(page, formats, scribe, sheet.table, top)
        top += 1
    for column, each in enumerate(sheet.table.heads):
        page.set_column(column, column, each.width)
        _string(page, top, column, each.title, formats.must if each.letter else formats.extra)
    widths = [each.width for each in sheet.table.heads]
    page.set_row(top, _height([each.title for each in sheet.table.heads], [width - 4 for width in widths]))
    for row, cells in enumerate(sheet.table.rows, start=top + 1):
        page.set_row(row, _height([each.text for each in cells], widths))
        _row(page, formats, row, cells, sheet.kept)
    last = top + max(len(sheet.table.rows), 1)
    page.freeze_panes(top + 1, sheet.kept)
    page.autofilter(top, 0, last, len(sheet.table.heads) - 1)
    _print_setup(page, scribe, document, sheet, top)


def _letters(page: Any, formats: _Formats, scribe: Scribe, table: Table, row: int) -> None:
    """The row over the headings: the provision that asks for a column, or that it is an addition."""
    for column, each in enumerate(table.heads):
        words = each.letter or scribe.fixed("sheet.practice")
        _string(page, row, column, words, formats.must_letter if each.letter else formats.extra_letter)


def _row(page: Any, formats: _Formats, row: int, cells: Sequence[Field], kept: int) -> None:
    for column, each in enumerate(cells):
        _string(page, row, column, each.text, formats.gap if each.gap else formats.first if column < kept else formats.body)


def _string(page: Any, row: int, column: int, words: str, look: Any) -> None:
    """Text as text: never a formula, a link or a number, and no longer than a cell may be."""
    page.write_string(row, column, words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…", look)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row in points, counted from the words: not every program fits rows to wrapped text by itself."""
    lines = max(
        sum(max(1, len(textwrap.wrap(part, int(width * _FILL)))) for part in words.split("\n"))
        for words, width in zip(texts, widths, strict=True)
    )
    return min(lines * _LINE + 4, _TALLEST)


def _print_setup(page: Any, scribe: Scribe, document: DocumentHead, sheet: Sheet, top: int) -> None:
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(sheet.pages_wide, 0)
    page.repeat_rows(top - 1 if sheet.letters else top, top)
    if sheet.pages_wide > 1:
        page.repeat_columns(0, sheet.kept - 1)
    left = f"{document.organisation}, {scribe.fixed('title')}, {document.as_of or document.revision}".replace("&", "&&")
    # A footer holds at most 255 characters.
    page.set_footer(f"&L{left[:180]}&R{scribe.fixed('sheet.page')} &P {scribe.fixed('sheet.of')} &N")


def _read_me(book: Any, formats: _Formats, scribe: Scribe, document: DocumentHead) -> None:
    page = book.add_worksheet(scribe.fixed("sheet.readme"))
    page.set_column(0, 0, 100)
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    lines = [*document.lines, *scribe.fixed_list("sheet.readme_lines")]
    _string(page, 0, 0, f"{scribe.fixed('title')}, {document.organisation}", formats.title)
    for row, words in enumerate(lines, start=1):
        _string(page, row, 0, words, formats.prose)
    row = len(lines) + 2
    _string(page, row, 0, scribe.fixed("sheet.must"), formats.must)
    _string(page, row + 1, 0, scribe.fixed("sheet.extra"), formats.extra)
