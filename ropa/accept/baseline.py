"""The findings that a team began with: known by identity, put up with until they are put right.

A baseline is a file of identities, never of lines, so that it survives every change of the text around a finding. The code and
the address beside each identity are for people. What it holds does not count; what it does not hold counts as ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from ropa.findings.catalogue import by_code
from ropa.findings.finding import Finding

VERSION: Final = 1
UNREADABLE: Final = frozenset({"file-unreadable", "file-unknown", "yaml-invalid", "yaml-not-allowed", "text-cut", "key-twice"})
"""Findings with which a file, or a part of it, is lost. None goes into a baseline: it would hide what comes into the file later."""

_IDENTITY: Final = re.compile(r"[0-9a-f]{16}\Z")


class BaselineUnusable(Exception):
    """A file that is no baseline of this version; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding that is known: where it was, by which rule, and its identity."""

    address: str
    code: str
    identity: str


@dataclass(frozen=True)
class Baseline:
    """What is known. `file` is the file's name as it is shown."""

    file: str
    entries: tuple[Entry, ...]

    @cached_property
    def identities(self) -> frozenset[str]:
        """The identities of what is known."""
        return frozenset(entry.identity for entry in self.entries)


def read(text: str, file: str) -> Baseline:
    """The baseline that a file's text holds. Raises `BaselineUnusable`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BaselineUnusable(f"{file} is no JSON, so it is no baseline.") from None
    version = data.get("version") if isinstance(data, dict) else None
    if not isinstance(data, dict) or "version" not in data:
        raise BaselineUnusable(f"{file} says no version, so it is no baseline.")
    if version != VERSION or isinstance(version, bool):
        raise BaselineUnusable(f"{file} is a baseline of version {json.dumps(version)}, and this program reads version {VERSION}.")
    findings = data.get("findings")
    entries = [_entry(found) for found in findings] if isinstance(findings, list) else [None]
    if None in entries or set(data) != {"version", "findings"}:
        raise BaselineUnusable(f"{file} is no baseline: each of its findings must have an identity, a code and an address, and no more.")
    return Baseline(file, tuple(sorted({entry for entry in entries if entry is not None})))


def _entry(data: Any) -> Entry | None:
    if not isinstance(data, dict) or set(data) != {"identity", "code", "address"} or not all(isinstance(v, str) for v in data.values()):
        return None
    return Entry(data["address"], data["code"], data["identity"]) if _IDENTITY.match(data["identity"]) else None


def write(entries: Iterable[Entry]) -> str:
    """The text of a baseline, one finding a line so that two people's changes merge."""
    lines = [
        json.dumps({"address": entry.address, "code": entry.code, "identity": entry.identity}, ensure_ascii=False)
        for entry in sorted(set(entries))
    ]
    findings = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'


def entries_of(findings: Iterable[Finding]) -> list[Entry]:
    """The entries of the findings that a baseline may hold: those that are not accepted and lose no part of a file."""
    return [Entry(f.address, f.code, f.identity) for f in findings if f.accepted is None and not kept_out(f)]


def kept_out(finding: Finding) -> bool:
    """Whether a finding may not go into a baseline, because a part of a file is lost with it."""
    return finding.name in UNREADABLE


def stale(
    baseline: Baseline, findings: Collection[Finding], unreadable: Collection[str], judged: Callable[[str], bool]
) -> tuple[Entry, ...]:
    """The entries that meet no finding any more, or one that is accepted since.

    Of a file that cannot be read (its record is in `unreadable`) and of a rule that was not `judged` nothing is known: their
    entries are not stale. A rule that does not exist finds nothing.
    """
    present = {finding.identity for finding in findings if finding.accepted is None}
    return tuple(
        entry
        for entry in baseline.entries
        if entry.identity not in present and entry.address.partition("#")[0] not in unreadable and _judged(entry.code, judged)
    )


def _judged(code: str, judged: Callable[[str], bool]) -> bool:
    rule = by_code().get(code)
    return rule is None or judged(rule.name)


def updated(before: Baseline | None, gone: Collection[Entry], findings: Iterable[Finding], add_new: bool) -> tuple[Entry, ...]:
    """The entries to write: of the first baseline all that is found; of a later one what it held without what is gone.

    What is new is taken in only where that was asked for, so that tidying up never swallows it.
    """
    kept = [entry for entry in before.entries if entry not in set(gone)] if before is not None else []
    new = entries_of(findings) if add_new or before is None else []
    known = {entry.identity for entry in kept}
    return tuple(sorted([*kept, *(entry for entry in new if entry.identity not in known)]))
