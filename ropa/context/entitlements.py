"""Which rights people have for each purpose, from what is declared: for rules, notice, record and `ropa rights`. GDPR Arts 13 to 22."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from ropa.context.context import Context, bases, basis_subjects, condition_for, groups_of, purpose_subjects, purposes_of, served_purposes
from ropa.law import rights
from ropa.law.rights import Right
from ropa.model.activity import Activity, AutomatedDecision, DataGroup, Purpose

EXPLICIT_CONSENT = "explicit-consent"


class Entitlement(NamedTuple):
    """The rights of some groups of people for one purpose, and what decides them.

    `bases` are the keys under `basis` that cover these people, none where there is no basis; `explicit` the data groups about them that
    rest on explicit consent (9(2)(a)); `automated` tells whether a decision by automated means alone serves the purpose.
    """

    subjects: tuple[str, ...]
    bases: tuple[str, ...]
    explicit: tuple[str, ...]
    kind: str | None
    automated: bool
    rights: tuple[Right, ...]


def purpose_rights(context: Context, activity: Activity, name: str) -> tuple[Right, ...]:
    """The rights of all whom a purpose concerns, on all of its bases together: what a notice to all of them must tell."""
    purpose = purposes_of(activity)[name]
    explicit = bool(_explicit(activity, name))
    return _rights(_bases(context, purpose), explicit, purpose.kind, decides(activity, name))


def activity_rights(context: Context, activity: Activity) -> tuple[Right, ...]:
    """The rights that any purpose of an activity gives; none where no purpose has a basis."""
    purposes = purposes_of(activity)
    if not any(_bases(context, purpose) for purpose in purposes.values()):
        return ()
    return _merged(right for name in purposes for right in purpose_rights(context, activity, name))


def entitlements(context: Context, activity: Activity, name: str) -> tuple[Entitlement, ...]:
    """The rights for a purpose by groups of people: each group with the bases that cover it, those with the same ones together."""
    purpose, automated = purposes_of(activity)[name], decides(activity, name)
    people = purpose_subjects(activity, purpose)
    by_ground: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for subject in people or ("",):
        ground = (_bases_of(context, activity, purpose, subject), _explicit(activity, name, subject))
        by_ground.setdefault(ground, []).append(subject)
    return tuple(
        Entitlement(
            subjects=tuple(subject for subject in subjects if subject),
            bases=keys,
            explicit=explicit,
            kind=purpose.kind,
            automated=automated,
            rights=_rights(keys, bool(explicit), purpose.kind, automated),
        )
        for (keys, explicit), subjects in by_ground.items()
    )


def decides(activity: Activity, name: str) -> bool:
    """Whether a decision by automated means alone is declared for a purpose."""
    decision = activity.automated_decision
    return isinstance(decision, AutomatedDecision) and (decision.purposes is None or name in decision.purposes)


def first_purpose(context: Context, purpose: Purpose) -> Purpose | None:
    """The purpose of the collection on whose basis a further purpose rests (6(4), `same_basis`); None for one that has its own."""
    further = purpose.further_processing
    if purpose.basis is not None or further is None or not further.same_basis or not further.of:
        return None
    record, _, name = further.of.rpartition(".")
    activity = context.registry.activities.get(record)
    return purposes_of(activity).get(name) if activity is not None else None


@cache
def _rights(keys: tuple[str, ...], explicit: bool, kind: str | None, automated: bool) -> tuple[Right, ...]:
    """The same few grounds stand behind thousands of purposes."""
    return rights.rights_for(keys, explicit_consent=explicit, kinds=(kind,) if kind else (), automated=automated)


def _bases(context: Context, purpose: Purpose) -> tuple[str, ...]:
    """The keys under a purpose's basis, or those of the purpose on whose basis it rests."""
    first = first_purpose(context, purpose)
    return tuple(key for key, _ in bases((first or purpose).basis))


def _bases_of(context: Context, activity: Activity, purpose: Purpose, subject: str) -> tuple[str, ...]:
    """The bases that cover one group of people; all of them where nothing says whom the purpose concerns."""
    if first_purpose(context, purpose) is not None or not subject:
        return _bases(context, purpose)
    return tuple(key for key, basis in bases(purpose.basis) if _covers(basis_subjects(activity, purpose, basis), subject))


def _covers(subjects: tuple[str, ...], subject: str) -> bool:
    return subject in subjects or "anyone" in subjects


def _explicit(activity: Activity, name: str, subject: str = "") -> tuple[str, ...]:
    """The data groups that serve a purpose on explicit consent, of all or of one group of people."""
    return tuple(key for key, group in groups_of(activity).items() if _rests_on_consent(activity, group, name, subject))


def _rests_on_consent(activity: Activity, group: DataGroup, name: str, subject: str) -> bool:
    if group.article_9 is None or name not in served_purposes(activity, group):
        return False
    if subject and group.subjects is not None and not _covers(tuple(group.subjects), subject):
        return False
    found = condition_for(group, name)
    return found is not None and found[0] == EXPLICIT_CONSENT


def _merged(every: Iterable[Right]) -> tuple[Right, ...]:
    """Each right once, in the order of the law's data; full wins over conditional."""
    found: dict[str, Right] = {}
    for right in every:
        before = found.get(right.code)
        found[right.code] = right if before is None else _joined(before, right)
    return tuple(found[code] for code in rights.definitions() if code in found)


def _joined(one: Right, other: Right) -> Right:
    return msgspec.structs.replace(
        one,
        status="full" if "full" in (one.status, other.status) else "cond",
        notes=tuple(dict.fromkeys((*one.notes, *other.notes))),
        limited_by=tuple(dict.fromkeys((*one.limited_by, *other.limited_by))),
    )


def all_entitlements(context: Context) -> Iterator[tuple[Activity, str, Entitlement]]:
    """Every entitlement of every purpose that the organisation controls."""
    for activity in context.controlled:
        for name in purposes_of(activity):
            for each in entitlements(context, activity, name):
                yield activity, name, each
