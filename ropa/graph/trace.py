"""Where something is reached, and by which paths: what an access request or an incident needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

import networkx as nx

from ropa.context.context import Context
from ropa.graph.flow_graph import Thing, flow_graph
from ropa.law import LANGUAGES, countries, vocabulary
from ropa.model.registry import Registry


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: a kind (``category``, ``subject``, ``party``, ``system``, ``country``, ``activity``) and a code or id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Trail:
    """One path of data of one activity, from the people to where it ends, with the categories that go all the way."""

    activity: str
    steps: tuple[Thing, ...]
    how: tuple[str, ...]
    categories: tuple[str, ...]


def targets(registry: Registry, word: str) -> list[Target]:
    """What a word can mean: ``kind:id``, an id or code, or a name in any of the languages; several where it is ambiguous."""
    kind, colon, rest = word.partition(":")
    names = _names(registry)
    if colon and kind in names:
        return [Target(kind, code) for code in _matching(names[kind], rest)]
    return [Target(kind, code) for kind, known in names.items() for code in _matching(known, word)]


def _matching(known: Mapping[str, frozenset[str]], word: str) -> list[str]:
    if word in known:
        return [word]
    low = word.casefold().strip()
    return [code for code, names in known.items() if low in names]


def nearest(registry: Registry, word: str) -> str | None:
    """The known word that was most likely meant."""
    kind, colon, rest = word.partition(":")
    names = _names(registry)
    asked = names[kind] if colon and kind in names else {code: said for known in names.values() for code, said in known.items()}
    candidates = {name: code for code, said in asked.items() for name in (*said, code.casefold())}
    found = get_close_matches((rest if colon and kind in names else word).casefold(), candidates, 1, 0.6)
    return candidates[found[0]] if found else None


def _names(registry: Registry) -> dict[str, dict[str, frozenset[str]]]:
    own = registry.vocabulary
    own_categories = {
        code: {language: getattr(record, language) for language in LANGUAGES} for code, record in (own.data_categories or {}).items()
    }
    return {
        "category": {**_labels("data_categories"), **_own(own_categories)},
        "subject": {**_labels("data_subjects"), **_own(own.subjects or {})},
        "party": {name: _folded(party.name, party.alias) for name, party in registry.parties.items()},
        "system": {name: _folded(*(system.name or {}).values()) for name, system in registry.systems.items()},
        "activity": {name: _folded(*(activity.name or {}).values()) for name, activity in registry.activities.items()},
        "country": {code: _folded(code, *(countries.name(code, language) for language in LANGUAGES)) for code in countries.places()},
    }


def _labels(list_name: str) -> dict[str, frozenset[str]]:
    return {code: _folded(*(entry.label(language) for language in LANGUAGES)) for code, entry in vocabulary.codes(list_name).items()}


def _own(words: Mapping[str, Mapping[str, str | None]]) -> dict[str, frozenset[str]]:
    return {code: _folded(*said.values()) for code, said in words.items()}


def _folded(*names: str | None) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if name)


def trails(context: Context, target: Target) -> list[Trail]:
    """Every path that reaches the target: through it, or from it where it is where data begin; in order of activity."""
    graph = flow_graph(context)
    found: list[Trail] = []
    for activity in sorted(context.registry.activities):
        found.extend(_of_activity(graph, activity, target))
    return found


def _of_activity(graph: nx.DiGraph[Thing], activity: str, target: Target) -> Iterator[Trail]:
    category = target.id if target.kind == "category" else None

    def uses(source: Thing, end: Thing) -> bool:
        by = graph[source][end]["by"]
        return activity in by and (category is None or category in by[activity])

    view = nx.subgraph_view(graph, filter_edge=uses)
    here = Thing("activity", activity)
    if here not in view:
        return
    people = [node for node in view.predecessors(here) if node.kind == "subject"]
    if category is not None and not people:
        return
    wanted = None if category is not None else Thing(target.kind, target.id)  # type: ignore[arg-type]  # the kinds of targets are kinds of things but for category
    ends = [node for node in view if view.out_degree(node) == 0 and view.in_degree(node) > 0 and node.kind != "subject"]
    if wanted is not None and wanted in view and wanted.kind != "subject":
        ends = [wanted] if wanted != here else ends
    for person in people:
        if wanted is not None and wanted.kind == "subject" and person != wanted:
            continue
        for end in sorted(ends):
            for path in sorted(nx.all_simple_paths(view, person, end)):
                trail = _trail(graph, activity, tuple(path), category)
                if (wanted is None or wanted in path) and trail.categories:
                    yield trail


def _trail(graph: nx.DiGraph[Thing], activity: str, path: tuple[Thing, ...], category: str | None) -> Trail:
    pairs = list(pairwise(path))
    flowing = frozenset.intersection(*(graph[source][end]["by"][activity] for source, end in pairs))
    how = tuple(str(graph[source][end]["how"]) for source, end in pairs)
    return Trail(activity, path, how, (category,) if category is not None else tuple(sorted(flowing)))
