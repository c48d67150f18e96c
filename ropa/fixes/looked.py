"""One file as the fixes see it: its faults with their identities, before and after an edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from ropa.findings.catalogue import entries
from ropa.findings.finding import identity
from ropa.model.load import may_stand
from ropa.schema.check import check_file
from ropa.schema.documents import kind_of
from ropa.schema.faults import Fault
from ropa.schema.names import Names, collect_names
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path, address
from ropa.source.files import Document, read_text
from ropa.source.locate import Locator
from ropa.source.nodes import Problem, Span, lines_of

NO_PARTY: Final = "recipient-reference-unknown"
"""The one rule beside the formal ones that a misspelling may break: an id of a party that has no file."""


@dataclass(frozen=True)
class Looked:
    """A document of a known kind with the registry's names and default language."""

    document: Document
    names: Names
    language: str

    @cached_property
    def faults(self) -> list[Fault]:
        """What the schema and the names find wrong, ids of no party among it; nothing where the file cannot be read."""
        if self.document.data is None:
            return []
        checked = check_file(self.document, self.names, self.language)
        return [*checked.faults, *(_no_party(path, name) for path, name in checked.dangling)]

    @cached_property
    def own_names(self) -> Names:
        """The names that may stand in this file: an activity has purposes and data groups of its own."""
        data = self.document.data or {}
        if kind_of(self.document.record) != "activity":
            return self.names
        return self.names.within(data)

    @cached_property
    def locator(self) -> Locator:
        """Finds places in the text."""
        return Locator(self.document.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return lines_of(self.document.text)

    @cached_property
    def found(self) -> dict[str, Path]:
        """The identities of all that is wrong in the file, with their paths."""
        return {**{self.problem_identity(p): p.path for p in self.document.problems}, **{self.identity(f): f.path for f in self.faults}}

    def identity(self, fault: Fault) -> str:
        """The identity of the finding that tells of a fault."""
        return identity(entries()[fault.name].code, address(self.document.record, fault.path), fault.value)

    def problem_identity(self, problem: Problem) -> str:
        """The identity of the finding that tells of a problem of the file as YAML."""
        value = [problem.variant, *sorted(problem.params.values())]
        return identity(entries()[problem.name].code, address(self.document.record, problem.path), value)

    def shape(self, path: Path) -> Shape | None:
        """The format at a path."""
        return shape_of(kind_of(self.document.record)).at(path)

    def source(self, span: Span) -> str | None:
        """What is written at a place on one line; None where it goes over several."""
        return self.lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else None

    def value_span(self, path: Path, value: Any) -> Span | None:
        """Where a value is written as a scalar."""
        node = self.locator.node(path) if self.locator.exists(path) else None
        if node is None or node.entries is not None or node.items is not None or node.value != value:
            return None
        return node.span

    def key_span(self, path: Path) -> Span | None:
        """Where the last name of a path is written as a key."""
        span = self.locator.key_span(path)
        written = self.source(span)
        return span if written is not None and written.strip("\"'") == path[-1] else None

    def with_text(self, text: str) -> Looked:
        """The same file with another text."""
        return Looked(read_text(Document(self.document.record, self.document.file), text), self.names, self.language)


def look(documents: Mapping[str, Document], language: str) -> Iterator[Looked]:
    """Every file that stands in a known place. `language` is the registry's default language."""
    known = [document for document in documents.values() if not _has(document, "file-unknown")]
    names = collect_names(known)
    return (Looked(document, names, language) for document in known if not _has(document, "file-unreadable"))


def _has(document: Document, problem: str) -> bool:
    return any(one.name == problem for one in document.problems)


def _no_party(path: Path, name: str) -> Fault:
    """What the rule `recipient-reference-unknown` finds, as a fault of the file; `kind` is what may stand in its place."""
    return Fault(NO_PARTY, "near", path, {"kind": may_stand(path)}, value=name)
