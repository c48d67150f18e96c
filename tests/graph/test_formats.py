"""SVG, DOT and Mermaid: well formed, readable, and closed to hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ropa.graph.dot import dot_of
from ropa.graph.mermaid import mermaid_of
from ropa.graph.picture import Edge, Node, Picture, Tag
from ropa.graph.style import stylesheet
from ropa.graph.svg import element_id, svg_of
from tests.graph import samples

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = [
    "</text></svg><script>alert(1)</script>",
    '" onload="alert(1)',
    "]]> <!-- & &amp; &#60;",
    "\x1b[31mrød\x00\x07\x9b",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    '"]; n1 --> n2; click n1 "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose'}}%%",
    'a\\" ]; evil [label="x\\',
    "1. liste\n- punkt `kode` **fet** #quot; #lt;",
    "end",
    "\ud800 \ufffe \uffff",
    "{{ 7 * 7 }} ${x}",
    "=1+1",
]


def hostile_picture() -> Picture:
    nodes = [Node(f"purpose:{index} {text}", "why", text, (text,), (Tag(text, "adequate"),)) for index, text in enumerate(HOSTILE)]
    nodes += [Node(f"abroad:{index} {text}", "abroad", text, (text,), (Tag(text, "none"),), "none") for index, text in enumerate(HOSTILE)]
    half = len(HOSTILE)
    edges = [Edge(nodes[index].id, nodes[half + index].id, "none", text, text) for index, text in enumerate(HOSTILE)]
    return replace(samples.picture(HOSTILE[0], nodes, edges, HOSTILE[1]), description=HOSTILE[0], border=HOSTILE[0], lang='nb" onload="x')


def elements(svg: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(svg).iter()  # noqa: S314 - our own output


@pytest.mark.parametrize("name", ["twelve", "chain"])
@pytest.mark.parametrize(("ending", "write"), [("svg", svg_of), ("dot", dot_of), ("mmd", mermaid_of)])
def test_the_output_is_the_golden_one(name: str, ending: str, write: object) -> None:
    picture = samples.twelve() if name == "twelve" else samples.chain()
    assert callable(write)
    assert write(picture) == (GOLDEN / f"{name}.{ending}").read_text(encoding="utf-8")


@pytest.mark.parametrize("picture", [samples.twelve(), samples.forty(), samples.chain(), hostile_picture(), Picture("Tomt")])
def test_svg_is_well_formed_and_has_a_text_alternative(picture: Picture) -> None:
    root = ElementTree.fromstring(svg_of(picture))  # noqa: S314 - our own output
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert set(named) <= set(ids)
    assert len(ids) == len(set(ids))
    assert next(iter(root)).tag == f"{SVG}title"


def test_every_line_and_box_has_a_title() -> None:
    picture = samples.forty()
    titles = [element.text or "" for element in elements(svg_of(picture)) if element.tag == f"{SVG}title"]
    assert len(titles) == 1 + len(picture.nodes) + len(picture.edges)
    assert "Kundesky Ireland → Kundesky, Inc.: Ut av EØS, tilstrekkelig vern; DPF-listen" in titles


def test_svg_has_nothing_but_drawing_elements() -> None:
    allowed = {"svg", "title", "desc", "style", "g", "rect", "line", "path", "text"}
    for element in elements(svg_of(hostile_picture())):
        assert element.tag.removeprefix(SVG) in allowed
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


def test_svg_loads_nothing() -> None:
    svg = svg_of(samples.forty())
    assert "url(" not in svg
    assert "@import" not in svg
    assert svg.count("http") == svg.count('xmlns="http://www.w3.org/2000/svg"') == 1


def test_control_and_bidi_characters_are_gone_from_every_format() -> None:
    picture = hostile_picture()
    for text in (svg_of(picture), dot_of(picture), mermaid_of(picture)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", text)


def test_numbers_have_one_decimal_at_most() -> None:
    for element in elements(svg_of(samples.forty())):
        for name in ("x", "y", "width", "height", "d", "x1", "y1", "transform", "viewBox"):
            assert not re.search(r"\.\d\d|e-|-0(?![.\d])", element.get(name) or "")


def test_no_text_is_under_13_px() -> None:
    sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)px", stylesheet())]
    assert sizes
    assert min(sizes) >= 13


def test_every_rule_of_the_style_is_bound_to_the_drawing() -> None:
    for line in stylesheet().splitlines():
        assert line.removeprefix("@media (prefers-color-scheme:dark){").startswith(".ropa-flow")


def test_ids_differ_for_different_nodes() -> None:
    names = ["a:b", "a_3a_b", "a b", "a.b", "a-b", "å", "a/b"]
    made = [element_id(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", name) for name in made)


def test_a_prefix_keeps_two_drawings_apart() -> None:
    ids = [element.get("id") for prefix in ("a-", "b-") for element in elements(svg_of(samples.twelve(), prefix)) if element.get("id")]
    assert len(ids) == len(set(ids)) == 2 * (12 + 2)


def test_a_long_name_is_whole_in_the_title() -> None:
    name = "Menneskerettighetsorganisasjonen " * 6
    svg = svg_of(Picture("Lang", nodes=(Node("a", "where", name),)))
    assert f"<title>{name.strip()}</title>" in svg
    assert "…</text>" in svg


def test_a_country_is_never_cut() -> None:
    countries = "Sør-Georgia og de søndre Sandwichøyene, Amerikas forente stater, Bosnia-Hercegovina og Saint Vincent og Grenadinene"
    for lane in ("why", "where"):
        node = Node("a", lane, "A", (), (Tag(countries, "none"),))
        texts = [element.text or "" for element in elements(svg_of(Picture("P", nodes=(node,)))) if element.get("class") == "tag none"]
        assert " ".join(texts) == countries


@pytest.mark.parametrize("write", [dot_of, mermaid_of])
def test_hostile_text_opens_no_line_of_its_own(write: object) -> None:
    assert callable(write)
    hostile = hostile_picture()
    plain = replace(
        hostile,
        nodes=tuple(replace(node, title="x", lines=("x",), tags=(Tag("x", "none"),)) for node in hostile.nodes),
        edges=tuple(replace(edge, label="x", gate="x") for edge in hostile.edges),
    )
    assert len(write(hostile).splitlines()) == len(write(plain).splitlines())


def test_dot_reads_back_as_quoted_strings() -> None:
    # Outside quotes only the language's own words may stand.
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "Q", dot_of(hostile_picture()))
    assert '"' not in outside
    assert "evil" not in outside
    assert "script" not in outside
    assert r"\N" not in dot_of(Picture("P", nodes=(Node("a", "who", r"\N"),))).replace(r"\\N", "")
    assert "&amp;amp;" in dot_of(hostile_picture())


def test_mermaid_labels_hold_no_markup() -> None:
    for label in re.findall(r'"([^"]*)"', mermaid_of(hostile_picture())):
        assert re.fullmatch(r"(?:[^\W_]|[ ,/§–]|#\d+;|<br/>)*", label)
    outside = re.sub(r'"[^"]*"', "Q", mermaid_of(hostile_picture()))
    assert "click" not in outside
    assert "%%" not in outside


def test_mermaid_ids_follow_lane_and_id() -> None:
    text = mermaid_of(samples.twelve())
    assert re.findall(r"^    (n\d+)", text, re.MULTILINE) == [f"n{number}" for number in range(1, 13)]
