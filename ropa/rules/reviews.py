"""Whether what is declared has been looked at lately. GDPR Arts 5(2), 12(1), 24(1)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from ropa.context.context import Context
from ropa.context.printed import is_gone
from ropa.findings.finding import Breach
from ropa.model.activity import Activity
from ropa.model.records import Assessment
from ropa.model.records_common import Review

MONTHS: Final = 12
"""How old a review may be. No interval is set in law (Art. 24(1))."""

MONTHS_LOW_RISK: Final = 24
"""How old it may be where the declared interval is two years and nothing speaks of a high risk."""

EVERY_TWO_YEARS: Final = "every-two-years"


def notice_stale(context: Context) -> Iterator[Breach]:
    """A review that is overdue, or that was long ago. What has no review at all is not asked for one."""
    if context.today is None:
        return
    notice = context.registry.notice
    for activity in context.controlled:
        if activity.review is not None and not is_gone(activity, context.today):
            months = _months(activity.review, high_risk=_is_high_risk(activity))
            yield from _stale(f"activities/{activity.id}", activity.review, months, context.today)
    if notice is not None and notice.review is not None:
        yield from _stale("notice", notice.review, _months(notice.review, high_risk=False), context.today)
    for assessment in context.registry.assessments.values():
        yield from _stale_assessment(assessment, context.today)


def _stale(record: str, review: Review, months: int, today: date) -> Iterator[Breach]:
    if review.next is not None and review.next < today.isoformat():
        yield Breach("notice-stale", f"{record}#review.next", "overdue", {"date": review.next})
    elif review.last is not None and review.last < _months_before(today, months):
        yield Breach("notice-stale", f"{record}#review.last", "old", {"date": review.last, "months": str(months)})


def _stale_assessment(assessment: Assessment, today: date) -> Iterator[Breach]:
    """An assessment was last looked at when it was made, or when it was reviewed after that."""
    record, review = f"assessments/{assessment.id}", assessment.review or Review()
    if review.next is not None and review.next < today.isoformat():
        yield Breach("notice-stale", f"{record}#review.next", "overdue", {"date": review.next})
        return
    months = _months(review, high_risk=assessment.kind == "dpia")
    looked_at = max(review.last or "", assessment.date or "")
    if looked_at and looked_at < _months_before(today, months):
        yield Breach("notice-stale", f"{record}#date", "old-assessment", {"date": looked_at, "months": str(months)})


def _months(review: Review, *, high_risk: bool) -> int:
    return MONTHS_LOW_RISK if review.trigger == EVERY_TWO_YEARS and not high_risk else MONTHS


def _is_high_risk(activity: Activity) -> bool:
    """Whether an activity itself speaks of a high risk: it has an impact assessment or names criteria for one (Art. 35)."""
    return isinstance(activity.dpia, str) or bool(activity.dpia_criteria)


def _months_before(day: date, months: int) -> str:
    """The same day some months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    year = max(year, date.min.year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


REVIEWS = (notice_stale,)
