"""The Typer app, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from typing import Annotated, Any, Final

import typer
import typer.core

from ropa import __version__
from ropa.commands import streams
from ropa.commands.errors import CommandError

USAGE: Final = 2
SHOWN: Final = 3
"""How many registries are offered to one who named the folder around them."""

NAME_IT: Final = "Name the folder that holds organisation.yaml, or make one with `ropa init`."


class SuggestingGroup(typer.core.TyperGroup):
    """A group of commands that answers a misspelt one with the nearest."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was asked for; a `CommandError` with the nearest name where there is none."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            near = get_close_matches(name, self.commands, 1, 0.5)
            hint = f" Did you mean `ropa {near[0]}`?" if near else " `ropa --help` lists the commands."
            raise CommandError(f"There is no command `{name}`.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command, and sends what it wrote while an error can still be told."""
        try:
            return super().invoke(ctx)
        finally:
            streams.flush()


app = typer.Typer(
    cls=SuggestingGroup,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Processing activities as code: check them against the law, build notice, record, cookie declaration and data-flow graph.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from ropa.law import store

        typer.echo(f"ropa {__version__}, law of {store.as_of()}")
        raise typer.Exit


@app.callback()
def callback(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which tool and which law this is.")
    ] = False,
) -> None:
    """Holds the options that stand before a command."""


def main() -> None:
    """Runs the command line. Exit codes: 0 nothing found, 1 findings or stale output, 2 the job could not be done."""
    from ropa.source.files import RegistryUnusable

    try:
        streams.prepare()
        with streams.tidied_up():
            _run()
    except (CommandError, RegistryUnusable) as error:
        _stop(_words(error))
    except KeyboardInterrupt:
        _stop("Stopped.", 130)
    except OSError as error:
        _stop(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except Exception as error:
        if os.environ.get("ROPA_DEBUG"):
            raise
        _stop(
            f"Something is wrong in ropa itself ({type(error).__name__}: {error}). Please report it; ROPA_DEBUG=1 shows where it happened."
        )


def _run() -> None:
    from ropa.commands import register

    if not app.registered_commands:
        register(app)
    app(standalone_mode=True)


def _words(error: Exception) -> str:
    from ropa.source.files import RegistryUnusable

    if isinstance(error, RegistryUnusable):
        return {
            "missing": f"There is no registry at {error.folder}. {NAME_IT}",
            "unreadable": f"The folder {error.folder} cannot be listed.",
            "above": f"There is no registry at {error.folder}, but below it: {', '.join(error.below[:SHOWN])}. Name that folder.",
            "empty": f"The folder {error.folder} holds no YAML file. {NAME_IT}",
        }[error.reason]
    return str(error)


def _stop(message: str, code: int = USAGE) -> None:
    streams.say(f"ropa: {message}")
    sys.exit(code)
