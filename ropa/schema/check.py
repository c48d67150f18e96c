"""One file's data against its schema: the long form, what is wrong with it, and what no rule may speak about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jsonschema_rs

from ropa.schema.documents import checked_schema, kind_of
from ropa.schema.expand import MISSING, Expansion, answered, expand, is_unusual
from ropa.schema.explain import RawPath, explain
from ropa.schema.faults import Fault
from ropa.schema.names import Names
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path
from ropa.source.files import Document
from ropa.source.nodes import Node, read_nodes

_ROUNDS = 8
"""How often a file is looked at again after the wrong parts are taken out; a wrong part can hide another."""


@dataclass(slots=True)
class CheckedFile:
    """A file after the schema. `data` is long-form and valid; `broken` are paths at which no rule speaks."""

    record: str
    data: dict[str, Any]
    faults: list[Fault]
    unknown: dict[Path, str]
    broken: set[Path] = field(default_factory=set)
    dangling: list[tuple[Path, str]] = field(default_factory=list)
    party_uses: list[tuple[Path, str]] = field(default_factory=list)


@cache
def _validator(kind: str) -> Any:
    return jsonschema_rs.Draft202012Validator(checked_schema(kind))


def check_file(document: Document, names: Names, language: str) -> CheckedFile:
    """Checks one readable file. `language` is the registry's default language, in which plain strings stand."""
    kind = kind_of(document.record)
    data = document.data or {}
    if kind == "activity":
        names = names.within(data)
    careful = document.tree is not None or is_unusual(document.text)
    expansion = Expansion(language, names, careful)
    shape = shape_of(kind)
    faults: list[Fault] = []
    if not _validator(kind).is_valid(data):
        expansion.careful = True
        data, faults = _without_faults(kind, data, expansion, document.text)
        expansion.stripped = True
    long = expand(shape, data, (), expansion)
    checked = CheckedFile(
        document.record,
        {} if long is MISSING else long,
        faults + expansion.faults,
        expansion.unknown,
        set(),
        expansion.dangling,
        expansion.party_uses,
    )
    checked.broken.update(_broken_paths(checked.faults))
    checked.broken.update(path for path, _ in expansion.dangling)
    if document.problems:
        checked.broken.update(problem.path for problem in document.problems if problem.path)
    checked.broken.update(_emptied(checked))
    _missing_keys(shape, checked, (), checked.data, _role(kind, checked.data))
    if " #" in document.text or "\t#" in document.text:
        _hash_cuts(checked, document.text, shape, language)
    return checked


def acts_for_others(role: Any, on_behalf_of: Any) -> bool:
    """Whether an activity is a processor's: it says so, or it says no role but on whose behalf it acts."""
    return role == "processor" or (role is None and bool(on_behalf_of))


def _role(kind: str, data: dict[str, Any]) -> str | None:
    if kind != "activity":
        return None
    return "processor" if acts_for_others(data.get("role"), data.get("on_behalf_of")) else "controller"


# --- taking out what is wrong ---------------------------------------------------------------------------------------


def _without_faults(kind: str, data: dict[str, Any], expansion: Expansion, text: str) -> tuple[dict[str, Any], list[Fault]]:
    """The data without unknowns and without what breaks the schema, and the faults. Works on a copy."""
    root = read_nodes(text).root
    faults: list[Fault] = []
    data = _strip(data, shape_of(kind), (), root, expansion, faults)
    for _ in range(_ROUNDS):
        found = list(explain(kind, data, expansion.language)) if not _validator(kind).is_valid(data) else []
        if not found:
            break
        for fault, _, _ in sorted(found, key=lambda entry: tuple(str(step) for step in entry[1])):
            if fault not in faults:
                faults.append(fault)
        for raw in sorted({raw for _, raw, _ in found}, key=_deepest_last_item_first):
            _remove(data, raw)
    return data, faults


def _deepest_last_item_first(raw: RawPath) -> tuple[int, list[tuple[int, int, str]]]:
    return -len(raw), [(0, -step, "") if isinstance(step, int) else (1, 0, step) for step in raw]


def _strip(value: Any, shape: Shape | None, path: Path, node: Node | None, expansion: Expansion, faults: list[Fault]) -> Any:
    """A copy without nulls and unknowns. A null that a comma in flow style left behind is a text that YAML has cut."""
    if isinstance(value, dict):
        result = {}
        for key, item in value.items():
            here = (*path, key)
            child = None if shape is None else shape.properties.get(key, shape.rest)
            if item is None and node is not None and node.flow and _is_cut(node, key):
                faults.append(Fault("text-cut", "comma", here, {"text": key}, at_key=True, value=key))
                continue
            left = answered(shape, child, key, item, here, expansion)
            if left is not MISSING:
                result[key] = _strip(left, child, here, _below(node, key), expansion, faults)
        return result
    if isinstance(value, list):
        return [_strip(item, None, (*path, str(item)), None, expansion, faults) for item in value if item is not None]
    return value


def _below(node: Node | None, key: str) -> Node | None:
    if node is None or node.entries is None:
        return None
    return next((value for name, value in node.entries if name.value == key), None)


def _is_cut(node: Node, key: str) -> bool:
    """Whether a key in a flow map has neither colon nor value, and a text before it: then it is the rest of that text."""
    entries = node.entries or []
    for index, (name, value) in enumerate(entries):
        if name.value == key:
            empty = value.value is None and not value.quoted and value.entries is None and value.items is None
            return empty and index > 0 and value.span.column - name.span.end_column <= 0 and value.span.line == name.span.end_line
    return False


def _remove(data: Any, raw: RawPath) -> None:
    parent = data
    for step in raw[:-1]:
        try:
            parent = parent[step]
        except (KeyError, IndexError, TypeError):
            return
    if not raw:
        return
    try:
        del parent[raw[-1]]
    except (KeyError, IndexError, TypeError):
        return


def _broken_paths(faults: list[Fault]) -> set[Path]:
    """Paths at which no rule speaks: the wrong value itself, the key that a misspelt one stands for, the union with a wrong tag."""
    broken: set[Path] = set()
    for fault in faults:
        broken.add(fault.path)
        if fault.at_key and fault.params.get("nearest"):
            broken.add((*fault.path[:-1], fault.params["nearest"]))
        if fault.name == "key-unknown" and len(fault.path) > 1 and fault.path[-2] in ("basis", "article_9", "article_10"):
            broken.add(fault.path[:-1])
    return broken


def _emptied(checked: CheckedFile) -> set[Path]:
    """Texts, lists and maps of which nothing is left since all that was written in them is wrong: neither present nor missing."""
    emptied: set[Path] = set()
    for path in checked.broken:
        parent = path[:-1]
        while parent and _value(checked.data, parent) in (None, {}, []):
            emptied.add(parent)
            parent = parent[:-1]
    return emptied


def _value(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


# --- keys that are missing --------------------------------------------------------------------------------------------


def _missing_keys(shape: Shape, checked: CheckedFile, path: Path, value: Any, role: str | None) -> None:
    """Reports ! keys that no rule of its own asks for (`key-missing`). An unknown one is an open question."""
    if not isinstance(value, dict):
        return
    for key, child in shape.asking().items():
        if key in value:
            _missing_keys(child, checked, (*path, key), value[key], role)
        elif child.required == "key-missing" and _is_due(child, value, role) and (path or key != "source"):
            here = (*path, key)
            if here not in checked.unknown and not any(path[: len(here)] == here or here[: len(path)] == path for path in checked.broken):
                variant = "permanent" if child.required_if else "missing"
                checked.faults.append(
                    Fault("key-missing", variant, here, {"key": key, "title": child.title_nb or child.title, "example": _example(child)})
                )
    if shape.rest is not None and shape.rest.is_asked_for():
        for key, item in value.items():
            if key not in shape.properties:
                _missing_keys(shape.rest, checked, (*path, key), item, role)


def _is_due(shape: Shape, beside: dict[str, Any], role: str | None) -> bool:
    """Whether a required key is due in this role and beside these keys."""
    if role is not None and shape.required_role not in (None, role):
        return False
    return shape.required_unless not in beside and all(beside.get(key) == value for key, value in shape.required_if)


def _example(shape: Shape) -> str:
    return next((str(example) for example in shape.examples if isinstance(example, (str, int))), "…")


# --- comments that cut a text -----------------------------------------------------------------------------------------


def _hash_cuts(checked: CheckedFile, text: str, root: Shape, language: str) -> None:
    """Warns where ``#`` directly before a letter or digit has ended a text (docs/format.md, text-cut)."""
    tree = read_nodes(text).root
    if tree is None:
        return

    def walk(node: Node, shape: Shape | None, path: Path) -> None:
        if node.entries is not None:
            for key, value in node.entries:
                child = None if shape is None else shape.properties.get(str(key.value), shape.rest)
                walk(value, child, (*path, str(key.value)))
        elif node.hash_cut and shape is not None and _is_free_text(shape):
            checked.faults.append(
                Fault("text-cut", "hash", path if shape.short != "text" else (*path, language), {"text": str(node.value)}, value=node.value)
            )

    walk(tree, root, ())


def _is_free_text(shape: Shape) -> bool:
    return shape.short == "text" or (shape.types == ("string",) and not (shape.enum or shape.open or shape.reference or shape.pattern))
