"""Paths of data as text and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from ropa.context.context import Context
from ropa.graph.trace import Target, Trail
from ropa.publish.drawing.outputs import node_name
from ropa.publish.words import Words, uncapitalised, words_for
from ropa.source.write import json_text

_LISTS = {"category": "data_categories", "subject": "data_subjects"}


def as_text(context: Context, target: Target, trails: Sequence[Trail], language: str) -> str:
    """The paths grouped by activity: a line of names from the people to the end, and the data that go all the way."""
    words = words_for(context.registry, language)
    name = _target_name(context, words, target)
    if not trails:
        return words.fixed("trace.nothing", name=name) + "\n"
    lines = [words.fixed("trace.one" if len(trails) == 1 else "trace.many", name=name, number=len(trails))]
    activity = ""
    for trail in trails:
        if trail.activity != activity:
            activity = trail.activity
            lines += ["", f"{words.text(context.registry.activities[activity].name) or activity} (activities/{activity})"]
        lines.append(
            "  "
            + " → ".join(_step(context, words, trail, index) for index in range(len(trail.steps)) if trail.steps[index].kind != "activity")
        )
        if target.kind != "category":
            data = words.join(uncapitalised(str(label)) for label in words.labels("data_categories", trail.categories))
            lines.append("    " + words.fixed("trace.data", data=data))
    return "\n".join(lines) + "\n"


def _step(context: Context, words: Words, trail: Trail, index: int) -> str:
    name = node_name(context, words, trail.steps[index])
    how = trail.how[index - 1] if index else ""
    return words.fixed(f"trace.{how}", name=name) if how else name


def _target_name(context: Context, words: Words, target: Target) -> str:
    if target.kind in _LISTS:
        return str(words.label(_LISTS[target.kind], target.id))
    from ropa.graph.flow_graph import Thing

    return node_name(context, words, Thing(target.kind, target.id))  # type: ignore[arg-type]  # the other kinds of targets are kinds of things


def as_json(context: Context, target: Target, trails: Sequence[Trail], language: str) -> str:
    """The paths as data."""
    words = words_for(context.registry, language)
    data = {
        "version": 1,
        "target": {"kind": target.kind, "id": target.id, "name": _target_name(context, words, target)},
        "paths": [
            {
                "activity": trail.activity,
                "steps": [
                    {
                        "kind": step.kind,
                        "id": step.id,
                        "name": node_name(context, words, step),
                        **({"how": trail.how[index - 1]} if index and trail.how[index - 1] else {}),
                    }
                    for index, step in enumerate(trail.steps)
                ],
                "categories": list(trail.categories),
            }
            for trail in trails
        ],
    }
    return json_text(data)
