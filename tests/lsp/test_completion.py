"""What is offered at the cursor, in files that are whole and in lines that are half written."""

from pathlib import Path

import pytest
from lsprotocol import types

from ropa.lsp.registry import OpenRegistry
from tests.conftest import registries
from tests.lsp.opened import completed, opened, written

FILE = "activities/ny.yaml"


@pytest.fixture(scope="module")
def registry() -> OpenRegistry:
    return opened(registries()["municipal-health"])


@pytest.mark.parametrize(
    ("text", "among", "not_among"),
    [
        ("|", {"name", "role", "purposes"}, {"unknown", "consent"}),
        ("name: Nytt\nro|", {"role"}, {"name"}),
        ("role: |", {"controller", "processor", "unknown"}, {"name"}),
        ("role: contr|oller", {"controller"}, set()),
        ('role: "|', {"controller"}, set()),
        ("subjects: [|", {"patient", "sommarvikar"}, {"unknown"}),
        ("subjects:\n  - |", {"patient", "sommarvikar"}, {"unknown"}),
        ("recipients: |", {"none", "alarmselskap", "tax-authority"}, {"us"}),
        ("systems: |", {"journalsystem"}, {"alarmselskap"}),
        ("retention: |", {"journal", "bookkeeping"}, set()),
        ("retention: {|", {"period", "from"}, {"journal"}),
        ("retention: {from: |", {"last-contact", "siste-innforing"}, set()),
        ("purposes:\n  a:\n    basis: {|", {"consent", "public-task"}, {"unknown"}),
        ("purposes:\n  a:\n    basis: {consent: |", {"bilete-samtykke"}, {"journal"}),
        ("purposes:\n  a:\n    basis: {consent: {request: |", {"bilete-samtykke"}, set()),
        ("purposes:\n  a:\n    basis: {consent: bilete-samtykke, |", {"contract"}, {"consent"}),
        ("purposes:\n  a:\n    kind: |", {"recruitment"}, set()),
        ("data:\n  g:\n    article_9: |", {"legal-claims", "unknown"}, set()),
        ("data:\n  g:\n    article_9: {|", {"explicit-consent"}, {"unknown"}),
        ("data: {g: [name, |", {"health-data"}, {"unknown"}),
        ("dpia: |", {"dpia-journal"}, {"journal"}),
        ("recipients:\n  alarmselskap:\n    transfers:\n      |", {"US", "NO"}, set()),
        ("ai: {develops: |", {"true", "false"}, set()),
        ("purposes:\n  hjelpe: {}\ndata:\n  g:\n    purposes: [|", {"hjelpe"}, {"bevare"}),
        ("purposes:\n  a:\n    further_processing: {of: |", {"journal.hjelp"}, set()),
        ("purposes:\n  a:\n    text: Sende |", set(), {"unknown", "nb"}),
        ("# |", set(), {"role"}),
        ("ukjent: {|", set(), {"role"}),
    ],
)
def test_what_is_offered(registry: OpenRegistry, text: str, among: set[str], not_among: set[str]) -> None:
    found = set(completed(registry, FILE, text))

    assert among <= found
    assert not not_among & found


def test_in_the_other_files(registry: OpenRegistry) -> None:
    assert "joint-controller" in completed(registry, "parties/ny.yaml", "role: |")
    assert "alarmselskap" in completed(registry, "systems/ny.yaml", "run_by: |")
    assert "bilete-samtykke" in completed(registry, "cookies/ny.yaml", "consent: |")
    assert {"nb", "nn", "en"} <= set(completed(registry, "notice.yaml", "title:\n  |"))
    assert not completed(registry, "elsewhere/ny.yaml", "role: |")


def test_names_are_told_and_found_by(registry: OpenRegistry) -> None:
    patient = completed(registry, FILE, "subjects: [|")["patient"]
    party = completed(registry, FILE, "recipients: [|")["alarmselskap"]
    consent = completed(registry, FILE, "purposes:\n  a:\n    basis: {consent: |")["bilete-samtykke"]
    role = completed(registry, FILE, "ro|")["role"]

    assert (patient.detail, patient.filter_text) == ("Pasienter", "patient Pasienter")
    assert (party.detail, party.kind) == ("Fjellvakt Velferd AS", types.CompletionItemKind.Reference)
    assert consent.detail == "Signert skjema"
    assert role.detail == "Rolle (må fylles ut)"
    assert isinstance(role.documentation, types.MarkupContent)
    assert "Art. 4" in role.documentation.value.replace("\\", "")


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("ro|", "role", "role: "),
        ("ro|: controller", "role", "role"),
        ("purp|", "purposes", "purposes:"),
        ("purposes:\n  a:\n    basis: |", "consent", "\n      consent: "),
        ("purposes:\n  a: {basis: |", "consent", "{consent: }"),
        ("subjects:\n  |", "patient", "- patient"),
        ("recipients:\n  |", "none", "none"),
        ("recipients:\n  |", "alarmselskap", "alarmselskap:"),
    ],
)
def test_what_is_put_in(registry: OpenRegistry, text: str, label: str, expected: str) -> None:
    assert written(completed(registry, FILE, text)[label]) == expected


def test_the_whole_word_is_replaced(registry: OpenRegistry) -> None:
    edit = completed(registry, FILE, "name: 😀\nrole: contr|oller # ja")["processor"].text_edit

    assert isinstance(edit, types.TextEdit)
    assert edit.range == types.Range(types.Position(1, 6), types.Position(1, 16))


def test_what_a_broken_file_declared_is_still_offered(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("format: 1\nlanguages: [nb]\n", encoding="utf-8")
    (tmp_path / "consents.yaml").write_text("nyhetsbrev: {given: tick-box}\n", encoding="utf-8")
    registry = opened(tmp_path)

    registry.write("consents.yaml", "nyhetsbrev: {given: tick-box}\nny: {", 1)

    assert "nyhetsbrev" in completed(registry, FILE, "purposes:\n  a:\n    basis: {consent: |")
