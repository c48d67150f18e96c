"""Accepted findings stand in the record with their reasons: on the page, in the workbook, in the JSON."""

import io
import json

import openpyxl
import pytest

from ropa.publish.build import Plan, outputs
from tests.publish.evidence.helpers import checked

SHIPPED = "shipped"


@pytest.fixture(scope="module")
def record() -> dict[str, bytes]:
    built = outputs(checked(SHIPPED), Plan(parts=("record",)))
    return {output.path.rpartition("/")[2]: output.content for output in built}


def test_the_page_prints_every_accepted_finding_by_reason_role_and_end(record: dict[str, bytes]) -> None:
    of = checked(SHIPPED)
    page = record["controller.nb.html"].decode("utf-8")

    assert of.accepted()
    assert page.count("Godkjent av ") == len(
        {(each.accepted.because, each.accepted.by, each.accepted.until) for each in of.accepted() if each.accepted}
    )
    for finding in of.accepted():
        assert f"<code>{finding.address}</code> {finding.code} {finding.name}".replace('"', "&#34;") in page
    assert "Godkjent av personvernombud til 30. juni 2027" in page


def test_another_language_says_in_which_language_the_reasons_are(record: dict[str, bytes]) -> None:
    page = record["controller.en.html"].decode("utf-8")
    section = page.partition('<ul class="acceptances">')[2]

    assert '<blockquote><span lang="nb">' in section
    assert "Accepted by personvernombud until 30 June 2027" in section


def test_the_workbook_has_a_sheet_of_them(record: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(record["record.xlsx"]))["Godkjente funn"]
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert rows[0] == ["Funn", "Grunn", "Godkjent", "Sted i registeret", "Regel"]
    assert len(rows) == 1 + len(checked(SHIPPED).accepted())


def test_the_json_has_them_by_identity(record: dict[str, bytes]) -> None:
    found = json.loads(record["record.json"])["accepted"]

    assert [each["identity"] for each in found] == [finding.identity for finding in checked(SHIPPED).accepted()]
    assert all(each["because"] and each["by"] and each["until"] for each in found)


def test_the_json_says_of_whom_nobody_knows_where_they_keep_the_data(record: dict[str, bytes]) -> None:
    activities = json.loads(record["record.json"])["activities"]

    assert "google-ireland" in activities["embedded-video"]["derived"]["not_placed"]["parties"]
    assert activities["customer-management"]["derived"]["not_placed"]["kinds"]
