"""The table of widths, wrapping and cutting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.graph.widths import clean, fit, text_width, wrap


def test_width_grows_with_size_and_weight() -> None:
    assert text_width("Samtykke", 30) == pytest.approx(2 * text_width("Samtykke", 15))
    assert text_width("Samtykke", 15, "bold") > text_width("Samtykke", 15)


def test_accents_cost_nothing_and_wide_letters_a_whole_em() -> None:
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("個人", 10) == 20


def test_wrapping_prefers_spaces_then_soft_hyphens_then_any_letter() -> None:
    assert wrap("Kontakter hos kunder", 90, 15) == ("Kontakter", "hos kunder")
    assert wrap("Person\u00advern\u00adombud", 90, 15) == ("Personvern-", "ombud")
    assert len(wrap("x" * 20, 80, 15)) == 2


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("en to tre fire fem seks sju", 60, 15)[-1].endswith("…")
    assert fit("kort", 100, 15) == "kort"
    assert fit("altfor langt til å få plass", 60, 15).endswith("…")


def test_clean_makes_one_line_without_marks() -> None:
    assert clean(" a\tb\r\nc\u2028d ") == "a b c d"
    assert clean("\u202eabc\u2069\ud800\uffff") == "abc\ufffd\ufffd"


@given(st.text(max_size=60), st.floats(30, 200), st.integers(1, 4))
def test_no_line_is_wider_than_the_room(text: str, room: float, lines: int) -> None:
    wrapped = wrap(text, room, 15, "bold", lines)
    assert 1 <= len(wrapped) <= lines
    assert all(text_width(line, 15, "bold") <= room for line in wrapped)
