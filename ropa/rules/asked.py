"""Small questions that rules share: what an address holds that no rule can read, whom a basis covers, how a message names things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ropa.context.context import Context, bases, group_address, groups_of, purpose_address, purpose_subjects, purposes_of
from ropa.law import LANGUAGES
from ropa.model.activity import Activity, DataGroup, Purpose
from ropa.model.legal_bases import ConsentBasis, ExplicitConsent
from ropa.model.parties import Party

EVERYONE = "anyone"
"""The code of data subjects that stands for all groups."""


def broken_inside(context: Context, address: str) -> bool:
    """Whether a value at or below an address has a wrong shape, so that what seems missing there may only be unreadable."""
    return any(context.registry.broken.at_or_below(address))


def is_there(context: Context, address: str) -> bool:
    """Whether a key is there without a value that a rule can read: answered ``unknown``, or of a wrong shape."""
    return address in context.registry.unknown or address in context.registry.broken


def is_unreadable(context: Context, address: str, group: DataGroup) -> bool:
    """Whether all that stands as a data group's categories has a wrong shape. Until that is mended, nothing is asked of the group."""
    return not group.categories and broken_inside(context, f"{address}.categories")


def quoted(names: Iterable[str]) -> str:
    """Codes and ids as a message tells them: each as code, with commas between."""
    return ", ".join(f"`{name}`" for name in names)


def called(party: Party) -> str:
    """What people call a party."""
    return party.name or party.alias or party.id


def party_name(context: Context, party: str) -> str:
    """What people call the party of an id; the id itself where the party cannot be read."""
    record = context.registry.parties.get(party)
    return called(record) if record is not None else party


def in_order(context: Context, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The languages of a text with its words, the registry's own first and in their order."""
    return ((code, words[code]) for code in dict.fromkeys((*context.registry.languages, *LANGUAGES)) if code in words)


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
