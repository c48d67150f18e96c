"""``ropa rule``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.language import reader_language
from ropa.commands.options import DEFAULT_REGISTRY, LanguageOption, RegistryOption, rule_names
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.findings.catalogue import RuleEntry

FORMATS = ("text", "json")


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="rule", help=HELP)(rule)


HELP = """Explain a rule: what it checks, why, its exceptions, and how it looks wrong and right.

Examples:

    ropa rule consent-withdrawal-missing
    ropa rule ROPA151 --lang en
    ropa rule --all
"""


def rule(
    name: Annotated[str | None, typer.Argument(help="The rule's code or name.", metavar="CODE|NAME", show_default="all rules")] = None,
    all_: Annotated[bool, typer.Option("--all", help="List all rules.")] = False,
    format_: Annotated[str, typer.Option("--format", help="How to show it: text or json.", metavar="FORMAT")] = "text",
    lang: LanguageOption = None,
    registry: RegistryOption = DEFAULT_REGISTRY,
) -> None:
    """Explains one rule, or lists them all; an unknown rule is exit 2 with the nearest."""
    from ropa.report import rules as report
    from ropa.report.terminal import Style, wants_colour

    one_of(format_, FORMATS, "format")
    language = reader_language(lang, registry)
    if name is None or all_:
        write(
            report.list_as_json(language) if format_ == "json" else report.list_as_text(language, Style(wants_colour())),
            data=format_ == "json",
        )
        return
    told = report.explained(_found(name), language)
    write(
        report.as_json(told, language) if format_ == "json" else report.as_text(told, language, Style(wants_colour())),
        data=format_ == "json",
    )


def _found(name: str) -> RuleEntry:
    from ropa.findings.catalogue import entries, entry

    exact = entry(name)
    if exact is not None:
        return exact
    within = [known for known in entries() if len(name) > 2 and name.lower() in known][:5]
    otherwise = f"Names with it: {', '.join(within)}." if within else "`ropa rule --all` lists them."
    raise no_such(f"There is no rule {name}.", name, rule_names(), otherwise)
