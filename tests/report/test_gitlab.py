"""GitLab Code Quality: the keys that GitLab reads, a fingerprint an issue, and a path that it finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from ropa.report import gitlab
from ropa.report.report import Report
from tests.report import samples

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "code-quality.schema.json").read_text(encoding="utf-8"))


def _issues(report: Report) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(gitlab.render(report))
    Draft202012Validator(SCHEMA).validate(issues)
    return issues


def test_an_issue_has_what_gitlab_reads(plain: Report) -> None:
    issue = next(issue for issue in _issues(plain) if issue["check_name"] == "form-wrong")

    assert issue == {
        "description": "ROPA013: `P5Y` is written in another way than a registry uses. Write `5 years`.",
        "check_name": "form-wrong",
        "fingerprint": next(finding.identity for finding in plain.findings if finding.name == "form-wrong"),
        "severity": "major",
        "location": {"path": "registry/retention.yaml", "lines": {"begin": 2, "end": 2}},
    }


def test_what_does_not_count_is_a_remark_with_its_reason(plain: Report) -> None:
    said = {issue["check_name"]: issue for issue in _issues(plain)}

    assert said["processor-without-agreement"]["severity"] == said["purpose-too-vague"]["severity"] == "info"
    assert said["processor-without-agreement"]["description"].endswith(" (accepted by personvernombud until 2027-03-31: Til signering)")
    assert said["purpose-too-vague"]["description"].endswith(" (in the baseline baseline.json)")


def test_a_path_is_the_repositorys_wherever_the_command_runs(plain: Report, tmp_path: Path) -> None:
    elsewhere = samples.report(tmp_path / "registry")

    assert gitlab.render(elsewhere) == gitlab.render(plain)


def test_fingerprints_are_unique(hostile: Report) -> None:
    fingerprints = [issue["fingerprint"] for issue in _issues(hostile)]

    assert len(set(fingerprints)) == len(fingerprints)


def test_hostile_text_stays_on_its_line(hostile: Report) -> None:
    for issue in _issues(hostile):
        assert not set(issue["description"]) & set("\n\r\x1b\u202e\u2066\ufffe")
