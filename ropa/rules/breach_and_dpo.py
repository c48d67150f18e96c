"""The routine for breaches, and the data protection officer. GDPR Arts 33, 34, 37, 38."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.model.organisation import Breach as Routine
from ropa.model.organisation import Dpo
from ropa.model.text import hours
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.schema.check import acts_for_others
from ropa.screening.dpo import screen_dpo

HOURS: Final = 72
EARLY_ENOUGH: Final = frozenset({"high-risk", "risk", "always"})
CONFLICTING: Final = frozenset({"ceo", "cfo", "it-manager", "marketing-head", "hr-head", "ciso-with-decision-power"})
HIGHEST: Final = frozenset({"board", "ceo", "top-management"})


def breach_routine_wrong(context: Context) -> Iterator[Breach]:
    """Breaches are told to the authority within 72 hours, to people at high risk, to controllers at once, and all are written down."""
    if "organisation" not in context.registry.long:
        return
    routine = context.registry.organisation.breach
    if routine is None or says_nothing(context, "organisation#breach", routine):
        yield Breach("breach-routine-wrong", "organisation#breach", "missing")
        return
    for key, variant in _wrong(context, routine):
        address = f"organisation#breach.{key}"
        if not broken_inside(context, address):
            yield Breach("breach-routine-wrong", address, variant, {"value": str(getattr(routine, key))})


def _wrong(context: Context, routine: Routine) -> Iterator[tuple[str, str]]:
    """The keys that are missing or wrong, with the wording."""
    if routine.authority_within is None:
        yield "authority_within", "authority-unsaid"
    elif not _in_time(routine.authority_within):
        yield "authority_within", "authority-late"
    if routine.authority_unless == "no-high-risk":
        yield "authority_unless", "authority-unless"
    if _acts_as_processor(context):
        if routine.controllers_within is None:
            yield "controllers_within", "controllers-unsaid"
        elif routine.controllers_within != "without-undue-delay" and not _in_time(routine.controllers_within):
            yield "controllers_within", "controllers-late"
    if routine.tell_people is None:
        yield "tell_people", "people-unsaid"
    elif routine.tell_people not in EARLY_ENOUGH:
        yield "tell_people", "people-never"
    if routine.register is not True:
        yield "register", "register"


def _in_time(duration: str) -> bool:
    length = hours(duration)
    return length is not None and length <= HOURS


def _acts_as_processor(context: Context) -> bool:
    return context.registry.organisation.acts_as_processor is True or any(
        acts_for_others(activity.role, activity.on_behalf_of) for activity in context.registry.activities.values()
    )


def dpo_mandatory_missing(context: Context) -> Iterator[Breach]:
    """Public bodies, and those whose core is large-scale monitoring or sensitive data, have a data protection officer."""
    screening = screen_dpo(context)
    if screening.settled:
        return
    excepted = screening.designation == "not-needed"
    grounds = [ground for ground in screening.grounds if not (excepted and ground.code == context.registry.organisation.kind)]
    variant = "not-needed" if excepted else "public" if grounds[0].address == "organisation#kind" else "core"
    params = {"grounds": ", ".join(f"`{ground.code}`" for ground in grounds)}
    yield Breach("dpo-mandatory-missing", "organisation#dpo", variant, params, related=tuple(ground.address for ground in grounds))


def dpo_conflict_of_interest(context: Context) -> Iterator[Breach]:
    """The officer has no other role that decides over processing, and reports to the highest level of management."""
    dpo = context.registry.organisation.dpo
    if not isinstance(dpo, Dpo):
        return
    if dpo.other_role in CONFLICTING and dpo.conflict_assessed is None:
        yield Breach("dpo-conflict-of-interest", "organisation#dpo.other_role", "other-role", {"role": dpo.other_role or ""}, "warning")
    if dpo.reports_to is not None and dpo.reports_to not in HIGHEST:
        yield Breach("dpo-conflict-of-interest", "organisation#dpo.reports_to", "reports-to", {"value": dpo.reports_to})


BREACH_AND_DPO = (breach_routine_wrong, dpo_mandatory_missing, dpo_conflict_of_interest)
