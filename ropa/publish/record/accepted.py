"""The findings that a role has accepted, with reason, role and end date: what an auditor asks of an incomplete record (Art. 5(2))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ropa.findings.finding import Finding
from ropa.publish.record.cells import line
from ropa.publish.record.scribe import Scribe
from ropa.publish.record.tables import Field, Head, Table
from ropa.publish.record.tables import field as as_field
from ropa.publish.words import Said


@dataclass(frozen=True, slots=True)
class AcceptedFindings:
    """The accepted findings of a check, and the language that their messages are in."""

    findings: Sequence[Finding] = field(default=())
    language: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One accepted finding as it is printed; `when` is who accepted it and until which day."""

    code: str
    message: Said
    address: str
    because: Said
    when: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with what is accepted for it, by the same role until the same day."""

    because: Said
    when: str
    accepted: tuple[Acceptance, ...]


def acceptances(scribe: Scribe, accepted: AcceptedFindings) -> tuple[Acceptance, ...]:
    """The accepted findings in the order of the check: by file and line."""
    own, language = scribe.context.registry.language, scribe.words.language
    return tuple(
        Acceptance(
            code=f"{finding.code} {finding.name}",
            message=Said(finding.message, accepted.language if accepted.language != language else ""),
            address=finding.address,
            because=Said(finding.accepted.because, own if own != language else ""),
            when=scribe.fixed("accepted.by", by=finding.accepted.by, until=scribe.words.date(finding.accepted.until)),
        )
        for finding in accepted.findings
        if finding.accepted is not None
    )


def reasons(scribe: Scribe, accepted: AcceptedFindings) -> tuple[Reason, ...]:
    """The accepted findings by reason, so that each stands once: in the order of the first finding."""
    found: dict[tuple[Said, str], list[Acceptance]] = {}
    for each in acceptances(scribe, accepted):
        found.setdefault((each.because, each.when), []).append(each)
    return tuple(Reason(because, when, tuple(every)) for (because, when), every in found.items())


def table(scribe: Scribe, accepted: AcceptedFindings) -> Table:
    """The sheet of the accepted findings."""
    widths = {"finding": 60, "because": 50, "when": 32, "address": 40, "code": 30}
    heads = tuple(Head(scribe.fixed(f"accepted.{key}"), "", width) for key, width in widths.items())
    rows = ((each.message, each.because, Said(each.when), Said(each.address), Said(each.code)) for each in acceptances(scribe, accepted))
    return Table(heads, tuple(tuple(_cell(said) for said in row) for row in rows))


def _cell(said: Said) -> Field:
    return as_field((line(said),))


def as_data(accepted: AcceptedFindings) -> list[dict[str, Any]]:
    """The accepted findings for a program."""
    return [
        {
            "code": finding.code,
            "name": finding.name,
            "address": finding.address,
            "message": finding.message,
            "because": finding.accepted.because,
            "by": finding.accepted.by,
            "until": finding.accepted.until,
            "identity": finding.identity,
        }
        for finding in accepted.findings
        if finding.accepted is not None
    ]
