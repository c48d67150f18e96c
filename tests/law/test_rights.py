"""The rights that the bases in use give."""

from typing import Any

import pytest

from ropa.law.rights import deadlines, definitions, rights_for

ALWAYS = {"information", "access", "rectification", "erasure", "restriction", "complaint", "judicial-remedy", "compensation"}


def codes(*bases: str, **facts: Any) -> set[str]:
    return {right.code for right in rights_for(bases, **facts)}


@pytest.mark.parametrize(
    ("basis", "beside"),
    [
        ("consent", {"portability", "withdraw-consent"}),
        ("contract", {"portability"}),
        ("legal-obligation", set()),
        ("vital-interests", set()),
        ("public-task", {"objection"}),
        ("legitimate-interest", {"objection"}),
    ],
)
def test_matrix(basis: str, beside: set[str]) -> None:
    assert codes(basis) == ALWAYS | beside


def test_status() -> None:
    status = {right.code: right.status for right in rights_for(["consent", "legitimate-interest"])}
    assert status["access"] == status["objection"] == status["withdraw-consent"] == "full"
    assert status["erasure"] == status["restriction"] == status["portability"] == "cond"


def test_explicit_consent_adds_withdrawal_and_portability_but_not_for_a_public_task() -> None:
    assert {"withdraw-consent", "portability"} <= codes("legal-obligation", explicit_consent=True)
    public = codes("public-task", explicit_consent=True)
    assert "withdraw-consent" in public
    assert "portability" not in public
    assert "portability" in codes("public-task", "contract", explicit_consent=True)


def test_without_any_basis_the_unconditional_ones_stand() -> None:
    assert codes() == ALWAYS
    assert codes("no-such-basis") == ALWAYS


@pytest.mark.parametrize("kind", ["direct-marketing", "electronic-marketing", "phone-marketing", "online-advertising"])
def test_objection_to_marketing_on_any_basis(kind: str) -> None:
    assert "objection-marketing" in codes("consent", kinds=[kind])


def test_advertising_that_aims_at_nobody_in_particular() -> None:
    assert "objection-marketing" not in codes("consent", kinds=["online-advertising"], identified_advertising=False)
    assert "objection-marketing" in codes("consent", kinds=["electronic-marketing"], identified_advertising=False)


def test_objection_to_research_unless_for_a_public_task() -> None:
    assert "objection-research" in codes("consent", kinds=["research-statistics"])
    assert "objection-research" not in codes("public-task", kinds=["research-statistics"])
    assert "objection-research" in codes("public-task", "consent", kinds=["research-statistics"])
    assert "objection-research" in codes("public-task", kinds=["research-statistics"], public_task=False)
    assert "objection-research" not in codes("consent", kinds=["research-statistics"], public_task=True)


def test_automated_decisions() -> None:
    assert "automated-decisions" in codes("contract", automated=True)
    assert "automated-decisions" not in codes("contract")


def test_limits() -> None:
    limited = {right.code: right.limited_by for right in rights_for(["public-task"], kinds=["archiving"], identifiable=False)}
    assert limited["access"] == ("POPPLYL § 17", "11(2)")
    assert limited["erasure"] == ("11(2)",)
    assert limited["complaint"] == ()


def test_notes_of_each_basis_in_use() -> None:
    erasure = next(right for right in rights_for(["consent", "public-task"]) if right.code == "erasure")
    assert [note[:8] for note in erasure.notes] == ["17(1)(b)", "not to t"]
    assert erasure.grounds
    assert erasure.not_when


def test_order_and_labels() -> None:
    found = rights_for(["consent"])
    assert [right.code for right in found][:3] == ["information", "access", "rectification"]
    assert [found[1].label(language) for language in ("nb", "nn", "en")] == ["Rett til innsyn", "Rett til innsyn", "Right of access"]
    assert found[1].articles == ("15",)


def test_two_rights_may_be_left_out_of_the_notice() -> None:
    assert {code for code, right in definitions().items() if right.optional_in_notice} == {"judicial-remedy", "compensation"}


def test_deadlines() -> None:
    assert deadlines()["respond"]["period"] == "1 month"
