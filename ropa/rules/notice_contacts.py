"""Whom people can turn to: the controller, how to reach it, and the data protection officer. GDPR Arts 13(1)(a)-(b), 37(7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.law.references import NORWAY
from ropa.model.organisation import Dpo, Organisation, PostalAddress
from ropa.rules.asked import broken_inside

ONLINE: Final = ("email", "trade_register", "organisation_number", "vat_registered")
"""What ehandelsloven § 8 asks of an online service, beside name and postal address."""

DPO: Final = "organisation#dpo"


def notice_controller_identity_missing(context: Context) -> Iterator[Breach]:
    """The controller has a name and a way to be reached; an online service tells what ehandelsloven § 8 asks for.

    The representative of a controller outside the EEA is asked for by representative-missing.
    """
    rule, organisation = "notice-controller-identity-missing", context.registry.organisation
    if "organisation" not in context.registry.long:  # organisation-missing speaks
        return
    if organisation.legal_name is None:
        yield Breach(rule, "organisation#legal_name", "legal-name")
    if organisation.online_service and _is_norwegian(context):
        yield from _online(context, rule, organisation)
    elif not _can_be_reached(context, organisation):
        yield Breach(rule, "organisation#address", "contact")


def _is_norwegian(context: Context) -> bool:
    """Whether Norwegian acts bind; who says no country is taken to be at home in Norway, as in the engine."""
    return context.registry.organisation.country is None or context.is_bound_by(NORWAY)


def _online(context: Context, rule: str, organisation: Organisation) -> Iterator[Breach]:
    if not _is_postal(organisation.address) and not broken_inside(context, "organisation#address"):
        yield Breach(rule, "organisation#address", "online-address")
    for key in ONLINE:
        if getattr(organisation, key) is None and not broken_inside(context, f"organisation#{key}"):
            yield Breach(rule, f"organisation#{key}", f"online-{key.replace('_', '-')}")


def _can_be_reached(context: Context, organisation: Organisation) -> bool:
    """Whether there is a postal address, an e-mail address or a form; one of a wrong shape may be the one."""
    rights = organisation.rights
    if _is_postal(organisation.address) or organisation.email is not None or (rights is not None and rights.contact is not None):
        return True
    return any(broken_inside(context, f"organisation#{key}") for key in ("address", "email", "rights.contact")) or (
        "organisation#rights" in context.registry.broken
    )


def _is_postal(address: PostalAddress | None) -> bool:
    """Whether an address tells where a letter goes: a country alone does not."""
    return address is not None and any((address.street, address.postcode, address.city))


def notice_dpo_contact_missing(context: Context) -> Iterator[Breach]:
    """A data protection officer can be reached, and the supervisory authority knows of the officer."""
    rule, dpo = "notice-dpo-contact-missing", context.registry.organisation.dpo
    if not isinstance(dpo, Dpo) or dpo.not_needed is not None or broken_inside(context, f"{DPO}.not_needed"):
        return
    if not dpo.email and not dpo.phone and not any(broken_inside(context, f"{DPO}.{key}") for key in ("email", "phone")):
        yield Breach(rule, _asked_channel(context), "contact")
    if dpo.notified is None and not broken_inside(context, f"{DPO}.notified"):
        yield Breach(rule, f"{DPO}.notified", "notified")


def _asked_channel(context: Context) -> str:
    """The channel that was answered unknown, else the e-mail address."""
    unknown = context.registry.unknown
    only_phone = f"{DPO}.phone" in unknown and f"{DPO}.email" not in unknown
    return f"{DPO}.phone" if only_phone else f"{DPO}.email"


NOTICE_CONTACTS = (notice_controller_identity_missing, notice_dpo_contact_missing)
