"""The two readers: fast and slow say the same, neither ever raises, and every place lies in the file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ropa.source.files import Document, read_text
from ropa.source.locate import Locator
from ropa.source.nodes import read_nodes
from ropa.source.reader import MAX_DEPTH, Unusual, read_plain
from ropa.source.scalars import plain
from ropa.source.write import block_style

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=12
)
DATA = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)
YAMLISH = st.lists(
    st.sampled_from(
        [
            "a: ",
            "b:",
            "- ",
            "\n",
            "  ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "#",
            " #x",
            ": ",
            '"',
            "'",
            "|",
            ">",
            "&x",
            "*x",
            "!!str",
            "<<: ",
            "---\n",
            "NO",
            "0155",
            "1.10",
            "æ",
            "\u00a0",
            "?",
            "%",
        ]
    ),
    max_size=30,
).map("".join)


@example("\x1e\x0c\u00a00")  # what ends no line in YAML must not be counted
@given(st.text(max_size=200) | YAMLISH)
def test_any_text_gives_data_or_problems(text: str) -> None:
    document = read_text(Document("activities/x", "activities/x.yaml"), text)

    assert document.data is not None or document.problems
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
    for problem in document.problems:
        assert 1 <= problem.span.line <= lines + 1
        assert problem.span.column >= 1


@given(YAMLISH | DATA.map(block_style))
def test_fast_and_slow_reader_agree(text: str) -> None:
    try:
        fast = read_plain(text)
    except Unusual:
        return
    tree = read_nodes(text)

    if not any(problem.variant == "no-break-space" for problem in tree.problems):
        assert tree.root is not None
        assert tree.root.data() == fast


@given(DATA)
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    document = read_text(Document("x", "x.yaml"), block_style(data))

    assert document.data == data


@given(DATA, st.lists(KEYS, max_size=4))
def test_every_path_has_a_place_in_the_file(data: dict[str, Any], path: list[str]) -> None:
    text = block_style(data)
    span = Locator(text).span(tuple(path))

    assert 1 <= span.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(
            (word, word)
            for word in ("NO", "no", "yes", "on", "True", "Null", "0155", "010", "+4712345678", "22:22", "1_000", "1e3", "0x1F")
        ),
        *((word, word) for word in ("2026-11-24", "2024-13-45", ".5", "5.", "9" * 5000)),
        *(("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-3", -3), ("1.5", 1.5), ("7010", 7010)),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, value: object) -> None:
    assert plain(written) == value
    assert type(plain(written)) is type(value)


def test_a_place_counts_code_points() -> None:
    text = "name: Å😀\r\nrole: x\r\n"
    locator = Locator(text)

    assert (locator.span(("name",)).column, locator.span(("name",)).end_column) == (7, 9)
    assert locator.span(("role",)).line == 2


def test_short_forms_are_found_by_long_paths() -> None:
    text = "name: Nyhetsbrev\nsubjects: customer\ndata: {contact: [name, email-address]}\npurposes:\n  send:\n    basis: {consent: form}\n"
    locator = Locator(text)

    assert locator.span(("name", "nb")).line == 1
    assert locator.span(("subjects", "customer")).column == 11
    assert locator.span(("data", "contact", "categories", "email-address")).column == 24
    assert locator.span(("purposes", "send", "basis", "consent", "request")).line == 6
    assert locator.span(("purposes", "send", "text")).line == 5
    assert locator.indent(("purposes", "send", "text")) == 4


def test_depth_is_limited_and_never_overflows() -> None:
    for text in (
        "a: " + "[" * 10_000 + "]" * 10_000,
        "a: " + "{b: " * 10_000 + "1" + "}" * 10_000,
        "a:\n" + "".join(" " * i + "- \n" for i in range(1, 400)),
    ):
        document = read_text(Document("x", "x.yaml"), text)
        assert document.problems
    fine = "a: " + "[" * (MAX_DEPTH - 2) + "]" * (MAX_DEPTH - 2) + "\n"
    assert read_text(Document("x", "x.yaml"), fine).problems == []


def test_billion_laughs_is_refused() -> None:
    text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    document = read_text(Document("x", "x.yaml"), text)

    assert {problem.name for problem in document.problems} == {"yaml-not-allowed"}
