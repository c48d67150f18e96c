"""A fix that asks for no fact of the officer's is pasted as it stands: the finding goes away, and nothing new is wrong with the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ropa.checking import check
from ropa.findings.finding import Finding
from ropa.rules.case_files import Case, all_cases, documents_of
from ropa.source.address import split

WRONG = [case for case in all_cases() if case.kind == "wrong"]


def written(case: Case, folder: Path) -> Path:
    for document in documents_of(case):
        path = folder / document.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document.text, encoding="utf-8")
    return folder


def findings(folder: Path, case: Case) -> dict[str, Finding]:
    return {finding.identity: finding for finding in check(folder, case.today, "nb").counting()}


def pasted(text: str, finding: Finding) -> str:
    """The file with the fix: in place of the key that the finding stands at, or below the line of what lacks the key."""
    assert finding.fix is not None
    lines, fix, path = text.splitlines(), finding.fix.splitlines(), split(finding.address)[1]
    start = finding.place.line - 1
    if _key(lines[start]) == _key(fix[0]):
        indent = _indent(lines[start])
        end = next((at for at in range(start + 1, len(lines)) if _indent(lines[at]) <= indent), len(lines))
        lines[start:end] = fix
    else:
        at = start + 1 if len(path) > 1 else start
        lines[at:at] = fix
    return "\n".join(lines) + "\n"


def _key(line: str) -> str:
    return line.strip().partition(":")[0]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case.rule}-{case.name}")
def test_fix(case: Case, tmp_path: Path) -> None:
    registry = written(case, tmp_path / "registry")
    before = findings(registry, case)
    for finding in before.values():
        if finding.name != case.rule or finding.fix is None or "…" in finding.fix:
            continue
        file = registry / finding.place.file
        text = file.read_text(encoding="utf-8")
        file.write_text(pasted(text, finding), encoding="utf-8")
        after = findings(registry, case)
        file.write_text(text, encoding="utf-8")

        assert finding.identity not in after, finding.fix
        new = [each for each in after.values() if each.identity not in before]
        assert [(each.name, each.address) for each in new if each.severity == "error"] == [], pasted(text, finding)
