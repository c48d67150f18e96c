"""The picture refuses what cannot be drawn truthfully, and merges what is one line."""

from __future__ import annotations

import pytest

from ropa.graph.picture import Edge, Node, Picture

A, B = Node("a", "who", "A"), Node("b", "why", "B")


def test_two_nodes_cannot_share_an_id() -> None:
    with pytest.raises(ValueError, match="share an id"):
        Picture("P", nodes=(A, A))


def test_an_edge_needs_its_nodes() -> None:
    with pytest.raises(ValueError, match="edge without a node: a to c"):
        Picture("P", nodes=(A, B), edges=(Edge("a", "c"),))


def test_what_is_abroad_needs_a_band() -> None:
    with pytest.raises(ValueError, match="in no band"):
        Picture("P", nodes=(Node("a", "abroad", "A"),))


def test_equal_edges_are_one_line_with_both_texts() -> None:
    edges = (Edge("a", "b", gate="SCC"), Edge("a", "b", gate="DPF"), Edge("a", "b", label="rett", gate="SCC"), Edge("a", "b", "none"))
    assert Picture("P", nodes=(A, B), edges=edges).sorted_edges() == (Edge("a", "b", "", "rett", "DPF, SCC"), Edge("a", "b", "none"))


def test_an_edge_to_itself_is_not_drawn() -> None:
    assert Picture("P", nodes=(A,), edges=(Edge("a", "a"),)).sorted_edges() == ()
