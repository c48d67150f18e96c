"""The tool's own JSON: what its schema says, with what is put up with."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from ropa.report import as_json
from ropa.report.report import Report, Since
from ropa.resources import directory
from tests.report.samples import STALE

SCHEMA = json.loads((directory("schemas") / "output" / "check.schema.json").read_text(encoding="utf-8"))


def _told(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(as_json.render(report))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(told)
    return told


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_findings_say_how_they_stand(plain: Report) -> None:
    told = _told(plain)

    assert {found["code"]: (found["accepted"] is not None, found["baseline"]) for found in told["findings"]} == {
        "ROPA013": (False, False),
        "ROPA102": (False, True),
        "ROPA557": (True, False),
    }
    assert told["summary"] == {
        "error": 1,
        "warning": 0,
        "info": 0,
        "accepted": 1,
        "open_questions": 1,
        "files": 20,
        "rules": plain.checked.rules,
        "baseline": 1,
    }
    assert told["baseline"] == {
        "file": "baseline.json",
        "entries": 2,
        "stale": [{"identity": STALE.identity, "code": STALE.code, "address": STALE.address}],
    }
    assert told["left_out"] == ["ROPA007"]
    assert told["since"] is None


def test_what_it_was_compared_with_is_told(plain: Report) -> None:
    from dataclasses import replace

    told = _told(replace(plain, baseline=None, stale=(), since=Since("main", 3)))

    assert told["since"] == {"revision": "main", "older": 3}
    assert told["baseline"] is None


def test_hostile_text_stays_text(hostile: Report) -> None:
    _told(hostile)
