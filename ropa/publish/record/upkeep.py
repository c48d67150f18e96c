"""What else is told of an activity: name, unit, status, security (Art. 30(1)(g)), artificial intelligence, documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ropa.law import vocabulary
from ropa.model.activity import Activity
from ropa.publish.record.cells import Cell, line
from ropa.publish.record.flows import system_ids
from ropa.publish.record.scribe import Scribe
from ropa.source.address import segment

EVERYWHERE: Final = "security-measures#everywhere"


def name(scribe: Scribe, activity: Activity) -> Cell:
    """What the activity is called."""
    return scribe.text_line(activity.name, "strong") or scribe.filled((), f"activities/{activity.id}#name")


def unit(scribe: Scribe, activity: Activity) -> Cell:
    """The unit or function that the activity belongs to."""
    return (*scribe.text_line(activity.unit), *scribe.gaps(f"activities/{activity.id}#unit"))


def owner(scribe: Scribe, activity: Activity) -> Cell:
    """The role that answers for the activity from day to day."""
    return (*((line(activity.owner),) if activity.owner else ()), *scribe.gaps(f"activities/{activity.id}#owner"))


def status(scribe: Scribe, activity: Activity) -> Cell:
    """Active, or no longer collecting."""
    return (line(scribe.fixed("status.ended" if activity.collection_ended else f"status.{activity.status or 'active'}")),)


def period(scribe: Scribe, activity: Activity) -> Cell:
    """From when, and since when no more is collected."""
    cell = []
    for key in ("start", "collection_ended", "data_deleted"):
        day = getattr(activity, key)
        if day:
            cell.append(line(scribe.words.date(day), lead=scribe.fixed(f"period.{key}")))
        cell += scribe.gaps(f"activities/{activity.id}#{key}")
    return tuple(cell)


def access(scribe: Scribe, activity: Activity) -> Cell:
    """Who in the house has access, by role."""
    roles = tuple(line(role) for role in activity.internal_access or ())
    return (*roles, *scribe.gaps(f"activities/{activity.id}#internal_access"))


def security(scribe: Scribe, activity: Activity) -> Cell:
    """Arts 30(1)(g) and 30(2)(d): every measure, by kind: technical, organisational, physical."""
    own = (*_by_kind(scribe, measures(scribe, activity)), *_reservations(scribe, activity))
    return scribe.filled(own, *_places(activity), EVERYWHERE)


def everywhere(scribe: Scribe) -> Cell:
    """The measures that hold for every activity, which a page says once."""
    return (*_by_kind(scribe, scribe.context.registry.security_measures.everywhere or ()), *scribe.gaps(EVERYWHERE))


def security_beside(scribe: Scribe, activity: Activity) -> Cell:
    """The measures of an activity beside those that hold everywhere."""
    general = scribe.context.registry.security_measures.everywhere or ()
    if not general:
        return security(scribe, activity)
    own = _by_kind(scribe, [code for code in measures(scribe, activity) if code not in general])
    found = (*own, *_reservations(scribe, activity), *scribe.gaps(*_places(activity)))
    return (line(scribe.fixed("measures.everywhere"), "muted"), *found)


def _by_kind(scribe: Scribe, codes: Iterable[str]) -> Cell:
    by_kind: dict[str, list[str]] = {}
    for code in codes:
        by_kind.setdefault(_kind(scribe, code), []).append(code)
    kinds = [kind for kind in ("technical", "organisational", "physical") if kind in by_kind]
    return tuple(line(scribe.labels("security_measures", by_kind[kind]), lead=scribe.fixed(f"measures.{kind}")) for kind in kinds)


def _reservations(scribe: Scribe, activity: Activity) -> Cell:
    """Why something is not encrypted, or why the measures cannot be described."""
    details = activity.security_measures
    if details is None:
        return ()
    unencrypted = scribe.text_line(details.no_encryption_because, "muted", scribe.fixed("measures.no_encryption"))
    return (*unencrypted, *scribe.text_line(details.not_possible, "muted", scribe.fixed("measures.not_possible")))


def _places(activity: Activity) -> list[str]:
    return [f"activities/{activity.id}#security_measures", *(f"systems/{name}#security_measures" for name in system_ids(activity))]


def measures(scribe: Scribe, activity: Activity) -> list[str]:
    """The codes of the measures that hold everywhere, for the activity and for its systems, each once."""
    registry = scribe.context.registry
    codes = list(registry.security_measures.everywhere or ())
    codes += (activity.security_measures.codes if activity.security_measures is not None else None) or ()
    for system in system_ids(activity):
        record = registry.systems.get(system)
        codes += (record.security_measures if record is not None else None) or ()
    return list(dict.fromkeys(codes))


def _kind(scribe: Scribe, code: str) -> str:
    shipped = vocabulary.codes("security_measures").get(code)
    own = (scribe.context.registry.security_measures.own or {}).get(code)
    return (shipped.kind if shipped is not None else own.kind if own is not None else None) or "organisational"


def intelligence(scribe: Scribe, activity: Activity) -> Cell:
    """Artificial intelligence: what it is used for, whether the data are used to develop it, the system."""
    ai = activity.ai
    if ai is None:
        return scribe.gaps(f"activities/{activity.id}#ai")
    cell = [*scribe.text_line(ai.used_for, lead=scribe.fixed("ai.used_for"))]
    if isinstance(ai.develops, dict):
        cell += scribe.text_line(ai.develops, lead=scribe.fixed("ai.develops"))
    elif ai.develops is not None:
        cell.append(line(scribe.fixed("yes" if ai.develops else "no"), lead=scribe.fixed("ai.develops")))
    if ai.system:
        record = scribe.context.registry.systems.get(ai.system)
        cell.append(line(scribe.words.text(record.name) if record is not None else ai.system, lead=scribe.fixed("ai.system")))
    return (*cell, *scribe.gaps(f"activities/{activity.id}#ai"))


def documents(scribe: Scribe, activity: Activity) -> Cell:
    """Where risk assessments, routines and the like are."""
    cell = tuple(line(link, lead=key) for key, link in (activity.documents or {}).items())
    return (*cell, *scribe.gaps(f"activities/{activity.id}#documents"))


def processing(scribe: Scribe, activity: Activity) -> Cell:
    """Art. 30(2)(b): the categories of processing carried out for a customer."""
    labels = scribe.words.labels("processing_categories", activity.categories_of_processing)
    return scribe.filled((line(said) for said in labels), f"activities/{activity.id}#categories_of_processing")


def since(scribe: Scribe, activity: Activity, customer: str | None) -> Cell:
    """Since when we process for a customer."""
    held = (activity.on_behalf_of or {}).get(customer or "")
    cell = (line(scribe.words.date(held.since)),) if held is not None and held.since else ()
    return (*cell, *(scribe.gaps(f"activities/{activity.id}#on_behalf_of.{segment(customer)}") if customer else ()))
