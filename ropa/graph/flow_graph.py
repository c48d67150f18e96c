"""The flows of a registry as a NetworkX graph: people, activities, systems, parties and places, joined by where data go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import networkx as nx

from ropa.context.context import Context
from ropa.flows.crossings import stored_in
from ropa.flows.edges import Receipt
from ropa.model.activity import Activity
from ropa.model.registry import Registry

Kind = Literal["subject", "activity", "system", "party", "recipient-kind", "country"]


class Thing(NamedTuple):
    """A node: what kind of thing it is, and its code or id."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def flow_graph(context: Context) -> nx.DiGraph[Thing]:
    """Every flow of every activity.

    An edge's ``by`` maps each activity that uses it to the categories that flow along it; ``how`` tells how a place is reached.
    """
    graph: nx.DiGraph[Thing] = nx.DiGraph()
    for name in sorted(context.registry.activities):
        activity = context.registry.activities[name]
        here = Thing("activity", name)
        graph.add_node(here)
        for subject, categories in _people(activity).items():
            _join(graph, Thing("subject", subject), here, name, categories)
        for source, target, categories in _onward(context, activity):
            _join(graph, source, target, name, categories)
    _places(context, graph)
    return graph


def _join(graph: nx.DiGraph[Thing], source: Thing, target: Thing, activity: str, categories: frozenset[str]) -> None:
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, by={}, how="")
    by: dict[str, frozenset[str]] = graph[source][target]["by"]
    by[activity] = by.get(activity, frozenset()) | categories


def _people(activity: Activity) -> dict[str, frozenset[str]]:
    """Whose data the activity processes, and which: a data group narrows its people."""
    people: dict[str, frozenset[str]] = {subject: frozenset() for subject in activity.subjects or ()}
    for group in (activity.data or {}).values():
        for subject in group.subjects if group.subjects is not None else activity.subjects or ():
            people[subject] = people.get(subject, frozenset()) | frozenset(group.categories or ())
    return people


def _onward(context: Context, activity: Activity) -> Iterator[tuple[Thing, Thing, frozenset[str]]]:
    here = Thing("activity", activity.id)
    for system in systems_of(activity):
        yield here, Thing("system", system), categories_in(activity, system)
    for receipt in context.flows.receipts(activity.id):
        categories = receipt_categories(activity, receipt)
        yield _giver(receipt, here), taker(receipt), categories


def _giver(receipt: Receipt, activity: Thing) -> Thing:
    if receipt.above is not None:
        return Thing("party", receipt.above)
    return Thing("system", receipt.system) if receipt.via == "system" and receipt.system else activity


def taker(receipt: Receipt) -> Thing:
    """The node of whoever gets data."""
    return Thing("party", receipt.party) if receipt.party is not None else Thing("recipient-kind", receipt.kind or "")


def systems_of(activity: Activity) -> tuple[str, ...]:
    """The systems of an activity and of its data groups, each once."""
    named = list(activity.systems or ())
    for group in (activity.data or {}).values():
        named.extend(group.systems or ())
    return tuple(dict.fromkeys(named))


def categories_in(activity: Activity, system: str) -> frozenset[str]:
    """The categories kept in a system: those of the groups that name it or name none."""
    groups = (activity.data or {}).values()
    return frozenset(code for group in groups if group.systems is None or system in group.systems for code in group.categories or ())


def receipt_categories(activity: Activity, receipt: Receipt) -> frozenset[str]:
    """The categories that a recipient gets: those of the groups that the flow is narrowed to."""
    groups = activity.data or {}
    names = receipt.groups if receipt.groups is not None else tuple(groups)
    return frozenset(code for name in names if name in groups for code in groups[name].categories or ())


def _places(context: Context, graph: nx.DiGraph[Thing]) -> None:
    """Adds where each party and each system of our own stores, or reads from; an edge to a place serves whoever reaches the party."""
    registry = context.registry
    for node in [node for node in graph if node.kind in ("party", "system")]:
        stored, read = _party_places(registry, node.id) if node.kind == "party" else _system_places(registry, node.id)
        by: dict[str, frozenset[str]] = {}
        for _, _, edge in graph.in_edges(node, data=True):
            for activity, categories in edge["by"].items():
                by[activity] = by.get(activity, frozenset()) | categories
        for how, places in (("stored", stored), ("accessed", read)):
            for place in places:
                target = Thing("country", place)
                if not graph.has_edge(node, target):
                    graph.add_edge(node, target, by=dict(by), how=how)


def _party_places(registry: Registry, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    party = registry.parties.get(name)
    return (stored_in(party), tuple(party.accessed_from or ())) if party is not None else ((), ())


def _system_places(registry: Registry, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places of a system that we run ourselves; one that a party runs is where the party is."""
    system = registry.systems.get(name)
    own = system is not None and system.run_by is None
    return (tuple(system.stored_in or ()), tuple(system.accessed_from or ())) if system is not None and own else ((), ())
