"""The reading edge: a folder's files as documents, with everything that is wrong with the files themselves."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

from ropa.source.halves import shared
from ropa.source.nodes import NO_BREAK_SPACE, TOP, Problem, Tree, read_nodes
from ropa.source.reader import Unusual, read_plain

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_FOLDERS: Final = 32
Kind = Literal["file", "link", "other"]

SINGLE_FILES: Final = ("organisation", "notice", "consents", "retention", "security-measures", "vocabulary", "accepted", "changes")
FOLDERS: Final = ("activities", "parties", "systems", "cookies", "assessments")
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a"})
_ENDING: Final = re.compile(r"\.ya?ml$", re.IGNORECASE)
_BARE_QUESTION: Final = re.compile(r"""^([ ]*(?:- +)*(?:[\w-]+:[ ]+)?|[^\n#"']*[\[{,:][ ]*)\?(?=[ \t]*(?:[,\]}]|#|$))""", re.MULTILINE)
_Easy = tuple[str, dict[str, Any]] | None
ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


@dataclass(slots=True)
class Document:
    """One file of the registry.

    `record` is its address (``activities/newsletter``), `data` its plain data (None where it cannot be used),
    `tree` the positioned nodes where they were needed to read it; `written` the text as it stands in the file, where `text`
    is what it was read as.
    """

    record: str
    file: str
    text: str = ""
    data: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    tree: Tree | None = None
    written: str | None = None


class RegistryUnusable(Exception):
    """The folder does not exist, cannot be listed, holds no YAML, or lies around the registry.

    `reason` is missing, unreadable, empty or above; `below` names the registries in the last case.
    """

    def __init__(self, folder: str, reason: str, below: Sequence[str] = ()) -> None:
        super().__init__(folder)
        self.folder = folder
        self.reason = reason
        self.below = below


def read_registry(folder: Path) -> list[Document]:
    """Every YAML file of a registry, in the order of their names. Files that are wrong are returned with their problems.

    Raises `RegistryUnusable` where there is nothing to read.
    """
    if not folder.is_dir():
        raise RegistryUnusable(str(folder), "missing")
    try:
        found = sorted(yaml_files(folder))
    except OSError as error:
        raise RegistryUnusable(str(folder), "unreadable") from error
    if not found:
        raise RegistryUnusable(str(folder), "empty")
    if below := _registries_below([name for name, _ in found]):
        raise RegistryUnusable(str(folder), "above", [str(folder / name) for name in below])
    inside = folder.resolve()
    read = shared(lambda entry: _read(folder, entry[0], entry[1], inside), found, _Easy)
    return [_document(folder, name, kind, inside, easy) for (name, kind), easy in zip(found, read, strict=True)]


def read_file(folder: Path, name: str, kind: Kind) -> Document:
    """One YAML file of a registry as `read_registry` reads it; `kind` is what `yaml_files` says it is on disk."""
    inside = folder.resolve()
    return _document(folder, name, kind, inside, _read(folder, name, kind, inside))


def unsaved(name: str, text: str) -> Document:
    """A file of a registry whose text is at hand, as an editor has it before it is saved."""
    document = Document(record=_ENDING.sub("", name), file=name)
    misplaced = misplacement(name)
    if misplaced is not None:
        document.problems.append(misplaced)
        return document
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        document.problems.append(_too_large(size))
        return document
    return read_text(document, text)


def _registries_below(names: list[str]) -> list[str]:
    """The folders that are registries, where the one that was named only lies around them: no file in it has its place."""
    at = [name.rpartition("/")[0] for name in names if _ENDING.sub("", name).endswith("/organisation")]
    return at if all(misplacement(name) is not None for name in names) else []


def _read(folder: Path, name: str, kind: Kind, inside: Path) -> _Easy:
    """The text and data of a file that holds nothing unusual; None where `_document` must look closer."""
    if misplacement(name) is not None:
        return None
    text = _text(os.path.join(folder, name), kind, inside)
    if isinstance(text, Problem) or NO_BREAK_SPACE in text:
        return None
    try:
        return text, read_plain(text)
    except Unusual:
        return None


def yaml_files(folder: Path, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Kind]]:
    """The names of all YAML files with what they are on disk; a linked folder that should hold records is named too."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith("."):
                continue
            if entry.name.lower().endswith((".yaml", ".yml")):
                yield name, "link" if entry.is_symlink() else "file" if entry.is_file() else "other"
            elif entry.is_symlink() and name in FOLDERS:
                yield name, "link"
            elif entry.is_dir(follow_symlinks=False) and depth < MAX_FOLDERS:
                yield from yaml_files(Path(entry.path), name + "/", depth + 1)


def _document(folder: Path, name: str, kind: Kind, inside: Path, easy: _Easy) -> Document:
    document = Document(record=_ENDING.sub("", name), file=name)
    if easy is not None:
        document.text, document.data = easy
        return document
    misplaced = misplacement(name) if name not in FOLDERS else None
    if misplaced is not None:
        document.problems.append(misplaced)
        return document
    text = _text(os.path.join(folder, name), kind, inside)
    if isinstance(text, Problem):
        document.problems.append(text)
        return document
    return read_text(document, text)


def read_text(document: Document, text: str) -> Document:
    """Fills a document from its text: fast where nothing is unusual, else slowly and with every problem."""
    document.text = text
    try:
        if NO_BREAK_SPACE in text:
            raise Unusual  # in an indent it hides from the fast reader as part of a key
        document.data = read_plain(text)
    except Unusual:
        document.tree = read_nodes(text)
        if document.tree.problems and _BARE_QUESTION.search(text):
            _read_with_questions(document, text)
        document.problems.extend(document.tree.problems)
        if document.tree.root is not None:
            document.data = document.tree.root.data()
    return document


def _read_with_questions(document: Document, text: str) -> None:
    """Reads a lone ``?`` as text: YAML takes it for the mark of a key, but people leave it where an answer is to come."""
    quoted = _BARE_QUESTION.sub(r'\1"?"', text)
    tree = read_nodes(quoted)
    if document.tree is not None and len(tree.problems) < len(document.tree.problems):
        document.text, document.tree, document.written = quoted, tree, text


def _text(path: str, kind: Kind, inside: Path) -> str | Problem:
    """A file's text. What is no regular file is never opened: a pipe would wait for ever."""
    try:
        if kind == "link":
            target = Path(path).resolve()
            if not target.is_relative_to(inside):  # also where nothing is there: what lies outside is never asked for
                return Problem("file-unreadable", "link-outside", TOP)
            kind = "file" if target.resolve(strict=True).is_file() else "other"
        if kind == "other":
            return Problem("file-unreadable", "no-file", TOP)
        with open(path, "rb", buffering=0) as file:
            content = file.read(MAX_BYTES + 1) or b""
            if len(content) > MAX_BYTES:
                return _too_large(os.fstat(file.fileno()).st_size)
    except (OSError, RuntimeError):
        return Problem("file-unreadable", "no-permission", TOP)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem("file-unreadable", "not-utf-8", type(TOP)(line, 1, line, 1), params={"line": str(line)})


def _too_large(size: int) -> Problem:
    return Problem("file-unreadable", "too-large", TOP, params={"size": f"{size / 1024 / 1024:.1f}"})


def misplacement(name: str) -> Problem | None:
    """Why a YAML file stands in no known place, with the nearest place where it may belong; None where it is right."""
    stem, _, ending = name.rpartition(".")
    folder, _, record = stem.rpartition("/")
    if ending != "yaml":
        return Problem("file-unknown", "ending", TOP, params={"right": f"{stem}.yaml"})
    if not folder:
        if record in SINGLE_FILES:
            return None
        near = get_close_matches(record, SINGLE_FILES, 1, 0.6)
        return Problem("file-unknown", "name" if near else "place", TOP, params={"right": f"{near[0]}.yaml" if near else ""})
    if folder not in FOLDERS:
        near = get_close_matches(folder, FOLDERS, 1, 0.6)
        return Problem("file-unknown", "folder" if near else "place", TOP, params={"right": f"{near[0]}/{record}.yaml" if near else ""})
    if not ID.match(record):
        return Problem("file-unknown", "id", TOP, params={"right": f"{folder}/{proper_id(record)}.yaml"})
    return None


def proper_id(name: str) -> str:
    """The nearest id of the right form to any name: ``Nyhetsbrev 2`` → ``nyhetsbrev-2``."""
    plain_letters = name.lower().translate(_LETTERS)
    parts = [part for part in re.split(r"[^a-z0-9]+", plain_letters) if part]
    text = "-".join(parts) or "navn"
    return text if text[0].isalpha() else f"n-{text}"
