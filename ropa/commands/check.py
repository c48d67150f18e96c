"""``ropa check``."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import no_such, one_of
from ropa.commands.errors import CommandError
from ropa.commands.files import write_together
from ropa.commands.fixing import show_fixes, write_fixes
from ropa.commands.options import (
    DEFAULT_REGISTRY,
    FORMATS,
    LEVELS,
    ConfigOption,
    LanguageOption,
    NoConfigOption,
    RegistryArgument,
    TodayOption,
    checked_language,
    chosen_rules,
    parsed_date,
    parsed_output,
    split_list,
)
from ropa.commands.options import today as clock_day
from ropa.commands.reporting import apart, rendered, show, summarise
from ropa.commands.streams import say

if TYPE_CHECKING:
    from ropa.checking import Checked
    from ropa.commands.comparing import Written
    from ropa.commands.config import Settings
    from ropa.findings.finding import Severity

Chosen = Callable[[str], bool]


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="check", help=HELP)(check)


HELP = """Check a registry: the form of its files and the law.

Examples:

    ropa check
    ropa check registry --format concise --fail-on warning
    ropa check --output json:findings.json --only registry/activities/newsletter.yaml
    ropa check --output sarif:ropa.sarif --output junit:ropa.xml
    ropa check --since origin/main
    ropa check --since origin/main --format review
    ropa check --baseline baseline.json --update-baseline
    ropa check --diff
    ropa check --fix

Formats: text, concise, json, sarif (2.1.0), github (annotations, and the summary of the job), gitlab (Code Quality), junit, review (what
GitHub takes as the review of a pull request: with --since a comment at each line that the change touches). The exit code is the
same in each: 0; 1 where something is found at or above --fail-on; 2 where the check could not be done.

What a team has settled stands in ropa.toml, or in pyproject.toml as [tool.ropa]: in the nearest one from the registry upward to the
root of the git repository, and in ropa.toml where both stand in one folder. Its keys are select, ignore, fail-on, severity, lang,
format, output and baseline. The command line comes before it. A severity can be raised there and never lowered.

A baseline holds the findings that a team began with. They do not count; all others do. The first --update-baseline writes
what is found, a later one only removes what was put right. --add-to-baseline takes in what is new as well. A file that cannot be
read is never taken in: it would hide what else comes into it.

--since shows what a change brought: the findings that were not there at a git revision.

--fix corrects what is only a matter of form (`P5Y`, `24.11.2026`, a misspelt key or id, a text that YAML has cut) and never what
the law asks. What stands in the baseline, or is older than --since, is left as it is. --diff shows the corrections and writes no
file, with --fix too; its exit code is that of the check.
"""


def check(
    registry: RegistryArgument = DEFAULT_REGISTRY,
    format_: Annotated[
        str | None, typer.Option("--format", help=f"How to show findings: {', '.join(FORMATS)}. By default text.", metavar="FORMAT")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", help="Also write FORMAT:PATH. May be repeated.", metavar="FORMAT:PATH")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="Exit 1 from this severity on: error (by default), warning, info or never.", metavar="SEVERITY"),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only these rules: codes, names or beginnings of codes.", metavar="CODE")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Not these rules.", metavar="CODE")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Check everything, show only findings in these files.", metavar="FILE")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Show only findings that are new since a git revision.", metavar="REVISION")
    ] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Findings that are known and do not count.", metavar="FILE")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the baseline, or remove from it what was put right.")
    ] = False,
    add_to_baseline: Annotated[bool, typer.Option("--add-to-baseline", help="Update the baseline and take in what is new.")] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    today: TodayOption = None,
    lang: LanguageOption = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also list accepted findings, those of the baseline, and open questions.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Correct what is only a matter of form, then report what is left.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change in place of the findings; write no file.")] = False,
) -> None:
    """Checks and reports; exits 1 where something is found at or above ``--fail-on``."""
    gc.disable()  # short-lived and much data: collecting costs a third of the time and frees nothing
    from ropa.commands.comparing import Against, compared, known
    from ropa.commands.config import settings

    asked = [parsed_output(text) for text in output or ()]
    settled = settings(registry, config, not no_config)
    outputs = apart(registry, asked or settled.output, baseline or settled.baseline)
    against = Against(baseline or settled.baseline, update_baseline, add_to_baseline, since)
    if diff and against.updates():
        raise CommandError("--diff writes nothing, so it updates no baseline. Ask for one of them.")
    shown = one_of(format_ or settled.format or "text", FORMATS, "format")
    level = one_of(fail_on or settled.fail_on or "error", LEVELS, "severity")
    day, language = parsed_date(today) or clock_day(), checked_language(lang) or settled.lang
    chosen = _chosen(select, ignore, settled)

    from ropa.checking import fails
    from ropa.report.report import Report

    checked = _checked(registry, day, language, chosen, settled.severity)
    files = _named_files(checked, split_list(only))
    left = known(checked, against, chosen) if fix or diff else frozenset()

    def fixable(rule: str, file: str) -> bool:
        return chosen(rule) and file in files

    if fix and not diff and write_fixes(checked, fixable, left):
        checked = _checked(registry, day, language, chosen, settled.severity)
    findings = [finding for finding in checked.findings if not only or finding.place.file in files]
    left_out = [] if select else _left_out(chosen, settled)
    report, written = compared(Report(checked, findings, raised=settled.severity, left_out=left_out), against, chosen)
    _write(written, {path: rendered(name, report, verbose=verbose) for name, path in outputs})
    if "github" in (shown, *(name for name, _ in outputs)):
        summarise(report)
    if diff:
        show_fixes(checked, fixable, left)
    else:
        show(shown, report, verbose)
    raise typer.Exit(1 if fails(report.counting(), level) else 0)


def _write(baseline: Written | None, reports: dict[Path, str]) -> None:
    """Writes the baseline and the reports, all or none, and then tells of the baseline."""
    write_together(reports if baseline is None else reports | {baseline.file: baseline.text})
    if baseline is not None:
        say(baseline.told)


def _chosen(select: Sequence[str] | None, ignore: Sequence[str] | None, settled: Settings) -> Chosen:
    """Whether a rule's findings are wanted. Selecting on the command line sets aside what the configuration selects and ignores."""
    if select:
        return chosen_rules(select, ignore)
    return chosen_rules(settled.select, ignore or settled.ignore)


def _left_out(chosen: Chosen, settled: Settings) -> list[str]:
    """The rules that the configuration leaves out, so that none is left out unseen; in the order of their codes."""
    if not settled.select and not settled.ignore:
        return []
    from ropa.findings.catalogue import entries
    from ropa.rules import RULES
    from ropa.rules.engine import name_of

    run = {name_of(rule) for rule in RULES}
    return [name for name, rule in entries().items() if (rule.formal or name in run) and not chosen(name)]


def _checked(registry: Path, day: date, language: str | None, chosen: Chosen, severities: Mapping[str, Severity]) -> Checked:
    """The registry checked, with the severities that were raised."""
    from ropa.checking import check as check_registry

    checked = check_registry(registry, day, language, chosen)
    if severities:
        from ropa.accept.raised import raised

        checked.findings = raised(checked.findings, severities)
    return checked


def _named_files(checked: Checked, files: list[str]) -> set[str]:
    """The files of ``--only`` as the registry names them; all where none is named."""
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
            raise no_such(f"The registry has no file {file}.", path, known)
        wanted.add(match)
    return wanted
