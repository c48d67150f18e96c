"""What a check has to tell: the findings that are shown, and how each of them stands. Every format is a function of this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ropa.accept.baseline import Baseline, Entry
from ropa.checking import Checked
from ropa.findings.finding import Finding, Severity
from ropa.fixes.edits import Fix

Standing = Literal["counts", "accepted", "baseline"]


@dataclass(frozen=True, slots=True)
class Since:
    """The revision that findings were compared with, and how many that it had already are not shown."""

    revision: str
    older: int


@dataclass(frozen=True, slots=True)
class Report:
    """A check as it is told.

    `findings` are those to show, in order of file and line; `baseline` what is known and put up with, `stale` its entries
    that meet nothing any more; `raised` and `left_out` what the options made of the rules, by a rule's name; `fixes` the
    text edits by a finding's identity.
    """

    checked: Checked
    findings: Sequence[Finding]
    baseline: Baseline | None = None
    stale: Sequence[Entry] = ()
    since: Since | None = None
    raised: Mapping[str, Severity] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    fixes: Mapping[str, Fix] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the messages."""
        return self.checked.language

    def standing(self, finding: Finding) -> Standing:
        """Whether a finding counts; an accepted one is accepted, whatever the baseline says."""
        if finding.accepted is not None:
            return "accepted"
        return "baseline" if self.baseline is not None and finding.identity in self.baseline.identities else "counts"

    def standing_as(self, standing: Standing) -> list[Finding]:
        """The findings that stand in one way."""
        return [finding for finding in self.findings if self.standing(finding) == standing]

    def counting(self) -> list[Finding]:
        """The findings that count."""
        return self.standing_as("counts")

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count."""
        return sum(1 for finding in self.counting() if finding.severity == severity)
