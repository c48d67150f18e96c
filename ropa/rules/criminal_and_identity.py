"""Criminal data and identity numbers: GDPR Arts 10, 87; personopplysningsloven §§ 11, 12."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context, group_address
from ropa.findings.finding import Breach
from ropa.model.legal_bases import Article10
from ropa.rules.asked import broken_inside, quoted
from ropa.rules.special_categories import flagged, only_without_section

CORRESPONDING: Final = frozenset(
    {
        "explicit-consent",
        "vital-interests",
        "not-for-profit-body",
        "manifestly-made-public",
        "legal-claims",
        "employment-and-social-law",
        "substantial-public-interest",
        "archiving-research-statistics",
    }
)
"""What personopplysningsloven § 11 lets apply correspondingly: GDPR 9(2)(a), (c)-(f) and the act's own §§ 6, 7 and 9."""


def criminal_data_without_authority(context: Context) -> Iterator[Breach]:
    """Data on convictions and offences stand under official control, or a law, a permit or § 11 allows them."""
    for activity, name, group, categories in flagged(context, "art10"):
        address = f"{group_address(activity, name)}.article_10"
        if broken_inside(context, address):
            continue
        params = {"categories": quoted(categories)}
        found = _fault(context, group.article_10)
        if found is not None:
            key, variant = found
            held = group.article_10
            params["law"] = ", ".join((held.law if held is not None else None) or ())
            params["condition"] = (held.condition if held is not None else None) or ""
            yield Breach("criminal-data-without-authority", f"{address}.{key}" if key else address, variant, params)


def _fault(context: Context, held: Article10 | None) -> tuple[str, str] | None:
    """What is wrong with a ground: the key that it stands at and the wording; None where it carries."""
    if held is None or not (held.control or held.permit or held.law or held.condition):
        return "", "missing"
    if held.control or held.permit or (held.law and not only_without_section(context, held.law)):
        return None
    if held.condition is None:
        return "law", "section"
    if not context.norwegian_data_protection_act_applies():
        return "condition", "not-norwegian"
    return None if held.condition in CORRESPONDING else ("condition", "not-corresponding")


def national_id_without_need(context: Context) -> Iterator[Breach]:
    """Identity numbers are used only where secure identification is needed and cannot do without them, or a law orders them."""
    if not context.norwegian_data_protection_act_applies():
        return
    for activity, name, group, _ in flagged(context, "national-id"):
        address = f"{group_address(activity, name)}.national_id"
        held = group.national_id
        if broken_inside(context, address):
            continue
        if held is None:
            yield Breach("national-id-without-need", address, "missing")
        elif held.law and only_without_section(context, held.law) and not (held.need and held.necessary_because):
            yield Breach("national-id-without-need", f"{address}.law", "section", {"law": ", ".join(held.law)})
        elif not held.law:
            if held.need is None:
                yield Breach("national-id-without-need", f"{address}.need", "need")
            if held.necessary_because is None:
                yield Breach("national-id-without-need", f"{address}.necessary_because", "necessary")


CRIMINAL_AND_IDENTITY = (criminal_data_without_authority, national_id_without_need)
