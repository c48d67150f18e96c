"""What hangs on a host of repositories, tried as far as a machine without one can: linted, and its own commands run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CHECKOUT

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "personvernombud",
    "GIT_AUTHOR_EMAIL": "ombud@eksempel.example",
    "GIT_COMMITTER_NAME": "personvernombud",
    "GIT_COMMITTER_EMAIL": "ombud@eksempel.example",
}


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT | more, capture_output=True, text=True, check=False)


def repository(folder: Path, *options: str) -> Path:
    """A new repository with what `ropa init` writes, committed."""
    assert run(folder, "ropa", "init", ".", *options).returncode == 0
    for command in (("git", "init", "-q"), ("git", "add", "-A"), ("git", "commit", "-qm", "The registry")):
        assert run(folder, *command).returncode == 0
    return folder


def content(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Any, job: str) -> list[str]:
    """The commands of a workflow's job but the one that fetches the toolkit, which is there already."""
    return [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step and "pip install" not in step["run"]]


def spoilt(folder: Path) -> None:
    """A declaration that the law does not allow: a consent that does not say how it is withdrawn."""
    path = folder / "registry" / "consents.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "withdrawn: " not in line), encoding="utf-8")


@pytest.mark.parametrize("persona", ["regular", "pedantic"])
def test_the_workflow_and_the_action_are_safe(tmp_path: Path, persona: str) -> None:
    repository(tmp_path, "--ci", "github")
    (tmp_path / "action.yml").write_text((CHECKOUT / "action.yml").read_text(encoding="utf-8"), encoding="utf-8")

    ran = run(tmp_path, "zizmor", "--offline", "--no-progress", "--persona", persona, ".")

    assert ran.returncode == 0, ran.stdout
    assert "completed" in ran.stderr
    assert "action.yml" in ran.stderr


def test_the_commands_of_the_workflow_pass_on_what_init_writes_and_fail_on_a_breach(tmp_path: Path) -> None:
    repository(tmp_path, "--ci", "github")
    commands = steps(content(tmp_path / ".github" / "workflows" / "ropa.yml"), "check")

    assert [run(tmp_path, "bash", "-ec", command, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md")).returncode for command in commands] == [
        0,
        0,
    ]
    assert (tmp_path / "ropa.sarif").is_file()
    assert (tmp_path / "out" / "public" / "notice" / "notice.nb.html").is_file()

    spoilt(tmp_path)
    failed = run(tmp_path, "bash", "-ec", commands[0], GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert failed.returncode == 1
    assert "::error title=ROPA151 consent-withdrawal-missing,file=registry/consents.yaml" in failed.stdout
    assert "consent-withdrawal-missing" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_the_commands_of_the_gitlab_job_write_its_reports(tmp_path: Path) -> None:
    repository(tmp_path, "--ci", "gitlab")
    job = content(tmp_path / ".gitlab-ci.yml")["ropa"]

    assert [run(tmp_path, "bash", "-ec", command).returncode for command in job["script"]] == [0, 0]
    for report in job["artifacts"]["reports"].values():
        assert (tmp_path / report).is_file()
    assert all((tmp_path / path).is_dir() for path in job["artifacts"]["paths"])


def test_the_steps_of_the_action_run(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "runner" / "ropa").mkdir(parents=True)
    (tmp_path / "runner" / "ropa" / "bin").symlink_to(Path(sys.executable).parent)
    action = content(CHECKOUT / "action.yml")
    check, build = action["runs"]["steps"][2:4]
    given = {name: str(value["default"]) for name, value in action["inputs"].items()} | {
        "sarif": "found.sarif",
        "out": "documents",
        "since": "HEAD",
    }
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    for step in (check, build):
        environment = {name: values[value] for name, value in step["env"].items()}
        ran = run(tmp_path, "bash", "-ec", step["run"], RUNNER_TEMP=str(tmp_path / "runner"), **environment)
        assert ran.returncode == 0, ran.stderr

    assert (tmp_path / "found.sarif").is_file()
    assert (tmp_path / "documents" / "manifest.json").is_file()


GH = """#!/bin/bash
# What GitHub's own command was given: the arguments, and the file that it was to send.
printf '%s\\n' "$@" > "$GH_WAS_GIVEN"
for argument in "$@"; do if [ "${before:-}" = --input ]; then cp "$argument" "$GH_WAS_SENT"; fi; before="$argument"; done
if [ -n "${GH_REFUSES:-}" ]; then printf 'gh: Resource not accessible by integration (HTTP 403)\\n::error::not a command\\n' >&2; exit 1; fi
"""


class PullRequest:
    """A pull request as GitHub's runner meets it: its merge with the target branch, which has gone on, is checked out."""

    def __init__(self, folder: Path, change: Callable[[Path], None], registry: str = "registry") -> None:
        self.folder, self.aside = folder / "checkout", folder / "aside"
        self.folder.mkdir()
        (self.aside / "ropa").mkdir(parents=True)
        (self.aside / "ropa" / "bin").symlink_to(Path(sys.executable).parent)
        (self.aside / "gh").write_text(GH, encoding="utf-8")
        (self.aside / "gh").chmod(0o755)
        repository(self.folder)
        if registry != "registry":
            self.git("mv", "--", "registry", registry)
            self.git("commit", "-qm", "Moved")
        target = self.git("rev-parse", "--abbrev-ref", "HEAD")
        self.git("switch", "-qc", "work")
        change(self.folder / registry)
        self.git("commit", "-qam", "The change", "--allow-empty")
        self.head = self.git("rev-parse", "HEAD")
        self.git("switch", "-q", target)
        path = self.folder / registry / "consents.yaml"
        path.write_text("# The target branch has gone on.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        self.git("commit", "-qam", "Meanwhile")
        self.base = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "--detach")
        self.git("merge", "-q", "--no-edit", "work")

    def git(self, *arguments: str) -> str:
        done = run(self.folder, "git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def run(self, command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs a step with what the runner tells it."""
        given = {
            "PATH": f"{self.aside}{os.pathsep}{ENVIRONMENT['PATH']}",
            "RUNNER_TEMP": str(self.aside),
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_SERVER_URL": "https://github.com",
            "REGISTRY": "registry",
            "NUMBER": "7",
            "BASE": self.base,
            "HEAD": self.head,
            "GH_TOKEN": "x",
            "GH_WAS_GIVEN": str(self.aside / "given.txt"),
            "GH_WAS_SENT": str(self.aside / "sent.json"),
        }
        return run(self.folder, "bash", "-eo", "pipefail", "-c", command, **(given | more))

    def sent(self) -> Any:
        path = self.aside / "sent.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def given(self) -> list[str]:
        return (self.aside / "given.txt").read_text(encoding="utf-8").split("\n")


def review_step(host: str, folder: Path) -> str:
    """The step that writes the review: the action's, or that of the workflow that `ropa init` writes."""
    if host == "action":
        return str(content(CHECKOUT / "action.yml")["runs"]["steps"][-1]["run"])
    (command,) = steps(content(folder / ".github" / "workflows" / "ropa.yml"), "review")
    return command


def misspelt(registry: Path) -> None:
    """A change that brings one finding with a fix at its line."""
    path = registry / "consents.yaml"
    text = path.read_text(encoding="utf-8")
    assert "  given: " in text
    path.write_text(text.replace("  given: ", "  gievn: ", 1), encoding="utf-8")


def at_head(change: PullRequest, host: str) -> PullRequest:
    """As the job of the host checks it out: the workflow has the branch itself."""
    if host == "workflow":
        change.git("checkout", "-q", change.head)
    return change


@pytest.mark.parametrize("host", ["action", "workflow"])
def test_a_review_is_written_at_the_lines_of_the_branch(tmp_path: Path, host: str) -> None:
    change = at_head(PullRequest(tmp_path, misspelt), host)

    ran = change.run(review_step(host, change.folder))

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert change.given()[:4] == ["api", "--method", "POST", "--silent"]
    assert "repos/owner/name/pulls/7/reviews" in change.given()
    sent = change.sent()
    assert (sent["event"], sent["commit_id"]) == ("COMMENT", change.head)
    (comment,) = [one for one in sent["comments"] if "suggestion" in one["body"]]
    lines = change.git("show", f"{change.head}:registry/consents.yaml").split("\n")
    assert (comment["path"], lines[comment["line"] - 1].strip()[:6]) == ("registry/consents.yaml", "gievn:")
    assert change.git("merge-base", change.base, change.head)[:12] in sent["body"]
    assert "Meanwhile" not in ran.stdout


@pytest.mark.parametrize("host", ["action", "workflow"])
def test_a_change_without_findings_gets_no_review(tmp_path: Path, host: str) -> None:
    change = at_head(PullRequest(tmp_path, lambda _: None), host)

    ran = change.run(review_step(host, change.folder))

    assert ran.returncode == 0, ran.stderr
    assert "The change brings no findings" in ran.stdout
    assert change.sent() is None


@pytest.mark.parametrize("host", ["action", "workflow"])
def test_a_job_that_may_not_write_says_so_and_goes_on(tmp_path: Path, host: str) -> None:
    change = at_head(PullRequest(tmp_path, misspelt), host)

    ran = change.run(review_step(host, change.folder), GH_REFUSES="yes")

    assert ran.returncode == 0
    assert "::warning::The review could not be written" in ran.stdout
    assert "HTTP 403" in ran.stdout + ran.stderr
    assert "\n::error::" not in ran.stdout


@pytest.mark.parametrize("host", ["action", "workflow"])
def test_a_check_that_cannot_be_done_fails_the_review(tmp_path: Path, host: str) -> None:
    change = at_head(PullRequest(tmp_path, misspelt), host)
    (change.folder / "ropa.toml").write_text("no such = key\n", encoding="utf-8")
    change.git("add", "ropa.toml")
    change.git("commit", "-qm", "Wrong")
    change.head = change.git("rev-parse", "HEAD")

    ran = change.run(review_step(host, change.folder))

    assert ran.returncode == 2
    assert change.sent() is None


def test_the_action_says_what_it_needs_where_the_history_is_not_there(tmp_path: Path) -> None:
    change = PullRequest(tmp_path, misspelt)

    ran = change.run(review_step("action", change.folder), HEAD="f" * 40)

    assert ran.returncode == 1
    assert "::error::The review needs the history of the pull request: give actions/checkout fetch-depth 0." in ran.stdout


def test_the_action_reviews_a_registry_in_another_folder_whatever_it_is_called(tmp_path: Path) -> None:
    name = "-x $(touch injected); é"
    change = PullRequest(tmp_path, misspelt, name)

    ran = change.run(review_step("action", change.folder), REGISTRY=name)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{name}/consents.yaml" in [one["path"] for one in change.sent()["comments"]]
    assert not list(tmp_path.rglob("injected"))


def test_a_review_is_written_only_on_a_pull_request_and_by_a_job_that_may_do_nothing_else(tmp_path: Path) -> None:
    repository(tmp_path)
    workflow = content(tmp_path / ".github" / "workflows" / "ropa.yml")
    action = content(CHECKOUT / "action.yml")

    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "check": {"contents": "read"},
        "review": {"contents": "read", "pull-requests": "write"},
    }
    assert workflow["jobs"]["review"]["if"] == "github.event_name == 'pull_request'"
    assert action["inputs"]["review"]["default"] == "false"
    assert "inputs.review == 'true' && github.event_name == 'pull_request'" in action["runs"]["steps"][-1]["if"]
    assert not any("${{" in step.get("run", "") for step in action["runs"]["steps"])


@pytest.mark.slow
def test_pre_commit_itself_runs_the_hooks_of_this_repository(tmp_path: Path) -> None:
    """Pre-commit fetches the toolkit from this repository's last commit, installs it, and runs it on a commit."""
    folder = tmp_path / "work"
    folder.mkdir()
    repository(folder, "--hooks", "none")
    hooks = "".join(f"      - id: {hook['id']}\n" for hook in content(CHECKOUT / ".pre-commit-hooks.yaml"))
    revision = run(CHECKOUT, "git", "rev-parse", "HEAD").stdout.strip()
    config = f"repos:\n  - repo: {CHECKOUT}\n    rev: {revision}\n    hooks:\n{hooks}"
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    run(folder, "git", "add", "-A")

    clean = run(folder, "pre-commit", "run", "--all-files", **home)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert clean.stdout.count("Passed") == 2

    spoilt(folder)
    broken = run(folder, "pre-commit", "run", "--all-files", **home)
    assert broken.returncode == 1
    assert "consent-withdrawal-missing" in broken.stdout


def test_the_hooks_that_init_writes_run_the_check_on_files_of_the_registry_alone(tmp_path: Path) -> None:
    repository(tmp_path)
    config = content(tmp_path / ".pre-commit-config.yaml")
    hook = config["repos"][0]["hooks"][0]

    assert run(tmp_path, "pre-commit", "validate-config", ".pre-commit-config.yaml", PRE_COMMIT_HOME=str(tmp_path / "home")).returncode == 0
    assert run(tmp_path, *hook["entry"].split()).returncode == 0
    # The same hook with the toolkit that is installed here.
    hook.pop("additional_dependencies")
    (tmp_path / "system.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}), encoding="utf-8"
    )
    run(tmp_path, "git", "add", "-A")
    command = ("pre-commit", "run", "--config", "system.yaml", "--files")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    assert "Passed" in run(tmp_path, *command, "registry/organisation.yaml", **home).stdout
    assert "Skipped" in run(tmp_path, *command, "README.md", "registry/README.md", "other/registry/x.yaml", **home).stdout


PAGE = (CHECKOUT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")


def test_the_commands_of_the_documentation_run(tmp_path: Path) -> None:
    repository(tmp_path)
    run(tmp_path, "git", "update-ref", "refs/remotes/origin/main", "HEAD")
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)

    assert len(blocks) == 3
    for command in "".join(blocks).splitlines():
        ran = run(tmp_path, "bash", "-c", command)
        assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
    for file in ("ropa.sarif", "ropa.xml", "findings.json", "baseline.json", "review.json"):
        assert (tmp_path / file).is_file()


def test_the_files_of_the_documentation_are_what_they_should_be(tmp_path: Path) -> None:
    workflow, hooks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    action = content(CHECKOUT / "action.yml")
    (folder := tmp_path / ".github" / "workflows").mkdir(parents=True)
    (folder / "ropa.yml").write_text(workflow, encoding="utf-8")
    (tmp_path / "hooks.yaml").write_text(hooks, encoding="utf-8")

    linted = run(tmp_path, "zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".")
    assert linted.returncode == 0, linted.stdout
    assert run(tmp_path, "pre-commit", "validate-config", "hooks.yaml", PRE_COMMIT_HOME=str(tmp_path / "home")).returncode == 0
    assert set(yaml.safe_load(workflow)["jobs"]["check"]["steps"][1]["with"]) <= set(action["inputs"])
    assert {hook["id"] for hook in yaml.safe_load(hooks)["repos"][0]["hooks"]} == {
        hook["id"] for hook in content(CHECKOUT / ".pre-commit-hooks.yaml")
    }
    assert all(f"`{name}`" in PAGE for name in action["inputs"] if name != "python-version")


def test_the_manifest_of_hooks_is_valid() -> None:
    assert run(CHECKOUT, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml").returncode == 0
