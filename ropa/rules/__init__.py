"""The law as rules: one small pure function a rule. The literal list of them stands here."""

from __future__ import annotations

from ropa.rules.adequacy import ADEQUACY_RULES
from ropa.rules.anonymity import ANONYMITY
from ropa.rules.bookkeeping_abroad import BOOKKEEPING_ABROAD
from ropa.rules.consent import CONSENT
from ropa.rules.consent_use import CONSENT_USE
from ropa.rules.contract import CONTRACT
from ropa.rules.credit_check import CREDIT_CHECK
from ropa.rules.criminal_and_identity import CRIMINAL_AND_IDENTITY
from ropa.rules.engine import Rule
from ropa.rules.law_references import LAW_REFERENCES
from ropa.rules.legal_obligation import LEGAL_OBLIGATION
from ropa.rules.legitimate_interests import LEGITIMATE_INTERESTS
from ropa.rules.purposes import PURPOSES
from ropa.rules.retention import RETENTION
from ropa.rules.retention_by_law import RETENTION_BY_LAW
from ropa.rules.roles import ROLES
from ropa.rules.safeguards import SAFEGUARDS
from ropa.rules.special_categories import SPECIAL_CATEGORIES
from ropa.rules.transfers import TRANSFERS
from ropa.rules.translations import TRANSLATIONS
from ropa.rules.wording import WORDING

RULES: tuple[Rule, ...] = (
    *PURPOSES,
    *WORDING,
    *CONSENT,
    *CONSENT_USE,
    *TRANSLATIONS,
    *CONTRACT,
    *ADEQUACY_RULES,
    *CRIMINAL_AND_IDENTITY,
    *ROLES,
    *SAFEGUARDS,
    *SPECIAL_CATEGORIES,
    *TRANSFERS,
    *LAW_REFERENCES,
    *LEGAL_OBLIGATION,
    *LEGITIMATE_INTERESTS,
    *CREDIT_CHECK,
    *RETENTION,
    *RETENTION_BY_LAW,
    *BOOKKEEPING_ABROAD,
    *ANONYMITY,
)
