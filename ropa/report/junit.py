"""Findings as JUnit XML, in the shape that Surefire writes and Jenkins publishes a schema of (``junit-10.xsd``).

A file of the registry with findings is a test suite, a finding a test case: failed where it counts, skipped with the reason where
it is accepted or in the baseline. Where nothing is found one case passes, since an empty report is an error to some readers.
"""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ropa.findings.finding import Finding
from ropa.report.lines import put_up_with, shown_path, whole_text
from ropa.report.report import Report
from ropa.report.terminal import one_line, safe
from ropa.report.words import words


def render(report: Report) -> str:
    """The report as a `testsuites` document."""
    root = Element("testsuites", name="ropa", tests="0", failures="0", errors="0")
    for _, findings in groupby(sorted(report.findings, key=_file), key=_file):
        _suite(root, report, list(findings))
    if not report.findings:
        _clean(root, report)
    root.set("tests", str(sum(int(suite.get("tests", "0")) for suite in root)))
    root.set("failures", str(sum(int(suite.get("failures", "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _file(finding: Finding) -> str:
    return finding.place.file


def _suite(root: Element, report: Report, findings: list[Finding]) -> None:
    shown = one_line(shown_path(report.checked, findings[0].place))
    failures = sum(1 for finding in findings if report.standing(finding) == "counts")
    suite = SubElement(
        root,
        "testsuite",
        name=shown,
        tests=str(len(findings)),
        failures=str(failures),
        errors="0",
        skipped=str(len(findings) - failures),
    )
    for finding in findings:
        _case(suite, report, finding, shown)


def _case(suite: Element, report: Report, finding: Finding, shown: str) -> None:
    """One finding. The class name is the record's address, with dots, so that Jenkins makes folders into packages."""
    record = one_line(finding.address.partition("#")[0] or "registry").replace("/", ".")
    case = SubElement(suite, "testcase", name=f"{finding.code} {finding.name}: {one_line(finding.address)}", classname=record)
    reason = put_up_with(report, finding)
    if reason:
        SubElement(case, "skipped", message=one_line(reason)).text = one_line(finding.message)
        return
    place = finding.place
    failure = SubElement(case, "failure", type=finding.severity, message=one_line(finding.message))
    failure.text = safe(f"{shown}:{place.line}:{place.column}\n{whole_text(report, finding)}")


def _clean(root: Element, report: Report) -> None:
    number = report.checked.files
    suite = SubElement(root, "testsuite", name="registry", tests="1", failures="0", errors="0", skipped="0")
    name = words(f"junit-clean-{'one' if number == 1 else 'many'}", report.language, n=number)
    SubElement(suite, "testcase", name=name, classname="registry")
