"""Findings as the editor shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lsprotocol import types

from ropa.accept.baseline import Baseline
from ropa.findings.finding import Finding, Place, Severity
from ropa.lsp.positions import Positions
from ropa.lsp.words import said
from ropa.report.terminal import safe
from ropa.source.nodes import Span

SOURCE: Final = "ropa"
_SEVERITIES: Final[Mapping[Severity, types.DiagnosticSeverity]] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a finding needs to be shown: the positions of each file and its name for the client, and the page of each rule."""

    positions: Callable[[str], Positions]
    uri: Callable[[str], str]
    page: Callable[[str], str | None]
    language: str
    baseline: Baseline | None = None
    with_related: bool = True


def diagnostic(finding: Finding, around: Surroundings) -> types.Diagnostic:
    """One finding. What a role has accepted, and what is in the baseline, is only a hint: it says so and does not count."""
    known = around.baseline is not None and finding.identity in around.baseline.identities
    page = around.page(finding.name)
    return types.Diagnostic(
        range=_range(finding.place, around),
        severity=_SEVERITIES[finding.severity] if finding.counts() and not known else types.DiagnosticSeverity.Hint,
        code=finding.code,
        code_description=types.CodeDescription(page) if page is not None else None,
        source=SOURCE,
        message=safe("\n".join(_lines(finding, known, around.language))),
        related_information=list(_related(finding, around)) if around.with_related and finding.related else None,
        data={"identity": finding.identity},
    )


def _range(place: Place, around: Surroundings) -> types.Range:
    return around.positions(place.file).range_of(Span(place.line, place.column, place.end_line, place.end_column))


def _lines(finding: Finding, known: bool, language: str) -> Iterator[str]:
    yield f"{finding.message} [{finding.name}]"
    if finding.accepted is not None:
        accepted = finding.accepted
        yield said("accepted", language, by=accepted.by, until=accepted.until, because=accepted.because)
    elif known:
        yield said("baseline", language)
    if finding.law:
        yield f"{said('law', language)}: {'; '.join(finding.law)}"
    if finding.fix and finding.accepted is None:
        yield f"{said('fix', language)}:"
        yield from (f"  {line}" for line in finding.fix.split("\n"))


def _related(finding: Finding, around: Surroundings) -> Iterator[types.DiagnosticRelatedInformation]:
    for place in finding.related:
        location = types.Location(around.uri(place.file), _range(place, around))
        yield types.DiagnosticRelatedInformation(location, safe(f"{said('also', around.language)}: {place.address}"))
