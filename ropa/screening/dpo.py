"""Whether a data protection officer must be designated, and whether one is: GDPR Art. 37(1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ropa.context.context import PUBLIC_KINDS, Context
from ropa.model.organisation import Dpo

Designation = Literal["designated", "none", "not-needed", "unknown"]

CORE_ACTIVITIES: Final = {
    "large-scale-monitoring": "37(1)(b)",
    "large-scale-special-categories": "37(1)(c)",
    "large-scale-criminal-data": "37(1)(c)",
}
"""The core activities that make the duty, and the letter."""

PUBLIC: Final = "37(1)(a)"


@dataclass(frozen=True, slots=True)
class Ground:
    """A letter of Art. 37(1), with the fact that makes it (a code) and where that stands."""

    provision: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class DpoScreening:
    """Why an officer must be designated (nothing: no duty), what is left open, and what is declared."""

    grounds: tuple[Ground, ...]
    open: tuple[str, ...]
    designation: Designation

    @property
    def required(self) -> bool:
        """Whether the duty stands. A court's `not_needed` answers Art. 37(1)(a) alone."""
        excepted = self.designation == "not-needed"
        return any(not (excepted and ground.provision == PUBLIC) for ground in self.grounds)

    @property
    def settled(self) -> bool:
        """Whether an officer is designated where one must be."""
        return not self.required or self.designation == "designated"


def screen_dpo(context: Context) -> DpoScreening:
    """The screening of the organisation."""
    organisation = context.registry.organisation
    grounds = []
    if organisation.kind in PUBLIC_KINDS:
        grounds.append(Ground(PUBLIC, organisation.kind or "", "organisation#kind"))
    core = [code for code in organisation.core_activities or () if code in CORE_ACTIVITIES]
    grounds += [Ground(CORE_ACTIVITIES[code], code, f"organisation#core_activities.{code}") for code in core]
    open_ = [f"organisation#{key}" for key in ("kind", "core_activities") if getattr(organisation, key) is None]
    return DpoScreening(tuple(grounds), tuple(open_), _designation(organisation.dpo))


def _designation(dpo: Dpo | str | None) -> Designation:
    if dpo is None:
        return "unknown"
    if not isinstance(dpo, Dpo):
        return "none"
    return "not-needed" if dpo.not_needed is not None else "designated"
