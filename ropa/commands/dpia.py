"""``ropa dpia``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.formal import stop_at_formal_errors
from ropa.commands.options import DEFAULT_REGISTRY, LanguageOption, RegistryOption, TodayOption, checked_language, parsed_date, today
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.model.registry import Registry

FORMATS = ("text", "json")

HELP = """Screen activities for an impact assessment: which criteria are met by which facts, which are open, and what follows.

The screening is computed from what is declared (GDPR Art. 35, the nine criteria of WP248, the authority's list). Without an activity all
are screened, and the duty to have a data protection officer (Art. 37) and the exemption from the record (Art. 30(5)) are told too.

Examples:

    ropa dpia
    ropa dpia recruitment newsletter --lang en
    ropa dpia --format json --registry registry
"""


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="dpia", help=HELP)(dpia)


def dpia(
    activities: Annotated[
        list[str] | None, typer.Argument(help="The ids of the activities.", metavar="ACTIVITY...", show_default="all activities")
    ] = None,
    registry: RegistryOption = DEFAULT_REGISTRY,
    format_: Annotated[str, typer.Option("--format", help="How to show it: text or json.", metavar="FORMAT")] = "text",
    lang: LanguageOption = None,
    today_: TodayOption = None,
) -> None:
    """Screens; exits 2 where an activity does not exist, 1 where files have formal errors."""
    from ropa.checking import check
    from ropa.report import screening as report
    from ropa.report.terminal import Style, wants_colour

    one_of(format_, FORMATS, "format")
    checked = check(registry, parsed_date(today_) or today(), checked_language(lang))
    chosen = _known(checked.registry, activities or ())
    stop_at_formal_errors(checked)
    told = report.screened(checked, chosen, checked.language)
    write(report.as_json(told) if format_ == "json" else report.as_text(told, Style(wants_colour())), data=format_ == "json")


def _known(registry: Registry, words: Sequence[str]) -> list[str]:
    """The activities of the ids, each once; a `CommandError` with the nearest for one that does not exist."""
    for word in words:
        if word not in registry.activities:
            otherwise = "The ids are the names of the files in activities."
            raise no_such(f"There is no activity {word}.", word, registry.activities, otherwise)
    return list(dict.fromkeys(words))
