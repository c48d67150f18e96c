"""The age from which a child in Denmark consents alone to an online service. Databeskyttelsesloven § 6(2)-(3); GDPR Art. 8(1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, purpose_address
from ropa.findings.finding import Breach
from ropa.law import countries
from ropa.rules.asked import consent_purposes
from ropa.rules.consent_use import no_child_consents

DENMARK: Final = "DK"


def danish_child_age_unstated(context: Context) -> Iterator[Breach]:
    """A Danish online service for children that gives ages for other countries only."""
    limit = countries.child_age_details(DENMARK)
    # Of named markets, Denmark too, child-age-limit-wrong speaks.
    if limit is None or context.registry.organisation.markets is not None:
        return
    for activity, name, purpose, _ in consent_purposes(context):
        children = purpose.children
        if purpose.information_society_service is not True or children is None or not children.ages or no_child_consents(children, context):
            continue
        if DENMARK not in children.ages:
            params = {"age": str(limit.age), "law": limit.law or ""}
            yield Breach("danish-child-age-unstated", f"{purpose_address(activity, name)}.children.ages.{DENMARK}", "unstated", params)


CHILD_AGE = (danish_child_age_unstated,)
