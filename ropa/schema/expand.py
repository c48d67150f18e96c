"""Short forms made long, unknowns taken out, ids and codes looked up: one walk over a file's data along its shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from ropa.law import LANGUAGES, countries
from ropa.schema.faults import Fault
from ropa.schema.names import PLACE_LISTS, Names, by_label
from ropa.schema.shapes import Shape
from ropa.source.address import Path

UNKNOWN: Final = "unknown"
MISSING: Final = object()
UNIONS: Final = ("basis", "article_9")
"""Maps whose keys say which kind of thing it is."""

_PLACEHOLDER: Final = re.compile(
    r"\A\W*\?+\W*\Z|\b(?:TODO|TBD|FIXME)\b|\A\W*[xX]{3,}\W*\Z|…|\A\.{3,}\Z|\A\[[^\]]*\]\s*\Z|\[(?:navn|namn|name|dato|date|tekst|text)\b[^\]]*\]",
    re.IGNORECASE,
)
_CONTROL: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]")
_HIDDEN: Final = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def is_placeholder(value: str) -> bool:
    """Whether a value only stands where the answer should (docs/format.md)."""
    return _PLACEHOLDER.search(value) is not None


def is_unusual(text: str) -> bool:
    """Whether a file's text may hold an unknown, a placeholder or a control character; in other text nothing of the kind is looked for.

    Written out, since every file of a registry passes here and one expression takes a tenth of a search by pattern.
    """
    return (
        "unknown" in text
        or "?" in text
        or "\\" in text
        or "…" in text
        or "..." in text
        or '["' in text
        or '"[' in text
        or "'[" in text
        or '"  ' in text
        or '" "' in text
        or "' '" in text
        or "'  " in text
        or "|\n" in text
        or ">\n" in text
        or _has_word(text.lower())
        or (not text.isascii() and _HIDDEN.search(text) is not None)
    )


def _has_word(low: str) -> bool:
    return (
        "todo" in low
        or "tbd" in low
        or "fixme" in low
        or "xxx" in low
        or "[navn" in low
        or "[namn" in low
        or "[dato" in low
        or "[tekst" in low
        or " [date" in low
        or " [name " in low
    )


@dataclass(slots=True)
class Expansion:
    """What the walk found beside the long data.

    `unknown` maps the paths answered ``unknown`` to the officer's words; `dangling` are references to parties that do not exist.
    `stripped` tells that unknowns and wrong parts were taken out before, so that what is empty was not written so.
    """

    language: str
    names: Names
    careful: bool = True
    stripped: bool = False
    faults: list[Fault] = field(default_factory=list)
    unknown: dict[Path, str] = field(default_factory=dict)
    dangling: list[tuple[Path, str]] = field(default_factory=list)
    party_uses: list[tuple[Path, str]] = field(default_factory=list)


def expand(shape: Shape, value: Any, path: Path, into: Expansion) -> Any:
    """The long form of a value that has the right shape; `MISSING` for what counts as left out (unknown, null, an unknown name)."""
    kind = type(value)
    if kind is str:
        return _string(shape, value, path, into)
    if kind is dict:
        return _map(shape, value, path, into)
    if kind is list:
        return _list(shape, value, path, into)
    if kind is float and value.is_integer() and "integer" in shape.types:
        value = int(value)
    return MISSING if value is None else _short(shape, value, path, into)


def answered(parent: Shape | None, shape: Shape | None, key: str, value: Any, path: Path, into: Expansion) -> Any:
    """What a key is answered with: `MISSING` for nothing and ``unknown``, which is noted; a thing with a name is there even when empty.

    The tag of a union says which tag it is, also when it is empty or ``unknown`` (``legal-obligation: unknown``): what it asks for
    is then missing or unknown.
    """
    named = parent is not None and shape is not None and key not in parent.properties and shape.is_map and shape.short != "text"
    tag = len(path) > 1 and path[-2] in UNIONS and shape is not None and shape.short == "key"
    if value is None or (type(value) is str and not value.strip()):
        return {} if tag or (named and value is None) else MISSING
    if value in ({}, []) and shape is not None and shape.empty_sentinels and not into.stripped:  # a word says that there is nothing
        return MISSING
    if value != UNKNOWN and not (type(value) is dict and len(value) == 1 and UNKNOWN in value):
        return value
    words = "" if value == UNKNOWN else str(value[UNKNOWN] or "")
    if tag and shape is not None:
        into.unknown[(*path, shape.short_key)] = words
        return {}
    into.unknown[path] = words
    return MISSING


def _string(shape: Shape, value: str, path: Path, into: Expansion) -> Any:
    if into.careful and _rejected(value, _long_path(shape, value, path, into), into, asked_key(path, value)):
        return MISSING
    if value in shape.sentinels:
        return value
    if value in shape.empty_sentinels:
        return {}
    short = shape.short
    if short is None:
        return _leaf(shape, value, path, into)
    if short == "text":
        return {into.language: value}
    return _short(shape, value, path, into)


def _long_path(shape: Shape, value: str, path: Path, into: Expansion) -> Path:
    """Where a plain value stands in the long form."""
    if shape.short == "text":
        return (*path, into.language)
    if shape.short == "key":
        return (*path, shape.short_key)
    return (*path, value) if shape.short in ("list", "keys") else path


def _short(shape: Shape, value: Any, path: Path, into: Expansion) -> Any:
    short = shape.short
    if short == "list":
        return _list(shape, [value], path, into)
    if short == "keys":
        return _map(shape, {str(value): {}}, path, into)
    if short == "key":
        return _map(shape, {shape.short_key: value}, path, into)
    return value


def _leaf(shape: Shape, value: str, path: Path, into: Expansion) -> Any:
    if shape.open and shape.vocabulary is not None:
        if not into.names.allows(shape.vocabulary, value):
            return _unknown_name("code-unknown", shape.vocabulary, value, path, into)
    elif shape.reference is not None:
        return _reference(shape.reference, value, path, into)
    elif shape.form == "date":
        return _date(value, path, into)
    elif shape.form in ("country", "place") and shape.vocabulary and not into.names.allows(shape.vocabulary, value):
        return _unknown_name("code-unknown", shape.vocabulary, value, path, into)
    return value


def _date(value: str, path: Path, into: Expansion) -> Any:
    try:
        date.fromisoformat(value)
    except ValueError:
        into.faults.append(Fault("value-invalid", "impossible-date", path, {"value": value}, value=value))
        return MISSING
    return value


def _reference(kind: str, value: str, path: Path, into: Expansion) -> Any:
    party = kind.startswith("party")
    if party:
        into.party_uses.append((path, value))
    if into.names.allows(kind, value):
        return value
    if party:
        into.dangling.append((path, value))
        return MISSING
    return _unknown_name("reference-unknown", kind, value, path, into)


def _unknown_name(name: str, kind: str, value: str, path: Path, into: Expansion) -> Any:
    near = countries.nearest(value) if kind in PLACE_LISTS else into.names.nearest(kind, value)
    params = {"value": value, "kind": kind, "key": asked_key(path, value), "nearest": near or ""}
    meant = by_label(kind, value) if name == "code-unknown" and not near else None
    if meant is not None:
        params |= {"meant": meant.code, "label": meant.label(into.language)}
    variant = "near" if near else "label" if meant else "country" if kind in PLACE_LISTS else "far"
    into.faults.append(Fault(name, variant, path, params, value=value))
    return MISSING


def _rejected(value: str, path: Path, into: Expansion, key: str) -> bool:
    """Whether a text is a placeholder or holds control characters; both are findings and neither present nor missing."""
    if is_placeholder(value):
        into.faults.append(placeholder_fault(value, path, key))
        return True
    control = _CONTROL.search(value)
    if control is not None:
        into.faults.append(Fault("value-invalid", "control", path, {"value": f"U+{ord(control.group()):04X}"}, value=value))
        return True
    return False


def placeholder_fault(value: str, path: Path, key: str) -> Fault:
    """The fault of a placeholder that stands in place of an answer to a key, the one that was written."""
    return Fault("placeholder", "text", path, {"value": value.strip()[:80], "key": key}, value=value)


def placeholder_name(key: str, path: Path) -> Fault:
    """The fault of a placeholder that stands in place of a name."""
    return Fault("placeholder", "name", path, {"value": key}, at_key=True, value=key)


def asked_key(path: Path, value: Any) -> str:
    """The key that a value answers: of an element of a list the list's, of a text in a language the text's."""
    named = path[:-1] if len(path) > 1 and (path[-1] == value or path[-1] in LANGUAGES or path[-1].isdecimal()) else path
    return named[-1] if named else ""


def _list(shape: Shape, value: list[Any], path: Path, into: Expansion) -> Any:
    if shape.short == "keys":
        return _map(shape, {str(item): {} for item in value}, path, into)
    if shape.short == "key":
        return _map(shape, {shape.short_key: value}, path, into)
    item_shape = shape.items
    if item_shape is None:
        return value
    result = []
    for index, item in enumerate(value):
        name = item if type(item) is str else str(index)
        long = expand(item_shape, item, (*path, name), into)
        if long is not MISSING:
            result.append(long)
    return result


def _map(shape: Shape, value: dict[str, Any], path: Path, into: Expansion) -> Any:
    properties, rest = shape.properties, shape.rest
    result: dict[str, Any] = {}
    for key, item in value.items():
        child = properties.get(key, rest)
        if child is None:
            result[key] = item
            continue
        here = (*path, key)
        given = answered(shape, child, key, item, here, into) if into.careful or not item else item
        long = MISSING if given is MISSING else expand(child, given, here, into)
        if long is MISSING:
            continue
        if rest is not None and shape.key_names is not None and key not in properties and not _key(shape, key, long, here, into):
            continue
        result[key] = long
    return result


def _key(shape: Shape, key: str, value: Any, path: Path, into: Expansion) -> bool:
    """Looks up a key that names something; where it is the default of a field inside, fills that field. False where it names nothing."""
    names = shape.key_names
    assert names is not None
    if into.careful and is_placeholder(key):
        into.faults.append(placeholder_name(key, path))
        return False
    kind = names.reference or (names.vocabulary if names.open or names.form in ("country", "place") else None)
    if kind is None:
        return True
    default = shape.key_default
    if default is not None and isinstance(value, dict) and value.get(default) is not None:
        return True
    if into.names.allows(kind, key):
        if kind.startswith("party"):
            into.party_uses.append((path, key))
        if default is not None and isinstance(value, dict) and (default != "party" or into.names.allows("party", key)):
            value[default] = key
        return True
    if kind.startswith("party"):
        into.dangling.append((path, key))
    else:
        _unknown_name("reference-unknown" if names.reference else "code-unknown", kind, key, path, into)
    return False
