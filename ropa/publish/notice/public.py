"""What the public may be told of: published activities, and only the parties, cookies and transfers that these reach (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ropa.context.context import Context, groups_of, purpose_address, purposes_of, served_purposes
from ropa.flows.declared import carries, groups_in
from ropa.flows.edges import Crossing, Receipt
from ropa.model.activity import Activity, DataGroup, Purpose
from ropa.model.records import Cookies


@dataclass(frozen=True, slots=True)
class Told:
    """A purpose that the notice tells of, with its activity; `id` is its anchor in every language."""

    activity: Activity
    name: str
    purpose: Purpose

    @property
    def id(self) -> str:
        """The anchor: ``newsletter.send``."""
        return f"{self.activity.id}.{self.name}"

    @property
    def address(self) -> str:
        """The address of the purpose in the registry."""
        return purpose_address(self.activity, self.name)

    @property
    def groups(self) -> dict[str, DataGroup]:
        """The data groups that serve the purpose."""
        return {name: group for name, group in groups_of(self.activity).items() if self.name in served_purposes(self.activity, group)}


def is_public(context: Context, activity: Activity) -> bool:
    """Whether an activity is told of: ours, in use, and with data that are still there."""
    if activity.is_for_others or activity.status == "draft":
        return False
    deleted, today = activity.data_deleted, context.today
    return deleted is None or (today is not None and deleted > today.isoformat())


@dataclass(frozen=True, eq=False)
class Public:
    """The public part of a registry."""

    context: Context

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The published activities, in order of id."""
        return tuple(activity for _, activity in sorted(self.context.registry.activities.items()) if is_public(self.context, activity))

    @cached_property
    def purposes(self) -> tuple[Told, ...]:
        """Every purpose of the published activities."""
        return tuple(Told(activity, name, purpose) for activity in self.activities for name, purpose in purposes_of(activity).items())

    @cached_property
    def by_id(self) -> dict[str, Told]:
        """The purposes by anchor."""
        return {told.id: told for told in self.purposes}

    @cached_property
    def receipts(self) -> dict[str, tuple[Receipt, ...]]:
        """The receipts of each published activity."""
        return {activity.id: tuple(self.context.flows.receipts(activity.id)) for activity in self.activities}

    @cached_property
    def _receipts_by_purpose(self) -> dict[str, tuple[Receipt, ...]]:
        return {told.id: tuple(each for each in self.receipts[told.activity.id] if self._concerns(each, told)) for told in self.purposes}

    def receipts_of(self, told: Told) -> tuple[Receipt, ...]:
        """Who gets data for a purpose: receipts of its activity that are not narrowed to other purposes or data."""
        return self._receipts_by_purpose[told.id]

    def _concerns(self, receipt: Receipt, told: Told) -> bool:
        if receipt.purposes is not None and told.name not in receipt.purposes:
            return False
        return receipt.groups is None or not told.groups or bool(set(receipt.groups) & set(told.groups))

    @cached_property
    def purposes_by_party(self) -> dict[str, tuple[Told, ...]]:
        """The purposes for which each party gets data."""
        found: dict[str, dict[str, Told]] = {}
        for told in self.purposes:
            for receipt in self.receipts_of(told):
                if receipt.party is not None and receipt.party in self.context.registry.parties:
                    found.setdefault(receipt.party, {})[told.id] = told
        return {party: tuple(every.values()) for party, every in found.items()}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties that published activities reach, in order of id."""
        found = {receipt.party for receipts in self.receipts.values() for receipt in receipts}
        return tuple(sorted(name for name in found if name is not None and name in self.context.registry.parties))

    @cached_property
    def _crossings_by_purpose(self) -> dict[str, tuple[int, ...]]:
        """The places among the registry's crossings of those that each purpose's data make."""
        by_activity: dict[str, list[int]] = {}
        for place, crossing in enumerate(self.context.crossings):
            for activity in crossing.activities:
                by_activity.setdefault(activity, []).append(place)
        every = self.context.crossings
        return {
            told.id: tuple(place for place in by_activity.get(told.activity.id, ()) if self._makes(told, every[place]))
            for told in self.purposes
        }

    def _makes(self, told: Told, crossing: Crossing) -> bool:
        return any(self._crosses(crossing, flow, told) for flow in self.receipts_of(told))

    def _crosses(self, crossing: Crossing, flow: Receipt, told: Told) -> bool:
        if flow not in crossing.flows:
            return False
        groups = [name for name in groups_in(self.context.registry, flow) if name is None or not told.groups or name in told.groups]
        return not crossing.declared or any(carries(way, flow, name) for way in crossing.declared for name in groups)

    def crossings_of(self, told: Told) -> tuple[Crossing, ...]:
        """The crossings of the EEA's border that the purpose's data make."""
        return tuple(self.context.crossings[place] for place in self._crossings_by_purpose[told.id])

    @cached_property
    def purposes_by_crossing(self) -> tuple[tuple[Crossing, tuple[Told, ...]], ...]:
        """Each crossing that published purposes make, with those purposes."""
        found: dict[int, list[Told]] = {}
        for told in self.purposes:
            for place in self._crossings_by_purpose[told.id]:
                found.setdefault(place, []).append(told)
        return tuple((self.context.crossings[place], tuple(found[place])) for place in sorted(found))

    @cached_property
    def cookies(self) -> tuple[Cookies, ...]:
        """What is stored on the visitor's device today, in order of id: not what was, and not what belongs to unpublished activities."""
        named = {activity.id for activity in self.activities}
        every = (record for _, record in sorted(self.context.registry.cookies.items()))
        return tuple(record for record in every if record.historical is None and (record.activity is None or record.activity in named))

    def cookies_of(self, activity: str) -> tuple[Cookies, ...]:
        """The cookies that belong to an activity."""
        return tuple(record for record in self.cookies if record.activity == activity)

    def told(self, activities: Iterable[str]) -> tuple[Told, ...]:
        """The purposes of some activities."""
        wanted = set(activities)
        return tuple(told for told in self.purposes if told.activity.id in wanted)
