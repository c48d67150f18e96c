"""``ropa schema``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from ropa.commands.errors import CommandError
from ropa.commands.language import reader_language
from ropa.commands.options import DEFAULT_REGISTRY, LanguageOption, RegistryArgument

FOLDER = ".schemas"


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="schema", help=HELP)(schema)


HELP = """Write JSON Schemas that know the registry's own ids and codes, so that an editor completes and explains them.

Run it again when you have added a record. It works on a registry with faults too.

Examples:

    ropa schema
    ropa schema registry --out .schemas
"""


def schema(
    registry: RegistryArgument = DEFAULT_REGISTRY,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to.", metavar="DIR", show_default="REGISTRY/.schemas")
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Writes the schemas, and takes away those of an earlier run that are no longer needed."""
    from ropa.report.terminal import safe

    folder = out if out is not None else registry / FOLDER
    written = write_schemas(registry, folder, reader_language(lang, registry))
    typer.echo(safe(f"{len(written)} schemas in {folder}"))


def schemas_of(registry: Path, language: str) -> dict[str, str]:
    """The schemas of a registry by file name. Raises `RegistryUnusable`."""
    from ropa.schema.editor import editor_schemas
    from ropa.source.files import read_registry

    return editor_schemas(read_registry(registry), language, {"rule": _rules(language)})


def _rules(language: str) -> Mapping[str, str]:
    """What an acceptance may name: every rule by name and by code, with its title."""
    from ropa.findings.catalogue import entries, explanation

    titles = {name: explanation(name, language)["title"] for name in entries()}
    return {**titles, **{rule.code: titles[name] for name, rule in entries().items()}}


def write_schemas(registry: Path, folder: Path, language: str) -> list[Path]:
    """Writes a registry's schemas into a folder, each file whole. A schema there that is not the tool's own is a `CommandError`."""
    from ropa.commands.files import write_whole
    from ropa.schema.editor import MADE_BY, SUFFIX

    schemas = schemas_of(registry, language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = sorted(folder.glob(f"*{SUFFIX}"))
        foreign = [path for path in present if MADE_BY not in path.read_text(encoding="utf-8", errors="replace")[:200]]
    except OSError as error:
        raise CommandError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    if foreign:
        raise CommandError(f"{foreign[0]} was not written by `ropa schema`. Choose another folder with --out.")
    for name, content in schemas.items():
        write_whole(folder / name, content)
    for path in present:
        if path.name not in schemas:
            path.unlink(missing_ok=True)
    return [folder / name for name in schemas]
