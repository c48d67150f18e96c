"""The assessments: their questions, who uses them, what is open, and which are due for another look."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ropa.checking import Checked
from ropa.law import vocabulary
from ropa.publish.evidence.held import KINDS
from ropa.publish.words import texts
from tests.publish.evidence.helpers import built, checked, files, small
from tests.publish.evidence.test_contents import CONTACTS, DRAFT
from tests.publish.record.samples import TODAY

LIA = """
    kind: legitimate-interest
    date: 2024-09-01
    by: personvernombud
    outcome: proceed
    necessity: Vi må vite hvem som spør
    balance: Bare navn
    """
NAMED = CONTACTS.replace("{date: 2026-09-01, outcome: proceed, document: lia.md}", "lia-contacts")


def held(of: Checked, language: str = "nb") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(of, language)[f"assessments.{language}.json"])
    return found


def one(of: Checked, name: str | None, language: str = "nb") -> dict[str, Any]:
    return next(each for each in held(of, language)["assessments"] if each["id"] == name)


def answers(found: dict[str, Any]) -> dict[str, str | None]:
    return {each["question"]: each["answer"] for each in found["answers"]}


def registry(tmp_path: Path, assessment: str, activity: str = NAMED, today: date | None = TODAY) -> Checked:
    return small(tmp_path, {**DRAFT, "activities/contacts": activity, "assessments/lia-contacts": assessment}, today)


def test_an_assessment_has_its_questions_and_its_uses(tmp_path: Path) -> None:
    found = one(registry(tmp_path, LIA), "lia-contacts")

    assert answers(found) == {
        "date": "1. september 2024",
        "by": "personvernombud",
        "purpose": None,
        "necessity": "Vi må vite hvem som spør",
        "balance": "Bare navn",
        "child_considered": None,
        "outcome": "Gå videre",
    }
    assert found["used_by"] == [
        {
            "use": "interest",
            "name": "Kontakter",
            "address": "activities/contacts#purposes.keep.basis.legitimate-interest.balancing_test",
        }
    ]


def test_one_that_is_written_where_it_is_used_stands_beside_the_others(tmp_path: Path) -> None:
    found = one(small(tmp_path, {**DRAFT, "activities/contacts": CONTACTS}), None)

    assert found["kind"] == "legitimate-interest"
    assert answers(found)["document"] == "lia.md"
    assert [use["name"] for use in found["used_by"]] == ["Kontakter"]


OLD = "gjort eller sett over 1. september 2024, for mer enn to år siden"
RECENT = LIA.replace("2024-09-01", "2026-09-01")
THIS_YEAR = LIA.replace("2024-09-01", "2025-10-01")


def reviewed(assessment: str, key: str, day: str) -> str:
    return assessment.replace("outcome:", f"review: {{{key}: {day}}}\n    outcome:")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (LIA, [OLD]),
        (RECENT, []),
        (THIS_YEAR, ["gjort eller sett over 1. oktober 2025"]),
        (reviewed(LIA, "last", "2026-09-01"), []),
        (reviewed(RECENT, "next", "2026-10-01"), ["gjennomgangen skulle vært gjort 1. oktober 2026"]),
    ],
)
def test_what_the_rules_find_old_is_listed(tmp_path: Path, written: str, words: list[str]) -> None:
    of = registry(tmp_path, written)

    assert one(of, "lia-contacts")["aged"] == [f"lia-contacts: {each}" for each in words]
    page = files(of, "nb")["assessments.nb.html"]
    assert ("Bør gjennomgås på nytt" in page) is bool(words)


def test_without_a_day_no_age_is_judged(tmp_path: Path) -> None:
    of = registry(tmp_path, LIA, today=None)

    assert one(of, "lia-contacts")["aged"] == []
    assert held(of)["age_judged"] is False
    page = files(of, "nb")["assessments.nb.html"]
    assert "så alderen er ikke vurdert" in page
    assert "Ingen vurderinger er for gamle" not in page


def test_what_is_unknown_is_told_with_the_question(tmp_path: Path) -> None:
    of = registry(tmp_path, LIA.replace("outcome: proceed", "outcome: {unknown: Hva ble det til?}"))
    found = one(of, "lia-contacts")

    assert [each["question"] for each in found["answers"] if each["open"]] == ["outcome"]
    assert found["questions"] == [{"address": "assessments/lia-contacts#outcome", "words": "Hva ble det til?"}]
    assert "lia-contacts: Konklusjon" in files(of, "nb")["assessments.nb.html"]


def test_a_missing_assessment_is_listed_by_its_finding(tmp_path: Path) -> None:
    activity = CONTACTS.replace(", balancing_test: {date: 2026-09-01, outcome: proceed, document: lia.md}", "")
    found = held(small(tmp_path, {**DRAFT, "activities/contacts": activity}))

    assert "legitimate-interest-not-balanced" in [each["name"] for each in found["absent"]]


def document(address: str) -> str:
    return LIA.replace("outcome:", f"document: {address}\n    outcome:")


def test_a_document_on_the_web_is_a_link_and_a_file_is_its_name(tmp_path: Path) -> None:
    web = files(registry(tmp_path / "a", document("https://example.org/lia")), "nb")["assessments.nb.html"]
    file = files(registry(tmp_path / "b", document("lia/contacts.md")), "nb")["assessments.nb.html"]

    assert '<a href="https://example.org/lia">' in web
    assert "lia/contacts.md" in file
    assert 'href="lia/contacts.md"' not in file


def test_transfers_impact_assessments_and_new_purposes_have_theirs() -> None:
    health = json.loads(built("municipal-health", "nb")["assessments.nb.json"])
    supplier = json.loads(built("software-supplier", "nb")["assessments.nb.json"])
    by_name = {each["id"]: each for each in (*health["assessments"], *supplier["assessments"])}

    assert answers(by_name["dpia-trygghet"]) | {"review": None} == {
        "date": "25. februar 2026",
        "by": "leder for hjemmetjenesten",
        "parts": "Beskrivelse, Nødvendighet og forholdsmessighet, Risikoer, Tiltak",
        "dpo_advice": "20. februar 2026",
        "residual_risk": "Høy",
        "consultation": "Sendt 2. mars 2026 og Svar 11. mai 2026",
        "document": "dpia/trygghet.md",
        "review": None,
    }
    assert answers(by_name["tia-us"])["country"] == "USA"
    assert {use["use"] for use in by_name["tia-us"]["used_by"]} <= {"transfer", "fallback"}
    assert by_name["tia-us"]["used_by"]
    assert answers(by_name["komp-innkalling"])["link"] == "Samme helsestasjon og samme barn"
    assert by_name["komp-innkalling"]["used_by"]


def test_every_assessment_of_a_registry_is_shown() -> None:
    for name in ("municipal-health", "software-supplier", "trade-union"):
        of = checked(name)
        found = json.loads(built(name, "nb")["assessments.nb.json"])

        assert {each["id"] for each in found["assessments"]} - {None} == set(of.registry.assessments)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_code_of_an_answer_has_words(language: str) -> None:
    lists = [*(f"assessment_outcomes.{kind}" for kind in KINDS), "dpia_parts", "supplementary_measures", "review_triggers"]
    codes = {code for name in lists for code in vocabulary.codes(name)}

    assert codes == set(texts(language)["evidence"]["assessments"]["codes"])
