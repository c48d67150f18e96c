"""``ropa check`` from outside: formats, exit codes, selections, and bad usage in one clear message."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from ropa.commands.options import FORMATS
from ropa.rules.case_files import BASE
from tests.commands.running import ropa as run


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "registry"
    shutil.copytree(BASE, folder)
    return folder


def _without_agreement(registry: Path) -> None:
    path = registry / "parties" / "hosting.yaml"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("agreement")), encoding="utf-8")


def test_a_clean_registry_says_so_in_one_line(registry: Path) -> None:
    done = run("check", str(registry), "--lang", "en")

    assert (done.code, done.out, done.err) == (0, "18 files, no findings\n", "")


def test_text_shows_place_words_law_and_fix(registry: Path) -> None:
    _without_agreement(registry)

    done = run("check", str(registry), "--lang", "en")

    assert done.code == 1
    assert done.out.startswith(f"{registry}/parties/hosting.yaml:1:1: error ROPA557 [processor-without-agreement]\n  ")
    assert "  1 | name: Drift AS\n    | ^^^^" in done.out
    assert "  law: GDPR 28(1)" in done.out
    assert "    agreement:" in done.out
    assert "18 files, 1 error" in done.out
    assert "\x1b" not in done.out


def test_concise_is_one_line_a_finding(registry: Path) -> None:
    _without_agreement(registry)

    lines = run("check", str(registry), "--format", "concise", "--lang", "nb").out.splitlines()

    assert len(lines) == 2
    assert lines[0].startswith(f"{registry}/parties/hosting.yaml:1:1: feil ROPA557 [processor-without-agreement] «Drift AS»")


def test_json_is_the_contract(registry: Path) -> None:
    _without_agreement(registry)

    report = json.loads(run("check", str(registry), "--format", "json", "--today", "2026-11-24").out)

    assert " ".join(report) == "version tool registry today summary findings open_questions baseline since left_out"
    assert report["version"] == 1
    assert report["today"] == "2026-11-24"
    assert list(report["summary"]) == ["error", "warning", "info", "accepted", "open_questions", "files", "rules", "baseline"]
    assert report["summary"]["error"] == 1
    (finding,) = report["findings"]
    assert " ".join(finding) == (
        "code name severity file line column end_line end_column address related message law fix accepted identity baseline"
    )
    assert (finding["line"], finding["column"], finding["address"]) == (1, 1, "parties/hosting#agreement")
    assert finding["accepted"] is None


def test_an_accepted_finding_is_counted_apart_and_fails_nothing(registry: Path) -> None:
    _without_agreement(registry)
    (registry / "accepted.yaml").write_text(
        "hosting:\n  rule: processor-without-agreement\n  address: parties/hosting\n"
        "  because: Til signering\n  by: personvernombud\n  until: 2027-03-31\n",
        encoding="utf-8",
    )

    done = run("check", str(registry), "--lang", "en", "--today", "2026-11-24")
    listed = run("check", str(registry), "--lang", "en", "--today", "2026-11-24", "--verbose")
    report = json.loads(run("check", str(registry), "--format", "json", "--today", "2026-11-24").out)

    assert (done.code, done.out) == (0, "19 files, no findings, 1 accepted\n")
    assert "accepted by personvernombud until 2027-03-31: Til signering" in listed.out
    assert report["findings"][0]["accepted"] == {
        "id": "hosting",
        "because": "Til signering",
        "by": "personvernombud",
        "until": "2027-03-31",
    }


def test_open_questions_are_counted_and_listed(registry: Path) -> None:
    path = registry / "parties" / "hosting.yaml"
    path.write_text(path.read_text() + "privacy_url:\n  unknown: Spurt leverandøren\n", encoding="utf-8")

    done = run("check", str(registry), "--lang", "en", "--verbose")

    assert done.code == 0
    assert "1 open question" in done.out
    assert "parties/hosting#privacy_url: Spurt leverandøren" in done.out


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_decides_the_exit_code(registry: Path, fail_on: str, code: int) -> None:
    path = registry / "activities" / "orders.yaml"
    path.write_text(path.read_text().replace("Levere varene du har bestilt", "Administrative formål"), encoding="utf-8")

    assert run("check", str(registry), "--fail-on", fail_on).code == code


def test_select_ignore_and_only(registry: Path) -> None:
    _without_agreement(registry)
    hosting, organisation = registry / "parties" / "hosting.yaml", registry / "organisation.yaml"

    assert run("check", str(registry), "--select", "ROPA1").code == 0
    assert run("check", str(registry), "--select", "ROPA5").code == 1
    assert run("check", str(registry), "--select", "processor-without-agreement").code == 1
    assert run("check", str(registry), "--ignore", "ROPA557,purpose-missing").code == 0
    assert run("check", str(registry), "--only", str(hosting)).code == 1
    assert run("check", str(registry), "--only", str(organisation)).code == 0


def test_reports_go_to_files_too(registry: Path, tmp_path: Path) -> None:
    done = run("check", str(registry), "--output", f"json:{tmp_path / 'a.json'}", "--output", f"concise:{tmp_path / 'a.txt'}")

    assert done.code == 0
    assert json.loads((tmp_path / "a.json").read_text())["version"] == 1
    assert (tmp_path / "a.txt").read_text().count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.txt", "registry"]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_changes_the_exit_code(registry: Path, name: str) -> None:
    clean = run("check", str(registry), "--format", name)
    _without_agreement(registry)
    found = run("check", str(registry), "--format", name)

    assert (clean.code, found.code) == (0, 1)
    assert found.out.endswith("\n")
    assert found.out != clean.out


def test_several_reports_at_once_and_each_whole(registry: Path, tmp_path: Path) -> None:
    _without_agreement(registry)
    asked = [word for name in FORMATS for word in ("--output", f"{name}:{tmp_path / name}")]

    done = run("check", str(registry), "--format", "concise", *asked)

    assert done.code == 1
    for name in FORMATS:
        assert (tmp_path / name).read_text(encoding="utf-8") == run("check", str(registry), "--format", name).out


def test_where_one_report_cannot_be_written_none_is(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("old", encoding="utf-8")
    (tmp_path / "folder").mkdir()

    for path, says in ((tmp_path / "none" / "a", "No such file or directory"), (tmp_path / "folder", "it is a folder")):
        done = run("check", str(registry), "--output", f"json:{tmp_path / 'old.json'}", "--output", f"sarif:{path}")

        assert (done.code, done.out) == (2, "")
        assert f"{path} cannot be written: {says}" in done.err
        assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "old.json", "registry"]
        assert (tmp_path / "old.json").read_text() == "old"


def test_a_report_follows_a_link_and_keeps_it(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("real.json")

    run("check", str(registry), "--output", f"json:{tmp_path / 'link.json'}")

    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["version"] == 1


def test_a_report_can_go_to_a_device(registry: Path) -> None:
    assert run("check", str(registry), "--output", "json:/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("same", ["a.json", "sub/../a.json"])
def test_one_file_for_two_reports_is_refused(registry: Path, tmp_path: Path, same: str) -> None:
    (tmp_path / "sub").mkdir()
    first, second = f"json:{tmp_path / 'a.json'}", f"sarif:{tmp_path / same}"

    for arguments in (
        ("--output", first, "--output", second),
        ("--output", first, "--baseline", str(tmp_path / same), "--update-baseline"),
    ):
        done = run("check", str(registry), *arguments)

        assert (done.code, done.out) == (2, "")
        assert "is written twice" in done.err
        assert not (tmp_path / "a.json").exists()


def test_a_job_on_github_gets_its_summary(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _without_agreement(registry)
    page = tmp_path / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for name, value in (("SERVER_URL", "https://host.example"), ("REPOSITORY", "o/r"), ("SHA", "0123")):
        monkeypatch.setenv(f"GITHUB_{name}", value)

    run("check", str(registry), "--lang", "en")
    assert page.read_text() == "before\n"
    run("check", str(registry), "--lang", "en", "--format", "github")
    text = page.read_text()

    assert text.startswith("before\n## Check of ")
    assert '<a href="https&#58;//host.example/o/r/blob/0123/registry/parties/hosting.yaml#L1">' in text


def test_a_summary_that_is_full_is_left_as_it_is(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "summary.md"
    page.write_bytes(b"x" * (1024 * 1024 - 100))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))

    assert run("check", str(registry), "--format", "github").code == 0
    assert page.stat().st_size == 1024 * 1024 - 100


def test_a_summary_that_cannot_be_written(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))

    done = run("check", str(registry), "--format", "github")

    assert (done.code, done.out) == (2, "")
    assert "The job's summary" in done.err


def test_a_name_that_is_no_text_stops_no_format(registry: Path) -> None:
    (registry / "parties" / os.fsdecode(b"\xff.yaml")).write_text("name: X\n", encoding="utf-8")

    for name in FORMATS:
        done = run("check", str(registry), "--format", name)

        assert (done.code, done.err) == (1, "")
        done.out.encode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chek"], "Did you mean `ropa check`?"),
        (["check", "nowhere"], "There is no registry at nowhere"),
        (["check", ".", "--format", "jsn"], "Did you mean json?"),
        (["check", ".", "--fail-on", "errors"], "Did you mean error?"),
        (["check", ".", "--select", "ROPA999"], "There is no rule ROPA999"),
        (["check", ".", "--ignore", "proccessor-without-agreement"], "Did you mean processor-without-agreement?"),
        (["check", ".", "--today", "24.11.2026"], "24.11.2026 is no date"),
        (["check", ".", "--lang", "sv"], "There is no language sv"),
        (["check", ".", "--output", "sarf:x"], "Did you mean sarif?"),
        (["check", ".", "--format", "checkstyle"], "Choose text, concise, json, sarif, github, gitlab, junit"),
        (["check", ".", "--output", "json:-"], "What goes to standard output is chosen with --format."),
        (["rule", "a\n::error::b"], "There is no rule a\n\\u003a:error::b."),
        (["check", ".", "--output", "json"], "lacks its format or its path"),
        (["check", ".", "--formt", "json"], "--format"),
    ],
)
def test_bad_usage_is_one_message_and_exit_2(arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    done = run(*arguments)

    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_a_folder_without_yaml_is_exit_2(tmp_path: Path) -> None:
    done = run("check", str(tmp_path))

    assert done.code == 2
    assert "holds no YAML file" in done.err


def test_the_folder_around_a_registry_is_exit_2_and_names_it(registry: Path, tmp_path: Path) -> None:
    shutil.copytree(registry, tmp_path / "project" / "registry")
    done = run("check", str(tmp_path / "project"))

    assert done.code == 2
    assert f"below it: {tmp_path / 'project' / 'registry'}." in done.err


def test_an_output_that_cannot_be_written(registry: Path, tmp_path: Path) -> None:
    done = run("check", str(registry), "--output", f"json:{tmp_path / 'none' / 'a.json'}")

    assert done.code == 2
    assert "cannot be written" in done.err


@pytest.mark.parametrize("path", ["organisation.yaml", "activities/report.YML", "../registry/new.yaml"])
def test_no_report_is_written_over_the_registry(registry: Path, path: str) -> None:
    before = (registry / "organisation.yaml").read_bytes()

    for arguments in (["--output", f"json:{registry / path}"], ["--baseline", registry / path, "--update-baseline"]):
        done = run("check", registry, *arguments)

        assert done.code == 2
        assert "lies in the registry, where YAML files are records" in done.err
    assert (registry / "organisation.yaml").read_bytes() == before
    assert not (registry / path).exists() or path == "organisation.yaml"


def test_only_names_a_file_of_the_registry(registry: Path) -> None:
    done = run("check", str(registry), "--only", str(registry / "parties" / "hostin.yaml"))

    assert done.code == 2
    assert "hosting.yaml" in done.err


def test_hostile_text_cannot_reach_the_terminal(registry: Path) -> None:
    path = registry / "parties" / "hosting.yaml"
    path.write_text(
        path.read_text().replace("Drift AS", '"Drift \\e[31m\\u202e AS"').replace("kind: it-hosting", "kind: it-hostin"), encoding="utf-8"
    )

    done = run("check", str(registry))

    assert done.code == 1
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_version_tells_tool_and_law() -> None:
    done = run("--version")

    assert done.code == 0
    assert done.out.startswith("ropa 0.1.0, law of 2026-")
