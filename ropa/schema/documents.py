"""The schema files as they lie in ``schemas/``, and what the checker makes of them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec

from ropa.resources import directory

Json = dict[str, Any]

KIND_OF_FOLDER: Final = {
    "activities": "activity",
    "parties": "party",
    "systems": "system",
    "cookies": "cookies",
    "assessments": "assessment",
}
_COMMON: Final = "common.schema.json"
_UNKNOWN: Final = "#/$defs/unknown"
_ANNOTATIONS: Final = ("title", "description", "examples", "default")


def kind_of(record: str) -> str:
    """The kind of record, which is the schema's name, of an address's first part: ``activities/x`` → ``activity``."""
    folder, slash, _ = record.partition("/")
    return KIND_OF_FOLDER[folder] if slash else record


@cache
def document(kind: str) -> Json:
    """The schema file of a kind of record, as written."""
    path = directory("schemas") / f"{kind}.schema.json"
    loaded: Json = msgspec.json.decode(path.read_bytes())
    return loaded


def definition(reference: str, home: str) -> tuple[Json, str]:
    """The target of a ``$ref`` that stands in the schema ``home``, and the schema in which it stands."""
    file, _, pointer = reference.partition("#")
    kind = file.removesuffix(".schema.json") or home
    node: Any = document(kind)
    for step in pointer.strip("/").split("/"):
        node = node[step] if step else node
    return node, kind


def is_unknown_branch(node: Json) -> bool:
    """Whether a branch of an ``anyOf`` is the answer ``unknown``, legal at every key."""
    return str(node.get("$ref", "")).endswith(_UNKNOWN)


def without_unknown(node: Json) -> Json:
    """A schema node with its ``unknown`` branch taken away: the tool strips unknowns before it looks at shapes."""
    branches = node.get("anyOf")
    if not branches or not any(is_unknown_branch(branch) for branch in branches):
        return node
    rest = [branch for branch in branches if not is_unknown_branch(branch)]
    outer = {key: value for key, value in node.items() if key != "anyOf"}
    return {**rest[0], **outer} if len(rest) == 1 else {**outer, "anyOf": rest}


@cache
def checked_schema(kind: str) -> Json:
    """The schema of a kind of record as the checker uses it: without annotations and ``unknown``, open vocabularies by form."""
    definitions = {f"common-{name}": _checked(node, "common") for name, node in document("common")["$defs"].items() if name != "unknown"}
    root = document(kind)
    definitions.update({name: _checked(node, kind) for name, node in root.get("$defs", {}).items()})
    schema = _checked({key: value for key, value in root.items() if key not in ("$defs", "$id")}, kind)
    return {**schema, "$defs": definitions}


def _checked(node: Any, home: str) -> Any:
    if isinstance(node, list):
        return [_checked(item, home) for item in node]
    if not isinstance(node, dict):
        return node
    node = without_unknown(node)
    if node.get("x-open"):
        node = _open(node)
    result: Json = {}
    for key, value in node.items():
        if (key in _ANNOTATIONS and not isinstance(value, dict)) or key.startswith("x-"):
            continue
        if key == "$ref":
            result[key] = _bundled(value, home)
        elif key in ("properties", "patternProperties", "$defs"):
            result[key] = {name: _checked(child, home) for name, child in value.items()}
        elif key == "examples" or key in _ANNOTATIONS:
            continue
        else:
            result[key] = _checked(value, home)
    return result


def _open(node: Json) -> Json:
    """An open vocabulary without its shipped codes: own codes have the form of an id, and are looked up elsewhere."""
    branches = [branch for branch in node.get("anyOf", []) if set(branch) - {"enum", *_ANNOTATIONS}]
    outer = {key: value for key, value in node.items() if key != "anyOf"}
    if not branches:
        return outer
    return {**outer, **branches[0]} if len(branches) == 1 else {**outer, "anyOf": branches}


def _bundled(reference: str, home: str) -> str:
    file, _, pointer = reference.partition("#")
    name = pointer.removeprefix("/$defs/")
    common = file == _COMMON or (not file and home == "common")
    return f"#/$defs/common-{name}" if common else f"#/$defs/{name}"
