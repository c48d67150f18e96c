"""``ropa dpia`` from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ropa.rules.case_files import BASE
from tests.commands.running import changed_base, ropa
from tests.conftest import registries

HEALTH = registries()["municipal-health"]
DAY = ("--today", "2026-11-24")


def _screened(*arguments: str | Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(ropa("dpia", *arguments, *DAY, "--format", "json").out)
    return content


def _activity(content: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(activity for activity in content["activities"] if activity["id"] == name)
    return found


def _line_of_salary() -> int:
    lines = (BASE / "activities" / "staff.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, text in enumerate(lines, 1) if "[salary]" in text)


def test_each_criterion_has_the_facts_that_show_it() -> None:
    staff = _activity(_screened("--registry", BASE), "staff")

    met = {criterion["code"]: criterion["facts"] for criterion in staff["criteria"] if criterion["state"] == "met"}
    assert list(met) == ["sensitive-data", "vulnerable-subjects"]
    assert [(fact["address"], fact["line"]) for fact in met["sensitive-data"]] == [
        ("activities/staff#data.pay.categories.salary", _line_of_salary()),
    ]
    assert met["vulnerable-subjects"][0]["file"].endswith("activities/staff.yaml")
    assert (staff["duty"], staff["settled"], staff["answer"]["kind"]) == ("two-criteria", True, "not-needed")
    assert len(staff["criteria"]) == 9


def test_the_text_names_facts_places_and_what_follows() -> None:
    ran = ropa("dpia", "staff", "--registry", BASE, *DAY)

    assert ran.code == 0
    assert "Lønn og personal (staff): 2 av 9 kriterier oppfylt" in ran.out
    assert "Lønn (data.pay.categories.salary)" in ran.out
    assert f"activities/staff.yaml:{_line_of_salary()}" in ran.out
    assert "To eller flere kriterier tyder på høy risiko" in ran.out
    assert "Ikke nødvendig: «Vanlig lønnskjøring for førti ansatte»" in ran.out
    assert "personvernombud?" not in ran.out


def test_all_activities_then_the_officer_and_the_record() -> None:
    ran = ropa("dpia", "--registry", BASE, "--lang", "en", *DAY)

    assert "No criterion met and nothing open: Customer contact, Invoicing and accounting, Newsletter, Orders." in " ".join(ran.out.split())
    assert "5 activities: 0 with a mandatory assessment, 0 on the list, 1 with two criteria. 0 without an answer." in ran.out
    assert "Must you have a data protection officer?\n  No, not by what is declared.\n  A data protection officer is designated." in ran.out
    assert "May you do without the record?\n  No (Art. 30(5))." in ran.out
    assert "Is not said to be occasional (`occasional`): Customer contact" in ran.out


def test_an_open_criterion_asks_its_question(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/orders.yaml", "automated_decision: none", "automated_decision: unknown")
    ran = ropa("dpia", "orders", "--registry", registry, "--lang", "en", *DAY)

    assert "Orders (orders): 0 of 9 criteria met, 1 open" in ran.out
    assert "not stated (automated_decision)" in ran.out
    assert "Ask: Does a system decide without a person" in ran.out


def test_an_open_question_in_the_officers_words_is_not_asked_twice(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/orders.yaml", "automated_decision: none", "automated_decision: {unknown: Spør salg}")
    ran = ropa("dpia", "orders", "--registry", registry, *DAY)

    assert "ikke avklart: «Spør salg»" in ran.out
    assert "Treffer et system" not in ran.out


def test_what_is_due_and_not_done_comes_first(tmp_path: Path) -> None:
    registry = changed_base(
        tmp_path, "activities/orders.yaml", "data:\n", "dpia_criteria: [large-scale]\ndata:\n  health: {categories: [health-data]}\n"
    )
    ran = ropa("dpia", "--registry", registry, "--lang", "en", *DAY)

    assert ran.out.index("Orders (orders)") < ran.out.index("Payroll and staff (staff)")
    assert "GDPR Article 35(3)(b) always asks for an assessment before processing starts." in ran.out
    assert "This must be done." in ran.out


def test_the_list_of_the_authority_is_told_in_words() -> None:
    ran = ropa("dpia", "trygghetsalarm", "--registry", HEALTH, *DAY)

    assert "Står på Datatilsynets liste" in ran.out
    assert "Lokasjonsdata, sammen med minst ett kriterium til" in ran.out
    assert "Vurdert i `dpia-trygghet`" in ran.out


def test_officer_and_exemption_as_data() -> None:
    content = _screened("--registry", HEALTH)

    assert [ground["provision"] for ground in content["dpo"]["grounds"]] == ["37(1)(a)", "37(1)(c)"]
    assert (content["dpo"]["required"], content["dpo"]["designation"]) == (True, "designated")
    assert content["record_exemption"]["can_apply"] is False
    assert {each["trigger"] for each in content["record_exemption"]["against"]} == {"risk", "not-occasional", "special-data"}


def test_a_valid_exemption() -> None:
    content = _screened("--registry", registries()["british-adviser"])

    assert content["record_exemption"] == {"can_apply": True, "claimed": True, "employees": 1, "against": []}


def test_a_processor_does_not_assess_for_its_customers() -> None:
    ran = ropa("dpia", "kundedrift", "--registry", registries()["software-supplier"], "--lang", "en", *DAY)

    assert ran.code == 0
    assert "is done for others. The controller assesses the impact." in ran.out


@pytest.mark.parametrize("name", sorted(registries()))
def test_every_registry_is_screened(name: str) -> None:
    folder = registries()[name]
    content = _screened("--registry", folder)

    assert {each["id"] for each in content["activities"]} | set(content["not_asked"]) == {
        path.stem for path in (folder / "activities").glob("*.yaml")
    }
    assert ropa("dpia", "--registry", folder, "--lang", "nn", *DAY).code == 0


@pytest.mark.parametrize(("word", "answer"), [("custmers", "Did you mean customers?"), ("xyz", "The ids are the names of the files")])
def test_an_activity_that_does_not_exist(word: str, answer: str) -> None:
    ran = ropa("dpia", word, "--registry", BASE)

    assert (ran.code, ran.out) == (2, "")
    assert answer in ran.err


def test_formal_errors_come_first(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/orders.yaml", "subjects: [customer]", "subjects: [custmer]")
    ran = ropa("dpia", "--registry", registry)

    assert (ran.code, ran.out) == (1, "")
    assert "`ropa check` shows them" in ran.err


@pytest.mark.parametrize("arguments", [("--format", "xml"), ("--lang", "de"), ("--today", "24.11.2026"), ("--registry", "nowhere")])
def test_wrong_options(arguments: tuple[str, str]) -> None:
    assert ropa("dpia", "--registry", BASE, *arguments).code == 2


def test_hostile_words_stay_on_their_line(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/staff.yaml", "Vanlig lønnskjøring for førti ansatte", '"Hei\\u001b[31m\\nØdelagt\\u202e"')
    ran = ropa("dpia", "staff", "--registry", registry, *DAY)

    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
