"""The workbook, read back as an office program reads it."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from ropa.publish.record.xlsx import EXTRA, MUST
from tests.conftest import registries
from tests.publish.record.samples import SUPPLIER, sheets, write


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(sheets(write(tmp_path, SUPPLIER))["record.xlsx"]))


def test_the_sheets(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["Protokoll", "Databehandler", "Mottakere og overføring", "Systemer", "Slettet", "Les meg"]


def test_the_header_is_frozen_filtered_and_printed_on_each_page(workbook: Workbook) -> None:
    page = workbook["Protokoll"]
    header = next(cell.row for cell in page["A"] if cell.value == "Referanse")

    assert page.freeze_panes == f"C{header + 1}"
    assert page.auto_filter.ref is not None
    assert page.auto_filter.ref.startswith(f"A{header}:")
    assert page.print_title_rows == f"${header - 1}:${header}"
    assert page.print_title_cols == "$A:$B"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 8
    assert page.oddFooter is not None
    assert page.oddFooter.right is not None
    assert "&P" in str(page.oddFooter.right.text)


def test_mandatory_columns_are_orange_with_their_letter_and_the_others_green(workbook: Workbook) -> None:
    page = workbook["Protokoll"]
    header = next(cell.row for cell in page["A"] if cell.value == "Referanse")
    colours = {}
    for cell in page[header]:
        letter = str(page.cell(header - 1, cell.column).value)
        colours[str(cell.value)] = (cell.fill.fgColor.rgb, letter)

    assert colours["Formål med behandlingen"] == (f"FF{MUST[1:]}", "art. 30 nr. 1 bokstav b")
    assert colours["Planlagte tidsfrister for sletting"] == (f"FF{MUST[1:]}", "art. 30 nr. 1 bokstav f")
    assert colours["Behandlingsgrunnlag (artikkel 6)"] == (f"FF{EXTRA[1:]}", "tillegg")
    assert {colour for colour, letter in colours.values() if letter == "tillegg"} == {f"FF{EXTRA[1:]}"}
    assert {letter[-1] for _, letter in colours.values() if letter != "tillegg"} == set("abcdefg")


def test_the_head_names_controller_officer_day_and_what_is_open(workbook: Workbook) -> None:
    head = "\n".join(str(workbook["Protokoll"].cell(row, 1).value) for row in range(1, 5))

    for words in ("Fjellregneark AS", "Personvernkontoret", "1. desember 2026", "1 feil, 2 advarsler"):
        assert words in head


def test_cells_wrap_and_a_gap_is_coloured(workbook: Workbook) -> None:
    page = workbook["Protokoll"]
    gaps = [cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("Ikke avklart: ")]

    assert gaps
    assert all(cell.alignment.wrap_text and cell.fill.fgColor.rgb == "FFFFF6E0" for cell in gaps)


@pytest.mark.parametrize("name", registries())
def test_every_cell_is_text(name: str) -> None:
    content = sheets(registries()[name])["record.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not [entry for entry in zipfile.ZipFile(io.BytesIO(content)).namelist() if "external" in entry.lower()]


def test_a_text_longer_than_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    long = SUPPLIER["activities/letters"].replace("nb: Sende deg nyhetsbrev", f"nb: {'Sende ' * 6000}")
    book = openpyxl.load_workbook(io.BytesIO(sheets(write(tmp_path, {**SUPPLIER, "activities/letters": long}))["record.xlsx"]))
    longest = max((str(cell.value) for row in book["Protokoll"].iter_rows() for cell in row if cell.value), key=len)

    assert len(longest) == 32767
    assert longest.endswith("…")


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    folder = write(tmp_path, SUPPLIER)

    assert sheets(folder) == sheets(folder)
