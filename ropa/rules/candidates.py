"""How long data on candidates who did not get the post are kept. GDPR Arts 5(1)(e), 17(1)(a)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, PlacedRetention, groups_of, purposes_of, served_purposes
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup, Purpose
from ropa.model.records_common import Retention
from ropa.model.text import days
from ropa.rules.asked import EVERYONE

RULE: Final = "candidate-data-kept-without-basis"
RECRUITMENT: Final = "recruitment"
TALENT_POOL: Final = "talent-pool"
CANDIDATE: Final = "job-applicant"
PERMANENT: Final = "permanent"

SHORTLY: Final = 184.0
"""Days in the longest six months of the calendar: what practice accepts after a post is filled (docs/rules)."""

LONG_AFTER: Final = frozenset(
    {
        "consent-withdrawn",
        "objection-upheld",
        "employment-end",
        "contract-end",
        "customer-relationship-end",
        "account-closed",
        "membership-end",
        "death",
    }
)
"""Events that need not come soon after the post is filled, if they come at all."""


def candidate_data_kept_without_basis(context: Context) -> Iterator[Breach]:
    """Candidates' data end shortly after the process, or stand in a talent pool that they consented to."""
    hiring = {activity.id for activity in context.controlled if _has_kind(activity, RECRUITMENT)}
    if not hiring:
        return
    told: set[str] = set()
    for placed in context.retentions():
        activity = placed.activity
        if activity is None or activity.id not in hiring or placed.address in told or not _is_long(placed.retention):
            continue
        if any(not _is_pooled(placed, purposes) for purposes in _purposes_of_candidates(activity, placed)):
            told.add(placed.address)
            variant = "no-end" if placed.retention.period is None else "too-long"
            yield Breach(RULE, placed.address, variant, {"period": placed.retention.period or ""})


def _has_kind(activity: Activity, kind: str) -> bool:
    return any(purpose.kind == kind for purpose in purposes_of(activity).values())


def _is_long(retention: Retention) -> bool:
    """Whether data are kept long after the process, and neither a law nor a reason says why."""
    if retention.law or retention.because:
        return False
    if retention.until and not LONG_AFTER.issuperset(retention.until):
        return False
    if retention.period is None:
        return bool(retention.until)
    return (days(retention.period) or 0.0) > SHORTLY


def _purposes_of_candidates(activity: Activity, placed: PlacedRetention) -> Iterator[list[Purpose]]:
    """For each data group on candidates under a retention, the purposes of recruitment and talent pool that it holds for."""
    for name, group in groups_of(activity).items():
        if (placed.group != name and (placed.group is not None or group.retention is not None)) or not _is_on_candidates(group):
            continue
        served = [placed.purpose] if placed.purpose is not None else served_purposes(activity, group)
        purposes = [purposes_of(activity)[key] for key in served if key in purposes_of(activity)]
        relevant = [purpose for purpose in purposes if purpose.kind in (RECRUITMENT, TALENT_POOL)]
        if relevant:
            yield relevant


def _is_on_candidates(group: DataGroup) -> bool:
    """Whether a group may be on candidates: it does not narrow its people to shipped groups of others, such as referees."""
    people = group.subjects
    shipped = vocabulary.codes("data_subjects")
    return people is None or any(person in (CANDIDATE, EVERYONE) or person not in shipped for person in people)


def _is_pooled(placed: PlacedRetention, purposes: list[Purpose]) -> bool:
    """Whether one of the purposes is a talent pool that rests on consent, and the retention has a period."""
    if placed.retention.period in (None, PERMANENT):
        return False
    return any(purpose.kind == TALENT_POOL and purpose.basis is not None and purpose.basis.consent is not None for purpose in purposes)


CANDIDATES = (candidate_data_kept_without_basis,)
