"""The command line: parse, call one function, set the exit code."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds the commands to the app. Each module imports what it needs when it runs, so that a check starts at once."""
    from ropa.commands import build, check, dpia, graph, init, law, lsp, new, rights, rule, schema, trace

    for module in (init, new, check, build, rule, law, rights, dpia, graph, trace, schema, lsp):
        module.register(app)
    for command in app.registered_commands:
        command.help = with_blocks_kept(command.help or "")


def with_blocks_kept(text: str) -> str:
    """A help text in which indented lines, the examples, stand as they are written; Click fills all other lines to the terminal's width."""
    return "\n\n".join(f"\b\n{block}" if block.startswith("    ") else block for block in text.strip("\n").split("\n\n"))
