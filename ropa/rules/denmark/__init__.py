"""Rules that rest on Danish acts alone. They bind whoever is established in Denmark."""

from __future__ import annotations

from typing import Final

from ropa.rules.denmark.child_age import CHILD_AGE
from ropa.rules.engine import Rule

DENMARK: Final[tuple[Rule, ...]] = (*CHILD_AGE,)
