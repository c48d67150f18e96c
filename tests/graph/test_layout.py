"""The layout: nothing in the way of a line, nothing on top of anything, the same from run to run."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.graph.layout import Drawing, drawing_of
from ropa.graph.picture import BANDS, LANES, Band, Edge, Lane, Node, Picture, Tag
from ropa.graph.svg import svg_of, svg_of_drawing
from tests.graph import samples
from tests.graph.geometry import lines_through_boxes, misplaced, overlaps, texts_outside

CHECKOUT = Path(__file__).parents[2]

PICTURES = {
    "12": samples.twelve(),
    "40": samples.forty(),
    "chain": samples.chain(),
    "circle": samples.circle(),
    "60": samples.generated(60, 3),
    "200": samples.generated(200),
    "200b": samples.generated(200, 11),
}


@cache
def drawn(name: str) -> Drawing:
    return drawing_of(PICTURES[name])


@pytest.fixture(params=PICTURES, scope="module")
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return drawn(request.param)


def test_no_line_runs_through_a_box(drawing: Drawing) -> None:
    assert lines_through_boxes(drawing) == []


def test_nothing_lies_on_anything(drawing: Drawing) -> None:
    assert overlaps(drawing) == []


def test_every_box_is_in_its_band_and_on_its_side_of_the_border(drawing: Drawing) -> None:
    assert misplaced(drawing) == []


def test_every_text_fits_its_box(drawing: Drawing) -> None:
    assert texts_outside(drawing) == []


def test_every_edge_and_every_gate_is_drawn(drawing: Drawing) -> None:
    edges = drawing.picture.sorted_edges()
    assert {route.edge for route in drawing.routes} == set(edges)
    assert len(drawing.routes) == len(edges)
    assert {gate.edge for gate in drawing.gates} == {edge for edge in edges if edge.gate}


def test_lines_begin_and_end_at_their_boxes(drawing: Drawing) -> None:
    boxes = {node.node.id: node.box for node in drawing.nodes}
    for route in drawing.routes:
        start, tip = next(route.points()), route.head.tip
        for (x, y), box in ((start, boxes[route.edge.source]), (tip, boxes[route.edge.target])):
            assert x in {box.x, box.x + box.width}
            assert box.y < y < box.y + box.height


def test_lines_have_no_breaks(drawing: Drawing) -> None:
    for route in drawing.routes:
        pieces = [*route.thin, *route.thick]
        for before, after in pairwise(pieces):
            assert before.points[-1] == after.points[0]


@pytest.mark.parametrize("name", ["12", "40"])
def test_a_crossing_is_a_straight_line(name: str) -> None:
    routes = [route for route in drawn(name).routes if route.edge.gate]
    assert routes
    for route in routes:
        assert len({round(y, 6) for _, y in route.points()}) == 1
        assert route.thin == ()


def test_lines_of_one_band_share_a_stem_and_a_head() -> None:
    routes = [route for route in drawn("40").routes if route.edge.target == "system:crm"]
    assert len(routes) == 5
    assert len({route.head for route in routes}) == 1


def test_a_system_that_serves_two_bands_has_two_ports() -> None:
    drawing = drawn("40")
    tips = {route.head.tip for route in drawing.routes if route.edge.target == "system:website"}
    (_, upper), (_, lower) = sorted(tips)
    assert lower - upper == 14


def test_a_flow_that_skips_a_lane_carries_its_label() -> None:
    assert [note.text for note in drawn("40").labels] == ["rett hos plattformen"]


def test_what_comes_back_points_back() -> None:
    route = next(route for route in drawn("chain").routes if route.edge.label == "feilrapporter")
    assert route.head.direction == -1
    assert route.thick == ()


def test_few_crossings_in_the_picture_of_forty() -> None:
    assert sum(len(route.halos) for route in drawn("40").routes) <= 6


@pytest.mark.parametrize("name", ["12", "40", "chain", "circle", "200"])
@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_the_input_does_not_matter(name: str, seed: int) -> None:
    picture = PICTURES[name]
    random = Random(seed)  # noqa: S311 - no secret
    nodes, edges = list(picture.nodes), list(picture.edges)
    random.shuffle(nodes)
    random.shuffle(edges)
    assert svg_of(replace(picture, nodes=tuple(nodes), edges=tuple(edges))) == svg_of_drawing(drawn(name))


def test_the_hash_seed_does_not_matter() -> None:
    code = (
        "from tests.graph import samples; from ropa.graph.svg import svg_of; from ropa.graph.dot import dot_of;"
        "from ropa.graph.mermaid import mermaid_of; import hashlib;"
        "p = samples.generated(60, 3); print(hashlib.sha256((svg_of(p) + dot_of(p) + mermaid_of(p)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(found) == 1


def test_an_empty_picture_and_a_lonely_box() -> None:
    assert drawing_of(Picture("Ingen flyt")).routes == ()
    assert len(drawing_of(Picture("Én boks", nodes=(Node("a", "where", "A"),))).nodes) == 1


TEXTS = st.text(max_size=40)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Any picture of up to thirty nodes: lanes may be missing, edges go anywhere, texts are anything."""
    nodes = [draw(_node(f"n{index}")) for index in range(draw(st.integers(0, 30)))]
    ids = [node.id for node in nodes]
    count = draw(st.integers(0, 45)) if ids else 0
    return Picture(
        draw(TEXTS),
        border=draw(TEXTS),
        bands=samples.BAND_TEXTS if draw(st.booleans()) else (),
        headings=samples.HEADINGS,
        legend=samples.LEGEND,
        nodes=tuple(nodes),
        edges=tuple(draw(_edge(ids)) for _ in range(count)),
    )


@st.composite
def _node(draw: st.DrawFn, name: str) -> Node:
    lane: Lane = draw(st.sampled_from(LANES))
    bands: tuple[Band, ...] = BANDS if lane == "abroad" else ("", *BANDS)
    band: Band = draw(st.sampled_from(bands))
    tags = draw(st.lists(st.builds(Tag, TEXTS, st.sampled_from(("", *BANDS))), max_size=3))
    return Node(name, lane, draw(TEXTS), tuple(draw(st.lists(TEXTS, max_size=2))), tuple(tags), band)


@st.composite
def _edge(draw: st.DrawFn, ids: list[str]) -> Edge:
    band: Band = draw(st.sampled_from(("", *BANDS)))
    short = st.sampled_from(("", "", "SCC modul 3"))
    return Edge(draw(st.sampled_from(ids)), draw(st.sampled_from(ids)), band, draw(short), draw(short))


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pictures())
def test_any_picture_can_be_drawn(picture: Picture) -> None:
    drawing = drawing_of(picture)
    assert lines_through_boxes(drawing) == []
    assert overlaps(drawing) == []
    assert misplaced(drawing) == []
    assert texts_outside(drawing) == []
    assert svg_of(picture)
