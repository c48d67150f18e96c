"""Where the reports of a check go: standard output, files, and the summary of a GitHub job."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ropa.commands.errors import CommandError
from ropa.commands.streams import write

if TYPE_CHECKING:
    from ropa.report.report import Report

FOR_PEOPLE: Final = ("text", "concise", "github")
"""The formats that stand in a terminal or a log; the others are data."""

Outputs = Sequence[tuple[str, Path]]


def apart(registry: Path, outputs: Outputs, baseline: Path | None = None) -> Outputs:
    """The outputs, where each has a file of its own that is neither the baseline's nor the registry's; a `CommandError` else."""
    for path in (*(path for _, path in outputs), *([] if baseline is None else [baseline])):
        _refuse_odd(registry, path)
    taken = {os.path.realpath(baseline)} if baseline is not None else set()
    for name, path in outputs:
        real = os.path.realpath(path)
        if real in taken:
            raise CommandError(f"{path} is written twice: {name} needs a file of its own.")
        taken.add(real)
    return outputs


def _refuse_odd(registry: Path, path: Path) -> None:
    """Refuses a place where a report would be read as a part of the registry, and the hyphen, which is no file to most."""
    if str(path) == "-":
        raise CommandError("- is no file. What goes to standard output is chosen with --format.")
    inside = os.path.realpath(path).startswith(os.path.join(os.path.realpath(registry), ""))
    if inside and path.suffix.lower() in (".yaml", ".yml"):
        raise CommandError(f"{path} lies in the registry, where YAML files are records. Choose another place or ending.")


def rendered(name: str, report: Report, colours: bool = False, verbose: bool = False) -> str:
    """The report in a format. A format's module is imported when it is asked for."""
    if name in ("text", "concise"):
        from ropa.report import concise, text

        return text.render(report, colours, verbose) if name == "text" else concise.render(report, colours)
    if name == "json":
        from ropa.report import as_json

        return as_json.render(report)
    if name == "sarif":
        from ropa.fixes.find import fixes
        from ropa.report import sarif

        return sarif.render(replace(report, fixes=fixes(report.checked)))
    if name == "github":
        from ropa.report import github

        return github.render(report)
    if name == "gitlab":
        from ropa.report import gitlab

        return gitlab.render(report)
    if name == "review":
        return _review(report)
    from ropa.report import junit

    return junit.render(report)


def _review(report: Report) -> str:
    """The review of the change since ``--since``, or without lines where nothing is compared. Raises `CommandError`."""
    from ropa.commands.comparing import why_unusable
    from ropa.fixes.find import fixes
    from ropa.report import review
    from ropa.source.revision import RevisionUnusable
    from ropa.source.touched import touched

    report = replace(report, fixes=fixes(report.checked))
    if report.since is None:
        return review.render(report, blob=_blob(os.environ.get("GITHUB_SHA", "")))
    try:
        change = review.Change(touched(report.checked.folder, report.since.revision), _on_disk(report))
    except RevisionUnusable as error:
        raise CommandError(why_unusable(error)) from None
    return review.render(report, change, _blob(change.touched.commit))


def _on_disk(report: Report) -> dict[str, str]:
    """The texts, as they stand on disk, of the registry's files in which something was found; without those that are no text."""
    texts = {}
    for file in sorted({finding.place.file for finding in report.counting()} & report.checked.texts.keys()):
        with suppress(OSError, UnicodeDecodeError):
            texts[file] = (report.checked.folder / file).read_bytes().decode("utf-8")
    return texts


def show(name: str, report: Report, verbose: bool) -> None:
    """Writes the report to standard output, with colours where a person sees them."""
    from ropa.report.terminal import wants_colour

    write(rendered(name, report, wants_colour(), verbose), data=name not in FOR_PEOPLE)


def summarise(report: Report) -> None:
    """Adds the report to the summary of the GitHub job that runs, if one does. Raises `CommandError`."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from ropa.report import github_summary

    written = 0
    with suppress(OSError):
        written = Path(path).stat().st_size
    room = github_summary.LIMIT - written
    if room < github_summary.LEAST:
        return  # the step has filled its summary: a byte too many, and GitHub shows none of it
    page = github_summary.render(report, _blob(os.environ.get("GITHUB_SHA", "")), room)
    try:
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(page)
    except OSError as error:
        raise CommandError(f"The job's summary {path} cannot be written: {error.strerror}.") from error


def _blob(commit: str) -> str:
    """Where GitHub shows the files of a commit; empty outside GitHub."""
    parts = [*(os.environ.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY")), commit]
    return f"{parts[0]}/{parts[1]}/blob/{parts[2]}" if all(parts) else ""
