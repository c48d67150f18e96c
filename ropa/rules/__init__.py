"""The law as rules: one small pure function a rule. The literal list of them stands here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ropa.rules.adequacy import ADEQUACY_RULES
from ropa.rules.anonymity import ANONYMITY
from ropa.rules.automated_decisions import AUTOMATED_DECISIONS
from ropa.rules.breach_and_dpo import BREACH_AND_DPO
from ropa.rules.candidates import CANDIDATES
from ropa.rules.consent import CONSENT
from ropa.rules.consent_banner import CONSENT_BANNER
from ropa.rules.consent_use import CONSENT_USE
from ropa.rules.contract import CONTRACT
from ropa.rules.criminal_and_identity import CRIMINAL_AND_IDENTITY
from ropa.rules.denmark import DENMARK
from ropa.rules.engine import Rule
from ropa.rules.impact_assessments import IMPACT_ASSESSMENTS
from ropa.rules.informing import INFORMING
from ropa.rules.joint_controllers import JOINT_CONTROLLERS
from ropa.rules.law_references import LAW_REFERENCES
from ropa.rules.legal_obligation import LEGAL_OBLIGATION
from ropa.rules.legitimate_interests import LEGITIMATE_INTERESTS
from ropa.rules.norway import NORWAY
from ropa.rules.notice_contacts import NOTICE_CONTACTS
from ropa.rules.notice_facts import NOTICE_FACTS
from ropa.rules.notice_languages import NOTICE_LANGUAGES
from ropa.rules.notice_wording import NOTICE_WORDING
from ropa.rules.platforms import PLATFORMS
from ropa.rules.processor_terms import PROCESSOR_TERMS
from ropa.rules.publication import PUBLICATION
from ropa.rules.purposes import PURPOSES
from ropa.rules.records import RECORDS
from ropa.rules.representative import REPRESENTATIVE
from ropa.rules.research import RESEARCH
from ropa.rules.retention import RETENTION
from ropa.rules.reviews import REVIEWS
from ropa.rules.rights import RIGHTS
from ropa.rules.rights_handling import RIGHTS_HANDLING
from ropa.rules.roles import ROLES
from ropa.rules.safeguards import SAFEGUARDS
from ropa.rules.security import SECURITY
from ropa.rules.special_categories import SPECIAL_CATEGORIES
from ropa.rules.terminal_storage import TERMINAL_STORAGE
from ropa.rules.transfer_safeguards import TRANSFER_SAFEGUARDS
from ropa.rules.transfers import TRANSFERS
from ropa.rules.translations import TRANSLATIONS
from ropa.rules.wording import WORDING

READERS: Final[tuple[Rule, ...]] = (
    *WORDING,
    *TRANSLATIONS,
    *ANONYMITY,
    *PLATFORMS,
    *NOTICE_LANGUAGES,
    *NOTICE_WORDING,
    *LAW_REFERENCES,
    *NOTICE_FACTS,
)
"""Rules that read what is written, sentence by sentence. They take a third of the time of all, and share what they have read."""

CORE: Final[tuple[Rule, ...]] = (
    *READERS,
    *PURPOSES,
    *CONSENT,
    *CONSENT_USE,
    *CONTRACT,
    *ADEQUACY_RULES,
    *CRIMINAL_AND_IDENTITY,
    *ROLES,
    *SAFEGUARDS,
    *SPECIAL_CATEGORIES,
    *TRANSFERS,
    *LEGAL_OBLIGATION,
    *LEGITIMATE_INTERESTS,
    *RETENTION,
    *TERMINAL_STORAGE,
    *CONSENT_BANNER,
    *JOINT_CONTROLLERS,
    *PROCESSOR_TERMS,
    *REPRESENTATIVE,
    *PUBLICATION,
    *TRANSFER_SAFEGUARDS,
    *RIGHTS_HANDLING,
    *NOTICE_CONTACTS,
    *REVIEWS,
    *AUTOMATED_DECISIONS,
    *RIGHTS,
    *INFORMING,
    *RESEARCH,
    *CANDIDATES,
    *RECORDS,
    *SECURITY,
    *IMPACT_ASSESSMENTS,
    *BREACH_AND_DPO,
)
"""Rules that rest on the Regulation or another act of the Union, wholly or in part."""

OVERLAYS: Final[Mapping[str, tuple[Rule, ...]]] = {"DK": DENMARK, "NO": NORWAY}
"""Rules that rest on one country's law alone. In the index of rules they carry its code; the engine runs them where that law binds."""

RULES: Final[tuple[Rule, ...]] = (*CORE, *(rule for overlay in OVERLAYS.values() for rule in overlay))
