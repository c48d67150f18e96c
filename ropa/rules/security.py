"""The measures that protect the data: described, of both kinds, fit for special data. GDPR Arts 30(1)(g), 30(2)(d), 32(1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ropa.context.context import Context, category_flag, groups_of
from ropa.findings.finding import Breach, Severity
from ropa.law import vocabulary
from ropa.model.activity import Activity, DataGroup
from ropa.rules.asked import broken_inside
from ropa.screening.dpia import is_over
from ropa.screening.record_exemption import is_exempt

ENCRYPTION: Final = frozenset({"encryption-in-transit", "encryption-at-rest", "end-to-end-encryption", "pseudonymisation", "anonymisation"})
BOTH: Final = ("technical", "organisational")
SPECIAL: Final = frozenset({"art9", "art10"})
EVERYWHERE: Final = "security-measures#everywhere"


def security_description_missing(context: Context) -> Iterator[Breach]:
    """Each activity has measures, technical and organisational ones, and encryption or pseudonymisation where the data are special."""
    everywhere = context.registry.security_measures.everywhere or ()
    general = _kinds(context, everywhere)
    if broken_inside(context, EVERYWHERE) or "security-measures" in context.registry.unreadable:
        return
    covered = general >= set(BOTH) and not ENCRYPTION.isdisjoint(everywhere)
    for activity in context.registry.activities.values():
        if not covered and not is_over(context, activity):
            yield from _described(context, activity, general, everywhere)


def _described(context: Context, activity: Activity, general: set[str], everywhere: Iterable[str]) -> Iterator[Breach]:
    at = f"activities/{activity.id}#security_measures"
    details = activity.security_measures
    if (details is not None and details.not_possible is not None) or _unreadable(context, activity, at):
        return
    systems = [context.registry.systems[name] for name in system_ids(activity) if name in context.registry.systems]
    own = list((details.codes if details is not None else None) or ())
    own += [code for system in systems for code in system.security_measures or ()]
    related = (EVERYWHERE, *(f"systems/{system.id}#security_measures" for system in systems if system.security_measures))
    kinds = general | _kinds(context, own)
    if not kinds:
        severity: Severity = "warning" if is_exempt(context, activity) else "error"
        yield Breach("security-description-missing", at, "missing", severity=severity, related=related)
        return
    if systems and all(system.kind == "paper" for system in systems) and "physical" in kinds:
        kinds |= {"technical"}  # of paper, locks are what technology can do
    lacking = [kind for kind in BOTH if kind not in kinds]
    if lacking:
        yield Breach("security-description-missing", at, f"no-{lacking[0]}", severity="warning", related=related, value=lacking)
    special = next(_special(context, activity), None)
    unexplained = details is None or details.no_encryption_because is None
    if special is not None and unexplained and ENCRYPTION.isdisjoint([*own, *everywhere]):
        params = {"category": special}
        yield Breach("security-description-missing", at, "no-encryption", params, "warning", related, ["encryption"])


def _kinds(context: Context, codes: Iterable[str]) -> set[str]:
    """The kinds of some measures. An own one that does not say its kind may be any."""
    kinds: set[str] = set()
    for code in codes:
        shipped = vocabulary.codes("security_measures").get(code)
        own = (context.registry.security_measures.own or {}).get(code)
        kind = shipped.kind if shipped is not None else own.kind if own is not None else None
        kinds.update((kind,) if kind else BOTH)
    return kinds


def _unreadable(context: Context, activity: Activity, at: str) -> bool:
    """Whether measures may stand where nothing can be read."""
    if broken_inside(context, at):
        return True
    systems = [f"systems/{name}" for name in system_ids(activity)]
    return any(system in context.registry.unreadable or broken_inside(context, f"{system}#security_measures") for system in systems)


def system_ids(activity: Activity) -> list[str]:
    """The systems of an activity and of its data groups, each once."""
    names = list(activity.systems or ())
    for group in groups_of(activity).values():
        names += group.systems or ()
    return list(dict.fromkeys(names))


def _special(context: Context, activity: Activity) -> Iterator[str]:
    """The special categories and criminal data of an activity."""
    for name, group in groups_of(activity).items():
        yield from (category for category in group.categories or () if category_flag(context.registry, category) in SPECIAL)
        if _is_declared_special(group):
            yield name


def _is_declared_special(group: DataGroup) -> bool:
    return group.article_9 is not None or group.article_10 is not None


SECURITY = (security_description_missing,)
