"""Formal findings that need the whole registry: cycles, unused and reserved names, the format's and the law's age (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ropa.context.context import Context, group_address
from ropa.findings.finding import Breach
from ropa.law import store, vocabulary
from ropa.schema.names import OPEN_VOCABULARIES, RESERVED_IDS
from ropa.screening.dpo import screen_dpo

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
        if not activity.data or any(f"{group_address(activity, name)}.source" not in unknown for name in without):
            yield Breach("key-missing", address, "source")


def id_reserved(context: Context) -> Iterator[Breach]:
    """No id is a word that the format or the law's vocabulary already uses."""
    kinds = {**vocabulary.codes("recipient_kinds"), **vocabulary.codes("source_kinds")}
    for record in sorted(context.registry.long):
        folder, slash, name = record.partition("/")
        if slash and name in RESERVED_IDS:
            yield _of_name("id-reserved", record, "reserved", name)
        elif folder == "parties" and name in kinds:
            yield _of_name("id-reserved", record, "kind", name)
    for start, names in _named(context).items():
        for name in names:
            if name in RESERVED_IDS:
                yield _of_name("id-reserved", f"{start}{name}", "reserved", name)


def _of_name(rule: str, address: str, variant: str, name: str) -> Breach:
    """A breach of the name of a record, or of an entry inside one, where it stands at the key."""
    return Breach(rule, address, variant, {"id": name}, value=name, at_key="#" in address)


def _named(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The names inside records, by the beginning of their addresses."""
    registry = context.registry
    own, notice = registry.vocabulary, registry.notice
    named: dict[str, Iterable[str] | None] = {
        "consents#": registry.consents,
        "retention#": registry.retention,
        "vocabulary#subjects.": own.subjects,
        "vocabulary#data_categories.": own.data_categories,
        "vocabulary#events.": own.events,
        "security-measures#own.": registry.security_measures.own,
        "changes#": registry.changes,
        "accepted#": registry.accepted,
        "notice#audiences.": notice.audiences if notice is not None else None,
    }
    for activity in registry.activities.values():
        named[f"activities/{activity.id}#purposes."] = activity.purposes
        named[f"activities/{activity.id}#data."] = activity.data
    return {start: tuple(names or ()) for start, names in named.items()}


def id_twice(context: Context) -> Iterator[Breach]:
    """No name is used for two things: own codes differ from shipped ones, and a former id names nothing that is alive."""
    registry = context.registry
    for list_name, key in OPEN_VOCABULARIES.items():
        for code in getattr(registry.vocabulary, key) or {}:
            if code in vocabulary.codes(list_name):
                yield _of_name("id-twice", f"vocabulary#{key}.{code}", "shipped", code)
    for code in registry.security_measures.own or {}:
        if code in vocabulary.codes("security_measures"):
            yield _of_name("id-twice", f"security-measures#own.{code}", "shipped", code)
    for code in registry.retention:
        if code in vocabulary.retention_rules():
            yield _of_name("id-twice", f"retention#{code}", "shipped", code)
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
                address = f"{inside}{name}{formerly}.{former}"
                if former in records:
                    yield Breach("id-twice", address, "alive", {"id": former})
                elif former in claimed:
                    yield Breach("id-twice", address, "claimed", {"id": former, "other": claimed[former]})
                claimed.setdefault(former, name)


def organisation_number_wrong(context: Context) -> Iterator[Breach]:
    """A Norwegian organisation number agrees with its check digit (modulus 11, weights 3 2 7 6 5 4 3 2)."""
    organisation = context.registry.organisation
    written = organisation.organisation_number
    if organisation.country == "NO" and written is not None and not _has_right_check_digit(_bare_number(written)):
        yield Breach("value-invalid", "organisation#organisation_number", "organisation-number", {"value": written})


def _bare_number(written: str) -> str:
    """The digits of an organisation number, which people also write as a VAT number: `NO 123 456 785 MVA`."""
    return "".join(written.split()).upper().removeprefix("NO").removesuffix("MVA")


def _has_right_check_digit(number: str) -> bool:
    if len(number) != 9 or not number.isascii() or not number.isdigit():
        return False
    total = sum(int(number[place]) * weight for place, weight in enumerate((3, 2, 7, 6, 5, 4, 3, 2)))
    return (11 - total % 11) % 11 == int(number[8])


FORMAL = (chain_cycle, law_data_old, source_left_out, id_reserved, id_twice, organisation_number_wrong)
