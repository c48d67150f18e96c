"""``ropa graph``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ropa.commands.choices import one_of
from ropa.commands.formal import stop_at_formal_errors
from ropa.commands.options import DEFAULT_REGISTRY, RegistryArgument, checked_language, today
from ropa.commands.streams import write

HELP = """Write the data-flow graph in one format: svg, dot, mermaid or json.

Examples:

    ropa graph --out flow.svg
    ropa graph registry --format mermaid --transfers
"""


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="graph", help=HELP)(graph)


def graph(
    registry: RegistryArgument = DEFAULT_REGISTRY,
    format_: Annotated[str, typer.Option("--format", help="svg, dot, mermaid or json.", metavar="FORMAT")] = "svg",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write. By default standard output.", metavar="FILE")] = None,
    transfers: Annotated[bool, typer.Option("--transfers", help="Only flows that leave the EEA.")] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language of the drawing: nb, nn or en. By default the registry's first.", metavar="LANGUAGE"),
    ] = None,
) -> None:
    """Draws the flows of a registry; exits 1 where its files have formal errors."""
    from ropa.checking import check
    from ropa.commands.files import write_whole
    from ropa.publish.drawing.outputs import FORMATS, drawn

    one_of(format_, FORMATS, "format")
    checked = check(registry, today())
    stop_at_formal_errors(checked)
    text = drawn(checked.context, checked_language(lang) or checked.registry.language, format_, transfers)
    if out is None:
        write(text if text.endswith("\n") else text + "\n", data=True)
    else:
        write_whole(out, text if text.endswith("\n") else text + "\n")
