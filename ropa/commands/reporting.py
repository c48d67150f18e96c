"""Where the reports of a check go: standard output, files, and the summary of a GitHub job."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.commands.errors import CommandError

if TYPE_CHECKING:
    from ropa.report.report import Report

Outputs = Sequence[tuple[str, Path]]


def separate(outputs: Outputs, other: Path | None = None) -> Outputs:
    """The outputs, where each has a file of its own, which is not the `other` one either; a `CommandError` else."""
    taken = {os.path.realpath(other)} if other is not None else set()
    for name, path in outputs:
        real = os.path.realpath(path)
        if real in taken:
            raise CommandError(f"{path} is written twice: {name} needs a file of its own.")
        taken.add(real)
    return outputs


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

    sys.stdout.write(rendered(name, report, wants_colour(), verbose))


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
