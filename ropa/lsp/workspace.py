"""The registries of a workspace: each is the nearest folder upward from an opened file that holds `organisation.yaml`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pygls.uris import from_fs_path, to_fs_path

from ropa.lsp.registry import ROOT, OpenRegistry

_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Place:
    """A file of a registry."""

    registry: OpenRegistry
    name: str


class Workspace:
    """Finds the registry of a file, and the name that the client has for a file of a registry."""

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding
        self.registries: dict[Path, OpenRegistry] = {}
        self._uris: dict[str, str] = {}

    def opened(self, uri: str) -> Place | None:
        """The place of a file that the client opens, whose registry is read if it is not yet. None for a file that belongs to none."""
        path = path_of(uri)
        if path is None or not path.name.lower().endswith(_ENDINGS):
            return None
        folder = self._root(path)
        if folder is None or _is_hidden(path.relative_to(folder)):
            return None
        self._uris[str(path)] = uri
        if folder not in self.registries:
            self.registries[folder] = OpenRegistry(folder, self.encoding)
            self.registries[folder].refresh()
        return Place(self.registries[folder], path.relative_to(folder).as_posix())

    def place(self, uri: str) -> Place | None:
        """The place of a file that is open, or lies in a registry that is read already."""
        path = path_of(uri)
        if path is None:
            return None
        for folder in path.parents:
            if folder in self.registries:
                return Place(self.registries[folder], path.relative_to(folder).as_posix())
        return None

    def uri(self, registry: OpenRegistry, name: str) -> str:
        """How the client names a file: as it opened it, else in the usual form."""
        path = str(registry.folder / name)
        return self._uris.get(path) or from_fs_path(path) or ""

    def around(self, uri: str) -> Iterator[OpenRegistry]:
        """The registries that a changed file or folder may belong to, or lie around."""
        path = path_of(uri)
        for folder, registry in self.registries.items():
            if path is not None and (path == folder or folder in path.parents or path.parent in (folder, *folder.parents)):
                yield registry

    def _root(self, path: Path) -> Path | None:
        if path.name == ROOT:
            return path.parent
        return next((folder for folder in path.parents if folder in self.registries or (folder / ROOT).is_file()), None)


def path_of(uri: str) -> Path | None:
    """The path of a file's address; None for what is no file on this machine."""
    try:
        if urlsplit(uri).scheme.lower() != "file":
            return None
        path = to_fs_path(uri)
    except ValueError:
        return None
    if not path or "\0" in path or not Path(path).is_absolute():
        return None
    return Path(os.path.normpath(path))


def _is_hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)
