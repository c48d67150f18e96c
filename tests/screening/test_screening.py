"""The screenings: what meets a criterion, what leaves it open, and what settles a duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ropa.context.context import Context
from ropa.flows.reach import reach
from ropa.law.overlays import dpia_list, overlays
from ropa.law.vocabulary import codes
from ropa.model.load import load
from ropa.rules.case_files import Case, documents_of
from ropa.screening.dpia import Answer, DpiaScreening, screen
from ropa.screening.dpo import screen_dpo
from ropa.screening.facts import CRITERIA, found
from ropa.screening.record_exemption import screen_record_exemption

Change = Mapping[str, Any]


def _context(change: Change) -> Context:
    registry = load(documents_of(Case("screening", "case", "right", {}, change, (), date(2026, 11, 24)))).registry
    return Context(registry, reach(registry), date(2026, 11, 24))


def _screen(change: Change, activity: str = "orders") -> DpiaScreening:
    context = _context(change)
    return screen(context, context.registry.activities[activity])


def _open(screening: DpiaScreening) -> dict[str, tuple[str, ...]]:
    return {criterion.code: criterion.open for criterion in screening.open}


def test_the_criteria_are_those_of_the_vocabulary() -> None:
    assert list(CRITERIA) == list(codes("dpia_criteria"))[: len(CRITERIA)]


@pytest.mark.parametrize("country", sorted(overlays()))
def test_each_fact_of_a_list_is_one_that_can_be_found(country: str) -> None:
    declared = set(codes("dpia_criteria"))
    computed = {
        "third-party-data",
        "biometric-identification",
        "genetic-data",
        "employees",
        "research-without-consent",
        "location-data",
        "camera-in-school",
        "special-categories",
        "commercial-profiling",
    }
    listed = dpia_list(country)

    for item in listed.items.values() if listed is not None else ():
        assert set(item.facts) <= declared | computed
        assert set(item.apart_from) <= set(CRITERIA)


def test_nothing_is_met_or_open_in_an_ordinary_activity() -> None:
    screening = _screen({})

    assert (screening.met, screening.open, screening.duty, screening.settled) == ((), (), "none", True)


@pytest.mark.parametrize(
    ("change", "criterion", "inside"),
    [
        ({"automated_decision": None}, "automated-decision", "automated_decision"),
        ({"automated_decision": "unknown"}, "automated-decision", "automated_decision"),
        ({"automated_decision": {"ground": "contract"}}, "prevents-right-or-service", "automated_decision"),
        ({"subjects": None}, "vulnerable-subjects", "subjects"),
        ({"subjects": ["anyone"]}, "vulnerable-subjects", "subjects.anyone"),
        ({"data": None}, "sensitive-data", "data"),
        ({"data": {"order": {"categories": ["photo"]}}}, "sensitive-data", "data.order.categories.photo"),
        ({"data": {"order": ["test-results"]}}, "scoring", "data.order.categories.test-results"),
        ({"data": {"order": ["face-recognition"]}}, "innovative-technology", "data.order.categories.face-recognition"),
        ({"ai": {"used_for": "Svare"}}, "innovative-technology", "ai"),
        ({"monitoring": {"of": "Trafikk", "purposes": ["security-breaches"]}}, "systematic-monitoring", "monitoring"),
        ({"purposes": {"deliver": {"kind": "employee-control"}}}, "systematic-monitoring", "purposes.deliver.kind"),
        ({"purposes": {"deliver": {"kind": "credit-assessment"}}}, "prevents-right-or-service", "purposes.deliver.kind"),
        ({"purposes": {"deliver": {"profiling": "unknown"}}}, "scoring", "purposes.deliver.profiling"),
        ({"purposes": {"deliver": {"children": {"minimum_age": 13}}}}, "vulnerable-subjects", "purposes.deliver.children"),
        (
            {"purposes": {"deliver": {"further_processing": {"of": "customers.manage"}}}},
            "matching",
            "purposes.deliver.further_processing.of",
        ),
        ({"dpia_criteria": "unknown"}, "large-scale", "dpia_criteria"),
    ],
)
def test_what_leaves_a_criterion_open(change: Change, criterion: str, inside: str) -> None:
    screening = _screen({"activities/orders": change})

    assert f"activities/orders#{inside}" in _open(screening)[criterion]


def test_what_is_met_is_not_open() -> None:
    screening = _screen({"activities/orders": {"data": {"order": ["health-data", "photo"]}}})

    assert [criterion.code for criterion in screening.met] == ["sensitive-data"]
    assert "sensitive-data" not in _open(screening)


def test_a_reason_closes_what_may_reveal_something() -> None:
    screening = _screen({"activities/orders": {"data": {"order": {"categories": ["photo"], "reveals_nothing": "Bare varen"}}}})

    assert screening.open == ()


def test_the_scale_is_asked_where_the_core_activity_is_large() -> None:
    screening = _screen(
        {"organisation": {"core_activities": ["large-scale-special-categories"]}, "activities/orders": {"data": {"order": ["health-data"]}}}
    )

    assert _open(screening) == {"large-scale": ("organisation#core_activities",)}


def test_the_strongest_duty_counts_and_each_is_told() -> None:
    screening = _screen(
        {
            "activities/orders": {
                "data": {"order": ["health-data"]},
                "dpia_criteria": ["large-scale", "trains-algorithms"],
                "subjects": ["child"],
            }
        }
    )

    assert screening.duty == "mandatory"
    assert [(case.code, case.met) for case in screening.mandatory] == [
        ("35(3)(b)", ("activities/orders#dpia_criteria.large-scale", "activities/orders#data.order.categories.health-data"))
    ]
    assert [case.code for case in screening.listed] == ["algorithm-training"]
    assert not screening.settled


def test_media_have_no_duty() -> None:
    screening = _screen({"activities/orders": {"dpia_criteria": ["matching", "scoring"], "expression": "media"}})

    assert (screening.bound, screening.duty, len(screening.met)) == (False, "none", 2)


@pytest.mark.parametrize(
    ("kind", "settles"),
    [
        ("assessed", ("mandatory", "on-list", "two-criteria")),
        ("covered-by-law", ("mandatory", "on-list", "two-criteria")),
        ("late", ("on-list", "two-criteria")),
        ("undated", ("on-list", "two-criteria")),
        ("not-needed", ("two-criteria",)),
        ("law-not-enough", ("two-criteria",)),
        ("other-kind", ()),
        ("none", ()),
    ],
)
def test_what_settles_which_duty(kind: Any, settles: tuple[str, ...]) -> None:
    answer = Answer("activities/orders#dpia", kind)

    assert tuple(duty for duty in ("mandatory", "on-list", "two-criteria") if answer.settles(duty)) == settles
    assert answer.settles("none")


def test_another_countrys_authority_has_its_own_list() -> None:
    change = {"activities/orders": {"dpia_criteria": ["performance-monitoring"]}}

    assert _screen(change).country == "NO"
    assert _screen({**change, "organisation": {"country": "SE"}}).country is None


def test_what_nobody_says_leaves_the_officer_open() -> None:
    screening = screen_dpo(_context({"organisation": {"core_activities": None, "dpo": None}}))

    assert (screening.required, screening.open, screening.designation) == (False, ("organisation#core_activities",), "unknown")


def test_what_stands_against_the_exemption() -> None:
    screening = screen_record_exemption(_context({"activities/orders": {"data": {"order": ["health-data"]}, "occasional": True}}))

    assert {each.trigger for each in screening.against if each.activity == "orders"} == {"risk", "special-data"}
    assert not screening.can_apply


def test_facts_of_an_own_category_are_those_of_what_it_is_like() -> None:
    context = _context(
        {
            "activities/orders": {"data": {"order": ["stilling"]}},
            "vocabulary": {"data_categories": {"stilling": {"nb": "Stilling", "en": "Position", "like": "location-precise"}}},
        }
    )

    assert list(found(context, context.registry.activities["orders"])) == ["sensitive-data", "location-data"]
