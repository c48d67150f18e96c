"""Writes what is found in every registry of the tests into ``tests/snapshot``, to be reviewed like code.

    python scripts/snapshot.py [NAME=FOLDER…]

A changed rule then shows in the diff what it changes: in ``registries.txt`` for the whole registries, in ``rules.txt``
for the cases of the rules. The registries in each further FOLDER are written into ``NAME.txt``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from ropa.checking import check, check_documents
from ropa.findings.finding import Finding
from ropa.rules.case_files import BASE, all_cases, documents_of

SNAPSHOT = CHECKOUT / "tests" / "snapshot"
DAY = date(2026, 11, 24)


def registries_below(folder: Path) -> list[Path]:
    """The folders named ``registry`` below a folder, in order."""
    return sorted(path for path in folder.rglob("registry") if path.is_dir())


def of_registries(folders: list[Path], root: Path) -> Iterator[str]:
    """What is found in each registry, under its path from `root`."""
    for folder in folders:
        yield f"## {folder.relative_to(root).as_posix()}"
        yield from map(line, check(folder, DAY, "nb").findings)


def of_cases() -> Iterator[str]:
    """What is found in each case of each rule: of that rule with its words, fix and related places, and of all others."""
    for case in all_cases():
        yield f"## {case.rule} / {case.name} ({case.kind})"
        for finding in check_documents(documents_of(case), BASE, case.today, "nb").findings:
            yield line(finding)
            if finding.name == case.rule:
                yield f"    {finding.message}"
                yield from (f"    fix {row}" for row in (finding.fix or "").splitlines())
                yield from (f"    also {related.address}" for related in finding.related)


def line(finding: Finding) -> str:
    """One finding: what, where, and how bad."""
    place = finding.place
    mark = f" (accepted: {finding.accepted.id})" if finding.accepted else ""
    return f"{finding.severity} {finding.code} {finding.name} {finding.address} {place.file}:{place.line}:{place.column}{mark}"


def snapshots() -> dict[str, str]:
    """The files that belong to the checkout."""
    own = [CHECKOUT / "registry", *registries_below(CHECKOUT / "tests" / "registries")]
    return {"registries.txt": _text(of_registries(own, CHECKOUT)), "rules.txt": _text(of_cases())}


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the snapshots."""
    files = snapshots()
    for argument in sys.argv[1:]:
        name, _, path = argument.partition("=")
        folder = Path(path).resolve()
        files[f"{name}.txt"] = _text(of_registries(registries_below(folder), folder))
    SNAPSHOT.mkdir(exist_ok=True)
    for name, text in files.items():
        (SNAPSHOT / name).write_text(text, encoding="utf-8")
        print(f"wrote {(SNAPSHOT / name).relative_to(CHECKOUT)} ({text.count('## ')} registries)")


if __name__ == "__main__":
    main()
