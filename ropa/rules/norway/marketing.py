"""Marketing to natural persons. Markedsføringsloven §§ 12-16 a; ehandelsloven § 9; GDPR Art. 21(2)-(3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ropa.context.context import Context, bases, groups_of, purpose_address, purpose_subjects, purposes_of, served_purposes
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, ExistingCustomer, Marketing, Purpose
from ropa.rules.asked import EVERYONE, broken_inside, not_covered, quoted
from ropa.rules.stock_words import tells_of_fundraising
from ropa.source.address import segment

ELECTRONIC_MARKETING: Final = "electronic-marketing"
DIRECT_MARKETING: Final = "direct-marketing"
PHONE_MARKETING: Final = "phone-marketing"
PHONE: Final = "phone"
POST: Final = "post"

ASKS_CONSENT: Final = frozenset({"email", "sms", "fax", "automated-call", "app-message"})
"""§ 15 first paragraph: ways of sending to a person that need prior consent."""

ELECTRONIC_MAIL: Final = frozenset({"email", "sms", "app-message"})
"""§ 15 fourth paragraph: to them the exception for existing customers reaches, not to fax and calling machines."""

ORAL_OR_ADDRESSED: Final = frozenset({PHONE, POST})
"""Here the existing relationship only lifts the duty to check the register, §§ 12, 13 fourth paragraph."""

NO_CUSTOMERS: Final = frozenset({"prospect", "partner-contact", "event-participant", "supplier-contact"})
"""Groups of people whose address comes from no sale to them."""

BUSINESS: Final = frozenset(
    {"customer-contact", "customer-employee", "partner-contact", "professional-contact", "sole-proprietor", "supplier-contact"}
)
"""People reached as representatives of a business, who are no consumers, § 5."""

PROSPECT: Final = "prospect"
OWN_ADDRESSES: Final = frozenset({"email-address", "phone-number", "postal-address"})
PERSONAL_ADDRESSES: Final = frozenset({"email-address", "work-email", "phone-number"})
GENERIC_ADDRESS: Final = "generic-email"
WORK_ADDRESSES: Final = frozenset({"work-email", GENERIC_ADDRESS, "workplace"})
OPT_OUT: Final = ("collection", "each-message")


# --- consent ----------------------------------------------------------------------------------------------------------


def marketing_without_consent(context: Context) -> Iterator[Breach]:
    """Marketing by e-mail, SMS and the like without prior consent of everyone it is sent to."""
    if context.registry.organisation.not_in_business is not None:
        return
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            channels = _sent_by(purpose)
            if not channels or _is_excepted(purpose) or _only_generic_addresses(context, activity, name):
                continue
            at = purpose_address(activity, name)
            held = dict(bases(purpose.basis))
            uncovered = not_covered(activity, purpose, ("consent",))
            if not held or ("consent" in held and not uncovered):  # without any basis purpose-without-legal-basis speaks
                continue
            address = f"{at}.marketing" if purpose.marketing is None else f"{at}.marketing.consent"
            params = {"channels": quoted(channels), "groups": quoted(uncovered)}
            related = tuple(f"{at}.basis.{key}" for key in held if key != "consent")
            if not (broken_inside(context, f"{at}.marketing") or broken_inside(context, f"{at}.basis")):
                yield Breach("marketing-without-consent", address, "groups" if "consent" in held else "missing", params, related=related)


def _sent_by(purpose: Purpose) -> tuple[str, ...]:
    """The channels of a purpose that need consent. Electronic marketing that names no channel is taken to be sent by e-mail."""
    channels = purpose.marketing.channels if purpose.marketing is not None else None
    if not channels:
        return ("email",) if purpose.kind == ELECTRONIC_MARKETING else ()
    return tuple(channel for channel in channels if channel in ASKS_CONSENT)


def _is_excepted(purpose: Purpose) -> bool:
    """Whether consent to the sending is named apart from the basis, or the exception for existing customers is claimed."""
    marketing = purpose.marketing
    return marketing is not None and (marketing.consent is not None or marketing.existing_customer is not None)


def _only_generic_addresses(context: Context, activity: Activity, purpose: str) -> bool:
    """Whether all addresses that serve the purpose are a business's own (``post@``)."""
    held = _categories(context, activity, purpose)
    return GENERIC_ADDRESS in held and held.isdisjoint(PERSONAL_ADDRESSES)


def _categories(context: Context, activity: Activity, purpose: str) -> frozenset[str]:
    """The data categories that serve a purpose; an own one counts as what it is like."""
    own = context.registry.vocabulary.data_categories or {}
    groups = (group for group in groups_of(activity).values() if purpose in served_purposes(activity, group))
    categories = (category for group in groups for category in group.categories or ())
    return frozenset((own[category].like or category) if category in own else category for category in categories)


# --- the exception for existing customers -----------------------------------------------------------------------------


def marketing_exception_misapplied(context: Context) -> Iterator[Breach]:
    """The exception for existing customers, claimed without one of its conditions."""
    rule = "marketing-exception-misapplied"
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            marketing = purpose.marketing
            at = f"{purpose_address(activity, name)}.marketing"
            if marketing is None or marketing.existing_customer is None or broken_inside(context, f"{at}.channels"):
                continue
            exception, address = marketing.existing_customer, f"{at}.existing_customer"
            only_relationship = _is_oral_or_addressed(purpose, marketing)
            for key in _unmet(exception, only_relationship):
                if not broken_inside(context, f"{address}.{key}"):
                    params = {"lacking": quoted(code for code in OPT_OUT if code not in (exception.opt_out or ()))}
                    yield Breach(rule, f"{address}.{key}", key.replace("_", "-"), params)
            if only_relationship:
                continue
            for channel in marketing.channels or ():
                if channel not in ELECTRONIC_MAIL | ORAL_OR_ADDRESSED:
                    yield Breach(rule, f"{at}.channels.{channel}", "channel", {"channel": channel})
            strangers = _strangers(activity, purpose)
            if strangers:
                said = f"{purpose_address(activity, name)}." if purpose.subjects is not None else f"activities/{activity.id}#"
                related = tuple(f"{said}subjects.{segment(group)}" for group in strangers)
                yield Breach(rule, address, "subjects", {"groups": quoted(strangers)}, related=related, value=list(strangers))


def _is_oral_or_addressed(purpose: Purpose, marketing: Marketing) -> bool:
    if marketing.channels is None:
        return purpose.kind == PHONE_MARKETING
    return bool(marketing.channels) and set(marketing.channels) <= ORAL_OR_ADDRESSED


def _unmet(exception: ExistingCustomer, only_relationship: bool) -> Iterator[str]:
    """The conditions that are not declared to be met: by telephone and post those of the relationship only."""
    if exception.sale is not True:
        yield "sale"
    if exception.similar is not True:
        yield "similar"
    if only_relationship:
        return
    if not set(OPT_OUT) <= set(exception.opt_out or ()):
        yield "opt_out"
    if exception.identified is not True:
        yield "identified"


def _strangers(activity: Activity, purpose: Purpose) -> tuple[str, ...]:
    """The groups that are no customers and have not consented."""
    consented = set(purpose_subjects(activity, purpose)) - set(not_covered(activity, purpose, ("consent",)))
    return tuple(group for group in purpose_subjects(activity, purpose) if group in NO_CUSTOMERS and group not in consented)


# --- reservation against calls and addressed mail -----------------------------------------------------------------------


def marketing_reservation_not_checked(context: Context) -> Iterator[Breach]:
    """Calls or addressed mail without the checks that reservations, hours and sources ask for."""
    rule = "marketing-reservation-not-checked"
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            by_phone, by_post = _reaches_by(purpose)
            if not (by_phone or by_post) or _is_not_bound(context, activity, purpose):
                continue
            address = f"{purpose_address(activity, name)}.marketing"
            marketing = purpose.marketing
            if marketing is None:
                if not broken_inside(context, address):
                    yield Breach(rule, address, "phone")
                continue
            for key, variant in _unchecked(marketing, by_phone=by_phone, business=_is_business(context, activity, name, purpose)):
                if not broken_inside(context, f"{address}.{key}"):
                    yield Breach(rule, f"{address}.{key}", variant)


def _reaches_by(purpose: Purpose) -> tuple[bool, bool]:
    """Whether a purpose is marketing by telephone, and by addressed mail."""
    channels = (purpose.marketing.channels if purpose.marketing is not None else None) or ()
    direct = purpose.kind == DIRECT_MARKETING
    return purpose.kind == PHONE_MARKETING or (direct and PHONE in channels), direct and POST in channels


def _is_not_bound(context: Context, activity: Activity, purpose: Purpose) -> bool:
    """Whether the sender does not act in business, and does not raise funds as a voluntary organisation either (§ 16 a)."""
    organisation = context.registry.organisation
    if organisation.not_in_business is None:
        return False
    texts = (purpose.text or {}).values()
    raises = "donor" in purpose_subjects(activity, purpose) or any(tells_of_fundraising(text) for text in texts)
    return not (organisation.kind == "non-profit" and raises)


def _is_business(context: Context, activity: Activity, name: str, purpose: Purpose) -> bool:
    """Whether everyone is reached as representing a business: by who they are, or as a prospect with an address at work only."""
    people = set(purpose_subjects(activity, purpose))
    if not people or EVERYONE in people:
        return False
    if people <= BUSINESS:
        return True
    held = _categories(context, activity, name)
    return people <= BUSINESS | {PROSPECT} and held.isdisjoint(OWN_ADDRESSES) and not held.isdisjoint(WORK_ADDRESSES)


def _unchecked(marketing: Marketing, *, by_phone: bool, business: bool) -> Iterator[tuple[str, str]]:
    """The keys that do not say what the law asks for, each with its wording."""
    requested = marketing.requested is True
    asked: Mapping[str, bool] = {
        "own_list": not requested,
        "source_told": not requested,
        "calling_hours": by_phone and not business,
        "number_shown": by_phone and not business,
    }
    if not (requested or business or marketing.existing_customer is not None) and marketing.reservation_register != "monthly":
        yield "reservation_register", "register-campaign" if marketing.reservation_register == "before-each-campaign" else "register"
    for key, holds in asked.items():
        if holds and getattr(marketing, key) is not True:
            yield key, key.replace("_", "-")


MARKETING = (marketing_without_consent, marketing_exception_misapplied, marketing_reservation_not_checked)
