"""The representative of an organisation outside the EEA that aims at people in it. GDPR Arts 3(2), 27; personopplysningsloven § 4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.law.countries import is_eea
from ropa.model.organisation import Representative
from ropa.rules.asked import broken_inside
from ropa.source.address import segment

MISSING: Final = "representative-missing"
ADDRESS: Final = "organisation#representative"


def representative_missing(context: Context) -> Iterator[Breach]:
    """An organisation outside the EEA has a representative in one of the EEA countries where its people are."""
    organisation = context.registry.organisation
    markets = [country for country in organisation.markets or () if is_eea(country)]
    outside = organisation.country is not None and not is_eea(organisation.country)
    if not outside or not markets or context.is_public_body():  # Art. 27(2)(b) exempts public authorities and bodies
        return
    related = tuple(f"organisation#markets.{segment(country)}" for country in markets)
    held = organisation.representative
    if held is not None and held.not_needed:
        return
    if held is None or not (held.name or held.address or held.country):
        if not broken_inside(context, ADDRESS):
            yield Breach(MISSING, ADDRESS, "missing", {"markets": ", ".join(markets)}, related=related)
        return
    yield from _named(context, held, markets, related)


def _named(context: Context, held: Representative, markets: list[str], related: tuple[str, ...]) -> Iterator[Breach]:
    """What is lacking of a representative that is named, and whether it is where the people are (Art. 27(3))."""
    params = {"markets": ", ".join(markets)}
    for key in ("name", "address", "country"):
        if not getattr(held, key) and not broken_inside(context, f"{ADDRESS}.{key}"):
            yield Breach(MISSING, f"{ADDRESS}.{key}", key, params, related=related)
    if held.country is not None and held.country not in markets:
        yield Breach(MISSING, f"{ADDRESS}.country", "elsewhere", {**params, "country": held.country}, related=related)


REPRESENTATIVE = (representative_missing,)
