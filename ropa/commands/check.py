"""``ropa check``."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.errors import CommandError
from ropa.commands.files import write_whole
from ropa.commands.fixing import show_fixes, write_fixes
from ropa.commands.options import (
    DEFAULT_REGISTRY,
    LanguageOption,
    RegistryArgument,
    TodayOption,
    checked_language,
    chosen_rules,
    parsed_date,
    split_list,
)
from ropa.commands.options import today as clock_day

if TYPE_CHECKING:
    from ropa.checking import Checked
    from ropa.findings.finding import Finding

FORMATS = ("text", "concise", "json")
LEVELS = ("error", "warning", "info", "never")


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="check", help=HELP)(check)


HELP = """Check a registry: the form of its files and the law.

Examples:

    ropa check
    ropa check registry --format concise --fail-on warning
    ropa check --output json:findings.json --only registry/activities/newsletter.yaml
    ropa check --diff
    ropa check --fix

--fix corrects what is only a matter of form (`P5Y`, `24.11.2026`, a misspelt key, a text that YAML has cut) and never what
the law asks. --diff shows the corrections and writes no file, with --fix too; its exit code is that of the check.
"""


def check(
    registry: RegistryArgument = DEFAULT_REGISTRY,
    format_: Annotated[str, typer.Option("--format", help="How to show findings: text, concise or json.", metavar="FORMAT")] = "text",
    output: Annotated[
        list[str] | None, typer.Option("--output", help="Also write FORMAT:PATH. May be repeated.", metavar="FORMAT:PATH")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Exit 1 from this severity on: error, warning, info or never.", metavar="SEVERITY")
    ] = "error",
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only these rules: codes, names or beginnings of codes.", metavar="CODE")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Not these rules.", metavar="CODE")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Check everything, show only findings in these files.", metavar="FILE")
    ] = None,
    today: TodayOption = None,
    lang: LanguageOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also list accepted findings and open questions.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Correct what is only a matter of form, then report what is left.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change in place of the findings; write no file.")] = False,
) -> None:
    """Checks and reports; exits 1 where something is found at or above ``--fail-on``."""
    outputs = [_output(text) for text in output or ()]
    _one_of(format_, FORMATS, "format")
    _one_of(fail_on, LEVELS, "severity")
    day = parsed_date(today) or clock_day()
    gc.disable()  # short-lived and much data: collecting costs a third of the time and frees nothing

    from ropa.checking import check as check_registry
    from ropa.checking import fails
    from ropa.report.terminal import wants_colour

    chosen_rule = chosen_rules(select, ignore)
    checked = check_registry(registry, day, checked_language(lang), chosen_rule)
    named = split_list(only)
    files = _named_files(checked, named)
    if fix and not diff and write_fixes(checked, lambda rule, file: chosen_rule(rule) and file in files):
        checked = check_registry(registry, day, checked_language(lang), chosen_rule)
    findings = checked.findings if not named else [finding for finding in checked.findings if finding.place.file in files]
    for chosen, path in outputs:
        write_whole(path, _rendered(chosen, checked, findings, False, verbose))
    if diff:
        show_fixes(checked, lambda rule, file: chosen_rule(rule) and file in files)
    else:
        sys.stdout.write(_rendered(format_, checked, findings, wants_colour(), verbose))
    sys.stdout.flush()
    raise typer.Exit(1 if fails(findings, fail_on) else 0)


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        from ropa.schema.names import nearest

        near = nearest(value, allowed)
        raise CommandError(f"There is no {what} {value}. " + (f"Did you mean {near}?" if near else f"Choose {', '.join(allowed)}."))


def _output(text: str) -> tuple[str, Path]:
    name, colon, path = text.partition(":")
    if not colon or not path:
        raise CommandError(f"--output {text} lacks its format or its path. Write FORMAT:PATH, as in json:findings.json.")
    _one_of(name, FORMATS, "format")
    return name, Path(path)


def _named_files(checked: Checked, files: list[str]) -> set[str]:
    """The files of ``--only`` as the registry names them; all where none is named."""
    from ropa.schema.names import nearest

    known = {os.path.normpath(os.path.join(str(checked.folder), document.file)): document.file for document in checked.documents.values()}
    if not files:
        return set(known.values())
    wanted = set()
    for file in files:
        path = os.path.normpath(file)
        match = (
            known.get(path)
            or (file if file in known.values() else None)
            or next((f for p, f in known.items() if os.path.abspath(p) == os.path.abspath(path)), None)
        )
        if match is None:
            near = nearest(path, known)
            raise CommandError(f"The registry has no file {file}." + (f" Did you mean {near}?" if near else ""))
        wanted.add(match)
    return wanted


def _rendered(chosen: str, checked: Checked, findings: list[Finding], colours: bool, verbose: bool) -> str:
    from ropa.report.report import Report

    report = Report(checked, findings)
    if chosen == "json":
        from ropa.report import as_json

        return as_json.render(report)
    if chosen == "concise":
        from ropa.report import concise

        return concise.render(report, colours)
    from ropa.report import text

    return text.render(report, colours, verbose)
