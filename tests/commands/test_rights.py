"""`ropa rights`: which rights people have for each purpose, and why."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ropa.law import LANGUAGES, rights
from ropa.model.load import load
from ropa.publish.words import texts
from ropa.rules.case_files import BASE
from ropa.source.files import read_registry
from tests.commands.running import changed_base, ropa
from tests.conftest import CHECKOUT

HEALTH = CHECKOUT / "tests" / "registries" / "municipal-health" / "registry"
REGISTRIES = [*sorted((CHECKOUT / "tests" / "registries").glob("*/registry")), CHECKOUT / "registry", BASE]


def told(*names: str, registry: Path = BASE) -> list[dict[str, Any]]:
    """The purposes as JSON tells of them."""
    ran = ropa("rights", *names, "--registry", registry, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(ran.out)["purposes"]
    return found


def status(purpose: dict[str, Any]) -> dict[str, str]:
    return {right["right"]: right["status"] for right in purpose["rights"]}


def right(purpose: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in purpose["rights"] if each["right"] == code)
    return found


# --- what exists ------------------------------------------------------------------------------------------------------


def test_consent_gives_withdrawal_and_portability_but_no_objection() -> None:
    (send,) = told("newsletter")

    assert (send["purpose"], send["bases"], send["subjects"]) == ("newsletter.send", ["consent"], ["newsletter-subscriber"])
    found = status(send)
    assert found["withdraw-consent"] == "full"
    assert found["portability"] == found["erasure"] == "conditional"
    assert found["objection"] == "none"
    assert found["objection-marketing"] == "full"
    assert right(send, "objection-marketing")["decided_by"] == ["activities/newsletter#purposes.send.kind"]


def test_each_right_says_its_provision_why_and_what_decides() -> None:
    (manage,) = told("customers.manage")
    objection = right(manage, "objection")

    assert objection["label"] == "Rett til å protestere"
    assert objection["provisions"] == ["artikkel 21 nr. 1"]
    assert objection["decided_by"] == ["activities/customers#purposes.manage.basis.legitimate-interest"]
    assert "berettiget interesse" in objection["reasons"][0]
    assert "artikkel 21 nr. 1" in objection["exceptions"][0]
    assert right(manage, "portability")["reasons"] == ["Verken samtykke eller avtale er grunnlaget."]


def test_two_bases_for_two_groups_are_two_cases() -> None:
    patients, relatives = told("journal.hjelp", registry=HEALTH)

    assert (patients["subjects"], patients["bases"]) == (["patient"], ["legal-obligation"])
    assert (relatives["subjects"], relatives["bases"]) == (["next-of-kin"], ["public-task"])
    assert status(patients)["objection"] == "none"
    assert status(relatives)["objection"] == "full"


def test_research_for_a_public_task_and_its_limits() -> None:
    (study,) = told("forsking", registry=HEALTH)

    assert status(study)["objection-research"] == "none"
    assert "allmennhetens interesse" in right(study, "objection-research")["reasons"][0]
    assert right(study, "access")["limited_by"] == ["personopplysningsloven § 17"]


def test_a_further_purpose_has_the_basis_of_the_first() -> None:
    (quality,) = told("helsestasjon.kvalitet", registry=HEALTH)

    assert quality["same_basis"]
    assert quality["bases"] == ["public-task"]


def test_an_automated_decision_adds_a_right_for_its_purposes() -> None:
    (decided,) = told("egenandel.fastsette", registry=HEALTH)

    assert decided["automated_decision"]
    assert status(decided)["automated-decisions"] == "full"


def test_what_is_given_beyond_the_law_is_told() -> None:
    assert right(told("personal.presentere", registry=HEALTH)[0], "rectification")["beyond_the_law"].startswith("Vi legger alltid ved")


def test_explicit_consent_adds_withdrawal(tmp_path: Path) -> None:
    group = "data:\n  diet: {categories: [allergies], article_9: {explicit-consent: newsletter-form}}"
    (deliver,) = told("orders", registry=changed_base(tmp_path, "activities/orders.yaml", "data:", group))

    assert deliver["explicit_consent"] == ["diet"]
    assert status(deliver)["withdraw-consent"] == "full"
    assert right(deliver, "withdraw-consent")["decided_by"] == ["activities/orders#data.diet.article_9.explicit-consent"]
    assert "allergier" in right(deliver, "withdraw-consent")["reasons"][0].lower()


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda path: path.parent.name)
def test_every_right_is_answered_for_every_purpose_of_every_registry(registry: Path) -> None:
    for purpose in told(registry=registry):
        assert [each["right"] for each in purpose["rights"]] == list(rights.definitions())
        for each in purpose["rights"]:
            assert each["status"] in ("full", "conditional", "none", "unknown")
            assert each["reasons"] or each["status"] == "full"
            assert "{" not in json.dumps(each["reasons"] + each["exceptions"])


def test_a_child_online_may_have_the_data_erased() -> None:
    (chat,) = told("ungdomschat.chat", registry=HEALTH)

    assert "activities/ungdomschat#purposes.chat.information_society_service" in right(chat, "erasure")["decided_by"]


# --- what is not settled ----------------------------------------------------------------------------------------------


def test_an_open_basis_leaves_rights_open(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/newsletter.yaml", "basis: {consent: newsletter-form}", "basis: {unknown: Spurt juristen}")
    (send,) = told("newsletter", registry=registry)

    assert {status(send)[code] for code in ("portability", "objection", "withdraw-consent")} == {"unknown"}
    assert status(send)["access"] == "full"
    assert send["open"] == [{"address": "activities/newsletter#purposes.send.basis", "words": "Spurt juristen"}]


def test_a_missing_decision_and_condition_leave_rights_open(tmp_path: Path) -> None:
    group = "data:\n  diet: [allergies]"
    registry = changed_base(tmp_path, "activities/invoicing.yaml", "data:", group)
    path = registry / "activities" / "invoicing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("automated_decision: none", ""), encoding="utf-8")
    (accounts,) = told("invoicing", registry=registry)

    assert status(accounts)["automated-decisions"] == "unknown"
    assert status(accounts)["withdraw-consent"] == status(accounts)["portability"] == "unknown"
    assert [each["address"] for each in accounts["open"]] == [
        "activities/invoicing#data.diet.article_9",
        "activities/invoicing#automated_decision",
    ]
    shown = ropa("rights", "invoicing", "--registry", registry, "--lang", "en").out
    assert "nobody has answered yet" in shown


# --- as it is shown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda path: path.parent.name)
def test_text_fits_80_columns_and_has_no_open_parts(registry: Path, language: str) -> None:
    activities = [path.stem for path in sorted((registry / "activities").glob("*.yaml"))]
    for names in ([], activities):
        ran = ropa("rights", *names, "--registry", registry, "--lang", language)
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80
        assert not re.search(r"\{\w+\}", ran.out)


def test_norwegian_law_is_not_cited_where_it_does_not_bind() -> None:
    publisher = CHECKOUT / "tests" / "registries" / "american-publisher" / "registry"

    assert "personopplysningsloven" not in ropa("rights", "letters", "--registry", publisher).out
    assert "personopplysningsloven" in ropa("rights", "newsletter", "--registry", BASE).out


def test_it_is_the_same_on_every_run() -> None:
    for arguments in (["rights"], ["rights", "journal"], ["rights", "--format", "json"]):
        assert ropa(*arguments, "--registry", HEALTH).out == ropa(*arguments, "--registry", HEALTH).out


def test_the_overview_names_every_purpose_and_leads_to_the_reasons() -> None:
    ran = ropa("rights", "--registry", BASE)

    for purpose in ("customers.manage", "invoicing.accounts", "newsletter.send", "orders.deliver", "staff.pay", "staff.pension"):
        assert purpose in ran.out
    assert "ropa rights customers" in ran.out
    assert re.search(r"newsletter\.send +vilkår +– +ja", ran.out)
    assert "samtykke · mottakere av nyhetsbrev" in ran.out


def test_the_reasons_of_one_purpose() -> None:
    ran = ropa("rights", "customers", "--registry", BASE, "--lang", "en")

    assert ran.out.startswith("customers.manage: Follow up the business you work for as our customer\n")
    assert "For: contact persons at customers" in ran.out
    assert "Right to object (Article 21(1))" in ran.out
    assert "compelling grounds that weigh more" in ran.out
    assert "staff" not in ran.out


def test_a_processor_is_told_who_answers() -> None:
    supplier = CHECKOUT / "tests" / "registries" / "software-supplier" / "registry"
    processing = json.loads(ropa("rights", "--registry", supplier, "--format", "json").out)["processor_activities"]
    ran = ropa("rights", processing[0], "--registry", supplier, "--lang", "en")

    assert ran.code == 0
    assert "The customer answers requests about rights" in ran.out


def test_a_draft_is_marked(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/orders.yaml", "role: controller", "role: controller\nstatus: draft")

    assert "orders.deliver (draft)" in ropa("rights", "--registry", registry, "--lang", "en").out
    assert told("orders", registry=registry)[0]["draft"]


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path) -> None:
    registry = changed_base(
        tmp_path, "activities/orders.yaml", "en: Deliver the goods that you ordered", 'en: "Deliver \\u001b[31m the goods"'
    )

    assert "\x1b" not in ropa("rights", "orders", "--registry", registry, "--lang", "en").out


@pytest.mark.parametrize("language", ["nn", "en"])
def test_languages_have_the_same_texts(language: str) -> None:
    assert dict(_leaves(texts(language)["entitlement"])) == dict(_leaves(texts("nb")["entitlement"]))


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}.{key}")
    else:
        yield path, sorted(re.findall(r"\{(\w+)\}", str(data)))


# --- what cannot be shown ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("newsleter", "There is no activity newsleter. Did you mean newsletter?"),
        ("newsletter.sned", "The activity newsletter has no purpose sned. Did you mean newsletter.send?"),
        ("zzz", "`ropa rights` lists the purposes."),
    ],
)
def test_an_unknown_name_gets_the_nearest(name: str, hint: str) -> None:
    ran = ropa("rights", name, "--registry", BASE)

    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err


def test_an_unknown_format_or_language() -> None:
    assert ropa("rights", "--registry", BASE, "--format", "yaml").code == 2
    assert ropa("rights", "--registry", BASE, "--lang", "de").code == 2


def test_no_registry(tmp_path: Path) -> None:
    assert ropa("rights", "--registry", tmp_path / "none").code == 2


def test_formal_errors_come_first(tmp_path: Path) -> None:
    registry = changed_base(tmp_path, "activities/orders.yaml", "role: controller", "rol: controller")
    ran = ropa("rights", "--registry", registry)

    assert ran.code == 1
    assert "`ropa check` shows them" in ran.err


def test_help_has_examples() -> None:
    shown = ropa("rights", "--help").out

    assert "ropa rights newsletter" in shown


def test_the_notice_tells_of_the_same_rights() -> None:
    from ropa.context.context import Context
    from ropa.flows.reach import reach
    from ropa.publish.notice.document import writer_for
    from ropa.publish.notice.rights import rights_for
    from ropa.publish.output import Stamp

    registry = load(list(read_registry(HEALTH))).registry
    writer = writer_for(Context(registry, reach(registry), None), "nb", Stamp(None, draft=False, revision=""))
    shown: dict[str, set[str]] = {}
    for purpose in told(registry=HEALTH):
        shown.setdefault(purpose["purpose"], set()).update(code for code, how in status(purpose).items() if how in ("full", "conditional"))

    for each in writer.public.purposes:
        assert {found.code for found in rights_for(writer, each)} == shown[each.id]
