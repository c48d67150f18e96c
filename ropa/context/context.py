"""What every rule is given, and the questions about a registry that many rules ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from ropa.context.public_texts import PublicText, public_texts
from ropa.flows.crossings import crossings
from ropa.flows.edges import Crossing
from ropa.flows.reach import Reach
from ropa.law import LANGUAGES, overlays, vocabulary
from ropa.law.countries import is_eea
from ropa.law.references import NORWAY, OwnLaw, Resolved, resolve
from ropa.model.activity import Activity, DataGroup, Purpose
from ropa.model.legal_bases import AnyBasis, AnyCondition, Article9, Basis
from ropa.model.records_common import Retention
from ropa.model.registry import Registry
from ropa.source.address import segment

BASES = {
    "consent": "consent",
    "contract": "contract",
    "legal-obligation": "legal_obligation",
    "vital-interests": "vital_interests",
    "public-task": "public_task",
    "legitimate-interest": "legitimate_interest",
}
"""The six keys of `basis` and the fields that hold them."""

CONDITIONS = {key.replace("_", "-"): key for key in Article9.__struct_fields__}
"""The ten keys of `article_9` and the fields that hold them."""

PUBLIC_KINDS = frozenset({"public-authority", "public-body"})


@dataclass(frozen=True, slots=True)
class PlacedRetention:
    """A retention with the address where it is written.

    It holds for a data group (None: those of the activity without one of their own) and a purpose (None: all).
    `shipped` is the name of a shipped rule, which stands where it is used; `activity` is None for a named rule that nothing uses.
    """

    address: str
    retention: Retention
    activity: Activity | None
    group: str | None
    purpose: str | None
    shipped: str | None = None


class _Use(NamedTuple):
    """For what a retention is used: an activity (None where nothing uses it), one of its data groups, one of its purposes."""

    activity: Activity | None
    group: str | None
    purpose: str | None


@dataclass(frozen=True, eq=False)
class Context:
    """The model, its flows and the day. Rules read it and never change it."""

    registry: Registry
    flows: Reach
    today: date | None
    _laws: dict[str, tuple[Resolved, ...]] = field(default_factory=dict)
    _texts: dict[str, list[PublicText]] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing of the EEA's border."""
        return crossings(self.flows)

    @cached_property
    def controlled(self) -> tuple[Activity, ...]:
        """The activities that the organisation controls, alone or jointly: those that rules on controllers bind."""
        return tuple(activity for activity in self.registry.activities.values() if not activity.is_for_others)

    @cached_property
    def own_laws(self) -> Mapping[str, OwnLaw]:
        """The laws of the registry's own vocabulary by short name, and those that the overlay of its country knows."""
        laws = self.registry.vocabulary.laws or {}
        own = {name: OwnLaw(law.title or name, law.jurisdiction or "", law.link or "") for name, law in laws.items()}
        return {**overlays.acts_of(self.registry.organisation.country), **own}

    def public_texts(self, record: str) -> list[PublicText]:
        """The texts of a record that the public may read, in the order in which they are written."""
        if record not in self._texts:
            self._texts[record] = public_texts(record, self.registry.long.get(record, {}))
        return self._texts[record]

    def public_words(self, record: str) -> str:
        """All that the public may read in a record, in one and in small letters: for cheap tests of what need not be read closer."""
        if record not in self._words:
            said = [text.words[code] for text in self.public_texts(record) for code in LANGUAGES if code in text.words]
            self._words[record] = "\n".join(said).lower()
        return self._words[record]

    def resolved(self, law: str) -> tuple[Resolved, ...]:
        """What a law reference names on the day."""
        if law not in self._laws:
            self._laws[law] = resolve(law, self.own_laws, on=self.today)
        return self._laws[law]

    def has_section(self, laws: list[str] | None) -> bool:
        """Whether a reference names an act with a section or the Regulation with an article; else it counts as unknown (docs/format.md)."""
        return any(found.sections for law in laws or () for found in self.resolved(law))

    def is_public_body(self) -> bool:
        """Whether the organisation is a public authority or body."""
        return self.registry.organisation.kind in PUBLIC_KINDS

    def norwegian_data_protection_act_applies(self) -> bool:
        """Whether personopplysningsloven binds: established in Norway, or outside the EEA and aiming at people there (§ 4)."""
        return self.is_bound_by(NORWAY, data_protection_act=True)

    def is_bound_by(self, country: str, *, data_protection_act: bool = False) -> bool:
        """Whether a country's own law binds: established there; its data protection act also as far as that reaches those who aim at it."""
        organisation = self.registry.organisation
        if organisation.country == country:
            return True
        outside = organisation.country is not None and not is_eea(organisation.country)
        return data_protection_act and outside and country in (organisation.markets or ()) and overlays.reaches_targeting(country)

    def retentions(self) -> tuple[PlacedRetention, ...]:
        """Every retention in use, where it is written, once for each use; then the named rules that no activity uses."""
        return self._retentions

    @cached_property
    def _retentions(self) -> tuple[PlacedRetention, ...]:
        used = tuple(placed for activity in self.registry.activities.values() for placed in self._of(activity))
        named = {placed.address for placed in used}
        unused = [name for name in self.registry.retention if f"retention#{segment(name)}" not in named]
        alone = [placed for name in unused for placed in self._placed(name, "", _Use(None, None, None))]
        ours = (each for each in used if each.activity is None or not each.activity.is_for_others)
        return (*ours, *alone)

    @cached_property
    def written_retentions(self) -> tuple[PlacedRetention, ...]:
        """Every retention once where it is written, for rules that ask nothing of its use; shipped ones are right by themselves.

        Uses by media are left out: these rules do not bind them (personopplysningsloven § 3).
        """
        found: dict[str, PlacedRetention] = {}
        for placed in self.retentions():
            media = placed.activity is not None and placed.activity.expression == "media"
            if placed.shipped is None and not media:
                found.setdefault(placed.address, placed)
        return tuple(found.values())

    def _of(self, activity: Activity) -> Iterator[PlacedRetention]:
        record = f"activities/{activity.id}"
        if activity.retention is not None:
            yield from self._placed(activity.retention, f"{record}#retention", _Use(activity, None, None))
        for name, group in (activity.data or {}).items():
            if group.retention is not None:
                yield from self._placed(group.retention, f"{record}#data.{segment(name)}.retention", _Use(activity, name, None))

    def _placed(self, retention: str | Retention, address: str, use: _Use) -> Iterator[PlacedRetention]:
        """The retentions at an address. A name is followed into retention.yaml, whose rules name no others."""
        if isinstance(retention, str):
            named = f"retention#{segment(retention)}"
            own = self.registry.retention.get(retention) or (Retention() if named in self.registry.unknown else None)
            if own is not None:
                yield PlacedRetention(named, own, use.activity, use.group, use.purpose)
            elif retention in vocabulary.retention_rules():
                yield PlacedRetention(address, shipped_retention(retention), use.activity, use.group, use.purpose, shipped=retention)
            return
        for name, inner in (retention.per_purpose or {}).items():
            yield from self._placed(inner, f"{address}.per_purpose.{segment(name)}", _Use(use.activity, use.group, name))
        if not retention.per_purpose or retention.period is not None or retention.until is not None or retention.criteria is not None:
            yield PlacedRetention(address, retention, use.activity, use.group, use.purpose)


@cache
def shipped_retention(name: str) -> Retention:
    """A shipped deletion rule as a retention."""
    rule = vocabulary.retention_rules()[name]
    return Retention(period=rule.period, from_=rule.from_, then=rule.then, law=[rule.law], material=rule.material)


def purposes_of(activity: Activity) -> Mapping[str, Purpose]:
    """The purposes of an activity; none where it has none."""
    return activity.purposes or {}


def groups_of(activity: Activity) -> Mapping[str, DataGroup]:
    """The data groups of an activity; none where it has none."""
    return activity.data or {}


def purpose_address(activity: Activity, name: str) -> str:
    """The address of a purpose."""
    return f"activities/{activity.id}#purposes.{segment(name)}"


def group_address(activity: Activity, name: str) -> str:
    """The address of a data group."""
    return f"activities/{activity.id}#data.{segment(name)}"


def purpose_subjects(activity: Activity, purpose: Purpose) -> tuple[str, ...]:
    """The groups of people that a purpose concerns: its own, else all of the activity's."""
    return tuple(purpose.subjects if purpose.subjects is not None else activity.subjects or ())


def bases(basis: Basis | None) -> Iterator[tuple[str, AnyBasis]]:
    """The keys under a purpose's basis, with what each holds."""
    if basis is None:
        return
    for key, name in BASES.items():
        held: AnyBasis | None = getattr(basis, name)
        if held is not None:
            yield key, held


def basis_subjects(activity: Activity, purpose: Purpose, basis: AnyBasis) -> tuple[str, ...]:
    """The groups of people that a basis covers: its own subjects, else the purpose's, else the activity's."""
    return tuple(basis.subjects) if basis.subjects is not None else purpose_subjects(activity, purpose)


def conditions(article_9: Article9 | None) -> Iterator[tuple[str, AnyCondition]]:
    """The keys under a data group's article_9, with what each holds."""
    if article_9 is None:
        return
    for key, name in CONDITIONS.items():
        held: AnyCondition | None = getattr(article_9, name)
        if held is not None:
            yield key, held


def condition_for(group: DataGroup, purpose: str) -> tuple[str, AnyCondition] | None:
    """The condition that takes a purpose: the key that names it, else the one without purposes (docs/rules, per purpose)."""
    fallback = None
    for key, held in conditions(group.article_9):
        if held.purposes is None:
            fallback = fallback or (key, held)
        elif purpose in held.purposes:
            return key, held
    return fallback


def served_purposes(activity: Activity, group: DataGroup) -> tuple[str, ...]:
    """The purposes that a data group serves: its own list, else all of the activity's."""
    return tuple(group.purposes) if group.purposes is not None else tuple(activity.purposes or ())


@cache
def shipped_flags() -> Mapping[str, str]:
    """The flag of each shipped data category: art9, art10, national-id, watch, sensitive or none."""
    return {name: code.flag or "none" for name, code in vocabulary.codes("data_categories").items()}


def category_flag(registry: Registry, category: str) -> str:
    """The flag of a data category: a shipped one's, or that of the shipped one that an own category is like.

    An own category that is like no shipped one has the flag ``own``; it is to be watched (docs/rules, inferred-special-category).
    """
    shipped = shipped_flags().get(category)
    if shipped is not None:
        return shipped
    own = (registry.vocabulary.data_categories or {}).get(category)
    return shipped_flags().get(own.like or "", "own") if own is not None else "own"
