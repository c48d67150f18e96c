"""Consent requests: how consent is given, shown and withdrawn. GDPR Arts 4(11), 7."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ropa.context.context import Context, group_address, purpose_address
from ropa.findings.finding import Breach
from ropa.law import vocabulary
from ropa.model.organisation import Organisation
from ropa.model.records import Given, Withdrawn
from ropa.rules.asked import broken_inside, consent_purposes, explicit_consents, uses_of_consent
from ropa.source.address import segment, split

NEED_A_PLACE: Final = frozenset({"form", "account-setting"})
"""Ways to withdraw that say nothing without a place or a link."""

CLICK: Final = "click"
HARDER_THAN_A_CLICK: Final = frozenset({"message", "letter", "outside"})
"""The ease of writing, calling or leaving the service, beside a click (`ease` in the vocabulary)."""

IN_OTHER_TERMS: Final = frozenset({"terms-of-service", "contract", "order-form"})
NEEDED_EVIDENCE: Final = ("time", "text-version", "choices")


def consent_withdrawal_missing(context: Context) -> Iterator[Breach]:
    """A consent without a concrete way to withdraw it, or a basis that names no consent request at all."""
    rule = "consent-withdrawal-missing"
    for activity, name, _, basis in consent_purposes(context):
        if basis.request is None:
            yield Breach(rule, f"{purpose_address(activity, name)}.basis.consent.request", "request")
    for activity, name, condition in explicit_consents(context):
        if condition.request is None:
            yield Breach(rule, f"{group_address(activity, name)}.article_9.explicit-consent.request", "request")
    uses = uses_of_consent(context)
    for request in _unknown_requests(context):
        yield Breach(rule, f"consents#{segment(request)}", "request-unknown", related=tuple(uses.get(request, ())))
    for request, consent in context.registry.consents.items():
        missing = _withdrawal_missing(consent.withdrawn, context.registry.organisation)
        if missing is None:
            continue
        variant, key, params = missing
        address = f"consents#{segment(request)}.withdrawn"
        unreadable = {"where": address, "contact": "organisation"}.get(variant)
        if unreadable is None or not broken_inside(context, unreadable):
            yield Breach(rule, f"{address}{key}", variant, params, related=tuple(uses.get(request, ())))


def _unknown_requests(context: Context) -> Iterator[str]:
    """The requests that are answered ``unknown`` as a whole."""
    for address in context.registry.unknown:
        record, path = split(address)
        if record == "consents" and len(path) == 1:
            yield path[0]


def _withdrawal_missing(withdrawn: Withdrawn | None, organisation: Organisation) -> tuple[str, str, dict[str, str]] | None:
    """What a way to withdraw lacks: the wording, the key below ``withdrawn`` and what the wording names; None where it is concrete."""
    if withdrawn is None:
        return "missing", "", {}
    if withdrawn.how is None:
        return "how", ".how", {}
    if withdrawn.where is not None or withdrawn.url is not None:
        return None
    if withdrawn.how in NEED_A_PLACE:
        return "where", ".url", {"how": withdrawn.how}
    contact = organisation.rights.contact if organisation.rights is not None else None
    other = contact if contact is not None and "@" not in contact else None
    known = {"email": contact or organisation.email, "phone": organisation.phone or other, "letter": organisation.address or other}
    return ("contact", ".how", {"how": withdrawn.how}) if withdrawn.how in known and not known[withdrawn.how] else None


def _same_way(given: Given) -> str:
    """How consent can be withdrawn as it was given: in the banner, else by the link in each message."""
    return "banner-click" if given.how == "banner-click" else "unsubscribe-link"


def consent_withdrawal_harder(context: Context) -> Iterator[Breach]:
    """A consent given by a click that is withdrawn by a message or a letter, or in more steps than it was given."""
    banners = _banners(context)
    for request, consent in context.registry.consents.items():
        given, withdrawn = consent.given, consent.withdrawn
        if given is None or withdrawn is None or withdrawn.identity_check_because is not None:
            continue
        address = f"consents#{segment(request)}.withdrawn"
        related = (f"consents#{segment(request)}.given", *banners.get(request, ()))
        ways = _harder_channel(consent.where, given.how, withdrawn.how)
        if ways is not None:
            params = {**ways, "way": _same_way(given)}
            yield Breach("consent-withdrawal-harder", f"{address}.how", "channel", params, related=related)
        elif given.steps is not None and withdrawn.steps is not None and withdrawn.steps > given.steps:
            params = {"given": str(given.steps), "withdrawn": str(withdrawn.steps)}
            yield Breach("consent-withdrawal-harder", f"{address}.steps", "steps", params, "warning", related)


def _harder_channel(where: str | None, given: str | None, withdrawn: str | None) -> dict[str, str] | None:
    """Both ways, where consent is given by a click or tick and withdrawn by a message, a letter or outside the service; else None.

    A box ticked on paper is a form. A setting may be withdrawn in the same setting.
    """
    if given is None or withdrawn is None or (given == "tick-box" and where == "paper-form"):
        return None
    if given == "technical-setting" and withdrawn == "browser-settings":
        return None
    harder = _ease("consent_given", given) == CLICK and _ease("consent_withdrawn", withdrawn) in HARDER_THAN_A_CLICK
    return {"given": given, "withdrawn": withdrawn} if harder else None


def _ease(list_name: str, code: str) -> str | None:
    return vocabulary.codes(list_name)[code].ease


def _banners(context: Context) -> Mapping[str, list[str]]:
    """Where the banners that ask for each consent say how it is withdrawn."""
    found: dict[str, list[str]] = {}
    for name, system in context.registry.systems.items():
        banner = system.consent_banner
        if banner is not None and banner.withdrawal is not None:
            for request in banner.consent or ():
                found.setdefault(request, []).append(f"systems/{name}#consent_banner.withdrawal")
    return found


def consent_evidence_missing(context: Context) -> Iterator[Breach]:
    """A consent that cannot be shown, or whose proof is incomplete or has no period."""
    rule = "consent-evidence-missing"
    for request, consent in context.registry.consents.items():
        evidence, kept = f"consents#{segment(request)}.evidence", f"consents#{segment(request)}.evidence_kept"
        if broken_inside(context, evidence):
            continue
        if not consent.evidence:
            yield Breach(rule, evidence, "missing")
            continue
        lacking = [code for code in NEEDED_EVIDENCE if code not in consent.evidence]
        if lacking:
            yield Breach(rule, evidence, "incomplete", {"missing": ", ".join(lacking)}, "warning")
        if consent.evidence_kept is None and not broken_inside(context, kept):
            yield Breach(rule, kept, "kept", {}, "warning")


def consent_bundled(context: Context) -> Iterator[Breach]:
    """A consent asked for in terms, a contract or an order form, without a request of its own."""
    for request, consent in context.registry.consents.items():
        where = consent.where
        if where is not None and where in IN_OTHER_TERMS and consent.separate_request is not True:
            yield Breach("consent-bundled", f"consents#{segment(request)}.where", "bundled", {"where": where})


def consent_by_inaction(context: Context) -> Iterator[Breach]:
    """A consent that nobody gives by an act of their own."""
    for request, consent in context.registry.consents.items():
        how = consent.given.how if consent.given is not None else None
        if how is not None and vocabulary.codes("consent_given")[how].valid is False:
            yield Breach("consent-by-inaction", f"consents#{segment(request)}.given.how", "inaction", {"given": how})


def consent_not_granular(context: Context) -> Iterator[Breach]:
    """One tick for several purposes, or one request that several purposes share without a word on separate choices."""
    rule = "consent-not-granular"
    sharing: dict[str, list[str]] = {}
    related: dict[str, list[str]] = {}
    for activity, name, _, basis in consent_purposes(context):
        if basis.request is not None:
            sharing.setdefault(basis.request, []).append(f"{activity.id}.{name}")
            related.setdefault(basis.request, []).append(f"{purpose_address(activity, name)}.basis.consent")
    for request, consent in context.registry.consents.items():
        together, uses = consent.together_with, sharing.get(request, [])
        if together == [] or len({*(together or ()), *uses}) < 2:
            continue
        address = f"consents#{segment(request)}.together_with"
        if together:
            yield Breach(rule, address, "same-tick", {"purposes": ", ".join(together)}, related=tuple(related.get(request, ())))
        elif not broken_inside(context, address):
            yield Breach(rule, address, "shared", {"purposes": ", ".join(uses)}, related=tuple(related[request]))


CONSENT = (
    consent_withdrawal_missing,
    consent_withdrawal_harder,
    consent_evidence_missing,
    consent_bundled,
    consent_not_granular,
    consent_by_inaction,
)
