"""What employers must not ask applicants for. Arbeidsmiljøloven §§ 9-3, 9-4, 13-4; likestillings- og diskrimineringsloven § 30."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from ropa.context.context import Context, group_address, groups_of, purposes_of, served_purposes
from ropa.findings.finding import Breach
from ropa.model.activity import Activity
from ropa.rules.asked import broken_inside
from ropa.rules.empty import says_nothing
from ropa.source.address import segment

RULE: Final = "recruitment-forbidden-data"
RECRUITMENT: Final = "recruitment"

Needs = Literal["because", "advertised", "never"]
"""What lets an employer ask: a reason, a reason that the advertisement tells of, or nothing at all."""

FORBIDDEN: Final[Mapping[str, Needs]] = {
    "health-data": "because",
    "sickness-absence": "because",
    "allergies": "because",
    "genetic-data": "because",
    "political-opinion": "advertised",
    "trade-union-membership": "advertised",
    "racial-ethnic-origin": "because",
    "religious-belief": "because",
    "philosophical-belief": "because",
    "disability": "because",
    "pregnancy-family-planning": "never",
    "sex-life": "never",
    "sexual-orientation": "never",
    "gender-identity": "never",
}


def recruitment_forbidden_data(context: Context) -> Iterator[Breach]:
    """Applicants are not asked for what the law forbids, unless they offer it or the post calls for it."""
    likes = _forbidden(context)
    for activity in context.controlled:
        hiring = {name for name, purpose in purposes_of(activity).items() if purpose.kind == RECRUITMENT}
        if not hiring or broken_inside(context, f"activities/{activity.id}#recruitment"):
            continue
        told: set[str] = set()
        for name, group in groups_of(activity).items():
            if hiring.isdisjoint(served_purposes(activity, group)):
                continue
            for category in group.categories or ():
                if category in likes:
                    place = f"{group_address(activity, name)}.categories.{segment(category)}"
                    found = [breach for breach in _fault(context, activity, place, category, likes[category]) if breach.address not in told]
                    told.update(breach.address for breach in found)
                    yield from found


def _forbidden(context: Context) -> Mapping[str, str]:
    """The categories that may not be asked for, each with the shipped one that it is or is like."""
    own = context.registry.vocabulary.data_categories or {}
    likes = {name: category.like for name, category in own.items() if category.like is not None and category.like in FORBIDDEN}
    return {**{name: name for name in FORBIDDEN}, **likes}


def _fault(context: Context, activity: Activity, place: str, category: str, like: str) -> Iterator[Breach]:
    """What is wrong with asking for a category: it has no entry under `recruitment`, or one that does not carry."""
    needs, params = FORBIDDEN[like], {"category": category}
    entries = activity.recruitment or {}
    key = like if like in entries and category not in entries else category
    address, entry = f"activities/{activity.id}#recruitment.{segment(key)}", entries.get(key)
    if address in context.registry.unknown or (entry is not None and says_nothing(context, address, entry)):
        yield Breach(RULE, address, "never" if needs == "never" else "empty", params)
    elif entry is None:
        yield Breach(RULE, place, "asked-never" if needs == "never" else "asked-advertised" if needs == "advertised" else "asked", params)
    elif entry.volunteered is True:
        return
    elif needs == "never":
        yield Breach(RULE, address, "never", params)
    else:
        if entry.because is None:
            yield Breach(RULE, f"{address}.because", "because", params)
        if needs == "advertised" and entry.in_advertisement is not True:
            yield Breach(RULE, f"{address}.in_advertisement", "advertisement", params)


RECRUITMENT_DATA = (recruitment_forbidden_data,)
