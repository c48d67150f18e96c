"""Every text that the public may read: found along the shapes of the format, by the mark ``public``."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from ropa.law import LANGUAGES
from ropa.schema.branches import Branch, places
from ropa.schema.documents import kind_of
from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import Path, address

REASONS = frozenset(
    {"free_because", "outside_public_task", "collective_agreement", "contract_with_professional", "register", "historical", "not_needed"}
)
"""Words that give a reason for the record: nobody is informed by them, and one language is enough."""


class PublicText(NamedTuple):
    """A text: the record and the path where it stands, its pattern (``purposes.*.text``) and its words by language."""

    record: str
    path: Path
    pattern: str
    words: dict[str, str]

    def address(self, language: str) -> str:
        """The address of the text in a language."""
        return address(self.record, (*self.path, language))


@cache
def _branches(kind: str) -> Branch[str]:
    return _branch(shape_of(kind), (), "public") or Branch()


def _branch(shape: Shape, path: Path, above: str) -> Branch[str] | None:
    """The branch below a shape; None where no public text stands there. What is record or internal hides everything below it."""
    mark = shape.mark if above == "public" and shape.mark else above
    if mark != "public":
        return None
    branch = Branch(".".join(path) if shape.short == "text" and not _is_reason(path) else None)
    for name, child in shape.properties.items():
        below = None if shape.short == "text" and name in LANGUAGES else _branch(child, (*path, name), mark)
        if below is not None:
            branch.keys[name] = below
    if shape.rest is not None:
        branch.rest = _branch(shape.rest, (*path, "*"), mark)
    return branch if branch.leads_somewhere() else None


def _is_reason(path: Path) -> bool:
    """Whether a text is a reason for the record: also why no information is given, and why someone cannot consent to a transfer."""
    return path[-1] in REASONS or path[-2:] == ("exempt", "because") or (path[-1] == "inability" and "transfers" in path)


def public_texts(record: str, data: dict[str, Any]) -> list[PublicText]:
    """The public texts of a record, in the order in which they are written. `data` is its long form."""
    found = places(_branches(kind_of(record)), data)
    return [PublicText(record, path, pattern, words) for path, pattern, words in found if type(words) is dict]
