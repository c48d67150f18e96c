"""Archiving, research and statistics: the safeguards that let them be. GDPR Art. 89(1); personopplysningsloven §§ 8, 9."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, group_address, groups_of, purpose_address, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, Purpose
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.rules.law_references import cited_acts

DATA_PROTECTION_ACT: Final = "lov-2018-06-15-38"
"""Personopplysningsloven."""

FOR_RESEARCH: Final = frozenset({"8", "9"})
"""Its sections on archiving, research and statistics: § 8 beside a public task, § 9 for special categories."""


def research_safeguards_missing(context: Context) -> Iterator[Breach]:
    """What rests on the provisions for archiving, research and statistics declares safeguards."""
    for activity in context.controlled:
        if activity.research is not None and activity.research.safeguards:
            continue
        related = (*_resting_on_the_act(context, activity), *_resting_on_condition(activity))
        if not related:
            continue
        address = f"activities/{activity.id}#research"
        whole = activity.research is None or says_nothing(context, address, activity.research)
        if not broken_inside(context, address if whole else f"{address}.safeguards"):
            at, variant = (address, "missing") if whole else (f"{address}.safeguards", "safeguards")
            yield Breach("research-safeguards-missing", at, variant, related=related)


def _resting_on_the_act(context: Context, activity: Activity) -> Iterator[str]:
    """Where the purposes' bases cite § 8 or 9 of the act."""
    for name, purpose in purposes_of(activity).items():
        if cites_the_act(context, laws_of(purpose), FOR_RESEARCH):
            yield f"{purpose_address(activity, name)}.basis"


def laws_of(purpose: Purpose) -> list[str]:
    """The laws that a purpose's bases name."""
    if purpose.basis is None:
        return []
    return [law for basis in (purpose.basis.legal_obligation, purpose.basis.public_task) if basis is not None for law in basis.law or ()]


def cites_the_act(context: Context, laws: list[str] | None, sections: frozenset[str]) -> bool:
    """Whether laws cite one of some sections of personopplysningsloven."""
    return not sections.isdisjoint(cited_acts(context, laws).get(DATA_PROTECTION_ACT, ()))


def _resting_on_condition(activity: Activity) -> Iterator[str]:
    """Where data groups rest on GDPR Art. 9(2)(j)."""
    for name, group in groups_of(activity).items():
        if group.article_9 is not None and group.article_9.archiving_research_statistics is not None:
            yield f"{group_address(activity, name)}.article_9"


RESEARCH = (research_safeguards_missing,)
