"""The legal bases of GDPR Art. 6(1), the conditions of Art. 9(2), the grounds for criminal data and identity numbers."""

from __future__ import annotations

import msgspec

from ropa.model.records_common import HyphenRecord, Record
from ropa.model.text import Text


class ConsentBasis(Record):
    """GDPR Art. 6(1)(a)."""

    subjects: list[str] | None = None
    request: str | None = None
    free_because: Text | None = None
    condition_for_service: bool | None = None
    alternative: Text | None = None


class ContractBasis(Record):
    """GDPR Art. 6(1)(b)."""

    subjects: list[str] | None = None
    name: Text | None = None
    with_: str | None = msgspec.field(default=None, name="with")
    necessary_because: Text | None = None
    is_the_service: Text | None = None
    stage: str | None = None
    asked_by: str | None = None


class LegalObligationBasis(Record):
    """GDPR Art. 6(1)(c)."""

    subjects: list[str] | None = None
    law: list[str] | None = None
    duty: Text | None = None


class VitalInterestsBasis(Record):
    """GDPR Art. 6(1)(d)."""

    subjects: list[str] | None = None
    because: Text | None = None


class PublicTaskBasis(Record):
    """GDPR Art. 6(1)(e)."""

    subjects: list[str] | None = None
    law: list[str] | None = None
    task: Text | None = None
    task_because: Text | None = None


class BalancingTest(Record):
    """A balancing test written in place of an assessment's id."""

    date: str | None = None
    by: str | None = None
    purpose: Text | None = None
    necessity: Text | None = None
    balance: Text | None = None
    outcome: str | None = None
    document: str | None = None
    child_considered: bool | None = None


class LegitimateInterestBasis(Record):
    """GDPR Art. 6(1)(f)."""

    subjects: list[str] | None = None
    interest: Text | None = None
    whose: str | None = None
    balancing_test: str | BalancingTest | None = None
    outside_public_task: Text | None = None


AnyBasis = ConsentBasis | ContractBasis | LegalObligationBasis | VitalInterestsBasis | PublicTaskBasis | LegitimateInterestBasis


class Basis(HyphenRecord):
    """The legal basis of a purpose: one key of six, or several for separate groups of people."""

    consent: ConsentBasis | None = None
    contract: ContractBasis | None = None
    legal_obligation: LegalObligationBasis | None = None
    vital_interests: VitalInterestsBasis | None = None
    public_task: PublicTaskBasis | None = None
    legitimate_interest: LegitimateInterestBasis | None = None


class ExplicitConsent(Record):
    """GDPR Art. 9(2)(a)."""

    purposes: list[str] | None = None
    request: str | None = None
    free_because: Text | None = None


class LawCondition(Record):
    """GDPR Art. 9(2)(j), and what the other conditions that rest on a law share."""

    purposes: list[str] | None = None
    law: list[str] | None = None


class EmploymentCondition(LawCondition):
    """GDPR Art. 9(2)(b)."""

    collective_agreement: Text | None = None


class PublicInterestCondition(LawCondition):
    """GDPR Art. 9(2)(g)."""

    permit: Text | None = None


class PublicHealthCondition(LawCondition):
    """GDPR Art. 9(2)(i)."""

    secrecy: list[str] | None = None


class HealthCareCondition(PublicHealthCondition):
    """GDPR Art. 9(2)(h)."""

    contract_with_professional: Text | None = None


class VitalInterestsCondition(Record):
    """GDPR Art. 9(2)(c)."""

    purposes: list[str] | None = None
    inability: Text | None = None


class PlainCondition(Record):
    """GDPR Art. 9(2)(d), (f): no more to declare than the purposes."""

    purposes: list[str] | None = None


class MadePublicCondition(Record):
    """GDPR Art. 9(2)(e)."""

    purposes: list[str] | None = None
    by: str | None = None
    reference: str | None = None


AnyCondition = ExplicitConsent | LawCondition | VitalInterestsCondition | PlainCondition | MadePublicCondition


class Article9(HyphenRecord):
    """The condition for special categories, GDPR Art. 9(2): one key of ten, or several for separate purposes."""

    explicit_consent: ExplicitConsent | None = None
    employment_and_social_law: EmploymentCondition | None = None
    vital_interests: VitalInterestsCondition | None = None
    not_for_profit_body: PlainCondition | None = None
    manifestly_made_public: MadePublicCondition | None = None
    legal_claims: PlainCondition | None = None
    substantial_public_interest: PublicInterestCondition | None = None
    health_and_social_care: HealthCareCondition | None = None
    public_health: PublicHealthCondition | None = None
    archiving_research_statistics: LawCondition | None = None


class Article10(Record):
    """The ground for criminal data, GDPR Art. 10; personopplysningsloven § 11."""

    control: str | None = None
    law: list[str] | None = None
    permit: Text | None = None
    condition: str | None = None
    kept: str | None = None


class NationalId(Record):
    """Personopplysningsloven § 12."""

    need: Text | None = None
    necessary_because: Text | None = None
    law: list[str] | None = None
