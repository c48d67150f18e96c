"""Formal findings that need the whole registry: cycles, unused and reserved names, the format's and the law's age (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ropa.context.context import Context
from ropa.findings.finding import Breach
from ropa.law import store, vocabulary
from ropa.schema.names import OPEN_VOCABULARIES, RESERVED_IDS
from ropa.screening.dpo import screen_dpo
from ropa.source.address import segment

DAYS_UNTIL_OLD = 365


def chain_cycle(context: Context) -> Iterator[Breach]:
    """Sub-processors do not go in a circle."""
    for address, path in context.flows.cycles.items():
        names = " → ".join(context.registry.parties[party].name or party for party in path if party in context.registry.parties)
        yield Breach("chain-cycle", address, "cycle", {"path": names})


def law_data_old(context: Context) -> Iterator[Breach]:
    """The shipped law is not older than twelve months."""
    if context.today is not None and store.data_age_days(context.today) > DAYS_UNTIL_OLD:
        yield Breach("law-data-old", "organisation", "old", {"as_of": str(store.as_of())}, value=str(store.as_of()))


def dpo_missing(context: Context) -> bool:
    """Whether `dpo` left out is an error of its own: where an officer is mandatory, dpo-mandatory-missing speaks."""
    return not screen_dpo(context).required


def source_left_out(context: Context) -> Iterator[Breach]:
    """Every data group has a source, its own or the activity's. Of one that answers unknown notice-source-missing speaks."""
    unknown = context.registry.unknown
    for activity in context.controlled:
        address = f"activities/{activity.id}#source"
        if activity.source is not None or address in unknown:
            continue
        without = [name for name, group in (activity.data or {}).items() if group.source is None]
        if not activity.data or any(f"activities/{activity.id}#data.{segment(name)}.source" not in unknown for name in without):
            yield Breach("key-missing", address, "source", {"key": "source"})


def id_reserved(context: Context) -> Iterator[Breach]:
    """No id is a word that the format or the law's vocabulary already uses."""
    kinds = {**vocabulary.codes("recipient_kinds"), **vocabulary.codes("source_kinds")}
    for record in sorted(context.registry.long):
        folder, slash, name = record.partition("/")
        if slash and name in RESERVED_IDS:
            yield Breach("id-reserved", record, "reserved", {"id": name}, value=name)
        elif folder == "parties" and name in kinds:
            yield Breach("id-reserved", record, "kind", {"id": name}, value=name)
    for record, names in _named(context).items():
        for name in names:
            if name in RESERVED_IDS:
                yield Breach(
                    "id-reserved",
                    f"{record}.{name}" if "#" in record else f"{record}#{name}",
                    "reserved",
                    {"id": name},
                    value=name,
                    at_key=True,
                )
    for activity in context.registry.activities.values():
        for inside in ("purposes", "data"):
            for name in getattr(activity, inside) or {}:
                if name in RESERVED_IDS:
                    yield Breach(
                        "id-reserved", f"activities/{activity.id}#{inside}.{name}", "reserved", {"id": name}, value=name, at_key=True
                    )


def _named(context: Context) -> Mapping[str, tuple[str, ...]]:
    registry = context.registry
    own = registry.vocabulary
    return {
        "consents": tuple(registry.consents),
        "retention": tuple(registry.retention),
        "vocabulary#subjects": tuple(own.subjects or ()),
        "vocabulary#data_categories": tuple(own.data_categories or ()),
        "vocabulary#events": tuple(own.events or ()),
        "security-measures#own": tuple(registry.security_measures.own or ()),
        "changes": tuple(registry.changes),
        "accepted": tuple(registry.accepted),
        "notice#audiences": tuple((registry.notice.audiences or ()) if registry.notice is not None else ()),
    }


def id_twice(context: Context) -> Iterator[Breach]:
    """No name is used for two things: own codes differ from shipped ones, and a former id names nothing that is alive."""
    registry = context.registry
    for list_name, key in OPEN_VOCABULARIES.items():
        for code in getattr(registry.vocabulary, key) or {}:
            if code in vocabulary.codes(list_name):
                yield Breach("id-twice", f"vocabulary#{key}.{code}", "shipped", {"id": code}, value=code, at_key=True)
    for code in registry.security_measures.own or {}:
        if code in vocabulary.codes("security_measures"):
            yield Breach("id-twice", f"security-measures#own.{code}", "shipped", {"id": code}, value=code, at_key=True)
    for code in registry.retention:
        if code in vocabulary.retention_rules():
            yield Breach("id-twice", f"retention#{code}", "shipped", {"id": code}, value=code, at_key=True)
    yield from _former(context)


def _former(context: Context) -> Iterator[Breach]:
    registry = context.registry
    for folder in ("activities", "parties", "systems", "cookies", "assessments", "consents", "retention"):
        records = getattr(registry, folder)
        inside = f"{folder}#" if folder in ("consents", "retention") else f"{folder}/"
        formerly = ".formerly" if inside.endswith("#") else "#formerly"
        claimed: dict[str, str] = {}
        for name, record in records.items():
            for former in record.formerly or ():
                if former in records:
                    yield Breach("id-twice", f"{inside}{name}{formerly}.{former}", "alive", {"id": former}, value=former)
                elif former in claimed:
                    yield Breach(
                        "id-twice", f"{inside}{name}{formerly}.{former}", "claimed", {"id": former, "other": claimed[former]}, value=former
                    )
                claimed.setdefault(former, name)


def organisation_number_wrong(context: Context) -> Iterator[Breach]:
    """A Norwegian organisation number agrees with its check digit (modulus 11, weights 3 2 7 6 5 4 3 2)."""
    organisation = context.registry.organisation
    number = _bare_number(organisation.organisation_number or "")
    if organisation.country != "NO" or not number or _has_right_check_digit(number):
        return
    value = organisation.organisation_number
    yield Breach("value-invalid", "organisation#organisation_number", "organisation-number", {"value": str(value)}, value=value)


def _bare_number(written: str) -> str:
    """The digits of an organisation number, which people also write as a VAT number: `NO 123 456 785 MVA`."""
    return "".join(written.split()).upper().removeprefix("NO").removesuffix("MVA")


def _has_right_check_digit(number: str) -> bool:
    if len(number) != 9 or not number.isascii() or not number.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, (3, 2, 7, 6, 5, 4, 3, 2), strict=False))
    return (11 - total % 11) % 11 == int(number[8])


FORMAL = (chain_cycle, law_data_old, source_left_out, id_reserved, id_twice, organisation_number_wrong)
