"""Advice before research on special categories and criminal data. Personopplysningsloven §§ 9 second paragraph, 10, 11 second paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, category_flag, condition_for, group_address, groups_of, purposes_of, served_purposes
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, DataGroup
from ropa.model.legal_bases import Article10, LawCondition
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.rules.research import cites_the_act, laws_of

RULE: Final = "research-advice-missing"
ARCHIVING_RESEARCH_STATISTICS: Final = "archiving-research-statistics"
EXPLICIT_CONSENT: Final = "explicit-consent"
RESEARCH_KINDS: Final = frozenset({"research-statistics", "archiving"})
"""Kinds of purpose."""

SCIENCE: Final = frozenset({"scientific", "historical"})
OTHER_THAN_SCIENCE: Final = frozenset({"statistics", "archiving"})
"""Kinds of research; §§ 10 and 11 second paragraph cover the first two alone."""

SECTION_8: Final = frozenset({"8"})
SECTION_9: Final = frozenset({"9"})
SECTION_11: Final = frozenset({"11"})


def research_advice_missing(context: Context) -> Iterator[Breach]:
    """Research on special categories or criminal data was advised on beforehand, or has an impact assessment."""
    for activity in context.controlled:
        if _is_advised(context, activity):
            continue
        related = tuple(_bound(context, activity))
        if not related:
            continue
        address = f"activities/{activity.id}#research"
        whole = activity.research is None or says_nothing(context, address, activity.research)
        places = (address if whole else f"{address}.dpo_advice", f"activities/{activity.id}#dpia")
        if not any(broken_inside(context, place) for place in places):
            yield Breach(RULE, places[0], "missing" if whole else "advice", related=related)


def _is_advised(context: Context, activity: Activity) -> bool:
    """Whether advice is recorded, or an impact assessment, of the activity or made with the law (GDPR 35(10))."""
    advice = activity.research.dpo_advice if activity.research is not None else None
    if advice is not None and (advice.date is not None or advice.ref is not None):
        return True
    if isinstance(activity.dpia, str):
        assessment = context.registry.assessments.get(activity.dpia)
        return assessment is None or assessment.kind in ("dpia", None)
    return activity.dpia is not None and bool(activity.dpia.covered_by_law)


def _bound(context: Context, activity: Activity) -> Iterator[str]:
    """Where the data groups say what they rest on, as far as that asks for advice."""
    for name, group in groups_of(activity).items():
        if group.article_9 is None and group.article_10 is None:
            continue
        flags = {category_flag(context.registry, category) for category in group.categories or ()}
        if "art9" in flags and group.article_9 is not None and _special_categories(context, activity, group):
            yield f"{group_address(activity, name)}.article_9"
        if "art10" in flags and group.article_10 is not None and _criminal_data(context, activity, group, group.article_10):
            yield f"{group_address(activity, name)}.article_10"


def _special_categories(context: Context, activity: Activity, group: DataGroup) -> bool:
    """Whether § 9 or § 10 binds: the condition that takes a purpose is research under § 9 itself, or consent to scientific research."""
    for purpose in served_purposes(activity, group):
        key, held = condition_for(group, purpose) or ("", None)
        if key == ARCHIVING_RESEARCH_STATISTICS and isinstance(held, LawCondition) and cites_the_act(context, held.law, SECTION_9):
            return True
        if key == EXPLICIT_CONSENT and _is_science(activity, purpose):
            return True
    return False


def _criminal_data(context: Context, activity: Activity, group: DataGroup, ground: Article10) -> bool:
    """Whether § 11 binds: research under § 9 correspondingly, consent to science, or science under official control on § 8."""
    scientific = [name for name in served_purposes(activity, group) if _is_science(activity, name)]
    if ground.condition == ARCHIVING_RESEARCH_STATISTICS:
        return not ground.law or cites_the_act(context, ground.law, SECTION_9 | SECTION_11)
    if ground.condition == EXPLICIT_CONSENT:
        return bool(scientific)
    if cites_the_act(context, ground.law, SECTION_9) and _serves_research(activity, group):
        return True
    if ground.control is None:
        return False
    if ground.law:
        return bool(scientific) and cites_the_act(context, ground.law, SECTION_8)
    purposes = purposes_of(activity)
    return any(name in purposes and cites_the_act(context, laws_of(purposes[name]), SECTION_8) for name in scientific)


def _serves_research(activity: Activity, group: DataGroup) -> bool:
    return any(_is_research(activity, name) for name in served_purposes(activity, group))


def _is_research(activity: Activity, name: str) -> bool:
    """Whether a purpose is research, archiving or statistics: by its kind, or in an activity that says so where no purpose has the kind."""
    purposes = purposes_of(activity)
    if any(purpose.kind in RESEARCH_KINDS for purpose in purposes.values()):
        return name in purposes and purposes[name].kind in RESEARCH_KINDS
    return activity.research is not None and activity.research.kind is not None


def _is_science(activity: Activity, name: str) -> bool:
    """Whether a purpose is scientific or historical research. Where nobody says which research it is, statistics are not assumed."""
    kind = activity.research.kind if activity.research is not None else None
    if kind in OTHER_THAN_SCIENCE or not _is_research(activity, name):
        return False
    return kind in SCIENCE or (name in purposes_of(activity) and purposes_of(activity)[name].kind == "research-statistics")


RESEARCH_ADVICE = (research_advice_missing,)
