"""Text of a registry is data: no formula, no markup, no character that steers a program."""

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from ropa.publish.record.csv_text import harmless
from tests.publish.record.samples import SUPPLIER, pages, sheets, write

HOSTILE = {
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1)",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "template": "{{ 7 * 7 }}{% raw %}",
    "separators": 'a;b"c,d',
    "link": "javascript:alert(3)",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    activities = {}
    for name, text in HOSTILE.items():
        quoted = "'" + text.replace("'", "''") + "'"
        written = SUPPLIER["activities/letters"].replace("Nyhetsbrev,", f"{quoted},").replace("nb: Sende deg nyhetsbrev", f"nb: {quoted}")
        activities[f"activities/{name}"] = written.replace("owner: salgsleder", f"owner: {quoted}").replace("unit: Salg", f"unit: {quoted}")
    return write(tmp_path, {**SUPPLIER, **activities})


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_csv_holds_no_formula(folder: Path) -> None:
    for content in (sheets(folder)["controller.csv"], sheets(folder)["processor.csv"]):
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";") for cell in row]

        assert not [cell for cell in cells for line in cell.split("\n") if line.lstrip().startswith(("=", "+", "-", "@", "\t"))]


def test_csv_begins_with_a_mark_and_its_header_and_keeps_separators(folder: Path) -> None:
    content = sheets(folder)["controller.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))

    assert content.startswith("\ufeffReferanse;Behandlingen gjelder;".encode())
    assert next(row for row in rows if row["Referanse"] == "separators")["Behandlingen gjelder"] == 'a;b"c,d'


@pytest.mark.parametrize("text", ["\t=1", "\r=1", " =1", "\u00a0+1", "＝1+1", "first\n=second"])
def test_a_formula_is_found_behind_what_hides_it(text: str) -> None:
    assert "'" in harmless(text)


def test_the_workbook_holds_the_words_as_text(folder: Path) -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheets(folder)["record.xlsx"]))["Protokoll"]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value in HOSTILE.values()]

    assert {cell.value for cell in cells} == set(HOSTILE.values())
    assert {cell.data_type for cell in cells} == {"s"}


def test_pages_hold_no_tag_or_link_of_the_registry(folder: Path) -> None:
    found = pages(folder)
    assert "&lt;script&gt;" in found["controller.nb.html"]
    for page in found.values():
        tags = _Tags()
        tags.feed(page)

        assert not {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "object", "form"}
        assert not [attributes for _, attributes in tags.seen if any(key.startswith("on") for key in attributes)]
        assert not [attributes for _, attributes in tags.seen if (attributes.get("href") or "").lower().startswith("javascript")]


def test_direction_and_control_characters_are_taken_out(tmp_path: Path) -> None:
    name = '"Nyhet\\u202Esbrev\\u2066\\u200F"'
    folder = write(tmp_path, {**SUPPLIER, "activities/letters": SUPPLIER["activities/letters"].replace("nb: Nyhetsbrev", f"nb: {name}")})
    page = openpyxl.load_workbook(io.BytesIO(sheets(folder)["record.xlsx"]))["Protokoll"]
    texts = [
        *pages(folder).values(),
        sheets(folder)["controller.csv"].decode(),
        *(str(cell.value) for row in page.iter_rows() for cell in row),
    ]

    assert not [text for text in texts for character in "\u202e\u2066\u200f" if character in text]
