"""``ropa rights``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.formal import stop_at_formal_errors
from ropa.commands.options import DEFAULT_REGISTRY, RegistryOption, checked_language, today
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.context.context import Context
    from ropa.model.activity import Activity
    from ropa.publish.rights.answers import Case

FORMATS = ("text", "json")

HELP = """Show which data-subject rights people have for each purpose, and why.

Without a name: all purposes in a table. With an activity, or a purpose as `activity.purpose`: each right with the provision,
the condition that decides it, its exceptions and what is not settled. The privacy notice tells of the same rights.

Examples:

    ropa rights
    ropa rights newsletter
    ropa rights recruitment.consider newsletter --lang en
    ropa rights --format json
"""


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="rights", help=HELP)(rights)


def rights(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Activities, or purposes as activity.purpose.", metavar="ACTIVITY[.PURPOSE]...", show_default="all purposes"),
    ] = None,
    registry: RegistryOption = DEFAULT_REGISTRY,
    format_: Annotated[str, typer.Option("--format", help="How to show it: text or json.", metavar="FORMAT")] = "text",
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="Language of the answer: nb, nn or en. By default the registry's first.", metavar="LANGUAGE"),
    ] = None,
) -> None:
    """Shows the rights; exits 2 where a name is unknown, 1 where files have formal errors."""
    from ropa.checking import check
    from ropa.publish.rights.shown import Shown, is_controlled
    from ropa.report.terminal import safe

    one_of(format_, FORMATS, "format")
    language = checked_language(lang)
    checked = check(registry, today())
    wanted = _wanted(checked.context, names or [])
    stop_at_formal_errors(checked)
    cases, others = _cases(checked.context, wanted)
    shown = Shown(checked.context, language or checked.registry.language)
    if format_ == "json":
        write(shown.as_json(cases, [each for each in others if not is_controlled(checked.context, each)]), data=True)
        return
    text = shown.details(cases, others) if names else shown.overview(cases, others)
    write("\n".join(safe(line) for line in text.split("\n")))


def _wanted(context: Context, names: list[str]) -> list[tuple[Activity, str | None]]:
    """The activities, and the purpose of each where one is named; all activities where nothing is."""
    activities = context.registry.activities
    if not names:
        return [(activity, None) for _, activity in sorted(activities.items())]
    return [_named(context, name) for name in names]


def _named(context: Context, name: str) -> tuple[Activity, str | None]:
    from ropa.context.context import purposes_of

    activities = context.registry.activities
    activity, dot, purpose = name.removeprefix("activities/").partition(".")
    known = activities.get(activity)
    if known is not None and (not dot or purpose in purposes_of(known)):
        return known, purpose if dot else None
    every = [f"{each.id}.{key}" for each in activities.values() for key in purposes_of(each)]
    what = f"The activity {activity} has no purpose {purpose}." if known is not None else f"There is no activity {activity}."
    raise no_such(what, name, every if dot else [*activities, *every], "`ropa rights` lists the purposes.")


def _cases(context: Context, wanted: list[tuple[Activity, str | None]]) -> tuple[list[Case], list[Activity]]:
    """The cases of what was asked for, and the activities among it that have none: processors', and those without purposes."""
    from ropa.context.context import purposes_of
    from ropa.publish.rights.answers import cases
    from ropa.publish.rights.shown import is_controlled

    found: dict[str, list[Case]] = {}
    others = []
    for activity, purpose in wanted:
        names = [purpose] if purpose is not None else list(purposes_of(activity))
        if not is_controlled(context, activity) or not names:
            others.append(activity)
            continue
        for name in names:
            found.setdefault(f"{activity.id}.{name}", list(cases(context, activity, name)))
    return [case for every in found.values() for case in every], others
