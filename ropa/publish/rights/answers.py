"""For each purpose and group of people: which rights exist, what decides that, and what is not settled. GDPR Arts 11 to 22, 77."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ropa.context.context import (
    Context,
    category_flag,
    condition_for,
    group_address,
    groups_of,
    purpose_address,
    purposes_of,
    served_purposes,
)
from ropa.context.entitlements import EXPLICIT_CONSENT, Entitlement, entitlements, first_purpose
from ropa.law import rights
from ropa.law.rights import MARKETING, RESEARCH, Right
from ropa.model.activity import Activity, AutomatedDecision, Purpose
from ropa.model.text import Text

Status = Literal["full", "conditional", "none", "unknown"]

BY_BASIS = ("portability", "objection", "withdraw-consent")
"""Rights that some bases give and others do not."""

BY_CONSENT = frozenset({"portability", "withdraw-consent"})
"""Rights that explicit consent to special categories adds."""

DECISIONS = "automated-decisions"
CHILD = "child"
VARYING = (*BY_BASIS, MARKETING, RESEARCH, DECISIONS)
"""Rights that exist for some purposes only."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a right exists, does not, or cannot be told yet: the name of the phrase, and the place in the registry that decides."""

    phrase: str
    place: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One right: whether it exists and why; `beyond` is what the organisation gives more than the law."""

    right: Right
    status: Status
    reasons: tuple[Reason, ...] = ()
    beyond: Text | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One purpose for one group of people; `open` are the places that are not settled, with the officer's words where there are any."""

    activity: Activity
    name: str
    purpose: Purpose
    entitlement: Entitlement
    answers: tuple[Answer, ...]
    open: tuple[tuple[str, str], ...]
    same_basis: bool

    @property
    def id(self) -> str:
        """The purpose by name: ``newsletter.send``."""
        return f"{self.activity.id}.{self.name}"


def cases(context: Context, activity: Activity, name: str) -> tuple[Case, ...]:
    """A purpose once for each group of people whose rights may differ."""
    purpose = purposes_of(activity)[name]
    return tuple(
        Case(
            activity=activity,
            name=name,
            purpose=purpose,
            entitlement=each,
            answers=tuple(_answers(context, activity, name, each)),
            open=tuple(_open_places(context, activity, name, each)),
            same_basis=first_purpose(context, purpose) is not None,
        )
        for each in entitlements(context, activity, name)
    )


def _answers(context: Context, activity: Activity, name: str, entitlement: Entitlement) -> Iterator[Answer]:
    given = {right.code: right for right in entitlement.rights}
    organisation = context.registry.organisation
    extended = (organisation.rights.extended if organisation.rights is not None else None) or {}
    for code, definition in rights.definitions().items():
        right = given.get(code)
        if right is not None:
            status: Status = "full" if right.status == "full" else "conditional"
            reasons = tuple(_why(activity, name, entitlement, code))
        else:
            unknown = _unknown(context, activity, name, entitlement, code)
            status = "unknown" if unknown is not None else "none"
            reasons = (unknown or _why_not(activity, name, entitlement, code),)
        yield Answer(right or definition, status, reasons, extended.get(code))


# --- why it exists ----------------------------------------------------------------------------------------------------


def _why(activity: Activity, name: str, entitlement: Entitlement, code: str) -> Iterator[Reason]:
    at = purpose_address(activity, name)
    if code in BY_BASIS:
        yield from _why_by_basis(activity, name, entitlement, code)
    elif code == "erasure":
        yield from _why_erased(activity, name, entitlement)
    elif code == "restriction":
        yield Reason("why.restriction.plain")
        if "objection" in _codes(entitlement.rights):
            yield Reason("why.restriction.objection")
    elif code in (MARKETING, RESEARCH):
        phrase = entitlement.kind if entitlement.kind == "online-advertising" else "kind"
        yield Reason(f"why.{code}.{phrase}", f"{at}.kind")
    elif code == DECISIONS and isinstance(activity.automated_decision, AutomatedDecision):
        yield Reason(f"why.{code}.{activity.automated_decision.ground or 'open'}", f"activities/{activity.id}#automated_decision")


def _why_by_basis(activity: Activity, name: str, entitlement: Entitlement, code: str) -> Iterator[Reason]:
    """Which of the bases give a right, and explicit consent where that adds it."""
    for basis in entitlement.bases:
        if code in _codes(rights.rights_for([basis])):
            yield Reason(f"why.{code}.{basis}", f"{purpose_address(activity, name)}.basis.{basis}")
    if code in BY_CONSENT and entitlement.explicit:
        yield Reason(f"why.{code}.explicit", f"{_article_9_at(activity, entitlement.explicit[0])}.{EXPLICIT_CONSENT}", entitlement.explicit)
    yield Reason(f"why.{code}.extent")


def _why_erased(activity: Activity, name: str, entitlement: Entitlement) -> Iterator[Reason]:
    """The grounds of Art. 17(1) that fit the bases, the kind of purpose, and children online."""
    at = purpose_address(activity, name)
    for basis in entitlement.bases:
        yield Reason(f"why.erasure.{basis}", f"{at}.basis.{basis}")
    if not entitlement.bases:
        yield Reason("why.erasure.open", f"{at}.basis")
    if MARKETING in _codes(entitlement.rights):
        yield Reason("why.erasure.marketing", f"{at}.kind")
    if CHILD in entitlement.subjects and purposes_of(activity)[name].information_society_service:
        yield Reason("why.erasure.child", f"{at}.information_society_service")


def _codes(every: Iterable[Right]) -> frozenset[str]:
    return frozenset(right.code for right in every)


def _why_not(activity: Activity, name: str, entitlement: Entitlement, code: str) -> Reason:
    at = purpose_address(activity, name)
    bases = set(entitlement.bases)
    variant = ""
    if code == "portability" and "public-task" in bases:
        variant = "-public-task"
    elif code == "objection" and "consent" in bases:
        variant = "-consent"
    elif code == RESEARCH and RESEARCH in _added_by(entitlement.kind):
        variant = "-public-task"
    decided = {DECISIONS: f"activities/{activity.id}#automated_decision", MARKETING: f"{at}.kind", RESEARCH: f"{at}.kind"}
    place = decided.get(code, f"{at}.basis")
    return Reason(f"not.{code}{variant}", place)


def _added_by(kind: str | None) -> frozenset[str]:
    """The rights that a purpose's kind adds on some basis."""
    return _codes(rights.rights_for([], kinds=[kind] if kind else []))


# --- what is not settled ----------------------------------------------------------------------------------------------


def _unknown(context: Context, activity: Activity, name: str, entitlement: Entitlement, code: str) -> Reason | None:
    """What a right that is not given may still depend on; None where it is settled that there is none."""
    at = purpose_address(activity, name)
    if code in BY_BASIS and not entitlement.bases:
        return Reason("unknown.basis", f"{at}.basis")
    if code in (MARKETING, RESEARCH) and f"{at}.kind" in context.registry.unknown:
        return Reason("unknown.kind", f"{at}.kind")
    if code == DECISIONS and activity.automated_decision is None:
        return Reason("unknown.decision", f"activities/{activity.id}#automated_decision")
    if code in BY_CONSENT and code in _codes(rights.rights_for(entitlement.bases, explicit_consent=True)):
        groups = tuple(_without_condition(context, activity, name, entitlement))
        if groups:
            return Reason("unknown.article-9", _article_9_at(activity, groups[0]), groups)
    return None


def _without_condition(context: Context, activity: Activity, name: str, entitlement: Entitlement) -> Iterator[str]:
    """The data groups with special categories whose condition for the purpose is not given."""
    for key, group in groups_of(activity).items():
        about = group.subjects is None or not entitlement.subjects or set(group.subjects) & set(entitlement.subjects)
        if not about or name not in served_purposes(activity, group) or condition_for(group, name) is not None:
            continue
        special = any(category_flag(context.registry, category) == "art9" for category in group.categories or ())
        if special or _article_9_at(activity, key) in context.registry.unknown:
            yield key


def _open_places(context: Context, activity: Activity, name: str, entitlement: Entitlement) -> Iterator[tuple[str, str]]:
    """The places on which a right depends and that nobody has settled, with the officer's words."""
    at, unknown = purpose_address(activity, name), context.registry.unknown
    if not entitlement.bases:
        asked = [address for address in unknown if address == f"{at}.basis" or address.startswith(f"{at}.basis.")]
        yield from ((address, unknown.get(address, "")) for address in asked or [f"{at}.basis"])
    if f"{at}.kind" in unknown:
        yield f"{at}.kind", unknown[f"{at}.kind"]
    if not entitlement.subjects:
        address = f"activities/{activity.id}#subjects"
        yield address, unknown.get(address, "")
    for group in _without_condition(context, activity, name, entitlement):
        address = _article_9_at(activity, group)
        yield address, unknown.get(address, "")
    if activity.automated_decision is None:
        address = f"activities/{activity.id}#automated_decision"
        yield address, unknown.get(address, "")


def _article_9_at(activity: Activity, group: str) -> str:
    return f"{group_address(activity, group)}.article_9"
