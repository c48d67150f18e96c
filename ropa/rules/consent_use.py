"""Where consent is used: whether it is free, explicit, given by someone old enough, and what happens to the data after it is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ropa.context.context import (
    Context,
    bases,
    basis_subjects,
    condition_for,
    group_address,
    groups_of,
    purpose_address,
    purpose_subjects,
    purposes_of,
    served_purposes,
)
from ropa.findings.finding import Breach
from ropa.flows.crossings import declared_transfers
from ropa.law import countries, vocabulary
from ropa.model.activity import Activity, AutomatedDecision, Children, DataGroup, Purpose
from ropa.model.records_common import Retention
from ropa.rules.asked import EVERYONE, broken_inside, consent_purposes, explicit_consents, not_covered, quoted
from ropa.rules.retention import says_no_length
from ropa.source.address import segment

DEPENDENT: Final = frozenset({"employee", "job-applicant", "pupil", "patient"})
"""People over whom the one who asks has power, recitals 42 and 43."""

THE_SERVICE: Final = "service-delivery"
WITHDRAWN: Final = "consent-withdrawn"
CHILD: Final = "child"
RESEARCH_KINDS: Final = frozenset({"research-statistics", "archiving"})


def consent_conditional(context: Context) -> Iterator[Breach]:
    """Consent that is a condition for a service which is not what the data are for."""
    for activity, name, purpose, basis in consent_purposes(context):
        if basis.condition_for_service is not True or _is_the_service(purpose):
            continue
        address = f"{purpose_address(activity, name)}.basis.consent.condition_for_service"
        if basis.alternative is None and basis.free_because is None:
            yield Breach("consent-conditional", address, "condition")
        else:
            yield Breach("consent-conditional", address, "excused", {}, "warning")


def _is_the_service(purpose: Purpose) -> bool:
    return purpose.kind == THE_SERVICE or purpose.information_society_service is True


def consent_power_imbalance(context: Context) -> Iterator[Breach]:
    """Consent from people who depend on the one who asks, without a word on why they are free to refuse."""
    public = context.is_public_body()
    for activity, name, purpose, basis in consent_purposes(context):
        if basis.free_because is None:
            address = f"{purpose_address(activity, name)}.basis.consent.free_because"
            yield from _dependent(address, basis_subjects(activity, purpose, basis), public)
    for activity, name, condition in explicit_consents(context):
        if condition.free_because is None:
            address = f"{group_address(activity, name)}.article_9.explicit-consent.free_because"
            yield from _dependent(address, _consenting(activity, name), public)


def _dependent(address: str, subjects: Iterable[str], public: bool) -> Iterator[Breach]:
    groups = [subject for subject in subjects if subject in DEPENDENT]
    if groups:
        yield Breach("consent-power-imbalance", address, "dependent", {"groups": quoted(groups)})
    elif public:
        yield Breach("consent-power-imbalance", address, "public-body")


def _consenting(activity: Activity, name: str) -> tuple[str, ...]:
    """The groups of people whose special categories in a data group rest on explicit consent."""
    group = groups_of(activity)[name]
    found: list[str] = []
    for purpose_name in served_purposes(activity, group):
        purpose, held = purposes_of(activity).get(purpose_name), condition_for(group, purpose_name)
        if purpose is not None and held is not None and held[0] == "explicit-consent":
            found.extend(_people(activity, purpose, group))
    return tuple(dict.fromkeys(found))


def _people(activity: Activity, purpose: Purpose, group: DataGroup) -> list[str]:
    """The groups of people that both a purpose and a data group concern."""
    subjects = purpose_subjects(activity, purpose)
    if group.subjects is None or EVERYONE in subjects:
        return list(group.subjects or subjects)
    return [subject for subject in subjects if subject in group.subjects or EVERYONE in group.subjects]


def child_consent_rules_missing(context: Context) -> Iterator[Breach]:
    """An online service that relies on a child's consent without age limits or a check of who consents."""
    rule = "child-consent-rules-missing"
    for activity, name, purpose, basis in consent_purposes(context):
        children = purpose.children
        if purpose.information_society_service is not True:
            continue
        if CHILD not in basis_subjects(activity, purpose, basis) and (children is None or _covers_other_children(activity, purpose)):
            continue
        address = f"{purpose_address(activity, name)}.children"
        if children is None:
            if not broken_inside(context, address):
                yield Breach(rule, address, "children")
        elif not no_child_consents(children, context):
            if not children.ages and not broken_inside(context, f"{address}.ages"):
                yield Breach(rule, f"{address}.ages", "ages")
            if children.verification is None:
                yield Breach(rule, f"{address}.verification", "verification")


def _covers_other_children(activity: Activity, purpose: Purpose) -> bool:
    """Whether the purpose names children among its people, so that its consent, which does not cover them, is someone else's."""
    return CHILD in purpose_subjects(activity, purpose)


def no_child_consents(children: Children, context: Context) -> bool:
    """Whether nobody below the limit is let in, or the service is preventive or counselling (recital 38)."""
    return children.counselling is True or _admits_none_below(children, context)


def _admits_none_below(children: Children, context: Context) -> bool:
    organisation = context.registry.organisation
    home = [organisation.country] if organisation.country is not None else []
    known = [limit for code in organisation.markets or home if (limit := countries.child_age(code)) is not None]
    return children.minimum_age is not None and bool(known) and children.minimum_age >= max(known)


def child_age_limit_wrong(context: Context) -> Iterator[Breach]:
    """An age of consent below that of the country, or none for a country whose people are addressed."""
    rule = "child-age-limit-wrong"
    markets = context.registry.organisation.markets or ()
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            children = purpose.children
            if children is None or not children.ages or no_child_consents(children, context):
                continue
            address = f"{purpose_address(activity, name)}.children.ages"
            for country, age in children.ages.items():
                limit = countries.child_age(country)
                if limit is not None and age < limit:
                    related = (f"organisation#markets.{country}",) if country in markets else ()
                    params = {"country": country, "age": str(age), "limit": str(limit)}
                    yield Breach(rule, f"{address}.{country}", "low", params, related=related)
            for country in markets:
                limit = countries.child_age(country)
                if limit is not None and country not in children.ages:
                    params = {"country": country, "limit": str(limit)}
                    yield Breach(rule, f"{address}.{country}", "market", params, related=(f"organisation#markets.{country}",))


def explicit_consent_required(context: Context) -> Iterator[Breach]:
    """A request for consent that must be explicit, or that must tell of the risks of a transfer, and is declared as neither."""
    explicit, risks = _must_be_explicit(context)
    for request, uses in explicit.items():
        consent = context.registry.consents.get(request)
        if consent is None:
            continue
        address = f"consents#{segment(request)}"
        if consent.explicit is not True:
            yield Breach("explicit-consent-required", f"{address}.explicit", "explicit", related=tuple(uses))
        if request in risks and consent.risks_informed is not True:
            yield Breach("explicit-consent-required", f"{address}.risks_informed", "risks", related=tuple(risks[request]))


def _must_be_explicit(context: Context) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The requests that must be explicit, and of them those for a transfer, each with the addresses that ask for it."""
    explicit: dict[str, list[str]] = {}
    risks: dict[str, list[str]] = {}
    for activity, name, condition in explicit_consents(context):
        if condition.request is not None:
            explicit.setdefault(condition.request, []).append(f"{group_address(activity, name)}.article_9.explicit-consent")
    for _, declared in declared_transfers(context.registry):
        consent = declared.transfer.consent
        if consent is not None and "49-1-a" in (declared.transfer.mechanism or ()):
            explicit.setdefault(consent, []).append(f"{declared.address}.consent")
            risks.setdefault(consent, []).append(f"{declared.address}.consent")
    for activity in context.controlled:
        decision = activity.automated_decision
        if isinstance(decision, AutomatedDecision) and decision.ground == "explicit-consent" and decision.consent is not None:
            explicit.setdefault(decision.consent, []).append(f"activities/{activity.id}#automated_decision.consent")
    if context.norwegian_data_protection_act_applies():
        for request, address in _criminal_data_on_consent(context):
            explicit.setdefault(request, []).append(address)
    return explicit, risks


def _criminal_data_on_consent(context: Context) -> Iterator[tuple[str, str]]:
    """Requests behind criminal data that rest on explicit consent, personopplysningsloven § 11."""
    for activity, name, _, basis in consent_purposes(context):
        for group in groups_of(activity).values():
            on_consent = group.article_10 is not None and group.article_10.condition == "explicit-consent"
            if basis.request is not None and on_consent and name in served_purposes(activity, group):
                yield basis.request, f"{purpose_address(activity, name)}.basis.consent"


def consent_data_kept_after_withdrawal(context: Context) -> Iterator[Breach]:
    """Data on consent that are kept although consent is withdrawn."""
    seen: set[str] = set()
    for activity in context.controlled:
        if not any(purpose.basis is not None and purpose.basis.consent is not None for purpose in purposes_of(activity).values()):
            continue
        for name, group in groups_of(activity).items():
            on_consent, mixed = _resting_on_consent(activity, group)
            if not on_consent:
                continue
            own = group.retention is not None
            retention = group.retention if own else activity.retention
            at = f"{group_address(activity, name)}.retention" if own else f"activities/{activity.id}#retention"
            related = tuple(f"{purpose_address(activity, purpose)}.basis.consent" for purpose in on_consent)
            for address, variant in _kept(context, at, retention, None if mixed else on_consent, on_consent):
                if address not in seen and not broken_inside(context, address):
                    seen.add(address)
                    yield Breach("consent-data-kept-after-withdrawal", address, variant, related=related)


def _resting_on_consent(activity: Activity, group: DataGroup) -> tuple[list[str], bool]:
    """The purposes of a data group that rest on consent alone, and whether the group also serves anything else."""
    on_consent: list[str] = []
    mixed = False
    for name in served_purposes(activity, group):
        purpose = purposes_of(activity).get(name)
        people = _people(activity, purpose, group) if purpose is not None else []
        if purpose is None or (not people and purpose_subjects(activity, purpose)):
            continue
        if _on_consent_alone(activity, purpose, people):
            if purpose.kind not in RESEARCH_KINDS and activity.research is None:
                on_consent.append(name)
        else:
            mixed = True
    return on_consent, mixed


def _on_consent_alone(activity: Activity, purpose: Purpose, people: list[str]) -> bool:
    """Whether these people's data serve the purpose on consent and on no other basis."""
    covering = [key for key, basis in bases(purpose.basis) if _covers_any(basis.subjects, people)]
    return covering == ["consent"] and not set(people) & set(not_covered(activity, purpose, covering))


def _covers_any(subjects: list[str] | None, people: list[str]) -> bool:
    return subjects is None or not people or bool(set(subjects) & {*people, EVERYONE})


def _kept(
    context: Context, at: str, retention: str | Retention | None, whole: list[str] | None, on_consent: list[str]
) -> Iterator[tuple[str, str]]:
    """Where a retention does not end with the consent. `whole` is None where it also holds for something that does not rest on consent."""
    if isinstance(retention, Retention) and retention.per_purpose:
        for name, inner in retention.per_purpose.items():
            if name in on_consent:
                yield from _without_withdrawal(context, f"{at}.per_purpose.{segment(name)}", inner)
    elif whole is not None and retention is not None:
        yield from _without_withdrawal(context, at, retention)


def _without_withdrawal(context: Context, at: str, retention: str | Retention) -> Iterator[tuple[str, str]]:
    """Where a retention does not end with the consent. No shipped rule does."""
    if isinstance(retention, Retention):
        if _goes_on(retention):
            yield f"{at}.until", "kept"
    elif retention in context.registry.retention:
        if _goes_on(context.registry.retention[retention]):
            yield f"retention#{segment(retention)}.until", "named-rule"
    elif retention in vocabulary.retention_rules():
        yield at, "shipped-rule"


def _goes_on(retention: Retention) -> bool:
    """Whether a retention that says how long does not end with the consent. Of one that does not, retention-missing speaks."""
    return WITHDRAWN not in (retention.until or ()) and not says_no_length(retention)


CONSENT_USE = (
    consent_conditional,
    consent_power_imbalance,
    child_consent_rules_missing,
    child_age_limit_wrong,
    explicit_consent_required,
    consent_data_kept_after_withdrawal,
)
