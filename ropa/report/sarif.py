"""Findings as SARIF 2.1.0 (OASIS), for code scanning and for editors.

What does not count is a suppressed result with its justification (section 3.35), the baseline is told by `baselineState` (3.27.24),
rules that the configuration raised or left out are configuration overrides of the invocation (3.20.5), and a fix is a set of
replacements (3.55). Paths are relative to the repository's root, which is told by name only (3.14.14), so that no machine shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from ropa import __version__
from ropa.accept.baseline import Entry
from ropa.findings.catalogue import entries, explanation
from ropa.findings.finding import Finding, Place, Severity
from ropa.findings.provisions import provisions
from ropa.fixes.edits import Edit, Fix
from ropa.law import store
from ropa.report.lines import put_up_with, repository_path, stale_words, whole_text
from ropa.report.report import Report
from ropa.report.terminal import safe
from ropa.report.words import words
from ropa.source.write import json_text

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "ropaIdentity/v1"
ROOT: Final = "%SRCROOT%"
LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_LINK: Final = re.compile(r"\[(?=[^\]]*\]\()")
_PLACEHOLDER: Final = re.compile(r"\{(\d+)\}")


def render(report: Report) -> str:
    """The report as a SARIF log of one run."""
    names = sorted({finding.name for finding in report.findings} | set(report.raised) | set(report.left_out), key=_code)
    indexes = {name: index for index, name in enumerate(names)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "ropa",
                "semanticVersion": __version__,
                "properties": {"law": str(store.as_of())},
                "rules": [_rule(name, report.language) for name in names],
            }
        },
        "language": report.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository that holds the registry."}}},
        "invocations": [_invocation(report, indexes)],
        "results": [_result(report, finding, indexes[finding.name]) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _code(name: str) -> str:
    return entries()[name].code


def _rule(name: str, language: str) -> dict[str, Any]:
    """What the catalogue says of a rule. A rule that the version knows but does not check yet has its name only."""
    rule, told = entries()[name], explanation(name, language)
    described: dict[str, Any] = {"id": rule.code, "name": name, "defaultConfiguration": {"level": LEVELS[rule.severity]}}
    if told:
        described["shortDescription"] = _message(told["title"])
        described["fullDescription"] = _message(f"{told['checks']} {told['why']}")
        described["help"] = _help(told, provisions(rule.provisions, language), language)
    described["properties"] = {"tags": ["privacy", *(["gdpr"] if "GDPR" in rule.provisions else [])], "group": rule.group}
    return described


def _help(told: Any, law: tuple[str, ...], language: str) -> dict[str, str]:
    parts = [(words("checks", language), [told["checks"]]), (words("why", language), [told["why"]])]
    if law:
        parts.append((words("provisions", language), ["; ".join(law)]))
    if told.get("question"):
        parts.append((words("question", language), [told["question"]]))
    parts.append((words("severity", language), [told["severity"]]))
    if told.get("exceptions"):
        parts.append((words("exceptions", language), list(told["exceptions"])))
    plain = "\n\n".join(f"{label}: {' '.join(texts)}" for label, texts in parts)
    marked = "\n\n".join(f"**{label}**\n\n" + "\n".join(f"- {t}" if len(texts) > 1 else t for t in texts) for label, texts in parts)
    return {"text": _plain(plain), "markdown": marked}


def _invocation(report: Report, indexes: dict[str, int]) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    overrides = [
        *({"descriptor": _descriptor(name, indexes), "configuration": {"level": LEVELS[level]}} for name, level in report.raised.items()),
        *({"descriptor": _descriptor(name, indexes), "configuration": {"enabled": False}} for name in report.left_out),
    ]
    if overrides:
        invocation["ruleConfigurationOverrides"] = sorted(overrides, key=lambda one: str(one["descriptor"]))
    if report.stale:
        invocation["toolConfigurationNotifications"] = [_notification(report, entry) for entry in report.stale]
    return invocation


def _descriptor(name: str, indexes: dict[str, int]) -> dict[str, Any]:
    return {"id": _code(name), "index": indexes[name]}


def _notification(report: Report, entry: Entry) -> dict[str, Any]:
    return {"level": "note", "message": _message(stale_words(report, entry))}


def _result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": _message(whole_text(report, finding)),
        "locations": [{**_location(report, finding.place), "logicalLocations": [{"fullyQualifiedName": safe(finding.address)}]}],
        "partialFingerprints": {FINGERPRINT: finding.identity},
        "properties": {"name": finding.name, "law": list(finding.law)},
    }
    if finding.related:
        result["relatedLocations"] = list(_related(report, finding.related))
    standing = report.standing(finding)
    if report.baseline is not None:
        result["baselineState"] = "unchanged" if finding.identity in report.baseline.identities else "new"
    if finding.accepted is not None:
        result["suppressions"] = [_acceptance(report, finding)]
    elif standing == "baseline":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _plain(put_up_with(report, finding))}]
    if fix := report.fixes.get(finding.identity):
        result["fixes"] = [_fix(report, fix)]
    return result


def _acceptance(report: Report, finding: Finding) -> dict[str, Any]:
    """An acceptance stands in the registry's own file: external to the line that it speaks of (section 3.35.2)."""
    accepted = finding.accepted
    assert accepted is not None
    return {
        "kind": "external",
        "status": "accepted",
        "justification": _plain(put_up_with(report, finding)),
        "properties": {
            "acceptance": safe(accepted.id),
            "because": safe(accepted.because),
            "by": safe(accepted.by),
            "until": safe(accepted.until),
        },
    }


def _location(report: Report, place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(report, place)}
    if place.file:
        physical["region"] = _region(place.line, place.column, place.end_line, place.end_column)
    return {"physicalLocation": physical}


def _artifact(report: Report, place: Place) -> dict[str, str]:
    return {"uri": quote(repository_path(report.checked, place)), "uriBaseId": ROOT}


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _related(report: Report, places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(dict.fromkeys(places), 1):
        yield {"id": number, **_location(report, place), "message": _message(place.address)}


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    """The edits of a fix, file by file, as they stand."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        changes.setdefault(edit.file, []).append(_replacement(edit))
    return {
        "description": _message(fix.title),
        "artifactChanges": [
            {"artifactLocation": _artifact(report, Place("", file, 1, 1, 1, 1)), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    region = {"deletedRegion": _region(edit.line, edit.column, edit.end_line, edit.end_column)}
    return {**region, "insertedContent": {"text": edit.text}} if edit.text else region


def _message(text: str) -> dict[str, str]:
    return {"text": _plain(text)}


def _plain(text: str) -> str:
    """A plain text message: nothing in it is a link (section 3.11.6) or a placeholder (3.11.5)."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", safe(text)))
