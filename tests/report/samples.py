"""Reports for the tests of the formats: one as it comes in real life, and one from a registry that tries to break out of every format."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from ropa.accept.baseline import Baseline, Entry, entries_of
from ropa.checking import check
from ropa.findings.finding import Finding, Place
from ropa.fixes.edits import Edit, Fix
from ropa.report.report import Report
from ropa.rules.case_files import BASE

DAY = date(2026, 11, 24)
LEGAL = (
    "a\n::error::b\n::add-mask::c\n##[error]d %0A%0D,: ]]> --> <script>alert(1)</script> </code></details> [click](javascript:e) "
    "[f](1) ![g](http://h) {0} **i** `j` ``` | k | @everyone #1 www.example.org"
)
HOSTILE = f"{LEGAL} \x1b[31m \u202el\u2066 \ufffe \r"
"""With characters that a registry may not hold; where it does, the finding quotes them."""

STALE = Entry("parties/gone#agreement", "ROPA557", "0123456789abcdef")


def registry(folder: Path) -> Path:
    """A registry below a repository's root: an agreement missing in one, a purpose too general, one accepted finding, one question."""
    (folder / ".git").mkdir(parents=True)
    place = folder / "registry"
    shutil.copytree(BASE, place)
    _change(place / "parties" / "hosting.yaml", "agreement", "privacy_url:\n  unknown: Spurt leverandøren\n#")
    _change(place / "activities" / "orders.yaml", "Levere varene du har bestilt", "Administrative formål")
    (place / "retention.yaml").write_text("old:\n  period: P5Y\n  from: delivery\n  then: delete\n", encoding="utf-8")
    (place / "accepted.yaml").write_text(
        "hosting:\n  rule: processor-without-agreement\n  address: parties/hosting\n"
        "  because: Til signering\n  by: personvernombud\n  until: 2027-03-31\n",
        encoding="utf-8",
    )
    return place


def hostile_registry(folder: Path) -> Path:
    """The same with hostile text wherever a registry has text, and a file whose name is hostile too."""
    place = registry(folder)
    quoted = _quoted(LEGAL)
    _change(place / "parties" / "hosting.yaml", "name: Drift AS", f"name: {quoted}")
    _change(place / "parties" / "hosting.yaml", "Spurt leverandøren", _quoted(HOSTILE))
    _change(place / "accepted.yaml", "Til signering", quoted)
    _change(place / "accepted.yaml", "by: personvernombud", f"by: {quoted}")
    _change(place / "activities" / "orders.yaml", "Administrative formål", _quoted("Administrative formål " + LEGAL))
    _change(place / "retention.yaml", "old:", f"{_quoted(HOSTILE)}:")
    (place / "activities" / "a b,c:d%41]]>\n::error::<x>#1.yaml").write_text("name: x\n", encoding="utf-8")
    return place


def report(place: Path, language: str = "en") -> Report:
    """A registry's report with a baseline, a stale entry of it, a related place and a fix."""
    checked = check(place, DAY, language)
    findings = [_with_related(finding) for finding in checked.findings]
    known = [finding for finding in findings if finding.name == "purpose-too-vague"]
    baseline = Baseline("baseline.json", tuple(sorted([*entries_of(known), STALE])))
    fixes = {finding.identity: _fix(finding) for finding in findings if finding.place.file == "retention.yaml"}
    return Report(checked, findings, baseline, (STALE,), raised={"party-unused": "warning"}, left_out=["code-unknown"], fixes=fixes)


def _with_related(finding: Finding) -> Finding:
    return replace(finding, related=(Place("organisation#dpo", "organisation.yaml", 2, 1, 2, 4),)) if finding.accepted else finding


def _fix(finding: Finding) -> Fix:
    place = finding.place
    edit = Edit(place.file, place.line, place.column, place.end_line, place.end_column, "5 years")
    return Fix(
        finding.identity, "Write the duration in words", (edit, Edit(place.file, 3, 1, 3, 1, "# x\n"), Edit(place.file, 1, 1, 1, 2, ""))
    )


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _quoted(text: str) -> str:
    """A YAML scalar in double quotes that says exactly this text."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text) + '"'
