"""The ids of a registry: where each is declared, and where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ropa.law import vocabulary
from ropa.lsp.places import key_shape, shape_at, word_at
from ropa.schema.documents import KIND_OF_FOLDER
from ropa.schema.names import Names
from ropa.schema.shapes import Shape
from ropa.source.address import Path, split
from ropa.source.nodes import Node, Span

FILES: Final = {kind: folder for folder, kind in KIND_OF_FOLDER.items()}
"""The kinds of thing that have a file each, with their folder."""

_KEYS: Final = {
    "consent": ("consents", ()),
    "retention": ("retention", ()),
    "audience": ("notice", ("audiences",)),
    "data_subjects": ("vocabulary", ("subjects",)),
    "data_categories": ("vocabulary", ("data_categories",)),
    "events": ("vocabulary", ("events",)),
    "security_measures": ("security-measures", ("own",)),
}
"""The kinds of thing that are keys of one file: the record and the map in it."""

_INSIDE: Final = {"purpose": "purposes", "data-group": "data"}
"""What an activity declares inside."""

_KIND_OF: Final = {
    "party-or-us": "party",
    "party-or-us-or-each": "party",
    "party-or-recipient-kind": "party",
    "party-or-source-kind": "party",
    "measure": "security_measures",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A thing with an id. `owner` is the activity of a purpose or data group."""

    kind: str
    name: str
    owner: str = ""

    @property
    def record(self) -> str:
        """The record in which it is declared."""
        if self.kind in FILES:
            return f"{FILES[self.kind]}/{self.name}"
        return f"activities/{self.owner}" if self.owner else _KEYS[self.kind][0]

    @property
    def file(self) -> str:
        """The file in which it is declared."""
        return f"{self.record}.yaml"

    @property
    def path(self) -> Path:
        """The key that declares it; empty for what is a file."""
        if self.kind in FILES:
            return ()
        return (_INSIDE[self.kind], self.name) if self.owner else (*_KEYS[self.kind][1], self.name)


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a symbol is named: `start` and `length` are the part of the word at `span` that is its id."""

    symbol: Symbol
    span: Span
    start: int
    length: int


def declared(record: str, path: Path) -> Symbol | None:
    """What a key of a record declares, if it declares anything."""
    folder, _, owner = record.partition("/")
    if folder == "activities" and len(path) == 2:
        return next((Symbol(kind, path[1], owner) for kind, key in _INSIDE.items() if key == path[0]), None)
    return next((Symbol(kind, path[-1]) for kind, (home, around) in _KEYS.items() if home == record and around == path[:-1] and path), None)


def symbol_of(word: str, shape: Shape, record: str, names: Names) -> Symbol | None:
    """What a word names where it stands, the whole of it; None for shipped codes and for what does not exist."""
    found = list(symbols_of(word, shape, record, names))
    return found[-1][0] if found else None


def symbols_of(word: str, shape: Shape, record: str, names: Names) -> Iterator[tuple[Symbol, int]]:
    """What a word names, and where in the word its id begins: `crm.manage` names an activity and its purpose."""
    kind = shape.reference or (shape.vocabulary if shape.open else None) or ""
    if shape.form == "address" or kind == "record":
        yield from _in_address(word, names)
    elif kind.removesuffix("-anywhere") in _INSIDE:
        yield from _inside(word, kind.removesuffix("-anywhere"), record, names)
    else:
        kind = _KIND_OF.get(kind, kind)
        if (kind in FILES or kind in _KEYS) and _is_own(kind, word, names):
            yield Symbol(kind, word), 0


def _inside(word: str, kind: str, record: str, names: Names) -> Iterator[tuple[Symbol, int]]:
    activity, dot, name = word.rpartition(".")
    if dot and activity in (names.kinds.get("activity") or ()):
        yield Symbol("activity", activity), 0
        yield Symbol(kind, name, activity), len(activity) + 1
    elif not dot and record.startswith("activities/"):
        yield Symbol(kind, word, record.partition("/")[2]), 0


def _in_address(word: str, names: Names) -> Iterator[tuple[Symbol, int]]:
    """The ids that an address goes through (`activities/crm#recipients.hubspot`)."""
    record, path = split(word)
    folder, slash, id_ = record.partition("/")
    kind = KIND_OF_FOLDER.get(folder, "")
    if slash and _is_own(kind, id_, names):
        yield Symbol(kind, id_), len(folder) + 1
    place = len(record) + 1
    for depth, name in enumerate(path):
        place = word.find(name, place)
        if place < 0:
            return
        found = declared(record, path[: depth + 1]) or _on_the_way(record, path[:depth], name, names)
        if found is not None:
            yield found, place
        place += len(name)


def _on_the_way(record: str, above: Path, name: str, names: Names) -> Symbol | None:
    """What one step of an address names: a key that is an id, or a word of a list or of a short form."""
    parent = shape_at(record, above)
    if parent is None:
        return None
    shape = key_shape(parent, name) or (word_at(parent, name, True) if parent.items is not None and not parent.is_map else None)
    return symbol_of(name, shape, record, names) if shape is not None and shape.form != "address" else None


def _is_own(kind: str, word: str, names: Names) -> bool:
    """Whether the registry itself declares an id; a shipped code is none of its own."""
    allowed = names.kinds.get(kind)
    if allowed is None or word not in allowed:
        return False
    if kind == "retention":
        return word not in vocabulary.retention_rules()
    return kind not in vocabulary.list_names() or word not in vocabulary.codes(kind)


# --- the uses in a file -------------------------------------------------------------------------------------------------


def names_word(text: str, word: str) -> bool:
    """Whether a text may name an id: it stands there as a word."""
    return word in text and re.search(rf"(?<![a-z0-9-]){re.escape(word)}(?![a-z0-9-])", text) is not None


def uses(root: Node, record: str, names: Names) -> Iterator[Use]:
    """Every place in a file that names something of the registry, declarations included."""
    shape = shape_at(record, ())
    if shape is not None:
        yield from _uses(root, shape, record, (), names)


def _uses(node: Node, shape: Shape, record: str, path: Path, names: Names) -> Iterator[Use]:
    if node.entries is not None:
        for key, value in node.entries:
            yield from _of_key(key, value, shape, record, (*path, str(key.value)), names)
            child = shape.properties.get(str(key.value), shape.rest)
            if child is not None:
                yield from _uses(value, child, record, (*path, str(key.value)), names)
    elif node.items is not None:
        for item in node.items:
            yield from _of_word(item, shape, True, record, names)
    else:
        yield from _of_word(node, shape, False, record, names)


def _of_key(key: Node, value: Node, parent: Shape, record: str, path: Path, names: Names) -> Iterator[Use]:
    symbol = declared(record, path)
    if symbol is not None:
        yield Use(symbol, key.span, int(key.quoted), len(symbol.name))
        return
    shape = key_shape(parent, path[-1])
    if shape is None or (parent.key_default is not None and _says(value, parent.key_default)):
        return  # where the field inside names it, the key is a name of its own
    for found, start in symbols_of(path[-1], shape, record, names):
        yield Use(found, key.span, start + int(key.quoted), len(found.name))


def _says(value: Node, key: str) -> bool:
    return any(name.value == key for name, _ in value.entries or ())


def _of_word(node: Node, shape: Shape, in_list: bool, record: str, names: Names) -> Iterator[Use]:
    if not isinstance(node.value, str) or node.span.line != node.span.end_line:
        return
    named = word_at(shape, node.value, in_list)
    if named is not None:
        for found, start in symbols_of(node.value, named, record, names):
            yield Use(found, node.span, start + int(node.quoted), len(found.name))
