"""Special categories of data and the conditions for them: GDPR Arts 9, 6(1); personopplysningsloven §§ 6, 7, 9."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ropa.context.context import (
    CONDITIONS,
    Context,
    category_flag,
    condition_for,
    conditions,
    group_address,
    groups_of,
    purpose_address,
    purpose_subjects,
    purposes_of,
    served_purposes,
)
from ropa.findings.finding import Breach
from ropa.flows.edges import Receipt
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup
from ropa.model.legal_bases import Article9, LawCondition, MadePublicCondition, VitalInterestsCondition
from ropa.rules.asked import broken_inside, quoted
from ropa.source.address import segment, split

INSTEAD_OF_LAW: Final[dict[str, str | None]] = {
    "employment-and-social-law": "collective_agreement",
    "substantial-public-interest": "permit",
    "health-and-social-care": "contract_with_professional",
    "public-health": None,
    "archiving-research-statistics": None,
}
"""The conditions that work only with a law, and what may stand in its place (GDPR 9(2)(b), (g)-(j); personopplysningsloven § 7)."""

NEED_NOTHING: Final = frozenset({"legal-claims", "not-for-profit-body"})
"""Conditions of which no rule of this topic asks more, so that an unknown one is as good as none."""

REGULAR_CONTACTS: Final = frozenset(
    {"member", "former-member", "board-member", "volunteer", "donor", "newsletter-subscriber", "child", "guardian"}
)
"""Shipped groups that can be members or in regular contact with a body, GDPR 9(2)(d). Age and family say nothing against it."""

INSIDE: Final = frozenset({"processor", None})
"""Roles of recipients that are not outside the body: a processor acts on its instructions; a role left out is another finding."""

SERVICE_KINDS: Final = frozenset(
    {
        "internal",
        "it-hosting",
        "it-support",
        "saas",
        "crm",
        "email-delivery",
        "recruitment-platform",
        "payroll-accounting",
        "consent-platform",
        "accountant",
    }
)
"""Kinds of recipient without a name that are the body itself or usually act on its instructions."""


def flagged(context: Context, flag: str) -> Iterator[tuple[Activity, str, DataGroup, tuple[str, ...]]]:
    """Every data group of ours with categories of a flag, with its activity, its id and those categories."""
    for activity in context.controlled:
        for name, group in groups_of(activity).items():
            categories = tuple(category for category in group.categories or () if category_flag(context.registry, category) == flag)
            if categories:
                yield activity, name, group, categories


def only_without_section(context: Context, laws: list[str] | None) -> bool:
    """Whether laws are named, all of them known and none with a section, which counts as unknown (docs/format.md)."""
    return bool(laws) and all(found.status == "no-section" for law in laws or () for found in context.resolved(law))


def _groups_with_condition(context: Context) -> Iterator[tuple[Activity, str, DataGroup, Article9]]:
    for activity in context.controlled:
        for name, group in groups_of(activity).items():
            if group.article_9 is not None:
                yield activity, name, group, group.article_9


def _unknown_conditions(context: Context) -> Iterator[tuple[str, str]]:
    """The conditions that are named but answered ``unknown``: the address and the key."""
    for address in context.registry.unknown:
        start, _, key = address.rpartition(".")
        if start.endswith(".article_9") and key in CONDITIONS and _is_controlled(context, address):
            yield address, key


def _is_controlled(context: Context, address: str) -> bool:
    record, _ = split(address)
    return any(record == f"activities/{activity.id}" for activity in context.controlled)


def special_category_without_condition(context: Context) -> Iterator[Breach]:
    """Special categories have a condition of Art. 9(2) for every purpose that they serve."""
    unknown = dict(_unknown_conditions(context))
    for activity, name, group, categories in flagged(context, "art9"):
        address = f"{group_address(activity, name)}.article_9"
        asked = [at for at in unknown if at.startswith(f"{address}.")]
        params = {"categories": quoted(categories)}
        related = tuple(purpose_address(activity, purpose) for purpose in served_purposes(activity, group))
        if any(unknown[at] not in NEED_NOTHING for at in asked) or broken_inside(context, address):
            continue
        if next(conditions(group.article_9), None) is None:
            at, variant = (asked[0], "open") if asked else (address, "missing")
            yield Breach("special-category-without-condition", at, variant, params, related=related)
            continue
        open_purposes = [purpose for purpose in served_purposes(activity, group) if condition_for(group, purpose) is None]
        if open_purposes and not asked:
            related = tuple(purpose_address(activity, purpose) for purpose in open_purposes)
            params["purposes"] = quoted(open_purposes)
            yield Breach("special-category-without-condition", address, "purpose", params, related=related, value=open_purposes)


def special_condition_without_article_6(context: Context) -> Iterator[Breach]:
    """A condition of Art. 9 does not stand in for the basis of the purpose.

    A purpose without any basis is purpose-without-legal-basis. Here speaks the rule where that one is silent: marketing to existing
    customers needs no basis of its own for the sending, but a data group of special categories that serves it does.
    """
    for activity, name, group, _ in _groups_with_condition(context):
        for key in served_purposes(activity, group):
            purpose = purposes_of(activity).get(key)
            if purpose is None or purpose.basis is not None or purpose.marketing is None or purpose.marketing.existing_customer is None:
                continue
            if condition_for(group, key) is not None:
                address = f"{purpose_address(activity, key)}.basis"
                condition = f"{group_address(activity, name)}.article_9"
                yield Breach("special-condition-without-article-6", address, "marketing", {"group_name": name}, related=(condition,))


def special_condition_without_law(context: Context) -> Iterator[Breach]:
    """Conditions that work only with a law name it with its section, or what may stand in its place."""
    for activity, name, _, article_9 in _groups_with_condition(context):
        for key, held in conditions(article_9):
            if not isinstance(held, LawCondition):
                continue
            instead = INSTEAD_OF_LAW[key]
            if instead is not None and getattr(held, instead) is not None:
                continue
            address = f"{group_address(activity, name)}.article_9.{key}.law"
            if not held.law and not broken_inside(context, address):
                yield Breach("special-condition-without-law", address, key)
            elif only_without_section(context, held.law):
                yield Breach("special-condition-without-law", address, "section", {"law": ", ".join(held.law or ())})


def health_condition_without_secrecy(context: Context) -> Iterator[Breach]:
    """Health and social care as a condition rests on someone bound by professional secrecy."""
    for activity, name, _, article_9 in _groups_with_condition(context):
        held = article_9.health_and_social_care
        if held is None:
            continue
        address = f"{group_address(activity, name)}.article_9.health-and-social-care.secrecy"
        if not held.secrecy and not broken_inside(context, address):
            yield Breach("health-condition-without-secrecy", address, "missing")
        elif only_without_section(context, held.secrecy):
            yield Breach("health-condition-without-secrecy", address, "section", {"law": ", ".join(held.secrecy or ())})


def special_condition_misused(context: Context) -> Iterator[Breach]:
    """The three narrow conditions: vital interests, members of a non-profit body, and data that the person has made public."""
    for address, key in _unknown_conditions(context):
        if key in ("vital-interests", "manifestly-made-public"):
            yield Breach("special-condition-misused", address, "inability-open" if key == "vital-interests" else "made-public-open")
    for activity, name, group, article_9 in _groups_with_condition(context):
        for key, held in conditions(article_9):
            address = f"{group_address(activity, name)}.article_9.{key}"
            if isinstance(held, VitalInterestsCondition):
                if held.inability is None:
                    yield Breach("special-condition-misused", f"{address}.inability", "inability")
            elif isinstance(held, MadePublicCondition):
                yield from _made_public(address, held)
            elif key == "not-for-profit-body":
                yield from _not_for_profit(context, activity, name, group, address)


def _made_public(address: str, held: MadePublicCondition) -> Iterator[Breach]:
    if held.by != "data-subject":
        yield Breach("special-condition-misused", f"{address}.by", "made-public-by")
    if held.reference is None:
        yield Breach("special-condition-misused", f"{address}.reference", "made-public-where")


def _not_for_profit(context: Context, activity: Activity, name: str, group: DataGroup, address: str) -> Iterator[Breach]:
    """The body, whose data, and who gets them; each a finding of its own."""
    organisation = context.registry.organisation
    if organisation.kind is not None and organisation.kind != "non-profit":
        yield Breach("special-condition-misused", address, "not-a-body", related=("organisation#kind",))
        return
    if organisation.kind is not None and organisation.aim is None:
        yield Breach("special-condition-misused", address, "no-aim", related=("organisation#aim",))
    key = f"data.{segment(name)}.subjects" if group.subjects is not None else "subjects"
    for subject in _subjects_under(activity, group):
        if subject in vocabulary.codes("data_subjects") and subject not in REGULAR_CONTACTS:
            related = (f"activities/{activity.id}#{key}.{subject}",)
            yield Breach("special-condition-misused", address, "not-a-member", {"subject": subject}, related=related, value=subject)
    seen: set[str] = set()
    for receipt in context.flows.receipts(activity.id):
        recipient = receipt.party or receipt.kind or ""
        if recipient not in seen and _is_outside_the_body(activity, name, group, receipt):
            seen.add(recipient)
            yield Breach(
                "special-condition-misused",
                address,
                "outside-the-body",
                {"recipient": recipient},
                related=(receipt.address,),
                value=recipient,
            )


def _under_membership(activity: Activity, group: DataGroup) -> set[str]:
    """The purposes of a group that the condition of non-profit bodies takes."""
    taken = set()
    for purpose in served_purposes(activity, group):
        found = condition_for(group, purpose)
        if found is not None and found[0] == "not-for-profit-body":
            taken.add(purpose)
    return taken


def _subjects_under(activity: Activity, group: DataGroup) -> tuple[str, ...]:
    """Whose data stand under the membership condition: the group's people, as far as the purposes concern them."""
    people = tuple(group.subjects if group.subjects is not None else activity.subjects or ())
    purposes = [purposes_of(activity)[key] for key in sorted(_under_membership(activity, group)) if key in purposes_of(activity)]
    concerned = {subject for purpose in purposes for subject in purpose_subjects(activity, purpose)}
    return tuple(person for person in people if person in concerned) if concerned else people


def _is_outside_the_body(activity: Activity, name: str, group: DataGroup, receipt: Receipt) -> bool:
    """Whether a recipient gets the group for a purpose under the condition, is not the body itself and has no consent for it."""
    if receipt.role in INSIDE and (receipt.party is not None or receipt.role is not None or receipt.kind in SERVICE_KINDS):
        return False
    if receipt.groups is not None and name not in receipt.groups:
        return False
    if receipt.purposes is not None and not set(receipt.purposes) & _under_membership(activity, group):
        return False
    entries = activity.recipients or {}
    return not any(
        entry.ground == "consent" for key, entry in entries.items() if key == receipt.entry or (entry.party or key) == receipt.party
    )


def inferred_special_category(context: Context) -> Iterator[Breach]:
    """Data that may reveal a special category are assessed, or have a condition. Once a group: one assessment answers for it."""
    for activity in context.controlled:
        for name, group in groups_of(activity).items():
            if group.reveals_nothing is not None or group.article_9 is not None:
                continue
            flags = {category: category_flag(context.registry, category) for category in group.categories or ()}
            if "art9" in flags.values():
                continue
            watched = [category for category, flag in flags.items() if flag == "watch" or (flag == "own" and _is_own(context, category))]
            address = group_address(activity, name)
            if watched and not broken_inside(context, f"{address}.reveals_nothing"):
                variant = "watch" if flags[watched[0]] == "watch" else "own"
                at = (
                    f"{address}.reveals_nothing"
                    if f"{address}.reveals_nothing" in context.registry.unknown
                    else f"{address}.categories.{watched[0]}"
                )
                yield Breach("inferred-special-category", at, variant, {"categories": quoted(watched)}, value=watched)


def _is_own(context: Context, category: str) -> bool:
    """Whether a category is really the registry's own and says nothing wrong of what it is like."""
    own = context.registry.vocabulary.data_categories or {}
    return category in own and f"vocabulary#data_categories.{category}.like" not in context.registry.broken


SPECIAL_CATEGORIES = (
    special_category_without_condition,
    special_condition_without_article_6,
    special_condition_without_law,
    special_condition_misused,
    health_condition_without_secrecy,
    inferred_special_category,
)
