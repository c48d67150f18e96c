"""What a team has settled for its checks, as the language server needs it. The commands read it from their configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ropa.accept.baseline import Baseline
from ropa.findings.finding import Severity


def _every(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Preferences:
    """`chosen` says whether a rule's findings are wanted, `today` at which day dates are judged, `trouble` what cannot be read of it."""

    today: date | None = None
    chosen: Callable[[str], bool] = _every
    severities: Mapping[str, Severity] = field(default_factory=dict)
    language: str | None = None
    baseline: Baseline | None = None
    trouble: str = ""


Settled = Callable[[Path], Preferences]
"""Reads the preferences that hold for a registry's folder."""
