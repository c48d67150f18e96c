"""A baseline: what it holds, what it refuses to hold, when an entry is stale, and what an update does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from ropa.accept.baseline import Baseline, BaselineUnusable, Entry, entries_of, read, stale, updated, write
from ropa.findings.finding import Accepted, Finding, Place, identity
from ropa.resources import directory


def _finding(where: str, name: str = "processor-without-agreement", code: str = "ROPA557") -> Finding:
    return Finding(code, name, "error", Place(where, "x.yaml", 7, 1, 7, 9), "m", (), None, (), identity(code, where, None))


A, B, C = (_finding(f"parties/{name}#agreement") for name in "abc")
ACCEPTED = Accepted("x", "because", "role", "2027-01-01")


def _baseline(*findings: Finding) -> Baseline:
    return Baseline("baseline.json", tuple(entries_of(findings)))


def _all(_: str) -> bool:
    return True


def test_it_is_sorted_and_holds_no_line_and_no_words() -> None:
    text = write(entries_of([B, A, A]))

    assert text == (
        '{\n  "version": 1,\n  "findings": [\n'
        f'    {{"address": "parties/a#agreement", "code": "ROPA557", "identity": "{A.identity}"}},\n'
        f'    {{"address": "parties/b#agreement", "code": "ROPA557", "identity": "{B.identity}"}}\n'
        "  ]\n}\n"
    )
    assert read(text, "b.json") == Baseline("b.json", tuple(entries_of([A, B])))
    assert read(write([]), "b.json").entries == ()


def test_what_loses_a_part_of_a_file_and_what_is_accepted_does_not_go_in() -> None:
    unreadable = _finding("parties/d", "yaml-invalid", "ROPA003")

    assert entries_of([unreadable, replace(A, accepted=ACCEPTED), B]) == [Entry("parties/b#agreement", "ROPA557", B.identity)]


def test_an_entry_is_stale_where_its_finding_is_gone_or_accepted() -> None:
    gone = stale(_baseline(A, B, C), [A, replace(B, accepted=ACCEPTED)], (), _all)

    assert [entry.address for entry in gone] == ["parties/b#agreement", "parties/c#agreement"]


def test_of_what_was_not_judged_nothing_is_stale() -> None:
    baseline = _baseline(A, B)

    assert stale(baseline, [], {"parties/a"}, _all) == baseline.entries[1:]
    assert stale(baseline, [], (), lambda name: name != "processor-without-agreement") == ()


def test_an_entry_of_a_rule_that_does_not_exist_is_stale() -> None:
    entry = Entry("parties/a", "ROPA999", "0" * 16)

    assert stale(Baseline("b", (entry,)), [], (), lambda _: False) == (entry,)


def test_the_first_one_holds_all_and_an_update_swallows_nothing() -> None:
    first = updated(None, (), [A, B], add_new=False)
    before = Baseline("b", first)
    gone = stale(before, [B, C], (), _all)

    assert first == tuple(entries_of([A, B]))
    assert updated(before, gone, [B, C], add_new=False) == tuple(entries_of([B]))
    assert updated(before, gone, [B, C], add_new=True) == tuple(entries_of([B, C]))
    assert updated(before, (), [], add_new=True) == first


def test_it_is_what_its_schema_says() -> None:
    schema = json.loads((directory("schemas") / "output" / "baseline.schema.json").read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(write(entries_of([A, B]))))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "says no version"),
        ("{}", "says no version"),
        ('{"version": 2, "findings": []}', "of version 2, and this program reads version 1"),
        ('{"version": true, "findings": []}', "of version true"),
        ('{"version": "1", "findings": []}', 'of version "1"'),
        ('{"version": 1}', "must have an identity"),
        ('{"version": 1, "findings": [], "lines": []}', "must have an identity"),
        ('{"version": 1, "findings": [{"identity": "0123456789abcdef"}]}', "must have an identity"),
        ('{"version": 1, "findings": [{"identity": "x", "code": "ROPA557", "address": "a"}]}', "must have an identity"),
        ('{"version": 1, "findings": ["x"]}', "must have an identity"),
    ],
)
def test_what_is_no_baseline_is_said_so(text: str, says: str) -> None:
    with pytest.raises(BaselineUnusable, match="^b.json .*" + says.replace("[", "\\[")):
        read(text, "b.json")


def test_an_address_with_any_letter_is_read_back() -> None:
    entry = Entry('cookies/video#items."å\\"\u2028".x', "ROPA901", "0123456789abcdef")

    assert read(write([entry]), "b").entries == (entry,)
    assert json.loads(write([entry]))["findings"][0]["address"] == entry.address
