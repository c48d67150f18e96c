"""`ropa init`: a registry that checks clean, files around it, and nothing overwritten."""

import json
from pathlib import Path

import pytest

from ropa.commands import files
from ropa.commands.errors import CommandError
from ropa.commands.files import write_whole
from ropa.source.reader import read_plain
from tests.commands.running import ropa


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("languages", [None, "nb,nn,en", "en,nb"])
def test_what_it_makes_checks_without_findings(tmp_path: Path, language: str, languages: str | None) -> None:
    more = ["--languages", languages] if languages else []
    assert ropa("init", tmp_path, "--lang", language, *more).code == 0

    checked = json.loads(ropa("check", tmp_path / "registry", "--format", "json").out)

    assert checked["summary"]["error"] == 0, checked["findings"]
    assert checked["summary"]["warning"] == 0, checked["findings"]


def test_what_it_makes_can_be_built(tmp_path: Path) -> None:
    assert ropa("init", tmp_path).code == 0

    ran = ropa("build", tmp_path / "registry", "--out", tmp_path / "out")

    assert ran.code == 0, ran.err
    assert (tmp_path / "out" / "public" / "notice" / "notice.nb.html").is_file()


def test_it_says_what_it_wrote_and_what_comes_next(tmp_path: Path) -> None:
    ran = ropa("init", tmp_path)

    written = {line.removeprefix("wrote ") for line in ran.out.splitlines() if line.startswith("wrote ") and ".schemas" not in line}
    schemas = {path for path in _files(tmp_path) if ".schemas" in path}
    assert written == {str(tmp_path / path) for path in _files(tmp_path) - schemas}
    assert f"ropa check {tmp_path / 'registry'}" in ran.out


def test_explanations_are_in_one_language_and_texts_in_those_of_the_registry(tmp_path: Path) -> None:
    ropa("init", tmp_path, "--lang", "nn", "--languages", "en,nb")
    activity = (tmp_path / "registry" / "activities" / "newsletter.yaml").read_text(encoding="utf-8")

    assert "# Éin behandlingsaktivitet" in activity
    assert "One processing activity" not in activity
    assert read_plain(activity)["name"] == {"nb": "Nyhetsbrev", "en": "Newsletter"}


def test_with_one_language_texts_are_short(tmp_path: Path) -> None:
    ropa("init", tmp_path, "--lang", "en")
    activity = (tmp_path / "registry" / "activities" / "newsletter.yaml").read_text(encoding="utf-8")

    assert read_plain(activity)["name"] == "Newsletter"
    assert read_plain(activity)["purposes"]["send"]["text"] == "Send you the newsletter that you asked for"


def test_the_organisation_of_the_options(tmp_path: Path) -> None:
    options = ("--name", "Fjord: Data #1 AS", "--organisation-number", "312345676", "--email", "p@fjord.example", "--country", "SE")
    assert ropa("init", tmp_path, *options).code == 0
    organisation = read_plain((tmp_path / "registry" / "organisation.yaml").read_text(encoding="utf-8"))

    assert organisation["legal_name"] == "Fjord: Data #1 AS"
    assert organisation["organisation_number"] == "312345676"
    assert organisation["email"] == organisation["rights"]["contact"] == "p@fjord.example"
    assert organisation["country"] == "SE"


def test_what_is_not_told_of_a_named_organisation_is_an_open_question(tmp_path: Path) -> None:
    assert ropa("init", tmp_path, "--name", "Fjord AS", "--lang", "en").code == 0

    checked = json.loads(ropa("check", tmp_path / "registry", "--format", "json").out)

    assert checked["summary"]["open_questions"] >= 2
    assert not [finding for finding in checked["findings"] if finding["code"] < "ROPA100"]


@pytest.mark.parametrize(("ci", "file"), [("github", ".github/workflows/ropa.yml"), ("gitlab", ".gitlab-ci.yml"), ("none", None)])
def test_the_file_for_continuous_integration(tmp_path: Path, ci: str, file: str | None) -> None:
    assert ropa("init", tmp_path, "--ci", ci, "--hooks", "none").code == 0

    outside = {path for path in _files(tmp_path) if not path.startswith(("registry/", ".vscode/"))}
    assert outside == ({file} if file else set())
    if file:
        assert "ropa check registry" in (tmp_path / file).read_text(encoding="utf-8")


def test_the_editor_knows_the_schema_of_every_file(tmp_path: Path) -> None:
    ropa("init", tmp_path)
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    for schema, pattern in settings["yaml.schemas"].items():
        assert (tmp_path / schema).is_file()
        assert pattern.startswith("registry/")
    patterns = set(settings["yaml.schemas"].values())
    assert {"registry/organisation.yaml", "registry/activities/*.yaml", "registry/parties/*.yaml"} <= patterns


def test_without_an_editor_there_are_no_settings_and_no_schemas(tmp_path: Path) -> None:
    ropa("init", tmp_path, "--editor", "none", "--ci", "none", "--hooks", "none")

    assert {path.partition("/")[0] for path in _files(tmp_path)} == {"registry"}
    assert not (tmp_path / "registry" / ".schemas").exists()


@pytest.mark.parametrize(
    ("present", "hint"),
    [
        ("registry/organisation.yaml", "registry exists"),
        (".vscode/settings.json", "--editor none"),
        (".github/workflows/ropa.yml", "--ci none"),
        (".pre-commit-config.yaml", "--hooks none"),
    ],
)
def test_nothing_is_overwritten_and_nothing_half_written(tmp_path: Path, present: str, hint: str) -> None:
    (tmp_path / present).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / present).write_text("mine", encoding="utf-8")

    ran = ropa("init", tmp_path)

    assert ran.code == 2
    assert hint in ran.err
    assert _files(tmp_path) == {present}


def test_a_folder_that_cannot_be_made_is_exit_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert ropa("init", tmp_path / "file").code == 2


def test_a_file_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("", encoding="utf-8")

    ran = ropa("init", tmp_path)

    assert ran.code == 2
    assert [path.name for path in tmp_path.rglob("*")] == [".github"]


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: str) -> None:
        if path.suffix == ".yml":
            raise CommandError(f"{path} cannot be written: No space left on device.")
        write_whole(path, content)

    monkeypatch.setattr(files, "write_whole", full)

    ran = ropa("init", tmp_path / "new")

    assert ran.code == 2
    assert "No space left" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "sv"), ("--languages", "nb,sv"), ("--ci", "travis"), ("--editor", "emacs"), ("--hooks", "husky"), ("--country", "Norway")],
)
def test_a_wrong_option_is_exit_2_and_writes_nothing(tmp_path: Path, arguments: tuple[str, str]) -> None:
    ran = ropa("init", tmp_path / "new", *arguments)

    assert ran.code == 2
    assert not (tmp_path / "new").exists()
