"""Legitimate interests: named, balanced, not an authority's, and open to objection; and the need for credit data. GDPR Arts 6(1)(f), 21."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ropa.context.context import Context, basis_subjects, purpose_address, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, Purpose
from ropa.model.legal_bases import BalancingTest, Basis, LegitimateInterestBasis
from ropa.model.records import Assessment
from ropa.rules.asked import broken_inside
from ropa.rules.stock_words import is_vague_interest
from ropa.rules.translations import lacks_default

KIND: Final = "legitimate-interest"
YEARS_UNTIL_OLD: Final = 2
CHILD: Final = "child"
PUPIL: Final = "pupil"
"""Most pupils are children, but a school for adults has none: a reminder, no breach."""

OTHER_FORMS: Final = ("nb", "nn")
"""Of Bokmål and Nynorsk either will do."""

MARKETING: Final = frozenset({"direct-marketing", "electronic-marketing", "phone-marketing"})
STOP: Final = "stop"
RESEARCH: Final = "research-statistics"


class InterestUse(NamedTuple):
    """A purpose that rests on a legitimate interest, with its activity and the address of the basis."""

    activity: Activity
    purpose: Purpose
    basis: LegitimateInterestBasis
    address: str


def _interests(context: Context) -> Iterator[InterestUse]:
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is not None and purpose.basis.legitimate_interest is not None:
                address = f"{purpose_address(activity, name)}.basis.legitimate-interest"
                yield InterestUse(activity, purpose, purpose.basis.legitimate_interest, address)


# --- named ------------------------------------------------------------------------------------------------------------


def legitimate_interest_not_named(context: Context) -> Iterator[Breach]:
    """A legitimate interest that is not told, or only called one."""
    rule = "legitimate-interest-not-named"
    language = context.registry.language
    for use in _interests(context):
        address, interest = f"{use.address}.interest", use.basis.interest
        if not interest:
            if not broken_inside(context, address):
                yield Breach(rule, address, "missing")
        elif lacks_default(context, interest):
            if not broken_inside(context, address):
                yield Breach(rule, f"{address}.{language}", "language", {"language": language})
        else:
            told = next(code for code in (language, *OTHER_FORMS, *interest) if code in interest)
            if is_vague_interest(interest[told]):
                yield Breach(rule, f"{address}.{told}", "vague", {"interest": interest[told]}, "warning")


# --- balanced ---------------------------------------------------------------------------------------------------------


def legitimate_interest_not_balanced(context: Context) -> Iterator[Breach]:
    """A legitimate interest without a balancing test that holds what it must, or with an old one. An assessment used twice is told once."""
    found: dict[str, Breach] = {}
    for use in _interests(context):
        for breach in _unbalanced(context, use):
            if found.setdefault(breach.address, breach).severity == "info":
                found[breach.address] = breach
    yield from found.values()


def _unbalanced(context: Context, use: InterestUse) -> Iterator[Breach]:
    at, test = f"{use.address}.balancing_test", use.basis.balancing_test
    if test is None:
        if not broken_inside(context, at):
            yield Breach("legitimate-interest-not-balanced", at, "missing")
    elif isinstance(test, BalancingTest):
        yield from _test_lacks(context, use, test, at, ())
    else:
        assessment = context.registry.assessments.get(test)
        if assessment is not None and assessment.kind not in (None, KIND):
            if _reasoning_lacks(assessment) is not None:
                yield Breach("legitimate-interest-not-balanced", at, "other-kind", {"assessment": test})
        elif assessment is not None:
            yield from _test_lacks(context, use, assessment, f"assessments/{test}", (at,))


def _test_lacks(
    context: Context, use: InterestUse, test: BalancingTest | Assessment, record: str, related: tuple[str, ...]
) -> Iterator[Breach]:
    """What a balancing test lacks. `record` is the assessment's address, or that of the map in the activity."""
    rule, mark = "legitimate-interest-not-balanced", "#" if related else "."
    # A date that an assessment leaves out is key-missing; one that is unknown is asked for here.
    if test.date is None and (not related or f"{record}#date" in context.registry.unknown):
        yield Breach(rule, f"{record}{mark}date", "date", related=related)
    if test.outcome is None and not broken_inside(context, f"{record}{mark}outcome"):
        yield Breach(rule, f"{record}{mark}outcome", "outcome", related=related)
    elif test.outcome == STOP and _goes_on(use.activity):
        yield Breach(rule, f"{record}{mark}outcome", "stop", related=related)
    lacking = _reasoning_lacks(test)
    if lacking is not None and not broken_inside(context, f"{record}{mark}document"):
        yield Breach(rule, f"{record}{mark}{lacking}", lacking, related=related)
    if test.child_considered is not True and not broken_inside(context, f"{record}{mark}child_considered"):
        subjects = basis_subjects(use.activity, use.purpose, use.basis)
        if CHILD in subjects:
            yield Breach(rule, f"{record}{mark}child_considered", "children", related=related)
        elif PUPIL in subjects:
            yield Breach(rule, f"{record}{mark}child_considered", "pupils", {}, "info", related)
    if test.date is not None and context.today is not None and _is_old(_looked_at(test), context.today):
        yield Breach(rule, f"{record}{mark}date", "old", {"date": test.date}, "info", related)


def _goes_on(activity: Activity) -> bool:
    """Whether an activity has begun and collects still: a test may well have stopped one that did not, or has ended."""
    return activity.status != "draft" and activity.collection_ended is None


def _reasoning_lacks(test: BalancingTest | Assessment) -> str | None:
    """The first part of the reasoning that is neither written nor in a document; None where it is all there."""
    if test.document:
        return None
    return "necessity" if not test.necessity else "balance" if not test.balance else None


def _looked_at(test: BalancingTest | Assessment) -> date:
    """When a test was made, or last looked at again."""
    review = test.review.last if isinstance(test, Assessment) and test.review is not None else None
    return max(date.fromisoformat(day) for day in (test.date, review) if day is not None)


def _is_old(day: date, today: date) -> bool:
    """Whether more than 24 months have passed; a leap day counts from the first of March."""
    year = min(day.year + YEARS_UNTIL_OLD, date.max.year)
    try:
        limit = day.replace(year=year)
    except ValueError:
        limit = date(year, 3, 1)
    return today > limit


# --- authorities ------------------------------------------------------------------------------------------------------


def legitimate_interest_by_public_authority(context: Context) -> Iterator[Breach]:
    """An authority that rests on a legitimate interest without saying why this is none of its tasks."""
    if not context.is_public_body():
        return
    for use in _interests(context):
        address = f"{use.address}.outside_public_task"
        if not use.basis.outside_public_task and not broken_inside(context, address):
            yield Breach("legitimate-interest-by-public-authority", address, "missing", related=("organisation#kind",))


# --- objection --------------------------------------------------------------------------------------------------------


def legitimate_interest_without_objection_route(context: Context) -> Iterator[Breach]:
    """A purpose to which people may object, with no way to do so."""
    rule, related = "legitimate-interest-without-objection-route", ("organisation#rights",)
    has_default = _has_contact(context)
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            basis = purpose.basis
            if purpose.objection is not None or basis is None:
                continue
            address = f"{purpose_address(activity, name)}.objection"
            if purpose.kind in MARKETING:
                if _rests_on_more_than_consent(basis) and not broken_inside(context, address):
                    yield Breach(rule, address, "marketing")
            elif not has_default and _may_object(activity, purpose, basis) and not broken_inside(context, address):
                yield Breach(rule, address, "missing", related=related)


def _has_contact(context: Context) -> bool:
    """Whether the organisation says whom to ask about rights; taken for granted where its answer cannot be read."""
    rights = context.registry.organisation.rights
    if "organisation" not in context.registry.long or broken_inside(context, "organisation#rights"):
        return True
    return rights is not None and bool(rights.contact)


def _rests_on_more_than_consent(basis: Basis) -> bool:
    """Whether marketing rests on anything but consent, whose withdrawal is the way out."""
    others = (basis.legitimate_interest, basis.public_task, basis.contract, basis.legal_obligation, basis.vital_interests)
    return any(held is not None for held in others)


def _may_object(activity: Activity, purpose: Purpose, basis: Basis) -> bool:
    """Whether Art. 21(1) applies, and research for a task in the public interest does not lift it (21(6))."""
    if basis.legitimate_interest is not None:
        return True
    return basis.public_task is not None and purpose.kind != RESEARCH and (activity.research is None or activity.research.kind is None)


LEGITIMATE_INTERESTS = (
    legitimate_interest_not_named,
    legitimate_interest_not_balanced,
    legitimate_interest_by_public_authority,
    legitimate_interest_without_objection_route,
)
