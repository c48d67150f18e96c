"""Findings as JSON, version 1 (``schemas/output/check.schema.json``). Keys and codes never change with the language."""

from __future__ import annotations

from typing import Any

from ropa import __version__
from ropa.findings.catalogue import entries
from ropa.findings.finding import Finding, Place
from ropa.law import store
from ropa.report.lines import SEVERITIES, shown_path
from ropa.report.report import Report
from ropa.source.write import json_text

VERSION = 1


def render(report: Report) -> str:
    """The report as one JSON object, with accepted findings, those of the baseline and open questions."""
    checked = report.checked
    told: dict[str, Any] = {
        "version": VERSION,
        "tool": {"name": "ropa", "version": __version__, "law": str(store.as_of())},
        "registry": shown_path(checked, _whole("")),
        "today": checked.today.isoformat() if checked.today is not None else None,
        "summary": {
            **{severity: report.count(severity) for severity in SEVERITIES},
            "accepted": len(report.standing_as("accepted")),
            "open_questions": len(checked.questions),
            "files": checked.files,
            "rules": checked.rules,
            "baseline": len(report.standing_as("baseline")),
        },
        "findings": [_finding(report, finding) for finding in report.findings],
        "open_questions": [
            {
                "address": question.address,
                "file": shown_path(checked, _whole(question.file)),
                "line": question.line,
                "question": question.words,
            }
            for question in checked.questions
        ],
        "baseline": _baseline(report),
        "since": None if report.since is None else {"revision": report.since.revision, "older": report.since.older},
        "left_out": sorted(entries()[name].code for name in report.left_out),
    }
    return json_text(told)


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    accepted = finding.accepted
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        **_place(report, finding.place),
        "related": [_place(report, place) for place in finding.related],
        "message": finding.message,
        "law": list(finding.law),
        "fix": finding.fix,
        "accepted": None
        if accepted is None
        else {"id": accepted.id, "because": accepted.because, "by": accepted.by, "until": accepted.until},
        "identity": finding.identity,
        "baseline": report.standing(finding) == "baseline",
    }


def _place(report: Report, place: Place) -> dict[str, Any]:
    return {
        "file": shown_path(report.checked, place),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "address": place.address,
    }


def _whole(file: str) -> Place:
    return Place("", file, 1, 1, 1, 1)


def _baseline(report: Report) -> dict[str, Any] | None:
    if report.baseline is None:
        return None
    stale = [{"identity": entry.identity, "code": entry.code, "address": entry.address} for entry in report.stale]
    return {"file": report.baseline.file, "entries": len(report.baseline.entries), "stale": stale}
