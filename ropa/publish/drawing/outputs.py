"""The files of the drawing, and the graph as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ropa.context.context import Context
from ropa.graph.dot import dot_of
from ropa.graph.flow_graph import Thing, flow_graph
from ropa.graph.mermaid import mermaid_of
from ropa.graph.svg import svg_of
from ropa.publish.drawing.picture import picture_of
from ropa.publish.output import Output
from ropa.publish.words import Words, words_for
from ropa.source.write import json_text

FORMATS = ("svg", "dot", "mermaid", "json")
_LISTS = {"subject": "data_subjects", "recipient-kind": "recipient_kinds"}


def outputs(context: Context, language: str) -> Iterator[Output]:
    """The drawing in every format."""
    for format_, ending in zip(FORMATS, ("svg", "dot", "mmd", "json"), strict=True):
        yield Output.text(f"internal/graph/flow.{ending}", drawn(context, language, format_))


def drawn(context: Context, language: str, format_: str, transfers_only: bool = False) -> str:
    """The graph in one format."""
    words = words_for(context.registry, language)
    if format_ == "json":
        return graph_json(context, words)
    picture = picture_of(context, words, transfers_only)
    return {"svg": svg_of, "dot": dot_of, "mermaid": mermaid_of}[format_](picture)


def graph_json(context: Context, words: Words) -> str:
    """The flow graph as data: every node with its name, every edge with the activities that use it and the categories that flow."""
    graph = flow_graph(context)
    data: dict[str, Any] = {
        "version": 1,
        "nodes": [{"id": str(node), "kind": node.kind, "name": node_name(context, words, node)} for node in sorted(graph)],
        "edges": [
            {
                "source": str(source),
                "target": str(target),
                **({"how": edge["how"]} if edge["how"] else {}),
                "activities": {activity: sorted(categories) for activity, categories in sorted(edge["by"].items())},
            }
            for source, target, edge in sorted(graph.edges(data=True), key=lambda entry: (entry[0], entry[1]))
        ],
        "crossings": [
            {
                "party": crossing.party,
                "country": crossing.country,
                "how": crossing.how,
                "mechanism": [code for way in crossing.declared for code in way.transfer.mechanism or ()],
                "activities": list(crossing.activities),
            }
            for crossing in context.crossings
        ],
    }
    return json_text(data)


def node_name(context: Context, words: Words, node: Thing) -> str:
    """What people call a node of the graph."""
    registry = context.registry
    if node.kind in _LISTS:
        return str(words.label(_LISTS[node.kind], node.id))
    if node.kind == "country":
        return words.country(node.id)
    if node.kind == "party":
        party = registry.parties.get(node.id)
        return (party.name or party.alias or node.id) if party is not None else node.id
    named = registry.activities.get(node.id) if node.kind == "activity" else registry.systems.get(node.id)
    return str(words.text(named.name)) or node.id if named is not None else node.id
