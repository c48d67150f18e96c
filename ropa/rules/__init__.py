"""The law as rules: one small pure function a rule. The literal list of them stands here."""

from __future__ import annotations

from ropa.rules.contract import CONTRACT
from ropa.rules.engine import Rule

RULES: tuple[Rule, ...] = (*CONTRACT,)
