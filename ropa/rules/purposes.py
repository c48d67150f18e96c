"""Purposes and choice of legal basis: GDPR Arts 5(1)(b), 5(1)(c), 6(1), 6(4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ropa.context.context import Context, bases, group_address, groups_of, purpose_address, purpose_subjects, purposes_of
from ropa.findings.finding import Breach
from ropa.model.activity import Activity, Compatibility, DataGroup, FurtherProcessing, Purpose
from ropa.model.legal_bases import AnyBasis
from ropa.rules.asked import EVERYONE, broken_inside, is_unreadable, not_covered
from ropa.rules.translations import lacks_default
from ropa.rules.words import two_bases_named
from ropa.source.address import split

ELECTRONIC_MAIL: Final = frozenset({"email", "sms", "app-message"})
"""Channels that count as electronic mail, markedsføringsloven § 15 fourth paragraph."""

CONSENT_OR_LAW: Final = ("consent", "legal-obligation", "public-task")
"""Bases that may carry an incompatible further purpose, GDPR Art. 6(4)."""

COMPATIBLE_KINDS: Final = frozenset({"archiving", "research-statistics"})
"""Purposes that are not incompatible with the original ones, GDPR Arts 5(1)(b), 89(1)."""

WORDS_OF: Final = {
    "consent": ("free_because", "alternative"),
    "contract": ("name", "necessary_because"),
    "legal-obligation": ("duty",),
    "vital-interests": ("because",),
    "public-task": ("task", "task_because"),
    "legitimate-interest": ("interest",),
}
"""The officer's words under each basis."""

FACTORS: Final = ("link", "context", "nature", "consequences", "safeguards")
"""The five factors of GDPR Art. 6(4)(a)-(e)."""

FEW_CATEGORIES: Final = 3
"""As many categories as an activity with one purpose may have before each group must say why it is needed."""


def purpose_missing(context: Context) -> Iterator[Breach]:
    """An activity without a purpose, or a purpose without a text in the default language."""
    unknown = _unknown_purposes(context)
    for activity in context.controlled:
        record = f"activities/{activity.id}"
        for address in unknown.get(record, ()):
            yield Breach("purpose-missing", address, "purpose", {"name": split(address)[1][-1]})
        if not activity.purposes and record not in unknown and not broken_inside(context, f"{record}#purposes"):
            yield Breach("purpose-missing", f"{record}#purposes", "purposes")
        for name, purpose in purposes_of(activity).items():
            yield from _text_missing(context, f"{purpose_address(activity, name)}.text", name, purpose)


def _unknown_purposes(context: Context) -> dict[str, list[str]]:
    """The purposes that are answered ``unknown`` as a whole, by their activity's record."""
    found: dict[str, list[str]] = {}
    for address in context.registry.unknown:
        record, path = split(address)
        if len(path) == 2 and path[0] == "purposes":
            found.setdefault(record, []).append(address)
    return found


def _text_missing(context: Context, address: str, name: str, purpose: Purpose) -> Iterator[Breach]:
    language = context.registry.language
    if purpose.text is None:
        if not broken_inside(context, address):
            yield Breach("purpose-missing", address, "text", {"name": name})
    elif lacks_default(context, purpose.text):
        yield Breach("purpose-missing", f"{address}.{language}", "language", {"name": name, "language": language})


def purpose_without_legal_basis(context: Context) -> Iterator[Breach]:
    """A purpose without a basis, or with groups of people whom none of its bases covers."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            keys = [key for key, _ in bases(purpose.basis)]
            uncovered = not_covered(activity, purpose, keys)
            if (keys and not uncovered) or _needs_no_basis(purpose):
                continue
            address = f"{purpose_address(activity, name)}.basis"
            if broken_inside(context, address) or _exception_unreadable(context, purpose_address(activity, name)):
                continue
            if keys:
                yield Breach("purpose-without-legal-basis", address, "groups", {"groups": ", ".join(uncovered)})
            else:
                yield Breach("purpose-without-legal-basis", _unknown_key(context, address), "missing")


def _needs_no_basis(purpose: Purpose) -> bool:
    """Whether a purpose may stand without a basis of its own: recital 50, or markedsføringsloven § 15 third paragraph (C-654/23)."""
    if _takes_basis_of_collection(purpose):
        return True
    marketing = purpose.marketing
    return marketing is not None and marketing.existing_customer is not None and set(marketing.channels or ()) <= ELECTRONIC_MAIL


def _exception_unreadable(context: Context, address: str) -> bool:
    """Whether what would let a purpose stand without a basis has a wrong shape, so that nobody knows."""
    broken = context.registry.broken
    return any(any(broken.at_or_above(f"{address}.{key}")) for key in ("marketing.existing_customer", "further_processing.same_basis"))


def _takes_basis_of_collection(purpose: Purpose) -> bool:
    return purpose.further_processing is not None and purpose.further_processing.same_basis is True


def _unknown_key(context: Context, address: str) -> str:
    """The basis that was answered ``unknown``, else the place of the basis itself."""
    below = [at for at in context.registry.unknown if at.startswith(address + ".") and at.count(".") == address.count(".") + 1]
    return min(below, default=address)


def several_bases_for_one_purpose(context: Context) -> Iterator[Breach]:
    """Two bases for the same people and the same purpose, without a recorded reason."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            if purpose.basis is None or purpose.several_because is not None:
                continue
            address = f"{purpose_address(activity, name)}.basis"
            held = list(bases(purpose.basis))
            overlapping = _overlapping(held)
            if overlapping:
                if not broken_inside(context, address):
                    yield Breach("several-bases-for-one-purpose", address, "overlap", {"bases": ", ".join(overlapping)})
                continue
            named = _bases_named(purpose, held)
            if named:
                yield Breach("several-bases-for-one-purpose", address, "in-words", {"bases": ", ".join(named)})


def _overlapping(held: list[tuple[str, AnyBasis]]) -> list[str]:
    """The bases that cover the same group of people as another one."""
    groups = {key: None if basis.subjects is None else set(basis.subjects) for key, basis in held}
    return [key for key in groups if any(_meet(groups[key], groups[other]) for other in groups if other != key)]


def _meet(one: set[str] | None, other: set[str] | None) -> bool:
    """Whether two bases share people; None or everyone stands for all."""
    if one is None or other is None or EVERYONE in one or EVERYONE in other:
        return True
    return bool(one & other)


def _bases_named(purpose: Purpose, held: list[tuple[str, AnyBasis]]) -> tuple[str, str] | None:
    """Two bases that the purpose's own words name side by side."""
    for text in (purpose.text, *(getattr(basis, words) for key, basis in held for words in WORDS_OF[key])):
        for words in (text or {}).values():
            named = two_bases_named(words)
            if named is not None:
                return named
    return None


def further_purpose_without_compatibility_test(context: Context) -> Iterator[Breach]:
    """Data used for another purpose without a compatibility test, or without telling people first."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            further = purpose.further_processing
            if further is None or further.since_collection is True:
                continue
            address = f"{purpose_address(activity, name)}.further_processing"
            if purpose.kind not in COMPATIBLE_KINDS and not _rests_on(activity, purpose, CONSENT_OR_LAW):
                yield from _untested(context, address, further)
            yield from _not_told(context, address, further)


def _rests_on(activity: Activity, purpose: Purpose, keys: tuple[str, ...]) -> bool:
    """Whether the purpose rests on one of the bases for everyone whom it concerns."""
    return any(key in keys for key, _ in bases(purpose.basis)) and not not_covered(activity, purpose, keys)


def _untested(context: Context, address: str, further: FurtherProcessing) -> Iterator[Breach]:
    rule, at = "further-purpose-without-compatibility-test", f"{address}.compatibility"
    test = further.compatibility
    if test is None:
        if not broken_inside(context, at):
            yield Breach(rule, at, "compatibility", {"of": further.of or "…"})
    elif isinstance(test, Compatibility):
        for factor in FACTORS:
            if not getattr(test, factor):
                yield Breach(rule, f"{at}.{factor}", "factor", {"factor": factor})
    else:
        variant = _weak_assessment(context, test)
        if variant is not None:
            yield Breach(rule, at, variant, {"assessment": test}, related=(f"assessments/{test}",))


def _weak_assessment(context: Context, name: str) -> str | None:
    """What an assessment lacks to show that a further purpose is compatible; None where it shows it, or cannot be read."""
    assessment = context.registry.assessments.get(name)
    if assessment is None or f"assessments/{name}" in context.registry.unreadable or broken_inside(context, f"assessments/{name}"):
        return None
    if assessment.kind not in (None, "compatibility"):
        return "other-assessment"
    if assessment.outcome == "incompatible":
        return "incompatible"
    if assessment.document is None and not all(getattr(assessment, factor) for factor in FACTORS):
        return "empty-assessment"
    return None


def _not_told(context: Context, address: str, further: FurtherProcessing) -> Iterator[Breach]:
    rule, at = "further-purpose-without-compatibility-test", f"{address}.informed"
    told = further.informed
    if told is None:
        if not broken_inside(context, at):
            yield Breach(rule, at, "informed")
    elif not isinstance(told, str) and (told.exempt is None or told.exempt.point is None):
        missing = f"{at}.exempt.point" if told.exempt is not None else f"{at}.exempt"
        if not broken_inside(context, missing):
            yield Breach(rule, missing, "ground")


def consent_data_reused(context: Context) -> Iterator[Breach]:
    """Data collected on consent, used for another purpose that rests neither on consent nor on a law."""
    for activity in context.controlled:
        for name, purpose in purposes_of(activity).items():
            further = purpose.further_processing
            if further is None or further.of is None or further.since_collection is True:
                continue
            if further.operation in ("erase", "anonymise") or purpose.kind in COMPATIBLE_KINDS:
                continue
            source_activity, source_name, source = _purpose_named(context, activity, further.of)
            if source_activity is None or source is None:
                continue
            reused = _on_consent(activity, purpose, source)
            if reused and _without_consent_or_law(activity, purpose, reused):
                at = f"{purpose_address(activity, name)}.further_processing.of"
                source_basis = f"{purpose_address(source_activity, source_name)}.basis"
                yield Breach("consent-data-reused", at, "reused", {"of": further.of}, related=(source_basis,))


def _purpose_named(context: Context, activity: Activity, of: str) -> tuple[Activity | None, str, Purpose | None]:
    """The purpose that ``of`` names: ``activity.purpose``, or a purpose of the same activity."""
    folder, dot, name = of.partition(".")
    source = context.registry.activities.get(folder) if dot else activity
    name = name if dot else of
    return source, name, purposes_of(source).get(name) if source is not None else None


def _on_consent(activity: Activity, purpose: Purpose, source: Purpose) -> frozenset[str]:
    """The groups of people in the new purpose whose data rest on consent in the old one; {anyone} where all of them do."""
    if source.basis is None or source.basis.consent is None:
        return frozenset()
    subjects = source.basis.consent.subjects
    if subjects is None or EVERYONE in subjects or len(list(bases(source.basis))) == 1:
        return frozenset({EVERYONE})
    return frozenset(set(subjects) & set(purpose_subjects(activity, purpose)))


def _without_consent_or_law(activity: Activity, purpose: Purpose, reused: frozenset[str]) -> bool:
    """Whether some of these people's data are reused on another basis.

    A purpose without any belongs to the rule that asks for one, unless it claims the basis of the collection.
    """
    keys = [key for key, _ in bases(purpose.basis)]
    if not keys:
        return _takes_basis_of_collection(purpose)
    left = not_covered(activity, purpose, CONSENT_OR_LAW)
    return not any(key in CONSENT_OR_LAW for key in keys) or (bool(left) and (EVERYONE in reused or bool(reused & set(left))))


def data_category_without_purpose(context: Context) -> Iterator[Breach]:
    """A data group that does not say for which purposes, or why, it is needed."""
    for activity in context.controlled:
        purposes, groups = purposes_of(activity), groups_of(activity)
        if not purposes or (len(purposes) == 1 and _few_categories(groups.values())):
            continue
        for name, group in groups.items():
            address = group_address(activity, name)
            if group.categories is None or is_unreadable(context, address, group):
                continue
            if len(purposes) > 1 and not group.purposes and not broken_inside(context, f"{address}.purposes"):
                yield Breach("data-category-without-purpose", f"{address}.purposes", "purposes", {"purposes": ", ".join(purposes)})
            if group.needed_because is None and not broken_inside(context, f"{address}.needed_because"):
                yield Breach("data-category-without-purpose", f"{address}.needed_because", "needed")


def _few_categories(groups: Iterable[DataGroup]) -> bool:
    return len({category for group in groups for category in group.categories or ()}) <= FEW_CATEGORIES


PURPOSES = (
    purpose_missing,
    purpose_without_legal_basis,
    several_bases_for_one_purpose,
    further_purpose_without_compatibility_test,
    consent_data_reused,
    data_category_without_purpose,
)
