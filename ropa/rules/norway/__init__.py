"""Rules that rest on Norwegian acts and regulations alone. They bind whoever is established in Norway."""

from __future__ import annotations

from typing import Final

from ropa.rules.engine import Rule
from ropa.rules.norway.bookkeeping_abroad import BOOKKEEPING_ABROAD
from ropa.rules.norway.camera import CAMERAS
from ropa.rules.norway.control_measures import CONTROL_MEASURES
from ropa.rules.norway.credit_check import CREDIT_CHECK
from ropa.rules.norway.dpia_list import DPIA_LIST
from ropa.rules.norway.mailbox import MAILBOX
from ropa.rules.norway.marketing import MARKETING
from ropa.rules.norway.recruitment import RECRUITMENT_DATA
from ropa.rules.norway.research_advice import RESEARCH_ADVICE
from ropa.rules.norway.retention_by_law import RETENTION_BY_LAW

NORWAY: Final[tuple[Rule, ...]] = (
    *CREDIT_CHECK,
    *RETENTION_BY_LAW,
    *BOOKKEEPING_ABROAD,
    *MARKETING,
    *RESEARCH_ADVICE,
    *CONTROL_MEASURES,
    *MAILBOX,
    *CAMERAS,
    *RECRUITMENT_DATA,
    *DPIA_LIST,
)
