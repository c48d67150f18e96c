"""Writing one file whole: beside its place first, then moved there."""

from __future__ import annotations

from pathlib import Path

from ropa.commands.errors import CommandError


def write_whole(path: Path, content: str) -> None:
    """Writes a text file so that it is either the old one or the new one, never half of it. Raises `CommandError`."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_text(content, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
