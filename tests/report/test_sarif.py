"""SARIF: valid by the published schema, stable, and complete: suppressions, baseline, overrides, related places, fixes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from ropa.report import sarif
from ropa.report.report import Report

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def _run(report: Report) -> dict[str, Any]:
    log = json.loads(sarif.render(report))
    Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    (run,) = log["runs"]
    found: dict[str, Any] = run
    return found


def _result(run: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = (result for result in run["results"] if result["ruleId"] == code)
    result: dict[str, Any] = found
    return result


def test_every_finding_is_a_result_with_its_rule(plain: Report) -> None:
    run = _run(plain)
    rules = run["tool"]["driver"]["rules"]

    assert [result["ruleId"] for result in run["results"]] == [finding.code for finding in plain.findings]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["markdown"] and rule["fullDescription"]["text"] for rule in rules if rule["id"] != "ROPA009")
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_fingerprint_is_the_identity(plain: Report) -> None:
    fingerprints = [result["partialFingerprints"] for result in _run(plain)["results"]]

    assert fingerprints == [{"ropaIdentity/v1": finding.identity} for finding in plain.findings]


def test_paths_are_relative_to_the_root_and_name_no_machine(plain: Report, tmp_path: Path) -> None:
    text = sarif.render(plain)
    run = _run(plain)
    location = _result(run, "ROPA013")["locations"][0]

    assert str(tmp_path) not in text
    assert "file:" not in text
    assert run["originalUriBaseIds"].keys() == {"%SRCROOT%"}
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "registry/retention.yaml", "uriBaseId": "%SRCROOT%"}
    assert location["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 14}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "retention#old.period"}]


def test_an_accepted_finding_is_suppressed_with_who_and_why(plain: Report) -> None:
    result = _result(_run(plain), "ROPA557")

    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "accepted by personvernombud until 2027-03-31: Til signering"
    assert suppression["properties"] == {
        "acceptance": "hosting",
        "because": "Til signering",
        "by": "personvernombud",
        "until": "2027-03-31",
    }
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "registry/organisation.yaml"


def test_the_baseline_is_told(plain: Report) -> None:
    run = _run(plain)
    known, new = _result(run, "ROPA102"), _result(run, "ROPA013")
    (notification,) = run["invocations"][0]["toolConfigurationNotifications"]

    assert (known["baselineState"], new["baselineState"]) == ("unchanged", "new")
    assert known["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "in the baseline baseline.json"}]
    assert "suppressions" not in new
    assert notification["level"] == "note"
    assert "parties/gone#agreement" in notification["message"]["text"]


def test_what_the_configuration_made_of_the_rules_is_told(plain: Report) -> None:
    run = _run(plain)
    overrides = {one["descriptor"]["id"]: one["configuration"] for one in run["invocations"][0]["ruleConfigurationOverrides"]}

    assert overrides == {"ROPA007": {"enabled": False}, "ROPA009": {"level": "warning"}}


def test_a_fix_is_replacements(plain: Report) -> None:
    (fix,) = _result(_run(plain), "ROPA013")["fixes"]
    (change,) = fix["artifactChanges"]

    assert fix["description"]["text"] == "Write the duration in words"
    assert change["artifactLocation"]["uri"] == "registry/retention.yaml"
    assert change["replacements"][0] == {
        "deletedRegion": {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 14},
        "insertedContent": {"text": "5 years"},
    }
    assert "insertedContent" not in change["replacements"][2]


def test_hostile_text_stays_text(hostile: Report) -> None:
    run = _run(hostile)
    name = next(p.name for p in (hostile.checked.folder / "activities").iterdir() if "::" in p.name)
    uri = _result(run, "ROPA002")["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    messages = [result["message"]["text"] for result in run["results"]]

    assert unquote(uri) == f"registry/activities/{name}"
    assert not set(uri) & set(" ,:<>#]\n")
    assert not any(character in text for text in messages for character in "\x1b\u202e\u2066\ufffe\r")
    assert any("\\[click](javascript:e)" in text and "{{0}}" in text for text in messages)


def test_a_file_that_is_missing_has_no_region(plain: Report) -> None:
    (plain.checked.folder / "organisation.yaml").unlink()
    from tests.report import samples

    result = _result(_run(samples.report(plain.checked.folder)), "ROPA020")

    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "registry", "uriBaseId": "%SRCROOT%"}}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_language_is_told(plain: Report, language: str) -> None:
    from tests.report import samples

    run = _run(samples.report(plain.checked.folder, language))

    assert run["language"] == ("en" if language == "en" else "nb")
