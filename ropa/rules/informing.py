"""When and how people are told of data from elsewhere, or why they are not. GDPR Arts 14(3), 14(5); personopplysningsloven § 16."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ropa.context.context import Context, group_address, groups_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, DataGroup
from ropa.model.records_common import Exempt, Inform, Source
from ropa.rules.asked import broken_inside, is_there
from ropa.rules.empty import says_nothing
from ropa.rules.law_references import asked_law
from ropa.rules.translations import lacks_default
from ropa.source.address import segment

FROM_THE_PERSON: Final = frozenset({"data-subject", "observed-device"})
"""What a person gives, and what is observed of her, is Art. 13 (Court of Justice, C-422/24)."""

GENERATED: Final = "generated"
"""Data that the controller itself makes of a person. Art. 14 covers them too (Court of Justice, C-169/23), and who knows how they are made
often knows of them already (14(5)(a)): a reminder, no breach."""

OF_ARTICLE_13: Final = "13-4"
PUBLIC_NOTICE: Final = "public-notice"
NORWEGIAN_POINT: Final = "popplyl-16-"
BY_LAW: Final = frozenset({"14-5-c", "14-5-d"})


class Told(NamedTuple):
    """How the people of some data are told: where that stands or would stand, and where their sources are written."""

    address: str
    inform: Inform | None
    source: str
    codes: tuple[str, ...]


def article_14_timing_missing(context: Context) -> Iterator[Breach]:
    """Data from elsewhere of which nothing says when and how people are told. Once where it is or would be written."""
    for activity in context.controlled:
        if not any(source and not FROM_THE_PERSON.issuperset(source) for source in _sources(activity)):
            continue
        spoken: set[str] = set()
        for told in _all_told(context, activity):
            for breach in _untold(context, told, _indirect(told)):
                if breach.address not in spoken:
                    spoken.add(breach.address)
                    yield breach


def _sources(activity: Activity) -> Iterator[Mapping[str, Source] | None]:
    yield activity.source
    for group in groups_of(activity).values():
        yield group.source


def _all_told(context: Context, activity: Activity) -> list[Told]:
    """How people are told of each data group, those with the plainest duty first."""
    found = [_told(context, activity, name, group) for name, group in groups_of(activity).items()]
    if not found:
        found = [_told(context, activity, None, None)]
    return sorted(found, key=lambda told: _indirect(told) == [GENERATED])


def _told(context: Context, activity: Activity, name: str | None, group: DataGroup | None) -> Told:
    """How people are told of a data group; what it does not say itself it takes from its activity."""
    record = f"activities/{activity.id}#"
    below = f"{group_address(activity, name)}." if name is not None else record
    own_source = group is not None and (group.source is not None or is_there(context, f"{below}source"))
    sources = group.source if group is not None and own_source else activity.source
    source = f"{below if own_source else record}source"
    if group is not None and (group.inform is not None or is_there(context, f"{below}inform")):
        return Told(f"{below}inform", group.inform, source, tuple(sources or ()))
    at_activity = not own_source or activity.inform is not None or is_there(context, f"{record}inform")
    return Told(f"{record if at_activity else below}inform", activity.inform, source, tuple(sources or ()))


def _indirect(told: Told) -> list[str]:
    """The sources that are not the person; `generated` alone only where there is no other."""
    codes = [code for code in told.codes if code not in FROM_THE_PERSON]
    others = [code for code in codes if code != GENERATED]
    return others or ([GENERATED] if codes and len(codes) == len(told.codes) else [])


def _untold(context: Context, told: Told, indirect: list[str]) -> Iterator[Breach]:
    rule, related = "article-14-timing-missing", tuple(f"{told.source}.{segment(code)}" for code in indirect)
    if not indirect:
        return
    if indirect == [GENERATED]:
        if told.inform is None and not broken_inside(context, told.address):
            yield Breach(rule, told.address, "generated", {}, "info", related)
        return
    if told.inform is None or says_nothing(context, told.address, told.inform):
        if not broken_inside(context, told.address):
            yield Breach(rule, told.address, "missing", related=related)
        return
    if _is_exempt(context, told):
        return
    for key in ("when", "how"):
        if not getattr(told.inform, key) and not broken_inside(context, f"{told.address}.{key}"):
            yield Breach(rule, f"{told.address}.{key}", key, related=related)
    if told.inform.how and lacks_default(context, told.inform.how):
        language = context.registry.language
        yield Breach(rule, f"{told.address}.how.{language}", "language", {"language": language}, related=related)


def _is_exempt(context: Context, told: Told) -> bool:
    """Whether an exemption is claimed. Art. 13(4) exempts from telling of what the person gives, so beside it the rest is asked for."""
    exempt = told.inform.exempt if told.inform is not None else None
    if exempt is None:
        return is_there(context, f"{told.address}.exempt")
    return exempt.point != OF_ARTICLE_13 or not set(told.codes) & FROM_THE_PERSON


# --- exemptions -------------------------------------------------------------------------------------------------------


def article_14_exemption_unjustified(context: Context) -> Iterator[Breach]:
    """An exemption from telling people that names no ground or no reason, or lacks what its ground asks for."""
    for activity in context.controlled:
        for address, inform in _informs(activity):
            at = f"{address}.exempt"
            if inform.exempt is not None:
                yield from _unjustified(context, activity, at, inform)
            elif at in context.registry.unknown:
                yield Breach("article-14-exemption-unjustified", at, "missing")


def _informs(activity: Activity) -> Iterator[tuple[str, Inform]]:
    if activity.inform is not None:
        yield f"activities/{activity.id}#inform", activity.inform
    for name, group in groups_of(activity).items():
        if group.inform is not None:
            yield f"{group_address(activity, name)}.inform", group.inform


def _unjustified(context: Context, activity: Activity, at: str, inform: Inform) -> Iterator[Breach]:
    exempt = inform.exempt or Exempt()
    for key, variant in _lacking(context, activity, at, inform, exempt):
        if not broken_inside(context, f"{at}.{key}"):
            params = {"point": exempt.point or "", "law": ", ".join(exempt.law or ())}
            yield Breach("article-14-exemption-unjustified", f"{at}.{key}", variant, params)


def _lacking(context: Context, activity: Activity, at: str, inform: Inform, exempt: Exempt) -> Iterator[tuple[str, str]]:
    """The keys that an exemption lacks, or that say something that does not do, each with its wording."""
    point = exempt.point
    if point is None:
        yield "point", "point"
    elif point.startswith(NORWEGIAN_POINT) and not _binds_norwegian_act(context):
        yield "point", "norwegian"
    elif point == OF_ARTICLE_13 and not (inform.when and inform.how) and _only_from_elsewhere(activity, at):
        yield "point", "article-13"
    if not exempt.because:
        yield "because", "because"
    if point == "14-5-b" and PUBLIC_NOTICE not in (exempt.instead or ()):
        yield "instead", "instead"
    if point in BY_LAW and (asked := asked_law(context, exempt.law)) != "said":
        yield "law", f"law-{asked}"


def _binds_norwegian_act(context: Context) -> bool:
    """Whether personopplysningsloven § 16 can exempt. Who says no country is taken to be at home in Norway."""
    return context.registry.organisation.country is None or context.norwegian_data_protection_act_applies()


def _only_from_elsewhere(activity: Activity, at: str) -> bool:
    """Whether none of the data of which an exemption speaks come from the person."""
    own = {f"{group_address(activity, name)}.inform.exempt": group for name, group in groups_of(activity).items()}
    spoken_of = [own[at]] if at in own else [group for group in groups_of(activity).values() if group.inform is None]
    sources: list[Mapping[str, Source]] = [group.source if group.source is not None else activity.source or {} for group in spoken_of]
    codes = {code for source in sources or [activity.source or {}] for code in source}
    return bool(codes) and not codes & FROM_THE_PERSON


INFORMING = (article_14_timing_missing, article_14_exemption_unjustified)
