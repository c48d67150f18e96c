"""JUnit XML: valid by Jenkins' schema, failures and skips told apart, and text that cannot leave its element."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from xmlschema import XMLSchema10

from ropa.report import junit
from ropa.report.report import Report

SCHEMA = XMLSchema10(Path(__file__).parent / "schemas" / "junit-10.xsd")


def _suites(report: Report) -> Element:
    text = junit.render(report)
    SCHEMA.validate(text)
    return fromstring(text)  # noqa: S314 - written a line above


def test_a_finding_that_counts_fails_and_others_are_skipped_with_their_reason(plain: Report) -> None:
    suites = _suites(plain)
    cases = {case.get("name", "").split(" ")[0]: case for case in suites.iter("testcase")}

    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("3", "1", "0")
    assert {code: [child.tag for child in case] for code, case in cases.items()} == {
        "ROPA013": ["failure"],
        "ROPA102": ["skipped"],
        "ROPA557": ["skipped"],
    }
    assert cases["ROPA557"][0].get("message") == "accepted by personvernombud until 2027-03-31: Til signering"
    assert cases["ROPA102"][0].get("message") == "in the baseline baseline.json"
    assert cases["ROPA013"].get("classname") == "retention"
    assert (cases["ROPA013"][0].text or "").startswith("registry/retention.yaml:2:11\n`P5Y` is written")


def test_a_clean_check_is_one_case_that_passes(plain: Report) -> None:
    suites = _suites(replace(plain, findings=[]))

    (case,) = suites.iter("testcase")
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")
    assert (case.get("name"), list(case)) == ("20 files checked", [])


def test_names_of_cases_are_unique(hostile: Report) -> None:
    names = [(case.get("classname"), case.get("name")) for case in _suites(hostile).iter("testcase")]

    assert len(set(names)) == len(names)


def test_hostile_text_stays_in_its_element(hostile: Report) -> None:
    text = junit.render(hostile)
    suites = _suites(hostile)

    assert {element.tag for element in suites.iter()} == {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    assert not set(text) & set("\x1b\u202e\u2066\ufffe\r")
    assert "]]>" not in text
    assert "<script>alert(1)</script>" in "".join(suites.itertext())
