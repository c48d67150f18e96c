"""`ropa rule`: explains every rule that is known, and lists them all."""

import json
from pathlib import Path

import pytest

from ropa.findings.catalogue import entries
from ropa.report.rules import as_json, as_text, explained
from ropa.report.terminal import Style
from tests.commands.running import ropa


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No registry lies where the commands run, unless a test makes one."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("word", ["purpose-missing", "ROPA101", "ropa101", "Purpose-Missing"])
def test_a_rule_is_found_by_name_and_code(word: str) -> None:
    ran = ropa("rule", word)

    assert ran.code == 0
    assert ran.out.startswith("ROPA101 purpose-missing")


def test_a_rule_tells_what_it_checks_why_and_how_it_looks() -> None:
    ran = ropa("rule", "purpose-missing", "--lang", "en")

    for heading in ("Checks", "Why", "Provisions", "Severity", "Wrong", "Right", "The exception in practice", "How to accept a finding"):
        assert f"\n{heading}\n" in ran.out
    assert "    # activities/newsletter.yaml\n" in ran.out
    assert "  rule: purpose-missing\n" in ran.out


def test_what_a_case_leaves_out_is_no_null() -> None:
    ran = ropa("rule", "purpose-missing", "--lang", "en")

    assert "# purposes: left out" in ran.out
    assert "null" not in ran.out
    assert "replace:" not in ran.out


def test_the_language_is_that_of_the_registry_where_one_lies() -> None:
    registry = Path("registry")
    registry.mkdir()
    (registry / "organisation.yaml").write_text("languages: [nb, en]\n", encoding="utf-8")

    assert "Kontrollerer" in ropa("rule", "placeholder").out
    assert "Checks" in ropa("rule", "placeholder", "--lang", "en").out


@pytest.mark.parametrize("content", ["languages: [xx]\n", "languages: {a: b}\n", "\tx", "", "languages:\n"])
def test_without_a_readable_language_it_speaks_english(content: str) -> None:
    Path("registry").mkdir()
    Path("registry/organisation.yaml").write_text(content, encoding="utf-8")

    assert "Checks" in ropa("rule", "placeholder").out


def test_a_formal_finding_is_explained_and_cannot_be_accepted() -> None:
    ran = ropa("rule", "yaml-invalid", "--lang", "en")

    assert ran.code == 0
    assert "A formal finding cannot be accepted." in ran.out


def test_a_placeholder_can_be_accepted() -> None:
    assert "rule: placeholder" in ropa("rule", "placeholder").out


@pytest.mark.parametrize(
    ("rule", "binds"),
    [("camera-without-sign", "who is established in Norway"), ("danish-child-age-unstated", "who is established in Denmark")],
)
def test_a_rule_of_one_countrys_law_says_whom_it_binds(rule: str, binds: str) -> None:
    assert binds in ropa("rule", rule, "--lang", "en").out


@pytest.mark.parametrize(
    ("word", "hint"),
    [("purpose-mising", "Did you mean purpose-missing?"), ("withdrawal", "consent-withdrawal-missing"), ("zzz", "ropa rule --all")],
)
def test_an_unknown_rule_is_exit_2_with_the_nearest(word: str, hint: str) -> None:
    ran = ropa("rule", word)

    assert ran.code == 2
    assert ran.out == ""
    assert hint in ran.err


@pytest.mark.parametrize("arguments", [("rule",), ("rule", "--all")])
def test_the_list_has_every_rule(arguments: tuple[str, ...]) -> None:
    out = ropa(*arguments).out

    for name, rule in entries().items():
        assert f"{rule.code}  " in out
        assert name in out


def test_json_of_one_rule_holds_what_the_page_shows() -> None:
    told = json.loads(ropa("rule", "purpose-missing", "--format", "json").out)

    assert told["version"] == 1
    rule = told["rule"]
    assert (rule["code"], rule["name"], rule["severity"], rule["binds"]) == ("ROPA101", "purpose-missing", "error", "")
    assert {case["kind"] for case in rule["cases"]} == {"wrong", "right", "exception"}
    assert all(case["points_at"] for case in rule["cases"] if case["kind"] == "wrong")
    assert "GDPR 5(1)(b), 13(1)(c), 14(1)(c), 30(1)(b)" in rule["provisions"]


def test_json_of_the_list_has_every_rule_in_order_of_code() -> None:
    rules = json.loads(ropa("rule", "--all", "--format", "json").out)["rules"]

    assert [rule["name"] for rule in rules] == list(entries())
    assert [rule["code"] for rule in rules] == sorted(rule["code"] for rule in rules)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_rule_can_be_shown(language: str) -> None:
    for rule in entries().values():
        told = explained(rule, language)

        assert as_text(told, language, Style(colours=False)).startswith(f"{rule.code} {rule.name} (")
        assert json.loads(as_json(told, language))["rule"]["name"] == rule.name


@pytest.mark.parametrize("arguments", [("--format", "jsn"), ("--lang", "sv")])
def test_a_wrong_option_is_exit_2(arguments: tuple[str, str]) -> None:
    assert ropa("rule", "placeholder", *arguments).code == 2
