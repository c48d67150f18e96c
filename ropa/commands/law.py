"""``ropa law``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import one_of
from ropa.commands.language import reader_language
from ropa.commands.options import DEFAULT_REGISTRY, LanguageOption, RegistryOption
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.law.references import OwnLaw

FORMATS = ("text", "json")


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="law", help=HELP)(law)


HELP = """Explain a provision: whether it exists, how that was verified, and which rules rest on it.

Without a reference: how old the law data are, where they come from, and what in them is unverified.

Exit codes: 1 where there is no such act, section or article; 2 where a name fits several acts.

Examples:

    ropa law "GDPR art. 6(1)(c)"
    ropa law bokføringsloven § 13
    ropa law
"""


def law(
    reference: Annotated[
        list[str] | None,
        typer.Argument(help="An act and its section, or an article of the GDPR.", metavar="REF", show_default="the law data"),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="How to show it: text or json.", metavar="FORMAT")] = "text",
    lang: LanguageOption = None,
    registry: RegistryOption = DEFAULT_REGISTRY,
) -> None:
    """Explains a provision, or the law data."""
    from ropa.law.explain import explain
    from ropa.report import law as report
    from ropa.report.terminal import Style, wants_colour

    one_of(format_, FORMATS, "format")
    language = reader_language(lang, registry)
    if not reference:
        write(report.data_as_json() if format_ == "json" else report.data_as_text(language, Style(wants_colour())), data=format_ == "json")
        return
    found = explain(" ".join(reference), _own_laws(registry))
    write(report.as_json(found) if format_ == "json" else report.as_text(found, language, Style(wants_colour())), data=format_ == "json")
    if any(each.is_ambiguous for each in found):
        raise typer.Exit(2)
    raise typer.Exit(0 if all(each.exists for each in found) else 1)


def _own_laws(registry: Path) -> Mapping[str, OwnLaw]:
    """The acts that the registry declares; none without a registry. A folder that was named and is not there is an error."""
    from ropa.context.context import Context
    from ropa.flows.reach import reach
    from ropa.model.load import load
    from ropa.source.files import read_registry

    if registry == DEFAULT_REGISTRY and not (registry / "vocabulary.yaml").is_file():
        return {}
    model = load([each for each in read_registry(registry) if each.record in ("organisation", "vocabulary")]).registry
    return Context(model, reach(model), None).own_laws
