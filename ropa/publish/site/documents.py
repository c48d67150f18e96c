"""Where the documents are: what a build wrote, in groups a reader knows, with links from the front page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from ropa.publish.words import Words

GROUPS: Final = ("notice", "cookies", "controller", "processor", "record", "graph", "information", "assessments")
_FORMATS: Final = (".html", ".pdf", ".svg", ".xlsx", ".csv", ".json", ".md", ".txt", ".mmd", ".dot")
_HOME: Final = "internal/"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a document: its address from the front page, and what it says."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one document. `public` tells whether they can be published as they are."""

    title: str
    public: bool
    links: tuple[Link, ...]


def groups(words: Words, written: Collection[str]) -> tuple[Group, ...]:
    """The documents that are written, in a fixed order; a group without files is left out."""
    found = {name: sorted(_of_group(name, written), key=lambda path: _order(words, path)) for name in GROUPS}
    return tuple(
        Group(
            words.fixed(f"site.groups.{name}"),
            paths[0].startswith("public/"),
            tuple(Link(_href(path), _text(words, path)) for path in paths),
        )
        for name, paths in found.items()
        if paths
    )


def _of_group(name: str, written: Collection[str]) -> Iterator[str]:
    for path in written:
        folder, file = PurePosixPath(path).parent, PurePosixPath(path)
        if (
            file.suffix in _FORMATS
            and str(folder) in (f"public/{name}", f"internal/{name}", "internal/record", "internal/evidence")
            and _stem(path) == _STEMS[name]
        ):
            yield path


_STEMS: Final = {
    "notice": "notice",
    "cookies": "cookies",
    "controller": "controller",
    "processor": "processor",
    "record": "record",
    "graph": "flow",
    "information": "art13-14",
    "assessments": "assessments",
}


def _stem(path: str) -> str:
    return PurePosixPath(path).name.partition(".")[0]


def _language(path: str) -> str:
    parts = PurePosixPath(path).name.split(".")
    return parts[1] if len(parts) == 3 else ""


def _order(words: Words, path: str) -> tuple[int, int, str]:
    languages = words.registry.languages
    language = _language(path)
    return (_FORMATS.index(PurePosixPath(path).suffix), languages.index(language) if language in languages else len(languages), path)


def _href(path: str) -> str:
    """The way from `internal/index.html` to a file."""
    return path.removeprefix(_HOME) if path.startswith(_HOME) else f"../{path}"


def _text(words: Words, path: str) -> str:
    kind = PurePosixPath(path).suffix[1:].upper()
    language = _language(path)
    return f"{kind}, {words.fixed(f'site.languages.{language}')}" if language else kind
