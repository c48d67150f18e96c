"""Schema, model and format are one: every key of a schema is a field of the model's record and the other way round, of a type that fits."""

from __future__ import annotations

import types
import typing
from typing import Any

import msgspec
import pytest

from ropa.model.activity import Activity
from ropa.model.load import _SINGLE
from ropa.model.parties import Party
from ropa.model.records import Assessment, Cookies, System
from ropa.schema.shapes import Shape, shape_of

RECORDS: dict[str, Any] = {
    "activity": Activity,
    "party": Party,
    "system": System,
    "cookies": Cookies,
    "assessment": Assessment,
    **{kind: record for kind, (_, record) in _SINGLE.items()},
}
SHARED = {("Retention", "per_purpose"), ("RetentionRule", "per_purpose"), ("Sign", "how"), ("Representative", "not_needed")}
"""Fields of a record that stands at several places, not all of which have the key."""


def _alternatives(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return [part for option in typing.get_args(annotation) for part in _alternatives(option)]
    return [annotation]


def _differences(shape: Shape, annotation: Any, path: tuple[str, ...], seen: set[tuple[int, str]]) -> list[str]:
    options = [option for option in _alternatives(annotation) if option is not type(None)]
    where = ".".join(path)
    if (id(shape), str(annotation)) in seen:
        return []
    seen.add((id(shape), str(annotation)))
    found: list[str] = []
    structs = [option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)]
    maps = [option for option in options if typing.get_origin(option) is dict]
    lists = [option for option in options if typing.get_origin(option) is list]
    if shape.short == "text" and set(shape.properties) <= {"nb", "nn", "en"}:
        return (
            []
            if any(str(option) == str(dict[str, str]) for option in options)
            else [f"{where}: a text in the schema, {annotation} in the model"]
        )
    if shape.properties:
        if not structs:
            return [f"{where}: a map with keys in the schema, {annotation} in the model"]
        fields = {field.encode_name: field for field in msgspec.structs.fields(structs[0])}
        found += [f"{where}: {key} is no field of {structs[0].__name__}" for key in shape.properties if key not in fields]
        found += [
            f"{where}: field {key} of {structs[0].__name__} is no key"
            for key in fields
            if key not in shape.properties and key != "id" and (structs[0].__name__, key) not in SHARED
        ]
        for key, child in shape.properties.items():
            if key in fields:
                found += _differences(child, fields[key].type, (*path, key), seen)
    elif shape.rest is not None:
        if not maps:
            return [f"{where}: a map by name in the schema, {annotation} in the model"]
        found += _differences(shape.rest, typing.get_args(maps[0])[1], (*path, "*"), seen)
    elif shape.items is not None:
        found += [] if lists else [f"{where}: a list in the schema, {annotation} in the model"]
    else:
        found += _scalar_differences(shape, options, where)
    return found


def _scalar_differences(shape: Shape, options: list[Any], where: str) -> list[str]:
    wanted = {"string": str, "boolean": bool, "integer": int}
    literal = any(typing.get_origin(option) is typing.Literal for option in options)
    lacking = [name for name in shape.types if name in wanted and wanted[name] not in options and not (name == "string" and literal)]
    return [f"{where}: {name} in the schema, {options} in the model" for name in lacking]


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_model_has_the_keys_of_the_schema(kind: str) -> None:
    assert _differences(shape_of(kind), RECORDS[kind], (kind,), set()) == []
