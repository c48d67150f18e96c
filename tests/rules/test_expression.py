"""Personopplysningsloven § 3 beyond the activity itself: what stands in a record that only such activities use."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ropa.checking import check_documents
from ropa.rules.case_files import BASE, Case, documents_of

CONSENT: dict[str, Any] = {"consents": {"newsletter-form": {"withdrawn": None}}}
ASSESSMENT: dict[str, Any] = {"assessments/lia-customers": {"balance": None, "document": None}}
TRANSFER: dict[str, Any] = {"parties/crm-inc": {"transfers": {"US": {"dpf": {"status": "inactive"}}}}}
AGREEMENT: dict[str, Any] = {"parties/crm-co": {"agreement": None}}


def severities(rule: str, change: dict[str, Any], said: dict[str, str]) -> list[str]:
    expressions = {record: {"expression": expression} for record, expression in said.items()}
    case = Case(rule, "case", "right", {}, change | expressions, (), date(2026, 11, 24))
    checked = check_documents(documents_of(case), BASE, case.today)
    return [finding.severity for finding in checked.findings if finding.name == rule]


@pytest.mark.parametrize(
    ("rule", "change", "users"),
    [
        ("consent-withdrawal-missing", CONSENT, ["activities/newsletter"]),
        ("legitimate-interest-not-balanced", ASSESSMENT, ["activities/customers"]),
        ("dpf-recipient-not-certified", TRANSFER, ["activities/customers", "activities/newsletter"]),
    ],
)
def test_a_record_that_only_such_activities_use(rule: str, change: dict[str, Any], users: list[str]) -> None:
    assert severities(rule, change, {}) == ["error"]
    assert severities(rule, change, dict.fromkeys(users, "expression")) == ["warning"]
    assert severities(rule, change, dict.fromkeys(users, "media")) == []


def test_what_binds_media_stays() -> None:
    assert severities("processor-without-agreement", AGREEMENT, {"activities/customers": "media"}) == ["error"]


def test_a_record_that_others_use_too_stays() -> None:
    shared = CONSENT | {"activities/orders": {"purposes": {"deliver": {"basis": {"replace": {"consent": "newsletter-form"}}}}}}

    assert severities("consent-withdrawal-missing", shared, {"activities/newsletter": "media"}) == ["error"]


def test_a_consent_that_a_banner_asks_for_too_stays() -> None:
    banner = CONSENT | {"systems/website": {"consent_banner": {"consent": "newsletter-form"}}}

    assert severities("consent-withdrawal-missing", banner, {"activities/newsletter": "media"}) == ["error"]
