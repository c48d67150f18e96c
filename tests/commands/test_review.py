"""``--format review``: comments stand at the lines that git says a change touches, by the numbers that the commit has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ropa.source.revision import RevisionUnusable
from ropa.source.touched import touched
from tests.commands.running import ropa as run
from tests.commands.test_comparing import Git, git, project

__all__ = ["git", "project"]  # the fixtures
ORDERS = "registry/activities/orders.yaml"


def review(*arguments: str) -> Any:
    return json.loads(run("check", "--format", "review", "--today", "2026-11-24", "--lang", "en", *arguments).out)


def changed(project: Path, old: str, new: str, file: str = ORDERS) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def committed(git: Git, message: str = "change") -> None:
    git("add", ".")
    git("commit", "--quiet", f"--message={message}")


def line_of(project: Path, text: str, file: str = ORDERS) -> int:
    lines = (project / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_change_gets_its_findings_at_its_lines(project: Path, git: Git) -> None:
    changed(project, "6 months", "P6M")
    committed(git, "before")
    changed(project, "Levere varene du har bestilt", "Administrative formål")
    changed(project, "run_by: hosting", "run_by: hostin", "registry/systems/website.yaml")
    changed(project, "agreement", "privacy_url: https://x.example\n#", "registry/parties/hosting.yaml")
    committed(git)

    told = review("--since", "HEAD~1")

    assert told["commit_id"] == git("rev-parse", "HEAD").strip()
    assert [(comment["path"], comment["line"]) for comment in told["comments"]] == [
        ("registry/systems/website.yaml", line_of(project, "hostin", "registry/systems/website.yaml")),
        (ORDERS, line_of(project, "Administrative")),
    ]
    assert "```suggestion\nrun_by: hosting\n```" in told["comments"][0]["body"]
    assert "ROPA557" in told["body"]
    assert "ROPA013" not in json.dumps(told)
    assert "1 finding was there already at HEAD&#126;1 and is not shown." in told["body"]


def test_lines_are_those_since_the_branch_began(project: Path, git: Git) -> None:
    git("switch", "--quiet", "--create=work")
    changed(project, "Levere varene du har bestilt", "Administrative formål")
    committed(git)
    git("switch", "--quiet", "main")
    changed(project, "role: controller", "# other\nrole: controller")
    committed(git)
    git("switch", "--quiet", "work")

    assert dict(touched(project / "registry", "main").lines) == {ORDERS: {line_of(project, "Administrative")}}
    assert [comment["line"] for comment in review("--since", "main")["comments"]] == [line_of(project, "Administrative")]


def test_what_is_not_committed_has_no_line_in_the_commit(project: Path, git: Git) -> None:
    changed(project, "Levere varene du har bestilt", "Administrative formål")
    committed(git)
    changed(project, "role: controller", "# other\nrole: controller")

    told = review("--since", "HEAD~1")

    assert told["comments"] == []
    assert "ROPA102" in told["body"]


def test_a_registry_that_moved_is_no_new_one(project: Path, git: Git) -> None:
    (project / "privacy").mkdir()
    git("mv", "registry", "privacy/records")
    changed(project, "Levere varene du har bestilt", "Administrative formål", "privacy/records/activities/orders.yaml")
    committed(git)

    told = review("privacy/records", "--since", "HEAD~1")

    assert [comment["path"] for comment in told["comments"]] == ["privacy/records/activities/orders.yaml"]
    lines = touched(project / "privacy" / "records", "HEAD~1").lines
    assert {path: len(numbers) for path, numbers in lines.items()} == {"privacy/records/activities/orders.yaml": 1}


@pytest.mark.parametrize("name", ["a b.yaml", "æøå.yaml", "x.YML"])
def test_names_of_files(project: Path, git: Git, name: str) -> None:
    (project / "registry" / name).write_text("a: 1\nb: 2\n", encoding="utf-8")
    committed(git)

    assert dict(touched(project, "HEAD~1").lines) == {f"registry/{name}": {1, 2}}


def test_a_name_that_git_quotes_and_lines_that_look_like_a_diff(project: Path, git: Git) -> None:
    (project / "a\tb.yaml").write_text("a: 1\n", encoding="utf-8")
    (project / "c.yaml").write_text("a: 1\n++ b/fake.yaml\n@@ -1 +7,9 @@\n-- a/x\nb: 1", encoding="utf-8")
    (project / "d.txt").write_text("a: 1\n", encoding="utf-8")
    committed(git)
    (project / "c.yaml").write_text("a: 1\n++ b/other.yaml\n@@ -1 +7,9 @@\nb: 2", encoding="utf-8")
    committed(git)

    assert dict(touched(project, "HEAD~1").lines) == {"c.yaml": {2, 4}}
    assert dict(touched(project, "HEAD~2").lines) == {"c.yaml": {1, 2, 3, 4}}


def test_what_git_is_set_to_changes_nothing(project: Path, git: Git) -> None:
    changed(project, "Levere varene du har bestilt", "Administrative formål")
    committed(git)
    expected = dict(touched(project / "registry", "HEAD~1").lines)
    for name, value in (
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.relative", "true"),
        ("diff.context", "9"),
        ("color.ui", "always"),
        ("diff.external", "false"),
    ):
        git("config", name, value)

    assert expected
    assert dict(touched(project / "registry", "HEAD~1").lines) == expected


def test_histories_without_a_common_commit_touch_no_lines(project: Path, git: Git) -> None:
    git("switch", "--quiet", "--orphan", "other")
    (project / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    committed(git)

    assert dict(touched(project, "main").lines) == {}


def test_a_revision_that_is_none_is_refused(project: Path, git: Git) -> None:
    with pytest.raises(RevisionUnusable):
        touched(project, "nothing")
    done = run("check", "--format", "review", "--since", "nothing")
    assert (done.code, done.out) == (2, "")


def test_links_lead_to_the_commit_on_its_host(project: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://host.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/r")
    monkeypatch.setenv("GITHUB_SHA", "f" * 40)
    changed(project, "agreement", "#", "registry/parties/hosting.yaml")
    committed(git)
    commit = git("rev-parse", "HEAD").strip()

    assert f"host&#46;example/o/r/blob/{commit}/registry/parties/hosting.yaml#L1" in review("--since", "HEAD~1")["body"]
    assert f"host&#46;example/o/r/blob/{'f' * 40}/registry/parties/hosting.yaml#L1" in review()["body"]


def test_without_a_revision_there_is_no_comment(project: Path) -> None:
    changed(project, "6 months", "P6M")

    told = review()

    assert set(told) == {"event", "body", "comments"}
    assert told["comments"] == []
    assert "ROPA013" in told["body"]
