"""``ropa init``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.errors import CommandError
from ropa.commands.options import split_list
from ropa.law import LANGUAGES

CI = ("github", "gitlab", "none")
HOOKS = ("pre-commit", "none")
EDITORS = ("vscode", "none")


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="init", help=HELP)(init)


HELP = """Make a registry in which you can start at once: DIR/registry, with one worked activity and files for CI, git hooks and the editor.

The files for CI, the hooks and the editor work where DIR is the root of the repository, and the folder that the editor opens.
Nothing that is there already is overwritten. Without --name the organisation is an example that you write over.

Examples:

    ropa init .
    ropa init privacy --name "Fjord Data AS" --organisation-number 312345676 --email personvern@fjord.example
    ropa init privacy --lang en --languages en,nb --ci gitlab
"""


def init(
    folder: Annotated[Path, typer.Argument(help="The folder in which registry/ is made.", metavar="DIR")],
    name: Annotated[str | None, typer.Option("--name", help="The organisation's legal name.", metavar="NAME")] = None,
    number: Annotated[str | None, typer.Option("--organisation-number", help="Its registration number.", metavar="NUMBER")] = None,
    country: Annotated[str, typer.Option("--country", help="The code of its country.", metavar="CODE")] = "NO",
    email: Annotated[str | None, typer.Option("--email", help="Where people write about privacy.", metavar="ADDRESS")] = None,
    languages: Annotated[
        list[str] | None, typer.Option("--languages", help="The notice's languages, as nb,en. By default --lang.", metavar="LANGUAGES")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the explanations: nb, nn or en.", metavar="LANGUAGE")] = "nb",
    ci: Annotated[str, typer.Option("--ci", help="github, gitlab or none.", metavar="CI")] = "github",
    hooks: Annotated[str, typer.Option("--hooks", help="pre-commit or none.", metavar="HOOKS")] = "pre-commit",
    editor: Annotated[str, typer.Option("--editor", help="vscode or none.", metavar="EDITOR")] = "vscode",
) -> None:
    """Writes the files, or none of them."""
    from ropa import __version__
    from ropa.schema.starter import Answers, registry_files, surrounding_files

    for value, allowed, what in (
        (lang, LANGUAGES, "language"),
        (ci, CI, "CI"),
        (hooks, HOOKS, "kind of hooks"),
        (editor, EDITORS, "editor"),
    ):
        one_of(value, allowed, what)
    spoken = [one_of(language, LANGUAGES, "language") for language in split_list(languages)] or [lang]
    answers = Answers(name, number, _country(country), email, list(dict.fromkeys(spoken)))
    files = {f"registry/{path}": content for path, content in registry_files(answers, lang).items()}
    files |= surrounding_files(ci, hooks, editor, __version__)
    _write_all(folder, files)
    schemas = 0
    if editor != "none":
        from ropa.commands.schema import FOLDER, write_schemas

        registry = folder / "registry"
        schemas = len(write_schemas(registry, registry / FOLDER, spoken[0]))
    _tell(folder, files, schemas)


def _country(code: str) -> str:
    from ropa.law import countries

    if not countries.is_country(code):
        known = filter(countries.is_country, countries.places())
        raise no_such(f"There is no country {code}.", code, known, "Write its ISO code, as NO.")
    return code


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Writes all files, or leaves the folder as it was: what is there already is never touched."""
    from ropa.commands.files import write_whole

    taken = [folder / path for path in files if (folder / path).exists()]
    registry = folder / "registry"
    if registry.is_dir() and any(registry.iterdir()):
        taken = [registry]
    if taken:
        raise CommandError(f"{taken[0]} exists, and nothing is overwritten. Choose another folder{_way_out(taken[0])}.")
    made: list[Path] = []
    try:
        for path, content in files.items():
            target = folder / path
            made.extend(parent for parent in reversed(target.parents) if not parent.exists())
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content)
            made.append(target)
    except (OSError, CommandError) as error:
        _unmake(made)
        if isinstance(error, OSError):
            raise CommandError(f"{error.filename or folder} cannot be made: {error.strerror}.") from error
        raise


def _unmake(made: list[Path]) -> None:
    """Takes away what was made, the last first. What cannot be taken away stays: the error that is told is the first one."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _way_out(taken: Path) -> str:
    if taken.parent.name == ".vscode":
        return ", or add --editor none"
    if taken.name == ".pre-commit-config.yaml":
        return ", or add --hooks none"
    return ", or add --ci none" if taken.suffix == ".yml" else ""


def _tell(folder: Path, files: Mapping[str, str], schemas: int) -> None:
    from ropa.report.terminal import safe

    for path in files:
        typer.echo(safe(f"wrote {folder / path}"))
    if schemas:
        typer.echo(safe(f"wrote {folder / 'registry' / '.schemas'} ({schemas} schemas for the editor)"))
    steps = (
        f"Next: write your own facts in {folder / 'registry' / 'organisation.yaml'}, then run",
        f"  ropa check {folder / 'registry'}",
        f"  ropa build {folder / 'registry'} --out {folder / 'out'}",
        f"  ropa new activity ID --registry {folder / 'registry'}",
    )
    typer.echo(safe("\n" + "\n".join(steps)))
