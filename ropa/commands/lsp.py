"""``ropa lsp``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ropa.commands.errors import CommandError

if TYPE_CHECKING:
    from ropa.lsp.preferences import Preferences


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="lsp", help=HELP)(lsp)


HELP = """Run the language server for an editor: findings while you type, explanations, completion, names changed everywhere.

An editor starts it and speaks with it over standard input and output; there is nothing to see at a terminal. It needs the
extra `lsp`: pip install "ropa-toolkit[lsp]".

Example:

    ropa lsp
"""


def lsp() -> None:
    """Serves one client; exits 0 when it took its leave, else 1."""
    if find_spec("pygls") is None or find_spec("lsprotocol") is None:
        raise CommandError('The language server needs pygls: pip install "ropa-toolkit[lsp]".')
    from ropa.lsp.server import serve

    raise typer.Exit(0 if serve(preferences) else 1)


def preferences(registry: Path) -> Preferences:
    """What holds for a registry: its configuration and baseline as `ropa check` reads them, at the clock's day.

    A configuration that cannot be read holds for nothing; what is wrong with it is told.
    """
    from ropa.commands.comparing import read_baseline
    from ropa.commands.config import settings
    from ropa.commands.options import chosen_rules, today
    from ropa.lsp.preferences import Preferences

    try:
        settled = settings(registry)
        chosen = chosen_rules(settled.select, settled.ignore)
        baseline = read_baseline(settled.baseline, may_be_missing=True) if settled.baseline is not None else None
    except CommandError as error:
        return Preferences(today(), trouble=str(error))
    return Preferences(today(), chosen, settled.severity, settled.lang, baseline)
