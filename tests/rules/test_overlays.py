"""The seam of the country overlays: a third country is added here, in the test, and nothing of the core knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from ropa.context.context import Context
from ropa.findings import catalogue
from ropa.findings.catalogue import RuleEntry
from ropa.findings.finding import Breach
from ropa.flows.reach import reach
from ropa.law import countries, overlays
from ropa.model.load import load
from ropa.rules import CORE, OVERLAYS, RULES, engine
from ropa.rules.case_files import Case, documents_of
from ropa.rules.engine import name_of, run
from scripts import compile_law
from tests.conftest import CHECKOUT

TODAY: Final = date(2026, 11, 24)
SWEDEN: Final = """
version: 1
data_protection_act: {name: oppfunnen lag, reaches: targeting, law: oppfunnen lag 1 §, verified: U}
child_age: {age: 14, law: oppfunnen lag 2 §, verified: U}
acts:
  oppfunnen lag: {title: Oppfunnen lag om personuppgifter}
"""


def invented(context: Context) -> Iterator[Breach]:
    """A rule of the invented country: nothing may be called a newsletter."""
    for activity in context.controlled:
        yield Breach("invented", f"activities/{activity.id}", "any")


def context_of(organisation: dict[str, Any]) -> Context:
    change = {"organisation": organisation}
    registry = load(documents_of(Case("base", "base", "right", {}, change, (), TODAY))).registry
    return Context(registry, reach(registry), TODAY)


def test_every_rule_of_an_overlay_carries_its_country_and_no_other_rule_does() -> None:
    entries = catalogue.entries()

    assert {entries[name_of(rule)].country for rule in CORE} == {""}
    for country, rules in OVERLAYS.items():
        assert {entries[name_of(rule)].country for rule in rules} == {country}
        assert country in overlays.overlays()


def test_the_facts_of_an_overlay_have_a_tag() -> None:
    for overlay in overlays.overlays().values():
        assert overlay.data_protection_act.verified


def test_an_act_of_the_overlay_can_be_named_where_the_organisation_is_established() -> None:
    asked = "databeskyttelsesloven § 6"

    assert [found.status for found in context_of({"country": "DK"}).resolved(asked)] == ["own"]
    assert [found.jurisdiction for found in context_of({"country": "DK"}).resolved(asked)] == ["DK"]
    assert [found.status for found in context_of({"country": "SE"}).resolved(asked)] == ["act-unknown"]


@pytest.mark.parametrize(
    ("organisation", "established", "data_protection"),
    [
        ({"country": "NO"}, True, True),
        ({"country": "SE"}, False, False),
        ({"country": "SE", "markets": ["NO"]}, False, False),
        ({"country": "US", "markets": ["NO"]}, False, True),
        ({"country": "US", "markets": ["SE"]}, False, False),
    ],
)
def test_whom_norwegian_law_binds(organisation: dict[str, Any], established: bool, data_protection: bool) -> None:
    context = context_of(organisation)

    assert context.is_bound_by("NO") is established
    assert context.is_bound_by("NO", data_protection_act=True) is data_protection


def test_danish_law_is_not_known_to_bind_those_established_elsewhere() -> None:
    assert not context_of({"country": "US", "markets": ["DK"]}).is_bound_by("DK", data_protection_act=True)


def test_a_third_country_needs_a_data_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in (CHECKOUT / "ropa" / "law" / "data" / "overlays").glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "SE.yaml").write_text(SWEDEN, encoding="utf-8")
    read = compile_law.read_overlays(tmp_path)
    compiled = {country: compile_law.compile_overlay(country, overlay) for country, overlay in read.items()}
    ages = compile_law.compile_countries(compile_law.read_yaml("countries.yaml"), read)["eea"]
    monkeypatch.setattr(overlays, "overlays", lambda: msgspec.convert(compiled, dict[str, overlays.Overlay]))

    assert {country: ages[country]["child_age"]["age"] for country in ("DK", "NO", "SE")} == {"DK": 15, "NO": 13, "SE": 14}
    assert countries.child_age("SE") == 13
    assert [found.title for found in context_of({"country": "SE"}).resolved("oppfunnen lag 2 §")] == ["Oppfunnen lag om personuppgifter"]
    assert context_of({"country": "US", "markets": ["SE"]}).is_bound_by("SE", data_protection_act=True)


def test_a_third_country_needs_a_rule_and_its_line_in_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = RuleEntry(name="invented", code="ROPA999", severity="error", group="Sweden", country="SE")
    entries = {**catalogue.entries(), "invented": entry}
    monkeypatch.setattr(engine, "entries", lambda: entries)
    found = {
        country: {breach.rule for breach in run((*RULES, invented), context_of({"country": country}))} for country in ("SE", "NO", "DK")
    }

    assert "invented" in found["SE"]
    assert "invented" not in found["NO"] | found["DK"]
