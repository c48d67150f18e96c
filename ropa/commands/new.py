"""``ropa new``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ropa.commands.choices import one_of
from ropa.commands.errors import CommandError
from ropa.commands.language import reader_language
from ropa.commands.options import DEFAULT_REGISTRY, LanguageOption, RegistryOption
from ropa.law import LANGUAGES

FOLDER_OF = {"activity": "activities", "party": "parties", "system": "systems", "cookies": "cookies", "assessment": "assessments"}
CONSENTS = "consents.yaml"


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="new", help=HELP)(new)


HELP = """Write a commented stub of a new record: activity, party, system, cookies, consent or assessment.

Every … in it is for you to fill in; `ropa check` points at those that are left.

Examples:

    ropa new activity customer-service
    ropa new consent newsletter-form --lang nn
"""


def new(
    kind: Annotated[str, typer.Argument(help="activity, party, system, cookies, consent or assessment.", metavar="KIND")],
    id_: Annotated[str, typer.Argument(help="The record's id: small letters, digits and hyphens.", metavar="ID")],
    registry: RegistryOption = DEFAULT_REGISTRY,
    lang: LanguageOption = None,
) -> None:
    """Writes the stub; a consent is added to consents.yaml. An id that exists is refused."""
    from ropa.report.terminal import safe
    from ropa.schema.starter import STUBS, stub
    from ropa.source.files import RegistryUnusable

    one_of(kind, STUBS, "kind of record")
    if not registry.is_dir():
        raise RegistryUnusable(str(registry), "missing")
    _check_id(kind, id_)
    text = stub(kind, id_, reader_language(lang, registry), _languages(registry))
    path = _append(registry / CONSENTS, id_, text) if kind == "consent" else _write(registry / FOLDER_OF[kind] / f"{id_}.yaml", text)
    typer.echo(safe(f"wrote {path}"))
    _tell_editor(registry)
    typer.echo(safe(f"Next: fill in each … in it, then run `ropa check {registry}`."))


def _tell_editor(registry: Path) -> None:
    """Writes the editor's schemas again where the registry has them, so that the new id is known at once."""
    from ropa.commands.schema import FOLDER, write_schemas

    if (registry / FOLDER).is_dir():
        write_schemas(registry, registry / FOLDER, reader_language(None, registry))


def _check_id(kind: str, id_: str) -> None:
    from ropa.law import vocabulary
    from ropa.schema.names import RESERVED_IDS
    from ropa.source.files import ID, proper_id

    if not ID.match(id_):
        raise CommandError(f"{id_} is no id: ids are small letters a-z, digits and hyphens. Did you mean {proper_id(id_)}?")
    shipped = {*vocabulary.codes("recipient_kinds"), *vocabulary.codes("source_kinds")} if kind == "party" else set()
    if id_ in RESERVED_IDS or id_ in shipped:
        raise CommandError(f"{id_} is a word of the format and no id. Choose another, such as {id_}-1.")


def _languages(registry: Path) -> Sequence[str]:
    """The registry's languages, in which its texts stand; Bokmål where its own file cannot be read."""
    data = _read(registry / "organisation.yaml") or {}
    declared = data.get("languages")
    several = declared if isinstance(declared, list) else [declared]
    return [language for language in LANGUAGES if language in several] or ["nb"]


def _read(path: Path) -> dict[str, Any] | None:
    """A file's data as the registry's reader sees it; None where it is not there or cannot be used."""
    from ropa.source.reader import Unusual, read_plain

    try:
        return read_plain(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, Unusual):
        return None


def _write(path: Path, text: str) -> Path:
    from ropa.commands.files import write_whole

    if path.exists() or path.is_symlink():
        raise CommandError(f"{path} exists, and nothing is overwritten. Choose another id.")
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(f"{path.parent} cannot be made: {error.strerror}.") from error
    write_whole(path, text)
    return path


def _append(path: Path, id_: str, text: str) -> Path:
    """Adds a consent at the end of its file, and leaves every line that was there as it was."""
    from ropa.commands.files import write_whole
    from ropa.source.reader import Unusual, read_plain

    if not path.exists():
        return _write(path, text)
    present = _read(path)
    if present is None:
        raise CommandError(f"{path} cannot be read, so nothing is added to it. `ropa check` says what is wrong.")
    if id_ in present:
        raise CommandError(f"{path} has a consent {id_}, and nothing is overwritten. Choose another id.")
    before = path.read_text(encoding="utf-8-sig")
    after = f"{before.rstrip()}\n\n{text}"
    try:
        whole = read_plain(after)
    except Unusual:
        whole = {}
    if set(whole) != {*present, id_}:
        raise CommandError(f"{path} is not in block style, so nothing can be added at its end. Add this by hand:\n\n{text}")
    write_whole(path, after)
    return path
