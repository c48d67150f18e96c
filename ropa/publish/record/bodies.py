"""Who keeps the record and who is behind it: the cells of Art. 30(1)(a) and 30(2)(a)."""

from __future__ import annotations

from ropa.model.activity import Activity
from ropa.model.organisation import Dpo, Representative
from ropa.model.parties import PartyDpo
from ropa.publish.record.cells import Cell, Line, line
from ropa.publish.record.scribe import Scribe


def organisation(scribe: Scribe) -> Cell:
    """The controller or processor itself: name and contact details."""
    own = scribe.context.registry.organisation
    number = scribe.fixed("head.organisation_number", number=own.organisation_number) if own.organisation_number else ""
    lines = [line(own.legal_name, "strong")] if own.legal_name else [scribe.missing()]
    lines += [line(each) for each in (number, scribe.address(own.address), own.email, own.phone, own.website) if each]
    keys = ("legal_name", "organisation_number", "address", "email", "phone")
    return (*lines, *scribe.gaps(*(f"organisation#{key}" for key in keys)))


def officer(scribe: Scribe) -> Cell:
    """The data protection officer: name (where one is given) and contact details, Art. 37."""
    dpo = scribe.context.registry.organisation.dpo
    if isinstance(dpo, Dpo):
        if dpo.not_needed:
            return (line(scribe.fixed("none"), "muted"), *scribe.text_line(dpo.not_needed))
        return scribe.filled(_officer(scribe, dpo), "organisation#dpo")
    if dpo is not None:
        return (line(scribe.fixed("none"), "muted"),)
    return scribe.filled((), "organisation#dpo")


def _officer(scribe: Scribe, dpo: Dpo | PartyDpo) -> Cell:
    title = scribe.words.text(dpo.title)
    name = line(dpo.name, "strong") if dpo.name else line(title or scribe.fixed("columns.dpo"), "strong")
    lines: list[Line] = [name] if dpo.name or dpo.title or dpo.email or dpo.phone else []
    return (*lines, *(line(each) for each in (dpo.email, dpo.phone) if each))


def representative(scribe: Scribe) -> Cell:
    """The organisation's representative in the EEA, Art. 27; empty where it has none."""
    at = "organisation#representative"
    return (*_representative(scribe, scribe.context.registry.organisation.representative), *scribe.gaps(at))


def _representative(scribe: Scribe, held: Representative | None) -> Cell:
    if held is None or held.not_needed:
        return ()
    country = scribe.words.country(held.country) if held.country else ""
    found = (held.name, scribe.address(held.address), held.email, country)
    return tuple(line(each, "strong" if place == 0 and held.name else "plain") for place, each in enumerate(found) if each)


def customer(scribe: Scribe, activity: Activity, name: str | None) -> Cell:
    """The controller on whose behalf we act: its name or alias, and contact details."""
    if name is None:
        return scribe.filled((), f"activities/{activity.id}#on_behalf_of")
    party = scribe.context.registry.parties.get(name)
    lines = [line(scribe.party(name), "strong")]
    if party is not None:
        country = scribe.words.country(party.country) if party.country and not party.address else ""
        lines += [line(each) for each in (scribe.address(party.address), country, party.contact) if each]
    return (*lines, *scribe.gaps(f"parties/{name}#contact", f"parties/{name}#address", f"parties/{name}#name"))


def customer_representative(scribe: Scribe, name: str | None) -> Cell:
    """The representative of the customer, and our own."""
    party = scribe.context.registry.parties.get(name or "")
    theirs = _representative(scribe, party.representative) if party is not None else ()
    return (*theirs, *scribe.gaps(f"parties/{name}#representative"), *representative(scribe))


def customer_officer(scribe: Scribe, name: str | None) -> Cell:
    """The customer's data protection officer, as far as we know one."""
    party = scribe.context.registry.parties.get(name or "")
    known = _officer(scribe, party.dpo) if party is not None and party.dpo is not None else ()
    return (*known, *scribe.gaps(f"parties/{name}#dpo"))
