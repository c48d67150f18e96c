"""Every case of every rule: a wrong one has exactly the findings it names, a right one and an exception none of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from ropa.context.context import Context
from ropa.findings.catalogue import entries, explanation, variants
from ropa.findings.finding import Breach
from ropa.findings.present import Presenter
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.rules import RULES
from ropa.rules.case_files import Case, all_cases, cases_of, documents_of
from ropa.rules.engine import name_of, run
from ropa.source.address import address


def _breaches(case: Case) -> tuple[list[Breach], Presenter]:
    result = load(documents_of(case))
    context = Context(result.registry, reach(result.registry), case.today)
    found = [breach for breach in run(RULES, context) if breach.rule == case.rule]
    for record, fault in result.faults:
        if fault.name == case.rule:
            found.append(Breach(fault.name, address(record, fault.path), fault.variant, fault.params, value=fault.value))
    return found, Presenter(result.registry, result.documents, "nb")


@pytest.mark.parametrize("case", list(all_cases()), ids=lambda case: f"{case.rule}-{case.name}")
def test_case(case: Case) -> None:
    found, presenter = _breaches(case)
    got = sorted((breach.address, breach.severity or entries()[breach.rule].severity) for breach in found)
    wanted = sorted((expected.address, expected.severity or entries()[case.rule].severity) for expected in case.expect)

    assert got == wanted
    assert (case.kind == "wrong") == bool(case.expect)
    findings = [presenter.finding(breach) for breach in found]
    for finding in findings:
        assert "{" not in finding.message
    assert len({finding.identity for finding in findings}) == len(findings), "each finding has an identity of its own"


def test_base_is_lawful() -> None:
    base = Case("base", "base", "right", {}, {}, (), date(2026, 11, 24))
    result = load(documents_of(base))
    context = Context(result.registry, reach(result.registry), base.today)

    assert result.faults == []
    assert [(breach.rule, breach.address) for breach in run(RULES, context)] == []


@pytest.mark.parametrize("rule", [name_of(rule) for rule in RULES])
def test_rule_has_words_and_cases(rule: str) -> None:
    kinds = [case.kind for case in cases_of(rule)]

    assert "wrong" in kinds
    assert "right" in kinds
    for language in ("nb", "en"):
        told = explanation(rule, language)
        assert told is not None
        assert {"title", "checks", "why", "severity", "messages"} <= set(told)
    assert set(variants(rule, "nb")) == set(variants(rule, "en"))
    exceptions = (explanation(rule, "nb") or {}).get("exceptions", [])
    assert kinds.count("exception") >= len(exceptions), "one case for each documented exception"


def _messages() -> Iterator[tuple[str, str, str, str]]:
    for rule in entries():
        for language in ("nb", "en"):
            for variant, words in variants(rule, language).items():
                yield rule, language, variant, words["message"]


@pytest.mark.parametrize(("rule", "language", "variant", "message"), list(_messages()))
def test_message_is_two_sentences_at_most(rule: str, language: str, variant: str, message: str) -> None:
    import re

    bare = re.sub(r"`[^`]*`|«[^»]*»|“[^”]*”|\b(?:nr|art|mv|m\.m|osv|bl\.a|f\.eks|pkt|no|Art|Arts)\.", "x", message)
    assert len(re.findall(r"[.!?](?=\s|$)", bare)) <= 2
