"""``docs/commands.md``: what each command takes, from the app itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.utils import get_params_from_function

from scripts.docs.markdown import code, escaped, table

INTRODUCTION: Final = """# The commands

`REGISTRY` is the folder that holds `organisation.yaml`; it defaults to `./registry`.

Exit codes: **0** nothing found at or above `--fail-on`; **1** findings, or stale output; **2** the job could not be done (usage, no
registry, an unknown word). They never depend on the format. Findings and results go to standard output, progress and errors of the tool
to standard error.
"""


def page() -> str:
    """The whole page."""
    from ropa.commands import register
    from ropa.commands.app import app

    if not app.registered_commands:
        register(app)
    group: Any = typer.main.get_command(app)
    lines = [INTRODUCTION]
    for name, command in group.commands.items():
        lines.extend(_command(name, command))
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option" and "--help" not in parameter.opts]
    usage = " ".join([f"ropa {name}", *(_usage(argument) for argument in arguments)])
    yield f"## {name}"
    yield ""
    yield code(usage)
    yield ""
    yield escaped(command.help.replace("\b\n", "").strip())
    yield ""
    # Asked of the function: Click from 8.5 on loses what Typer before 0.26 says of an argument.
    declared = get_params_from_function(command.callback)
    rows = [(code(argument.metavar or argument.name.upper()), declared[argument.name].default.help or "") for argument in arguments]
    rows += [(code(" ".join(filter(None, (", ".join(option.opts), option.metavar)))), option.help or "") for option in options]
    yield from table(("", "what"), rows)
    yield ""


def _usage(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required else f"[{name}]"
