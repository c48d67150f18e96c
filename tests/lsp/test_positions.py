"""Places in a text: code points, UTF-8, UTF-16, byte order marks and all the ends of lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from ropa.lsp.positions import Positions, changed
from ropa.source.nodes import Span

TEXT = "navn: Blåbær 😀 AS\nby: Ålesund\n"


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 19), ("utf-16", 15), ("utf-32", 14)])
def test_units_of_each_encoding(encoding: str, units: int) -> None:
    positions = Positions(TEXT, encoding)
    offset = TEXT.index(" AS")

    assert positions.position(offset) == types.Position(0, units)
    assert positions.offset(types.Position(0, units)) == offset


def test_in_the_middle_of_a_character_is_behind_it() -> None:
    positions = Positions(TEXT, "utf-16")

    assert TEXT[positions.offset(types.Position(0, 14))] == " "


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", 3), ("utf-16", 1), ("utf-32", 1)])
def test_a_byte_order_mark_is_the_clients(encoding: str, mark: int) -> None:
    positions = Positions("\ufeff" + TEXT, encoding)

    assert positions.read == TEXT
    assert positions.position(0) == types.Position(0, mark)
    assert positions.offset(types.Position(0, mark)) == 0
    assert positions.position(len("navn: Blåbær 😀 AS\n")) == types.Position(1, 0)


def test_lines_that_only_yaml_ends() -> None:
    text = "a: 1\u2028b: 2\r\nc: 3\rd: 4"
    positions = Positions(text)

    assert positions.position(positions.offset_in_yaml(2, 1)) == types.Position(0, 5)
    assert positions.position(positions.offset_in_yaml(3, 4)) == types.Position(1, 3)
    assert positions.position(positions.offset_in_yaml(4, 1)) == types.Position(2, 0)


def test_what_lies_outside_is_drawn_in() -> None:
    positions = Positions("ab\ncd")

    assert positions.offset(types.Position(0, 99)) == 2
    assert positions.offset(types.Position(9, 9)) == 5
    assert positions.offset_in_yaml(1, 99) == 2
    assert positions.offset_in_yaml(9, 1) == 5


def test_an_empty_place_becomes_its_line() -> None:
    assert Positions("a: 1\nb: 2").range_of(Span(2, 1, 2, 1)) == types.Range(types.Position(1, 0), types.Position(1, 4))


def test_a_question_mark_that_was_read_in_quotation_marks() -> None:
    positions = Positions("a: {b: ?, c: d}\n", "utf-16", 'a: {b: "?", c: d}\n')

    assert positions.read[positions.offset_in_yaml(1, 13) :].startswith("c: d")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=st.text(alphabet="a:😀å \n\r\u2028\x85", max_size=40), place=st.integers(0, 40))
def test_there_and_back(encoding: str, text: str, place: int) -> None:
    positions = Positions(text, encoding)
    offset = min(place, len(text))
    back = positions.offset(positions.position(offset))

    assert back == offset or text[back : offset + 1].startswith("\r\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_change_of_a_part(encoding: str) -> None:
    before = "\ufeffnavn: 😀 her\r\nby: Oslo"
    positions = Positions(before, encoding)
    place = positions.range(positions.read.index("her"), positions.read.index("her") + 3)
    change = types.TextDocumentContentChangePartial(place, "dér")

    assert changed(before, change, encoding) == "\ufeffnavn: 😀 dér\r\nby: Oslo"
    assert changed(before, types.TextDocumentContentChangeWholeDocument("ny"), encoding) == "ny"
