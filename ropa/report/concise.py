"""Findings one a line, for editors and scripts that read ``file:line:column: message``."""

from __future__ import annotations

from ropa.findings.catalogue import phrase
from ropa.report.lines import shown_path, summary
from ropa.report.report import Report
from ropa.report.terminal import Style, no_command, one_line


def render(report: Report, colours: bool = False) -> str:
    """One line a finding that counts, and the closing line."""
    style = Style(colours)
    lines = []
    for finding in report.counting():
        place = finding.place
        severity = style(finding.severity, f"{phrase(finding.severity, report.language)} {finding.code}")
        where = f"{one_line(shown_path(report.checked, place))}:{place.line}:{place.column}"
        lines.append(f"{where}: {severity} [{finding.name}] {one_line(finding.message)}")
    return no_command("\n".join([*lines, style("bold", summary(report))]) + "\n")
