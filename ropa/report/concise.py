"""Findings one a line, for editors and scripts that read ``file:line:column: message``."""

from __future__ import annotations

from collections.abc import Sequence

from ropa.checking import Checked
from ropa.findings.catalogue import phrase
from ropa.findings.finding import Finding
from ropa.report.lines import shown_path, summary
from ropa.report.terminal import Style, safe


def render(checked: Checked, findings: Sequence[Finding], colours: bool = False) -> str:
    """One line a finding that counts, and the closing line."""
    style = Style(colours)
    lines = []
    for finding in findings:
        if finding.counts():
            place = finding.place
            severity = style(finding.severity, f"{phrase(finding.severity, checked.language)} {finding.code}")
            message = " ".join(safe(finding.message).split())
            lines.append(f"{safe(shown_path(checked, place))}:{place.line}:{place.column}: {severity} [{finding.name}] {message}")
    return "\n".join([*lines, style("bold", summary(checked))]) + "\n"
