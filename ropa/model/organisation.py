"""The organisation, and how its notice is published (docs/format.md)."""

from __future__ import annotations

from ropa.model.records_common import NoneWord, Record, Review
from ropa.model.text import Text


class PostalAddress(Record):
    """A postal address."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None


class Dpo(Record):
    """The data protection officer, GDPR Arts 37-38."""

    title: Text | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    notified: str | None = None
    other_role: str | None = None
    reports_to: str | None = None
    conflict_assessed: Text | None = None
    not_needed: Text | None = None


class Representative(Record):
    """GDPR Art. 27."""

    name: str | None = None
    address: PostalAddress | str | None = None
    country: str | None = None
    email: str | None = None
    not_needed: Text | None = None


class Extension(Record):
    """Extension of the time to answer, GDPR Art. 12(3)."""

    period: str | None = None
    told_within: str | None = None


class Rights(Record):
    """How rights are handled, GDPR Art. 12."""

    contact: str | None = None
    answer_within: str | None = None
    extension: Extension | None = None
    fee: str | None = None
    identity_check: str | None = None
    extended: dict[str, Text] | None = None


class Breach(Record):
    """How personal data breaches are handled, GDPR Arts 33-34."""

    authority_within: str | None = None
    authority_unless: str | None = None
    controllers_within: str | None = None
    tell_people: str | None = None
    register: bool | None = None
    routine: Text | None = None
    report_to: str | None = None


class Security(Record):
    """General words on security for the notice."""

    text: Text | None = None


class Organisation(Record):
    """The legal entity whose registry it is."""

    format: int | None = None
    legal_name: str | None = None
    short_name: str | None = None
    organisation_number: str | None = None
    country: str | None = None
    address: PostalAddress | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    description: Text | None = None
    languages: list[str] | None = None
    kind: str | None = None
    aim: str | None = None
    employees: int | None = None
    record_exemption: Text | None = None
    acts_as_processor: bool | None = None
    core_activities: list[str] | None = None
    markets: list[str] | None = None
    online_service: bool | None = None
    trade_register: str | None = None
    vat_registered: bool | None = None
    not_in_business: Text | None = None
    aml_obliged: bool | None = None
    dpo: Dpo | NoneWord | None = None
    representative: Representative | None = None
    supervisory_authority: str | None = None
    rights: Rights | None = None
    breach: Breach | None = None
    security: Security | None = None
    principles: dict[str, Text] | None = None
    transfer_copy: Text | None = None
    status: str | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class Audience(Record):
    """A group of readers of the notice."""

    name: Text | None = None
    subjects: list[str] | None = None


class OwnWords(Record):
    """The organisation's own words around a section of the notice."""

    before: Text | None = None
    after: Text | None = None


class Notice(Record):
    """How the notice is published."""

    title: Text | None = None
    version: str | None = None
    effective: str | None = None
    audiences: dict[str, Audience] | None = None
    definitions: list[str] | None = None
    summary_languages: list[str] | None = None
    complaint_note: Text | None = None
    own_words: dict[str, OwnWords] | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None
