"""Findings as JSON, version 1 (docs/architecture.md). Keys and codes never change with the language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ropa import __version__
from ropa.checking import Checked
from ropa.findings.finding import Finding, Place
from ropa.law import store
from ropa.report.lines import shown_path

VERSION = 1


def render(checked: Checked, findings: Sequence[Finding]) -> str:
    """The report as one JSON object, accepted findings and open questions included."""
    report: dict[str, Any] = {
        "version": VERSION,
        "tool": {"name": "ropa", "version": __version__, "law": str(store.as_of())},
        "registry": str(checked.folder).replace("\\", "/"),
        "today": checked.today.isoformat() if checked.today is not None else None,
        "summary": {
            **{severity: sum(1 for f in findings if f.counts() and f.severity == severity) for severity in ("error", "warning", "info")},
            "accepted": sum(1 for f in findings if not f.counts()),
            "open_questions": len(checked.questions),
            "files": checked.files,
            "rules": checked.rules,
        },
        "findings": [_finding(checked, finding) for finding in findings],
        "open_questions": [
            {
                "address": question.address,
                "file": shown_path(checked, Place("", question.file, 1, 1, 1, 1)),
                "line": question.line,
                "question": question.words,
            }
            for question in checked.questions
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _finding(checked: Checked, finding: Finding) -> dict[str, Any]:
    accepted = finding.accepted
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        **_place(checked, finding.place),
        "related": [_place(checked, place) for place in finding.related],
        "message": finding.message,
        "law": list(finding.law),
        "fix": finding.fix,
        "accepted": None
        if accepted is None
        else {"id": accepted.id, "because": accepted.because, "by": accepted.by, "until": accepted.until},
        "identity": finding.identity,
    }


def _place(checked: Checked, place: Place) -> dict[str, Any]:
    return {
        "file": shown_path(checked, place),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "address": place.address,
    }
