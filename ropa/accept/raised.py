"""Severities that a team has raised. Only the severity changes: the identity knows none, so nothing opens or closes by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ropa.findings.finding import RANK, Finding, Severity


def raised(findings: Iterable[Finding], severities: Mapping[str, Severity]) -> list[Finding]:
    """The findings, each at least as severe as its rule's name asks. None becomes milder."""
    return [_raised(finding, severities.get(finding.name)) for finding in findings]


def _raised(finding: Finding, severity: Severity | None) -> Finding:
    if severity is None or RANK[severity] <= RANK[finding.severity]:
        return finding
    return replace(finding, severity=severity)
