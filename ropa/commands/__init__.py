"""The command line: parse, call one function, set the exit code."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds the commands to the app. Each module imports what it needs when it runs, so that a check starts at once."""
    from ropa.commands import build, check, graph, init, law, new, rule, schema, trace

    for module in (init, new, check, build, rule, law, graph, trace, schema):
        module.register(app)
