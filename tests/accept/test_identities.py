"""A finding's identity: no wording and no line changes it, and no two findings of a registry share one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ropa import checking
from ropa.accept.raised import raised
from ropa.checking import check
from ropa.context.context import Context
from ropa.findings import present
from ropa.findings.catalogue import Wording, entries
from ropa.findings.finding import Finding
from ropa.findings.present import Presenter
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.rules.case_files import Case, all_cases, cases_of, documents_of, rules_with_cases
from ropa.source.files import Document, read_registry, read_text
from ropa.source.reader import read_plain
from ropa.source.write import block_style
from tests.conftest import TODAY, registries
from tests.formal.test_formal import CASES, registry_of

DAY = date.fromisoformat(TODAY)
EACH = 3
"""How many cases there are to one that is tried here: what holds a finding together is the same for all findings of a rule."""

LEFT_OUT = ("agreement", "automated_decision", "basis", "recipients", "retention", "role", "source", "subjects", "text", "transfers")


def _findings(documents: list[Document], day: date, language: str = "nb") -> list[Finding]:
    """Every finding of some documents, before twins become one."""
    loaded = load(documents)
    context = Context(loaded.registry, reach(loaded.registry), day)
    return list(checking._findings(documents, loaded, context, Presenter(loaded.registry, loaded.documents, language)))


def _identities(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.identity for finding in findings})


def _collisions(findings: Iterable[Finding]) -> list[tuple[Finding, Finding]]:
    """Findings with one identity that are not the same finding."""
    first: dict[str, Finding] = {}
    return [(first[f.identity], f) for f in findings if first.setdefault(f.identity, f) != f]


def _moved(documents: list[Document]) -> list[Document]:
    return [read_text(Document(one.record, one.file), f"# a line more\n\n{one.text}") for one in documents]


def _reordered(documents: list[Document]) -> list[Document]:
    return [one if one.problems else read_text(Document(one.record, one.file), _reversed_text(one.text)) for one in documents]


@cache
def _reversed_text(text: str) -> str:
    return block_style(_reversed(read_plain(text)))


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(item) for key, item in reversed(value.items())}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


@cache
def _wrong() -> tuple[tuple[Case, list[Document], list[Finding]], ...]:
    """Wrong cases of every rule, each third of them, with their files and all that is found in them."""
    chosen = [case for rule in rules_with_cases() for case in [each for each in cases_of(rule) if each.kind == "wrong"][::EACH]]
    wrong = [(case, documents_of(case)) for case in chosen]
    return tuple((case, documents, _findings(documents, case.today)) for case, documents in wrong)


def _differing(change: Callable[[list[Document]], list[Document]]) -> list[str]:
    return [
        f"{case.rule}: {case.name}"
        for case, documents, findings in _wrong()
        if _identities(_findings(change(documents), case.today)) != _identities(findings)
    ]


@pytest.mark.slow
def test_a_line_more_changes_no_identity() -> None:
    assert _differing(_moved) == []


@pytest.mark.slow
def test_another_order_of_keys_changes_no_identity() -> None:
    assert _differing(_reordered) == []


@pytest.mark.slow
def test_other_words_change_no_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message and fix reworded at once, in the other language."""
    before = _wrong()
    monkeypatch.setattr(present, "wording", lambda *_: Wording("Other words about {record}.", "other: fix"))

    for case, documents, findings in before:
        reworded = _findings(documents, case.today, "en")
        assert all(finding.message.startswith("Other words about") for finding in reworded)
        assert _identities(reworded) == _identities(findings), f"{case.rule}: {case.name}"


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_line_more_changes_no_identity_of_a_formal_finding(name: str, tmp_path: Path) -> None:
    folder = registry_of(CASES[name], tmp_path)
    before = check(folder, DAY).findings
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"# a line more\n\n" + path.read_bytes())

    assert _identities(check(folder, DAY).findings) == _identities(before)


def test_no_two_findings_of_a_case_collide() -> None:
    for case in list(all_cases())[::EACH]:
        assert _collisions(_findings(documents_of(case), case.today)) == [], f"{case.rule}: {case.name}"


@pytest.mark.parametrize("folder", registries().values(), ids=registries())
def test_no_two_findings_of_a_registry_collide(folder: Path) -> None:
    """As it is, and with one key left out of every file, which gives findings by the dozen."""
    documents = read_registry(folder)

    for key in ("", *LEFT_OUT):
        less = [read_text(Document(one.record, one.file), block_style(_without(one.data, key))) for one in documents if one.data]
        assert _collisions(_findings(less, DAY)) == [], key


def _without(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _without(item, key) for name, item in value.items() if name != key}
    return [_without(item, key) for item in value] if isinstance(value, list) else value


def test_a_raised_severity_changes_no_identity() -> None:
    findings = check(registries()["shipped"], DAY).findings
    names = {finding.name: "error" for finding in findings}
    higher = raised(findings, dict.fromkeys(names, "error"))

    assert [finding.identity for finding in higher] == [finding.identity for finding in findings]
    assert {finding.severity for finding in higher} == {"error"}
    assert [replace(finding, severity="info") for finding in higher] == [replace(finding, severity="info") for finding in findings]


def test_nothing_becomes_milder() -> None:
    findings = check(registries()["shipped"], DAY).findings

    assert raised(findings, dict.fromkeys(entries(), "info")) == findings
