"""Options that several commands share, and the parsing of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.errors import CommandError
from ropa.law import LANGUAGES

RegistryArgument = Annotated[Path, typer.Argument(help="The folder that holds organisation.yaml.", show_default="./registry")]
RegistryOption = Annotated[Path, typer.Option("--registry", help="The folder that holds organisation.yaml.", show_default="./registry")]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", help="Language of the messages: nb, nn or en. By default the registry's first.", metavar="LANGUAGE")
]
TodayOption = Annotated[str | None, typer.Option("--today", help="The day at which dates are judged, as 2026-11-24.", metavar="DATE")]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="Use this configuration.", metavar="FILE")]
NoConfigOption = Annotated[bool, typer.Option("--no-config", help="Use no configuration.")]

DEFAULT_REGISTRY = Path("registry")
FORMATS: Final = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "review")
LEVELS: Final = ("error", "warning", "info", "never")


def today() -> date:
    """The clock's day where the user is: what a check without ``--today`` judges dates at."""
    return datetime.now().astimezone().date()


def parsed_date(text: str | None) -> date | None:
    """The day of an option; None where the option is not given."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no date. Write year, month and day, as in 2026-11-24.") from None


def checked_language(language: str | None) -> str | None:
    """A language that the tool speaks, or None."""
    if language is not None and language not in LANGUAGES:
        raise CommandError(f"There is no language {language}. Choose nb, nn or en.")
    return language


def split_list(values: Sequence[str] | None) -> list[str]:
    """The words of a repeatable option whose values may also be joined by commas."""
    return [word.strip() for value in values or () for word in value.split(",") if word.strip()]


def parsed_output(text: str) -> tuple[str, Path]:
    """A format and the file that its report goes to, from FORMAT:PATH."""
    name, colon, path = text.partition(":")
    if not colon or not path:
        raise CommandError(f"--output {text} lacks its format or its path. Write FORMAT:PATH, as in json:findings.json.")
    return one_of(name, FORMATS, "format"), Path(path)


def chosen_rules(select: Sequence[str] | None, ignore: Sequence[str] | None) -> Callable[[str], bool]:
    """Whether a rule's findings are wanted: by code, name, or beginning of a code. An unknown word is a `CommandError`."""
    wanted = [rules_named(word) for word in split_list(select)]
    unwanted = [rules_named(word) for word in split_list(ignore)]

    def chosen(name: str) -> bool:
        return (not wanted or any(name in names for names in wanted)) and not any(name in names for names in unwanted)

    return chosen


def rule_names() -> tuple[str, ...]:
    """The names and the codes of all rules."""
    from ropa.findings.catalogue import entries

    return (*entries(), *(rule.code for rule in entries().values()))


def rules_named(word: str) -> frozenset[str]:
    """The names of the rules that a word means: a code, a name, or the beginning of a code. Raises `CommandError`."""
    from ropa.findings.catalogue import entries, entry

    exact = entry(word)
    if exact is not None:
        return frozenset((exact.name,))
    beginning = word.upper()
    found = frozenset(rule.name for rule in entries().values() if beginning.startswith("ROPA") and rule.code.startswith(beginning))
    if not found:
        raise no_such(f"There is no rule {word}.", word, rule_names(), "`ropa rule --all` lists them.")
    return found
