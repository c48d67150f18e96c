"""Joint controllers: what they have arranged between them, and what people are told of it. GDPR Art. 26."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.model.records import Cookies
from ropa.model.records_common import Arrangement, Joint
from ropa.model.text import Text
from ropa.rules.asked import broken_inside, party_name
from ropa.rules.special_categories import only_without_section
from ropa.rules.translations import lacks_default
from ropa.source.address import covers, segment, split

JOINT: Final = "joint-controller"
UNARRANGED: Final = "joint-controllers-without-arrangement"
SETTLED: Final = ("informs", "handles_rights")
"""What an arrangement settles: who informs people, and who answers when they use their rights (Art. 26(1))."""

FOUND_BY: Final = ("ref", "date")
ENTRY_DEPTH: Final = 2
"""How deep inside a record an entry for a joint controller stands."""

_Partners = Mapping[str, Joint]


def joint_controllers_without_arrangement(context: Context) -> Iterator[Breach]:
    """Every party that decides together with us has an arrangement with us, or law settles who answers for what."""
    for record, partners in jointly_controlled(context):
        answered = _answered_unknown(context, f"{record}#joint")
        if not partners and not answered and not broken_inside(context, f"{record}#joint"):
            yield Breach(UNARRANGED, f"{record}#joint", "nobody")
        for address in answered:
            _, party = split(address)[1]
            yield Breach(UNARRANGED, address, "entry", {"party": party_name(context, party), "party_id": party})
        for name, joint in partners.items():
            yield from _arranged(context, f"{record}#joint.{segment(name)}", joint, party_name(context, name))


def jointly_controlled(context: Context) -> Iterator[tuple[str, _Partners]]:
    """The activities and cookies that we decide on together with others: their records, and with whom."""
    for activity in context.controlled:
        if activity.role == JOINT or activity.joint:
            yield f"activities/{activity.id}", activity.joint or {}
    for name, cookies in context.registry.cookies.items():
        if (cookies.role == JOINT or cookies.joint) and not is_for_customers(context, cookies):
            yield f"cookies/{name}", cookies.joint or {}


def is_for_customers(context: Context, cookies: Cookies) -> bool:
    """Whether cookies belong to what we do on behalf of others, who decide on them. An activity that cannot be read may be such."""
    if f"activities/{cookies.activity}" in context.registry.unreadable:
        return True
    activity = context.registry.activities.get(cookies.activity or "")
    return activity is not None and activity.is_for_others


def _answered_unknown(context: Context, start: str) -> list[str]:
    """The parties under `joint` of which nothing is known yet."""
    return [address for address in context.registry.unknown if covers(start, address) and len(split(address)[1]) == ENTRY_DEPTH]


def _arranged(context: Context, address: str, joint: Joint, party: str) -> Iterator[Breach]:
    arrangement, said = joint.arrangement, {"party": party}
    if joint.by_law:
        if arrangement is None and only_without_section(context, joint.by_law):
            yield Breach(UNARRANGED, f"{address}.by_law", "section", {**said, "law": ", ".join(joint.by_law)})
        return
    if broken_inside(context, f"{address}.by_law"):
        return
    if arrangement is None:
        yield Breach(UNARRANGED, f"{address}.arrangement", "missing", said)
        return
    at = f"{address}.arrangement"
    unsettled = _lacking(context, at, arrangement, SETTLED)
    unfound = _lacking(context, at, arrangement, FOUND_BY)
    if unfound == list(FOUND_BY):
        yield Breach(UNARRANGED, at, "missing" if unsettled == list(SETTLED) else "unidentified", said)
    elif unfound:
        yield Breach(UNARRANGED, f"{at}.{unfound[0]}", unfound[0], said, severity="warning")
    if unsettled != list(SETTLED) or unfound != list(FOUND_BY):
        for key in unsettled:
            yield Breach(UNARRANGED, f"{at}.{key}", key.replace("_", "-"), said)


def _lacking(context: Context, address: str, arrangement: Arrangement, keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if getattr(arrangement, key) is None and not broken_inside(context, f"{address}.{key}")]


def joint_controller_essence_missing(context: Context) -> Iterator[Breach]:
    """People are told the essence of every arrangement; where law settles the responsibilities, the law is named instead."""
    for record, partners in jointly_controlled(context):
        for name, joint in partners.items():
            address = f"{record}#joint.{segment(name)}"
            if joint.essence:
                yield from _in_default_language(context, f"{address}.essence", joint.essence, party_name(context, name))
            elif not (_law_tells(context, joint) or broken_inside(context, f"{address}.by_law")):
                said = {"party": party_name(context, name)}
                yield Breach("joint-controller-essence-missing", f"{address}.essence", "missing", said)


def _in_default_language(context: Context, address: str, essence: Text, party: str) -> Iterator[Breach]:
    """An essence that stands in another language only."""
    if lacks_default(context, essence):
        language = context.registry.language
        yield Breach("joint-controller-essence-missing", f"{address}.{language}", "language", {"party": party, "language": language})


def _law_tells(context: Context, joint: Joint) -> bool:
    """Whether a law is named. One without a section is told once, by the rule on arrangements, where there is no arrangement."""
    return bool(joint.by_law) and (joint.arrangement is None or not only_without_section(context, joint.by_law))


JOINT_CONTROLLERS = (joint_controllers_without_arrangement, joint_controller_essence_missing)
