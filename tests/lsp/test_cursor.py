"""What stands at a place of a text: in files that are whole it is what the tree says; in others what a person would say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.lsp.cursor import Cursor, cursor_at
from ropa.lsp.positions import Positions
from ropa.source.nodes import Node, Span, read_nodes
from tests.conftest import registries

FILES = [file for folder in registries().values() for file in sorted(folder.rglob("*.yaml"))]


def places(node: Node, path: tuple[str, ...], role: str) -> Iterator[tuple[Span, tuple[str, ...], str, str]]:
    """Every word on one line of a tree, with the path, the role and the word that stand there."""
    if node.entries is not None:
        for key, value in node.entries:
            yield key.span, path, "key", str(key.value)
            yield from places(value, (*path, str(key.value)), "value")
    elif node.items is not None:
        for item in node.items:
            yield from places(item, path, "item")
    elif isinstance(node.value, str) and node.value and node.span.line == node.span.end_line:
        yield node.span, path, role, node.value


@pytest.mark.parametrize("file", FILES[::7], ids=lambda file: f"{file.parent.parent.parent.name}-{file.stem}")
def test_in_a_whole_file_it_is_what_the_tree_says(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    root = read_nodes(text).root
    assert root is not None
    positions = Positions(text)

    for span, path, role, word in places(root, (), "value"):
        for column in (span.column, (span.column + span.end_column) // 2, span.end_column):
            found = cursor_at(text, positions.offset_in_yaml(span.line, column))
            if column == span.end_column and found.word == "":
                continue  # behind quotation marks
            assert (found.path, found.role, found.word) == (path, role, word), f"{file}:{span.line}:{column}"


def at(text: str) -> Cursor:
    """What stands where ``|`` stands."""
    return cursor_at(text.replace("|", "", 1), text.index("|"))


@pytest.mark.parametrize(
    ("text", "path", "role", "word"),
    [
        ("|", (), "open", ""),
        ("ro|", (), "open", "ro"),
        ("ro|le: x", (), "key", "role"),
        ("role:|", ("role",), "value", ""),
        ("role: |", ("role",), "value", ""),
        ("role: contr|", ("role",), "value", "contr"),
        ('role: "contr|', ("role",), "value", "contr"),
        ("role: # |say", ("role",), "text", ""),
        ("a:\n  |", ("a",), "open", ""),
        ("a:\n\n  |\nb: 1", ("a",), "open", ""),
        ("a:\n  b: 1\n  |", ("a",), "open", ""),
        ("a:\n  b: 1\n|", (), "open", ""),
        ("a:\n  - |", ("a",), "item", ""),
        ("a:\n- x|", ("a",), "item", "x"),
        ("a:\n  b:\n    - x\n    - |", ("a", "b"), "item", ""),
        ("basis: {|", ("basis",), "key", ""),
        ("basis: {con|", ("basis",), "key", "con"),
        ("basis: {consent: |", ("basis", "consent"), "value", ""),
        ("basis: {consent: |}", ("basis", "consent"), "value", ""),
        ("basis: {consent: a, contr|", ("basis",), "key", "contr"),
        ("basis: {consent: {request: |", ("basis", "consent", "request"), "value", ""),
        ("basis: {consent: {request: a}, |", ("basis",), "key", ""),
        ("subjects: [|", ("subjects",), "item", ""),
        ("subjects: [a, b|]", ("subjects",), "item", "b"),
        ("a: {b: [x, |", ("a", "b"), "item", ""),
        ("a: {\n  b: 1,\n  c|", ("a",), "key", "c"),
        ('a: {"b c": |', ("a", "b c"), "value", ""),
        ("a: {b: 'it''s', c: |", ("a", "c"), "value", ""),
        ("a: {b: 1 # {\n  , c: |", ("a", "c"), "value", ""),
        ("a: {b: 1} |", ("a",), "text", ""),
        ("a: |\n  more", ("a",), "value", ""),
        ("text: >\n  Sende |deg", ("text",), "text", ""),
        ("text: Sende\n  de|g", ("text",), "text", ""),
        ("# com|ment", (), "text", ""),
        ("a: [\n\nb: |", ("b",), "value", ""),
    ],
)
def test_in_a_file_that_is_being_written(text: str, path: tuple[str, ...], role: str, word: str) -> None:
    found = at(text)

    assert (found.path, found.role, found.word) == (path, role, word)


@given(st.text(alphabet="ab:-[]{}'\"# \n\r\t,|>æ😀", max_size=60), st.integers(0, 60))
@settings(max_examples=300)
def test_no_text_is_too_strange(text: str, place: int) -> None:
    found = cursor_at(text, place)

    assert 0 <= found.start <= found.end <= len(text)
