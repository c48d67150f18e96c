"""Small questions that rules on purposes and consent share: what is broken below an address, and whom a basis covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ropa.context.context import Context, bases, groups_of, purpose_subjects, purposes_of
from ropa.model.activity import Activity, DataGroup, Purpose
from ropa.model.legal_bases import ConsentBasis, ExplicitConsent
from ropa.source.address import segment

EVERYONE = "anyone"
"""The code of data subjects that stands for all groups."""


def broken_inside(context: Context, address: str) -> bool:
    """Whether a value at or below an address has a wrong shape, so that what seems missing there may only be unreadable."""
    return any(context.registry.broken.at_or_below(address))


def is_unreadable(context: Context, address: str, group: DataGroup) -> bool:
    """Whether all that stands as a data group's categories has a wrong shape. Until that is mended, nothing is asked of the group."""
    return not group.categories and broken_inside(context, f"{address}.categories")


def purpose_address(activity: Activity, name: str) -> str:
    """The address of a purpose."""
    return f"activities/{activity.id}#purposes.{segment(name)}"


def group_address(activity: Activity, name: str) -> str:
    """The address of a data group."""
    return f"activities/{activity.id}#data.{segment(name)}"


def not_covered(activity: Activity, purpose: Purpose, keys: Collection[str]) -> tuple[str, ...]:
    """The groups of a purpose that none of the named bases covers; a key without subjects covers all.

    Where the purpose names no groups at all, none is left uncovered.
    """
    covered: set[str] = set()
    for key, basis in bases(purpose.basis):
        if key in keys:
            if basis.subjects is None or EVERYONE in basis.subjects:
                return ()
            covered.update(basis.subjects)
    return tuple(subject for subject in purpose_subjects(activity, purpose) if subject not in covered)


def consent_purposes(context: Context) -> Iterator[tuple[Activity, str, Purpose, ConsentBasis]]:
    """Every purpose that rests on consent, with its activity, its id and the basis."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is not None and purpose.basis.consent is not None:
                yield activity, name, purpose, purpose.basis.consent


def explicit_consents(context: Context) -> Iterator[tuple[Activity, str, ExplicitConsent]]:
    """Every data group with the condition of Art. 9(2)(a), with its activity and its id."""
    for activity in context.controlled:
        for name, group in groups_of(activity).items():
            if group.article_9 is not None and group.article_9.explicit_consent is not None:
                yield activity, name, group.article_9.explicit_consent


def uses_of_consent(context: Context) -> dict[str, list[str]]:
    """Where each consent request carries a basis or a condition for special categories: addresses by the request's id."""
    uses: dict[str, list[str]] = {}
    for activity, name, _, basis in consent_purposes(context):
        if basis.request is not None:
            uses.setdefault(basis.request, []).append(f"{purpose_address(activity, name)}.basis.consent")
    for activity, name, condition in explicit_consents(context):
        if condition.request is not None:
            uses.setdefault(condition.request, []).append(f"{group_address(activity, name)}.article_9.explicit-consent")
    return uses
