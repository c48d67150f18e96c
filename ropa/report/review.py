"""Findings as a review of a pull request on GitHub: the body of the REST API's "Create a review for a pull request".

A comment stands at a line that the change touches, for GitHub refuses the whole review where one stands elsewhere; what lies elsewhere is
told in the review's own text. Where a safe fix of form exists, the comment suggests the lines as they should be, to be taken over with one
click. A suggestion holds the file's own text and nothing is escaped in it, so there is none where that text would hide something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ropa.findings.finding import RANK, Finding
from ropa.fixes.apply import suggestion
from ropa.report.github_summary import fenced
from ropa.report.lines import repository_path
from ropa.report.report import Report
from ropa.report.review_text import LIMIT, SIGNS, body, inert, titled
from ropa.report.terminal import safe
from ropa.report.words import words
from ropa.source.nodes import lines_of
from ropa.source.touched import Touched
from ropa.source.write import json_text

COMMENTS: Final = 50
"""GitHub takes long over a review with many comments, and so does who reads it."""

_BACKTICKS: Final = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Change:
    """The change that is reviewed: the lines that it touches, and the texts on disk of the registry's files in which it does."""

    touched: Touched
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines (from 1) that a comment stands at, and what it suggests to write there, if anything."""

    first: int
    last: int
    suggested: str | None = None


def render(report: Report, change: Change | None = None, blob: str = "") -> str:
    """The review as JSON. Without a change there are no lines to comment on. `blob` is where the host shows files of the commit."""
    counting = sorted(report.counting(), key=lambda finding: -RANK[finding.severity])
    comments: list[dict[str, Any]] = []
    rest: list[Finding] = []
    for finding in counting:
        comment = _comment(report, finding, change) if change is not None and len(comments) < COMMENTS else None
        if comment is None:
            rest.append(finding)
        else:
            comments.append(comment)
    review: dict[str, Any] = {"commit_id": change.touched.commit} if change is not None else {}
    return json_text(review | {"event": "COMMENT", "body": body(report, rest, len(comments), blob), "comments": comments})


def _comment(report: Report, finding: Finding, change: Change) -> dict[str, Any] | None:
    """The comment on a finding; None where the change does not touch its lines."""
    path = repository_path(report.checked, finding.place)
    lines = _suggested(report, finding, change, path) or _at(finding, change, path)
    if lines is None:
        return None
    text = _told(report, finding, lines.suggested)
    if len(text.encode()) > LIMIT:
        return None
    start = {"start_line": lines.first, "start_side": "RIGHT"} if lines.first < lines.last else {}
    return {"path": path, **start, "line": lines.last, "side": "RIGHT", "body": text}


def _at(finding: Finding, change: Change, path: str) -> _Lines | None:
    """The line of a finding, in a file whose lines the host counts as YAML does: by line feeds alone."""
    line, text = finding.place.line, change.texts.get(finding.place.file)
    if text is None or not change.touched.has(path, line, line) or len(lines_of(text)) != len(text.removesuffix("\n").split("\n")):
        return None
    return _Lines(line, line)


def _suggested(report: Report, finding: Finding, change: Change, path: str) -> _Lines | None:
    """The lines of a finding's fix and what to write there; None where they cannot be suggested.

    The fix must be of the text as it stands on disk: without a byte order mark in its lines, and with line feeds only.
    """
    fix, text = report.fixes.get(finding.identity), change.texts.get(finding.place.file)
    if fix is None or text is None or "\r" in text:
        return None
    first, last, new = suggestion(fix, report.checked.texts[finding.place.file])
    same = lines_of(report.checked.texts[finding.place.file])[first - 1 : last] == text.split("\n")[first - 1 : last]
    if not same or not new or safe(new) != new or not change.touched.has(path, first, last):
        return None
    return _Lines(first, last, new)


def _told(report: Report, finding: Finding, suggested: str | None) -> str:
    """A comment's text: what was found, the law, and what to write instead."""
    language = report.language
    lines = [f"{SIGNS[finding.severity]} {titled(report, finding)}", inert(finding.message)]
    if finding.law:
        lines.append(f"{words('law-label', language)}: {inert('; '.join(finding.law))}")
    if suggested is not None:
        lines.append(_suggestion(suggested))
    elif finding.fix:
        lines += [f"{words('fix-label', language)}:", fenced(finding.fix)]
    return "\n\n".join(lines) + "\n"


def _suggestion(lines: str) -> str:
    """A block that GitHub offers to put in place of the commented lines, behind a fence that is longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(lines)), default=0))
    return f"{fence}suggestion\n{lines}\n{fence}"
