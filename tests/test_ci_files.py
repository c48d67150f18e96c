"""What hangs on a host of repositories, tried as far as a machine without one can: linted, and its own commands run."""

from __future__ import annotations

import os
import subprocess
import sys
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


def steps(workflow: Any) -> list[str]:
    """The commands of a workflow but the one that fetches the toolkit, which is there already."""
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step and "pip install" not in step["run"]]


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
    commands = steps(content(tmp_path / ".github" / "workflows" / "ropa.yml"))

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
    check, build = action["runs"]["steps"][2:]
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


def test_the_manifest_of_hooks_is_valid() -> None:
    assert run(CHECKOUT, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml").returncode == 0
