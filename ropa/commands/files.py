"""Writing files whole: beside their places first, then moved there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ropa.commands.errors import CommandError


def write_whole(path: Path, content: str) -> None:
    """Writes a text file so that it is either the old one or the new one, never half of it. Raises `CommandError`."""
    write_together({path: content})


def write_together(contents: Mapping[Path, str]) -> None:
    """Writes text files so that each is the old one or the new one; where one of them cannot be written, none is. Raises `CommandError`."""
    temporary: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            _prepare(path, content, temporary)
        for path, beside in temporary.items():
            try:
                beside.replace(path.resolve())
            except OSError as error:
                raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        for beside in temporary.values():
            with suppress(OSError):
                beside.unlink()


def _prepare(path: Path, content: str, temporary: dict[Path, Path]) -> None:
    """Writes what goes to a path beside it; what is no regular file (a pipe, a terminal) takes it at once."""
    target = path.resolve()
    try:
        if target.is_dir():
            raise CommandError(f"{path} cannot be written: it is a folder.")
        if target.exists() and not target.is_file():
            target.write_text(content, encoding="utf-8", newline="\n")
            return
        beside = target.with_name(f".{target.name}.part")
        temporary[path] = beside
        beside.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
