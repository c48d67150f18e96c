"""What may be written at the cursor: keys, ids and codes with their names for people, also in a line that is half written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lsprotocol import types

from ropa.law import vocabulary
from ropa.lsp.cursor import Cursor, cursor_at
from ropa.lsp.declared import Declared
from ropa.lsp.describe import description, title_of
from ropa.lsp.places import Word, shape_at, words_at
from ropa.lsp.registry import OpenRegistry
from ropa.lsp.words import said
from ropa.schema.documents import kind_of
from ropa.schema.names import PLACE_LISTS, Names
from ropa.schema.shapes import Shape
from ropa.source.address import Path
from ropa.source.files import Document

UNKNOWN: Final = "unknown"
_STEP: Final = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be written: what it is called for people, what it means, and what is put in where that is more than itself."""

    word: str
    kind: types.CompletionItemKind
    detail: str = ""
    explained: str = ""
    inserted: str = ""


def complete(registry: OpenRegistry, name: str, position: types.Position) -> list[types.CompletionItem]:
    """The choices at a position of a file."""
    if registry.document(name) is None:
        return []
    positions = registry.positions(name)
    cursor = cursor_at(positions.read, positions.offset(position))
    document = registry.mended(name, cursor.start)
    shape = shape_at(document.record, cursor.path)
    if shape is None or cursor.role == "text":
        return []
    known = registry.vocabulary()
    writer = _Writer(known, _own_names(known.names, document), shape, cursor, document)
    found = {choice.word: choice for choice in reversed(list(writer.choices()))}
    places = positions.range(cursor.start, cursor.end)
    return [_item(choice, number, places) for number, choice in enumerate(reversed(found.values()))]


def _own_names(names: Names, document: Document) -> Names:
    data = document.data or {}
    if kind_of(document.record) != "activity":
        return names
    # Where none are written yet there is nothing of the activity's own to offer, while a check allows any.
    return names.within({key: data[key] if isinstance(data.get(key), dict) else {} for key in ("purposes", "data")})


def _item(choice: Choice, number: int, places: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=choice.word,
        kind=choice.kind,
        detail=choice.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, choice.explained) if choice.explained else None,
        filter_text=f"{choice.word} {choice.detail}".strip(),
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(places, choice.inserted or choice.word),
        insert_text_mode=types.InsertTextMode.AsIs,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    known: Declared
    names: Names
    shape: Shape
    cursor: Cursor
    document: Document

    def choices(self) -> Iterator[Choice]:
        """What may stand at the cursor, the likeliest first."""
        role = self.cursor.role
        if role in ("key", "open"):
            yield from self._map_keys(self.cursor.path, "" if self.cursor.colon else ":")
        if role == "open" and not self.cursor.path:
            return
        if role != "key":
            yield from self._words(role == "item", "- " if role == "open" and "array" in self.shape.types else "")
        if role == "value" and not self.cursor.word and not self._takes_words():
            yield from self._below()

    # --- keys --------------------------------------------------------------------------------------------------------------

    def _map_keys(self, path: Path, colon: str) -> Iterator[Choice]:
        if not self.shape.is_map:
            return
        written = self._written(path) - {self.cursor.word}
        for key, child in self.shape.properties.items():
            if key not in written:
                yield self._key(key, child, colon)
        names = self.shape.key_names
        if self.shape.rest is not None and names is not None:
            for choice in self._of(Word(names)):
                if choice.word not in written and choice.word != UNKNOWN:
                    yield Choice(
                        choice.word, choice.kind, choice.detail, choice.explained, choice.word + self._colon(self.shape.rest, colon)
                    )

    def _key(self, key: str, child: Shape, colon: str) -> Choice:
        language = self.known.language
        asked = f" ({said('required', language)})" if child.required is not None else ""
        detail = f"{title_of(child, language)}{asked}"
        return Choice(key, types.CompletionItemKind.Property, detail, description(child, language), key + self._colon(child, colon))

    def _colon(self, child: Shape, colon: str) -> str:
        """A colon, and a blank where a value may stand on the same line."""
        return f"{colon} " if colon and (self.cursor.flow or set(child.types) != {"object"}) else colon

    def _written(self, path: Path) -> set[str]:
        """The keys that stand in a map already, as far as the file can be read."""
        value: Any = self.document.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return set(value) if isinstance(value, dict) else set()

    def _below(self) -> Iterator[Choice]:
        """The keys of a map that has no short form, where its value is to be written: on a line of their own, or between braces."""
        start, end = ("{", "}") if self.cursor.flow else ("\n" + " " * (self.cursor.indent + _STEP), "")
        for choice in self._map_keys(self.cursor.path, ":"):
            yield Choice(choice.word, choice.kind, choice.detail, choice.explained, f"{start}{choice.inserted}{end}")

    # --- words -------------------------------------------------------------------------------------------------------------

    def _takes_words(self) -> bool:
        return not set(self.shape.types) <= {"object"}

    def _words(self, in_list: bool, before: str) -> Iterator[Choice]:
        found = False
        for word in words_at(self.shape, in_list):
            for choice in self._of(word):
                found = True
                plain = not before or choice.word in word.itself
                yield choice if plain else Choice(choice.word, choice.kind, choice.detail, choice.explained, before + choice.word)
        if not in_list and (found or self._takes_words()) and UNKNOWN.startswith(self.cursor.typed):
            yield Choice(UNKNOWN, types.CompletionItemKind.Constant, said("unknown", self.known.language))

    def _of(self, word: Word) -> Iterator[Choice]:
        shape, language = word.shape, self.known.language
        for itself in word.itself:
            child = shape.properties.get(itself)
            code = vocabulary.label(shape.vocabulary, itself, language) if shape.vocabulary in vocabulary.list_names() else ""
            detail = title_of(child, language) if child is not None else "" if code == itself else code
            yield Choice(itself, types.CompletionItemKind.Constant, detail, description(child, language) if child is not None else "")
        if "boolean" in shape.types:
            yield from (Choice(answer, types.CompletionItemKind.Constant) for answer in ("true", "false"))
        reference, listed = shape.reference or "", shape.vocabulary or ""
        allowed = self._allowed(shape, reference, listed)
        kind = types.CompletionItemKind.Reference if reference else types.CompletionItemKind.EnumMember
        for each in allowed:
            yield Choice(each, kind, self.known.meanings.of(each, reference, listed), _article(listed, each))
        if not allowed and shape.form in ("duration", "date", "law"):
            yield from (Choice(each, types.CompletionItemKind.Value) for each in shape.examples if isinstance(each, str))

    def _allowed(self, shape: Shape, reference: str, listed: str) -> list[str]:
        kind = reference or (listed if shape.open or listed in PLACE_LISTS else "")
        if not kind:
            return list(shape.enum)
        names = self.names.kinds.get(kind) or ()
        shipped = [code for code in shape.enum if code in names]
        return [*sorted(set(names) - set(shipped)), *shipped]


def _article(listed: str, code: str) -> str:
    """The provision that a code stands for, where the law data name one."""
    found: Mapping[str, vocabulary.Code] = vocabulary.codes(listed) if listed in vocabulary.list_names() else {}
    return f"GDPR {found[code].article}" if code in found and found[code].article else ""
