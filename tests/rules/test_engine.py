"""Rules shared by two processes find what one process finds."""

from __future__ import annotations

import pytest

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.flows.reach import reach
from ropa.model.load import load
from ropa.rules import RULES, engine
from ropa.rules.case_files import Case, cases_of, documents_of

CASES = [*cases_of("security-description-missing"), *cases_of("candidate-data-kept-without-basis")]


@pytest.mark.parametrize("case", CASES[:3] + CASES[-3:], ids=lambda case: case.name)
@pytest.mark.parametrize("count", [len(RULES), 2, 1])
def test_two_processes_find_what_one_does(case: Case, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = load(documents_of(case)).registry
    rules = RULES[-count:]

    def found() -> list[Breach]:
        return engine.run(rules, Context(registry, reach(registry), case.today))

    alone = found()
    monkeypatch.setattr(engine, "ENOUGH", 1)

    assert found() == alone
