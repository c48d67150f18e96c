"""From an id to its declaration and its uses, and to another id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol import types

from ropa.law import vocabulary
from ropa.lsp.cursor import cursor_at
from ropa.lsp.places import key_shape, shape_at, word_at
from ropa.lsp.positions import Positions
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.symbols import FILES, Symbol, Use, declared, names_word, symbols_of, uses
from ropa.lsp.words import said
from ropa.schema.names import RESERVED_IDS
from ropa.source.files import ID, Document, proper_id


class Refused(Exception):
    """An id that cannot be renamed so; the message says why, in the language of the messages."""


@dataclass(frozen=True, slots=True)
class Found:
    """The symbol under the cursor, with where its id stands (offsets)."""

    symbol: Symbol
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Used:
    """One use of a symbol: the file, and where its id stands there (offsets)."""

    file: str
    start: int
    end: int


def symbol_at(registry: OpenRegistry, name: str, position: types.Position) -> Found | None:
    """The id under a position; None where none stands."""
    document = registry.document(name)
    if document is None:
        return None
    positions = registry.positions(name)
    offset = positions.offset(position)
    cursor = cursor_at(positions.read, offset)
    parent = shape_at(document.record, cursor.path)
    if parent is None or not cursor.word:
        return None
    if cursor.role == "key":
        symbol = declared(document.record, (*cursor.path, cursor.word))
        if symbol is not None:
            return Found(symbol, cursor.start, cursor.end)
        shape = key_shape(parent, cursor.word)
    else:
        shape = word_at(parent, cursor.word, cursor.role == "item")
    if shape is None:
        return None
    named = symbols_of(cursor.word, shape, document.record, registry.vocabulary().names)
    found = [Found(each, cursor.start + at, cursor.start + at + len(each.name)) for each, at in named]
    return next((each for each in found if each.start <= offset <= each.end), found[-1] if found else None)


def definition(registry: OpenRegistry, symbol: Symbol) -> Used | None:
    """Where a symbol is declared: at its key, or at the beginning of its file."""
    document = registry.document(symbol.file)
    if document is None:
        return None
    if symbol.kind in FILES:
        return Used(symbol.file, 0, 0)
    return next((use for use in _uses_in(registry, document, symbol) if _declares(registry, use, symbol)), None)


def _declares(registry: OpenRegistry, use: Used, symbol: Symbol) -> bool:
    cursor = cursor_at(registry.positions(use.file).read, use.start)
    return cursor.role == "key" and (*cursor.path, cursor.word) == symbol.path


def references(registry: OpenRegistry, symbol: Symbol) -> Iterator[Used]:
    """Every place that names a symbol, in the order of files and places. A key that declares it is among them."""
    for document in registry.documents():
        yield from _uses_in(registry, document, symbol)


def _uses_in(registry: OpenRegistry, document: Document, symbol: Symbol) -> Iterator[Used]:
    if document.data is None or not names_word(document.text, symbol.name):
        return
    root = registry.locator(document).node(())
    if root is None:
        return
    positions = registry.positions(document.file)
    for use in uses(root, document.record, registry.vocabulary().names):
        if use.symbol == symbol:
            start = _start(positions, use)
            yield Used(document.file, start, start + use.length)


def _start(positions: Positions, use: Use) -> int:
    return positions.offset_in_yaml(use.span.line, use.span.column) + use.start


# --- renaming -----------------------------------------------------------------------------------------------------------


def check_name(registry: OpenRegistry, symbol: Symbol, new: str, language: str) -> None:
    """Raises `Refused` for an id of the wrong form, reserved or taken, and where a file that may name the old one cannot be read."""
    if not ID.match(new):
        raise Refused(said("id-form", language, name=new, near=proper_id(new)))
    if new in RESERVED_IDS:
        raise Refused(said("id-reserved", language, name=new))
    if _is_shipped(symbol.kind, new):
        raise Refused(said("id-kind", language, name=new))
    if _is_taken(registry, Symbol(symbol.kind, new, symbol.owner)):
        raise Refused(said("id-taken", language, name=new))
    for document in registry.documents():
        if document.data is None and names_word(document.text, symbol.name):
            raise Refused(said("unreadable", language, file=document.file, name=symbol.name))


def _is_taken(registry: OpenRegistry, symbol: Symbol) -> bool:
    names = registry.vocabulary().names
    if symbol.owner:
        return f"{symbol.owner}.{symbol.name}" in (names.kinds.get(f"{symbol.kind}-anywhere") or ())
    return symbol.name in (names.kinds.get(symbol.kind) or ()) or (symbol.kind in FILES and registry.document(symbol.file) is not None)


def _is_shipped(kind: str, name: str) -> bool:
    """Whether an id would be a code that comes with the tool: a party's id is no kind of recipient or source."""
    if kind == "party":
        return name in vocabulary.codes("recipient_kinds") or name in vocabulary.codes("source_kinds")
    if kind == "retention":
        return name in vocabulary.retention_rules()
    return kind in vocabulary.list_names() and name in vocabulary.codes(kind)
