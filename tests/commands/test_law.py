"""`ropa law`: whether a provision exists, how that was verified, and which rules rest on it."""

import json
from pathlib import Path

import pytest

from ropa.law import store
from tests.commands.running import ropa


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_article_is_explained_with_the_rules_that_rest_on_it() -> None:
    ran = ropa("law", "GDPR art. 6(1)(c)")

    assert ran.code == 0
    assert "6(1)(c), Lawfulness; the six legal bases: exists" in ran.out
    assert "https://eur-lex.europa.eu/" in ran.out
    assert "legal-obligation-without-law" in ran.out
    assert f"as of {store.as_of()}" in ran.out


def test_a_reference_may_be_written_without_quotes() -> None:
    ran = ropa("law", "bokføringsloven", "§", "13", "--lang", "nb")

    assert ran.code == 0
    assert "§ 13: finnes" in ran.out
    assert "bookkeeping-retention-wrong" in ran.out


def test_several_references_are_explained_each() -> None:
    told = json.loads(ropa("law", "bokføringsloven § 13; GDPR art. 33(1)", "--format", "json").out)

    assert [each["text"] for each in told["provisions"]] == ["bokføringsloven § 13", "GDPR art. 33(1)"]
    assert all(each["exists"] for each in told["provisions"])


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("bokføringsloven § 99", "Did you mean § 9?"),
        ("GDPR art. 120", "does not exist"),
        ("GDPR art. 6(1)(z)", "6(1)(a)"),
        ("art. 6", "Did you mean GDPR art. 6?"),
        ("no such act § 3", "Write the act's name and the section"),
        ("bokføringslova", ""),
    ],
)
def test_what_does_not_exist_is_exit_1_with_the_nearest(reference: str, hint: str) -> None:
    ran = ropa("law", reference)

    assert ran.code == (1 if hint else 0)
    assert hint in ran.out


def test_an_ambiguous_name_is_exit_2_with_the_choices() -> None:
    ran = ropa("law", "forvaltningsloven § 13")

    assert ran.code == 2
    assert "lov-1967-02-10" in ran.out
    assert "lov-2025-06-20-81" in ran.out


def test_json_of_an_ambiguous_name_lists_the_choices() -> None:
    ran = ropa("law", "forvaltningsloven § 13", "--format", "json")

    assert ran.code == 2
    told = json.loads(ran.out)["provisions"][0]
    assert told["status"] == "ambiguous"
    assert [choice["id"] for choice in told["choices"]] == ["lov-1967-02-10", "lov-2025-06-20-81"]


def test_an_act_without_a_section_says_so() -> None:
    ran = ropa("law", "bokføringsloven")

    assert ran.code == 0
    assert "No section is named" in ran.out


def test_a_provision_that_no_rule_rests_on_says_so() -> None:
    assert "No rule rests on this." in ropa("law", "straffeloven § 5").out


def test_an_act_of_the_registry_is_known_and_marked_unverified() -> None:
    registry = Path("mine")
    registry.mkdir()
    vocabulary = "laws:\n  BDSG: {title: Bundesdatenschutzgesetz, jurisdiction: DE}\n"
    (registry / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")

    ran = ropa("law", "BDSG § 26", "--registry", registry)

    assert ran.code == 0
    assert "Bundesdatenschutzgesetz" in ran.out
    assert "unverified" in ran.out
    assert ropa("law", "BDSG § 26").code == 1


def test_an_own_act_of_the_registry_beside_is_known() -> None:
    Path("registry").mkdir()
    Path("registry/vocabulary.yaml").write_text("laws:\n  BDSG: {title: Bundesdatenschutzgesetz}\n", encoding="utf-8")

    assert ropa("law", "BDSG § 26").code == 0


def test_a_registry_that_is_not_there_is_exit_2() -> None:
    ran = ropa("law", "BDSG § 26", "--registry", "nowhere")

    assert ran.code == 2
    assert "There is no registry at nowhere" in ran.err


@pytest.mark.parametrize("language", ["nb", "en"])
def test_without_a_reference_it_tells_how_old_and_how_sure_the_data_are(language: str) -> None:
    ran = ropa("law", "--lang", language)

    assert ran.code == 0
    assert str(store.as_of()) in ran.out
    assert str(store.about().as_of_acts) in ran.out
    assert "legal_bases: T, GDPR 6(1)" in ran.out


def test_unverified_facts_are_marked() -> None:
    told = json.loads(ropa("law", "--format", "json").out)

    assert told["as_of"] == str(store.as_of())
    assert {"about", "fact", "value"} == set(told["unverified"][0])
    assert any(fact["about"] == "adequacy KR" for fact in told["unverified"])
    assert "Unverified" in ropa("law").out


def test_hostile_words_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in ropa("law", "\x1b[31mred § 3").out
