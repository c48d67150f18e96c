"""What own words say of rights: they take none away, tie no complaint to a condition, and promise none that does not apply.

The list of rights, the box for objections and the authority are derived. GDPR Arts 12(1), 13(2)(b)-(d), 17(3), 20, 21, 77.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ropa.context.authority import authority_country
from ropa.context.context import Context, purposes_of
from ropa.context.entitlements import Entitlement, all_entitlements
from ropa.findings.finding import Breach
from ropa.flows.declared import written
from ropa.law.rights import MARKETING, RESEARCH
from ropa.model.activity import AutomatedDecision
from ropa.model.text import Text
from ropa.rules.asked import broken_inside, in_order
from ropa.rules.promises import OFFERED, Offered, denied_rights, offers, people_named, promises_erasure_of_all, ties_complaint
from ropa.source.address import segment

SEVERAL_AUTHORITIES: Final = frozenset({"DE"})
"""Countries where each Land or region supervises its own companies, so that the country alone names no authority."""

OBJECTION: Final = ("objection", MARKETING, RESEARCH)
BOX: Final = "objection"
"""The section of the notice where the right to object stands apart, Art. 21(4)."""

COMPLAINT: Final = "complaint"
WITHDRAWAL: Final = "withdraw-consent"
BY_CONSENT: Final = "49-1-a"
INSIDE: Final = frozenset({"employee", "former-employee", "hired-worker", "job-applicant", "board-member"})
"""Those who work here or seek to: general words on rights are written for everyone else."""

NO_DUTY_TO_KEEP: Final = ("kameraforskriften", "foreldelsesloven")
"""Laws that a retention may cite without being bound to keep anything: a longest time, and the limitation of claims."""


class Own(NamedTuple):
    """A text of the organisation's own: the address without the language, the section of the notice or "", and its words."""

    address: str
    section: str
    words: Text


def _own_words(context: Context) -> Iterator[Own]:
    """The words before and after the sections of the notice."""
    notice = context.registry.notice
    for section, own in ((notice.own_words if notice is not None else None) or {}).items():
        for place, words in (("before", own.before), ("after", own.after)):
            if words:
                yield Own(f"notice#own_words.{segment(section)}.{place}", section, words)


def _given(context: Context) -> list[Entitlement]:
    """The rights of all groups of people for all purposes that are in use."""
    return [each for activity, _, each in all_entitlements(context) if activity.status != "draft"]


def _codes(entitled: Iterable[Entitlement]) -> frozenset[str]:
    return frozenset(right.code for each in entitled for right in each.rights)


# --- a right that is taken away ---------------------------------------------------------------------------------------


def rights_list_incomplete(context: Context) -> Iterator[Breach]:
    """Own words that take away a right of the generated list, or tie the complaint to a condition."""
    own = [each for each in _own_words(context) if each.section != BOX]
    given = _codes(_given(context)) if any(denied_rights(text) for each in own for text in each.words.values()) else frozenset()
    for each in own:
        yield from _taken(context, each, given)


def _taken(context: Context, own: Own, given: frozenset[str]) -> Iterator[Breach]:
    rule = "rights-list-incomplete"
    for language, text in in_order(context, own.words):
        address, params = f"{own.address}.{language}", {"text": text}
        denied = [right for right in denied_rights(text) if _exists(right, given)]
        for right in denied:
            yield Breach(rule, address, right, params, value=[right, text])
        if ties_complaint(text, about_complaints=own.section == COMPLAINT) and COMPLAINT not in denied:
            yield Breach(rule, address, "condition", params, value=["condition", text])
            return
        if denied:
            return


def _exists(right: str, given: frozenset[str]) -> bool:
    return any(code in given for code in OBJECTION) if right == BOX else right in given


def objection_not_presented_separately(context: Context) -> Iterator[Breach]:
    """Own words around the box for objections that take back what the box says."""
    own = [each for each in _own_words(context) if each.section == BOX]
    for each in own:
        for language, text in in_order(context, each.words):
            if BOX in denied_rights(text) and _exists(BOX, _codes(_given(context))):
                yield Breach("objection-not-presented-separately", f"{each.address}.{language}", "denied", {"text": text})
                break


# --- where to complain ------------------------------------------------------------------------------------------------


def complaint_authority_missing(context: Context) -> Iterator[Breach]:
    """A right to complain that is denied or tied to a condition, or an authority that nothing names."""
    rule, organisation = "complaint-authority-missing", context.registry.organisation
    notice = context.registry.notice
    for language, text in in_order(context, (notice.complaint_note if notice is not None else None) or {}):
        variant = "denied" if COMPLAINT in denied_rights(text) else "condition" if ties_complaint(text, about_complaints=True) else None
        if variant is not None:
            yield Breach(rule, f"notice#complaint_note.{language}", variant, {"text": text})
            break
    # A country that is left out is key-missing.
    if organisation.country is None:
        if "organisation#country" in context.registry.unknown:
            yield Breach(rule, "organisation#country", "country", {}, "warning")
    elif authority_country(organisation) in SEVERAL_AUTHORITIES and not organisation.supervisory_authority:
        address, related = "organisation#supervisory_authority", ("organisation#country",)
        if not broken_inside(context, address):
            yield Breach(rule, address, "several", {"country": authority_country(organisation)}, "warning", related)


# --- a right that is promised -----------------------------------------------------------------------------------------


def right_offered_that_does_not_apply(context: Context) -> Iterator[Breach]:
    """Own words and promises that offer a right that no basis gives, or erasure of what the law makes us keep."""
    organisation = context.registry.organisation
    extended = (organisation.rights.extended if organisation.rights is not None else None) or {}
    promises = [*_own_words(context), *_principles(context)]
    given = _given(context) if any(_offers_any(own) for own in promises) else []
    for own in promises:
        yield from _wrong_offers(context, own, given, frozenset(extended))
    for right, words in extended.items():
        yield from _wrong_erasure(context, Own(f"organisation#rights.extended.{segment(right)}", "", words))


def _principles(context: Context) -> Iterator[Own]:
    for name, words in (context.registry.organisation.principles or {}).items():
        if words:
            yield Own(f"organisation#principles.{segment(name)}", "", words)


def _offers_any(own: Own) -> bool:
    return any(offers(text, right) is not None for text in own.words.values() for right in OFFERED)


def _wrong_offers(context: Context, own: Own, given: list[Entitlement], extended: frozenset[str]) -> Iterator[Breach]:
    """What a text offers and should not, each right once: in the first language that does."""
    rule = "right-offered-that-does-not-apply"
    found: dict[str, Breach] = {}
    for language, text in in_order(context, own.words):
        for right, variant in _offered_wrongly(context, text, given):
            if right not in extended:
                found.setdefault(right, Breach(rule, f"{own.address}.{language}", variant, {"text": text}, value=[right, text]))
    yield from found.values()
    yield from _wrong_erasure(context, own)


def _offered_wrongly(context: Context, text: str, given: list[Entitlement]) -> Iterator[tuple[str, str]]:
    """The rights that a text offers to people none of whose bases gives them; for all data and processing: to any of whom one does not.

    A basis that is still open may give the right, so it proves nothing. Each with the name of its wording.
    """
    entitled = _addressed(text, given)
    known = [each for each in entitled if each.bases]
    sought: tuple[tuple[Offered, tuple[str, ...]], ...] = (("portability", ("portability",)), ("objection", OBJECTION))
    for right, codes in sought:
        reach = offers(text, right)
        if reach == "some" and known and known == entitled and _codes(known).isdisjoint(codes):
            yield right, right
        elif reach == "every" and not all(right in _codes([each]) for each in known):
            yield right, f"{right}-all"
    if offers(text, "withdrawal") is not None and all(each.bases for each in given) and not _any_consent(context, given):
        yield WITHDRAWAL, WITHDRAWAL


def _addressed(text: str, given: list[Entitlement]) -> list[Entitlement]:
    """The entitlements of those whom a text names; where it names none, of the public, who reads it, else of those who work here."""
    named = people_named(text)
    meant = [each for each in given if named & set(each.subjects)]
    public = [each for each in given if not each.subjects or not INSIDE.issuperset(each.subjects)]
    return meant or public or given


def _any_consent(context: Context, given: list[Entitlement]) -> bool:
    """Whether any consent is declared: as a basis or condition, for a decision, marketing, cookies, a banner, a transfer or a recipient."""
    registry = context.registry
    if WITHDRAWAL in _codes(given):
        return True
    for activity in context.controlled:
        decision = activity.automated_decision
        if isinstance(decision, AutomatedDecision) and (decision.consent or decision.ground == "explicit-consent"):
            return True
        if any(entry.ground == "consent" for entry in (activity.recipients or {}).values()):
            return True
        if any(purpose.marketing is not None and purpose.marketing.consent for purpose in purposes_of(activity).values()):
            return True
    if any(record.consent for record in registry.cookies.values()):
        return True
    if any(system.consent_banner is not None and system.consent_banner.consent for system in registry.systems.values()):
        return True
    return any(way.transfer.consent or BY_CONSENT in (way.transfer.mechanism or ()) for _, way in written(context.flows))


def _wrong_erasure(context: Context, own: Own) -> Iterator[Breach]:
    """A promise to erase everything, where a law makes us keep data of those to whom it is made."""
    for language, text in in_order(context, own.words):
        if promises_erasure_of_all(text) and (law := _kept_by_law(context, people_named(text))):
            params = {"text": text, "law": law}
            yield Breach("right-offered-that-does-not-apply", f"{own.address}.{language}", "erasure", params, value=["erasure", text])
            return


def _kept_by_law(context: Context, named: frozenset[str]) -> str:
    """The first law by which data of those named, or of anyone, must be kept; nothing where there is none."""
    people = {subject for activity in context.controlled for subject in activity.subjects or ()} & named
    for placed in context.retentions():
        activity = placed.activity
        if activity is None or activity.status == "draft" or (people and not people & set(activity.subjects or ())):
            continue
        for law in placed.retention.law or ():
            if not law.casefold().startswith(NO_DUTY_TO_KEEP):
                return law
    return ""


RIGHTS = (
    rights_list_incomplete,
    objection_not_presented_separately,
    complaint_authority_missing,
    right_offered_that_does_not_apply,
)
