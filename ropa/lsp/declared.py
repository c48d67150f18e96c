"""The names of a registry, collected anew only when a file comes to declare something else: most keystrokes do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ropa.model.load import default_language
from ropa.schema.meanings import Meanings, own_meanings
from ropa.schema.names import Names, collect_names
from ropa.source.files import Document


@dataclass(frozen=True, slots=True)
class Declared:
    """What may be named: ids and codes, what they mean, and the language in which the registry says so."""

    names: Names
    meanings: Meanings
    language: str


class Collector:
    """Collects the names of documents, and remembers them."""

    def __init__(self) -> None:
        self._documents: Sequence[Document] = ()
        self._found: Declared | None = None

    def of(self, documents: Sequence[Document]) -> Declared:
        """What these documents declare."""
        if self._found is None or not self._declares_the_same(documents):
            language = default_language(documents)
            self._found = Declared(collect_names(documents), Meanings(language, own_meanings(documents, language)), language)
        self._documents = documents
        return self._found

    def _declares_the_same(self, documents: Sequence[Document]) -> bool:
        if len(documents) != len(self._documents):
            return False
        pairs = zip(self._documents, documents, strict=True)
        return all(before is now or _says(before) == _says(now) for before, now in pairs)


def _says(document: Document) -> tuple[Any, ...]:
    """All that a file adds to the names of its registry."""
    language = default_language([document])
    names = collect_names([document])
    return document.record, document.data is None, language, names.kinds, own_meanings([document], language)
