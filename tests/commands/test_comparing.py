"""``--baseline`` and ``--since``: what is known does not count, what is old is not shown, and nothing is swallowed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ropa.rules.case_files import BASE
from tests.commands.running import ropa as run

DAY = ("--today", "2026-11-24", "--lang", "en")
ACCEPTANCE = (
    "hosting:\n  rule: processor-without-agreement\n  address: parties/hosting\n"
    "  because: Til signering\n  by: personvernombud\n  until: {until}\n"
)
Git = Callable[..., str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean registry in the working folder."""
    shutil.copytree(BASE, tmp_path / "registry")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def git(project: Path) -> Git:
    """Git in the project, which has one commit of the clean registry."""

    def command(*arguments: str, where: Path = project) -> str:
        who = {
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(["git", *arguments], cwd=where, env=environment, check=True, capture_output=True, encoding="utf-8").stdout

    command("init", "--quiet", "--initial-branch=main")
    command("add", ".")
    command("commit", "--quiet", "--message=clean")
    return command


def _without_agreement(project: Path) -> None:
    path = project / "registry" / "parties" / "hosting.yaml"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("agreement")), encoding="utf-8")


def _vague(project: Path) -> None:
    path = project / "registry" / "activities" / "orders.yaml"
    path.write_text(path.read_text().replace("Levere varene du har bestilt", "Administrative formål"), encoding="utf-8")


def _codes(*arguments: str) -> list[str]:
    return [finding["code"] for finding in json.loads(run("check", "--format", "json", *DAY, *arguments).out)["findings"]]


def test_what_a_baseline_holds_does_not_count_and_all_else_does(project: Path) -> None:
    _without_agreement(project)
    made = run("check", *DAY, "--baseline", "known.json", "--update-baseline")
    assert (made.code, made.out) == (0, "18 files, no findings, 1 in the baseline\n")
    assert made.err == "The baseline known.json holds 1 finding.\n"

    _vague(project)
    done = run("check", *DAY, "--baseline", "known.json", "--fail-on", "warning")
    assert done.code == 1
    assert "ROPA102" in done.out
    assert "ROPA557" not in done.out
    assert "18 files, 1 warning, 1 in the baseline" in done.out
    assert "Findings in the baseline\nregistry/parties/hosting.yaml:1:1 ROPA557" in run("check", *DAY, "--baseline", "known.json", "-v").out


def test_an_update_removes_what_is_put_right_and_swallows_nothing(project: Path) -> None:
    _without_agreement(project)
    run("check", *DAY, "--baseline", "known.json", "--update-baseline")
    shutil.copy(BASE / "parties" / "hosting.yaml", project / "registry" / "parties" / "hosting.yaml")
    _vague(project)

    stale = run("check", *DAY, "--baseline", "known.json")
    assert "1 entry of the baseline known.json meets no finding any more." in stale.out
    assert "ROPA557 parties/hosting#agreement" in stale.out

    updated = run("check", *DAY, "--baseline", "known.json", "--update-baseline", "--fail-on", "warning")
    assert updated.code == 1
    assert updated.err == "The baseline known.json holds 0 findings; 1 removed, 0 added.\n"
    assert json.loads((project / "known.json").read_text()) == {"version": 1, "findings": []}

    added = run("check", *DAY, "--baseline", "known.json", "--add-to-baseline", "--fail-on", "warning")
    assert added.code == 0
    assert added.err == "The baseline known.json holds 1 finding; 0 removed, 1 added.\n"


def test_a_selection_makes_no_entry_stale(project: Path) -> None:
    _without_agreement(project)
    run("check", *DAY, "--baseline", "known.json", "--update-baseline")
    before = (project / "known.json").read_text()

    assert "meets no finding" not in run("check", *DAY, "--baseline", "known.json", "--select", "ROPA1").out
    run("check", *DAY, "--baseline", "known.json", "--update-baseline", "--ignore", "ROPA557")
    assert (project / "known.json").read_text() == before


def test_a_file_that_cannot_be_read_makes_no_entry_stale_and_is_not_hidden(project: Path) -> None:
    _without_agreement(project)
    run("check", *DAY, "--baseline", "known.json", "--update-baseline")
    (project / "registry" / "parties" / "hosting.yaml").write_text('name: "x\n', encoding="utf-8")

    done = run("check", *DAY, "--baseline", "known.json", "--add-to-baseline")

    assert done.code == 1
    assert "ROPA003" in done.out
    assert "It never takes in what makes a file unreadable or ambiguous (1 finding): correct the file.\n" in done.err
    assert [entry["code"] for entry in json.loads((project / "known.json").read_text())["findings"]] == ["ROPA557"]


def test_only_shows_less_and_updates_all_the_same(project: Path) -> None:
    _without_agreement(project)
    _vague(project)

    run("check", *DAY, "--baseline", "known.json", "--update-baseline", "--only", "registry/organisation.yaml")

    assert len(json.loads((project / "known.json").read_text())["findings"]) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "There is no baseline at known.json. Write one with --update-baseline."),
        (b"{", "known.json is no JSON, so it is no baseline."),
        (b"\xff", "known.json is not saved as UTF-8"),
        (b'{"version": 2, "findings": []}', "known.json is a baseline of version 2, and this program reads version 1."),
    ],
)
@pytest.mark.parametrize("update", [False, True])
def test_a_baseline_that_is_none_is_exit_2_and_left_alone(project: Path, content: bytes | None, says: str, update: bool) -> None:
    if content is not None:
        (project / "known.json").write_bytes(content)
    elif update:
        return

    done = run("check", *DAY, "--baseline", "known.json", *(["--update-baseline"] if update else []))

    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert content is None or (project / "known.json").read_bytes() == content


def test_a_baseline_with_a_byte_order_mark_is_one(project: Path) -> None:
    _vague(project)
    run("check", "--baseline", "known.json", "--update-baseline", *DAY)
    file = project / "known.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert run("check", "--baseline", "known.json", *DAY).out == "18 files, no findings, 1 in the baseline\n"


def test_what_is_not_written_is_not_told(project: Path) -> None:
    done = run("check", "--baseline", "nowhere/known.json", "--update-baseline", *DAY)

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == ["ropa: nowhere/known.json cannot be written: No such file or directory."]


@pytest.mark.parametrize("option", ["--update-baseline", "--add-to-baseline"])
def test_a_diff_updates_no_baseline(project: Path, option: str) -> None:
    done = run("check", "--diff", "--baseline", "known.json", option, *DAY)

    assert done.code == 2
    assert "--diff writes nothing" in done.err
    assert not (project / "known.json").exists()


def test_an_update_needs_a_file(project: Path) -> None:
    assert "--update-baseline needs a file" in run("check", "--update-baseline").err
    assert "--add-to-baseline needs a file" in run("check", "--add-to-baseline").err
    assert run("check", "--baseline", "registry").code == 2


def test_since_shows_what_a_change_brought(project: Path, git: Git) -> None:
    _without_agreement(project)
    git("commit", "--all", "--quiet", "--message=no agreement")
    _vague(project)

    assert _codes() == ["ROPA102", "ROPA557"]
    assert _codes("--since", "HEAD") == ["ROPA102"]
    assert _codes("--since", "HEAD~1") == ["ROPA102", "ROPA557"]
    done = run("check", *DAY, "--since", "main")
    assert done.code == 0
    assert "18 files, 1 warning new since main\n1 finding was there already at main and is not shown.\n" in done.out
    assert json.loads(run("check", *DAY, "--format", "json", "--since", "main").out)["since"] == {"revision": "main", "older": 1}


def test_since_moves_with_no_line(project: Path, git: Git) -> None:
    _without_agreement(project)
    git("commit", "--all", "--quiet", "--message=no agreement")
    path = project / "registry" / "parties" / "hosting.yaml"
    path.write_text("# one\n# two\n" + path.read_text(), encoding="utf-8")

    assert _codes("--since", "HEAD") == []


def test_a_finding_whose_acceptance_was_taken_away_is_new(project: Path, git: Git) -> None:
    _without_agreement(project)
    (project / "registry" / "accepted.yaml").write_text(ACCEPTANCE.format(until="2027-03-31"), encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message=accepted")
    assert _codes("--since", "HEAD") == []

    (project / "registry" / "accepted.yaml").unlink()
    assert _codes("--since", "HEAD") == ["ROPA557"]


def test_a_finding_that_became_accepted_is_not_new(project: Path, git: Git) -> None:
    _without_agreement(project)
    git("commit", "--all", "--quiet", "--message=no agreement")
    (project / "registry" / "accepted.yaml").write_text(ACCEPTANCE.format(until="2027-03-31"), encoding="utf-8")

    assert _codes("--since", "HEAD") == []


@pytest.mark.parametrize("staged", [True, False])
def test_a_registry_that_was_renamed(project: Path, git: Git, staged: bool) -> None:
    _without_agreement(project)
    git("commit", "--all", "--quiet", "--message=no agreement")
    if staged:
        (project / "privacy").mkdir()
        git("mv", "registry", "privacy/records")
    else:
        shutil.copytree(project / "registry", project / "privacy" / "records")
        shutil.rmtree(project / "registry")
        git("add", "--all")
        git("commit", "--quiet", "--message=renamed")

    assert _codes("privacy/records", "--since", "HEAD" if staged else "HEAD~1") == []
    assert _codes("privacy/records") == ["ROPA557"]


def test_a_registry_that_was_not_there_is_all_new(project: Path, git: Git) -> None:
    shutil.copytree(project / "registry", project / "other")
    (project / "other" / "parties" / "hosting.yaml").write_text("name: X\nrole: processor\nkind: it-hosting\n", encoding="utf-8")
    new = _codes("other", "--since", "HEAD")

    assert "ROPA557" in new
    assert new == _codes("other")


def test_the_work_tree_and_the_index_are_left_alone(project: Path, git: Git) -> None:
    _without_agreement(project)
    (project / "registry" / "new.txt").write_text("x", encoding="utf-8")
    before = git("status", "--porcelain")

    run("check", *DAY, "--since", "HEAD")

    assert git("status", "--porcelain") == before


def test_the_repositorys_root_can_be_the_registry(project: Path, git: Git) -> None:
    inner = project / "registry"
    git("init", "--quiet", where=inner)
    git("add", ".", where=inner)
    git("commit", "--quiet", "--message=clean", where=inner)
    _without_agreement(project)

    assert _codes("registry", "--since", "HEAD") == ["ROPA557"]


def test_in_a_hook_git_says_where_it_is_and_that_misleads_nobody(project: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    _without_agreement(project)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    assert _codes("--since", "HEAD") == ["ROPA557"]


def test_a_link_in_the_registry_is_read_as_a_link(project: Path, git: Git) -> None:
    (project / "outside.yaml").write_text("name: X\n", encoding="utf-8")
    (project / "registry" / "parties" / "linked.yaml").symlink_to("../../outside.yaml")
    git("add", ".")
    git("commit", "--quiet", "--message=link")

    assert _codes("--since", "HEAD") == []
    assert _codes("--since", "HEAD~1") == ["ROPA001"]


@pytest.mark.parametrize(
    ("revision", "says"),
    [
        ("nowhere", "git knows no revision nowhere. Name a commit, a branch or a tag"),
        ("mian", "git knows no revision mian. Did you mean main?"),
        ("--output=x", "git knows no revision --output=x."),
        ("", "git knows no revision ."),
        ("HEAD:registry", "git knows no revision HEAD:registry."),
        ("HEAD..main", "HEAD..main is a range, and --since takes one revision: where the change begins, HEAD."),
        ("main...", "where the change begins, main."),
        ("^main", "git knows no revision ^main."),
    ],
)
def test_a_revision_that_git_does_not_know(project: Path, git: Git, revision: str, says: str) -> None:
    done = run("check", f"--since={revision}")

    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert not (project / "x").exists()


def test_a_folder_in_no_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    done = run("check", "--since", "main")

    assert (done.code, done.out) == (2, "")
    assert "the registry lies in no git repository" in done.err


def test_a_repository_with_no_commit(project: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    done = run("check", "--since", "HEAD")

    assert (done.code, done.out) == (2, "")
    assert "the repository has no commits yet" in done.err


def test_a_shallow_clone_says_how_to_get_the_history(project: Path, git: Git, tmp_path_factory: pytest.TempPathFactory) -> None:
    _without_agreement(project)
    git("commit", "--all", "--quiet", "--message=no agreement")
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    git("clone", "--quiet", "--depth=1", project.as_uri(), str(clone))

    done = run("check", str(clone / "registry"), "--since", "HEAD~1")
    assert (done.code, done.out) == (2, "")
    assert "`fetch-depth: 0` at actions/checkout" in done.err
    assert run("check", str(clone / "registry"), "--since", "HEAD").code == 0


def test_without_git_it_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert "--since asks git, which cannot be run here." in run("check", "--since", "HEAD").err
