"""``ropa build``."""

from __future__ import annotations

import gc
import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.commands.choices import one_of
from ropa.commands.errors import CommandError
from ropa.commands.options import (
    DEFAULT_REGISTRY,
    ConfigOption,
    NoConfigOption,
    RegistryArgument,
    TodayOption,
    parsed_date,
    split_list,
)
from ropa.commands.streams import flush, say, write
from ropa.law import LANGUAGES

if TYPE_CHECKING:
    from ropa.checking import Checked
    from ropa.publish.build import Plan

HELP = """Check a registry, then write privacy notice, record, cookie declaration, data-flow graph, evidence and the front page.

With formal errors nothing is written. With other errors that nobody has accepted, notice and cookie declaration are
held back unless `--draft` is given. Both end with exit code 1.

A severity that ropa.toml raises holds here as in `ropa check`, so that what the team has made an error is one here too. What
ropa.toml selects or ignores, and a baseline, is for `ropa check` alone: no rule is left out of what is published.

Examples:

    ropa build --out out
    ropa build registry --out out --only notice,cookies --lang nb
    ropa build --out out --check
"""


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command(name="build", help=HELP)(build)


def build(
    registry: RegistryArgument = DEFAULT_REGISTRY,
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write to. It is empty, new, or of an earlier build.", metavar="DIR")
    ] = None,
    check_only: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where the folder is stale.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Only these parts: notice, cookies, record, graph, evidence, index. The rest stays.", metavar="PART"),
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", help="Only these languages: nb, nn, en. By default the registry's.", metavar="LANGUAGE")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Write everything in spite of errors, stamped as a draft.")] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    today: TodayOption = None,
) -> None:
    """Builds; exits 1 where errors are open or, with ``--check``, where the folder is stale."""
    from ropa.publish.build import Plan

    if out is None:
        raise CommandError("Say where to write: --out DIR, as in `ropa build --out out`.")
    plan = Plan(parts=_parts(only), languages=_languages(lang), draft=draft)
    gc.disable()

    from ropa.accept.raised import raised
    from ropa.checking import check
    from ropa.commands.config import settings

    severities = settings(registry, config, not no_config).severity
    checked = check(registry, parsed_date(today) or as_of(registry))
    checked.findings = raised(checked.findings, severities)
    _report(checked)
    if checked.formal_errors():
        say("Nothing was written: the files have formal errors.")
        raise typer.Exit(1)
    code = _compare(checked, plan, out) if check_only else _write(checked, plan, out)
    raise typer.Exit(code or (1 if checked.count("error") else 0))


def _parts(only: list[str] | None) -> tuple[str, ...]:
    from ropa.publish.build import PARTS

    chosen = [one_of(part, PARTS, "part") for part in split_list(only)]
    return tuple(part for part in PARTS if part in chosen) if chosen else PARTS


def _languages(lang: list[str] | None) -> tuple[str, ...]:
    chosen = split_list(lang)
    for language in chosen:
        if language not in LANGUAGES:
            raise CommandError(f"There is no language {language}. Choose nb, nn or en.")
    return tuple(dict.fromkeys(chosen))


def as_of(registry: Path) -> date | None:
    """The day that documents are of: SOURCE_DATE_EPOCH, else the last commit that touched the registry; None where neither is to be had."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise CommandError(f"SOURCE_DATE_EPOCH is {epoch}, which is no number of seconds.") from None
    command = ["git", "-C", str(registry), "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d", "--", "."]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, env={**os.environ, "TZ": "UTC"})  # noqa: S603 - a fixed command; the folder is an argument of its own
    except (OSError, subprocess.TimeoutExpired):
        return None
    try:
        return date.fromisoformat(found.stdout.strip()) if found.returncode == 0 else None
    except ValueError:
        return None


def _report(checked: Checked) -> None:
    from ropa.report import text
    from ropa.report.report import Report
    from ropa.report.terminal import wants_colour

    write(text.render(Report(checked, checked.findings), wants_colour()))
    flush()


def _compare(checked: Checked, plan: Plan, out: Path) -> int:
    from ropa.publish.build import digest, outputs
    from ropa.publish.folder import FolderRefused, stale

    try:
        expected = {output.path: digest(output.content) for output in outputs(checked, plan)}
        differing = stale(out, _with_the_rest(out, plan, expected))
    except FolderRefused as error:
        raise CommandError(str(error)) from error
    for path in differing:
        say(f"stale: {out / path}")
    say(f"{out} is up to date." if not differing else f"{out} is stale: {len(differing)} of {len(expected)} files differ.")
    return 1 if differing else 0


def _with_the_rest(out: Path, plan: Plan, written: dict[str, str]) -> dict[str, str]:
    """What is written now, and what stays of the last build because it was not asked for."""
    from ropa.publish.build import PARTS, belongs_to
    from ropa.publish.folder import listed

    rest = tuple(part for part in PARTS if part not in plan.parts)
    kept = {
        path: value
        for path, value in listed(out).items()
        if belongs_to(path, rest) or (plan.languages and _of_other_language(path, plan.languages))
    }
    return {**kept, **written}


def _of_other_language(path: str, languages: tuple[str, ...]) -> bool:
    return any(f".{language}." in path for language in LANGUAGES if language not in languages)


def _write(checked: Checked, plan: Plan, out: Path) -> int:
    from ropa.publish.build import digest, manifest, outputs, parts_allowed
    from ropa.publish.folder import FolderRefused, listed, replace

    try:
        before = listed(out)
        made = outputs(checked, plan)
        files = _with_the_rest(out, plan, {output.path: digest(output.content) for output in made})
        replace(out, [*made, manifest(checked, plan, files)], set(before) - set(files))
    except FolderRefused as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(
            f"{error.filename or out} cannot be written: {error.strerror or error}. The last build, if any, is as it was."
        ) from error
    held_back = [part for part in plan.parts if part not in parts_allowed(checked, plan)]
    if held_back:
        say(f"Held back because of errors: {', '.join(held_back)}. Write them as drafts with --draft.")
    say(f"{len(made)} files written to {out}. Open first: {_first(out, [output.path for output in made])}")
    return 0


def _first(out: Path, paths: list[str]) -> Path:
    for wanted in ("internal/index.html", "public/notice/", "internal/record/"):
        for path in paths:
            if path.startswith(wanted) and path.endswith(".html"):
                return out / path
    return out / (paths[0] if paths else "")
