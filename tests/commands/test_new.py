"""`ropa new`: stubs that explain themselves, in the right place, whose blanks `ropa check` points at."""

import json
from pathlib import Path

import pytest

from ropa.schema.starter import STUBS, stub
from ropa.source.reader import read_plain
from tests.commands.running import ropa

PLACES = {
    "activity": "activities/mine.yaml",
    "party": "parties/mine.yaml",
    "system": "systems/mine.yaml",
    "cookies": "cookies/mine.yaml",
    "consent": "consents.yaml",
    "assessment": "assessments/mine.yaml",
}


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry fresh from `ropa init`."""
    assert ropa("init", tmp_path, "--ci", "none", "--editor", "none", "--languages", "nb,en").code == 0
    return tmp_path / "registry"


@pytest.mark.parametrize("kind", STUBS)
def test_check_points_at_every_blank_of_a_stub(registry: Path, kind: str) -> None:
    assert ropa("new", kind, "mine", "--registry", registry).code == 0
    file = registry / PLACES[kind]
    lines = file.read_text(encoding="utf-8").splitlines()
    blanks = {number for number, line in enumerate(lines, 1) if "…" in line and not line.lstrip().startswith("#")}

    found = json.loads(ropa("check", registry, "--format", "json").out)["findings"]

    pointed_at = {finding["line"]: finding["name"] for finding in found if finding["severity"] == "error"}
    assert blanks
    assert pointed_at == dict.fromkeys(blanks, "placeholder")


def test_the_path_of_a_newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert ropa("init", ".").code == 0
    assert ropa("check").code == 0
    assert ropa("new", "activity", "customer-service").code == 0
    ran = ropa("check")
    assert ran.code == 1
    assert "ROPA017" in ran.out
    assert "registry/activities/customer-service.yaml" in ran.out
    (tmp_path / "registry" / "activities" / "customer-service.yaml").unlink()
    assert ropa("check").code == 0


@pytest.mark.parametrize("kind", STUBS)
@pytest.mark.parametrize("languages", [["nb"], ["nb", "en"], ["nb", "nn", "en"]])
def test_a_stub_is_the_same_in_every_language(kind: str, languages: list[str]) -> None:
    norwegian, nynorsk, english = (stub(kind, "mine", language, languages) for language in ("nb", "nn", "en"))

    assert read_plain(norwegian) == read_plain(nynorsk) == read_plain(english)
    assert len({norwegian, nynorsk, english}) == 3
    assert "#nb" not in norwegian


def test_the_editor_knows_a_new_record_at_once(tmp_path: Path) -> None:
    assert ropa("init", tmp_path, "--ci", "none").code == 0
    assert ropa("new", "system", "case-system", "--registry", tmp_path / "registry").code == 0
    common = json.loads((tmp_path / "registry" / ".schemas" / "common.schema.json").read_text(encoding="utf-8"))

    assert "case-system" in common["$defs"]["ref_system"]["enum"]


def test_texts_have_a_line_for_every_language_of_the_registry(registry: Path) -> None:
    ropa("new", "system", "mine", "--registry", registry, "--lang", "en")
    text = (registry / "systems" / "mine.yaml").read_text(encoding="utf-8")

    assert read_plain(text)["name"] == {"nb": "…", "en": "…"}
    assert "# Write something in place of each" in text


def test_a_consent_is_added_and_what_was_there_stays(registry: Path) -> None:
    before = (registry / "consents.yaml").read_text(encoding="utf-8")

    assert ropa("new", "consent", "event-list", "--registry", registry).code == 0

    after = (registry / "consents.yaml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert list(read_plain(after)) == ["newsletter-form", "event-list"]


def test_a_first_consent_makes_the_file(registry: Path) -> None:
    (registry / "consents.yaml").unlink()

    assert ropa("new", "consent", "event-list", "--registry", registry).code == 0
    assert list(read_plain((registry / "consents.yaml").read_text(encoding="utf-8"))) == ["event-list"]


@pytest.mark.parametrize("content", ["{a: {given: tick-box}}\n", "a: [\n", "a: &x b\n"])
def test_a_file_of_consents_that_cannot_take_one_is_left_alone(registry: Path, content: str) -> None:
    (registry / "consents.yaml").write_text(content, encoding="utf-8")

    ran = ropa("new", "consent", "event-list", "--registry", registry)

    assert ran.code == 2
    assert (registry / "consents.yaml").read_text(encoding="utf-8") == content


@pytest.mark.parametrize(("kind", "id_"), [("activity", "newsletter"), ("party", "newsletter-supplier"), ("consent", "newsletter-form")])
def test_an_id_that_exists_is_refused(registry: Path, kind: str, id_: str) -> None:
    files = {path: path.read_bytes() for path in registry.rglob("*.yaml")}

    ran = ropa("new", kind, id_, "--registry", registry)

    assert ran.code == 2
    assert "nothing is overwritten" in ran.err
    assert {path: path.read_bytes() for path in registry.rglob("*.yaml")} == files


@pytest.mark.parametrize(
    ("kind", "id_", "hint"),
    [
        ("activity", "Nyhetsbrev 2", "Did you mean nyhetsbrev-2?"),
        ("activity", "../x", "Did you mean x?"),
        ("party", "nav", "word of the format"),
        ("system", "none", "word of the format"),
        ("activty", "x", "Did you mean activity?"),
    ],
)
def test_a_wrong_id_or_kind_is_exit_2_with_the_nearest(registry: Path, kind: str, id_: str, hint: str) -> None:
    files = set(registry.rglob("*"))

    ran = ropa("new", kind, id_, "--registry", registry)

    assert ran.code == 2
    assert hint in ran.err
    assert set(registry.rglob("*")) == files


def test_a_folder_that_cannot_be_made_is_exit_2(registry: Path) -> None:
    (registry / "cookies").write_text("", encoding="utf-8")

    assert ropa("new", "cookies", "mine", "--registry", registry).code == 2


def test_no_registry_is_exit_2(tmp_path: Path) -> None:
    ran = ropa("new", "activity", "x", "--registry", tmp_path / "nowhere")

    assert ran.code == 2
    assert "ropa init" in ran.err


def test_a_registry_without_a_readable_language_gets_bokmal(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("\t", encoding="utf-8")

    assert ropa("new", "system", "mine", "--registry", tmp_path).code == 0
    assert read_plain((tmp_path / "systems" / "mine.yaml").read_text(encoding="utf-8"))["name"] == "…"
