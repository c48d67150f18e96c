"""Which supervisory authority people can complain to, GDPR Arts 13(2)(d), 55, 77."""

from __future__ import annotations

from ropa.law import countries
from ropa.model.organisation import Organisation


def authority_country(organisation: Organisation) -> str:
    """The country whose authority supervises: the organisation's own in the EEA, else that of its representative there."""
    country = organisation.country or ""
    if not countries.is_eea(country) and organisation.representative is not None and organisation.representative.country:
        return organisation.representative.country
    return country


def authority_name(organisation: Organisation) -> str:
    """The supervisory authority's name: the one that is declared where the country has several; nothing where there is none."""
    found = countries.authority(authority_country(organisation))
    return organisation.supervisory_authority or (found.name if found is not None else "")
