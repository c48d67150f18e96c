"""What stands under the pointer, explained: a key, a code, an id, a country, a provision of law."""

from __future__ import annotations

from collections.abc import Mapping

from lsprotocol import types

from ropa.law import vocabulary
from ropa.law.references import OwnLaw
from ropa.lsp.cursor import Cursor, cursor_at
from ropa.lsp.declared import Declared
from ropa.lsp.describe import code_page, joined, key_page, law_page, place_page, plain
from ropa.lsp.places import key_shape, shape_at, word_at
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.symbols import Symbol, declared, symbol_of
from ropa.lsp.words import said
from ropa.schema.names import PLACE_LISTS
from ropa.schema.shapes import Shape

_TAGS = {"basis": "legal_bases", "article_9": "article_9_conditions"}
"""Maps whose keys are codes of the law, with the list of these."""


def hover(registry: OpenRegistry, name: str, position: types.Position) -> types.Hover | None:
    """The explanation of what stands at a position; None where there is nothing to explain."""
    document = registry.document(name)
    if document is None:
        return None
    positions = registry.positions(name)
    cursor = cursor_at(positions.read, positions.offset(position))
    parent = shape_at(document.record, cursor.path)
    if parent is None or not cursor.word:
        return None
    known = registry.vocabulary()
    page = (
        _key(registry, document.record, cursor, parent, known)
        if cursor.role == "key"
        else _word(registry, document.record, cursor, parent, known)
    )
    if not page:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, page), positions.range(cursor.start, cursor.end))


def _key(registry: OpenRegistry, record: str, cursor: Cursor, parent: Shape, known: Declared) -> str:
    own = key_shape(parent, cursor.word)
    if own is not None:
        symbol = declared(record, (*cursor.path, cursor.word))
        return _named(registry, record, cursor.word, own, known, symbol) if symbol is None else _symbol(symbol, known)
    shape = parent.properties.get(cursor.word)
    if shape is None:
        return ""
    page = key_page(cursor.word, shape, known.language)
    listed = _TAGS.get(cursor.path[-1]) if cursor.path else None
    return page if listed is None else joined((page, _article_of(listed, cursor.word, known.language)))


def _article_of(listed: str, code: str, language: str) -> str:
    found = vocabulary.codes(listed).get(code)
    return law_page(f"GDPR {found.article}", {}, language) if found is not None and found.article else ""


def _word(registry: OpenRegistry, record: str, cursor: Cursor, parent: Shape, known: Declared) -> str:
    shape = word_at(parent, cursor.word, cursor.role == "item")
    page = _named(registry, record, cursor.word, shape, known, None) if shape is not None else ""
    if page or not cursor.path:
        return page
    return key_page(cursor.path[-1], parent, known.language) if parent.title else ""


def _named(registry: OpenRegistry, record: str, word: str, shape: Shape, known: Declared, symbol: Symbol | None) -> str:
    """What a word of a shape names."""
    if shape.form == "law":
        return law_page(word, _own_laws(registry), known.language)
    found = symbol or symbol_of(word, shape, record, known.names)
    if found is not None:
        return _symbol(found, known)
    listed = shape.vocabulary or ""
    if listed in PLACE_LISTS:
        return place_page(word, known.language) if word in (known.names.kinds.get(listed) or ()) else ""
    meaning = known.meanings.of(word, shape.reference or "", listed)
    return code_page(word, listed, meaning, known.language) if meaning or word in shape.enum else ""


def _symbol(symbol: Symbol, known: Declared) -> str:
    """An id: its name, and what kind of thing it is."""
    meaning = known.meanings.own.get(symbol.kind, {}).get(symbol.name, "")
    if symbol.owner:
        meaning = known.meanings.own.get(f"{symbol.kind}-anywhere", {}).get(f"{symbol.owner}.{symbol.name}", "")
    lines = [f"**{plain(symbol.name)}** · {plain(meaning)}" if meaning else f"**{plain(symbol.name)}**"]
    return "\n\n".join((*lines, f"{said(symbol.kind, known.language)} · `{symbol.file}`"))


def _own_laws(registry: OpenRegistry) -> Mapping[str, OwnLaw]:
    return registry.checked.context.own_laws if registry.checked is not None else {}
