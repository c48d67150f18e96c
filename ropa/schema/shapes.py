"""The schemas as a tree of shapes: what the normaliser, the explainer, the documentation and the canaries ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ropa.schema.documents import Json, definition, document, without_unknown


@dataclass(slots=True, eq=False)
class Shape:
    """What may stand at one place of the format.

    `short` says how a short form becomes long: ``text``, ``list``, ``keys``, or ``key`` with the key in `short_key`.
    """

    title: str = ""
    title_nb: str = ""
    description: str = ""
    mark: str = ""
    examples: tuple[Any, ...] = ()
    types: tuple[str, ...] = ()
    properties: dict[str, Shape] = field(default_factory=dict)
    rest: Shape | None = None
    items: Shape | None = None
    key_names: Shape | None = None
    key_default: str | None = None
    short: str | None = None
    short_key: str = ""
    sentinels: frozenset[str] = frozenset()
    empty_sentinels: frozenset[str] = frozenset()
    vocabulary: str | None = None
    open: bool = False
    reference: str | None = None
    form: str | None = None
    enum: tuple[str, ...] = ()
    required: str | None = None
    required_role: str | None = None
    required_unless: str | None = None
    required_if: tuple[tuple[str, str], ...] = ()
    pattern: str | None = None
    _asking: dict[str, Shape] | None = None

    def asking(self) -> dict[str, Shape]:
        """The properties that only `key-missing` asks for, and those below which there are such."""
        if self._asking is None:
            self._asking = {}  # a shape may hold itself
            self._asking = {name: child for name, child in self.properties.items() if child.is_asked_for()}
        return self._asking

    def is_asked_for(self) -> bool:
        """Whether only `key-missing` asks for the key that holds this shape, or for one below it."""
        return self.required == "key-missing" or bool(self.asking()) or (self.rest is not None and self.rest.is_asked_for())

    @property
    def is_map(self) -> bool:
        """Whether the long form is a map."""
        return bool(self.properties) or self.rest is not None

    def at(self, path: tuple[str, ...]) -> Shape | None:
        """The shape at a long-form path below this one."""
        shape: Shape | None = self
        for name in path:
            if shape is None:
                return None
            if shape.is_map:
                shape = shape.properties.get(name, shape.rest)
            elif shape.items is not None:
                shape = shape.items
            else:
                return None
        return shape


_KEYWORDS = ("type", "enum", "pattern", "minLength", "const", "format")


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a kind of record."""
    return _build(document(kind), kind, {})


def _build(node: Json, home: str, seen: dict[tuple[str, str], Shape]) -> Shape:
    shape = Shape()
    _fill(shape, node, home, seen)
    return shape


def _fill(shape: Shape, node: Json, home: str, seen: dict[tuple[str, str], Shape]) -> None:
    """Reads a node into a shape: what stands nearer (at the property) wins over what a ``$ref`` brings."""
    node = without_unknown(node)
    if "$ref" in node:
        target, where = definition(node["$ref"], home)
        _fill(shape, target, where, seen)
    for branch in node.get("anyOf", ()):
        _fill(shape, branch, home, seen)
    _annotations(shape, node)
    for name, child in node.get("properties", {}).items():
        if name != "unknown" or "x-mark" in child:
            shape.properties[name] = _child(child, home, seen)
    rest = node.get("additionalProperties")
    if isinstance(rest, dict):
        shape.rest = _child(rest, home, seen)
    if isinstance(node.get("items"), dict):
        shape.items = _child(node["items"], home, seen)
    if "propertyNames" in node:
        shape.key_names = _child(node["propertyNames"], home, seen)


def _child(node: Json, home: str, seen: dict[tuple[str, str], Shape]) -> Shape:
    """The shape of a child; the same node is read once, so that a shape may hold itself (retention in retention)."""
    key = (home, str(id(node)))
    if key not in seen:
        seen[key] = Shape()
        _fill(seen[key], node, home, seen)
    return seen[key]


def _annotations(shape: Shape, node: Json) -> None:
    shape.title = node.get("title", shape.title)
    shape.title_nb = node.get("x-title-nb", shape.title_nb)
    shape.description = node.get("description", shape.description)
    shape.mark = node.get("x-mark", shape.mark)
    shape.examples = tuple(node.get("examples", shape.examples))
    shape.vocabulary = node.get("x-vocabulary", shape.vocabulary)
    shape.open = node.get("x-open", shape.open)
    shape.reference = node.get("x-reference", shape.reference)
    shape.form = node.get("x-form", shape.form)
    shape.required = node.get("x-required", shape.required)
    shape.required_role = node.get("x-required-when", {}).get("role", shape.required_role)
    shape.required_unless = node.get("x-required-unless", {}).get("key", shape.required_unless)
    shape.required_if = tuple(node.get("x-required-if", {}).items()) or shape.required_if
    if shape.required_if and shape.required is None:
        shape.required = "key-missing"
    shape.key_default = node.get("x-key-default", shape.key_default)
    shape.sentinels |= frozenset(node.get("x-sentinel", ()))
    shape.empty_sentinels |= frozenset(node.get("x-sentinel-empty", ()))
    shape.pattern = node.get("pattern", shape.pattern)
    if "enum" in node:
        shape.enum = tuple(dict.fromkeys((*shape.enum, *map(str, node["enum"]))))
    if "type" in node:
        types = node["type"] if isinstance(node["type"], list) else [node["type"]]
        shape.types = tuple(dict.fromkeys((*shape.types, *types)))
    short = node.get("x-short")
    if isinstance(short, dict):
        shape.short, shape.short_key = "key", short["key"]
    elif short:
        shape.short = short
