"""Rules that rest on Norwegian acts and regulations alone. They bind whoever is established in Norway."""

from __future__ import annotations

from typing import Final

from ropa.rules.engine import Rule
from ropa.rules.norway.bookkeeping_abroad import BOOKKEEPING_ABROAD
from ropa.rules.norway.credit_check import CREDIT_CHECK
from ropa.rules.norway.retention_by_law import RETENTION_BY_LAW

NORWAY: Final[tuple[Rule, ...]] = (
    *CREDIT_CHECK,
    *RETENTION_BY_LAW,
    *BOOKKEEPING_ABROAD,
)
