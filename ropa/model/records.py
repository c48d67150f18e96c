"""Systems, cookies, consents, assessments, measures, own codes, acceptances and changes (docs/format.md)."""

from __future__ import annotations

from ropa.model.records_common import Joint, NoneWord, Record, Retention, Review
from ropa.model.text import Text


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
