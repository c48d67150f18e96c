"""What the notice tells of the data themselves: who gets them, where they come from, whether they must be given.

GDPR Arts 13(1)(e), 13(2)(e), 14(1)(d)-(e), 14(2)(f).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ropa.context.context import Context, group_address, groups_of
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.model.records_common import Inform, NoneWord, Obligation, Source
from ropa.rules.asked import broken_inside, is_there, is_unreadable
from ropa.rules.empty import says_nothing
from ropa.rules.translations import lacks_default
from ropa.source.address import covers, segment, split

DATA_SUBJECT: Final = "data-subject"

COLLECTED: Final = frozenset({DATA_SUBJECT, "observed-device"})
"""Collected from the person: Art. 13, also where a device or camera observes (CJEU C-422/24)."""

SAY_WHO: Final = frozenset({"employer-of-subject", "population-register", "referee", "colleague-referral", "generated"})
"""Kinds of source that say by themselves who it is."""

TOO_GENERAL: Final = frozenset({"business-partner", "group-company"})
"""Kinds of recipient that tell neither what someone does nor in which sector (WP260)."""

ARTICLE_14: Final = ("14-5-", "popplyl-16-")
"""Exemptions from telling of data that come from others, GDPR Art. 14(5), personopplysningsloven § 16."""

ARTICLE_13: Final = ("13-4", "popplyl-16-")
"""Exemptions from telling the person who gives the data, GDPR Art. 13(4), personopplysningsloven § 16."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What holds for a data group, or an activity that names none: its own answers, else those of the activity, and where they stand."""

    source: Mapping[str, Source] | None
    source_at: str
    obligation: Obligation | NoneWord | None
    obligation_at: str
    inform: Inform | None

    def exempt(self, points: tuple[str, ...]) -> bool:
        """Whether people are not informed on one of these points. Where no point is named, article-14-exemption-unjustified speaks."""
        exempt = self.inform.exempt if self.inform is not None else None
        return exempt is not None and (exempt.point is None or exempt.point.startswith(points))


def _collected(context: Context, activity: Activity) -> Iterator[Collected]:
    record = f"activities/{activity.id}#"
    source_at, obligation_at = f"{record}source", f"{record}obligation_to_provide"
    for name, group in groups_of(activity).items():
        address = group_address(activity, name)
        if is_unreadable(context, address, group):
            continue
        own_source = group.source is not None or is_there(context, f"{address}.source")
        own_obligation = group.obligation_to_provide is not None or is_there(context, f"{address}.obligation_to_provide")
        yield Collected(
            group.source if own_source else activity.source,
            f"{address}.source" if own_source else source_at,
            group.obligation_to_provide if own_obligation else activity.obligation_to_provide,
            f"{address}.obligation_to_provide" if own_obligation else obligation_at,
            group.inform or activity.inform,
        )
    if not activity.data:
        yield Collected(activity.source, source_at, activity.obligation_to_provide, obligation_at, activity.inform)


# --- who gets the data ------------------------------------------------------------------------------------------------


def notice_recipients_missing(context: Context) -> Iterator[Breach]:
    """An activity says who gets its data, and a kind that stands for a name tells what they do."""
    rule = "notice-recipients-missing"
    for activity in context.controlled:
        address = f"activities/{activity.id}#recipients"
        if activity.recipients is None:
            if not broken_inside(context, address):
                yield Breach(rule, address, "missing")
            continue
        for name, recipient in activity.recipients.items():
            at = f"{address}.{segment(name)}"
            if recipient.party is None and name in TOO_GENERAL and not broken_inside(context, f"{at}.party"):
                yield Breach(rule, at, "too-general", {"kind": name}, "warning")


# --- where the data come from -----------------------------------------------------------------------------------------


def notice_source_missing(context: Context) -> Iterator[Breach]:
    """Data that do not come from the person have a source that says who it is, and whether it is open to everyone. Once a source."""
    for activity in context.controlled:
        told: set[str] = set()
        for group in _collected(context, activity):
            if group.source_at in told or group.exempt(ARTICLE_14):
                continue
            told.add(group.source_at)
            yield from _of_source(context, group)


def _of_source(context: Context, group: Collected) -> Iterator[Breach]:
    unanswered = _unanswered(context, group.source_at) if context.registry.unknown else []
    for address in unanswered:
        yield Breach("notice-source-missing", address, "unsaid")
    if not group.source:
        if unanswered:
            return
        if group.source_at in context.registry.unknown or group.source is not None:
            yield Breach("notice-source-missing", group.source_at, "unsaid")
        return
    unnamed = _unnamed(context, group)
    for name, source in group.source.items():
        address = f"{group.source_at}.{segment(name)}"
        if name in unnamed:
            yield Breach("notice-source-missing", f"{address}.name", "name", {"source": name})
        if _may_be_public(context, name) and source.public is None and not broken_inside(context, f"{address}.public"):
            yield Breach("notice-source-missing", f"{address}.public", "public", {"source": name})


def _unanswered(context: Context, source_at: str) -> list[str]:
    """The sources that are answered unknown as a whole."""
    depth = len(split(source_at)[1]) + 1
    return [address for address in context.registry.unknown if covers(source_at, address) and len(split(address)[1]) == depth]


def _unnamed(context: Context, group: Collected) -> list[str]:
    """The kinds of source that need a name and have none.

    Where there are several such kinds and none of them has a name, the origin cannot be given: general information will do (recital 61).
    """
    sources = group.source or {}
    asked = [name for name in sources if _needs_name(name)]
    unnamed = [name for name in asked if not _has_name(sources[name])]
    keys = {name: [f"{group.source_at}.{segment(name)}.{key}" for key in ("name", "party")] for name in unnamed}
    open_question = any(key in context.registry.unknown for pair in keys.values() for key in pair)
    if len(unnamed) > 1 and len(unnamed) == len(asked) and not open_question:
        return []
    return [name for name in unnamed if not any(broken_inside(context, key) for key in keys[name])]


def _needs_name(name: str) -> bool:
    """Whether a source is a kind that does not say who it is; a party has a name."""
    return name in vocabulary.codes("source_kinds") and name not in COLLECTED and name not in SAY_WHO


def _has_name(source: Source) -> bool:
    return bool(source.name) or source.party is not None


def _may_be_public(context: Context, name: str) -> bool:
    """Whether a source is of a kind of which nobody knows beforehand whether it is open to everyone. A party's kind tells as much."""
    party = context.registry.parties.get(name)
    kind = vocabulary.codes("source_kinds").get((party.kind or "") if party is not None else name)
    return kind is not None and kind.public is None


# --- whether the data must be given -----------------------------------------------------------------------------------


def mandatory_provision_undeclared(context: Context) -> Iterator[Breach]:
    """Whether people must give their data, and what follows if they do not. Once where it is written."""
    for activity in context.controlled:
        told: set[str] = set()
        for group in _collected(context, activity):
            if group.obligation_at in told or group.exempt(ARTICLE_13) or not _given_by_person(context, group):
                continue
            told.add(group.obligation_at)
            yield from _of_obligation(context, group)


def _given_by_person(context: Context, group: Collected) -> bool:
    """Whether the person gives the data. Where no source is named, that cannot be ruled out."""
    if not group.source:
        return not broken_inside(context, group.source_at)
    return DATA_SUBJECT in group.source


def _of_obligation(context: Context, group: Collected) -> Iterator[Breach]:
    rule, obligation, address = "mandatory-provision-undeclared", group.obligation, group.obligation_at
    if obligation is None or (isinstance(obligation, Obligation) and says_nothing(context, address, obligation)):
        if not broken_inside(context, address):
            yield Breach(rule, address, "missing")
        return
    if not isinstance(obligation, Obligation):
        return
    if obligation.required is None and not broken_inside(context, f"{address}.required"):
        yield Breach(rule, f"{address}.required", "required")
    yield from _of_consequence(context, rule, f"{address}.consequence", obligation)


def _of_consequence(context: Context, rule: str, address: str, obligation: Obligation) -> Iterator[Breach]:
    language = context.registry.language
    if not obligation.consequence:
        if not broken_inside(context, address):
            yield Breach(rule, address, "consequence")
    elif lacks_default(context, obligation.consequence):
        yield Breach(rule, f"{address}.{language}", "language", {"language": language})


NOTICE_FACTS = (notice_recipients_missing, notice_source_missing, mandatory_provision_undeclared)
