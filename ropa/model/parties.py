"""Someone else in the flow (docs/format.md)."""

from __future__ import annotations

from ropa.model.organisation import PostalAddress, Representative
from ropa.model.records_common import Record, Review, Transfer
from ropa.model.text import Text


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
