"""Formal findings: each case changes files of the small lawful registry and names what must be found, and nothing else may be."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ropa.checking import check
from ropa.findings.catalogue import entries
from ropa.rules.case_files import BASE
from ropa.source.reader import read_plain

CASES: dict[str, Any] = read_plain((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def registry_of(case: dict[str, Any], folder: Path) -> Path:
    """The small lawful registry with the changes of a case, written into a folder."""
    registry = folder / "registry"
    shutil.copytree(BASE, registry)
    for name, text in (case.get("files") or {}).items():
        path = registry / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name, pairs in (case.get("replace") or {}).items():
        path = registry / name
        text = path.read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert old in text, f"{name} has no {old!r}"
            text = text.replace(old, new or "", 1)
        path.write_text(text, encoding="utf-8")
    return registry


@pytest.mark.parametrize("name", sorted(CASES))
def test_formal_case(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    today = date.fromisoformat(case.get("today", "2026-11-24"))

    checked = check(registry_of(case, tmp_path), today)

    formal = [finding for finding in checked.counting() if entries()[finding.name].formal or finding.name in case.get("also", ())]
    got = sorted((finding.name, finding.place.file, finding.place.line, finding.address) for finding in formal)
    wanted = sorted((e["name"], e.get("file", ""), e["line"], e["address"]) for e in case.get("expect", ()))
    assert got == wanted
    for finding in formal:
        assert "{" not in finding.message.replace("`{`", "")
        for expected in case.get("expect", ()):
            if (expected["name"], expected["address"]) == (finding.name, finding.address) and "says" in expected:
                assert expected["says"] in finding.message
    may_speak = {*case.get("also", ()), *case.get("allow", ())}
    assert {finding.name for finding in checked.counting() if not entries()[finding.name].formal} <= may_speak


def test_every_formal_finding_has_a_case() -> None:
    named = {expected["name"] for case in CASES.values() for expected in case.get("expect", ())}
    formal = {entry.name for entry in entries().values() if entry.formal}

    assert formal - named == {"file-unreadable", "law-data-old"} - named
