"""Findings as a GitLab Code Quality report: a list with one entry a finding.

GitLab knows no accepted finding. What does not count stands there all the same, as a remark that ends with who accepted it and
why, under the same fingerprint: accepting a finding then neither hides it nor makes it a new one.
"""

from __future__ import annotations

from typing import Any, Final

from ropa.findings.finding import Finding, Severity
from ropa.report.lines import put_up_with, repository_path
from ropa.report.report import Report
from ropa.report.terminal import one_line
from ropa.source.write import json_text

SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """The report as a list of issues."""
    return json_text([_issue(report, finding) for finding in report.findings])


def _issue(report: Report, finding: Finding) -> dict[str, Any]:
    reason = put_up_with(report, finding)
    place = finding.place
    return {
        "description": one_line(f"{finding.code}: {finding.message}{f' ({reason})' if reason else ''}"),
        "check_name": finding.name,
        "fingerprint": finding.identity,
        "severity": "info" if reason else SEVERITIES[finding.severity],
        "location": {"path": repository_path(report.checked, place), "lines": {"begin": place.line, "end": place.end_line}},
    }
