"""`ropa schema`: schemas that know the registry's own ids and codes, and refuse nothing that `ropa check` accepts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from ropa.schema.documents import kind_of
from ropa.source.files import read_registry
from tests.commands.running import ropa
from tests.conftest import registries


def _schemas(folder: Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def _validator(schemas: dict[str, Any], kind: str) -> Any:
    known: Any = Registry().with_resources([(name, Resource.from_contents(schema)) for name, schema in schemas.items()])
    return jsonschema.Draft202012Validator(schemas[f"{kind}.schema.json"], registry=known)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A small registry, fresh from `ropa init`."""
    assert ropa("init", tmp_path, "--ci", "none", "--editor", "none").code == 0
    return tmp_path / "registry"


@pytest.mark.parametrize("name", registries())
def test_the_schemas_of_a_registry_take_its_own_files(name: str, tmp_path: Path) -> None:
    folder = registries()[name]
    assert ropa("schema", folder, "--out", tmp_path).code == 0
    schemas = _schemas(tmp_path)

    wrong = [
        f"{document.file}: {error.message[:200]}"
        for document in read_registry(folder)
        for error in _validator(schemas, kind_of(document.record)).iter_errors(document.data)
    ]

    assert wrong == []


def test_an_id_that_the_registry_lacks_is_marked_and_unknown_is_not(registry: Path) -> None:
    assert ropa("schema", registry).code == 0
    validator = _validator(_schemas(registry / ".schemas"), "activity")

    assert validator.is_valid({"systems": ["newsletter-tool"], "recipients": "none"})
    assert not validator.is_valid({"systems": ["newsleter-tool"]})
    assert validator.is_valid({"systems": "unknown", "recipients": {"unknown": "Spurt"}})
    assert not validator.is_valid({"recipients": ["nobody-knows"]})


def test_names_of_records_explain_their_ids(registry: Path) -> None:
    assert ropa("schema", registry).code == 0
    parties = _schemas(registry / ".schemas")["common.schema.json"]["$defs"]["ref_party"]

    assert parties["enum"] == ["newsletter-supplier"]
    assert parties["enumDescriptions"] == ["Brevpost Eksempel AS"]


def test_codes_and_titles_are_in_the_language_of_the_registry(registry: Path) -> None:
    ropa("schema", registry)
    norwegian = _schemas(registry / ".schemas")
    ropa("schema", registry, "--lang", "en")
    english = _schemas(registry / ".schemas")

    assert norwegian["activity.schema.json"]["properties"]["name"]["title"] == "Navn"
    assert english["activity.schema.json"]["properties"]["name"]["title"] == "Name"
    assert norwegian["common.schema.json"]["$defs"]["code_legal_bases"]["enumDescriptions"][0] == "Samtykke"


def test_examples_of_several_lines_stand_with_the_description(registry: Path) -> None:
    assert ropa("schema", registry).code == 0
    retention = _schemas(registry / ".schemas")["activity.schema.json"]["properties"]["retention"]

    assert "```yaml\nperiod: " in retention["markdownDescription"]
    assert all(isinstance(example, str) for example in retention["examples"])


def test_own_codes_are_offered_beside_the_shipped_ones(registry: Path) -> None:
    (registry / "vocabulary.yaml").write_text("subjects:\n  course-teacher:\n    nb: Kursholdere\n", encoding="utf-8")
    (registry / "security-measures.yaml").write_text("own:\n  key-custody:\n    text: Nøkler i Norge\n", encoding="utf-8")
    (registry / "retention.yaml").write_text("crm: {period: 2 years, from: last-contact, then: delete}\n", encoding="utf-8")
    assert ropa("schema", registry).code == 0
    known = _schemas(registry / ".schemas")["common.schema.json"]["$defs"]

    subjects = dict(zip(known["code_data_subjects"]["enum"], known["code_data_subjects"]["enumDescriptions"], strict=True))
    assert (subjects["course-teacher"], subjects["customer"]) == ("Kursholdere", "Kunder (privatpersoner)")
    assert "key-custody" in known["code_security_measures"]["enum"]
    rules = dict(zip(known["ref_retention"]["enum"], known["ref_retention"]["enumDescriptions"], strict=True))
    assert rules["crm"] == "2 years, last-contact, delete"
    assert "bokføringsloven" in rules["bookkeeping"]


def test_rules_are_offered_to_acceptances(registry: Path) -> None:
    assert ropa("schema", registry).code == 0
    validator = _validator(_schemas(registry / ".schemas"), "accepted")

    assert validator.is_valid({"x": {"rule": "processor-without-agreement"}})
    assert validator.is_valid({"x": {"rule": "ROPA101"}})
    assert not validator.is_valid({"x": {"rule": "no-such-rule"}})


def test_two_runs_are_identical_and_stale_files_go(registry: Path) -> None:
    folder = registry / ".schemas"
    assert ropa("schema", registry).code == 0
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "old.schema.json").write_bytes(first["party.schema.json"])
    assert ropa("schema", registry).code == 0

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_registry_with_faults_still_gives_schemas(registry: Path) -> None:
    (registry / "activities" / "newsletter.yaml").write_text("name: [\n", encoding="utf-8")
    (registry / "consents.yaml").write_bytes(b"\xff\xfe")
    (registry / "retention.yaml").write_text("5\n", encoding="utf-8")
    (registry / "vocabulary.yaml").write_text("subjects: [a]\nevents: 3\n", encoding="utf-8")

    ran = ropa("schema", registry)

    assert ran.code == 0
    validator = _validator(_schemas(registry / ".schemas"), "activity")
    assert validator.is_valid({"purposes": {"send": {"basis": {"consent": "whatever-it-was"}}}})


def test_a_schema_of_someone_else_is_not_overwritten(registry: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "party.schema.json").write_text("{}", encoding="utf-8")

    ran = ropa("schema", registry, "--out", theirs)

    assert ran.code == 2
    assert "was not written by `ropa schema`" in ran.err
    assert [path.name for path in theirs.iterdir()] == ["party.schema.json"]


def test_a_folder_that_cannot_be_made_is_exit_2(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert ropa("schema", registry, "--out", tmp_path / "file" / "schemas").code == 2


def test_no_registry_is_exit_2(tmp_path: Path) -> None:
    assert ropa("schema", tmp_path / "nowhere").code == 2


def test_the_schemas_carry_no_keyword_of_the_tool_and_no_address(registry: Path) -> None:
    ropa("schema", registry)

    for path in (registry / ".schemas").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert '"x-' not in text
        assert '"$id"' not in text
