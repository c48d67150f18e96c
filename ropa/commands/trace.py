"""``ropa trace``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.errors import CommandError
from ropa.commands.formal import stop_at_formal_errors
from ropa.commands.options import DEFAULT_REGISTRY, RegistryOption, checked_language, today
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.graph.trace import Target
    from ropa.model.registry import Registry

HELP = """Show every path by which something is reached: a data category, a group of people, a party, a system, an activity or a country.

That is what an access request or an incident needs. A word may be a code, an id or a name; where it is ambiguous,
write its kind before it: `party:hubspot`, `country:US`, `category:name`, `subject:customer`, `system:crm`, `activity:newsletter`.

Examples:

    ropa trace email-address
    ropa trace party:hubspot --format json
    ropa trace country:US --registry registry
"""


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="trace", help=HELP)(trace)


def trace(
    what: Annotated[str, typer.Argument(help="A code, an id or a name, with its kind before it where it is ambiguous.", metavar="WHAT")],
    registry: RegistryOption = DEFAULT_REGISTRY,
    format_: Annotated[str, typer.Option("--format", help="text or json.", metavar="FORMAT")] = "text",
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the names: nb, nn or en. By default the registry's first.", metavar="LANGUAGE")
    ] = None,
) -> None:
    """Traces; exits 2 where the word is unknown or ambiguous, 1 where files have formal errors."""
    from ropa.checking import check
    from ropa.graph.trace import trails
    from ropa.publish.drawing import trails as shown
    from ropa.report.terminal import safe

    if format_ not in ("text", "json"):
        raise CommandError(f"There is no format {format_}. Choose text or json.")
    checked = check(registry, today())
    target = _target(checked.registry, what)
    stop_at_formal_errors(checked)
    found = trails(checked.context, target)
    language = checked_language(lang) or checked.registry.language
    render = shown.as_json if format_ == "json" else shown.as_text
    text = render(checked.context, target, found, language)
    write(text if format_ == "json" else "\n".join(safe(line) for line in text.split("\n")), data=format_ == "json")


def _target(registry: Registry, word: str) -> Target:
    from ropa.graph.trace import nearest, targets

    found = targets(registry, word)
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"{word} can mean several things: {', '.join(str(target) for target in found)}. Write one of them.")
    near = nearest(registry, word)
    raise CommandError(
        f"Nothing is called {word}."
        + (
            f" Did you mean {near}?"
            if near
            else " Write the code of a data category, a group of people or a country, or the id of a party or system."
        )
    )
