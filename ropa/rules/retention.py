"""How long data are kept: a period or criteria, from when, for which data, on which ground, and what happens then. GDPR Art. 5(1)(e)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, PlacedRetention, group_address, groups_of, served_purposes
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup
from ropa.model.records_common import Retention
from ropa.rules.asked import broken_inside, is_unreadable
from ropa.rules.law_references import asked_law
from ropa.rules.stock_words import is_vague_period, says_statutory
from ropa.source.address import segment

PERMANENT: Final = "permanent"
SESSION: Final = "session"
CONSENT_WITHDRAWN: Final = "consent-withdrawn"
ARCHIVE: Final = "archive"
REVIEW: Final = "review"

KEPT_ALIKE: Final[dict[str | None, str]] = {
    "identity": "identity",
    "contact": "identity",
    "financial": "transaction",
    "online": "log",
    "communication": "content",
}
"""Groups of data categories that are seldom needed equally long (docs/rules, retention-not-per-category)."""

BELONG_TOGETHER: Final = ({"identity", "transaction"}, {"identity", "content"})
"""Who it was belongs to a purchase or a message, and is seldom needed longer or shorter; to a log it does not."""

LENGTH_KEYS: Final = ("period", "until", "criteria", "per_purpose")


# --- missing ----------------------------------------------------------------------------------------------------------


def retention_missing(context: Context) -> Iterator[Breach]:
    """Data of which nobody says how long they are kept."""
    unknown = frozenset(address for address in context.registry.unknown if address.endswith("retention"))
    for activity in context.controlled:
        if activity.retention is None or unknown:
            yield from _missing_in(context, activity, unknown)
    for placed in context.written_retentions:
        if (says_no_length(placed.retention) or _asks_for_length(context, placed)) and not broken_inside(context, placed.address):
            variant, address = _length_asked(context, placed)
            yield Breach("retention-missing", address, variant)
    yield from _missing_for_a_purpose(context)


def _missing_in(context: Context, activity: Activity, unknown: frozenset[str]) -> Iterator[Breach]:
    """The groups without retention. One that answers unknown is told itself; the others once of the activity, where none has one.

    An activity whose groups all have their own needs none; one without groups lacks those first.
    """
    rule, at = "retention-missing", f"activities/{activity.id}#retention"
    groups = {group_address(activity, name): group for name, group in groups_of(activity).items()}
    readable = {address: group for address, group in groups.items() if not is_unreadable(context, address, group)}
    addresses = [f"{address}.retention" for address, group in readable.items() if group.retention is None]
    for address in addresses:
        if address in unknown:
            yield Breach(rule, address, "group")
    if activity.retention is not None or broken_inside(context, at):
        return
    rest = [address for address in addresses if address not in unknown and not broken_inside(context, address)]
    if rest and (at in unknown or len(rest) == len(readable)):
        yield Breach(rule, at, "activity")
        return
    for address in rest:
        yield Breach(rule, address, "group")


def says_no_length(retention: Retention) -> bool:
    """Whether a retention names neither a period, an end, criteria nor a law that may tell the length."""
    return retention.period is None and not retention.until and not retention.criteria and not retention.law


def _asks_for_length(context: Context, placed: PlacedRetention) -> bool:
    """Whether a law is named, which may tell the length, and yet the length is answered unknown."""
    retention = placed.retention
    told = retention.period is not None or retention.until or retention.criteria
    return not told and any(f"{placed.address}.{key}" in context.registry.unknown for key in LENGTH_KEYS)


def _length_asked(context: Context, placed: PlacedRetention) -> tuple[str, str]:
    """Where a retention that says no length is at fault: at what was answered unknown, else at the period; an empty one as a whole."""
    variant = "no-period" if placed.retention.from_ is None else "no-length"
    for key in LENGTH_KEYS:
        if f"{placed.address}.{key}" in context.registry.unknown:
            return variant, f"{placed.address}.{key}"
    return ("empty", placed.address) if placed.retention == type(placed.retention)() else (variant, f"{placed.address}.period")


def _missing_for_a_purpose(context: Context) -> Iterator[Breach]:
    """Purposes of which a retention by purpose says nothing, though the data serve them. A rule used several times is told once."""
    told: set[str] = set()
    for activity in context.controlled:
        for name, group in groups_of(activity).items():
            retention, at = _of_group(activity, name, group)
            if not isinstance(retention, Retention) or not retention.per_purpose or not says_no_length(retention):
                continue
            for purpose in served_purposes(activity, group):
                address = f"{at}.per_purpose.{segment(purpose)}"
                if purpose not in retention.per_purpose and address not in told and not broken_inside(context, address):
                    told.add(address)
                    yield Breach("retention-missing", address, "purpose", {"purpose_id": purpose})


def _of_group(activity: Activity, name: str, group: DataGroup) -> tuple[str | Retention | None, str]:
    """The retention of a data group, its own or the activity's, and where it is written. Named rules are not split by purpose."""
    if group.retention is not None:
        return group.retention, f"{group_address(activity, name)}.retention"
    return activity.retention, f"activities/{activity.id}#retention"


# --- vague, without start, without end --------------------------------------------------------------------------------


def _is_vague(context: Context, retention: Retention) -> bool:
    if retention.period is not None or retention.until or retention.law or not retention.criteria:
        return False
    return is_vague_period(context.registry.text(retention.criteria))


def retention_vague(context: Context) -> Iterator[Breach]:
    """Criteria from which nobody can work out a period."""
    for placed in context.written_retentions:
        criteria = placed.retention.criteria
        if criteria and _is_vague(context, placed.retention):
            language = context.registry.language if context.registry.language in criteria else next(iter(criteria))
            yield Breach("retention-vague", f"{placed.address}.criteria.{language}", "vague", {"criteria": criteria[language]})


def retention_without_start(context: Context) -> Iterator[Breach]:
    """A period that counts from nothing."""
    for placed in context.written_retentions:
        period = placed.retention.period
        if period is not None and placed.retention.from_ is None and period not in (PERMANENT, SESSION):
            yield Breach("retention-without-start", f"{placed.address}.from", "missing", {"period": period})


def retention_without_end_action(context: Context) -> Iterator[Breach]:
    """A period after which nothing happens, or a review without a rhythm."""
    rule = "retention-without-end-action"
    for placed in context.written_retentions:
        retention = placed.retention
        if retention.period == PERMANENT or retention == type(retention)() or _is_vague(context, retention):
            continue
        if retention.then is None:
            yield Breach(rule, f"{placed.address}.then", "missing")
        elif retention.then == REVIEW and retention.every is None:
            yield Breach(rule, f"{placed.address}.every", "review")


# --- per category -----------------------------------------------------------------------------------------------------


def retention_not_per_category(context: Context) -> Iterator[Breach]:
    """One period for data that are seldom needed equally long."""
    for activity in context.controlled:
        groups = groups_of(activity)
        if len(groups) < 2:
            continue
        shared = _shared_retention(activity)
        if shared is None or _is_fitting(context, shared):
            continue
        kinds = {name: _kinds(context, group) for name, group in groups.items()}
        found = set().union(*kinds.values())
        if _has_law(context, shared) or found in BELONG_TOGETHER:
            found -= {"identity"}
        if len(found) > 1 and len(set(map(frozenset, kinds.values()))) > 1:
            names = ", ".join(f"`{name}`" for name, of_group in kinds.items() if of_group)
            related = tuple(group_address(activity, name) for name, of_group in kinds.items() if of_group)
            yield Breach("retention-not-per-category", f"activities/{activity.id}#retention", "blanket", {"groups": names}, related=related)


def _shared_retention(activity: Activity) -> str | Retention | None:
    """The one retention of all groups of an activity; None where they differ or one has none."""
    first, *others = (_of_group(activity, name, group)[0] for name, group in groups_of(activity).items())
    return first if all(other == first for other in others) else None


def _followed(context: Context, retention: str | Retention) -> Retention | None:
    """A retention, or the registry's own rule of that name; None for a shipped one."""
    return context.registry.retention.get(retention) if isinstance(retention, str) else retention


def _is_fitting(context: Context, shared: str | Retention) -> bool:
    """Whether one retention fits all data: it is no period, ends when consent is withdrawn, or differs by purpose."""
    retention = _followed(context, shared)
    if retention is None:
        return False
    return retention.period is None or bool(retention.per_purpose) or CONSENT_WITHDRAWN in (retention.until or ())


def _has_law(context: Context, shared: str | Retention) -> bool:
    retention = _followed(context, shared)
    return retention is None or bool(retention.law)


def _kinds(context: Context, group: DataGroup) -> set[str]:
    """Which of the kinds that are kept differently a group holds. A name beside other data only tells whose they are."""
    own = context.registry.vocabulary.data_categories or {}
    found = set()
    for category in group.categories or ():
        like = own[category].like if category in own else None
        code = vocabulary.codes("data_categories").get(like or category)
        found.add(KEPT_ALIKE.get(code.group, "other") if code is not None else "other")
    if found - {"identity"}:
        found.discard("identity")
    return found - {"other"}


# --- on which ground --------------------------------------------------------------------------------------------------


def statutory_retention_without_law(context: Context) -> Iterator[Breach]:
    """A period that is said to follow from law, without the law."""
    for placed in context.written_retentions:
        retention = placed.retention
        if not (retention.because or retention.criteria):
            continue
        texts = [*(retention.because or {}).values(), *(retention.criteria or {}).values()]
        if not any(says_statutory(text) for text in texts) or _is_vague(context, retention):
            continue
        asked = asked_law(context, retention.law)
        if asked != "said" and not broken_inside(context, f"{placed.address}.law"):
            yield Breach("statutory-retention-without-law", f"{placed.address}.law", asked, {"law": ", ".join(retention.law or ())})


def archived_without_ground(context: Context) -> Iterator[Breach]:
    """Archiving without a law, and not for research or statistics with safeguards. A rule used several times is told once."""
    told: set[str] = set()
    for placed in context.retentions():
        if placed.retention.then != ARCHIVE or placed.address in told or _is_of_media(placed):
            continue
        law = f"{placed.address}.law"
        if asked_law(context, placed.retention.law) == "said" or broken_inside(context, law) or _is_research(placed.activity):
            continue
        told.add(placed.address)
        research = placed.activity is not None and placed.activity.research is not None
        related = (f"activities/{placed.activity.id}#research",) if research and placed.activity is not None else ()
        yield Breach("archived-without-ground", f"{placed.address}.then", "missing", related=related)


def _is_of_media(placed: PlacedRetention) -> bool:
    return placed.activity is not None and placed.activity.expression == "media"


def _is_research(activity: Activity | None) -> bool:
    """Whether an activity is under Art. 89(1), with its safeguards: research, statistics, or archiving in the public interest."""
    research = activity.research if activity is not None else None
    return research is not None and bool(research.safeguards)


RETENTION = (
    retention_missing,
    retention_vague,
    retention_without_start,
    retention_not_per_category,
    statutory_retention_without_law,
    retention_without_end_action,
    archived_without_ground,
)
