"""Acceptances: prefixes by whole segments, several addresses, dates, and what is never dropped."""

from __future__ import annotations

from datetime import date

import pytest

from ropa.accept.acceptances import accept
from ropa.findings.finding import Finding, Place, identity
from ropa.model.records import Acceptance
from ropa.model.registry import Registry
from ropa.source.address import address, covers, split

TODAY = date(2026, 11, 24)


def _finding(where: str, name: str = "processor-without-agreement", code: str = "ROPA557") -> Finding:
    return Finding(code, name, "error", Place(where, "x.yaml", 1, 1, 1, 1), "m", (), None, (), identity(code, where, None))


def _registry(*addresses: str, until: str = "2027-01-01") -> Registry:
    return Registry(
        accepted={
            "x": Acceptance(rule="processor-without-agreement", address=list(addresses), because={"nb": "Ja"}, by="ombud", until=until)
        }
    )


@pytest.mark.parametrize(
    ("beginning", "whole", "covered"),
    [
        ("parties/hubspot", "parties/hubspot#agreement", True),
        ("parties/hub", "parties/hubspot#agreement", False),
        ("parties/hubspot#agreement", "parties/hubspot#agreement", True),
        ("parties/hubspot#agree", "parties/hubspot#agreement", False),
        ("parties/hubspot#agreement", "parties/hubspot#agreement.ref", True),
        ("parties/hubspot#agreement.ref", "parties/hubspot#agreement", False),
        ("organisation", "organisation#dpo", True),
        ("", "organisation", False),
    ],
)
def test_a_beginning_matches_whole_segments(beginning: str, whole: str, covered: bool) -> None:
    assert covers(beginning, whole) is covered


def test_accepted_findings_are_marked_and_kept() -> None:
    findings = [_finding("parties/a#agreement"), _finding("parties/b#agreement")]

    marked, breaches = accept(findings, _registry("parties/a"), TODAY, {"processor-without-agreement"})

    assert [finding.counts() for finding in marked] == [False, True]
    assert marked[0].accepted is not None
    assert marked[0].accepted.because == "Ja"
    assert breaches == []


def test_each_address_is_judged_unused_for_itself() -> None:
    _, breaches = accept([_finding("parties/a#agreement")], _registry("parties/a", "parties/gone"), TODAY, {"processor-without-agreement"})

    assert [(breach.rule, breach.address) for breach in breaches] == [("acceptance-unused", 'accepted#x.address."parties/gone"')]


def test_a_deselected_rule_makes_no_acceptance_unused() -> None:
    _, breaches = accept([], _registry("parties/a"), TODAY, set())

    assert breaches == []


def test_without_a_day_nothing_expires() -> None:
    marked, breaches = accept(
        [_finding("parties/a#agreement")], _registry("parties/a", until="2020-01-01"), None, {"processor-without-agreement"}
    )

    assert not marked[0].counts()
    assert breaches == []


def test_two_years_from_a_leap_day() -> None:
    registry = _registry("parties/a", until="2030-02-28")

    _, breaches = accept([_finding("parties/a#agreement")], registry, date(2028, 2, 29), set())

    assert breaches == []


def test_an_identity_holds_no_words_and_no_line() -> None:
    assert identity("ROPA557", "parties/a#agreement", None) == "910f2dddd9fdcea8"  # sha256 of "ROPA557\nparties/a#agreement\n"
    assert len(identity("ROPA557", "parties/a", {"b": 1, "a": "æ"})) == 16
    assert identity("ROPA557", "parties/a", {"b": 1, "a": 2}) == identity("ROPA557", "parties/a", {"a": 2, "b": 1})
    assert identity("ROPA557", "parties/a", "x") != identity("ROPA557", "parties/a", "y")


@pytest.mark.parametrize("path", [(), ("a",), ("items", "yt.x", "lifetime"), ('qu"ote\\', "b c"), ("_ga_*",)])
def test_addresses_are_read_back(path: tuple[str, ...]) -> None:
    assert split(address("cookies/video", path)) == ("cookies/video", path)


def test_a_quoted_segment() -> None:
    assert address("cookies/video", ("items", "yt.x", "lifetime")) == 'cookies/video#items."yt.x".lifetime'
