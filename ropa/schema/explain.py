"""What the JSON Schema validator says, in the terms of the format: which formal finding, where, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ropa.law import countries
from ropa.schema.documents import checked_schema
from ropa.schema.expand import asked_key, is_placeholder, placeholder_fault, placeholder_name
from ropa.schema.faults import Fault
from ropa.schema.names import by_label, nearest
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

RawPath = tuple[str | int, ...]

LEADS_TO_RULE = {
    "fallback_basis": ("basis-swapped", ""),
    "legal_basis": ("purpose-without-legal-basis", "basis"),
    "provision": ("mandatory-provision-undeclared", "obligation_to_provide"),
    "storage": ("retention-missing", "retention"),
    "third_countries": ("transfer-country-missing", "stored_in"),
}
"""Keys that people write for a reason, the rule that answers, and the right key (docs/format.md)."""

LED_FROM = {"third_countries": ("activity", "party", "system")}
"""The kinds of record in which such a key is meant so; activities where nothing stands here."""

_BASES = {
    "consent": re.compile(r"samtykk|consent|6\(1\)\(a\)", re.IGNORECASE),
    "contract": re.compile(r"avtale|kontrakt|contract|6\(1\)\(b\)", re.IGNORECASE),
    "legal-obligation": re.compile(r"retts?leg plikt|rettslig (?:forpliktelse|plikt)|legal.obligation|6\(1\)\(c\)", re.IGNORECASE),
    "vital-interests": re.compile(r"vitale? interes|6\(1\)\(d\)", re.IGNORECASE),
    "public-task": re.compile(r"allmennhetens interesse|allmenta|offentlig myndighet|public.task|6\(1\)\(e\)", re.IGNORECASE),
    "legitimate-interest": re.compile(
        r"berettigede? interes|berettiget interes|rettkom\w+ interes|legitimate.interest|6\(1\)\(f\)", re.IGNORECASE
    ),
}
"""What people write where a text stands in place of a basis, by the basis that they mean."""

FEW_CODES = 12
"""As many codes as a message lists."""

_ISO_DURATION = re.compile(r"P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?)?\Z")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\Z")
_YES = {
    "yes": "true",
    "ja": "true",
    "on": "true",
    "y": "true",
    "no": "false",
    "nei": "false",
    "nein": "false",
    "off": "false",
    "n": "false",
    "true": "true",
    "false": "false",
}


def explain(kind: str, data: dict[str, Any], language: str) -> Iterator[tuple[Fault, RawPath, bool]]:
    """Every breach of the schema: the fault, the raw path of what is at fault, and whether its key is (not its value).

    `language` is the registry's default, in which a plain value stands where a text belongs.
    jsonschema is imported here: a clean registry never needs it.
    """
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(checked_schema(kind)).iter_errors(data):
        for leaf in _leaves(error):
            yield from _faults(kind, leaf, data, language)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors below an ``anyOf`` that belong to the form which was written: those of the branch whose type fits."""
    if error.validator != "anyOf":
        yield error
        return
    branches: dict[int, list[ValidationError]] = {}
    for child in error.context or ():
        branches.setdefault(int(child.relative_schema_path[0]), []).append(child)
    fitting = [found for found in branches.values() if not any(e.validator == "type" and not e.relative_path for e in found)]
    for chosen in fitting[-1:] or [[error]]:
        for leaf in chosen:
            yield from _leaves(leaf) if leaf is not error else (error,)


def _faults(kind: str, error: ValidationError, data: dict[str, Any], language: str) -> Iterator[tuple[Fault, RawPath, bool]]:
    raw: RawPath = tuple(error.absolute_path)
    path, shape = long_path(shape_of(kind), data, raw)
    if error.validator == "additionalProperties":
        known = shape.properties if shape is not None else {}
        written: Any = error.instance
        for key in written:
            if key not in known:
                yield _unknown_key(kind, key, written[key], path, shape), (*raw, key), True
    elif "propertyNames" in error.absolute_schema_path:
        key = str(error.instance)
        if is_placeholder(key):
            yield placeholder_name(key, (*path, key)), (*raw, key), True
            return
        yield Fault("value-invalid", "id", (*path, key), {"value": key}, at_key=True, value=key), (*raw, key), True
    elif error.validator in ("minProperties", "minItems"):
        return
    else:
        yield _wrong_value(error.instance, path, shape, language), raw, False


def _long_form(value: Any, path: Path, shape: Shape | None, language: str) -> tuple[Path, Shape | None]:
    """Where a short form's value stands in the long form, which addresses are always in (docs/format.md)."""
    if shape is None or isinstance(value, (dict, list)):
        return path, shape
    if shape.short == "text":
        return (*path, language), shape
    if shape.short == "key":
        return (*path, shape.short_key), shape.properties.get(shape.short_key)
    if shape.short in ("list", "keys") and isinstance(value, str):
        return (*path, value), shape
    return path, shape


def long_path(root: Shape, data: Any, raw: RawPath) -> tuple[Path, Shape | None]:
    """The long-form path of a raw one and the shape there: list items by their code, short forms by the key that they stand for."""
    path: list[str] = []
    shape: Shape | None = root
    value = data
    for step in raw:
        if shape is not None and shape.short == "key" and not isinstance(value, dict):
            path.append(shape.short_key)
            shape = shape.properties.get(shape.short_key)
        value = value[step]
        if isinstance(step, int):
            path.append(value if isinstance(value, str) else str(step))
            shape = None if shape is None else (shape.rest if shape.short == "keys" else shape.items)
        else:
            path.append(step)
            shape = None if shape is None else shape.properties.get(step, shape.rest)
    return tuple(path), shape


def _unknown_key(kind: str, key: str, value: Any, path: Path, shape: Shape | None) -> Fault:
    known = list(shape.properties) if shape is not None else []
    here = (*path, key)
    if key in LEADS_TO_RULE and kind in LED_FROM.get(key, ("activity",)):
        rule, right = LEADS_TO_RULE[key]
        variant = "wrong-key" if right in known or not right else "wrong-key-elsewhere"
        return Fault(rule, variant, here, {"key": key, "nearest": right}, at_key=True, value=value)
    if path[-1:] == ("basis",) and key in shape_of("activity").at(("data", "x", "article_9")).properties:  # type: ignore[union-attr]  # the format has the key
        return Fault("special-condition-without-article-6", "wrong-key", path, {"key": key}, at_key=True, value={key: value})
    bare = key.replace("\u00a0", "").strip()
    if bare != key and "\u00a0" in key:
        return Fault("key-unknown", "no-break-space", here, {"key": key, "nearest": bare}, at_key=True, value=value)
    if key.lower() in ("on", "no", "yes", "off", "y", "n"):
        return Fault("key-unknown", "yaml-1-1-word", here, {"key": key, "known": ", ".join(known)}, at_key=True, value=value)
    near = nearest_key(key, known)
    params = {"key": key, "nearest": near or "", "known": ", ".join(known), "where": path[-1] if path else ""}
    return Fault("key-unknown", "near" if near else "far", here, params, at_key=True, value=value)


def nearest_key(key: str, known: list[str]) -> str | None:
    """The known key that was most likely meant: case, hyphens, plurals and slips of the finger."""
    low = key.lower().replace(" ", "_")
    for candidate in (low, low.replace("-", "_"), low.replace("_", "-")):
        if candidate in known:
            return candidate
    found = get_close_matches(low, known, 1, 0.7)
    return found[0] if found else None


def _wrong_value(value: Any, raw: Path, outer: Shape | None, language: str) -> Fault:
    """The fault of a value at a key as it was written; the words name that key, also where the value stands for one below it."""
    written = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    path, shape = _long_form(value, raw, outer, language)
    params = {"value": written[:80], "key": asked_key(raw, value), "expected": _expected(shape), "language": language}
    if isinstance(value, str) and is_placeholder(value):
        return placeholder_fault(value, path, params["key"])
    if path == ("format",) and isinstance(value, (int, float, str)):
        return Fault("format-unknown", "newer", path, {"format": written}, value=value)
    if isinstance(value, list) and path[-1:] == ("basis",):
        return Fault(
            "several-bases-for-one-purpose", "list", path, {"value": ", ".join(str(item) for item in value)}, at_key=True, value=value
        )
    if isinstance(value, str) and path[-1:] == ("basis",) and _several_bases(value):
        return Fault("several-bases-for-one-purpose", "list", path, {"value": written[:80]}, value=value)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and shape is not None and "array" not in shape.types:
        return _bracketed(value[0], path, shape, params)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and shape is not None and "string" in shape.types:
        return Fault("number-for-text", "number", path, params, value=value)
    if isinstance(value, str):
        return _wrong_string(value, path, shape, params, _words(outer))
    if isinstance(value, list) and shape is not None and shape.is_map and any(isinstance(item, dict) for item in value):
        return Fault("form-wrong", "list-for-map", path, params, at_key=True, value=value)
    variant = "list" if path[-1:] and path[-1].isdecimal() else _type_variant(shape)
    return Fault("value-invalid", variant, path, {**params, **_known(shape)}, at_key=isinstance(value, (dict, list)), value=value)


def _bracketed(item: str, path: Path, shape: Shape, params: dict[str, str]) -> Fault:
    """One value in brackets: where a text belongs it was left for someone to fill in (``[navn]``), else the brackets are too much."""
    code = bool(shape.enum or shape.open or shape.reference or shape.form) and shape.short != "text"
    if code and not is_placeholder(f" [{item}]") and not is_placeholder(item):
        return Fault("form-wrong", "rewrite", path, {**params, "value": f"[{item}]", "right": item}, value=[item])
    return Fault("placeholder", "brackets", path, {**params, "value": f"[{item}]"}, value=[item])


def _several_bases(text: str) -> bool:
    """Whether a text that stands in place of a basis names more than one."""
    return len({key for key, names in _BASES.items() if names.search(text)}) > 1


def _words(outer: Shape | None) -> tuple[str, ...]:
    """Words that may stand in place of a map's short form, as `none` may."""
    return tuple(sorted(outer.sentinels | outer.empty_sentinels)) if outer is not None and outer.short == "key" else ()


def _wrong_string(value: str, path: Path, shape: Shape | None, params: dict[str, str], words: tuple[str, ...]) -> Fault:
    form = shape.form if shape is not None else None
    right = rewritten(value, form, shape)
    if right is not None:
        variant = "rewrite" if params["key"] == path[-1] else "rewrite-item"
        return Fault("form-wrong", variant, path, {**params, "right": right}, value=value)
    if shape is not None and shape.enum:
        return _wrong_code(value, path, shape, params, (*words, *shape.enum))
    if form in ("date", "duration", "country", "place"):
        return Fault("value-invalid", form, path, params, value=value)
    names = shape is not None and shape.is_map and path[-1:] == (value,)  # an item of a list that is short for a map
    if form == "id" or names or (shape is not None and (shape.reference or shape.open)):
        return Fault("value-invalid", "id", path, params, value=value)
    return Fault("value-invalid", _type_variant(shape), path, {**params, **_known(shape)}, value=value)


def _known(shape: Shape | None) -> dict[str, str]:
    """The keys that may stand in a map."""
    return {"known": ", ".join(shape.properties)} if shape is not None and shape.properties else {}


def _wrong_code(value: str, path: Path, shape: Shape, params: dict[str, str], allowed: tuple[str, ...]) -> Fault:
    """A code that its list does not have: what was meant by it, else the list where it is short, else the name of the list."""
    near = nearest(value, allowed)
    meant = by_label(shape.vocabulary or "", value) if not near else None
    if meant is not None:
        params = {**params, "meant": meant.code, "label": meant.label(params["language"])}
    variant = "near" if near else "label" if meant else "one-of" if len(allowed) <= FEW_CODES else "closed"
    found = {**params, "nearest": near or "", "kind": shape.vocabulary or "", "allowed": ", ".join(dict.fromkeys(allowed))}
    return Fault("code-unknown", variant, path, found, value=value)


def rewritten(value: str, form: str | None, shape: Shape | None) -> str | None:
    """The same value in the right form, where there is exactly one reading of it; else None."""
    if form == "duration":
        return _duration(value)
    if form == "date":
        found = _DATE.match(value.strip())
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else None
    if form in ("country", "place"):
        return countries.nearest(value)
    if shape is not None and shape.types == ("boolean",):
        return _YES.get(value.lower())
    return None


def _duration(value: str) -> str | None:
    iso = _ISO_DURATION.match(value.strip().upper())
    if iso:
        parts = [
            (int(number), unit)
            for number, unit in zip(iso.groups(), ("year", "month", "week", "day", "hour", "minute"), strict=True)
            if number
        ]
        parts = [(number * 7, "day") if unit == "week" else (number, unit) for number, unit in parts]
        return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts)
    words = {
        "år": "year",
        "års": "year",
        "year": "year",
        "måned": "month",
        "måneder": "month",
        "månader": "month",
        "month": "month",
        "mnd": "month",
        "dag": "day",
        "dager": "day",
        "dagar": "day",
        "døgn": "day",
        "day": "day",
        "time": "hour",
        "timer": "hour",
        "timar": "hour",
        "hour": "hour",
    }
    found = re.match(r"(\d+)\s+([a-zæøå]+?)s?\Z", value.strip().lower())
    unit = words.get(found[2]) or words.get(found[2] + "s") if found else None
    return f"{found[1]} {unit}{'' if found[1] == '1' else 's'}" if found and unit else None


def _expected(shape: Shape | None) -> str:
    if shape is None:
        return ""
    if shape.examples:
        example = shape.examples[0]
        return example if isinstance(example, str) else ""
    return ""


def _type_variant(shape: Shape | None) -> str:
    """Which words say what is expected: a yes or no, a number, a text by language, a list, a map or a single value."""
    if shape is None:
        return "shape"
    if shape.types == ("boolean",):
        return "boolean"
    if shape.types == ("integer",):
        return "integer"
    if shape.short == "text":
        return "text"
    if shape.is_map and "string" not in shape.types:
        return "keys" if shape.properties else "map"
    if "array" in shape.types:
        return "list"
    return "single" if "string" in shape.types else "shape"
