"""What the text formats share: the place of a finding as a path, and the closing line."""

from __future__ import annotations

import os
from pathlib import Path

from ropa.accept.baseline import Entry
from ropa.checking import Checked
from ropa.findings.catalogue import phrase
from ropa.findings.finding import Finding, Place, Severity
from ropa.report.report import Report
from ropa.report.terminal import one_line
from ropa.report.words import words

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def shown_path(checked: Checked, place: Place) -> str:
    """A place's file as it is reached from where the command runs."""
    folder = str(checked.folder)
    path = os.path.join(folder, place.file) if place.file else folder
    return _text(os.path.normpath(path))


def repository_path(checked: Checked, place: Place) -> str:
    """A place's file as a host of repositories names it: from the root of the repository.

    Outside a repository it is the path from where the command runs, or else from beside the registry.
    """
    folder = Path(os.path.abspath(checked.folder))
    here = Path.cwd()
    base = git_root(folder) or (here if folder.is_relative_to(here) else folder.parent)
    return _text((folder / place.file).relative_to(base).as_posix())


def git_root(folder: Path) -> Path | None:
    """The nearest folder at or above one that holds ``.git``; None outside a repository. `folder` is absolute."""
    return next((here for here in (folder, *folder.parents) if (here / ".git").exists()), None)


def _text(path: str) -> str:
    """A path with slashes, and without the bytes that are no text in a name."""
    return path.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")


def counted(name: str, number: int, language: str) -> str:
    """A number with its word, in the singular or the plural."""
    return phrase(f"{name}-{'one' if number == 1 else 'many'}", language, n=number)


def summary(report: Report) -> str:
    """The closing line: what was read, what counts, what is put up with, what is open, and which rules were left out."""
    language = report.language
    numbers = {severity: report.count(severity) for severity in SEVERITIES}
    parts = [counted(f"{severity}s", number, language) for severity, number in numbers.items() if number]
    if not parts:
        parts = [words("none-since", language, revision=one_line(report.since.revision)) if report.since else phrase("none", language)]
    elif report.since is not None:
        parts[-1] += " " + words("since", language, revision=one_line(report.since.revision))
    accepted, questions = len(report.standing_as("accepted")), len(report.checked.questions)
    known = len(report.standing_as("baseline"))
    parts += [counted("accepted", accepted, language)] if accepted else []
    parts += [words("in-baseline", language, n=known)] if known else []
    parts += [counted("questions", questions, language)] if questions else []
    parts += [rules_left_out(report)] if report.left_out else []
    return f"{counted('files', report.checked.files, language)}, {', '.join(parts)}"


def rules_left_out(report: Report) -> str:
    """How many rules the configuration leaves out."""
    number = len(report.left_out)
    return words(f"left-out-rules-{'one' if number == 1 else 'many'}", report.language, n=number)


def put_up_with(report: Report, finding: Finding) -> str:
    """Why a finding does not count: by whom and why it is accepted, or that it is in the baseline. Empty where it counts."""
    if finding.accepted is not None:
        accepted = finding.accepted
        return phrase("accepted-line", report.language, by=accepted.by, until=accepted.until, because=accepted.because)
    if report.standing(finding) == "baseline" and report.baseline is not None:
        return words("baseline-line", report.language, file=report.baseline.file)
    return ""


def whole_text(report: Report, finding: Finding) -> str:
    """A finding's message with the law below it and what to write instead."""
    parts = [" ".join(finding.message.split())]
    if finding.law:
        parts.append(f"{words('law-label', report.language)}: {'; '.join(finding.law)}")
    if finding.fix:
        parts.append(f"{words('fix-label', report.language)}:\n{finding.fix}")
    return "\n\n".join(parts)


def stale_words(report: Report, entry: Entry) -> str:
    """That an entry of the baseline meets nothing any more."""
    file = report.baseline.file if report.baseline is not None else ""
    return words("stale-line", report.language, file=file, code=entry.code, address=entry.address)
