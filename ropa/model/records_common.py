"""Parts that several kinds of record share. Names equal the format's; a Python keyword has a trailing underscore."""

from __future__ import annotations

from typing import Literal, dataclass_transform

import msgspec

from ropa.model.text import Text


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a record: fields left out are None (missing, unknown or of a wrong shape)."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class HyphenRecord(msgspec.Struct, frozen=True, kw_only=True, rename=lambda name: name.replace("_", "-")):
    """A tagged union whose tags have hyphens in the format and underscores here."""


class Review(Record):
    """When something was and is to be looked at again."""

    last: str | None = None
    next: str | None = None
    trigger: str | None = None


class Exempt(Record):
    """Why no information is given, GDPR Art. 14(5), personopplysningsloven § 16."""

    point: str | None = None
    because: Text | None = None
    instead: list[str] | None = None
    law: list[str] | None = None


class Inform(Record):
    """When and how people are informed, GDPR Arts 13-14."""

    when: str | None = None
    how: Text | None = None
    exempt: Exempt | None = None


class Source(Record):
    """Where data come from, GDPR Art. 14(2)(f); the key is a source kind or a party's id."""

    name: Text | None = None
    party: str | None = None
    public: bool | None = None


class Obligation(Record):
    """Whether people must give the data, GDPR Art. 13(2)(e)."""

    required: str | None = None
    consequence: Text | None = None
    law: list[str] | None = None


class Retention(Record):
    """How long data are kept, GDPR Arts 13(2)(a), 30(1)(f)."""

    period: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    until: list[str] | None = None
    then: str | None = None
    every: str | None = None
    method: Text | None = None
    law: list[str] | None = None
    material: str | None = None
    criteria: Text | None = None
    because: Text | None = None
    kept_abroad: Text | None = None
    enhanced: bool | None = None
    per_purpose: dict[str, Retention | str] | None = None


class RetentionRule(Retention):
    """A deletion rule with a name, in retention.yaml."""

    formerly: list[str] | None = None
    note: Text | None = None
    review: Review | None = None


class Arrangement(Record):
    """The arrangement between joint controllers, GDPR Art. 26(1)."""

    ref: str | None = None
    date: str | None = None
    informs: str | None = None
    handles_rights: str | None = None
    contact_point: str | None = None


class Joint(Record):
    """One joint controller, GDPR Art. 26; the key is the party's id."""

    scope: list[str] | None = None
    arrangement: Arrangement | None = None
    essence: Text | None = None
    by_law: list[str] | None = None


class Dpf(Record):
    """A listing under the EU-US Data Privacy Framework, Decision (EU) 2023/1795."""

    entity: str | None = None
    status: str | None = None
    covers: list[str] | None = None
    checked: str | None = None


class Bcr(Record):
    """Approval of binding corporate rules, GDPR Art. 47."""

    approved_by: str | None = None
    date: str | None = None
    kind: str | None = None


class Compelling(Record):
    """What a transfer on compelling legitimate interests needs, GDPR Art. 49(1) second subparagraph."""

    not_repetitive: bool | None = None
    few_people: bool | None = None
    assessment: str | None = None
    safeguards: Text | None = None
    authority_informed: str | None = None
    people_informed: str | None = None


class TransferAssessment(Record):
    """The answers of a transfer assessment written in place of its id."""

    date: str | None = None
    country: str | None = None
    law_reviewed: str | None = None
    supplementary: list[str] | None = None
    outcome: str | None = None
    document: str | None = None


class Authorisation(Record):
    """An authority's authorisation of a safeguard, GDPR Art. 46(3)."""

    ref: str | None = None
    authority: str | None = None
    date: str | None = None


class Fallback(Record):
    """What carries a transfer if the mechanism falls."""

    mechanism: list[str] | None = None
    annexes: list[str] | None = None
    transfer_assessment: str | TransferAssessment | None = None


class Transfer(Record):
    """How data get to a country outside the EEA, GDPR Chapter V; the key is the country unless `country` says it."""

    country: str | None = None
    mechanism: list[str] | None = None
    from_: list[str] | None = msgspec.field(default=None, name="from")
    data: list[str] | None = None
    activities: list[str] | None = None
    combined: bool | None = None
    annexes: list[str] | None = None
    authorisation: Authorisation | str | None = None
    transfer_assessment: str | TransferAssessment | None = None
    copy: Text | None = None
    dpf: Dpf | None = None
    fallback: Fallback | None = None
    bcr: Bcr | None = None
    law: list[str] | None = None
    frequency: str | None = None
    consent: str | None = None
    inability: Text | None = None
    register: Text | None = None
    compelling: Compelling | None = None
    text: Text | None = None


NoneWord = Literal["none"]
