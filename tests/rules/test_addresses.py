"""Where findings stand: every one of every case matches its rule's patterns in the index, with the name of what is missing after them."""

from __future__ import annotations

import pytest

from ropa.findings.catalogue import entries
from ropa.law import LANGUAGES
from ropa.rules.case_files import Case, all_cases
from ropa.source.address import split

WRONG = [case for case in all_cases() if case.kind == "wrong"]


def _segments(address: str) -> tuple[str, ...]:
    record, path = split(address)
    return (*record.split("/"), *path)


def _covers(pattern: tuple[str, ...], address: tuple[str, ...]) -> bool:
    """Whether a pattern is the address or a beginning of it: `*` is one segment, `**` any number."""
    if not pattern:
        return len(address) <= 1
    if pattern[0] == "**":
        return True
    return bool(address) and pattern[0] in ("*", address[0]) and _covers(pattern[1:], address[1:])


def _matches(address: str, patterns: list[str]) -> bool:
    """Whether an address is one of the patterns, or that place and the missing key; a language and `per_purpose` may stand inside."""
    found = _segments(address)
    if "per_purpose" in found:
        at = found.index("per_purpose")
        found = (*found[:at], *found[at + 2 :])
    ways = [found, found[:-1]] if found[-1] in LANGUAGES else [found]
    return any(_covers(_segments(pattern), way) for pattern in patterns for way in ways)


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case.rule}-{case.name}")
def test_finding_stands_where_the_rule_points(case: Case) -> None:
    entry = entries()[case.rule]

    astray = [expected.address for expected in case.expect if not entry.formal and not _matches(expected.address, list(entry.address))]

    assert astray == []
