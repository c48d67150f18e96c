"""Whether the exemption from keeping the record can apply: GDPR Art. 30(5); WP29 position paper of 19.4.2018."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ropa.context.context import Context
from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.screening.dpia import is_over
from ropa.screening.facts import Facts, found

Trigger = Literal["risk", "not-occasional", "special-data"]

BELOW: Final = 250
"""Persons employed. (A rise to 750 is proposed, COM(2025) 501, not adopted.)"""


@dataclass(frozen=True, slots=True)
class Against:
    """What brings an activity back into the record: any one of likely risk, regular processing, special categories or criminal data."""

    activity: str
    trigger: Trigger
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordExemption:
    """Whether the exemption is claimed, the headcount, and what stands against it, activity by activity."""

    claimed: bool
    employees: int | None
    against: tuple[Against, ...]

    @property
    def small(self) -> bool:
        """Whether fewer than 250 are employed; false where the number is not known."""
        return self.employees is not None and self.employees < BELOW

    @property
    def can_apply(self) -> bool:
        """Whether the exemption holds for every activity."""
        return self.small and not self.against


def screen_record_exemption(context: Context) -> RecordExemption:
    """The screening of the organisation and all that it does, for itself or for others."""
    organisation = context.registry.organisation
    against: list[Against] = []
    for activity in context.registry.activities.values():
        if activity.status != "draft" and not is_over(context, activity):
            against.extend(_against(activity, found(context, activity)))
    return RecordExemption(organisation.record_exemption is not None, organisation.employees, tuple(against))


def is_exempt(context: Context, activity: Activity) -> bool:
    """Whether a valid claim of the exemption covers an activity."""
    organisation = context.registry.organisation
    if organisation.record_exemption is None or activity.occasional is not True:
        return False
    return organisation.employees is not None and organisation.employees < BELOW and not _against(activity, found(context, activity))


def _against(activity: Activity, facts: Facts) -> list[Against]:
    against = []
    risks = [address for criterion in vocabulary.codes("dpia_criteria") for address in facts.get(criterion, ())]
    if risks:
        against.append(Against(activity.id, "risk", tuple(dict.fromkeys(risks))))
    if activity.occasional is not True:
        against.append(Against(activity.id, "not-occasional", (f"activities/{activity.id}#occasional",)))
    special = (*facts.get("special-categories", ()), *facts.get("criminal-data", ()))
    if special:
        against.append(Against(activity.id, "special-data", special))
    return against
