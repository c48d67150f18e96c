"""What a check is compared with: a baseline, and the registry as it stood at a revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.commands.errors import CommandError

if TYPE_CHECKING:
    from ropa.accept.baseline import Baseline, Entry
    from ropa.checking import Checked
    from ropa.findings.finding import Finding
    from ropa.report.report import Report
    from ropa.source.revision import RevisionUnusable


@dataclass(frozen=True, slots=True)
class Against:
    """What to compare with: the baseline's file, whether it is to be updated and to take in what is new, and a revision."""

    baseline: Path | None
    update: bool
    add_new: bool
    since: str | None

    def updates(self) -> bool:
        """Whether the baseline is to be written."""
        return self.update or self.add_new


@dataclass(frozen=True, slots=True)
class Written:
    """A baseline that is to be written: its file, its text, and what there is to tell of it afterwards."""

    file: Path
    text: str
    told: str


def compared(report: Report, against: Against, judged: Callable[[str], bool]) -> tuple[Report, Written | None]:
    """The report with what is known and without what is old, and the baseline where it is to be written.

    `judged` says which rules were asked for. Raises `CommandError` for a baseline or a revision that cannot be read.
    """
    report, written = _with_baseline(report, against, judged)
    if against.since is None:
        return report, written
    from ropa.report.report import Since

    new = _brought(report.checked, against.since, judged)
    older = sum(1 for finding in report.counting() if not new(finding))
    since = Since(against.since, older)
    return replace(report, findings=[finding for finding in report.findings if new(finding)], since=since), written


def known(checked: Checked, against: Against, judged: Callable[[str], bool]) -> frozenset[str]:
    """The identities of what stands in the baseline or was there at the revision: it is not reported, so no fix touches it."""
    before = read_baseline(against.baseline, against.updates()) if against.baseline is not None else None
    identities = before.identities if before is not None else frozenset()
    if against.since is None:
        return identities
    new = _brought(checked, against.since, judged)
    return identities | {finding.identity for finding in checked.findings if not new(finding)}


def _with_baseline(report: Report, against: Against, judged: Callable[[str], bool]) -> tuple[Report, Written | None]:
    file, update = against.baseline, against.updates()
    if file is None:
        if update:
            option = "--add-to-baseline" if against.add_new else "--update-baseline"
            raise CommandError(f"{option} needs a file. Name it with --baseline, or as `baseline` in ropa.toml.")
        return report, None
    from ropa.accept.baseline import Baseline, kept_out, stale, updated, write

    checked = report.checked
    before = read_baseline(file, update)
    gone = stale(before, checked.findings, checked.registry.unreadable, judged) if before is not None else ()
    if not update:
        return replace(report, baseline=before, stale=gone), None
    entries = updated(before, gone, checked.findings, against.add_new)
    told = _told(file, before, entries, sum(1 for finding in checked.findings if finding.accepted is None and kept_out(finding)))
    return replace(report, baseline=Baseline(str(file), entries)), Written(file, write(entries), told)


def _told(file: Path, before: Baseline | None, now: tuple[Entry, ...], kept_out: int) -> str:
    """What an update makes of the baseline, and what it leaves out."""
    told = f"The baseline {file} holds {_counted(len(now))}"
    if before is not None:
        told += f"; {len(set(before.entries) - set(now))} removed, {len(set(now) - set(before.entries))} added"
    if kept_out:
        told += f". It never takes in what makes a file unreadable or ambiguous ({_counted(kept_out)}): correct the file"
    return f"{told}."


def _counted(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"


def read_baseline(file: Path, may_be_missing: bool) -> Baseline | None:
    """The baseline in a file; None for one that is missing and may be. Raises `CommandError`."""
    from ropa.accept.baseline import BaselineUnusable, read

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if may_be_missing:
            return None
        raise CommandError(f"There is no baseline at {file}. Write one with --update-baseline.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not saved as UTF-8, so it is no baseline.") from None
    except OSError as error:
        raise CommandError(f"The baseline {file} cannot be read: {error.strerror}.") from None
    try:
        return read(text, str(file))
    except BaselineUnusable as error:
        raise CommandError(f"{error} Write it anew: delete it and run with --update-baseline.") from None


def _brought(checked: Checked, revision: str, judged: Callable[[str], bool]) -> Callable[[Finding], bool]:
    """Whether a finding came with what was changed since a revision.

    One that was found then is old, with one exception: if it was accepted then and counts now, the change brought that it counts.
    Raises `CommandError` for a revision that cannot be read.
    """
    from ropa.checking import check
    from ropa.source.files import RegistryUnusable
    from ropa.source.revision import RevisionUnusable, registry_at

    counted: dict[str, bool] = {}
    try:
        with registry_at(checked.folder, revision) as folder:
            if folder is not None:
                then = check(folder, checked.today, checked.language, judged)
                counted = {finding.identity: finding.counts() for finding in then.findings}
    except RegistryUnusable:
        pass  # no registry then: everything is new
    except RevisionUnusable as error:
        raise CommandError(why_unusable(error)) from None

    def new(finding: Finding) -> bool:
        before = counted.get(finding.identity)
        return before is None or (finding.counts() and not before)

    return new


def why_unusable(error: RevisionUnusable) -> str:
    """Why a revision cannot be read, and what to do."""
    revision, detail = error.revision, error.detail
    return {
        "no-git": "--since asks git, which cannot be run here.",
        "no-repository": "--since compares with a git revision, but the registry lies in no git repository.",
        "refused": f"git cannot read the repository: {detail}.",
        "range": f"{revision} is a range, and --since takes one revision: where the change begins" + (f", {detail}." if detail else "."),
        "no-commits": f"There is no revision {revision}: the repository has no commits yet.",
        "shallow": f"There is no revision {revision} in this clone, which is shallow. Fetch the history: "
        "`fetch-depth: 0` at actions/checkout, `GIT_DEPTH: 0` in GitLab, `git fetch --unshallow` elsewhere.",
        "unknown": f"git knows no revision {revision}."
        + (f" Did you mean {detail}?" if detail else " Name a commit, a branch or a tag; a branch of the server must be fetched first."),
    }[error.reason]
