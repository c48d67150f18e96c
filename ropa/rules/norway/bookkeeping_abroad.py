"""Where accounting material lies. Bokføringsloven § 13 second paragraph; bokføringsforskriften §§ 7-4, 7-5."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ropa.context.context import Context, PlacedRetention, groups_of
from ropa.findings.finding import Breach
from ropa.law.countries import is_eea
from ropa.model.activity import Activity
from ropa.model.records import System
from ropa.rules.asked import broken_inside
from ropa.rules.law_references import cited_acts
from ropa.rules.norway.retention_by_law import BOOKKEEPING_ACT
from ropa.rules.stock_words import tells_of_accounts_abroad, tells_of_decision
from ropa.source.address import segment

HOME: Final = frozenset({"NO", "SJ", "BV"})
ALSO_ALLOWED: Final = frozenset({"GB", "CH"})
"""Beside the EEA, § 7-5: the United Kingdom and Switzerland."""

BOOKS: Final = frozenset({"erp", "archive", "records-system", "database", "hr-system", "paper"})
"""Systems that keep material. Where one of these is named, others (e-mail, a website) are only on the way."""

PAPER: Final = "paper"
OWN_DEVICE: Final = "own-device"


class Place(NamedTuple):
    """Where a system keeps data: the countries, the addresses that say so, and whether it is paper."""

    countries: tuple[str, ...]
    said: tuple[str, ...]
    paper: bool

    def is_home(self) -> bool:
        """Whether the material lies in Norway, a copy elsewhere or not."""
        return not HOME.isdisjoint(self.countries)

    def is_allowed(self) -> bool:
        """Whether the tax office need only be told: electronic, and in the EEA, the United Kingdom or Switzerland."""
        return not self.paper and all(is_eea(country) or country in ALSO_ALLOWED for country in self.countries)


def bookkeeping_kept_abroad(context: Context) -> Iterator[Breach]:
    """Accounting material outside Norway without notice, or where it may not lie. A rule used several times is told once."""
    told: set[str] = set()
    for placed in context.retentions():
        if placed.activity is None or placed.activity.expression == "media" or placed.address in told or not placed.retention.law:
            continue
        if BOOKKEEPING_ACT not in cited_acts(context, placed.retention.law):
            continue
        for breach in _abroad(context, placed, placed.activity):
            told.add(placed.address)
            yield breach
            break


def _abroad(context: Context, placed: PlacedRetention, activity: Activity) -> Iterator[Breach]:
    """The breach of the first group of data that lies where it may not."""
    rule, words = "bookkeeping-kept-abroad", (placed.retention.kept_abroad or {}).values()
    if any(tells_of_decision(text) or tells_of_accounts_abroad(text) for text in words):
        return
    for systems in _systems_of_groups(activity, placed.group):
        places = _places(context, systems)
        if not places or any(place.is_home() for place in places):
            continue
        allowed = any(place.is_allowed() for place in places)
        if allowed and words:
            continue
        related = tuple(address for place in places for address in place.said)
        countries = ", ".join(dict.fromkeys(country for place in places for country in place.countries))
        variant, address = _told_where(placed, allowed)
        if not broken_inside(context, address):
            yield Breach(rule, address, variant, {"countries": countries}, related=related)


def _told_where(placed: PlacedRetention, allowed: bool) -> tuple[str, str]:
    """The wording, and the address: of notice that is missing the key; a shipped rule has no keys of its own here."""
    if placed.shipped is not None:
        return ("not-told-shipped" if allowed else "not-allowed"), placed.address
    return ("not-told", f"{placed.address}.kept_abroad") if allowed else ("not-allowed", placed.address)


def _systems_of_groups(activity: Activity, group: str | None) -> Iterator[list[str]]:
    """The systems of each data group that a retention holds for; those of the activity where it has no groups."""
    groups = groups_of(activity)
    if not groups:
        yield activity.systems or []
    for name, held in groups.items():
        if name == group or (group is None and held.retention is None):
            yield held.systems if held.systems is not None else activity.systems or []


def _places(context: Context, systems: list[str]) -> list[Place]:
    """Where the systems keep material, as far as it is known."""
    known = [(name, context.registry.systems[name]) for name in systems if name in context.registry.systems]
    books = [(name, system) for name, system in known if system.kind in BOOKS] or known
    places = [_place(context, name, system) for name, system in books if system.kind != OWN_DEVICE]
    return [place for place in places if place.countries]


def _place(context: Context, name: str, system: System) -> Place:
    paper = system.kind == PAPER
    if system.stored_in:
        return _said(f"systems/{name}#stored_in", tuple(system.stored_in), paper)
    if system.run_by is None:
        own = context.registry.organisation.country
        return Place((own,) if own is not None else (), (), paper)
    party = context.registry.parties.get(system.run_by)
    return _said(f"parties/{system.run_by}#stored_in", tuple(party.stored_in or ()) if party is not None else (), paper)


def _said(address: str, countries: tuple[str, ...], paper: bool) -> Place:
    return Place(countries, tuple(f"{address}.{segment(country)}" for country in countries), paper)


BOOKKEEPING_ABROAD = (bookkeeping_kept_abroad,)
