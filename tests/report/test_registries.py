"""Every complete registry of the checkout in every format that has a schema: as it is, and with agreements left out."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ropa.checking import check
from ropa.fixes.find import fixes
from ropa.report import as_json, github_summary, gitlab
from ropa.report.report import Report
from tests.conftest import TODAY, registries
from tests.report.test_github import _page
from tests.report.test_gitlab import SCHEMA as GITLAB
from tests.report.test_json import SCHEMA as OWN
from tests.report.test_junit import _suites
from tests.report.test_sarif import _run


def _reports(folder: Path, damaged: Path) -> list[Report]:
    shutil.copytree(folder, damaged)
    for path in (damaged / "parties").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("\nagreement:", "\nagrement:"), encoding="utf-8")
    checked = [check(one, date.fromisoformat(TODAY)) for one in (folder, damaged)]
    return [Report(one, one.findings, fixes=fixes(one)) for one in checked]


@pytest.mark.parametrize("folder", registries().values(), ids=registries())
def test_every_report_is_valid(folder: Path, tmp_path: Path) -> None:
    for report in _reports(folder, tmp_path / "registry"):
        assert len(_run(report)["results"]) == len(report.findings)
        assert len(list(_suites(report).iter("testcase"))) == max(1, len(report.findings))
        Draft202012Validator(GITLAB).validate(json.loads(gitlab.render(report)))
        Draft202012Validator(OWN).validate(json.loads(as_json.render(report)))
        tags, _ = _page(github_summary.render(report))
        assert "script" not in tags.tags
