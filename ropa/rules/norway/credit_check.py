"""Credit data only for those who need them. Kredittopplysningsloven § 14; GDPR Art. 6(1)(f)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ropa.context.context import Context, group_address, groups_of, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity
from ropa.model.records_common import Source
from ropa.rules.asked import broken_inside
from ropa.rules.stock_words import tells_of_credit_monitoring
from ropa.source.address import segment

AGENCY: Final = "credit-information"
"""The code of a source, and of the kind of party that is one."""

RATING: Final = "credit-rating"


def credit_check_without_need(context: Context) -> Iterator[Breach]:
    """Credit data without a need in assessing ability to pay, or credit monitoring of people."""
    for activity in context.controlled:
        sources = list(_credit_sources(context, activity))
        if not sources:
            continue
        address = f"activities/{activity.id}#credit_need"
        need = activity.credit_need
        words = [] if need is None else [text for text in (need.nb, need.nn, need.en) if text]
        if need is None or not (words or need.exempt):
            if not broken_inside(context, address):
                yield Breach("credit-check-without-need", address, "missing", related=tuple(sources))
            continue
        told = words + [text for purpose in purposes_of(activity).values() for text in (purpose.text or {}).values()]
        if not need.exempt and any(tells_of_credit_monitoring(text) for text in told):
            yield Breach("credit-check-without-need", address, "monitoring", related=tuple(sources))


def _credit_sources(context: Context, activity: Activity) -> Iterator[str]:
    """Where an activity says that data come from a credit agency: the code, or an agency that gives a credit rating."""
    record = f"activities/{activity.id}"
    for name in activity.source or {}:
        if name == AGENCY:
            yield f"{record}#source.{AGENCY}"
    for group_name, group in groups_of(activity).items():
        at = group_address(activity, group_name)
        sources = group.source if group.source is not None else activity.source
        for name in group.source or {}:
            if name == AGENCY:
                yield f"{at}.source.{AGENCY}"
        rating = next((category for category in group.categories or () if _is_rating(context, category)), None)
        if rating is not None and _from_an_agency(context, sources):
            yield f"{at}.categories.{segment(rating)}"


def _is_rating(context: Context, category: str) -> bool:
    own = (context.registry.vocabulary.data_categories or {}).get(category)
    return category == RATING or (own is not None and own.like == RATING)


def _from_an_agency(context: Context, sources: Mapping[str, Source] | None) -> bool:
    """Whether one of the sources, which is not said to be a credit agency by its code, is a party that is one."""
    for name, source in (sources or {}).items():
        party = context.registry.parties.get(source.party or name)
        if name != AGENCY and party is not None and party.kind == AGENCY:
            return True
    return False


CREDIT_CHECK = (credit_check_without_need,)
