"""The writing edge: an output folder that is replaced only when everything is written, and only where a build wrote before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from ropa.publish.build import MANIFEST, digest
from ropa.publish.output import Output

STAGE: Final = ".ropa-build"


class FolderRefused(Exception):
    """The folder cannot be built into; the message says why."""


def listed(folder: Path) -> dict[str, str]:
    """The files that the folder's manifest lists, with their SHA-256; none where nothing was built.

    Raises `FolderRefused` where the folder holds something and no manifest of ours: it is somebody else's.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise FolderRefused(f"{folder} is a file, not a folder. Name another output folder.")
    path = folder / MANIFEST
    if not path.is_file():
        if any(entry.name != STAGE for entry in folder.iterdir()):
            raise FolderRefused(
                f"{folder} is not empty and was not made by `ropa build`. Name an empty folder, or one of an earlier build."
            )
        return {}
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(name): str(value) for name, value in files.items() if _is_inside(str(name))}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise FolderRefused(f"{path} cannot be read as the manifest of a build. Name another output folder, or delete this one.") from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def stale(folder: Path, expected: Mapping[str, str]) -> list[str]:
    """The paths that differ from what a build would write: missing, changed, or left over."""
    present = listed(folder)
    differing = {name for name, value in expected.items() if not (folder / name).is_file() or digest((folder / name).read_bytes()) != value}
    return sorted(differing | (set(present) - set(expected)))


def replace(folder: Path, outputs: Iterable[Output], leftovers: Iterable[str]) -> None:
    """Writes the outputs beside their places, then moves them there and removes the leftovers of the last build; the manifest goes last.

    Until everything is written nothing is changed, so a build that fails or is killed leaves the last one whole.
    """
    stage = folder / STAGE
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
    names = []
    try:
        for output in outputs:
            path = stage / output.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as file:
                file.write(output.content)
                file.flush()
                os.fsync(file.fileno())
            names.append(output.path)
        for name in sorted(names, key=lambda n: (n == MANIFEST, n)):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(stage / name, target)
        _remove(folder, leftovers)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _remove(folder: Path, names: Iterable[str]) -> None:
    for name in sorted(names):
        path = folder / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
