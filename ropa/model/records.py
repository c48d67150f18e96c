"""The other records: organisation, notice, parties, systems, cookies and what activities refer to (FORMAT.md, sections 3, 5-8)."""

from __future__ import annotations



from ropa.model.records_common import Joint, NoneWord, Record, Retention, Review, Transfer
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


class AgreementContents(Record):
    """What a processor agreement lacks, GDPR Art. 28(3)."""

    missing: list[str] | None = None


class SubprocessorTerms(Record):
    """Authorisation of sub-processors, GDPR Art. 28(2)."""

    authorisation: str | None = None
    notice: str | None = None
    objection: str | None = None


class Agreement(Record):
    """The agreement with a processor, GDPR Art. 28(3)."""

    ref: str | None = None
    date: str | None = None
    contents: str | AgreementContents | None = None
    checked: str | None = None
    clauses: str | None = None
    legal_act: list[str] | None = None
    subprocessors: SubprocessorTerms | None = None


class Subprocessor(Record):
    """A sub-processor, GDPR Art. 28(4); the key is the party's id."""

    service: Text | None = None
    same_obligations: bool | None = None
    ref: str | None = None
    no_personal_data: Text | None = None
    transfers: dict[str, Transfer] | None = None


class Keeps(Record):
    """What a party keeps for itself."""

    period: str | None = None
    because: Text | None = None


class PartyDpo(Record):
    """A customer's data protection officer, GDPR Art. 30(2)(a)."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    title: Text | None = None


class Platform(Record):
    """What a social platform gives its page owners."""

    statistics: bool | None = None


class Party(Record):
    """Someone else in the flow."""

    id: str = ""
    name: str | None = None
    alias: str | None = None
    kind: str | None = None
    address: PostalAddress | str | None = None
    contact: str | None = None
    website: str | None = None
    privacy_url: str | None = None
    settings_url: str | None = None
    service: Text | None = None
    role: list[str] | None = None
    country: str | None = None
    stored_in: list[str] | None = None
    accessed_from: list[str] | None = None
    no_personal_data: Text | None = None
    own_branch: Text | None = None
    importer: list[str] | None = None
    agreement: Agreement | None = None
    subprocessors: dict[str, Subprocessor] | None = None
    transfers: dict[str, Transfer] | None = None
    keeps: Keeps | None = None
    own_purposes: list[str] | None = None
    representative: Representative | None = None
    dpo: PartyDpo | None = None
    joint_terms: bool | None = None
    platform: Platform | None = None
    certifications: dict[str, str] | None = None
    historical: Text | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class ConsentBanner(Record):
    """The consent banner of a website or app, ekomloven § 3-15."""

    consent: list[str] | None = None
    mechanism: str | None = None
    provider: str | None = None
    refuse: str | None = None
    prominence: str | None = None
    withdrawal: str | None = None
    before_choice: str | None = None
    asks_again: str | None = None
    if_refused: Text | None = None


class System(Record):
    """Where data are kept or pass through."""

    id: str = ""
    name: Text | None = None
    kind: str | None = None
    run_by: str | None = None
    stored_in: list[str] | None = None
    accessed_from: list[str] | None = None
    url: str | None = None
    security_measures: list[str] | None = None
    consent_banner: ConsentBanner | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class CookieItem(Record):
    """One thing stored or read on the device."""

    kind: str | None = None
    information: list[str] | None = None
    lifetime: str | None = None
    set_by: str | None = None


class Cookies(Record):
    """What one provider stores or reads on the visitor's device in one category."""

    id: str = ""
    provider: str | None = None
    category: str | None = None
    text: Text | None = None
    used_on: list[str] | None = None
    activity: str | None = None
    consent: str | None = None
    loaded: str | None = None
    necessary_for: Text | None = None
    role: str | None = None
    joint: dict[str, Joint] | None = None
    read_by: list[str] | None = None
    items: dict[str, CookieItem] | NoneWord | None = None
    historical: Text | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class Given(Record):
    """How consent is given."""

    how: str | None = None
    steps: int | None = None


class Withdrawn(Record):
    """How consent is withdrawn, GDPR Art. 7(3)."""

    how: str | None = None
    where: str | None = None
    url: str | None = None
    steps: int | None = None
    identity_check_because: Text | None = None


class Consent(Record):
    """A consent request."""

    given: Given | None = None
    where: str | None = None
    withdrawn: Withdrawn | None = None
    evidence: list[str] | None = None
    evidence_kept: Retention | str | None = None
    together_with: list[str] | None = None
    separate_request: bool | None = None
    explicit: bool | None = None
    risks_informed: bool | None = None
    note: Text | None = None
    review: Review | None = None
    formerly: list[str] | None = None


class Consultation(Record):
    """Prior consultation, GDPR Art. 36."""

    sent: str | None = None
    answer: str | None = None
    period_expired: bool | None = None


class Assessment(Record):
    """A legitimate-interest, impact, transfer or compatibility assessment."""

    id: str = ""
    kind: str | None = None
    date: str | None = None
    by: str | None = None
    outcome: str | None = None
    document: str | None = None
    purpose: Text | None = None
    necessity: Text | None = None
    balance: Text | None = None
    child_considered: bool | None = None
    parts: list[str] | None = None
    dpo_advice: str | None = None
    residual_risk: str | None = None
    consultation: Consultation | None = None
    country: str | None = None
    law_reviewed: str | None = None
    supplementary: list[str] | None = None
    link: Text | None = None
    context: Text | None = None
    nature: Text | None = None
    consequences: Text | None = None
    safeguards: Text | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class OwnMeasure(Record):
    """A security measure of the organisation's own."""

    text: Text | None = None
    kind: str | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class SecurityMeasures(Record):
    """Measures that hold everywhere, and own ones."""

    everywhere: list[str] | None = None
    own: dict[str, OwnMeasure] | None = None


class OwnCategory(Record):
    """A data category of the organisation's own."""

    nb: str | None = None
    nn: str | None = None
    en: str | None = None
    like: str | None = None


class OwnEvent(Record):
    """An event of the organisation's own; `after` is what stands after a period."""

    nb: str | None = None
    nn: str | None = None
    en: str | None = None
    after: Text | None = None


class OwnLaw(Record):
    """A law that the shipped data do not hold."""

    title: str | None = None
    jurisdiction: str | None = None
    link: str | None = None


class Vocabulary(Record):
    """The organisation's own codes."""

    subjects: dict[str, Text] | None = None
    data_categories: dict[str, OwnCategory] | None = None
    events: dict[str, OwnEvent] | None = None
    laws: dict[str, OwnLaw] | None = None


class Acceptance(Record):
    """A finding that a role has accepted until a date."""

    rule: str | None = None
    address: list[str] | None = None
    because: Text | None = None
    by: str | None = None
    until: str | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class PeopleTold(Record):
    """How and when people were told of a change."""

    how: Text | None = None
    date: str | None = None


class Change(Record):
    """What the public has been told."""

    date: str | None = None
    what: Text | None = None
    records: list[str] | None = None
    people_told: PeopleTold | None = None
    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


