"""Findings as GitHub's workflow commands: annotations at the lines of a pull request.

A message escapes ``%`` and line ends, a property also ``:`` and ``,`` (the runner's own toolkit does the same). Columns are sent only
where a finding stands on one line: GitHub refuses them else. Only the first ten annotations of a kind are shown for a step, so the
gravest come first, and `ropa.report.github_summary` has them all.
"""

from __future__ import annotations

from typing import Final

from ropa.findings.finding import RANK, Finding, Severity
from ropa.report.lines import repository_path, summary, whole_text
from ropa.report.report import Report
from ropa.report.terminal import no_command, safe
from ropa.report.words import words

COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
SHOWN: Final = 10


def render(report: Report) -> str:
    """One command a finding that counts, and the closing line as plain text."""
    counting = sorted(report.counting(), key=lambda finding: -RANK[finding.severity])
    lines = [_annotation(report, finding) for finding in counting]
    if any(report.count(severity) > SHOWN for severity in COMMANDS):
        lines.append(words("annotation-limit", report.language))
    lines.append(no_command(safe(summary(report))))
    return "\n".join(lines) + "\n"


def _annotation(report: Report, finding: Finding) -> str:
    place = finding.place
    properties = {"title": f"{finding.code} {finding.name}"}
    if place.file:
        properties |= {"file": repository_path(report.checked, place), "line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:
            properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {written}::{_data(whole_text(report, finding))}"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
