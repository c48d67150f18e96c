"""A processing activity and its parts (docs/format.md)."""

from __future__ import annotations

import msgspec

from ropa.model.legal_bases import Article9, Article10, Basis, NationalId
from ropa.model.records_common import (
    Exempt,
    Inform,
    Joint,
    NoneWord,
    Obligation,
    Record,
    Retention,
    Review,
    Source,
    Transfer,
)
from ropa.model.text import Text
from ropa.schema.check import acts_for_others


class BasisChange(Record):
    """A recorded change of legal basis."""

    date: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    because: Text | None = None
    informed: bool | None = None


class Compatibility(Record):
    """The five factors of GDPR Art. 6(4)."""

    link: Text | None = None
    context: Text | None = None
    nature: Text | None = None
    consequences: Text | None = None
    safeguards: Text | None = None


class FurtherInformed(Record):
    """Why people are not informed of a further purpose."""

    exempt: Exempt | None = None


class FurtherProcessing(Record):
    """Use of data for another purpose than that of the collection, GDPR Arts 6(4), 13(3)."""

    of: str | None = None
    operation: str | None = None
    compatibility: str | Compatibility | None = None
    informed: str | FurtherInformed | None = None
    same_basis: bool | None = None
    since_collection: bool | None = None


class ExistingCustomer(Record):
    """The exception of markedsføringsloven § 15 third paragraph."""

    sale: bool | None = None
    similar: bool | None = None
    opt_out: list[str] | None = None
    identified: bool | None = None


class Marketing(Record):
    """Markedsføringsloven chapter 3."""

    channels: list[str] | None = None
    consent: str | None = None
    existing_customer: ExistingCustomer | None = None
    reservation_register: str | None = None
    own_list: bool | None = None
    calling_hours: bool | None = None
    number_shown: bool | None = None
    source_told: bool | None = None
    requested: bool | None = None


class Children(Record):
    """A child's consent to an online service, GDPR Art. 8."""

    minimum_age: int | None = None
    ages: dict[str, int] | None = None
    verification: Text | None = None
    counselling: bool | None = None


class Objection(Record):
    """How people object, GDPR Art. 21."""

    how: str | None = None
    contact: str | None = None


class Purpose(Record):
    """Why data are processed."""

    text: Text | None = None
    title: Text | None = None
    kind: str | None = None
    subjects: list[str] | None = None
    basis: Basis | None = None
    several_because: Text | None = None
    basis_change: BasisChange | None = None
    further_processing: FurtherProcessing | None = None
    marketing: Marketing | None = None
    profiling: bool | None = None
    product_improvement: bool | None = None
    information_society_service: bool | None = None
    children: Children | None = None
    objection: Objection | None = None


class DataGroup(Record):
    """Categories of data that share subjects, purposes, source and retention."""

    categories: list[str] | None = None
    subjects: list[str] | None = None
    purposes: list[str] | None = None
    systems: list[str] | None = None
    source: dict[str, Source] | None = None
    obligation_to_provide: Obligation | NoneWord | None = None
    inform: Inform | None = None
    retention: str | Retention | None = None
    needed_because: Text | None = None
    examples: Text | list[Text] | None = None
    article_9: Article9 | None = None
    reveals_nothing: Text | None = None
    article_10: Article10 | None = None
    national_id: NationalId | None = None


class Recipient(Record):
    """Who else gets data; the key is a party's id or a recipient kind unless `party` says it."""

    party: str | None = None
    role: str | None = None
    data: list[str] | None = None
    purposes: list[str] | None = None
    ground: str | None = None
    law: list[str] | None = None
    transfers: dict[str, Transfer] | None = None
    direct_collection: bool | None = None


class AutomatedDecision(Record):
    """A decision by automated means alone, GDPR Arts 22, 13(2)(f)."""

    ground: str | None = None
    consent: str | None = None
    law: list[str] | None = None
    purposes: list[str] | None = None
    data: list[str] | None = None
    logic: Text | None = None
    significance: Text | None = None
    consequences: Text | None = None
    safeguards: list[str] | None = None
    child_because: Text | None = None


class SecurityDetails(Record):
    """The long form of an activity's security measures."""

    codes: list[str] | None = None
    no_encryption_because: Text | None = None
    not_possible: Text | None = None


class NotNeeded(Record):
    """Why no impact assessment is made, GDPR Art. 35."""

    not_needed: Text | None = None
    covered_by_law: list[str] | None = None


class Ai(Record):
    """Artificial intelligence in the activity."""

    used_for: Text | None = None
    develops: Text | bool | None = None
    system: str | None = None


class ControlInformed(Record):
    """What employees were told, arbeidsmiljøloven § 9-2."""

    purpose: Text | None = None
    consequences: Text | None = None
    duration: Text | None = None


class ControlMeasure(Record):
    """Arbeidsmiljøloven chapter 9."""

    because: Text | None = None
    proportionality: Text | None = None
    discussed: str | None = None
    informed: ControlInformed | None = None
    next_evaluation: str | None = None
    no_representatives: bool | None = None


class Sign(Record):
    """What a camera's sign says."""

    how: Text | None = None
    controller_named: bool | None = None
    sound: bool | None = None


class Camera(Record):
    """Kameraforskriften."""

    area: str | None = None
    sign: Sign | None = None
    notice_other_way: Sign | None = None
    limited_group: Text | None = None
    longer_because: str | None = None
    permit: Text | None = None


class Mailbox(Record):
    """E-postforskriften."""

    access: str | None = None
    grounds: list[str] | None = None
    notice_before: Text | None = None
    presence: Text | None = None
    written_notice_after: Text | None = None
    close_at_exit: Text | None = None
    delete_at_exit: Text | None = None
    kept_open_because: Text | None = None


class Monitoring(Record):
    """E-postforskriften § 2."""

    of: Text | None = None
    purposes: list[str] | None = None


class RecruitmentReason(Record):
    """Why an employer asks for a category, arbeidsmiljøloven §§ 9-3, 13-4."""

    because: Text | None = None
    in_advertisement: bool | None = None
    volunteered: bool | None = None


class DpoAdvice(Record):
    """Advice of the data protection officer."""

    date: str | None = None
    ref: str | None = None


class Research(Record):
    """GDPR Art. 89(1); personopplysningsloven §§ 8-11."""

    kind: str | None = None
    safeguards: list[str] | None = None
    dpo_advice: DpoAdvice | None = None


class CreditNeed(Record):
    """The long form of the need for credit data, kredittopplysningsloven § 14: the need in words, or why none is asked for."""

    nb: str | None = None
    nn: str | None = None
    en: str | None = None
    exempt: Text | None = None


class Customer(Record):
    """One customer on whose behalf we process; the key is the party's id."""

    since: str | None = None


class Activity(Record):
    """A processing activity: a row of the record."""

    id: str = ""
    name: Text | None = None
    summary: Text | None = None
    role: str | None = None
    status: str | None = None
    start: str | None = None
    collection_ended: str | None = None
    data_deleted: str | None = None
    subjects: list[str] | None = None
    purposes: dict[str, Purpose] | None = None
    data: dict[str, DataGroup] | None = None
    source: dict[str, Source] | None = None
    obligation_to_provide: Obligation | NoneWord | None = None
    retention: str | Retention | None = None
    systems: list[str] | None = None
    recipients: dict[str, Recipient] | None = None
    joint: dict[str, Joint] | None = None
    automated_decision: AutomatedDecision | NoneWord | None = None
    inform: Inform | None = None
    may_surprise: Text | None = None
    security_measures: SecurityDetails | None = None
    dpia_criteria: list[str] | None = None
    dpia: str | NotNeeded | None = None
    occasional: bool | None = None
    ai: Ai | None = None
    internal_access: list[str] | None = None
    not_collected: Text | None = None
    credit_need: CreditNeed | None = None
    documents: dict[str, str] | None = None
    expression: str | None = None
    control_measure: ControlMeasure | None = None
    camera: Camera | None = None
    mailbox: Mailbox | None = None
    monitoring: Monitoring | None = None
    recruitment: dict[str, RecruitmentReason] | None = None
    research: Research | None = None
    unit: Text | None = None
    owner: str | None = None
    on_behalf_of: dict[str, Customer] | None = None
    categories_of_processing: list[str] | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None

    @property
    def is_for_others(self) -> bool:
        """Whether we carry it out as a processor (Art. 4(8)): it has a record of its own and is never public."""
        return acts_for_others(self.role, self.on_behalf_of)
