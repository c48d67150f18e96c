"""``ropa.toml`` and ``[tool.ropa]``: which file counts, what it may say, and that nothing unknown is passed over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ropa.rules.case_files import BASE
from tests.commands.running import Ran
from tests.commands.running import ropa as run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a registry that has an error (no agreement) and a warning (a purpose too vague), as the working folder."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    shutil.copytree(BASE, folder / "registry")
    hosting, orders = folder / "registry" / "parties" / "hosting.yaml", folder / "registry" / "activities" / "orders.yaml"
    hosting.write_text("".join(line for line in hosting.read_text().splitlines(True) if not line.startswith("agreement")), encoding="utf-8")
    orders.write_text(orders.read_text().replace("Levere varene du har bestilt", "Administrative formål"), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def _config(folder: Path, text: str, name: str = "ropa.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _codes(done: Ran) -> list[tuple[str, str]]:
    return [(finding["code"], finding["severity"]) for finding in json.loads(done.out)["findings"]]


def _check(*arguments: str | Path) -> Ran:
    return run("check", "--format", "json", *arguments)


def test_without_a_configuration_nothing_changes(project: Path) -> None:
    assert _codes(_check()) == [("ROPA102", "warning"), ("ROPA557", "error")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ropa.toml", 'ignore = ["ROPA557"]\n'),
        ("ropa.toml", 'ignore = "processor-without-agreement"\n'),
        ("ropa.toml", '\ufeffselect = ["ROPA1"]\n'),
        ("pyproject.toml", '[tool.ropa]\nignore = ["ROPA557"]\n'),
        ("pyproject.toml", '[tool]\nropa = {ignore = ["ROPA557"]}\n'),
    ],
)
@pytest.mark.parametrize("where", [".", "registry", ".."])
def test_the_nearest_file_is_found(project: Path, name: str, text: str, where: str) -> None:
    if where == "..":
        shutil.rmtree(project / ".git")
        (project.parent / ".git").mkdir()
    _config(project / where, text, name)

    assert _codes(_check()) == [("ROPA102", "warning")]
    assert len(_codes(_check("--no-config"))) == 2


def test_nothing_is_sought_above_the_repository(project: Path) -> None:
    _config(project.parent, 'ignore = ["ROPA557"]\n')

    assert len(_codes(_check())) == 2


def test_files_are_not_merged_and_the_nearest_counts(project: Path) -> None:
    _config(project / "registry", 'ignore = ["ROPA102"]\n')
    _config(project, 'ignore = ["ROPA557"]\n')

    assert _codes(_check()) == [("ROPA557", "error")]


def test_of_two_in_one_folder_ropa_toml_counts_and_it_is_said(project: Path) -> None:
    _config(project, 'ignore = ["ROPA557"]\n')
    _config(project, '[tool.ropa]\nignore = ["ROPA102"]\n', "pyproject.toml")

    done = _check()

    assert _codes(done) == [("ROPA102", "warning")]
    assert done.err == "ropa: ropa.toml counts; [tool.ropa] in pyproject.toml beside it does not.\n"


def test_another_tools_file_is_left_alone(project: Path) -> None:
    _config(project, "this is = = no TOML", "pyproject.toml")
    assert len(_codes(_check())) == 2

    _config(project, '[project]\nname = "ropa-registry"\n', "pyproject.toml")
    assert len(_codes(_check())) == 2


def test_a_file_can_be_named(project: Path) -> None:
    _config(project, 'ignore = ["ROPA557"]\n')
    _config(project, 'ignore = ["ROPA102"]\n', "other.toml")
    (project / "sub").mkdir()
    _config(project / "sub", '[tool.ropa]\nselect = ["ROPA102"]\n', "pyproject.toml")

    assert _codes(_check("--config", "other.toml")) == [("ROPA557", "error")]
    assert _codes(_check("--config", "sub/pyproject.toml")) == [("ROPA102", "warning")]


def test_the_command_line_comes_first(project: Path) -> None:
    _config(project, 'ignore = ["ROPA557"]\nfail-on = "warning"\nlang = "en"\nformat = "concise"\n')

    told = run("check")
    assert (told.code, told.out.count("\n")) == (1, 2)
    assert "warning ROPA102" in told.out
    assert run("check", "--fail-on", "error").code == 0
    assert "advarsel ROPA102" in run("check", "--lang", "nb").out
    assert _codes(_check("--ignore", "ROPA102")) == [("ROPA557", "error")]
    assert _codes(_check("--select", "ROPA557")) == [("ROPA557", "error")]


def test_a_rule_is_not_left_out_unseen(project: Path) -> None:
    _config(project, 'ignore = ["ROPA557"]\n')

    assert "1 rule left out by the configuration" in run("check", "--lang", "en").out
    assert "ROPA557 [processor-without-agreement]" in run("check", "--lang", "en", "--verbose").out
    assert json.loads(_check().out)["left_out"] == ["ROPA557"]
    assert json.loads(_check("--select", "ROPA1").out)["left_out"] == []


def test_a_raised_severity_is_shown_and_counts_and_keeps_its_identity(project: Path) -> None:
    before = json.loads(_check("--select", "ROPA102").out)["findings"][0]
    _config(project, '[severity]\npurpose-too-vague = "error"\n')

    done = _check("--select", "ROPA102")
    after = json.loads(done.out)["findings"][0]

    assert done.code == 1
    assert after == {**before, "severity": "error"}
    assert "::error title=ROPA102" in run("check", "--format", "github").out
    assert "error ROPA102" in run("check", "--lang", "en").out


def test_outputs_and_baseline_lie_beside_the_configuration(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _config(project, 'output = ["json:out.json", "gitlab:quality.json"]\nbaseline = "known.json"\n')
    (project / "sub").mkdir()
    monkeypatch.chdir(project / "sub")

    assert run("check", "../registry", "--update-baseline").code == 0
    assert json.loads((project / "out.json").read_text())["summary"]["baseline"] == 2
    assert len(json.loads((project / "quality.json").read_text())) == 2
    assert len(json.loads((project / "known.json").read_text())["findings"]) == 2
    assert run("check", "../registry", "--output", "json:here.json").code == 0
    assert (project / "sub" / "here.json").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('\nselct = ["ROPA5"]\n', "ropa.toml:2: There is no setting selct. Did you mean select?"),
        ('[tool.ropa]\nselect = "ROPA5"\n', "ropa.toml:1: the settings of ropa.toml stand at its top, without [tool.ropa]."),
        ('fail_on = "error"\n', "ropa.toml:1: There is no setting fail_on. Did you mean fail-on?"),
        ("[rules]\nx = 1\n", "ropa.toml:1: There is no setting rules. Choose select, ignore"),
        (
            'ignore = [\n  "ROPA557",\n  "proccessor-without-agreement",\n]\n',
            "ropa.toml:3: There is no rule proccessor-without-agreement. Did",
        ),
        ("select = 5\n", "ropa.toml:1: `select` must be a list of texts"),
        ("select = [5]\n", "ropa.toml:1: `select` must be a list of texts"),
        ('fail-on = "errors"\n', "ropa.toml:1: There is no severity errors. Did you mean error?"),
        ("fail-on = 1\n", "ropa.toml:1: `fail-on` must be a text"),
        ('lang = "sv"\n', "ropa.toml:1: There is no language sv."),
        ('format = "jsn"\n', "ropa.toml:1: There is no format jsn. Did you mean json?"),
        ('output = ["sarif:a", "json"]\n', "ropa.toml:1: --output json lacks its format"),
        ('baseline = ""\n', "ropa.toml:1: `baseline` must be a text"),
        ('severity = "error"\n', "ropa.toml:1: `severity` must be a table"),
        ('[severity]\npurpose-vague = "error"\n', "ropa.toml:2: There is no rule purpose-vague. Did you mean"),
        ('[severity]\nROPA5 = "error"\n', "ropa.toml:2: ROPA5 is several rules"),
        ('[severity]\nROPA102 = "eror"\n', "ropa.toml:2: There is no severity to raise to eror. Did you mean error?"),
        ('[severity]\nROPA102 = "info"\n', "ropa.toml:2: There is no severity to raise to info."),
        (
            '[severity]\n\nROPA557 = "warning"\n',
            "ropa.toml:3: ROPA557 processor-without-agreement is an error, and a configuration only raises severities. To live with",
        ),
        ("a = = 1\n", "ropa.toml:1:5: is no TOML. Invalid value."),
        ("a = [\n", "ropa.toml: is no TOML"),
        ("a = " + "[" * 5000, "ropa.toml"),
        ("x = 1\nx = 2\n", "is no TOML. Cannot overwrite a value"),
    ],
)
def test_what_a_file_may_not_say_is_one_message_and_exit_2(project: Path, text: str, says: str) -> None:
    _config(project, text)

    done = run("check")

    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_the_line_in_a_shared_file_is_that_of_the_table(project: Path) -> None:
    _config(project, '[tool.other]\nselct = 1\n\n[tool.ropa]\nselct = ["ROPA5"]\n', "pyproject.toml")

    assert "pyproject.toml:5: There is no setting selct." in run("check").err


def test_a_shared_file_must_have_a_table(project: Path) -> None:
    _config(project, "[tool]\nropa = 5\n", "pyproject.toml")

    assert "pyproject.toml: `tool.ropa` must be a table." in run("check").err


def test_files_that_are_none(project: Path) -> None:
    (project / "ropa.toml").mkdir()
    assert "ropa.toml is a folder, not a configuration" in run("check").err
    assert "registry is a folder" in run("check", "--config", "registry").err
    assert "The configuration none.toml cannot be read: No such file or directory." in run("check", "--config", "none.toml").err
    assert "exclude each other" in run("check", "--config", "none.toml", "--no-config").err

    (project / "ropa.toml").rmdir()
    (project / "ropa.toml").write_bytes(b'lang = "nb"\n# \xff\n')
    done = run("check")
    assert (done.code, "ropa.toml:2: is not saved as UTF-8" in done.err) == (2, True)

    (project / "ropa.toml").unlink()
    (project / "ropa.toml").symlink_to("nowhere")
    assert "The configuration ropa.toml cannot be read" in run("check").err
