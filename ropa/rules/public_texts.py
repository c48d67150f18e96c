"""Every text that the public may read: found along the shapes of the format, by the mark ``public``."""

from __future__ import annotations

from collections.abc import Iterator
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
    return _branch(shape_of(kind), (), "public", {}) or _Branch()


def _branch(shape: Shape, path: Path, above: str, on_the_way: dict[int, _Branch]) -> _Branch | None:
    """The branch below a shape; None where no public text stands there.

    What is record or internal hides everything below it. A shape that holds itself (retention by purpose) leads back to itself.
    """
    mark = shape.mark if above == "public" and shape.mark else above
    if id(shape) in on_the_way:
        return on_the_way[id(shape)]
    branch = _Branch(".".join(path) if shape.short == "text" and mark == "public" and not _is_reason(path) else None)
    below = {**on_the_way, id(shape): branch}
    if mark == "public":
        for name, child in shape.properties.items():
            if branch.pattern is None or name not in LANGUAGES:
                found = _branch(child, (*path, name), mark, below)
                if found is not None:
                    branch.keys[name] = found
        if shape.rest is not None:
            branch.rest = _branch(shape.rest, (*path, "*"), mark, below)
    return branch if branch.pattern is not None or branch.keys or branch.rest is not None else None


def _is_reason(path: Path) -> bool:
    """Whether a text is a reason for the record: also why no information is given, and why someone cannot consent to a transfer."""
    if not path:
        return False
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
        if child is None or not isinstance(value, (dict, list)):
            continue
        here = (*path, name)
        for at, item in _items(value, here):
            if child.pattern is not None:
                found.append(PublicText(record, at, child.pattern, item))
            if child.keys or child.rest is not None:
                _walk(child, record, item, at, found)


def _items(value: dict[str, Any] | list[Any], path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A map as it is; of a list of texts each one, by its number."""
    if isinstance(value, dict):
        yield path, value
        return
    for index, item in enumerate(value):
        if isinstance(item, dict):
            yield (*path, str(index)), item
