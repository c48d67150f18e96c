"""Why we may: the legal bases of a purpose in plain words, GDPR Arts 6(1) and 13(1)(c)-(d), and the conditions of Arts 9 and 10."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.context.context import bases, basis_subjects, condition_for, group_address, purpose_subjects
from ropa.model.activity import DataGroup
from ropa.model.legal_bases import (
    AnyBasis,
    AnyCondition,
    Article10,
    ConsentBasis,
    ContractBasis,
    EmploymentCondition,
    ExplicitConsent,
    HealthCareCondition,
    LegalObligationBasis,
    LegitimateInterestBasis,
    MadePublicCondition,
    PublicHealthCondition,
    PublicTaskBasis,
    VitalInterestsBasis,
    VitalInterestsCondition,
)
from ropa.model.records import Consent
from ropa.publish.notice.prose import Line, changed, line, link, sentences, spaced, styled
from ropa.publish.notice.public import Told
from ropa.publish.notice.view import Fact
from ropa.publish.notice.writer import Writer

POINTS = {
    "consent": "6(1)(a)",
    "contract": "6(1)(b)",
    "legal-obligation": "6(1)(c)",
    "vital-interests": "6(1)(d)",
    "public-task": "6(1)(e)",
    "legitimate-interest": "6(1)(f)",
}
CONDITION_POINTS = {
    "explicit-consent": "9(2)(a)",
    "employment-and-social-law": "9(2)(b)",
    "vital-interests": "9(2)(c)",
    "not-for-profit-body": "9(2)(d)",
    "manifestly-made-public": "9(2)(e)",
    "legal-claims": "9(2)(f)",
    "substantial-public-interest": "9(2)(g)",
    "health-and-social-care": "9(2)(h)",
    "public-health": "9(2)(i)",
    "archiving-research-statistics": "9(2)(j)",
}


def basis_fact(writer: Writer, told: Told) -> Fact:
    """Why we may use the data for a purpose, a line for each basis and each group of people it is for."""
    found = list(bases(told.purpose.basis))
    label = writer.fixed("labels.basis")
    if not found:
        return Fact(label, (without_basis(writer, told),))
    lines = tuple(_for_whom(writer, told, basis, explained(writer, told, key, basis)) for key, basis in found)
    return Fact(label, lines, line(writer.provisions(POINTS[key] for key, _ in found), *_device_law(writer, told, found)))


def without_basis(writer: Writer, told: Told) -> Line:
    """What is said where no basis is declared: that of the purpose of the collection where it is the same, else the gap."""
    further = told.purpose.further_processing
    first = writer.public.by_id.get(further.of or "") if further is not None and further.same_basis else None
    return writer.say("basis.same-as", purpose=writer.to_purpose(first)) if first is not None else writer.gap(f"{told.address}.basis")


def _for_whom(writer: Writer, told: Told, basis: AnyBasis, said: Line) -> Line:
    if basis.subjects is None:
        return said
    everyone = set(purpose_subjects(told.activity, told.purpose))
    subjects = basis_subjects(told.activity, told.purpose, basis)
    if set(subjects) == everyone:
        return said
    return line(styled("strong", changed(writer.labels("data_subjects", subjects), "upper"), ":"), " ", said)


def _device_law(writer: Writer, told: Told, found: list[tuple[str, AnyBasis]]) -> Iterator[Line]:
    """The law on what is stored on the visitor's device, where the consent is for that too and Norwegian law holds."""
    consents = {basis.request for _, basis in found if isinstance(basis, ConsentBasis)}
    asked = any(record.consent in consents for record in writer.public.cookies_of(told.activity.id) if record.consent)
    if asked and writer.context.registry.organisation.country == "NO":
        yield styled("muted", ", ", writer.laws([writer.fixed("device-law")]))


def explained(writer: Writer, told: Told, key: str, basis: AnyBasis) -> Line:
    """A basis in plain words."""
    at = f"{told.address}.basis.{key}"
    if isinstance(basis, ConsentBasis):
        return _consent(writer, basis, at)
    if isinstance(basis, ContractBasis):
        return _contract(writer, basis, at)
    if isinstance(basis, LegalObligationBasis):
        return sentences(*_by_law(writer, "basis.legal-obligation", basis.law, at), _named(writer, "basis.duty", writer.inside(basis.duty)))
    if isinstance(basis, VitalInterestsBasis):
        return sentences(writer.say("basis.vital-interests"), writer.told(basis.because) or writer.gap(f"{at}.because"))
    if isinstance(basis, PublicTaskBasis):
        return sentences(*_by_law(writer, "basis.public-task", basis.law, at), _named(writer, "basis.task", writer.inside(basis.task)))
    return _interest(writer, basis, at)


def _by_law(writer: Writer, key: str, law: list[str] | None, at: str) -> Iterator[Line]:
    named = writer.laws(law)
    yield writer.say(key, law=named or writer.open())
    if not named:
        yield writer.gap(f"{at}.law")


def _named(writer: Writer, key: str, what: Line) -> Line:
    return writer.say(key, what=what) if what else ()


def _consent(writer: Writer, basis: ConsentBasis, at: str) -> Line:
    consent = writer.context.registry.consents.get(basis.request or "")
    if consent is None or basis.request is None:
        return sentences(writer.say("basis.consent"), writer.gap(f"{at}.request", at))
    condition = basis.condition_for_service
    conditional = writer.say("basis.consent-condition" if condition else "basis.consent-free") if condition is not None else ()
    return sentences(
        writer.say("basis.consent"),
        how_given(writer, consent),
        withdrawal(writer, basis.request, consent),
        writer.told(basis.free_because),
        conditional,
        _named(writer, "basis.consent-alternative", writer.inside(basis.alternative)),
    )


def how_given(writer: Writer, consent: Consent) -> Line:
    """How a consent is given, and what is asked for at the same time."""
    how = consent.given.how if consent.given is not None else None
    if not how:
        return ()
    place = writer.say("basis.where", place=writer.label("consent_places", consent.where)) if consent.where else ()
    together = [told for name in consent.together_with or () if (told := writer.public.by_id.get(name)) is not None]
    return sentences(
        writer.say("basis.consent-given", how=spaced(writer.label("consent_given", how), place)),
        writer.say("basis.consent-together", purposes=writer.purposes(together)) if together else (),
    )


def withdrawal(writer: Writer, name: str, consent: Consent) -> Line:
    """How a consent is withdrawn, GDPR Art. 7(3), and that what was done before stays lawful."""
    withdrawn = consent.withdrawn
    if withdrawn is None or not withdrawn.how:
        open_question = writer.gap(f"consents#{name}.withdrawn", f"consents#{name}.withdrawn.how")
        return sentences(writer.say("basis.withdraw"), open_question, writer.say("basis.withdraw-before"))
    means = writer.label("consent_withdrawn", withdrawn.how)
    if withdrawn.url:
        means = link(withdrawn.url, means)
    elif withdrawn.how == "email" and "@" in writer.rights_contact:
        means = link(f"mailto:{writer.rights_contact}", means)
    place = writer.say(f"places.{withdrawn.where}") if withdrawn.where else ()
    return sentences(writer.say("basis.withdraw-by", means=spaced(means, place)), writer.say("basis.withdraw-before"))


def _contract(writer: Writer, basis: ContractBasis, at: str) -> Line:
    key = "basis.pre-contract" if basis.stage == "pre-contract" else "basis.contract"
    name = writer.inside(basis.name)
    return sentences(
        writer.say(key, name=name or writer.open()),
        () if name else writer.gap(f"{at}.name"),
        writer.told(basis.necessary_because),
        writer.told(basis.is_the_service),
    )


def _interest(writer: Writer, basis: LegitimateInterestBasis, at: str) -> Line:
    if not basis.interest:
        first = line(writer.say("basis.interest-open"), " ", writer.gap(f"{at}.interest"))
    else:
        first = writer.say(
            "basis.interest-third" if basis.whose == "third-party" else "basis.interest", interest=writer.inside(basis.interest)
        )
    return sentences(
        first,
        writer.say("basis.balanced" if basis.balancing_test is not None else "basis.balancing"),
        writer.told(basis.outside_public_task),
        link("#right.objection", writer.fixed("basis.you-can-object")),
    )


def short_basis(writer: Writer, told: Told) -> tuple[Line, ...]:
    """The bases in a few words for the overview: the law where a law is the reason."""
    found: list[Line] = []
    for key, basis in bases(told.purpose.basis):
        law = writer.laws(basis.law) if isinstance(basis, LegalObligationBasis | PublicTaskBasis) else ()
        if law:
            found.append(changed(law, "upper"))
        elif isinstance(basis, ContractBasis) and basis.stage == "pre-contract":
            found.append(writer.say("basis.short.pre-contract"))
        else:
            found.append(writer.say(f"basis.short.{key}"))
    further = told.purpose.further_processing
    first = writer.public.by_id.get(further.of or "") if further is not None and further.same_basis else None
    if not found and first is not None:
        return short_basis(writer, first)
    return tuple(dict.fromkeys(found)) or (writer.cell_gap(),)


def special_data(writer: Writer, told: Told, name: str, group: DataGroup) -> Iterator[tuple[Line, str]]:
    """Why we may use special categories or criminal data of a group for the purpose, each with its provision."""
    at = group_address(told.activity, name)
    found = condition_for(group, told.name)
    if found is not None:
        key, condition = found
        yield _condition(writer, key, condition, at), CONDITION_POINTS[key]
    if group.article_10 is not None:
        yield _criminal(writer, group.article_10), "10"


def _condition(writer: Writer, key: str, condition: AnyCondition, at: str) -> Line:
    said = writer.say(f"condition.{key}")
    law = writer.laws(getattr(condition, "law", None))
    named = [writer.say("condition.by-law", law=law)] if law else []
    if isinstance(condition, ExplicitConsent):
        consent = writer.context.registry.consents.get(condition.request or "")
        named.append(
            withdrawal(writer, condition.request or "", consent) if consent is not None else writer.gap(f"{at}.article_9.{key}.request")
        )
        named.append(writer.told(condition.free_because))
    elif isinstance(condition, VitalInterestsCondition):
        named.append(writer.told(condition.inability))
    elif isinstance(condition, MadePublicCondition):
        named.append(writer.say("condition.published-at", place=writer.contact(condition.reference)) if condition.reference else ())
    elif isinstance(condition, EmploymentCondition):
        named.append(_named(writer, "condition.by-agreement", writer.inside(condition.collective_agreement)))
    if isinstance(condition, HealthCareCondition):
        named.append(_named(writer, "condition.by-professional", writer.inside(condition.contract_with_professional)))
    if isinstance(condition, PublicHealthCondition) and condition.secrecy:
        named.append(writer.say("condition.secrecy", law=writer.laws(condition.secrecy)))
    return sentences(said, *named)


def _criminal(writer: Writer, ground: Article10) -> Line:
    law = writer.laws(ground.law)
    return sentences(
        writer.say("condition.criminal"),
        writer.say("condition.official-control") if ground.control == "official-authority" else (),
        writer.say("condition.by-law", law=law) if law else (),
        writer.say("condition.like", condition=writer.label("article_9_conditions", ground.condition)) if ground.condition else (),
        writer.say("condition.seen-not-stored") if ground.kept == "seen-not-stored" else (),
    )
