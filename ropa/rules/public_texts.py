"""Every text that the public may read: found along the shapes of the format, by the mark ``public``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from ropa.schema.shapes import Shape, shape_of
from ropa.source.address import address

Path = tuple[str, ...]

LANGUAGES = ("nb", "nn", "en")

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


@dataclass(slots=True)
class _Branch:
    """The part of a shape that leads to public texts: `pattern` where one stands here, `keys` and `rest` for what is below."""

    pattern: str | None = None
    keys: dict[str, _Branch] = field(default_factory=dict)
    rest: _Branch | None = None


@cache
def _branches(kind: str) -> _Branch:
    return _branch(shape_of(kind), (), "public") or _Branch()


def _branch(shape: Shape, path: Path, above: str) -> _Branch | None:
    """The branch below a shape; None where no public text stands there. What is record or internal hides everything below it."""
    mark = shape.mark if above == "public" and shape.mark else above
    if mark != "public":
        return None
    branch = _Branch(".".join(path) if shape.short == "text" and not _is_reason(path) else None)
    for name, child in shape.properties.items():
        below = None if shape.short == "text" and name in LANGUAGES else _branch(child, (*path, name), mark)
        if below is not None:
            branch.keys[name] = below
    if shape.rest is not None:
        branch.rest = _branch(shape.rest, (*path, "*"), mark)
    return branch if branch.pattern is not None or branch.keys or branch.rest is not None else None


def _is_reason(path: Path) -> bool:
    """Whether a text is a reason for the record: also why no information is given, and why someone cannot consent to a transfer."""
    return path[-1] in REASONS or path[-2:] == ("exempt", "because") or (path[-1] == "inability" and "transfers" in path)


def public_texts(kind: str, record: str, data: dict[str, Any]) -> list[PublicText]:
    """The public texts of a record, in the order in which they are written. `data` is its long form."""
    found: list[PublicText] = []
    _walk(_branches(kind), record, data, (), found)
    return found


def _walk(branch: _Branch, record: str, data: dict[str, Any], path: Path, found: list[PublicText]) -> None:
    keys, rest = branch.keys, branch.rest
    for name, value in data.items():
        child = keys.get(name, rest)
        if child is None or type(value) is not dict:
            continue
        here = (*path, name)
        if child.pattern is not None:
            found.append(PublicText(record, here, child.pattern, value))
        if child.keys or child.rest is not None:
            _walk(child, record, value, here, found)
