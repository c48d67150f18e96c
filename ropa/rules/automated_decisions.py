"""Decisions by automated means alone: told of, allowed, with safeguards, and not about children. GDPR Arts 13(2)(f), 14(2)(g), 22."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import (
    Context,
    category_flag,
    condition_for,
    group_address,
    groups_of,
    purpose_subjects,
    purposes_of,
    served_purposes,
)
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.activity import Activity, AutomatedDecision, DataGroup
from ropa.rules.asked import broken_inside, quoted
from ropa.rules.law_references import asked_law
from ropa.rules.translations import lacks_default

TOLD: Final = ("logic", "significance", "consequences")
"""What people are told of a decision, GDPR Art. 13(2)(f)."""

SAFEGUARDED: Final = frozenset({"contract", "explicit-consent"})
"""The grounds on which Art. 22(3) itself names the safeguards; on the ground of a law that law lays them down."""

FOR_SPECIAL_DATA: Final = frozenset({"explicit-consent", "substantial-public-interest"})
"""The conditions under which a decision may use special categories, GDPR Art. 22(4)."""

CHILD: Final = "child"


def decision_address(activity: Activity) -> str:
    """The address of what an activity says of automated decisions."""
    return f"activities/{activity.id}#automated_decision"


def _decisions(context: Context) -> Iterator[tuple[Activity, AutomatedDecision]]:
    for activity in context.controlled:
        if isinstance(activity.automated_decision, AutomatedDecision):
            yield activity, activity.automated_decision


def automated_decision_undeclared(context: Context) -> Iterator[Breach]:
    """Whether there is such a decision is not said, or a decision lacks what people must be told of it."""
    rule = "automated-decision-undeclared"
    for activity in context.controlled:
        address, decision = decision_address(activity), activity.automated_decision
        if decision is None:
            if not broken_inside(context, address):
                yield Breach(rule, address, "missing", {}, "warning")
        elif isinstance(decision, AutomatedDecision):
            yield from _untold(context, rule, address, decision)


def _untold(context: Context, rule: str, address: str, decision: AutomatedDecision) -> Iterator[Breach]:
    language = context.registry.language
    for key in TOLD:
        text, at = getattr(decision, key), f"{address}.{key}"
        if broken_inside(context, at):
            continue
        if not text:
            yield Breach(rule, at, key)
        elif lacks_default(context, text):
            yield Breach(rule, f"{at}.{language}", "language", {"field": key, "language": language})


def automated_decision_without_ground(context: Context) -> Iterator[Breach]:
    """A decision without a ground of Art. 22(2), without its safeguards, or on special categories that it may not use."""
    for activity, decision in _decisions(context):
        address = decision_address(activity)
        if decision.ground is None:
            if not broken_inside(context, f"{address}.ground"):
                yield Breach("automated-decision-without-ground", f"{address}.ground", "missing")
        else:
            yield from _unlawful(context, address, decision)
        yield from _special(context, activity, decision)


def _unlawful(context: Context, address: str, decision: AutomatedDecision) -> Iterator[Breach]:
    """What the ground lacks: the law that allows the decision, and the safeguards."""
    rule = "automated-decision-without-ground"
    if decision.ground == "law" and not broken_inside(context, f"{address}.law"):
        asked = asked_law(context, decision.law)
        if asked != "said":
            yield Breach(rule, f"{address}.law", f"law-{asked}", {"law": ", ".join(decision.law or ())})
    if broken_inside(context, f"{address}.safeguards"):
        return
    safeguards = decision.safeguards or []
    if decision.ground in SAFEGUARDED:
        lacking = [code for code in vocabulary.codes("decision_safeguards") if code not in safeguards]
        if lacking:
            codes = quoted(lacking)
            yield Breach(rule, f"{address}.safeguards", "safeguards", {"safeguards": codes}, related=_consent(decision))
    elif not safeguards:
        yield Breach(rule, f"{address}.safeguards", "measures")


def _consent(decision: AutomatedDecision) -> tuple[str, ...]:
    return (f"consents#{decision.consent}",) if decision.ground == "explicit-consent" and decision.consent else ()


def _special(context: Context, activity: Activity, decision: AutomatedDecision) -> Iterator[Breach]:
    """Special categories that a decision uses under another condition than Art. 22(4) allows. One without any is another rule's."""
    for name, group in groups_of(activity).items():
        if decision.data is not None and name not in decision.data:
            continue
        categories = [category for category in group.categories or () if category_flag(context.registry, category) == "art9"]
        if not categories or broken_inside(context, f"{group_address(activity, name)}.article_9"):
            continue
        wrong = dict.fromkeys(
            found[0]
            for purpose in _purposes(activity, decision, group)
            if (found := condition_for(group, purpose)) is not None and found[0] not in FOR_SPECIAL_DATA
        )
        for condition in wrong:
            related = (f"{group_address(activity, name)}.article_9.{condition}",)
            params = {"categories": quoted(categories), "condition": condition}
            yield Breach(
                "automated-decision-without-ground", decision_address(activity), "special", params, related=related, value=[name, condition]
            )


def _purposes(activity: Activity, decision: AutomatedDecision, group: DataGroup) -> tuple[str, ...]:
    """The purposes for which a decision uses a data group; those of the decision where it names the group and they do not meet."""
    served = served_purposes(activity, group)
    if decision.purposes is None:
        return served
    both = tuple(purpose for purpose in decision.purposes if purpose in served)
    return both or (tuple(decision.purposes) if decision.data is not None else ())


def automated_decision_about_child(context: Context) -> Iterator[Breach]:
    """A decision that concerns children without a reason why it may."""
    for activity, decision in _decisions(context):
        address = f"{decision_address(activity)}.child_because"
        if not decision.child_because and _concerns_children(activity, decision) and not broken_inside(context, address):
            related = (f"activities/{activity.id}#subjects.{CHILD}",) if CHILD in (activity.subjects or ()) else ()
            yield Breach("automated-decision-about-child", address, "missing", related=related)


def _concerns_children(activity: Activity, decision: AutomatedDecision) -> bool:
    """Whether children are among those whom the decision's purposes and data concern."""
    purposes = [purpose for name, purpose in purposes_of(activity).items() if decision.purposes is None or name in decision.purposes]
    people = {subject for purpose in purposes for subject in purpose_subjects(activity, purpose)}
    if CHILD not in (people if purposes else activity.subjects or ()):
        return False
    groups = [group for name, group in groups_of(activity).items() if decision.data is not None and name in decision.data]
    return not groups or any(group.subjects is None or CHILD in group.subjects for group in groups)


AUTOMATED_DECISIONS = (
    automated_decision_undeclared,
    automated_decision_without_ground,
    automated_decision_about_child,
)
