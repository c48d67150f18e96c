"""Which name a misspelt one stands for: one slip and one candidate, or none."""

from __future__ import annotations

import pytest

from ropa.fixes.apply import applied, compatible, suggestion
from ropa.fixes.edits import Edit, Fix
from ropa.fixes.near import exact_country, only_near

NAMES = ("customer", "customer-contact", "crm", "pay", "day", "scc-1", "scc-2", "hr", "cm: ")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("custmer", "customer"),
        ("custommer", "customer"),
        ("cusotmer", "customer"),
        ("custoner", "customer"),
        ("Customer_Contact", "customer-contact"),
        ("customer contact", "customer-contact"),
        ("crn", "crm"),
        ("rcm", "crm"),
        ("CRM", "crm"),
        ("HR", "hr"),
        ("h", None),
        ("hp", None),
        ("custme", None),
        ("ay", None),
        ("bay", None),
        ("scc-3", None),
        ("scc-12", None),
        ("crm2", None),
        ("", None),
        ("cm:", None),
    ],
)
def test_only_near(written: str, meant: str | None) -> None:
    assert only_near(written, NAMES) == meant


def test_of_two_names_that_differ_in_capitals_only_neither_is_chosen() -> None:
    assert only_near("CRM", ["crm", "Crm"]) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Norge", "NO"),
        ("norway", "NO"),
        ("Noreg", "NO"),
        ("no", "NO"),
        ("NOR", "NO"),
        ("UK", "GB"),
        ("USA", "US"),
        ("EL", "GR"),
        ("EØS", "EEA"),
        ("Norwy", None),
        ("EU", None),
        ("SU", None),
        ("YUG", None),
        ("X", None),
    ],
)
def test_exact_country(written: str, code: str | None) -> None:
    assert exact_country(written) == code


def _edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit("x.yaml", line, column, end_line, end_column, text)


def test_edits_count_characters_and_lines_as_yaml_does() -> None:
    text = "å: 😀x\r\nb\u2028c\rd"

    assert applied(text, [_edit(4, 1, 4, 2, "D"), _edit(1, 5, 1, 6, "y"), _edit(3, 1, 3, 1, ">")]) == "å: 😀y\r\nb\u2028>c\rD"


@pytest.mark.parametrize("edit", [(0, 1, 1, 1), (3, 1, 3, 1), (1, 9, 1, 9), (1, 0, 1, 1)])
def test_an_edit_outside_the_text_is_an_error(edit: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        applied("ab\ncd\n", [_edit(*edit, "x")])


def test_edits_that_overlap_are_an_error_and_wait_for_the_next_round() -> None:
    one, other, same, apart = (
        Fix("1", "", (_edit(1, 1, 1, 3, "x"),)),
        Fix("2", "", (_edit(1, 2, 1, 4, "y"),)),
        Fix("3", "", (_edit(1, 1, 1, 3, "x"),)),
        Fix("4", "", (_edit(2, 1, 2, 2, "z"),)),
    )

    assert compatible([one, other, same, apart]) == [one, same, apart]
    assert applied("abcd\ne\n", [*one.edits, *same.edits, *apart.edits]) == "xcd\nz\n"
    with pytest.raises(ValueError, match="overlap"):
        applied("abcd\n", [*one.edits, *other.edits])


def test_a_suggestion_is_whole_lines() -> None:
    fix = Fix("1", "", (_edit(2, 3, 2, 11, "\r\n  nb: x"), _edit(4, 1, 4, 2, "  ")))

    assert suggestion(fix, "a: 1\r\nb: {nb: x}\r\nc: 2\r\n\td: 3\r\ne: 4") == (2, 4, "b:\n  nb: x\nc: 2\n  d: 3")
